-- What the list of a view is grouped by: a field, and after a colon the period for dates.
alter table views add column grouping text;
