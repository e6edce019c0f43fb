/** The days of the year that are kept on a day: on the 28th of February of most years the 29th, too. */
export function keptOn(day: string): { month: number; day: number }[] {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number]
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1
  const own = { month, day: date }
  return month === 2 && date === 28 && !isLeap ? [own, { month: 2, day: 29 }] : [own]
}
