-- Why a figure changed, how sure it is, what was reported, and what was erased.
-- The ledger is rewritten once: readers and writers wait until it is.
LOCK TABLE ledger, saving_total, case_total, line_group IN ACCESS EXCLUSIVE MODE;

-- A calculator of before would not keep these columns: its session ends here (see 0002).
SELECT pg_terminate_backend(pid, 10000) FROM pg_locks
WHERE locktype = 'advisory' AND classid = 7246002 AND pid <> pg_backend_pid()
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database());

ALTER TABLE settings DROP CONSTRAINT settings_kind_check;
ALTER TABLE settings ADD CONSTRAINT settings_kind_check
  CHECK (kind IN ('programme', 'price-list', 'deliveries', 'quarantine', 'closing', 'erasure'));

-- A line of a service is told by its service and unit price (micro-euros); null where the event states the amount.
ALTER TABLE line_group ADD COLUMN service text, ADD COLUMN price bigint;

-- Why an entry was made (ledger-part.ts), and its range: amounts with percentages and price a step lower and higher.
-- A change of one case can be several pairs of entries, one for each part of the change; they add up to it.
ALTER TABLE ledger ADD COLUMN part smallint, ADD COLUMN lows numeric[], ADD COLUMN highs numeric[],
  ADD COLUMN resident text; -- keyed hash of the resident, where the event gives one

WITH told AS (
  SELECT l.ctid AS place, e.payload::json->'data'->>'residentKey' AS resident,
    CASE
      WHEN s.kind = 'price-list' THEN 4
      WHEN s.kind = 'programme' THEN 8
      WHEN count(*) OVER pair = 1 THEN CASE WHEN l.sign > 0 THEN 1 ELSE 3 END
      WHEN bool_or(l.sign < 0 AND NOT l.assessed) OVER pair AND bool_or(l.sign > 0 AND l.assessed) OVER pair THEN 1
      ELSE 2
    END AS part
  FROM ledger l
  LEFT JOIN event e ON e.organisation = l.organisation AND e.number = l.event
  LEFT JOIN settings s ON l.revalued AND s.number = l.cause
  WINDOW pair AS (PARTITION BY l.organisation, l.cause, coalesce(e.case_id, l.event::text)))
UPDATE ledger l SET part = told.part, resident = told.resident, lows = l.amounts, highs = l.amounts
FROM told WHERE l.ctid = told.place;

ALTER TABLE ledger ALTER COLUMN part SET NOT NULL, ALTER COLUMN lows SET NOT NULL, ALTER COLUMN highs SET NOT NULL;
CREATE INDEX ledger_resident ON ledger (resident) WHERE resident IS NOT NULL;
-- Entries stand in the order in which they became known, so this index takes next to nothing to keep.
CREATE INDEX ledger_known ON ledger USING brin (known_at) WITH (pages_per_range = 16, autosummarize = on);

-- The range of the corrected totals.
ALTER TABLE saving_total ADD COLUMN low numeric, ADD COLUMN high numeric;
UPDATE saving_total SET low = corrected, high = corrected;
ALTER TABLE saving_total ALTER COLUMN low SET NOT NULL, ALTER COLUMN high SET NOT NULL;

-- Sums of squares of what assessed cases save, corrected, all years: how far cases lie apart.
-- `weighted` with similar_cases, `counted` without, in (ten-thousandths of a micro-euro)².
ALTER TABLE case_total ADD COLUMN weighted_square numeric NOT NULL DEFAULT 0,
  ADD COLUMN counted_square numeric NOT NULL DEFAULT 0;

UPDATE case_total t SET weighted_square = s.weighted, counted_square = s.counted
FROM (
  SELECT l.organisation, g.theme_group, date_trunc('month', l.date)::date AS month,
    sum(l.sign * v.value * v.value) AS counted,
    sum(l.sign * v.value * v.value * l.similar_cases::numeric * l.similar_cases) AS weighted
  FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
  CROSS JOIN LATERAL (SELECT coalesce(sum(a), 0) * l.factor AS value FROM unnest(l.amounts) AS a) AS v
  GROUP BY 1, 2, 3) AS s
