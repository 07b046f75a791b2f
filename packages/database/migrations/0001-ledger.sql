-- The tables of the pipeline. The calculator is the only writer.
-- `organisation` is part of every key of the write path, so that the tables can be distributed by it.
-- Money: integers of micro-euros (0.000001 €); `corrected` is in ten-thousandths of a micro-euro,
-- because a factor has four decimals and a corrected sum is never rounded on the way.

-- The streams that events came from. A stream that was made anew, or that lost its end, starts a new epoch.
CREATE TABLE stream (
  epoch integer PRIMARY KEY,
  created_at timestamptz NOT NULL,
  partitions smallint NOT NULL
);

-- How far each partition has come: moved in the transaction that holds the effects.
CREATE TABLE partition_position (
  partition smallint PRIMARY KEY,
  epoch integer NOT NULL,
  sequence bigint NOT NULL,        -- last message of the stream whose effects are in
  stored_at timestamptz NOT NULL,  -- when JetStream stored that message: tells a stream that lost its end
  known_at timestamptz NOT NULL,   -- everything known up to this moment is in
  settings bigint NOT NULL DEFAULT -1, -- number of the last settings message that is in; -1 before the first
  revaluation jsonb                -- a settings message half applied: where to resume
);

CREATE TABLE organisation (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE
);

CREATE TABLE source (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  uri text NOT NULL UNIQUE
);

-- Every version of every programme and price list, named by the number of its message.
CREATE TABLE settings (
  number bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('programme', 'price-list')),
  key text NOT NULL,               -- municipality/organisation/programme, or the code of the price list
  known_at timestamptz NOT NULL,
  body jsonb NOT NULL
);
CREATE INDEX settings_key ON settings (kind, key, number);

-- Every settings message once, by its id, also those that changed nothing: a stream that is read again from its
-- start must not bring back settings that newer ones replaced.
CREATE TABLE settings_message (
  id text PRIMARY KEY,
  number bigint NOT NULL
);

-- The permanent record: each event once. `number` names the message and the place in it (event-number.ts).
CREATE TABLE event (
  organisation integer NOT NULL,
  number bigint NOT NULL,
  source integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  known_at timestamptz NOT NULL,
  payload text NOT NULL,
  PRIMARY KEY (organisation, number),
  UNIQUE (organisation, source, id)
);

-- Theme-level combination, the grain of the running totals.
CREATE TABLE theme_group (
  organisation integer NOT NULL,
  id integer GENERATED ALWAYS AS IDENTITY,
  key text NOT NULL,               -- all the dimensions in one text, for the unique key
  municipality text NOT NULL,
  programme text NOT NULL,
  theme text NOT NULL,
  goal text,
  work_type text,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, key)
);

-- Combination of all dimensions of a case.
CREATE TABLE case_group (
  organisation integer NOT NULL,
  id integer GENERATED ALWAYS AS IDENTITY,
  key text NOT NULL,
  theme_group integer NOT NULL,
  target_group text,
  support_type text,
  team text,
  area text,
  wellbeing text,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, key)
);

-- Combination of the dimensions of an avoided line.
CREATE TABLE line_group (
  organisation integer NOT NULL,
  id integer GENERATED ALWAYS AS IDENTITY,
  key text NOT NULL,
  cost_bearer text NOT NULL,
  municipal boolean NOT NULL,
  recurrence text NOT NULL,
  effect text,
  cashable text,
  PRIMARY KEY (organisation, id),
  UNIQUE (organisation, key)
);

-- A case as it stands: its events and what it contributes.
CREATE TABLE case_state (
  organisation integer NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  partition smallint NOT NULL,
  events bigint[] NOT NULL,        -- numbers of all its recorded events, in the order in which they became known
  counted bigint,                  -- the event that counts; null while all are in quarantine
  state text CHECK (state IN ('registered', 'assessed', 'withdrawn')),
  programme text,                  -- key of the counted event's programme: a change of it values the case again
  contribution text,               -- the ledger entry in force, as JSON, to be reversed exactly
  PRIMARY KEY (organisation, case_id)
);

-- Append-only. An entry is a case's contribution that starts (+1) or stops (-1) to count.
CREATE TABLE ledger (
  organisation integer NOT NULL,
  known_at timestamptz NOT NULL,
  cause bigint NOT NULL,           -- number of the message that made the entry: an event or settings
  revalued boolean NOT NULL,       -- the cause is settings
  event bigint NOT NULL,           -- the event whose contribution it is
  sign smallint NOT NULL,
  case_group integer NOT NULL,
  date date NOT NULL,              -- the case's date
  assessed boolean NOT NULL,
  similar_cases integer NOT NULL,  -- 0 for a registered case
  cost bigint NOT NULL,            -- of one case, micro-euros
  factor integer NOT NULL,         -- correction factor in ten-thousandths
  programme_version bigint NOT NULL,
  price_list_version bigint,
  line_groups integer[] NOT NULL,  -- parallel with the next two: one element per line group and year
  years smallint[] NOT NULL,       -- years after the case's date
  amounts numeric[] NOT NULL       -- of one case, micro-euros
);
CREATE INDEX ledger_date ON ledger (organisation, date);

-- Running totals: the sum of the ledger per theme group and month of the case's date.
CREATE TABLE case_total (
  organisation integer NOT NULL,
  theme_group integer NOT NULL,
  month date NOT NULL,
  registered bigint NOT NULL,      -- registered or assessed
  assessed bigint NOT NULL,
  represented bigint NOT NULL,
  cost numeric NOT NULL,
  PRIMARY KEY (organisation, theme_group, month)
);

CREATE TABLE saving_total (
  organisation integer NOT NULL,
  theme_group integer NOT NULL,
  month date NOT NULL,
  line_group integer NOT NULL,
  year smallint NOT NULL,
  gross numeric NOT NULL,
  corrected numeric NOT NULL,
  counted_gross numeric NOT NULL,      -- without similar_cases
  counted_corrected numeric NOT NULL,
  PRIMARY KEY (organisation, theme_group, month, line_group, year)
);

-- Events that cannot count now, and why. `payload` only where the event is not in `event`.
CREATE TABLE quarantine (
  organisation integer NOT NULL,
  number bigint NOT NULL,
  reason text NOT NULL,
  detail text NOT NULL,
  case_id text COLLATE "C" NOT NULL,
  partition smallint NOT NULL,
  programme text NOT NULL,         -- key of the programme: a change of it tries the event again
  known_at timestamptz NOT NULL,   -- of the event
  payload text,
  PRIMARY KEY (organisation, number)
);
CREATE INDEX quarantine_case ON quarantine (organisation, case_id);
CREATE UNIQUE INDEX quarantine_identity_conflict ON quarantine (organisation, md5(payload))
  WHERE reason = 'identity-conflict';

-- What was in the stream and is no event, or cannot be applied. It cannot stop the stream and is kept to be looked at.
CREATE TABLE unreadable (
  number bigint PRIMARY KEY,
  detail text NOT NULL,
  known_at timestamptz NOT NULL,
  payload bytea NOT NULL
);

-- Each check of the invariants, newest last; the exporter shows the drift.
CREATE TABLE verification (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  checked_at timestamptz NOT NULL DEFAULT now(),
  seconds double precision NOT NULL,
  cases bigint NOT NULL,
  faults jsonb NOT NULL            -- one element per broken invariant
);
