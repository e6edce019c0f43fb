create table sources (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  primary key (workspace_id, id)
);
create index sources_by_name on sources (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
call guard_tenant_table('sources');

create table locations (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  addresses jsonb not null default '[]',
  phones jsonb not null default '[]',
  primary key (workspace_id, id)
);
create index locations_by_name on locations (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
call guard_tenant_table('locations');

create table companies (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  domains jsonb not null default '[]',
  phones jsonb not null default '[]',
  addresses jsonb not null default '[]',
  industry text,
  size integer,
  parent_id uuid,
  lifecycle_stage text,
  key_customer text,
  owner_id uuid,
  tags jsonb not null default '[]',
  description text,
  last_activity_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id, parent_id) references companies (workspace_id, id) on delete set null (parent_id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id)
);
create index companies_by_name on companies (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
create index companies_by_activity on companies (workspace_id, last_activity_at, id) where deleted_at is null;
create index companies_by_creation on companies (workspace_id, created_at, id) where deleted_at is null;
create index companies_deleted on companies (workspace_id, deleted_at, id) where deleted_at is not null;
create index companies_by_parent on companies (workspace_id, parent_id) where parent_id is not null;
call guard_tenant_table('companies');

create table people (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text,
  given_name text,
  family_name text,
  salutation text,
  company_id uuid,
  job_title text,
  emails jsonb not null default '[]',
  phones jsonb not null default '[]',
  addresses jsonb not null default '[]',
  social jsonb not null default '{}',
  employments jsonb not null default '[]',
  lifecycle_stage text,
  key_customer text,
  source_id uuid,
  owner_id uuid,
  tags jsonb not null default '[]',
  location_id uuid,
  birthday jsonb,
  dates jsonb not null default '[]',
  language text,
  preferred_channel text,
  form_of_address text,
  style_note text,
  preferences jsonb not null default '{}',
  consents jsonb not null default '[]',
  photo_id uuid,
  description text,
  last_activity_at timestamptz,
  -- Comparisons inside JSON can't use an index under row-level security; these can. 305 is the fifth of March.
  birthday_day smallint generated always as ((birthday ->> 'month')::smallint * 100 + (birthday ->> 'day')::smallint) stored,
  -- How much it matters when nobody has been in touch for long: key customers first, then customers.
  care_rank smallint generated always as (
    case when key_customer = 'vip' then 1 when key_customer = 'high' then 2
      when lifecycle_stage in ('customer', 'regular', 'qualified') then 3 end) stored,
  primary key (workspace_id, id),
  foreign key (workspace_id, company_id) references companies (workspace_id, id) on delete set null (company_id),
  foreign key (workspace_id, source_id) references sources (workspace_id, id) on delete set null (source_id),
  foreign key (workspace_id, location_id) references locations (workspace_id, id) on delete set null (location_id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id)
);
create index people_by_name on people (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
create index people_by_activity on people (workspace_id, last_activity_at, id) where deleted_at is null;
create index people_by_creation on people (workspace_id, created_at, id) where deleted_at is null;
create index people_by_stage on people (workspace_id, lifecycle_stage, id) where deleted_at is null;
create index people_by_company on people (workspace_id, company_id) where company_id is not null;
create index people_by_birthday on people (workspace_id, birthday_day, id) where birthday_day is not null and deleted_at is null;
create index people_by_care on people (workspace_id, care_rank, last_activity_at, id) where care_rank is not null and deleted_at is null;
create index people_deleted on people (workspace_id, deleted_at, id) where deleted_at is not null;
call guard_tenant_table('people');
-- People added by hand or by a program, beside imports: what "lately added" shows.
create index events_adding_people on events (workspace_id, recorded_at, id) where type = 'person.created' and operation_id is null;
