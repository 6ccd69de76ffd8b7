-- Mixed into the seals of a person that the log has, so that nobody guesses from them who was erased; '' is not sealed yet.
ALTER TABLE person ADD COLUMN salt TEXT NOT NULL DEFAULT '';
