/** Days back that "new people" looks at, today beside them. */
export const additionDays = 7
/** Days whose birthdays are shown, today among them. */
export const birthdayDays = 14
/** Days without contact after which a customer counts as quiet. */
export const quietDays = 60
