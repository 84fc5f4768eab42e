-- Contacts at the desk, by telephone, by mail. What was asked is sealed.
CREATE TABLE contatto (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    ente @ID NOT NULL REFERENCES ente (id),
    persona @ID REFERENCES persona (id),
    utente @ID NOT NULL,
    giorno @DAY NOT NULL,
    canale @TEXT NOT NULL,
    area @TEXT NOT NULL,
    esito @TEXT NOT NULL,
    inviato_a @ID REFERENCES ente (id),
    minuti @INT,
    richiesta @BLOB,
    creato @TIME NOT NULL
) @STRICT;
CREATE INDEX contatto_ambito ON contatto (ambito, giorno, id);
CREATE INDEX contatto_ente ON contatto (ambito, ente, giorno, id);
CREATE INDEX contatto_persona ON contatto (persona, giorno, id);
CREATE INDEX contatto_utente ON contatto (ambito, utente, giorno, id);
