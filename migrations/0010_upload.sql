-- A file of budget or actuals between being sent and being taken in: one a user, outside the log, so that any of several programs
-- can go on with it. Its bytes are gone once it has been taken in, and all of it when it expires.
CREATE TABLE upload (
    user_id BIGINT PRIMARY KEY,
    id TEXT NOT NULL,                  -- tells the file from another that the same user sent
    name TEXT NOT NULL,
    sent BIGINT NOT NULL,              -- microseconds since 1970 UTC, as all of these
    expires BIGINT NOT NULL,
    state TEXT NOT NULL,
    worker TEXT NOT NULL,              -- the run that works on it, '' for none
    seen BIGINT NOT NULL,              -- when that run was last heard of
    told TEXT NOT NULL                 -- what its page shows, as JSON
);
CREATE TABLE upload_part (
    id TEXT NOT NULL,
    part BIGINT NOT NULL,
    content BYTEA NOT NULL,            -- a piece of the gzip stream of its bytes
    PRIMARY KEY (id, part)
);
