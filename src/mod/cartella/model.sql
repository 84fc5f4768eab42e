-- Records. What is written in one is sealed by its own key, which lies here wrapped by the master
-- key: without the wrapped key nothing of the record can be read again.
-- chiave is the name's key of the person, kept equal to it by the foreign key, so that the list is
-- paged in the order of names by one index.
CREATE TABLE cartella (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    numero @INT NOT NULL,
    persona @ID NOT NULL,
    chiave @TEXT NOT NULL,
    ente @ID NOT NULL REFERENCES ente (id),
    riserbo @INT NOT NULL,
    stato @TEXT NOT NULL,
    tipo_utente @TEXT NOT NULL,
    responsabile @ID REFERENCES utente (id),
    aperta @DAY NOT NULL,
    chiusa @DAY,
    chiave_avvolta @BLOB NOT NULL,
    creata @TIME NOT NULL,
    creata_da @ID NOT NULL,
    FOREIGN KEY (persona, chiave) REFERENCES persona (id, chiave) ON UPDATE CASCADE
) @STRICT;
CREATE INDEX cartella_persona ON cartella (persona, id);
CREATE INDEX cartella_nome ON cartella (ambito, chiave, id) WHERE riserbo < 5;
CREATE INDEX cartella_ente ON cartella (ambito, ente, chiave, id) WHERE riserbo < 5;
CREATE INDEX cartella_stato ON cartella (ambito, stato, chiave, id) WHERE riserbo < 5;
CREATE INDEX cartella_ente_stato ON cartella (ambito, ente, stato, chiave, id) WHERE riserbo < 5;
CREATE INDEX cartella_responsabile ON cartella (ambito, responsabile, chiave, id);
CREATE INDEX cartella_numero ON cartella (ambito, numero, id) WHERE riserbo < 5;
CREATE INDEX cartella_ente_numero ON cartella (ambito, ente, numero, id) WHERE riserbo < 5;

-- How many records there are of each kind: no page counts rows.
CREATE TABLE cartella_contatore (
    ambito @ID NOT NULL,
    ente @ID NOT NULL,
    stato @TEXT NOT NULL,
    tipo_utente @TEXT NOT NULL,
    visibile @BOOL NOT NULL,
    quante @INT NOT NULL,
    PRIMARY KEY (ambito, ente, stato, tipo_utente, visibile)
) @STRICT;

CREATE TABLE presa_in_carico (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    cartella @ID NOT NULL REFERENCES cartella (id),
    ente @ID NOT NULL REFERENCES ente (id),
    responsabile @ID REFERENCES utente (id),
    tipo_utente @TEXT NOT NULL,
    stato @TEXT NOT NULL,
    sospesa_da @TEXT,
    dal @DAY NOT NULL,
    al @DAY,
    versione @INT NOT NULL
) @STRICT;
CREATE INDEX presa_cartella ON presa_in_carico (cartella, dal, id);
CREATE INDEX presa_responsabile ON presa_in_carico (ambito, responsabile, stato) WHERE al IS NULL;

-- Every move of a presa in carico: from, to, when, who, why.
CREATE TABLE presa_mossa (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    presa @ID NOT NULL REFERENCES presa_in_carico (id),
    da @TEXT,
    a @TEXT NOT NULL,
    giorno @DAY NOT NULL,
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),
    motivo @BLOB
) @STRICT;
CREATE INDEX presa_mossa_presa ON presa_mossa (presa, giorno, id);

-- Notes: a correction is a new row of the same voce; none is ever changed or taken away.
CREATE TABLE diario (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    cartella @ID NOT NULL REFERENCES cartella (id),
    voce @ID NOT NULL,
    versione @INT NOT NULL,
    ultima @BOOL NOT NULL,
    giorno @DAY NOT NULL,
    tipo @TEXT NOT NULL,
    riserbo @INT NOT NULL,
    autore @ID NOT NULL REFERENCES utente (id),
    scritto @TIME NOT NULL,
    presenti @BLOB,
    testo @BLOB NOT NULL,
    UNIQUE (voce, versione)
) @STRICT;
CREATE INDEX diario_cartella ON diario (cartella, giorno, id) WHERE ultima = 1;

-- Documents: name, words and content are sealed; the content in pieces, each bound to its document,
-- its place and their number. None is ever changed.
CREATE TABLE documento (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    cartella @ID NOT NULL REFERENCES cartella (id),
    giorno @DAY NOT NULL,
    riserbo @INT NOT NULL,
    tipo @TEXT NOT NULL,
    dimensione @INT NOT NULL,
    parti @INT NOT NULL,
    autore @ID NOT NULL REFERENCES utente (id),
    caricato @TIME NOT NULL,
    nome @BLOB NOT NULL,
    oggetto @BLOB NOT NULL
) @STRICT;
CREATE INDEX documento_cartella ON documento (cartella, giorno, id);

CREATE TABLE documento_parte (
    documento @ID NOT NULL REFERENCES documento (id),
    numero @INT NOT NULL,
    ambito @ID NOT NULL,
    contenuto @BLOB NOT NULL,
    PRIMARY KEY (documento, numero)
) @STRICT;
