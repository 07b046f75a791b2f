-- Decisions on what stands in quarantine are settings; a dismissed event keeps its row, with the reason 'dismissed'.
ALTER TABLE settings DROP CONSTRAINT settings_kind_check;
ALTER TABLE settings ADD CONSTRAINT settings_kind_check
  CHECK (kind IN ('programme', 'price-list', 'deliveries', 'quarantine'));

-- Content that conflicts with a recorded event is kept once, also when it was dismissed.
DROP INDEX quarantine_identity_conflict;
CREATE UNIQUE INDEX quarantine_identity_conflict ON quarantine (organisation, md5(payload)) WHERE payload IS NOT NULL;
