-- What opens an account beside its password: sessions, one-time links and tokens of programs. The secret itself is not here.
DROP TABLE session;
CREATE TABLE pass (
    digest TEXT PRIMARY KEY,           -- SHA-256 of the secret, base64url: it names the pass and opens nothing
    kind SMALLINT NOT NULL,            -- 1 session, 2 link, 3 token
    user_id BIGINT NOT NULL,
    issuer BIGINT NOT NULL,            -- who made it; 0 is the program
    label TEXT NOT NULL,               -- a session's browser, a token's name
    scope TEXT NOT NULL,               -- what a token may do: read or write
    created BIGINT NOT NULL,           -- microseconds since 1970 UTC, as all of these
    used BIGINT NOT NULL,              -- last seen, to the minute; 0 never
    expires BIGINT NOT NULL,           -- 0 never
    ended BIGINT NOT NULL              -- 0 is still open
);
CREATE INDEX pass_user ON pass (user_id, kind, created);

-- How often a person wants a reminder by mail: '' is never, else daily or weekly.
ALTER TABLE person ADD COLUMN digest TEXT NOT NULL DEFAULT '';
