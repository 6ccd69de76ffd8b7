-- What directors weigh: scoring rounds, scenarios, and what was sent to the board.

-- scoring rounds
CREATE TABLE round (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- one director's scores in a round
CREATE TABLE score (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    round_id BIGINT NOT NULL REFERENCES round (id),
    given_by BIGINT NOT NULL REFERENCES account (id)
);

-- named alterations of the portfolio
CREATE TABLE scenario (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- agenda items as they were sent
CREATE TABLE report (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL
);

CREATE UNIQUE INDEX score_once ON score (round_id, given_by) WHERE removed = 0;
