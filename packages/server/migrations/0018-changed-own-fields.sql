-- Which own field each value in `before` and `after` belongs to, by its name there: with a change of type the name goes
-- to another field. Null where there is none, and in what was noted before this column was there.
alter table changes add column own_fields jsonb;
