import { people } from "@regulars/contract/domains/people.ts"
import { tasks as tasksEntity } from "@regulars/contract/domains/tasks.ts"
import type { Today, TodayTask } from "@regulars/contract/domains/today.endpoints.ts"
import { additionDays, birthdayDays, quietDays } from "@regulars/contract/domains/today.ts"
import type { RecordReference } from "@regulars/contract/kernel/fields.ts"
import { restriction } from "../../kernel/access/policy.ts"
import { blanked, usableEntity } from "../../kernel/access/usable.ts"
import type { Context } from "../../kernel/context.ts"
import { namesOf } from "../../kernel/records/read.ts"
import { addDays, dayIn, periodDays, startOfDay } from "../../kernel/time.ts"
import {
  type Addition,
  birthdayPeople,
  type OpenTask,
  openTasks,
  type QuietPerson,
  quietPeople,
  recentAdditions,
} from "./today.queries.ts"
import { ageOn, comingDays, daysBetween } from "./today.rules.ts"

type AdditionLine = Today["additions"]["lines"][number]
type QuietLine = Today["quiet"]["lines"][number]

/** Lines of a section; the rest is a list away. */
const linesShown = 50

/** What the calling member should take care of today. Sections their role may not read stay empty. */
export async function readToday(ctx: Context): Promise<Today> {
  const day = dayIn(ctx.timeZone, ctx.now())
  const mayRead = (entity: string) => ctx.permissions.has(`${entity}:read`)
  const daysAhead = comingDays(day, birthdayDays)
  const [tasks, additions, birthdays, quiet] = await Promise.all([
    mayRead("tasks")
      ? openTasks(ctx, { today: day, nextWeek: periodDays("thisWeek", day).end }, linesShown)
      : [],
    mayRead("people") ? recentAdditions(ctx, startOfDaysAgo(ctx, day, additionDays), linesShown + 1) : [],
    mayRead("people") && "birthday" in usableEntity(ctx, people).fields
      ? birthdayPeople(
          ctx,
          daysAhead.map(({ key }) => key),
          linesShown + 1,
        )
      : [],
    mayRead("people") ? quietPeople(ctx, startOfDaysAgo(ctx, day, quietDays), linesShown + 1) : [],
  ])
  const names = await namesAround(ctx, tasks, additions)
  const on = new Map(daysAhead.map((coming) => [coming.key, coming.on]))
  return {
    day,
    tasks: taskSections(
      tasks.map((task) => blanked(ctx, tasksEntity, task)),
      names,
    ),
    additions: section(
      additions
        .map((addition) => additionLine(ctx, addition, names))
        .filter(({ people }) => people.length > 0),
      (line) => line,
    ),
    birthdays: section(birthdays, ({ day: key, year, ...person }) => {
      const date = on.get(key) as string
      return {
        person,
        on: date,
        reason: { days: daysBetween(day, new Date(date)), age: ageOn(date, year) },
      }
    }),
    quiet: section(quiet, (person) => quietLine(ctx, blanked(ctx, people, person))),
  }
}

function startOfDaysAgo(ctx: Context, today: string, days: number): string {
  return startOfDay(addDays(today, -days), ctx.timeZone).toISOString()
}
function section<R, L>(rows: readonly R[], lineOf: (row: R) => L): { more: boolean; lines: L[] } {
  return { more: rows.length > linesShown, lines: rows.slice(0, linesShown).map(lineOf) }
}

function taskSections(tasks: readonly OpenTask[], names: ReadonlyMap<string, string>): Today["tasks"] {
  const lines = Map.groupBy(tasks, (task) => task.section)
  const sectionOf = (name: OpenTask["section"]) => {
    const own = lines.get(name) ?? []
    return {
      count: own[0]?.count ?? 0,
      lines: own.map(
        ({ section: _, count: __, about, ...task }): TodayTask => ({
          ...task,
          about: about.map((reference) => ({ ...reference, name: names.get(reference.id) ?? null })),
        }),
      ),
    }
  }
  return {
    overdue: sectionOf("overdue"),
    today: sectionOf("today"),
    thisWeek: sectionOf("thisWeek"),
    later: sectionOf("later"),
  }
}
/** People in the bin, or out of the caller's sight, have no name here, are not shown, and are not counted. */
function additionLine(ctx: Context, addition: Addition, names: ReadonlyMap<string, string>): AdditionLine {
  const { actorId, personIds, ...line } = addition
  const shown = personIds.flatMap((id) => (names.has(id) ? { id, name: names.get(id) as string } : []))
  return {
    ...line,
    count: restriction(ctx, people) ? shown.length : line.count,
    actor: actorId ? { id: actorId, name: names.get(actorId) ?? null } : null,
    people: shown,
  }
}
function quietLine(ctx: Context, row: QuietPerson): QuietLine {
  const { id, name, email, phone, lastActivityAt, keyCustomer, lifecycleStage } = row
  return {
    person: { id, name, email, phone },
    lastActivityAt,
    reason: {
      days: lastActivityAt ? daysBetween(lastActivityAt, ctx.now()) : null,
      mark: keyCustomer as QuietLine["reason"]["mark"],
      stage: lifecycleStage as QuietLine["reason"]["stage"],
    },
  }
}

/** Names of those the tasks are about, of the people added and of the members who did it, by id. */
async function namesAround(
  ctx: Context,
  tasks: readonly OpenTask[],
  additions: readonly Addition[],
): Promise<Map<string, string>> {
  const added = additions.flatMap(({ personIds }) => personIds.map((id) => ({ type: "person", id })))
  const shown: RecordReference[] = [...tasks.flatMap((task) => task.about), ...added]
  const idsOf = (type: string, entity: string) =>
    new Set(
      ctx.permissions.has(`${entity}:read`)
        ? shown.filter((one) => one.type === type).map(({ id }) => id)
        : [],
    )
  const byTarget = await namesOf(
    ctx,
    new Map([
      ["members", new Set(additions.flatMap(({ actorId }) => actorId ?? []))],
      ["people", idsOf("person", "people")],
      ["companies", idsOf("company", "companies")],
    ]),
  )
  return new Map(Object.values(byTarget).flatMap((names) => Object.entries(names)))
}
