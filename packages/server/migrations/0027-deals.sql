create table deals (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  pipeline text not null,
  stage text not null,
  status text not null,
  company_id uuid,
  people jsonb not null default '[]',
  owner_id uuid,
  amount jsonb,
  amount_minor double precision generated always as ((amount ->> 'amount')::float8) stored,
  lines jsonb not null default '[]',
  probability double precision,
  weighted jsonb,
  weighted_minor double precision generated always as ((weighted ->> 'amount')::float8) stored,
  category text,
  expected_close date,
  opened_on date,
  closed_on date,
  stage_since timestamptz,
  next_step text,
  checklist jsonb not null default '[]',
  source_id uuid,
  campaign text,
  competitors jsonb not null default '[]',
  location_id uuid,
  tags jsonb not null default '[]',
  won_reason text,
  lost_reason text,
  lost_note text,
  description text,
  primary key (workspace_id, id),
  foreign key (workspace_id, company_id) references companies (workspace_id, id) on delete set null (company_id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id),
  foreign key (workspace_id, source_id) references sources (workspace_id, id) on delete set null (source_id),
  foreign key (workspace_id, location_id) references locations (workspace_id, id) on delete set null (location_id)
);
create index deals_by_name on deals (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
create index deals_by_creation on deals (workspace_id, created_at, id) where deleted_at is null;
create index deals_by_stage on deals (workspace_id, stage, id) where deleted_at is null;
create index deals_by_status on deals (workspace_id, status, closed_on, id) where deleted_at is null;
create index deals_by_close on deals (workspace_id, expected_close, id) where deleted_at is null;
create index deals_by_amount on deals (workspace_id, amount_minor, id) where deleted_at is null;
create index deals_by_company on deals (workspace_id, company_id) where company_id is not null;
create index deals_by_owner on deals (workspace_id, owner_id) where owner_id is not null;
create index deals_unowned on deals (workspace_id, created_by) where owner_id is null;
create index deals_by_location on deals (workspace_id, location_id) where location_id is not null;
create index deals_deleted on deals (workspace_id, deleted_at, id) where deleted_at is not null;
call guard_tenant_table('deals');

-- How long a deal stood in which stage. `version` is that of the deal when it came there; the last one is open.
create table deal_spans (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  deal_id uuid not null,
  version integer not null,
  pipeline text not null,
  stage text not null,
  entered_at timestamptz not null,
  left_at timestamptz,
  moved_by uuid,
  primary key (workspace_id, deal_id, version),
  foreign key (workspace_id, deal_id) references deals (workspace_id, id) on delete cascade
);
call guard_tenant_table('deal_spans');
