-- Backups that are made by themselves: whether, how long they are kept, and the day of the last one.
alter table installation
  add column backup_daily boolean not null default true,
  add column backup_keep_days integer not null default 30 check (backup_keep_days between 1 and 3650),
  add column backup_keep_count integer not null default 14 check (backup_keep_count between 1 and 1000),
  add column backup_day date;

-- True for whoever takes the day first, in the transaction of the job that then makes the backup. The first day an
-- installation sees is only noted: there is a night before its first backup.
create function take_backup_day(today date) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found installation;
begin
  select * into found from installation for update;
  if found.backup_day is not null and found.backup_day >= today then return false; end if;
  update installation set backup_day = today;
  return found.backup_daily and found.backup_day is not null;
end $$;
revoke all on function take_backup_day from public;
grant execute on function take_backup_day to regulars_app;
