-- Bodies of an ambito, their population by year, and the services that it offers.
CREATE TABLE ente (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL REFERENCES ente (id),   -- that of an ambito is its own id
    codice @TEXT NOT NULL,                      -- ISTAT of a municipality; our own otherwise
    belfiore @TEXT,
    nome @TEXT NOT NULL,
    chiave @TEXT NOT NULL,                      -- the name folded: search and order
    tipo @TEXT NOT NULL CHECK (tipo IN ('ambito', 'unione', 'comune', 'erogatore')),
    sotto_ambito @TEXT,
    paga_per @ID REFERENCES ente (id),          -- who pays for it; NULL = itself
    attivo @BOOL NOT NULL,
    UNIQUE (ambito, codice)
) @STRICT;
CREATE INDEX ente_chiave ON ente (ambito, chiave, id);
CREATE INDEX ente_tipo ON ente (ambito, tipo, chiave, id);
CREATE INDEX ente_paga ON ente (paga_per);

CREATE TABLE popolazione (
    ambito @ID NOT NULL REFERENCES ente (id),
    ente @ID NOT NULL REFERENCES ente (id),
    anno @INT NOT NULL,                         -- on 31 December
    abitanti @INT NOT NULL CHECK (abitanti >= 0),
    over65 @INT CHECK (over65 >= 0 AND over65 <= abitanti),
    famiglie @INT CHECK (famiglie >= 0),
    PRIMARY KEY (ente, anno)
) @STRICT;

CREATE TABLE servizio (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL REFERENCES ente (id),
    codice @TEXT NOT NULL,
    nome @TEXT NOT NULL,
    unita @TEXT NOT NULL CHECK (unita IN ('ora', 'giorno', 'mese', 'pasto')),
    area_bilancio @TEXT,
    voce_bilancio @TEXT,                        -- name of the budget item that pays for it
    UNIQUE (ambito, codice)
) @STRICT;
