-- What a PostgreSQL database keeps. Instants are milliseconds since 1970-01-01T00:00Z.
--
-- Tables with cases have the tenant first in every key and every unique key, so that they can be
-- spread by it. Nothing here needs a sequence, a trigger or a lock that a name is given to.

-- Small tables that every machine has whole.
CREATE TABLE tenant (
    name text NOT NULL PRIMARY KEY,
    tenant int4 NOT NULL UNIQUE
);
CREATE TABLE writer (
    writer int4 NOT NULL PRIMARY KEY
);

-- The last numbers that were given out, by what they count.
CREATE TABLE counter (
    tenant int4 NOT NULL,
    name text NOT NULL,
    last int8 NOT NULL,
    PRIMARY KEY (tenant, name)
);

-- Written to find out whether something can be written.
CREATE TABLE probe (
    slot int8 NOT NULL PRIMARY KEY,
    tried int8 NOT NULL
);

CREATE TABLE page (
    tenant int4 NOT NULL,
    writer int4 NOT NULL,
    sequence int8 NOT NULL,
    at int8 NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant, writer, sequence)
);

-- Only ever added to.
CREATE TABLE decided (
    tenant int4 NOT NULL,
    stream uuid NOT NULL,
    version int8 NOT NULL,
    writer int4 NOT NULL,
    page int8 NOT NULL,
    place int8 NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (tenant, stream, version)
);
CREATE UNIQUE INDEX decided_by_page ON decided (tenant, writer, page, place);

-- No index here has a value that changes with most decisions, so that most of them change no
-- index. When time acts, and what is owed, have tables of their own.
CREATE TABLE standing (
    tenant int4 NOT NULL,
    stream uuid NOT NULL,
    is_stop bool NOT NULL,
    on_case uuid,
    stop text,
    protocol bytea NOT NULL,
    protocol_id text NOT NULL,
    version int8 NOT NULL,
    hash bytea NOT NULL,
    ticket text,
    secret bytea,
    complainant text,
    opened_at int8 NOT NULL,
    stage text NOT NULL,
    rung text,
    severity text,
    closed bool NOT NULL,
    breached bool NOT NULL,
    due_at int8,
    acts_at int8,
    PRIMARY KEY (tenant, stream)
);
CREATE UNIQUE INDEX standing_by_ticket ON standing (tenant, ticket);
CREATE INDEX standing_by_complainant ON standing (tenant, complainant, stream)
    WHERE complainant IS NOT NULL;
CREATE INDEX standing_on_case ON standing (tenant, on_case, stream) WHERE on_case IS NOT NULL;
CREATE INDEX standing_by_protocol ON standing (tenant, protocol_id, stream);
CREATE INDEX standing_by_stage ON standing (tenant, stage, stream);
CREATE INDEX standing_by_rung ON standing (tenant, rung, stream) WHERE rung IS NOT NULL;
CREATE INDEX standing_open ON standing (tenant, stream) WHERE NOT closed;
CREATE INDEX standing_breached ON standing (tenant, stream) WHERE breached;

-- What is not due while its clock stands still is `undue` and has 0 as `due_at`: databases differ
-- in where they sort what is missing.
CREATE TABLE duty (
    tenant int4 NOT NULL,
    stream uuid NOT NULL,
    deadline text COLLATE "C" NOT NULL,
    occurrence int4 NOT NULL,
    party text NOT NULL,
    undue bool NOT NULL,
    due_at int8 NOT NULL,
    missed bool NOT NULL,
    PRIMARY KEY (tenant, stream, deadline, occurrence)
);
CREATE INDEX duty_by_party ON duty (tenant, party, undue, due_at, stream, deadline, occurrence);

-- When time acts on a stream. `taken_by` has been working on it until `taken_until`, by the clock
-- of the database, and no other node needs to.
CREATE TABLE timer (
    tenant int4 NOT NULL,
    stream uuid NOT NULL,
    acts_at int8 NOT NULL,
    taken_by int8,
    taken_until timestamptz,
    PRIMARY KEY (tenant, stream)
);
CREATE INDEX timer_by_instant ON timer (acts_at, tenant, stream);

CREATE TABLE answer (
    tenant int4 NOT NULL,
    key text NOT NULL,
    request bytea NOT NULL,
    status int4 NOT NULL,
    body bytea NOT NULL,
    expires int8 NOT NULL,
    PRIMARY KEY (tenant, key)
);
CREATE INDEX answer_by_expiry ON answer (expires);

CREATE TABLE person_key (
    tenant int4 NOT NULL,
    person text NOT NULL,
    wrapped bytea,
    destroyed_at int8,
    PRIMARY KEY (tenant, person)
);
CREATE TABLE sealed (
    tenant int4 NOT NULL,
    stream uuid NOT NULL,
    slot text NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (tenant, stream, slot)
);

-- `roles` is missing for a token that manages.
CREATE TABLE token (
    tenant int4 NOT NULL,
    id text NOT NULL,
    hash bytea NOT NULL,
    roles text[],
    person text,
    label text NOT NULL,
    made_at int8 NOT NULL,
    expires int8,
    revoked_at int8,
    PRIMARY KEY (tenant, id)
);
CREATE INDEX token_by_hash ON token (hash);

CREATE TABLE webhook (
    tenant int4 NOT NULL,
    webhook int4 NOT NULL,
    url text NOT NULL,
    secret bytea NOT NULL,
    kinds text[] NOT NULL,
    active bool NOT NULL,
    PRIMARY KEY (tenant, webhook)
);

-- `look_at` is when it is worth while to look at a message again: its own instant, the end of the
-- time for which somebody took it, or the instant of a message of its stream that it waits for.
-- What is in a digest names the first message of it; all messages of one have the same `look_at`
-- and `dead`.
CREATE TABLE message (
    tenant int4 NOT NULL,
    webhook int4 NOT NULL,
    stream uuid NOT NULL,
    sequence int8 NOT NULL,
    kind text NOT NULL,
    body bytea NOT NULL,
    not_before int8 NOT NULL,
    tells text,
    dead bool NOT NULL,
    attempts int8 NOT NULL,
    first_tried int8,
    look_at int8 NOT NULL,
    failed_by text,
    digest_stream uuid,
    digest_sequence int8,
    PRIMARY KEY (tenant, webhook, stream, sequence)
);
CREATE INDEX message_by_instant ON message (tenant, webhook, look_at, stream, sequence)
    WHERE NOT dead AND digest_stream IS NULL;
CREATE INDEX message_in_digest
    ON message (tenant, webhook, look_at, digest_stream, digest_sequence)
    WHERE NOT dead AND digest_stream IS NOT NULL;
-- What may come late enough for a digest.
CREATE INDEX message_tells ON message (tenant, webhook, not_before, stream, sequence)
    WHERE NOT dead AND digest_stream IS NULL AND attempts = 0 AND tells IS NOT NULL;
CREATE INDEX message_dead ON message (tenant, webhook, stream, sequence) WHERE dead;

CREATE TABLE protocol (
    tenant int4 NOT NULL,
    hash bytea NOT NULL,
    id text NOT NULL,
    version text NOT NULL,
    folder bytea NOT NULL,
    names bytea NOT NULL,
    active_from int8,
    PRIMARY KEY (tenant, hash)
);
