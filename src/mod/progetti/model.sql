-- Projects of a record. What a version says lies sealed by the record's key; here stand the dates and
-- amounts by which lists, deadlines and sums are made. chiave is the name's key of the person, kept
-- equal to it by the foreign key, so that lists are paged in the order of names by one index.
CREATE TABLE progetto (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    versione @INT NOT NULL,                     -- grows at each change: two writers notice
    cartella @ID NOT NULL REFERENCES cartella (id),
    persona @ID NOT NULL,
    chiave @TEXT NOT NULL,
    ente @ID NOT NULL REFERENCES ente (id),     -- the body that has the case
    tipo @TEXT NOT NULL,
    riserbo @INT NOT NULL,
    numero @INT NOT NULL,                       -- the version that is shown
    stato @TEXT NOT NULL,                       -- its state
    dal @DAY NOT NULL,
    al @DAY,                                    -- last day
    totale @INT,                                -- its budget
    famiglia @INT,                              -- and what the household pays of it
    prossima @DAY,                              -- the next check that is planned
    creato @TIME NOT NULL,
    creato_da @ID NOT NULL,
    FOREIGN KEY (persona, chiave) REFERENCES persona (id, chiave) ON UPDATE CASCADE
) @STRICT;
CREATE INDEX progetto_cartella ON progetto (cartella, dal, id);
CREATE INDEX progetto_persona ON progetto (persona, chiave);
CREATE INDEX progetto_nome ON progetto (ambito, chiave, id);
CREATE INDEX progetto_stato ON progetto (ambito, stato, chiave, id);
CREATE INDEX progetto_tipo ON progetto (ambito, tipo, chiave, id);
CREATE INDEX progetto_ente ON progetto (ambito, ente, chiave, id);

CREATE TABLE progetto_versione (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    progetto @ID NOT NULL REFERENCES progetto (id),
    numero @INT NOT NULL,
    stato @TEXT NOT NULL,
    scritta @TIME NOT NULL,
    scritta_da @ID NOT NULL REFERENCES utente (id),
    contenuto @BLOB NOT NULL,
    UNIQUE (progetto, numero)
) @STRICT;

-- Every move of a version: from, to, when, who, why.
CREATE TABLE progetto_mossa (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    progetto @ID NOT NULL REFERENCES progetto (id),
    numero @INT NOT NULL,
    da @TEXT,
    a @TEXT NOT NULL,
    giorno @DAY NOT NULL,
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),
    motivo @BLOB
) @STRICT;
CREATE INDEX progetto_mossa_progetto ON progetto_mossa (progetto, giorno, id);

-- A signature that no longer counts stays, marked.
CREATE TABLE progetto_firma (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    progetto @ID NOT NULL REFERENCES progetto (id),
    numero @INT NOT NULL,
    ruolo @TEXT NOT NULL,
    nome @BLOB NOT NULL,
    giorno @DAY NOT NULL,
    modo @TEXT NOT NULL,
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),    -- who recorded it
    annullata @BOOL NOT NULL
) @STRICT;
CREATE UNIQUE INDEX progetto_firma_ruolo ON progetto_firma (progetto, numero, ruolo)
    WHERE annullata = 0;
CREATE INDEX progetto_firma_progetto ON progetto_firma (progetto, numero, id);

-- Checks: planned, then done. What was found lies sealed.
CREATE TABLE progetto_verifica (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    progetto @ID NOT NULL REFERENCES progetto (id),
    prevista @DAY NOT NULL,
    fatta @DAY,
    numero @INT,                                -- the version that was looked at
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),
    testo @BLOB,
    UNIQUE (progetto, prevista)
) @STRICT;
CREATE INDEX progetto_verifica_prevista ON progetto_verifica (ambito, prevista, id)
    WHERE fatta IS NULL;
