export const peopleHeaders = [
  "First name",
  "Last name",
  "E-mail",
  "Phone",
  "Street",
  "Postcode",
  "City",
  "Country",
  "Company",
  "Job title",
  "Birthday",
  "Tags",
  "Status",
  "Shoe size",
]
const given =
  "Anna Ben Clara David Eva Finn Greta Hannes Ida Jonas Klara Leon Mia Noah Olga Paul Rosa Simon Tina Uwe Vera Willi Yara Zoe".split(
    " ",
  )
const syllables =
  "ba be bi bo da de di do ga ge gi go ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to".split(
    " ",
  )
let seed = 42
function random(below: number): number {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return Math.floor((seed / 0x80000000) * below)
}
function word(length: number): string {
  const text = Array.from({ length }, () => syllables[random(syllables.length)]).join("")
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
function employer(number: number): string {
  return `${syllables[number % 40]}${syllables[number % 37]} ${number} GmbH`
}
/** An export of people as shops have them, the same for the same numbers; ten to an employer, as in the reference workspace. */
export function* peopleRows(total: number, employers = Math.ceil(total / 10)): Generator<string[]> {
  seed = 42
  for (let number = 1; number <= total; number++) {
    const [first, last] = [given[random(given.length)] as string, word(3)]
    yield [
      first,
      last,
      `${first}.${last}.${number}@example${number % 97}.com`.toLowerCase(),
      `030 ${1_000_000 + (number % 8_000_000)}`,
      `${word(3)}straße ${random(200)}`,
      String(10_000 + random(80_000)),
      word(3),
      "Germany",
      employer(random(employers)),
      word(2),
      `${1 + random(28)}.${1 + random(12)}.${1950 + random(50)}`,
      `Newsletter, ${syllables[random(10)]}`,
      "Customer",
      String(35 + random(12)),
    ]
  }
}
