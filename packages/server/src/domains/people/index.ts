import type {
  CheckedChange,
  CheckOptions,
  Context,
  DomainParts,
  EntityRules,
  RefusedChange,
} from "../../kernel/context.ts"
import { type AppError, invalid } from "../../kernel/errors.ts"
import { dayIn } from "../../kernel/time.ts"
import { imagesAmong } from "../files/index.ts"
import { circlesAmong } from "./companies.rules.ts"
import { hasParentCycle, parentsAbove } from "./people.queries.ts"
import { consentsOfAll, preparePerson } from "./people.rules.ts"

export { moveEvents, subjectRow, subjectsAbout } from "./about.ts"
export { companiesOf, eventsOf, replaceSubjects, touch } from "./people.queries.ts"

const people: EntityRules = {
  prepares: [
    ...["name", "givenName", "familyName", "emails", "phones"],
    ...["companyId", "jobTitle", "employments", "consents"],
  ],
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
  checks: [{ fields: ["photoId"], refused: otherPhotos }],
}
const companies: EntityRules = {
  checks: [{ fields: ["parentId"], refused: belowThemselves }],
  // Once more when the rows are written: others may have moved companies meanwhile.
  async afterWrite(ctx, { records, before }) {
    const moved = records.filter(
      ({ parentId }, index) => parentId !== null && parentId !== before[index]?.parentId,
    )
    if (moved.length === 0) return
    const ids = moved.map((company) => company.id)
    if (await hasParentCycle(ctx, ids)) throw standsBelowItself()
  },
}

async function otherPhotos(ctx: Context, changes: readonly CheckedChange[]): Promise<RefusedChange[]> {
  const photos = changes.map(({ after }) => String(after.photoId))
  const images = await imagesAmong(ctx, [...new Set(photos)])
  const error = invalid("photoId", "not_an_image", "must be a picture: JPEG, PNG, GIF, WebP or AVIF")
  return photos.flatMap((id, index) => (images.has(id) ? [] : [{ index, error }]))
}
async function belowThemselves(
  ctx: Context,
  changes: readonly CheckedChange[],
  options: CheckOptions,
): Promise<RefusedChange[]> {
  const moves = changes.map(({ after }) => ({ id: after.id, parentId: String(after.parentId) }))
  const parents = await parentsAbove(
    ctx,
    moves.map(({ parentId }) => parentId),
    options,
  )
  return circlesAmong(moves, parents).map((index) => ({ index, error: standsBelowItself() }))
}
function standsBelowItself(): AppError {
  return invalid("parentId", "cycle", "a company can't stand below itself")
}

export const peopleDomain: DomainParts = { rules: { people, companies } }