WHERE s.organisation = t.organisation AND s.theme_group = t.theme_group AND s.month = t.month;
ALTER TABLE case_total ALTER COLUMN weighted_square DROP DEFAULT, ALTER COLUMN counted_square DROP DEFAULT;

-- Questions are about some months of an organisation: these stand together.
ALTER TABLE case_total DROP CONSTRAINT case_total_pkey, ADD PRIMARY KEY (organisation, month, theme_group);
ALTER TABLE saving_total DROP CONSTRAINT saving_total_pkey,
  ADD PRIMARY KEY (organisation, month, theme_group, line_group, year);

-- The same totals by year of the case's date, lines told apart only by whose purse and recurrence: what most questions
-- ask for, in far fewer rows. `month` is the first of the year.
CREATE TABLE case_year (
  organisation integer NOT NULL,
  theme_group integer NOT NULL,
  month date NOT NULL,
  registered bigint NOT NULL,
  assessed bigint NOT NULL,
  represented bigint NOT NULL,
  cost numeric NOT NULL,
  weighted_square numeric NOT NULL,
  counted_square numeric NOT NULL,
  PRIMARY KEY (organisation, month, theme_group)
);
INSERT INTO case_year
SELECT organisation, theme_group, date_trunc('year', month)::date, sum(registered), sum(assessed), sum(represented),
  sum(cost), sum(weighted_square), sum(counted_square)
FROM case_total GROUP BY 1, 2, 3;

CREATE TABLE saving_year (
  organisation integer NOT NULL,
  theme_group integer NOT NULL,
  month date NOT NULL,
  municipal boolean NOT NULL,
  recurrence text NOT NULL,
  year smallint NOT NULL,
  gross numeric NOT NULL,
  corrected numeric NOT NULL,
  counted_gross numeric NOT NULL,
  counted_corrected numeric NOT NULL,
  low numeric NOT NULL,
  high numeric NOT NULL,
  PRIMARY KEY (organisation, month, theme_group, municipal, recurrence, year)
);
INSERT INTO saving_year
SELECT t.organisation, t.theme_group, date_trunc('year', t.month)::date, g.municipal, g.recurrence, t.year,
  sum(t.gross), sum(t.corrected), sum(t.counted_gross), sum(t.counted_corrected), sum(t.low), sum(t.high)
FROM saving_total t JOIN line_group g ON g.organisation = t.organisation AND g.id = t.line_group
GROUP BY 1, 2, 3, 4, 5, 6;

-- Contributions recorded before know no service, price or range: the calculator values their cases once more.
ALTER TABLE partition_position ADD COLUMN valuation smallint NOT NULL DEFAULT 1;

-- A period of an organisation that was reported: what was known at the moment of the closing stays.
CREATE TABLE closing (
  organisation integer NOT NULL,
  period text NOT NULL,            -- 2025, 2025-Q1 or 2025-03
  number bigint NOT NULL,          -- of the settings message
  known_at timestamptz NOT NULL,   -- the figures are those known then
  note text,
  figures jsonb,                   -- null until every partition has passed the moment
  cases bigint,
  checksums jsonb,
  sealed_at timestamptz,
  PRIMARY KEY (organisation, period)
);

-- What is left of an erased case in a closing: its line of the bundle, with nothing that names it.
CREATE TABLE closing_erased (
  organisation integer NOT NULL,
  period text NOT NULL,
  line text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX closing_erased_of ON closing_erased (organisation, period);

-- Certificates: what was removed, with nothing of what it was.
CREATE TABLE erasure (
  id uuid PRIMARY KEY,
  organisation integer NOT NULL,
  number bigint NOT NULL,          -- of the settings message
  known_at timestamptz NOT NULL,
  applied_at timestamptz,          -- null until it is done
  removed jsonb,
  correction jsonb
);

-- Keeps an erased case out while the stream may still bring its events: salted hashes, removed after `until`.
CREATE TABLE erased_case (
  hash bytea PRIMARY KEY,
  erasure uuid NOT NULL,
  until timestamptz NOT NULL
);
CREATE TABLE erasure_salt (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  salt bytea NOT NULL
);
INSERT INTO erasure_salt (salt) VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
