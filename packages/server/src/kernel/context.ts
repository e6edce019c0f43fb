import type { RecordAction } from "@regulars/contract/domains/rights.ts"
import type { Role } from "@regulars/contract/domains/workspace.ts"
import type { ChoiceLists } from "@regulars/contract/kernel/choice-lists.ts"
import type { EntityDeclaration } from "@regulars/contract/kernel/entity.ts"
import type { Access } from "./access/access.ts"
import type { Config } from "./config.ts"
import type { ContentStore } from "./contents/content-store.ts"
import type { Pools } from "./db/pools.ts"
import type { Sql } from "./db/sql.ts"
import type { TransactionSource, Tx } from "./db/transaction.ts"
import type { AppError } from "./errors.ts"
import type { LiveHub } from "./live.ts"
import type { StoredRecord, Values } from "./records/columns.ts"

export interface Log {
  debug(details: object | string, message?: string): void
  info(details: object | string, message?: string): void
  warn(details: object | string, message?: string): void
  error(details: object | string, message?: string): void
}
export interface Actor {
  /** `system`: the product itself, in a job. */
  type: "member" | "system"
  memberId: string | null
  userId: string | null
}
/** Everything a use case may ask about who calls it, where and when. Made per request or job. */
export interface Context {
  readonly workspaceId: string
  readonly actor: Actor
  readonly role: Role
  /** Names such as `people:update`; an API key's are cut to its scope. */
  readonly permissions: ReadonlySet<string>
  /** How far the caller's rights to records reach; absent where they reach everything (`kernel/access/policy.ts`). */
  readonly access?: Access | undefined
  readonly tx: Tx
  readonly services: Services
  /** What the domains have declared: entities with their rules, events, jobs. */
  readonly registry: Registry
  readonly now: () => Date
  readonly language: string
  /** The member's zone: what "today" means for their tasks. */
  readonly timeZone: string
  /** The workspace's zone and country: what "this month" means in filters, and how a local phone number reads. */
  readonly workspaceZone: string
  readonly country: string
  /** What amounts of the workspace are in where nothing is said. */
  readonly currency: string
  readonly requestId: string
  readonly log: Log
  /** How many reactions led here; ends loops. */
  readonly depth: number
}

/** A mail of the product itself (reset, invitation). */
export interface SystemMail {
  to: string
  subject: string
  text: string
}
/** What one running process has; made once in `main.ts` and by tests. */
export interface Services {
  config: Config
  pools: Pools
  /** Source of the transactions of requests and jobs. */
  database: TransactionSource
  registry: Registry
  live: LiveHub
  log: Log
  /** The only clock. */
  now: () => Date
  /** Where staging, exports and backups lie. */
  dataDir: string
  /** Where the contents of files are kept. */
  contents: ContentStore
  /** Distinguishes installations on one host, in cookie names. */
  instanceId: string
  /** What is to be done once the first workspace stands: the sample that `npm start` was asked for. */
  afterSetUp?: ((workspaceId: string) => Promise<void>) | undefined
  /** Sends a mail of the product; undefined where no SMTP server is set. */
  sendMail?: ((mail: SystemMail) => Promise<void>) | undefined
}

/** Somebody or something an event concerns: `{ type: "person", id }`. */
export interface Subject {
  type: string
  id: string
  /** Place on this subject's timeline, when it differs from the event's own time. */
  occurredAt?: string
  /** Which of the event's records stands on this subject's timeline, where the event tells of many. */
  tellsOf?: string
}
/** What a domain adds to the generic writes of an entity. Every part is optional. */
export interface EntityRules {
  /**
   * Completes or refuses a write. `values` are normalised and only those given; the result replaces them.
   * Pure: it reads nothing but its arguments.
   */
  prepare?(values: Values, before: StoredRecord | undefined, ctx: Context): Values
  /** What new records take over from others before they are looked at: the next number, what a product costs. */
  completes?(ctx: Context, inputs: readonly Values[]): Promise<readonly Values[]>
  /** Fields whose change `prepare` looks at; a change of others it leaves as it is. All where this is not said. */
  prepares?: readonly string[]
  /** What stands against a change for what other records hold; asked before rows are written, and by previews. */
  checks?: readonly RecordCheck[]
  /** Whom a record of this entity is about, beside itself; its creation then stands on their timelines too. */
  subjects?(ctx: Context, records: readonly StoredRecord[]): Promise<Subject[][]>
  /** Whom a change of these fields brings into touch with the record; told on their timelines when it is alone. */
  newlyLinked?(record: StoredRecord, keys: readonly string[]): Subject[]
  /** When a record happened, if that is not when it was written. */
  occurredAt?(record: StoredRecord): string
  /** Runs in the same transaction, after the rows are written. */
  afterWrite?(
    ctx: Context,
    write: {
      kind: WriteKind
      records: readonly StoredRecord[]
      before: readonly StoredRecord[]
      /** What the write is part of: facts that follow from it belong to the same operation. */
      operationId: string | null
    },
  ): Promise<void>
  /** Has the last word on what a record is after others became part of it. `values`: what was chosen so far. */
  merge?(values: Values, records: readonly StoredRecord[]): Values
}
/** A change that is about to be written, or only looked at; without `before` a new record. */
export interface CheckedChange {
  before?: StoredRecord
  after: StoredRecord
  /** Keys that differ. */
  keys: readonly string[]
}
export interface RefusedChange {
  /** Place of the change. */
  index: number
  error: AppError
}
export interface RecordCheck {
  /** Asked only of changes that give one of these fields a value. */
  fields: readonly string[]
  /** And of changes that take its value from one of these. */
  emptied?: readonly string[]
  /** Those that can't be; of several that can't be together the first stay. Reads, and writes nothing. */
  refused(ctx: Context, changes: readonly CheckedChange[], options: CheckOptions): Promise<RefusedChange[]>
}
export interface CheckOptions {
  /** Nothing will be written: it tells nothing of records that the caller does not see. */
  isPreview?: boolean
  /** What asks something of the step a person takes does not hold: it is put back, brought in, or moved along. */
  unguarded?: boolean
}
export type WriteKind = "create" | "update" | "remove" | "restore" | "merge" | "unmerge"

