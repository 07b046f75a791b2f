-- Who has delivered: what each source of an organisation counts for, and when it delivered.
-- Filled from what is recorded. Readers are not held up; writers wait until these tables are filled.
LOCK TABLE ledger, event, quarantine IN SHARE ROW EXCLUSIVE MODE;

-- A calculator of before would not keep these totals: its session ends here, and its next start finds a database
-- that is newer than it. 7246002 is the lock of a partition, which the session that writes it holds (position.ts).
SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 7246002 AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());

ALTER TABLE settings DROP CONSTRAINT settings_kind_check;
ALTER TABLE settings ADD CONSTRAINT settings_kind_check
  CHECK (kind IN ('programme', 'price-list', 'deliveries'));

-- Running totals: the sum of the ledger per source of the entry's event, municipality and month of the case's date.
CREATE TABLE source_total (
  organisation integer NOT NULL,
  source integer NOT NULL,
  municipality text NOT NULL,
  month date NOT NULL,
  registered bigint NOT NULL,      -- registered or assessed
  assessed bigint NOT NULL,
  PRIMARY KEY (organisation, source, municipality, month)
);

INSERT INTO source_total
SELECT l.organisation, e.source, t.municipality, date_trunc('month', l.date)::date,
  sum(l.sign), sum(CASE WHEN l.assessed THEN l.sign ELSE 0 END)
FROM ledger l
JOIN event e ON e.organisation = l.organisation AND e.number = l.event
JOIN case_group c ON c.organisation = l.organisation AND c.id = l.case_group
JOIN theme_group t ON t.organisation = l.organisation AND t.id = c.theme_group
GROUP BY 1, 2, 3, 4;

-- The days (in Amsterdam) on which events of a source became known. The numbers bound those of the day, so that
-- what was known halfway through it is found without looking further.
CREATE TABLE source_delivery (
  organisation integer NOT NULL,
  source integer NOT NULL,
  day date NOT NULL,
  first_known_at timestamptz NOT NULL,
  last_known_at timestamptz NOT NULL,
  first_number bigint NOT NULL,
  last_number bigint NOT NULL,
  PRIMARY KEY (organisation, source, day)
);

INSERT INTO source_delivery
SELECT organisation, source, (known_at AT TIME ZONE 'Europe/Amsterdam')::date,
  min(known_at), max(known_at), min(number), max(number)
FROM event GROUP BY 1, 2, 3;

-- Whose event stands in quarantine, and of which day its case is; null where the event says no date.
ALTER TABLE quarantine ADD COLUMN source integer, ADD COLUMN date date;

UPDATE quarantine q SET source = e.source, date = (e.payload::json->'data'->>'date')::date
FROM event e WHERE q.payload IS NULL AND e.organisation = q.organisation AND e.number = q.number;

UPDATE quarantine q SET source = s.id, date = (q.payload::json->'data'->>'date')::date
FROM source s WHERE q.payload IS NOT NULL AND s.uri = q.payload::json->>'source';

ALTER TABLE quarantine ALTER COLUMN source SET NOT NULL;

-- Append-only, as the ledger: an event that comes to stand in quarantine (+1) or no longer does (-1), so that it is
-- known at any moment what stood there. Dismissed events do not.
CREATE TABLE quarantine_entry (
  organisation integer NOT NULL,
  known_at timestamptz NOT NULL,
  number bigint NOT NULL,
  programme text NOT NULL,
  date date,
  sign smallint NOT NULL
);
CREATE INDEX quarantine_entry_known ON quarantine_entry (organisation, known_at);

-- What stood there before and was released is not recorded any more.
INSERT INTO quarantine_entry SELECT organisation, known_at, number, programme, date, 1 FROM quarantine;
