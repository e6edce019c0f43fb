import { isDeepStrictEqual } from "node:util"
import type { Context, DomainParts, EntityRules } from "../../kernel/context.ts"
import { invalid } from "../../kernel/errors.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import { dayIn } from "../../kernel/time.ts"
import { imagesAmong } from "../files/index.ts"
import { hasParentCycle } from "./people.queries.ts"
import { consentsOfAll, preparePerson } from "./people.rules.ts"

export { moveEvents, subjectsAbout } from "./about.ts"
export { companiesOf, touch } from "./people.queries.ts"

const people: EntityRules = {
  prepare: (values, before, ctx) =>
    preparePerson(values, before, {
      now: ctx.now().toISOString(),
      today: () => dayIn(ctx.workspaceZone, ctx.now()),
    }),
  subjects: async (_, records) =>
    records.map(({ companyId }) =>
      typeof companyId === "string" ? [{ type: "company", id: companyId }] : [],
    ),
  merge: (values, records) => ({ ...values, ...consentsOfAll(values, records) }),
  afterWrite: async (ctx, { records, before }) => refuseOtherPhotos(ctx, changed("photoId", records, before)),
}
const companies: EntityRules = {
  async afterWrite(ctx, { records, before }) {
    const moved = changed("parentId", records, before)
    if (moved.length === 0) return
    const ids = moved.map((company) => company.id)
    if (await hasParentCycle(ctx, ids))
      throw invalid("parentId", "cycle", "a company can't stand below itself")
  },
}

/** Records whose value of a field was set or changed to something. */
function changed(
  key: string,
  records: readonly StoredRecord[],
  before: readonly StoredRecord[],
): StoredRecord[] {
  return records.filter(
    (record, index) => record[key] != null && !isDeepStrictEqual(record[key], before[index]?.[key]),
  )
}

async function refuseOtherPhotos(ctx: Context, people: readonly StoredRecord[]): Promise<void> {
  const ids = [...new Set(people.map((person) => person.photoId as string))]
  const images = await imagesAmong(ctx, ids)
  if (ids.some((id) => !images.has(id)))
    throw invalid("photoId", "not_an_image", "must be a picture: JPEG, PNG, GIF, WebP or AVIF")
}

export const peopleDomain: DomainParts = { rules: { people, companies } }
