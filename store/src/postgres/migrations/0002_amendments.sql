-- Amendments of calendars: numbered, each with a hash over the one before it. `reached` is the last
-- of the open streams, in the order of their ids, that were counted again; `done` says that all were.
CREATE TABLE amendment (
    tenant int4 NOT NULL,
    number int8 NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    reached uuid,
    done bool NOT NULL,
    PRIMARY KEY (tenant, number)
);

-- The person complained about, who finds the cases that are about them.
ALTER TABLE standing ADD COLUMN respondent text;
CREATE INDEX standing_by_respondent ON standing (tenant, respondent, stream)
    WHERE respondent IS NOT NULL;
