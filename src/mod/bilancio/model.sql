-- Budgets: areas, items and sources stay through the years; amounts belong to a year.
CREATE TABLE bilancio (
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('approvato', 'provvisorio', 'chiuso')),
    atto @TEXT,
    giorno @DAY,                                -- of that act
    versione @INT NOT NULL,                     -- grows at each change: two writers notice
    consuntivo_atto @TEXT,                      -- that closed the year
    consuntivo_giorno @DAY,
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
    natura @TEXT CHECK (natura IN ('legge', 'trasferimento')),
    avanzo @INT,                                -- the year that left it over
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

-- The amounts are those of today, amendments included: an earlier state takes their lines back.
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
    competenza @INT,                            -- the year it belongs to
    entro @DAY,                                 -- to be spent by
    rendiconto @DAY,                            -- to be reported by
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

-- The matrix is read from it alone.
CREATE INDEX cella_anno ON cella (ambito, anno, voce, fonte, importo);

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

-- An amendment: a draft until it has its number; then it and its lines stay as they are.
CREATE TABLE variazione (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    numero @INT,                                -- NULL: a draft
    giorno @DAY,
    atto @TEXT,
    motivo @TEXT,
    base @INT NOT NULL,                         -- version of the budget that its writer has seen
    esito @INT,                                 -- version that it led to
    versione @INT NOT NULL,                     -- of the draft
    scritta @TIME NOT NULL,
    scritta_da @TEXT NOT NULL,
    UNIQUE (ambito, anno, numero),
    FOREIGN KEY (ambito, anno) REFERENCES bilancio (ambito, anno)
) @STRICT;

CREATE TABLE variazione_riga (
    ambito @ID NOT NULL,
    variazione @ID NOT NULL REFERENCES variazione (id),
    riga @INT NOT NULL,
    voce @ID REFERENCES voce (id),              -- NULL: the line changes what the source has
    fonte @ID NOT NULL REFERENCES fonte (id),
    importo @INT NOT NULL,
    PRIMARY KEY (variazione, riga)
) @STRICT;
CREATE INDEX variazione_riga_cella ON variazione_riga (ambito, voce, fonte);

-- Commitments, liquidations as parts of them, payments as parts of those. Never changed: a wrong
-- one is reversed by another, below zero.
CREATE TABLE scrittura (
    id @ID NOT NULL PRIMARY KEY,
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    numero @INT NOT NULL,                       -- by year, in the order of writing
    tipo @TEXT NOT NULL CHECK (tipo IN ('impegno', 'liquidazione', 'mandato')),
    voce @ID NOT NULL,
    fonte @ID REFERENCES fonte (id),            -- NULL: not attributed
    padre @ID REFERENCES scrittura (id),
    storna @ID REFERENCES scrittura (id),
    servizi @BOOL NOT NULL,                     -- the costs of the item's services lie within it
    giorno @DAY NOT NULL,
    atto @TEXT NOT NULL,
    descrizione @TEXT,                          -- without names
    importo @INT NOT NULL,
    scritto @TIME NOT NULL,
    scritto_da @ID,                             -- NULL: the command line
    UNIQUE (ambito, anno, numero),
    CHECK ((tipo = 'impegno') = (padre IS NULL)),
    CHECK ((storna IS NULL AND importo > 0) OR (storna IS NOT NULL AND importo < 0)),
    FOREIGN KEY (ambito, anno, voce) REFERENCES stanziamento (ambito, anno, voce)
) @STRICT;
CREATE INDEX scrittura_voce ON scrittura (ambito, anno, voce, giorno, id);
CREATE INDEX scrittura_giorno ON scrittura (ambito, giorno, id);
CREATE INDEX scrittura_padre ON scrittura (padre);
CREATE INDEX scrittura_storna ON scrittura (storna);

-- A service at work that will cost so much: told by the room that has it.
CREATE TABLE attesa (
    ambito @ID NOT NULL,
    causa_tipo @TEXT NOT NULL,                  -- "prestazione"
    causa @ID NOT NULL,
    voce @ID NOT NULL REFERENCES voce (id),
    dal @DAY NOT NULL,                          -- the first day not billed yet
    al @DAY,
    quantita @INT NOT NULL,
    divisore @INT NOT NULL CHECK (divisore > 0),
    ogni @TEXT NOT NULL CHECK (ogni IN ('settimana', 'mese')),
    costo @INT NOT NULL,
    PRIMARY KEY (ambito, causa_tipo, causa)
) @STRICT;
CREATE INDEX attesa_voce ON attesa (ambito, voce);

-- The year as it was closed: what is entered on it afterwards shows as a difference.
CREATE TABLE consuntivo (
    ambito @ID NOT NULL,
    anno @INT NOT NULL,
    voce @ID NOT NULL,
    stanziato @INT NOT NULL,
    impegnato @INT NOT NULL,
    liquidato @INT NOT NULL,
    pagato @INT NOT NULL,
    PRIMARY KEY (ambito, anno, voce),
    FOREIGN KEY (ambito, anno, voce) REFERENCES stanziamento (ambito, anno, voce)
) @STRICT;
