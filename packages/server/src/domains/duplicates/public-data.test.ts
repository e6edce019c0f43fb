import { matchAll } from "@regulars/insight/matching/match-all.ts"
import { type MatchPerson, personModel, personRules } from "@regulars/insight/matching/person.ts"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { Known } from "../../../../insight/testing/people.ts"
import { fakeThousand, febrl } from "../../../../insight/testing/public-data.ts"
import { inWords, type PositionPair, qualityOf } from "../../../../insight/testing/quality.ts"
import { startTestApp, type TestApp, type TestWorkspace } from "../../../testing/app.ts"

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

/** Only days there are: what the product takes from a file is a birthday or none. */
function birthdayOf(text: string | null | undefined) {
  const [, year, month, day] = (/^(\d{4})-?(\d{2})-?(\d{2})$/.exec(text ?? "") ?? []).map(Number)
  if (!year || !month || !day || year < 1800) return null
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? { year, month, day } : null
}
function rowOf({ givenName, familyName, emails, addresses, birthday }: MatchPerson) {
  const said = { givenName: givenName || null, familyName: familyName || null }
  return {
    ...said,
    ...(!said.givenName && !said.familyName && { name: "?" }),
    emails: (emails ?? [])
      .filter((address) => /^[^@\s]+@[^@\s]+$/.test(address))
      .map((address) => ({ address })),
    addresses: (addresses ?? []).map((address) =>
      Object.fromEntries(Object.entries(address).filter(([, text]) => text)),
    ),
    birthday: birthdayOf(birthday),
  }
}
async function write(shop: TestWorkspace, people: readonly MatchPerson[]): Promise<string[]> {
  const ids: string[] = []
  for (let start = 0; start < people.length; start += 1000) {
    const rows = people.slice(start, start + 1000).map(rowOf)
    const answer = await shop.owner.post("/people/batch", { rows })
    for (const result of answer.body.data) {
      if (!result.id) throw new Error(JSON.stringify([rows[result.index], result]))
      ids.push(result.id)
    }
  }
  return ids
}
async function foundPairs(shop: TestWorkspace, ids: readonly string[]): Promise<PositionPair[]> {
  await shop.owner.post("/duplicates/scan")
  await app.drain()
  const placeOf = new Map(ids.map((id, place) => [id, place]))
  const { rows } = await app.services.pools.owner.query<{ one: string; other: string }>(
    "select one_id as one, other_id as other from duplicate_pairs where workspace_id = $1",
    [shop.id],
  )
  return rows.map(({ one, other }) => ({
    one: placeOf.get(one) as number,
    other: placeOf.get(other) as number,
  }))
}

it.for([
  { title: "febrl dataset1", read: () => febrl("dataset1.csv"), floor: 0.95 },
  { title: "febrl dataset4a and 4b", read: () => febrl("dataset4a.csv", "dataset4b.csv"), floor: 0.95 },
  { title: "fake-1000", read: fakeThousand, floor: 0.8 },
])(
  "A scan of $title finds what the matcher finds in memory",
  { timeout: 300_000 },
  async ({ title, read, floor }, { skip }) => {
    const known: Known<string>[] | undefined = read()
    if (!known) {
      console.log(`skipped: ${title} needs ../shared/data beside the repository`)
      return skip(`${title} needs ../shared/data beside the repository`)
    }
    const shop = await app.workspace()
    const people = known.map(({ person }) => person)
    const who = known.map((each) => each.who)
    const scanned = qualityOf(await foundPairs(shop, await write(shop, people)), who)
    const pairs = matchAll(personModel, personRules, people).pairs
    const inMemory = qualityOf(
      pairs.filter(({ probability }) => probability >= 0.5),
      who,
    )
    console.log(`${title}: scan ${inWords(scanned)}; in memory ${inWords(inMemory)}`)
    expect(scanned.f1).toBeGreaterThan(floor)
    expect(Math.abs(scanned.f1 - inMemory.f1)).toBeLessThan(0.02)
  },
)
