-- What waits to be settled, now or at a past event, is found without reading what has been: an entry that nobody has settled
-- counts as settled after the last event there can be.
CREATE INDEX entry_waiting ON entry (COALESCE(settled_seq, 9223372036854775807), id);
