import type { TestApp, TestWorkspace } from "../app.ts"
import { fillOrders } from "./plans.orders.ts"
import { fillOwnFields, idOf } from "./plans.own-fields.ts"
import { fillOwnObjects } from "./plans.own-objects.ts"

const people = 100_000
const companies = 10_000

/** 100,000 people as the kernel would have written them, with what the lists look up by; made by SQL for speed. */
export async function fillShop(app: TestApp, shop: TestWorkspace): Promise<void> {
  const { owner } = app.services.pools
  await owner.query(
    `insert into companies (workspace_id, id, created_at, updated_at, name)
     select $1, ${idOf("n")}, now() - n * interval '1 minute', now(), 'Company ' || md5(n::text) from generate_series(1, $2) n`,
    [shop.id, companies],
  )
  await owner.query(
    `insert into people (workspace_id, id, created_at, updated_at, name, lifecycle_stage, last_activity_at, emails, tags, company_id, employments, birthday)
     select $1, gen_random_uuid(), now() - n * interval '1 minute', now(), 'Person ' || md5(n::text), (array['lead', 'customer', 'regular', 'lost'])[1 + n % 4],
       case when n % 3 = 0 then now() - n * interval '1 hour' end, jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'address', 'p' || n || '@example.com')), jsonb_build_array('tag ' || n % 500),
       ${idOf(`1 + n % ${companies}`)}, jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'companyId', ${idOf(`1 + n % ${companies}`)})),
       jsonb_build_object('month', 1 + n % 12, 'day', 1 + n % 28)
     from generate_series(1, $2) n`,
    [shop.id, people],
  )
  await owner.query(
    "insert into record_values select workspace_id, 'people', 'tags', tags ->> 0, id from people where workspace_id = $1",
    [shop.id],
  )
  // Half of the tasks are the caller's, as in a shop of two, most of them done.
  await owner.query(
    `insert into tasks (workspace_id, id, created_at, updated_at, title, due_date, assignee_id, status)
     select $1, gen_random_uuid(), now(), now(), 'Task ' || n, date '2026-01-01' + n % 300, case when n % 2 = 0 then $3::uuid end,
       case when n % 50 = 0 then 'open' else 'done' end
     from generate_series(1, $2) n`,
    [shop.id, people, shop.ownerId],
  )
  await owner.query(
    `insert into record_values select t.workspace_id, 'tasks', 'about', p.id::text, t.id
     from (select workspace_id, id, row_number() over () n from tasks where workspace_id = $1 and status = 'open') t
     join (select id, row_number() over () n from people where workspace_id = $1) p using (n)`,
    [shop.id],
  )
  await owner.query(
    "insert into record_values select workspace_id, 'people', 'employments', company_id::text, id from people where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    "insert into record_values select workspace_id, 'people', 'emails', emails -> 0 ->> 'address', id from people where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    "insert into record_values select workspace_id, 'people', 'name', lower(name), id from people where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    "insert into search_index select workspace_id, 'companies', id, name, null, lower(name) from companies where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    "insert into search_index select workspace_id, 'people', id, name, null, lower(name) || ' ' || (emails -> 0 ->> 'address') from people where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    `insert into events (workspace_id, id, type, occurred_at, recorded_at, actor_type, data, pending)
     select workspace_id, gen_random_uuid(), 'person.created', created_at, now(), 'system', jsonb_build_object('ids', jsonb_build_array(id)), false from people where workspace_id = $1`,
    [shop.id],
  )
  await owner.query(
    "insert into event_subjects select workspace_id, 'person', (data -> 'ids' ->> 0)::uuid, occurred_at, id, type from events where workspace_id = $1",
    [shop.id],
  )
  await owner.query(
    `insert into event_subjects select p.workspace_id, 'company', p.company_id, s.occurred_at, s.event_id, s.event_type
     from people p join event_subjects s on s.workspace_id = p.workspace_id and s.subject_id = p.id where p.workspace_id = $1`,
    [shop.id],
  )
  await fillOwnFields(app, shop)
  await fillOwnObjects(app, shop)
  await fillOrders(app, shop)
  await owner.query("vacuum analyze")
}
