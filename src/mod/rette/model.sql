-- Fee plans with their bands, and the ISEE attestations of people.
CREATE TABLE piano (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    versione @INT NOT NULL,                     -- grows at each change: two writers notice
    servizio @TEXT NOT NULL,                    -- its code: SAD
    variante @TEXT NOT NULL,
    nome @TEXT,
    unita @TEXT,
    atto @TEXT,
    dal @DAY NOT NULL,
    al @DAY,                                    -- last day in force; NULL = until a new version
    stato @TEXT NOT NULL CHECK (stato IN ('bozza', 'verificato', 'vigente')),
    tipo @TEXT NOT NULL CHECK (tipo IN ('fasce', 'lineare', 'forfait')),
    isee_min @INT,
    isee_max @INT,
    retta_min @INT,
    retta_max @INT,
    forfait @INT,
    costo @INT,
    senza @TEXT NOT NULL CHECK (senza IN ('massima', 'importo')),
    importo_senza @INT,
    importo_non_residenti @INT,
    festivo @TEXT,                              -- 1/20
    isee_tetto @INT,
    isee_ammessi @TEXT NOT NULL,                -- ordinario,corrente
    FOREIGN KEY (ambito, servizio) REFERENCES servizio (ambito, codice)
) @STRICT;
CREATE INDEX piano_servizio ON piano (ambito, servizio, variante, dal, id);
CREATE INDEX piano_dal ON piano (ambito, dal, id);
CREATE UNIQUE INDEX piano_vigente ON piano (ambito, servizio, variante, dal)
    WHERE stato = 'vigente';

CREATE TABLE fascia (
    ambito @ID NOT NULL,
    piano @ID NOT NULL REFERENCES piano (id),
    numero @INT NOT NULL,                       -- from 1
    da @INT,
    a @INT,                                     -- included; NULL = open
    importo @INT,
    quota @TEXT,                                -- of the unit cost
    PRIMARY KEY (piano, numero)
) @STRICT;

CREATE TABLE isee (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    persona @ID NOT NULL REFERENCES persona (id),
    tipo @TEXT NOT NULL
        CHECK (tipo IN ('ordinario', 'sociosanitario', 'residenze', 'minorenni', 'corrente')),
    valore @INT NOT NULL CHECK (valore >= 0),
    protocollo @TEXT NOT NULL,
    sottoscritta @DAY NOT NULL,
    scadenza @DAY NOT NULL,                     -- last day of validity
    annullata @DAY,                             -- entered by mistake: kept, no longer counted
    creato @TIME NOT NULL,
    creato_da @ID,
    UNIQUE (ambito, persona, tipo, protocollo)
) @STRICT;
CREATE INDEX isee_persona ON isee (ambito, persona, sottoscritta, id);
CREATE INDEX isee_scadenza ON isee (ambito, scadenza, id);
