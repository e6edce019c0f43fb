/** Entities whose records are compared with each other. */
export const matchedEntities = ["people", "companies"] as const
export type MatchedEntity = (typeof matchedEntities)[number]

/** `open`: nobody has decided. `later`: put off. `notSame`: two different ones, remembered by every later scan. */
export const pairStates = ["open", "later", "notSame"] as const
export type PairState = (typeof pairStates)[number]

/** The fields in which each comparison finds what it compares, in the order in which people read them. */
export const comparedFields: Record<MatchedEntity, Record<string, string>> = {
  people: {
    givenName: "givenName",
    familyName: "familyName",
    email: "emails",
    phone: "phones",
    birthday: "birthday",
    street: "addresses",
    postalCode: "addresses",
    city: "addresses",
    company: "companyId",
  },
  companies: {
    name: "name",
    domain: "domains",
    phone: "phones",
    street: "addresses",
    postalCode: "addresses",
    city: "addresses",
  },
}
