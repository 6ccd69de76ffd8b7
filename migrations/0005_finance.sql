-- What comes from the finance system: accounts, files, their rows, and what is said of differences.

-- budget accounts
CREATE TABLE budget_account (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    no TEXT NOT NULL
);

-- files that were taken in
CREATE TABLE finance_file (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    digest TEXT NOT NULL
);

-- rows of those files: they are added and never changed
CREATE TABLE posting (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES budget_account (id),
    file_id BIGINT NOT NULL REFERENCES finance_file (id),
    month BIGINT NOT NULL,
    measure SMALLINT NOT NULL,
    ore BIGINT NOT NULL,
    identity TEXT NOT NULL
);

-- why an account and what is counted differ
CREATE TABLE explanation (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    account_id BIGINT NOT NULL REFERENCES budget_account (id),
    year BIGINT NOT NULL
);

-- how the columns of files from elsewhere are read
CREATE TABLE mapping (
    id BIGINT PRIMARY KEY,
    version BIGINT NOT NULL CHECK (version > 0),
    seq BIGINT NOT NULL,               -- the event that gave it its present value
    removed SMALLINT NOT NULL,
    format BIGINT NOT NULL,
    body TEXT NOT NULL,
    used_for TEXT NOT NULL,
    name TEXT NOT NULL
);

CREATE UNIQUE INDEX budget_account_no ON budget_account (no) WHERE removed = 0;
CREATE UNIQUE INDEX finance_file_digest ON finance_file (digest) WHERE removed = 0;
CREATE UNIQUE INDEX posting_identity ON posting (identity);
CREATE INDEX posting_sums ON posting (account_id, month, measure, seq, ore);
CREATE INDEX posting_file ON posting (file_id);
CREATE UNIQUE INDEX mapping_name ON mapping (used_for, name) WHERE removed = 0;
