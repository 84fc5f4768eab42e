-- Deadlines of a record. What they are about and why they were moved is sealed by the record's key.
CREATE TABLE scadenza (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    cartella @ID NOT NULL REFERENCES cartella (id),
    tipo @TEXT NOT NULL,
    da @DAY,
    giorno @DAY NOT NULL,
    stato @TEXT NOT NULL,
    chiusa @DAY,
    nota @BLOB,
    versione @INT NOT NULL,
    creata @TIME NOT NULL,
    creata_da @ID NOT NULL REFERENCES utente (id)
) @STRICT;
CREATE INDEX scadenza_giorno ON scadenza (ambito, giorno, id) WHERE stato = 'aperta';
CREATE INDEX scadenza_cartella ON scadenza (cartella, giorno, id);

-- Each time it was done, put off or given up: who, when, from which day to which, why.
CREATE TABLE scadenza_passo (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    scadenza @ID NOT NULL REFERENCES scadenza (id),
    azione @TEXT NOT NULL,
    da @DAY NOT NULL,
    a @DAY,
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),
    motivo @BLOB
) @STRICT;
CREATE INDEX scadenza_passo_scadenza ON scadenza_passo (scadenza, id);
