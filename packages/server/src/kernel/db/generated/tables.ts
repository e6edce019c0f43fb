// Made by `npm run generate` from the migrated database; never edited by hand.
import type { ColumnType, Generated } from "kysely"

/** JSON is read parsed and written as text. */
export type JsonColumn = ColumnType<unknown, string, string>

export interface Activities {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  kind: string
  direction: string | null
  occurred_at: string
  minutes: number | null
  outcome: string | null
  text: string | null
  about: Generated<JsonColumn>
}

export interface AuditBlocks {
  workspace_id: string
  seq: number
  sealed_at: string
  event_ids: string[]
  leaves: Buffer
  previous: Buffer
  hash: Buffer
}

export interface Changes {
  workspace_id: string
  record_id: string
  version: number
  entity: string
  kind: string
  before: JsonColumn
  after: JsonColumn
  event_id: string
  operation_id: string | null
  actor_type: string
  actor_id: string | null
  at: string
  own_fields: JsonColumn | null
}

export interface ChoiceLists {
  workspace_id: string
  list: string
  id: string
  label: string | null
  color: string | null
  choice_group: string | null
  options: Generated<JsonColumn>
  position: number
  deleted_at: string | null
}

export interface Companies {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
  domains: Generated<JsonColumn>
  phones: Generated<JsonColumn>
  addresses: Generated<JsonColumn>
  industry: string | null
  size: number | null
  parent_id: string | null
  lifecycle_stage: string | null
  key_customer: string | null
  owner_id: string | null
  tags: Generated<JsonColumn>
  description: string | null
  last_activity_at: string | null
}

export interface DealSpans {
  workspace_id: string
  deal_id: string
  version: number
  pipeline: string
  stage: string
  entered_at: string
  left_at: string | null
  moved_by: string | null
}

export interface Deals {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
  pipeline: string
  stage: string
  status: string
  company_id: string | null
  people: Generated<JsonColumn>
  owner_id: string | null
  amount: JsonColumn | null
  amount_minor: number | null
  lines: Generated<JsonColumn>
  probability: number | null
  weighted: JsonColumn | null
  weighted_minor: number | null
  category: string | null
  expected_close: string | null
  opened_on: string | null
  closed_on: string | null
  stage_since: string | null
  next_step: string | null
  checklist: Generated<JsonColumn>
  source_id: string | null
  campaign: string | null
  competitors: Generated<JsonColumn>
  location_id: string | null
  tags: Generated<JsonColumn>
  won_reason: string | null
  lost_reason: string | null
  lost_note: string | null
  description: string | null
}

export interface DuplicatePairs {
  workspace_id: string
  id: string
  entity: string
  one_id: string
  other_id: string
  probability: number
  reasons: JsonColumn
  state: Generated<string>
  decided_by: string | null
  decided_at: string | null
  found_at: string
  seen_at: string
}

export interface Effects {
  workspace_id: string
  event_id: string
  subscriber: string
  at: string
}

export interface EventSubjects {
  workspace_id: string
  subject_type: string
  subject_id: string
  occurred_at: string
  event_id: string
  event_type: string
  told_of: string | null
  tells_of: string | null
}

export interface Events {
  workspace_id: string
  id: string
  type: string
  occurred_at: string
  recorded_at: string
  actor_type: string
  actor_id: string | null
  operation_id: string | null
  data: JsonColumn
  depth: Generated<number>
  pending: Generated<boolean>
  salt: Buffer | null
}

export interface ExternalIds {
  workspace_id: string
  entity: string
  source: string
  external_id: string
  record_id: string
}

export interface FieldComputations {
  workspace_id: string
  id: string
  entity: string
  done_to: string
  started_at: string
}

export interface FieldValues {
  workspace_id: string
  field_id: string
  record_id: string
  place: Generated<number>
  value_text: string | null
  sort_text: string | null
  value_float: number | null
  value_time: string | null
  value_ref: string | null
}

export interface Files {
  workspace_id: string
  id: string
  hash: string
  name: string
  media_type: string
  size: number
  created_by: string | null
  created_at: string
}

export interface IdempotencyKeys {
  workspace_id: string
  caller: string
  route: string
  key: string
  body_hash: string
  status: number | null
  answer: string | null
  created_at: string
}

export interface ImportMappings {
  workspace_id: string
  id: string
  name: string
  entity: string
  headers: JsonColumn
  columns: JsonColumn
  created_by: string | null
  created_at: string
}

export interface ImportRejects {
  workspace_id: string
  import_id: string
  line: number
  cells: JsonColumn
  problems: JsonColumn
}

