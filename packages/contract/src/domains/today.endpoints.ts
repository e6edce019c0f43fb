import { z } from "zod"
import { defineEndpoints } from "../kernel/endpoint.ts"
import { pageSchema } from "../kernel/entity-endpoints.ts"
import { keyCustomerMarks, lifecycleStages } from "./people.ts"

const reference = z.object({ type: z.string(), id: z.string(), name: z.string().nullable() })
const named = z.object({ id: z.string(), name: z.string().nullable() })
/** Somebody to care about, with what it takes to call or write at once. */
const contact = z.object({
  id: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
})

export const notificationKinds = ["mention", "assigned", "due"] as const
const notification = z.object({
  id: z.string(),
  kind: z.enum(notificationKinds),
  createdAt: z.string(),
  readAt: z.string().nullable(),
  actor: named.nullable(),
  subject: z.object({ type: z.string(), id: z.string(), title: z.string() }),
  about: z.array(reference),
})

const taskLine = z.object({
  id: z.string(),
  version: z.number(),
  title: z.string(),
  dueDate: z.string().nullable(),
  dueTime: z.string().nullable(),
  zone: z.string().nullable(),
  priority: z.string().nullable(),
  about: z.array(reference),
})
const taskSection = z.object({ count: z.number(), lines: z.array(taskLine) })
/** Someone added one or a few people, or an import brought many: `people` names the first of them. */
const additionLine = z.object({
  operationId: z.string().nullable(),
  at: z.string(),
  actor: named.nullable(),
  count: z.number(),
  people: z.array(named),
})
const birthdayLine = z.object({
  person: contact,
  /** The day it falls on this time. */
  on: z.string(),
  reason: z.object({ days: z.number(), age: z.number().nullable() }),
})
const quietLine = z.object({
  person: contact,
  lastActivityAt: z.string().nullable(),
  reason: z.object({
    /** Days since the last contact; null when none is known. */
    days: z.number().nullable(),
    mark: z.enum(keyCustomerMarks).nullable(),
    stage: z.enum(lifecycleStages).nullable(),
  }),
})
const section = <L extends z.ZodType>(line: L) => z.object({ more: z.boolean(), lines: z.array(line) })

export const todayEndpoints = defineEndpoints({
  "GET /today": {
    summary: "Whom and what to take care of now, and why",
    permission: "workspace:read",
    response: z.object({
      data: z.object({
        /** The day it is where the member is. */
        day: z.string(),
        tasks: z.object({
          overdue: taskSection,
          today: taskSection,
          thisWeek: taskSection,
          /** After this week, or whenever: those without a date come last. */
          later: taskSection,
        }),
        additions: section(additionLine),
        birthdays: section(birthdayLine),
        quiet: section(quietLine),
      }),
    }),
  },
  "GET /notifications": {
    summary: "What one was told, newest first, and how much of it is unread",
    permission: "notifications:read",
    query: z.strictObject({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      cursor: z.string().max(2000).optional(),
    }),
    response: z.object({ data: z.array(notification), page: pageSchema, unread: z.number() }),
  },
  "POST /notifications/read": {
    summary: "Mark some of one's notifications, or all, as read",
    permission: "notifications:update",
    body: z.strictObject({
      ids: z.array(z.guid().toLowerCase()).max(1000).optional(),
      all: z.literal(true).optional(),
    }),
    response: z.object({ data: z.object({ unread: z.number() }) }),
  },
})

export type Notification = z.output<typeof notification>
export type Today = z.output<(typeof todayEndpoints)["GET /today"]["response"]>["data"]
export type TodayTask = z.output<typeof taskLine>