/** What becomes of rows that name a record in a column, when that record becomes part of another one. */
export interface ReferenceRule {
  /**
   * `move`: they name the survivor. `text`: the id is replaced wherever it stands in a JSON column. `drop`: they go,
   * and come back with the record. `stays`: they go on telling of the old id (history; what is made anew anyway).
   */
  becomes: "move" | "text" | "drop" | "stays"
  /** Columns that tell such a row from others, beside the workspace and the reference. */
  key?: readonly string[]
  /** The column that says what kind of record is meant, by the entity's name or by its singular. */
  kind?: { column: string; holds: "name" | "singular" }
  /** Rows with the same key become one. */
  distinct?: true
  /** A column that keeps which record the row named first. */
  origin?: string
  /** What the row names besides, as far as it does, which must still be there for it to come back. */
  within?: readonly { column: string; table: string }[]
}

/** Something that can be done with many records at once. */
export interface BulkAction {
  /** What it takes for the entity, beside what the action asks for itself. */
  permission: "update" | "delete"
  /** How far the caller's rights to each record must reach; the others are refused. */
  reach: RecordAction
  /** Works on the bin instead of the living. */
  deleted?: true
  /** Throws for input it can do nothing with. */
  check?(ctx: Context, entity: EntityDeclaration, input: Values): Promise<void> | void
  /**
   * What it would do, without writing: which records would change, as a condition on their table, where the others stay
   * as they are and none is refused; else how to find out by looking at them.
   */
  foresee(
    ctx: Context,
    entity: EntityDeclaration,
    input: Values,
  ): Promise<Sql | ((ids: readonly string[]) => Promise<BulkPlan>)>
  /** Writes those that can be. What it throws is taken back, and tried with fewer records. */
  run(
    ctx: Context,
    entity: EntityDeclaration,
    ids: readonly string[],
    work: { input: Values; operationId: string },
  ): Promise<BulkOutcome>
}
export interface RefusedRecord {
  id: string
  error: AppError
}
export interface BulkPlan {
  /** How many would change. */
  changed: number
  refused: readonly RefusedRecord[]
}
export interface BulkOutcome {
  /** The records it changed. */
  changed: readonly string[]
  /** Those it left as they are, because a rule says so of each. */
  refused: readonly RefusedRecord[]
}

/** An event's reaction; told of facts that are committed, perhaps twice, perhaps late, in no order. */
export interface Subscriber {
  name: string
  events: readonly string[]
  handle(ctx: Context, event: CommittedEvent): Promise<void>
}
export interface CommittedEvent {
  id: string
  type: string
  occurredAt: string
  operationId: string | null
  data: Values
  depth: number
}
/** Work done outside a request. The payload names what to do, never what the data was. */
export interface JobHandler {
  name: string
  /** How many attempts before it is given up and shown as failed. */
  attempts?: number
  /** What the job does steps of; its payload is `{ id }`, and `orderStep` queues it. */
  undertaking?: Undertaking
  handle(ctx: Context, payload: Values): Promise<void>
  /** Nothing else is written in the workspace meanwhile. */
  alone?: true
  /** Changes records only in transactions that it opens itself, one after the other, and may take long. */
  opensOwn?: true
}
/** Work that people follow: whatever becomes of its jobs, it goes on or ends with a sentence. */
export interface Undertaking {
  /** Ids of what should be under way in the workspace. */
  open(ctx: Context): Promise<string[]>
  /** Ends it as failed, unless it has ended meanwhile; what it did stays. */
  fail(ctx: Context, id: string, sentence: string): Promise<void>
}
/** Work due by the clock, once per workspace and turn. */
export interface Schedule {
  job: string
  everyMinutes: number
}
export interface DomainParts {
  rules?: Record<string, EntityRules>
  /** Event types beside the four that every entity has. */
  events?: readonly string[]
  subscribers?: readonly Subscriber[]
  jobs?: readonly JobHandler[]
  schedules?: readonly Schedule[]
  /** By name: what a member chooses for many selected records. */
  bulkActions?: Readonly<Record<string, BulkAction>>
  /** Columns (`table.column`) that name records otherwise than through a field of an entity. */
  references?: Readonly<Record<string, ReferenceRule>>
}
export interface Registry {
  /** Of the workspace's own fields, when these entities have them; 0 before there were any. */
  fieldsVersion: number
  /** Entities whose results of formulas and search text are still being brought to a changed declaration. */
  computing: ReadonlySet<string>
  /** Lists of choices, as the workspace has changed them. */
  choiceLists: ChoiceLists
  entities: readonly EntityDeclaration[]
  entity(name: string): EntityDeclaration | undefined
  entityOfSubject(singular: string): EntityDeclaration | undefined
  rules(entity: string): EntityRules
  events: ReadonlySet<string>
  subscribers: readonly Subscriber[]
  jobs: ReadonlyMap<string, JobHandler>
  schedules: readonly Schedule[]
  bulkActions: ReadonlyMap<string, BulkAction>
  references: ReadonlyMap<string, ReferenceRule>
}
