-- Apportionments as they were written, in versions, with what followed from each; then the ledger
-- of instalments. A version is never edited, and so is no entry: it is reversed by another.
CREATE TABLE prospetto (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    titolo @TEXT NOT NULL,
    chiave @TEXT NOT NULL,                      -- the title folded, for order and search
    metodo @TEXT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('bozza', 'approvato')),
    atto @TEXT,                                 -- that approved it
    approvato @DAY,
    versione @INT NOT NULL,                     -- the last one; of an approved one, that
    totale @INT NOT NULL,
    residuo @INT NOT NULL,
    origine @ID REFERENCES prospetto (id),      -- that it was copied from
    modificato @TIME NOT NULL,
    CHECK ((stato = 'approvato') = (atto IS NOT NULL AND approvato IS NOT NULL))
) @STRICT;
CREATE INDEX prospetto_anno ON prospetto (ambito, anno DESC, chiave, id);
CREATE INDEX prospetto_chiave ON prospetto (ambito, chiave, id);

CREATE TABLE prospetto_versione (
    prospetto @ID NOT NULL REFERENCES prospetto (id),
    versione @INT NOT NULL,
    ambito @ID NOT NULL,
    testo @TEXT NOT NULL,                       -- the definition (docs/formati/prospetto.md)
    totale @INT NOT NULL,
    residuo @INT NOT NULL,
    utente @ID,
    scritta @TIME NOT NULL,
    PRIMARY KEY (prospetto, versione)
) @STRICT;

CREATE TABLE prospetto_cella (                  -- what followed from a version
    prospetto @ID NOT NULL,
    versione @INT NOT NULL,
    riga @INT NOT NULL,                         -- from 0, in the order of the table
    colonna @INT NOT NULL,
    ambito @ID NOT NULL,
    nome @TEXT NOT NULL,
    titolo @TEXT NOT NULL,                      -- of the column: "dovuto"
    importo @INT NOT NULL,
    PRIMARY KEY (prospetto, versione, riga, colonna),
    FOREIGN KEY (prospetto, versione) REFERENCES prospetto_versione (prospetto, versione)
) @STRICT;

CREATE TABLE rata (                             -- written when the apportionment is approved
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    prospetto @ID NOT NULL REFERENCES prospetto (id),
    pagante @TEXT NOT NULL,
    ente @ID,
    numero @INT NOT NULL,
    scadenza @DAY NOT NULL,
    fattura @INT NOT NULL CHECK (fattura >= 0),
    trasferimento @INT NOT NULL CHECK (trasferimento >= 0),
    UNIQUE (prospetto, pagante, numero)
) @STRICT;
CREATE INDEX rata_scadenza ON rata (ambito, scadenza, id);
CREATE INDEX rata_pagante ON rata (ambito, pagante, scadenza, id);

CREATE TABLE rata_movimento (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    prospetto @ID NOT NULL REFERENCES prospetto (id),
    pagante @TEXT NOT NULL,
    tipo @TEXT NOT NULL CHECK (tipo IN ('fattura', 'incasso')),
    giorno @DAY NOT NULL,
    importo @INT NOT NULL,
    riferimento @TEXT,                          -- number of the invoice, of the bank's receipt
    storna @ID REFERENCES rata_movimento (id),
    motivo @TEXT,
    utente @ID,
    scritto @TIME NOT NULL,
    UNIQUE (storna),
    CHECK (CASE WHEN storna IS NULL THEN importo > 0 ELSE importo < 0 AND motivo IS NOT NULL END)
) @STRICT;
CREATE INDEX rata_movimento_giorno ON rata_movimento (ambito, giorno, id);
CREATE INDEX rata_movimento_prospetto ON rata_movimento (prospetto, pagante, id);

CREATE TABLE rata_movimento_riga (              -- the lines of an entry add up to its amount
    movimento @ID NOT NULL REFERENCES rata_movimento (id),
    rata @ID NOT NULL REFERENCES rata (id),
    parte @TEXT NOT NULL CHECK (parte IN ('fattura', 'trasferimento')),
    ambito @ID NOT NULL,
    importo @INT NOT NULL CHECK (importo <> 0),
    PRIMARY KEY (movimento, rata, parte)
) @STRICT;
CREATE INDEX rata_movimento_riga_rata ON rata_movimento_riga (rata);
