-- From which probability on pairs count as certain, so that they may be merged all at once; the owner sets it.
alter table workspaces add column certain_from double precision not null default 0.99 check (certain_from >= 0.9 and certain_from < 1);
