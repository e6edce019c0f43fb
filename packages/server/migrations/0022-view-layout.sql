-- How the list of a view is laid out: `cards`, `board:lifecycleStage`, `calendar:birthday`; null for a table.
alter table views add column layout text;
