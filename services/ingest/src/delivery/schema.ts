import { ZAAK_TABLES } from '../zaken/zaak-tables.ts';

/**
 * The tables of `ingest.sqlite`, one text for each version. A text that was released is never changed: add
 * the next. It is work in hand, never the truth: losing the file loses no event and moves no total.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- Organisation and source of what was delivered.
  CREATE TABLE origin (
    id INTEGER PRIMARY KEY,
    organisation TEXT NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (organisation, source)
  ) STRICT;

  CREATE TABLE place (
    id INTEGER PRIMARY KEY,
    municipality TEXT NOT NULL,
    programme TEXT NOT NULL,
    UNIQUE (municipality, programme)
  ) STRICT;

  -- What was last published of each case; where its system has revisions, of each revision.
  CREATE TABLE delivered (
    origin INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    -- The revision that the system gave; null where there was none.
    given INTEGER,
    -- First half of the SHA-256 of type and data.
    hash BLOB NOT NULL,
    is_withdrawn INTEGER NOT NULL,
    place INTEGER NOT NULL,
    -- Code of the mapping; null for what came from elsewhere than a file.
    mapping TEXT,
    PRIMARY KEY (origin, case_id, revision)
  ) STRICT, WITHOUT ROWID;

  -- One upload, and how far it is. The rows of the file and the report have files of their own.
  CREATE TABLE import (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    name TEXT,
    organisation TEXT NOT NULL,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    key_id TEXT NOT NULL,
    mapping_code TEXT NOT NULL,
    mapping_version INTEGER NOT NULL,
    -- The mapping as it was, as JSON.
    mapping TEXT NOT NULL,
    dry_run INTEGER NOT NULL,
    is_full INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'reading', 'running', 'stopped', 'done', 'failed')),
    -- What is to be done when its turn comes.
    task TEXT NOT NULL CHECK (task IN ('read', 'deliver', 'withdraw')),
    -- Milliseconds since 1970; the moment of its events is created_at or, of withdrawals, withdrawal_at.
    created_at INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    withdrawal_at INTEGER,
    withdrawal_reason TEXT,
    -- Starts since something was last committed: what ends ingest each time must not go on for ever.
    starts INTEGER NOT NULL DEFAULT 0,
    rows_total INTEGER,
    rows_accepted INTEGER NOT NULL DEFAULT 0,
    rows_unchanged INTEGER NOT NULL DEFAULT 0,
    rows_refused INTEGER NOT NULL DEFAULT 0,
    -- Refused rows whose case cannot be read.
    rows_unreadable INTEGER NOT NULL DEFAULT 0,
    cases_accepted INTEGER NOT NULL DEFAULT 0,
    cases_unchanged INTEGER NOT NULL DEFAULT 0,
    cases_refused INTEGER NOT NULL DEFAULT 0,
    cases_withdrawn INTEGER NOT NULL DEFAULT 0,
    vanished INTEGER,
    failure_code TEXT,
    failure_detail TEXT,
    -- The last staged row that was worked through.
    after_case TEXT NOT NULL DEFAULT '',
    after_revision INTEGER NOT NULL DEFAULT 0,
    after_row INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX import_queue ON import (queued_at) WHERE state = 'queued';
  CREATE INDEX import_origin ON import (organisation, source);
  `,
  ZAAK_TABLES,
];