export interface Imports {
  workspace_id: string
  id: string
  entity: string
  status: string
  file_id: string | null
  file_name: string
  format: string
  details: JsonColumn
  columns: JsonColumn
  duplicates: string | null
  unreadable: Generated<string>
  decisions: Generated<JsonColumn>
  repairs: Generated<JsonColumn>
  mapping_name: string | null
  counts: JsonColumn | null
  problems: Generated<JsonColumn>
  problem_groups: Generated<JsonColumn>
  twins: Generated<JsonColumn>
  operation_id: string | null
  position: Generated<number>
  total: number | null
  job_token: string | null
  error: string | null
  created_by: string | null
  created_at: string
  updated_at: string
}

export interface Installation {
  id: Generated<boolean>
  instance_id: string
  last_backup: JsonColumn | null
  sending_paused: Generated<boolean>
  backup_daily: Generated<boolean>
  backup_keep_days: Generated<number>
  backup_keep_count: Generated<number>
  backup_day: string | null
}

export interface Locations {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
  addresses: Generated<JsonColumn>
  phones: Generated<JsonColumn>
}

export interface MatchModels {
  workspace_id: string
  entity: string
  parameters: JsonColumn
  salt: string
  records: number
  trained_at: string
  scanned_at: string | null
}

export interface MatchRecords {
  workspace_id: string
  record_id: string
  entity: string
  version: number
  keys: string[]
}

export interface Members {
  workspace_id: string
  id: string
  user_id: string
  name: string
  email: string
  role: string
  language: string | null
  time_zone: string | null
  theme: Generated<string>
  active: Generated<boolean>
  last_seen_at: string | null
  created_at: string
  updated_at: string
  role_id: string | null
}

export interface MergedParts {
  workspace_id: string
  merge_id: string
  position: number
  reference: string
  before: JsonColumn
  after: JsonColumn | null
}

export interface MergedRecords {
  workspace_id: string
  entity: string
  id: string
  into_id: string
  merge_id: string
  operation_id: string
  merged_at: string
  record: JsonColumn | null
}

export interface Notes {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  body: JsonColumn | null
  text: string | null
  about: Generated<JsonColumn>
  mentions: Generated<JsonColumn>
  files: Generated<JsonColumn>
}

export interface Notifications {
  workspace_id: string
  id: string
  member_id: string
  kind: string
  key: string
  subject_type: string
  subject_id: string
  actor_id: string | null
  created_at: string
  read_at: string | null
}

export interface NumberSeries {
  workspace_id: string
  series: string
  next: number
}

