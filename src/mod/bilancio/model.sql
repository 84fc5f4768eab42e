-- Budgets: areas, items and sources stay through the years; amounts belong to a year.
CREATE TABLE bilancio (
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('approvato', 'provvisorio')),
    atto @TEXT,
    PRIMARY KEY (ambito, anno)
) @STRICT;

CREATE TABLE area (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    nome @TEXT NOT NULL,
    ordine @INT NOT NULL,
    UNIQUE (ambito, nome)
) @STRICT;

CREATE TABLE voce (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    area @ID NOT NULL REFERENCES area (id),
    nome @TEXT NOT NULL,
    ordine @INT NOT NULL,
    UNIQUE (ambito, nome)
) @STRICT;
CREATE INDEX voce_area ON voce (area);

CREATE TABLE fonte (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    nome @TEXT NOT NULL,
    ordine @INT NOT NULL,
    vincolata @BOOL NOT NULL,                   -- pays only for what a vincolo names
    UNIQUE (ambito, nome)
) @STRICT;

CREATE TABLE vincolo (
    ambito @ID NOT NULL,
    fonte @ID NOT NULL REFERENCES fonte (id),
    area @ID REFERENCES area (id),
    voce @ID REFERENCES voce (id),
    CHECK ((area IS NULL) <> (voce IS NULL)),
    UNIQUE (fonte, area),
    UNIQUE (fonte, voce)
) @STRICT;
CREATE INDEX vincolo_ambito ON vincolo (ambito, fonte);

CREATE TABLE stanziamento (                     -- what an item is given for the year
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    voce @ID NOT NULL REFERENCES voce (id),
    importo @INT NOT NULL,
    PRIMARY KEY (ambito, anno, voce),
    FOREIGN KEY (ambito, anno) REFERENCES bilancio (ambito, anno)
) @STRICT;

CREATE TABLE disponibilita (                    -- what a source has for the year
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    fonte @ID NOT NULL REFERENCES fonte (id),
    importo @INT NOT NULL,
    atto @TEXT,
    entro @DAY,                                 -- to be spent or reported by
    PRIMARY KEY (ambito, anno, fonte),
    FOREIGN KEY (ambito, anno) REFERENCES bilancio (ambito, anno)
) @STRICT;

CREATE TABLE cella (                            -- what a source gives to an item in the year
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    voce @ID NOT NULL,
    fonte @ID NOT NULL,
    importo @INT NOT NULL,
    PRIMARY KEY (ambito, anno, voce, fonte),
    FOREIGN KEY (ambito, anno, voce) REFERENCES stanziamento (ambito, anno, voce),
    FOREIGN KEY (ambito, anno, fonte) REFERENCES disponibilita (ambito, anno, fonte)
) @STRICT;

CREATE TABLE spesa (                            -- a cost, with the thing that causes it
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    voce @ID NOT NULL,
    anno @INT NOT NULL,
    giorno @DAY NOT NULL,
    importo @INT NOT NULL,
    liquidata @BOOL NOT NULL,
    causa_tipo @TEXT NOT NULL,                  -- "prestazione"
    causa @ID NOT NULL,
    descrizione @TEXT NOT NULL,                 -- without names: offices that see money read it
    modificata @TIME NOT NULL,
    UNIQUE (ambito, causa_tipo, causa),
    FOREIGN KEY (ambito, anno, voce) REFERENCES stanziamento (ambito, anno, voce)
) @STRICT;
CREATE INDEX spesa_voce ON spesa (ambito, anno, voce, giorno, id);
