-- Who a person is at the organisation's identity provider, bound at the first sign-on there: the provider's name for itself and
-- the subject, which it never gives to another. '' is nobody. A mail address can change, and can be given to somebody else.
ALTER TABLE person ADD COLUMN issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE person ADD COLUMN subject TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX person_identity ON person (issuer, subject) WHERE subject <> '';
