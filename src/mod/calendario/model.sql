-- The secret address of a user's calendar: only its hash.
CREATE TABLE calendario (
    utente     @ID PRIMARY KEY REFERENCES utente (id),
    ambito     @ID NOT NULL,
    impronta   @BLOB NOT NULL UNIQUE,
    creato     @TIME NOT NULL
) @STRICT;
