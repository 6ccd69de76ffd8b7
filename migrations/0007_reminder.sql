-- Who has been mailed a reminder on which day: the row is there before the mail is sent, so that of several programs one sends it.
CREATE TABLE reminder (
    user_id BIGINT NOT NULL,
    day BIGINT NOT NULL,               -- yyyymmdd in Copenhagen
    taken BIGINT NOT NULL,             -- microseconds since 1970 UTC
    PRIMARY KEY (user_id, day)
);
