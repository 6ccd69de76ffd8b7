-- What is written about an initiative: its business case version by version, milestones, risks, questions, commentaries;
-- and the indexes that restate prices.

-- prices and wages by year
CREATE TABLE price_index (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- versions of a business case
CREATE TABLE business_case (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id),
    no BIGINT NOT NULL,
    state SMALLINT NOT NULL
);

-- dated points on the way
CREATE TABLE milestone (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id)
);

-- what may go wrong
CREATE TABLE risk (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id)
);

-- what Finance asks, and the answers
CREATE TABLE question (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id)
);

-- an owner's word at a budget follow-up
CREATE TABLE commentary (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id),
    follow_up BIGINT NOT NULL
);

-- one number is one version; one version is under way at a time, and one counts
CREATE UNIQUE INDEX business_case_no ON business_case (initiative_id, no) WHERE removed = 0;
CREATE UNIQUE INDEX business_case_open ON business_case (initiative_id) WHERE removed = 0 AND state IN (1, 2, 3);
CREATE UNIQUE INDEX business_case_approved ON business_case (initiative_id) WHERE removed = 0 AND state = 4;
CREATE UNIQUE INDEX commentary_follow_up ON commentary (initiative_id, follow_up) WHERE removed = 0;
