-- The log: append-only, gapless, chained. Everything else can be made again from it.
CREATE TABLE head (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    seq BIGINT NOT NULL,               -- the last event's number; writers queue on this row, last of all
    at BIGINT NOT NULL,                -- its instant, microseconds since 1970 UTC
    people_seq BIGINT NOT NULL         -- counts the changes to person
);
INSERT INTO head (id, seq, at, people_seq) VALUES (1, 0, 0, 0);

CREATE TABLE counter (
    kind SMALLINT PRIMARY KEY,
    value BIGINT NOT NULL              -- the last id given out
);

CREATE TABLE event (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor BIGINT NOT NULL,
    verb TEXT NOT NULL,
    kind SMALLINT NOT NULL,
    subject BIGINT NOT NULL,
    note TEXT NOT NULL,
    decision BIGINT NOT NULL,
    batch BIGINT NOT NULL,
    format BIGINT NOT NULL,
    payload TEXT NOT NULL,             -- text, not a JSON type: the hash is over these very bytes
    hash TEXT NOT NULL
);
CREATE INDEX event_subject ON event (kind, subject, seq);
CREATE INDEX event_decision ON event (decision, seq) WHERE decision <> 0;

-- People stand outside the log, so that one can be erased without breaking the chain.
CREATE TABLE person (
    user_id BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    password TEXT NOT NULL             -- argon2id; empty means that no password opens the account
);
CREATE UNIQUE INDEX person_email ON person (email) WHERE email <> '';

CREATE TABLE session (
    token TEXT PRIMARY KEY,
    data TEXT NOT NULL,                -- base64
    expiry BIGINT NOT NULL
);
CREATE INDEX session_expiry ON session (expiry);

-- One table a kind: the columns carry the relations and the rules, the body is the record as the domain writes it.

-- who may act; names and mail are in person
CREATE TABLE account (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    role SMALLINT NOT NULL,
    disabled SMALLINT NOT NULL
);

-- parts of the municipality
CREATE TABLE area (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    director BIGINT REFERENCES account (id)
);

-- the strategy; one row
CREATE TABLE strategy (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (id = 1)
);

-- what requirements are laid upon
CREATE TABLE programme (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    code TEXT NOT NULL
);

-- how the forecast is reckoned; one row
CREATE TABLE policy (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    CHECK (id = 1)
);

-- the catalogue
CREATE TABLE catalogue_item (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    no BIGINT NOT NULL,
    area_id BIGINT REFERENCES area (id)
);

-- what has been selected
CREATE TABLE initiative (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    item_id BIGINT REFERENCES catalogue_item (id),
    area_id BIGINT REFERENCES area (id),
    project_owner BIGINT REFERENCES account (id),
    benefit_owner BIGINT REFERENCES account (id)
);

-- the gains of the initiatives
CREATE TABLE benefit (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    initiative_id BIGINT NOT NULL REFERENCES initiative (id)
);

-- the ledger: an entry's row tells at which events it was claimed, settled and reversed, so that any past day can be added up
CREATE TABLE entry (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    benefit_id BIGINT NOT NULL REFERENCES benefit (id),
    claimed_by BIGINT NOT NULL REFERENCES account (id),
    claimed_seq BIGINT NOT NULL,
    settled_by BIGINT REFERENCES account (id),
    settled_seq BIGINT,
    accepted SMALLINT,
    reverses BIGINT REFERENCES entry (id),
    reversed_seq BIGINT,
    CHECK (settled_by IS NULL OR settled_by <> claimed_by OR reverses IS NOT NULL)
);

-- what a programme must deliver in a year
CREATE TABLE requirement (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    programme_id BIGINT NOT NULL REFERENCES programme (id),
    year BIGINT NOT NULL
);

-- what draws on the same budget cut
CREATE TABLE overlap (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL
);

-- meetings and other days
CREATE TABLE meeting (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    date BIGINT NOT NULL
);

-- what was decided
CREATE TABLE decision (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    meeting_id BIGINT NOT NULL REFERENCES meeting (id)
);

-- frozen figures
CREATE TABLE follow_up (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    closes_before BIGINT NOT NULL
);

CREATE UNIQUE INDEX programme_code ON programme (code) WHERE removed = 0;
CREATE UNIQUE INDEX catalogue_item_no ON catalogue_item (no) WHERE removed = 0;
CREATE UNIQUE INDEX requirement_year ON requirement (programme_id, year) WHERE removed = 0;
CREATE INDEX entry_benefit ON entry (benefit_id, id);

-- An entry's months, with the entry's own marks repeated: sums as of any event are then one scan of one index.
CREATE TABLE entry_month (
    entry_id BIGINT NOT NULL REFERENCES entry (id),
    month BIGINT NOT NULL,             -- year * 12 + month - 1
    benefit_id BIGINT NOT NULL,
    gross BIGINT NOT NULL,             -- oere
    running BIGINT NOT NULL,           -- oere
    reversal SMALLINT NOT NULL,
    claimed_seq BIGINT NOT NULL,
    settled_seq BIGINT,
    accepted SMALLINT,
    PRIMARY KEY (entry_id, month)
);
CREATE INDEX entry_month_sums ON entry_month (benefit_id, month, accepted, settled_seq, claimed_seq, reversal, gross, running);
