/**
 * The tables of zaken in `ingest.sqlite`: work in hand, never the truth. Losing them has every zaak fetched
 * again by the next poll, which moves no total. Released: a change is a next migration (delivery/schema.ts).
 */
export const ZAAK_TABLES = `
  -- One row for each zaak that is waiting, failing or known.
  CREATE TABLE zaak (
    connection TEXT NOT NULL,
    uuid TEXT NOT NULL,
    -- Grows with each reason to fetch it: what came while it was being fetched is not forgotten.
    generation INTEGER NOT NULL DEFAULT 0,
    -- When it is to be fetched, in milliseconds since 1970; null: nothing to do.
    due INTEGER,
    -- Fetches since the last reason that failed.
    attempts INTEGER NOT NULL DEFAULT 0,
    -- It was said to be deleted, or is not listed any more.
    is_gone INTEGER NOT NULL DEFAULT 0,
    -- Milliseconds since 1970 of the last delivery that was tried: no two have the same.
    moment INTEGER NOT NULL DEFAULT 0,
    -- What is wrong with it, and with which columns (JSON); null: nothing.
    code TEXT,
    faults TEXT,
    -- Of the zaak as it was fetched last, and when.
    digest BLOB,
    fetched INTEGER,
    -- The case in the stream and what withdrawing it takes (JSON); null: none.
    case_id TEXT,
    identity TEXT,
    -- Round of the poll in which it was listed last.
    listed INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (connection, uuid)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX zaak_due ON zaak (connection, due) WHERE due IS NOT NULL;
  CREATE INDEX zaak_case ON zaak (case_id) WHERE case_id IS NOT NULL;
  CREATE INDEX zaak_failing ON zaak (connection) WHERE code IS NOT NULL;

  CREATE TABLE zaak_connection (
    code TEXT PRIMARY KEY,
    -- SHA-256 of what decides how a zaak is read.
    reading BLOB,
    notified INTEGER,
    taken INTEGER NOT NULL DEFAULT 0,
    ignored INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    -- The poll: milliseconds since 1970, and where its round is (JSON; null: between rounds).
    polled INTEGER,
    completed INTEGER,
    next_poll INTEGER,
    poll_failure TEXT,
    round INTEGER NOT NULL DEFAULT 0,
    place TEXT
  ) STRICT, WITHOUT ROWID;
`;
