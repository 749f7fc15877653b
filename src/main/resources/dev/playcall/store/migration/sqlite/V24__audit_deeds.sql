-- The page shows who last changed a setting and how the last syncs went, however long the log is.
create index audit_by_deed on audit (deed, sequence);
