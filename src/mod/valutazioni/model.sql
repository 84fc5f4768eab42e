-- Assessment forms of an ambito: each change is a further version, none is ever taken away, for the
-- assessments made with it. A form of the program gets its row when it is first used or changed.
CREATE TABLE scheda (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    codice @TEXT NOT NULL,
    titolo @TEXT NOT NULL,
    versione @INT NOT NULL,
    attiva @BOOL NOT NULL,
    modificata @TIME NOT NULL,
    UNIQUE (ambito, codice)
) @STRICT;

CREATE TABLE scheda_versione (
    scheda @ID NOT NULL REFERENCES scheda (id),
    versione @INT NOT NULL,
    ambito @ID NOT NULL,
    testo @TEXT NOT NULL,
    utente @ID NOT NULL REFERENCES utente (id),
    scritta @TIME NOT NULL,
    PRIMARY KEY (scheda, versione)
) @STRICT;

-- Assessments: what was answered is sealed by the key of the record; scores are not kept, they
-- follow from the answers and from the version of the form. A correction is a further row of the
-- same voce.
CREATE TABLE valutazione (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    cartella @ID NOT NULL REFERENCES cartella (id),
    presa @ID REFERENCES presa_in_carico (id),
    voce @ID NOT NULL,
    versione @INT NOT NULL,
    ultima @BOOL NOT NULL,
    scheda @ID NOT NULL,
    scheda_versione @INT NOT NULL,
    giorno @DAY NOT NULL,
    riserbo @INT NOT NULL,
    completa @BOOL NOT NULL,
    autore @ID NOT NULL REFERENCES utente (id),
    scritta @TIME NOT NULL,
    risposte @BLOB NOT NULL,
    UNIQUE (voce, versione),
    FOREIGN KEY (scheda, scheda_versione) REFERENCES scheda_versione (scheda, versione)
) @STRICT;
CREATE INDEX valutazione_cartella ON valutazione (cartella, giorno, id) WHERE ultima = 1;
CREATE INDEX valutazione_giorno ON valutazione (ambito, giorno, id) WHERE ultima = 1;
