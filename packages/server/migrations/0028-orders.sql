create table products (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  name text not null,
  sku text,
  category text,
  kind text,
  unit text,
  price jsonb,
  price_minor float8 generated always as ((price ->> 'amount')::float8) stored,
  tax_rate float8,
  cost jsonb,
  cost_minor float8 generated always as ((cost ->> 'amount')::float8) stored,
  active boolean,
  active_from date,
  active_to date,
  variants jsonb not null default '[]',
  image_id uuid,
  description text,
  primary key (workspace_id, id)
);
create index products_by_name on products (workspace_id, name collate "und-x-icu", id) where deleted_at is null;
create index products_by_price on products (workspace_id, price_minor, id) where deleted_at is null;
create index products_by_creation on products (workspace_id, created_at, id) where deleted_at is null;
create index products_by_creator on products (workspace_id, created_by);
create index products_deleted on products (workspace_id, deleted_at, id) where deleted_at is not null;
call guard_tenant_table('products');

create table orders (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  id uuid not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by uuid,
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  number text,
  ordered_at timestamptz,
  status text,
  person_id uuid,
  company_id uuid,
  channel text,
  location_id uuid,
  owner_id uuid,
  source_id uuid,
  tags jsonb not null default '[]',
  lines jsonb not null default '[]',
  currency text,
  prices_include_tax boolean,
  discount jsonb,
  discount_minor float8 generated always as ((discount ->> 'amount')::float8) stored,
  shipping jsonb,
  shipping_minor float8 generated always as ((shipping ->> 'amount')::float8) stored,
  payments jsonb not null default '[]',
  total jsonb,
  total_minor float8 generated always as ((total ->> 'amount')::float8) stored,
  net jsonb,
  net_minor float8 generated always as ((net ->> 'amount')::float8) stored,
  tax jsonb,
  tax_minor float8 generated always as ((tax ->> 'amount')::float8) stored,
  taxes jsonb not null default '[]',
  paid jsonb,
  paid_minor float8 generated always as ((paid ->> 'amount')::float8) stored,
  refunded jsonb,
  refunded_minor float8 generated always as ((refunded ->> 'amount')::float8) stored,
  open_amount jsonb,
  open_amount_minor float8 generated always as ((open_amount ->> 'amount')::float8) stored,
  returned text,
  returned_amount jsonb,
  returned_amount_minor float8 generated always as ((returned_amount ->> 'amount')::float8) stored,
  cost jsonb,
  cost_minor float8 generated always as ((cost ->> 'amount')::float8) stored,
  margin jsonb,
  margin_minor float8 generated always as ((margin ->> 'amount')::float8) stored,
  email text,
  phone text,
  address text,
  note text,
  external_number text,
  primary key (workspace_id, id),
  foreign key (workspace_id, person_id) references people (workspace_id, id) on delete set null (person_id),
  foreign key (workspace_id, company_id) references companies (workspace_id, id) on delete set null (company_id),
  foreign key (workspace_id, location_id) references locations (workspace_id, id) on delete set null (location_id),
  foreign key (workspace_id, source_id) references sources (workspace_id, id) on delete set null (source_id),
  foreign key (workspace_id, owner_id) references members (workspace_id, id) on delete set null (owner_id)
);
create index orders_by_time on orders (workspace_id, ordered_at, id) where deleted_at is null;
create index orders_by_number on orders (workspace_id, number collate "und-x-icu", id) where deleted_at is null;
create index orders_by_status on orders (workspace_id, status, ordered_at, id) where deleted_at is null;
create index orders_by_total on orders (workspace_id, total_minor, id) where deleted_at is null;
create index orders_open on orders (workspace_id, open_amount_minor, id) where deleted_at is null and open_amount_minor <> 0;
create index orders_by_creation on orders (workspace_id, created_at, id) where deleted_at is null;
create index orders_by_person on orders (workspace_id, person_id, ordered_at) where person_id is not null;
create index orders_by_company on orders (workspace_id, company_id, ordered_at) where company_id is not null;
create index orders_by_location on orders (workspace_id, location_id, ordered_at) where location_id is not null;
create index orders_by_owner on orders (workspace_id, owner_id) where owner_id is not null;
create index orders_unowned on orders (workspace_id, created_by) where owner_id is null;
create index orders_deleted on orders (workspace_id, deleted_at, id) where deleted_at is not null;
call guard_tenant_table('orders');

-- What reports read of the lines of orders, which are the truth. Who bought stands in the order alone.
create table order_lines (
  workspace_id uuid not null,
  order_id uuid not null,
  line_id uuid not null,
  place smallint not null,
  product_id uuid,
  name text not null,
  -- The order is sold and not in the bin.
  counts boolean not null,
  ordered_at timestamptz not null,
  -- Of the workspace's zone.
  day date not null,
  quantity float8 not null,
  returned float8 not null,
  currency text not null,
  net bigint not null,
  tax bigint not null,
  -- Null where the line does not know what its goods cost.
  cost bigint,
  returned_net bigint not null,
  returned_tax bigint not null,
  returned_cost bigint,
  primary key (workspace_id, order_id, line_id),
  foreign key (workspace_id, order_id) references orders (workspace_id, id) on delete cascade
);
create index order_lines_by_product on order_lines (workspace_id, product_id, day) where product_id is not null;
create index order_lines_by_day on order_lines (workspace_id, day);
call guard_tenant_table('order_lines');

-- The number that the next record of a kind gets.
create table number_series (
  workspace_id uuid not null references workspaces(id) on delete cascade,
  series text not null,
  next bigint not null,
  primary key (workspace_id, series)
);
call guard_tenant_table('number_series');

-- Of many records made at once, which one a row on somebody else's timeline tells of.
alter table event_subjects add column tells_of uuid;
create index event_subjects_telling on event_subjects (workspace_id, tells_of) where tells_of is not null;
