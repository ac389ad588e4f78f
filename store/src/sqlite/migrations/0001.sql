-- The store of version 1. Instants are milliseconds since 1970 in UTC; hashes are SHA-256; streams are UUIDs of
-- version 7. The tenant is the first part of every key.

CREATE TABLE tenant (
  tenant INTEGER NOT NULL PRIMARY KEY,
  name   TEXT NOT NULL UNIQUE
) STRICT;

-- The last number that a writer took.
CREATE TABLE writer (
  one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  last   INTEGER NOT NULL
) STRICT;
INSERT INTO writer (one, last) VALUES (1, 0);

-- The last numbers that were given out, by what they count.
CREATE TABLE counter (
  tenant INTEGER NOT NULL,
  name   TEXT NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

-- Written to see whether anything can be written.
CREATE TABLE probe (
  one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
  tries  INTEGER NOT NULL
) STRICT;
INSERT INTO probe (one, tries) VALUES (1, 0);

-- Versions of protocols. Streams name them by number; all versions of one id have the same family.
CREATE TABLE protocol (
  tenant      INTEGER NOT NULL,
  number      INTEGER NOT NULL,
  family      INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  id          TEXT NOT NULL,
  version     TEXT NOT NULL,
  folder      BLOB NOT NULL,
  names       BLOB NOT NULL,
  active_from INTEGER,
  PRIMARY KEY (tenant, number),
  UNIQUE (tenant, hash)
) STRICT;

-- How each stream stands. `kind` is 0 for a case and 1 for a stop. `owed` repeats its rows of `duty`, so that they can
-- be changed by what differs without being looked for.
CREATE TABLE stream (
  tenant      INTEGER NOT NULL,
  stream      BLOB NOT NULL,
  kind        INTEGER NOT NULL,
  on_case     BLOB,
  stop        TEXT,
  protocol    INTEGER NOT NULL,
  family      INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  hash        BLOB NOT NULL,
  ticket      TEXT,
  secret      BLOB,
  complainant TEXT,
  opened_at   INTEGER NOT NULL,
  stage       TEXT NOT NULL,
  rung        TEXT,
  severity    TEXT,
  closed      INTEGER NOT NULL,
  breached    INTEGER NOT NULL,
  due_at      INTEGER,
  acts_at     INTEGER,
  owed        BLOB NOT NULL,
  PRIMARY KEY (tenant, stream),
  FOREIGN KEY (tenant, protocol) REFERENCES protocol (tenant, number)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX stream_ticket ON stream (tenant, ticket) WHERE ticket IS NOT NULL;
CREATE INDEX stream_person ON stream (tenant, complainant, stream) WHERE complainant IS NOT NULL;
CREATE INDEX stream_on ON stream (tenant, on_case, stream) WHERE on_case IS NOT NULL;
CREATE INDEX stream_family ON stream (tenant, family, stream) WHERE kind = 0;
CREATE INDEX stream_stage ON stream (tenant, stage, stream) WHERE kind = 0;
CREATE INDEX stream_rung ON stream (tenant, rung, stream) WHERE kind = 0 AND rung IS NOT NULL;
CREATE INDEX stream_flags ON stream (tenant, closed, breached, stream) WHERE kind = 0;
-- Time acts on all tenants alike.
CREATE INDEX stream_acts ON stream (acts_at, tenant, stream) WHERE acts_at IS NOT NULL;

-- The decisions, those of a stream side by side. `id` counts those of a tenant in the order of committing.
CREATE TABLE decision (
  tenant   INTEGER NOT NULL,
  stream   BLOB NOT NULL,
  version  INTEGER NOT NULL,
  id       INTEGER NOT NULL,
  writer   INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  place    INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  body     BLOB NOT NULL,
  PRIMARY KEY (tenant, stream, version)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX decision_order ON decision (tenant, id);

-- The pages of the journals, and the ids between which their decisions lie, both inclusive.
CREATE TABLE page (
  tenant   INTEGER NOT NULL,
  writer   INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  at       INTEGER NOT NULL,
  hash     BLOB NOT NULL,
  first_id INTEGER,
  last_id  INTEGER,
  PRIMARY KEY (tenant, writer, sequence)
) STRICT, WITHOUT ROWID;

-- What is owed, in the order of worklists. What has no due instant has `undue` 1 and `due` 0.
CREATE TABLE duty (
  tenant     INTEGER NOT NULL,
  party      TEXT NOT NULL,
  undue      INTEGER NOT NULL,
  due        INTEGER NOT NULL,
  stream     BLOB NOT NULL,
  deadline   TEXT NOT NULL,
  occurrence INTEGER NOT NULL,
  missed     INTEGER NOT NULL,
  PRIMARY KEY (tenant, party, undue, due, stream, deadline, occurrence)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  id          INTEGER PRIMARY KEY,
  tenant      INTEGER NOT NULL,
  idempotency TEXT NOT NULL,
  request     BLOB NOT NULL,
  status      INTEGER NOT NULL,
  body        BLOB NOT NULL,
  expires     INTEGER NOT NULL,
  UNIQUE (tenant, idempotency)
) STRICT;
CREATE INDEX answer_expires ON answer (expires);

CREATE TABLE sealed (
  tenant INTEGER NOT NULL,
  stream BLOB NOT NULL,
  slot   TEXT NOT NULL,
  bytes  BLOB NOT NULL,
  PRIMARY KEY (tenant, stream, slot),
  FOREIGN KEY (tenant, stream) REFERENCES stream (tenant, stream)
) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  tenant       INTEGER NOT NULL,
  person       TEXT NOT NULL,
  wrapped      BLOB,
  destroyed_at INTEGER,
  PRIMARY KEY (tenant, person)
) STRICT, WITHOUT ROWID;

-- `admin` is 1 for a token that manages; others have rows in `token_role`.
CREATE TABLE token (
  tenant     INTEGER NOT NULL,
  token      TEXT NOT NULL,
  hash       BLOB NOT NULL,
  admin      INTEGER NOT NULL,
  person     TEXT,
  label      TEXT NOT NULL,
  made_at    INTEGER NOT NULL,
  expires    INTEGER,
  revoked_at INTEGER,
  PRIMARY KEY (tenant, token)
) STRICT;
-- Whoever calls says a token and no tenant.
CREATE INDEX token_hash ON token (hash);

CREATE TABLE token_role (
  tenant INTEGER NOT NULL,
  token  TEXT NOT NULL,
  place  INTEGER NOT NULL,
  role   TEXT NOT NULL,
  PRIMARY KEY (tenant, token, place),
  FOREIGN KEY (tenant, token) REFERENCES token (tenant, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE webhook (
  tenant  INTEGER NOT NULL,
  webhook INTEGER NOT NULL,
  url     TEXT NOT NULL,
  secret  BLOB NOT NULL,
  active  INTEGER NOT NULL,
  PRIMARY KEY (tenant, webhook)
) STRICT;

CREATE TABLE webhook_kind (
  tenant  INTEGER NOT NULL,
  webhook INTEGER NOT NULL,
  place   INTEGER NOT NULL,
  kind    TEXT NOT NULL,
  PRIMARY KEY (tenant, webhook, place),
  FOREIGN KEY (tenant, webhook) REFERENCES webhook (tenant, webhook)
) STRICT, WITHOUT ROWID;

-- What is to be sent. `dead` is 1 for what was given up. `next` is 1 for the first of its receiver and stream that
-- waits and is in no digest; it may be taken from `ready_at` on, which is `not_before` or the end of the lease.
-- `digest` is the id of the first message of its digest; all messages of one have the same `ready_at` and `dead`.
CREATE TABLE message (
  id          INTEGER PRIMARY KEY,
  tenant      INTEGER NOT NULL,
  webhook     INTEGER NOT NULL,
  stream      BLOB NOT NULL,
  sequence    INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  body        BLOB NOT NULL,
  not_before  INTEGER NOT NULL,
  tells       TEXT,
  attempts    INTEGER NOT NULL,
  first_tried INTEGER,
  why         TEXT,
  dead        INTEGER NOT NULL,
  next        INTEGER NOT NULL,
  ready_at    INTEGER NOT NULL,
  digest      INTEGER,
  UNIQUE (tenant, webhook, stream, sequence),
  FOREIGN KEY (tenant, webhook) REFERENCES webhook (tenant, webhook)
) STRICT;
CREATE INDEX message_next ON message (tenant, webhook, ready_at) WHERE next = 1;
CREATE INDEX message_digest ON message (tenant, webhook, ready_at, digest) WHERE digest IS NOT NULL AND dead = 0;
-- What may come late enough for a digest.
CREATE INDEX message_tells ON message (tenant, webhook, not_before, stream, sequence)
  WHERE tells IS NOT NULL AND attempts = 0 AND dead = 0 AND digest IS NULL;
CREATE INDEX message_dead ON message (tenant, webhook, stream, sequence) WHERE dead = 1;
