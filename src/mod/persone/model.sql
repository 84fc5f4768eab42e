-- People and households. Names are searched through persona_parola: one row for each word of a
-- person, with the whole key beside it, so that several half words are matched inside one index.
CREATE TABLE persona (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    versione @INT NOT NULL,
    numero @INT NOT NULL,
    cognome @TEXT NOT NULL,
    nome @TEXT NOT NULL,
    sesso @TEXT CHECK (sesso IN ('M', 'F')),
    nascita @DAY,
    nascita_luogo @TEXT,
    belfiore @TEXT,
    comune @ID REFERENCES ente (id),
    indirizzo @TEXT,
    telefono @TEXT,
    email @TEXT,
    cittadinanza @TEXT,
    tutela @TEXT,
    morte @DAY,
    esterno @TEXT,
    riservata @BOOL NOT NULL,
    codfis_chiuso @BLOB,
    codfis_indice @BLOB,
    chiave @TEXT NOT NULL,
    chiave2 @TEXT NOT NULL,
    cifre @TEXT,
    creato @TIME NOT NULL,
    creato_da @ID,
    modificato @TIME NOT NULL,
    modificato_da @ID,
    fusa_in @ID REFERENCES persona (id), -- merged into that one: in no search, no list, no total
    UNIQUE (id, chiave)
) @STRICT;
CREATE UNIQUE INDEX persona_numero ON persona (ambito, numero);
CREATE INDEX persona_chiave ON persona (ambito, chiave, id);
CREATE INDEX persona_chiave2 ON persona (ambito, chiave2, id);
CREATE INDEX persona_nascita ON persona (ambito, nascita, chiave, id);
CREATE INDEX persona_comune ON persona (ambito, comune, chiave, id);
CREATE INDEX persona_codfis ON persona (ambito, codfis_indice) WHERE codfis_indice IS NOT NULL;
-- The few who are kept apart: no total may hold them.
CREATE INDEX persona_riservata ON persona (ambito, id) WHERE riservata = 1;
CREATE UNIQUE INDEX persona_esterno ON persona (ambito, esterno) WHERE esterno IS NOT NULL;
CREATE INDEX persona_cifre ON persona (ambito, cifre, id) WHERE cifre IS NOT NULL;
CREATE INDEX persona_fusa ON persona (fusa_in) WHERE fusa_in IS NOT NULL;

CREATE TABLE persona_parola (
    ambito @ID NOT NULL,
    parola @TEXT NOT NULL,
    chiave @TEXT NOT NULL,
    persona @ID NOT NULL REFERENCES persona (id),
    PRIMARY KEY (ambito, parola, chiave, persona)
) @STRICT;

-- The last number given and how many people there are: no list counts rows.
CREATE TABLE persona_contatore (
    ambito @ID PRIMARY KEY,
    numero @INT NOT NULL,
    quante @INT NOT NULL
) @STRICT;

CREATE TABLE nucleo (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    creato @TIME NOT NULL,
    creato_da @ID
) @STRICT;

-- Who lived in it, from a day to a day. Nothing written is changed: a correction takes the row out of
-- force and writes another.
CREATE TABLE componente (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    nucleo @ID NOT NULL REFERENCES nucleo (id),
    persona @ID NOT NULL REFERENCES persona (id),
    parentela @TEXT NOT NULL,
    dal @DAY,
    al @DAY,
    scritto @TIME NOT NULL,
    scritto_da @ID,
    corretto @TIME, -- out of force since; NULL = it holds
    corretto_da @ID
) @STRICT;
CREATE INDEX componente_nucleo ON componente (nucleo, persona);
CREATE INDEX componente_persona ON componente (persona, dal);

-- Pairs of people who may be one, as the last search found them. "diverse": somebody looked and said
-- that they are two; it stays said.
CREATE TABLE doppione (
    ambito @ID NOT NULL,
    a @ID NOT NULL REFERENCES persona (id),
    b @ID NOT NULL REFERENCES persona (id),
    punti @INT NOT NULL,
    perche @INT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('aperto', 'diverse')),
    trovato @TIME NOT NULL,
    deciso @TIME,
    deciso_da @ID,
    PRIMARY KEY (ambito, a, b),
    CHECK (a < b)
) @STRICT;
CREATE INDEX doppione_punti ON doppione (ambito, stato, punti, a, b);
CREATE INDEX doppione_a ON doppione (a);
CREATE INDEX doppione_b ON doppione (b);

-- Two people made one: who stays and who goes, and whether it was taken back.
CREATE TABLE fusione (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    tiene @ID NOT NULL REFERENCES persona (id),
    toglie @ID NOT NULL REFERENCES persona (id),
    fatta @TIME NOT NULL,
    fatta_da @ID,
    sciolta @TIME,
    sciolta_da @ID
) @STRICT;
CREATE INDEX fusione_tiene ON fusione (tiene, id);
CREATE INDEX fusione_toglie ON fusione (toglie, id);

-- The rows that went over with it, by table and column, so that they can come back.
CREATE TABLE fusione_mossa (
    fusione @ID NOT NULL REFERENCES fusione (id),
    tavola @TEXT NOT NULL,
    riga @ID NOT NULL,
    ambito @ID NOT NULL,
    PRIMARY KEY (fusione, tavola, riga)
) @STRICT;

-- Who stays, as it was before ('prima') and as the merge left it ('dopo'): the columns of persona.
CREATE TABLE persona_prima (
    fusione @ID NOT NULL REFERENCES fusione (id),
    momento @TEXT NOT NULL CHECK (momento IN ('prima', 'dopo')),
    id @ID NOT NULL,
    ambito @ID NOT NULL,
    versione @INT NOT NULL,
    numero @INT NOT NULL,
    cognome @TEXT NOT NULL,
    nome @TEXT NOT NULL,
    sesso @TEXT,
    nascita @DAY,
    nascita_luogo @TEXT,
    belfiore @TEXT,
    comune @ID,
    indirizzo @TEXT,
    telefono @TEXT,
    email @TEXT,
    cittadinanza @TEXT,
    tutela @TEXT,
    morte @DAY,
    esterno @TEXT,
    riservata @BOOL NOT NULL,
    codfis_chiuso @BLOB,
    codfis_indice @BLOB,
    chiave @TEXT NOT NULL,
    chiave2 @TEXT NOT NULL,
    cifre @TEXT,
    creato @TIME NOT NULL,
    creato_da @ID,
    modificato @TIME NOT NULL,
    modificato_da @ID,
    fusa_in @ID,
    PRIMARY KEY (fusione, momento)
) @STRICT;
