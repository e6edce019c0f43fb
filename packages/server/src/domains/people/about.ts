import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import type { Context, Subject } from "../../kernel/context.ts"
import type { StoredRecord } from "../../kernel/records/columns.ts"
import {
  companiesOf,
  employersOf,
  eventsOf,
  replaceSubjects,
  type SubjectRow,
  type TellingEvent,
} from "./people.queries.ts"

function aboutOf(record: StoredRecord): RecordReference[] {
  return record.about as RecordReference[]
}
function personIds(records: readonly StoredRecord[]): string[] {
  return [...new Set(records.flatMap(aboutOf).flatMap(({ type, id }) => (type === "person" ? id : [])))]
}
function unique(subjects: readonly Subject[]): Subject[] {
  return [...new Map(subjects.map((subject) => [`${subject.type} ${subject.id}`, subject])).values()]
}

/** Whom notes, tasks or activities concern: those they are about, and the companies these work at now. */
export async function subjectsAbout(ctx: Context, records: readonly StoredRecord[]): Promise<Subject[][]> {
  const companies = await companiesOf(ctx, personIds(records))
  return records.map((record) =>
    unique(
      aboutOf(record).flatMap(({ type, id }): Subject[] => {
        const companyId = type === "person" ? companies.get(id) : undefined
        return companyId
          ? [
              { type, id },
              { type: "company", id: companyId },
            ]
          : [{ type, id }]
      }),
    ),
  )
}

export interface Move {
  before: StoredRecord
  after: StoredRecord
  /** The time its telling events have now; they keep theirs when it is absent. */
  occurredAt?: string
}
/**
 * Brings the events that tell of records (`note.created` …) to the timelines of those the records are about
 * now, and takes them from those they are no longer about.
 */
export async function moveEvents(
  ctx: Context,
  singular: string,
  moves: readonly Move[],
  types: readonly string[],
): Promise<void> {
  if (moves.length === 0) return
  const ids = moves.map(({ after }) => after.id)
  const events = await eventsOf(ctx, singular, ids, types)
  const employers = await employersOf(ctx, personIds(moves.map(({ before }) => before)))
  const subjects = await subjectsAbout(
    ctx,
    moves.map(({ after }) => after),
  )
  const eventsByRecord = Map.groupBy(events, (event) => event.recordId)
  const removed: SubjectRow[] = []
  const added: SubjectRow[] = []
  const times: { id: string; at: string }[] = []
  moves.forEach(({ before, after, occurredAt }, index) => {
    const self: Subject = { type: singular, id: after.id }
    const former = aboutOf(before).flatMap(({ type, id }): Subject[] => [
      { type, id },
      ...(employers.get(id) ?? []).map((companyId) => ({ type: "company", id: companyId })),
    ])
    for (const event of eventsByRecord.get(after.id) ?? []) {
      const at = occurredAt ?? event.occurredAt
      removed.push(
        ...unique([self, ...former]).map((subject) => subjectRow(event, subject, event.occurredAt)),
      )
      added.push(...[self, ...(subjects[index] ?? [])].map((subject) => subjectRow(event, subject, at)))
      if (occurredAt) times.push({ id: event.eventId, at })
    }
  })
  await replaceSubjects(ctx, removed, added, times)
}
/** An event on the timeline of a subject. */
export function subjectRow(event: TellingEvent, subject: Subject, occurredAt: string): SubjectRow {
  return {
    subject_type: subject.type,
    subject_id: subject.id,
    occurred_at: occurredAt,
    event_id: event.eventId,
    event_type: event.type,
    tells_of: subject.id === event.recordId ? null : event.recordId,
  }
}