export interface ObjectTypes {
  workspace_id: string
  id: string
  version: Generated<number>
  key: string
  one: string
  many: string
  icon: Generated<string>
  position: number
  created_by: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export interface Operations {
  workspace_id: string
  id: string
  kind: string
  status: string
  entity: string | null
  input: Generated<JsonColumn>
  done: Generated<number>
  total: number | null
  summary: Generated<JsonColumn>
  cancel_requested: Generated<boolean>
  undo_of: string | null
  undone_by: string | null
  created_by: string | null
  created_at: string
  updated_at: string
  finished_at: string | null
}

export interface OrderLines {
  workspace_id: string
  order_id: string
  line_id: string
  place: number
  product_id: string | null
  name: string
  counts: boolean
  ordered_at: string
  day: string
  quantity: number
  returned: number
  currency: string
  net: number
  tax: number
  cost: number | null
  returned_net: number
  returned_tax: number
  returned_cost: number | null
}

export interface Orders {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  number: string | null
  ordered_at: string | null
  status: string | null
  person_id: string | null
  company_id: string | null
  channel: string | null
  location_id: string | null
  owner_id: string | null
  source_id: string | null
  tags: Generated<JsonColumn>
  lines: Generated<JsonColumn>
  currency: string | null
  prices_include_tax: boolean | null
  discount: JsonColumn | null
  discount_minor: number | null
  shipping: JsonColumn | null
  shipping_minor: number | null
  payments: Generated<JsonColumn>
  total: JsonColumn | null
  total_minor: number | null
  net: JsonColumn | null
  net_minor: number | null
  tax: JsonColumn | null
  tax_minor: number | null
  taxes: Generated<JsonColumn>
  paid: JsonColumn | null
  paid_minor: number | null
  refunded: JsonColumn | null
  refunded_minor: number | null
  open_amount: JsonColumn | null
  open_amount_minor: number | null
  returned: string | null
  returned_amount: JsonColumn | null
  returned_amount_minor: number | null
  cost: JsonColumn | null
  cost_minor: number | null
  margin: JsonColumn | null
  margin_minor: number | null
  email: string | null
  phone: string | null
  address: string | null
  note: string | null
  external_number: string | null
}

export interface OwnFields {
  workspace_id: string
  id: string
  version: Generated<number>
  entity: string
  key: string
  slot: string
  label: string
  help: Generated<string>
  field_group: Generated<string>
  position: number
  type: string
  options: Generated<JsonColumn>
  required: Generated<string>
  stages: Generated<JsonColumn>
  default_value: JsonColumn | null
  is_unique: Generated<boolean>
  hidden: Generated<boolean>
  replaces: string | null
  created_by: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export interface OwnRecords {
  workspace_id: string
  object_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
  owner_id: string | null
}

export interface People {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string | null
  given_name: string | null
  family_name: string | null
  salutation: string | null
  company_id: string | null
  job_title: string | null
  emails: Generated<JsonColumn>
  phones: Generated<JsonColumn>
  addresses: Generated<JsonColumn>
  social: Generated<JsonColumn>
  employments: Generated<JsonColumn>
  lifecycle_stage: string | null
  key_customer: string | null
  source_id: string | null
  owner_id: string | null
  tags: Generated<JsonColumn>
  location_id: string | null
  birthday: JsonColumn | null
  dates: Generated<JsonColumn>
  language: string | null
  preferred_channel: string | null
  form_of_address: string | null
  style_note: string | null
  preferences: Generated<JsonColumn>
  consents: Generated<JsonColumn>
  photo_id: string | null
  description: string | null
  last_activity_at: string | null
  birthday_day: number | null
  care_rank: number | null
}

export interface Products {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
  sku: string | null
  category: string | null
  kind: string | null
  unit: string | null
  price: JsonColumn | null
  price_minor: number | null
  tax_rate: number | null
  cost: JsonColumn | null
  cost_minor: number | null
  active: boolean | null
  active_from: string | null
  active_to: string | null
  variants: Generated<JsonColumn>
  image_id: string | null
  description: string | null
}

export interface RecordValues {
  workspace_id: string
  entity: string
  field: string
  value: string
  record_id: string
}

export interface Roles {
  workspace_id: string
  id: string
  name: string
  base: string
  rights: JsonColumn
  created_by: string | null
  created_at: string
  updated_at: string
}

export interface ScheduleTurns {
  workspace_id: string
  job: string
  slot: number
}

export interface SearchIndex {
  workspace_id: string
  entity: string
  record_id: string
  title: string
  subtitle: string | null
  body: string
}

export interface Shares {
  workspace_id: string
  id: string
  entity: string
  record_id: string
  member_id: string | null
  team_id: string | null
  receiver: string
  access: string
  created_by: string | null
  created_at: string
}

export interface SignInRules {
  workspace_id: string
  second_factor_roles: Generated<string[]>
  idle_minutes: Generated<number>
  longest_minutes: Generated<number>
}

export interface Sources {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  name: string
}

export interface Tasks {
  workspace_id: string
  id: string
  version: Generated<number>
  created_at: string
  updated_at: string
  created_by: string | null
  deleted_at: string | null
  custom: Generated<JsonColumn>
  title: string
  due_date: string | null
  due_time: string | null
  zone: string | null
  assignee_id: string | null
  priority: string | null
  status: string
  done_at: string | null
  description: string | null
  about: Generated<JsonColumn>
}

export interface TeamMembers {
  workspace_id: string
  team_id: string
  member_id: string
}

export interface Teams {
  workspace_id: string
  id: string
  name: string
  location_id: string | null
  created_at: string
  updated_at: string
}

export interface ViewChoices {
  workspace_id: string
  member_id: string
  entity: string
  view_id: string | null
}

export interface ViewPins {
  workspace_id: string
  member_id: string
  view_id: string
  pinned: boolean | null
  position: number | null
}

export interface Views {
  workspace_id: string
  id: string
  version: Generated<number>
  entity: string
  name: string
  search: Generated<string>
  filter: JsonColumn | null
  sort: JsonColumn | null
  columns: JsonColumn | null
  widths: JsonColumn | null
  shared: Generated<boolean>
  pinned: Generated<boolean>
  position: number
  is_default: Generated<boolean>
  owner_id: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
  grouping: string | null
  layout: string | null
}

export interface Workspaces {
  id: string
  name: string
  country: string
  currency: string
  time_zone: string
  language: string
  created_at: string
  updated_at: string
  certain_from: Generated<number>
  fields_version: Generated<number>
}

export interface AuthApiKeys {
  id: string
  workspace_id: string
  member_id: string
  key_hash: Buffer
  prefix: string
  name: string
  scope: string
  created_at: string
  expires_at: string | null
  last_used_at: string | null
  provider_id: string | null
}

export interface AuthAttempts {
  key: string
  failures: number
  window_start: string
  blocked_until: string | null
}

export interface AuthAuthenticators {
  user_id: string
  secret: Buffer
  last_step: Generated<number>
  created_at: string
  confirmed_at: string | null
}

export interface AuthDevices {
  token_hash: Buffer
  user_id: string
  used_at: string
}

export interface AuthIdentities {
  provider_id: string
  subject: string
  user_id: string
  by_person: boolean
  created_at: string
}

export interface AuthInvitations {
  id: string
  workspace_id: string
  token_hash: Buffer
  email: string
  role: string
  invited_by: string | null
  created_at: string
  expires_at: string
  role_id: string | null
}

export interface AuthPasskeyChallenges {
  hash: Buffer
  user_id: string | null
  expires_at: string
}

export interface AuthPasskeys {
  id: string
  user_id: string
  credential_id: string
  public_key: Buffer
  counter: number
  transports: string[]
  name: string
  created_at: string
  used_at: string | null
}

export interface AuthPasswordResets {
  id: string
  token_hash: Buffer
  user_id: string
  created_at: string
  expires_at: string
}

export interface AuthProviderAttempts {
  token_hash: Buffer
  provider_id: string
  session_id: string | null
  next: string
  user_id: string | null
  expires_at: string
  subject: string | null
  name: string | null
  invitation_id: string | null
}

export interface AuthProviders {
  id: string
  workspace_id: string
  name: string
  issuer: string
  client_id: string
  client_secret: Buffer
  created_at: string
}

export interface AuthRecoveryCodes {
  user_id: string
  code_hash: Buffer
  salt: Buffer
}

export interface AuthSessions {
  id: string
  token_hash: Buffer
  user_id: string
  workspace_id: string | null
  user_agent: string | null
  ip: string | null
  created_at: string
  last_seen_at: string
  expires_at: string
  proved_at: string | null
  factor_in: string | null
  vouched_in: string | null
}

export interface AuthSignIns {
  id: string
  user_id: string
  workspace_id: string | null
  at: string
  how: string
  ip: string | null
  user_agent: string | null
}

export interface AuthUsers {
  id: string
  email: string
  name: string
  password_hash: string | null
  created_at: string
  updated_at: string
}

export interface DB {
  activities: Activities
  audit_blocks: AuditBlocks
  changes: Changes
  choice_lists: ChoiceLists
  companies: Companies
  deal_spans: DealSpans
  deals: Deals
  duplicate_pairs: DuplicatePairs
  effects: Effects
  event_subjects: EventSubjects
  events: Events
  external_ids: ExternalIds
  field_computations: FieldComputations
  field_values: FieldValues
  files: Files
  idempotency_keys: IdempotencyKeys
  import_mappings: ImportMappings
  import_rejects: ImportRejects
  imports: Imports
  installation: Installation
  locations: Locations
  match_models: MatchModels
  match_records: MatchRecords
  members: Members
  merged_parts: MergedParts
  merged_records: MergedRecords
  notes: Notes
  notifications: Notifications
  number_series: NumberSeries
  object_types: ObjectTypes
  operations: Operations
  order_lines: OrderLines
  orders: Orders
  own_fields: OwnFields
  own_records: OwnRecords
  people: People
  products: Products
  record_values: RecordValues
  roles: Roles
  schedule_turns: ScheduleTurns
  search_index: SearchIndex
  shares: Shares
  sign_in_rules: SignInRules
  sources: Sources
  tasks: Tasks
  team_members: TeamMembers
  teams: Teams
  view_choices: ViewChoices
  view_pins: ViewPins
  views: Views
  workspaces: Workspaces
  "auth.api_keys": AuthApiKeys
  "auth.attempts": AuthAttempts
  "auth.authenticators": AuthAuthenticators
  "auth.devices": AuthDevices
  "auth.identities": AuthIdentities
  "auth.invitations": AuthInvitations
  "auth.passkey_challenges": AuthPasskeyChallenges
  "auth.passkeys": AuthPasskeys
  "auth.password_resets": AuthPasswordResets
  "auth.provider_attempts": AuthProviderAttempts
  "auth.providers": AuthProviders
  "auth.recovery_codes": AuthRecoveryCodes
  "auth.sessions": AuthSessions
  "auth.sign_ins": AuthSignIns
  "auth.users": AuthUsers
}
