-- Amendments of calendars: numbered, each with a hash over the one before it. `reached` is the last
-- of the open streams, in the order of their ids, that were counted again; `done` says that all were.
CREATE TABLE amendment (
  tenant  INTEGER NOT NULL,
  number  INTEGER NOT NULL,
  body    BLOB NOT NULL,
  hash    BLOB NOT NULL,
  reached BLOB,
  done    INTEGER NOT NULL,
  PRIMARY KEY (tenant, number)
) STRICT;

-- The person complained about, who finds the cases that are about them.
ALTER TABLE stream ADD COLUMN respondent TEXT;
CREATE INDEX stream_about ON stream (tenant, respondent, stream) WHERE respondent IS NOT NULL;
