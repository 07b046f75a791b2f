-- Works with 0012 and newer.
-- What a job of the calculator finds when it compares the claims of all organisations. On a cluster both
-- tables are the coordinator's: what they tell is of two organisations at once.

-- When was compared. Of the moments at which nothing else was found than before only the newest is kept.
CREATE TABLE claim_comparison (
  known_at timestamptz PRIMARY KEY, -- what was known then was compared
  other boolean NOT NULL            -- something else was found than before
);

-- A claim (organisation, event, service), and the latest before it that another organisation has for the same
-- resident and service. The resident is not told.
CREATE TABLE double_claim (
  organisation integer NOT NULL,
  event bigint NOT NULL,
  service text NOT NULL,
  earlier_organisation integer NOT NULL,
  earlier_event bigint NOT NULL,
  earlier_date date NOT NULL,
  earlier_team text,
  found_from timestamptz NOT NULL,  -- comparisons from this moment on found it
  found_until timestamptz NOT NULL DEFAULT 'infinity', -- and from this one on no longer
  PRIMARY KEY (organisation, event, service, found_from)
);
CREATE INDEX double_claim_earlier ON double_claim (earlier_organisation, earlier_event);
