-- Services of a record. chiave is the name's key of the person, kept equal to it by the foreign
-- key, so that lists are paged in the order of names by one index.
CREATE TABLE prestazione (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    versione @INT NOT NULL,                     -- grows at each change: two writers notice
    cartella @ID NOT NULL REFERENCES cartella (id),
    persona @ID NOT NULL,
    chiave @TEXT NOT NULL,
    ente @ID NOT NULL REFERENCES ente (id),     -- the body that has the case
    servizio @ID NOT NULL REFERENCES servizio (id),
    variante @TEXT NOT NULL,
    erogatore @ID NOT NULL REFERENCES ente (id),
    dal @DAY NOT NULL,
    al @DAY,                                    -- last day; NULL = open
    previsti @INT NOT NULL,                     -- a week: minutes or units
    costo @INT NOT NULL,                        -- of a unit, VAT included
    creata @TIME NOT NULL,
    creata_da @ID NOT NULL,
    CHECK (al IS NULL OR al >= dal),
    FOREIGN KEY (persona, chiave) REFERENCES persona (id, chiave) ON UPDATE CASCADE
) @STRICT;
CREATE INDEX prestazione_cartella ON prestazione (cartella, dal, id);
CREATE INDEX prestazione_persona ON prestazione (persona, chiave);
CREATE INDEX prestazione_erogatore ON prestazione (ambito, erogatore, chiave, id);
CREATE INDEX prestazione_servizio ON prestazione (ambito, servizio, chiave, id);
CREATE INDEX prestazione_utenti ON prestazione (ambito, servizio, persona, id);
CREATE INDEX prestazione_ente ON prestazione (ambito, ente, chiave, id);

-- What was delivered on a day: minutes, or units.
CREATE TABLE erogazione (
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    giorno @DAY NOT NULL,
    ambito @ID NOT NULL,
    quantita @INT NOT NULL CHECK (quantita > 0),
    chi @ID NOT NULL,
    quando @TIME NOT NULL,
    PRIMARY KEY (prestazione, giorno)
) @STRICT;

-- The bill of a month, worked out anew at each change until it is checked.
CREATE TABLE mensile (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    mese @DAY NOT NULL,                         -- its first day
    versione @INT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('aperto', 'verificato')),
    quantita @INT NOT NULL,
    retta @INT,                                 -- NULL: a day has no price
    costo @INT NOT NULL,
    spesa @INT NOT NULL,
    spiegazione @BLOB NOT NULL,                 -- sealed by the record's key: it tells the ISEE
    scritto @TIME NOT NULL,
    scritto_da @ID NOT NULL,
    verificato @TIME,
    verificato_da @ID,
    fatturato @DAY,                             -- a closed bill has it: its cost is there
    UNIQUE (prestazione, mese)
) @STRICT;
