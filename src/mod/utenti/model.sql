-- Who works here, in which role, for which body, since when and until when.
CREATE TABLE utente (
    id               @ID PRIMARY KEY,
    ambito           @ID NOT NULL,
    nome             @TEXT NOT NULL UNIQUE,   -- of the account: 'anna.rossi'
    intestazione     @TEXT NOT NULL,          -- as colleagues read it: 'Anna Rossi'
    chiave           @TEXT NOT NULL,          -- folded intestazione: search and order
    email            @TEXT,
    attivo           @BOOL NOT NULL,
    password         @TEXT NOT NULL,          -- Argon2id under a pepper
    da_cambiare      @BOOL NOT NULL,          -- first password, or one given by the administrator
    password_dal     @TIME NOT NULL,
    totp_chiuso      @BLOB,                   -- sealed secret of the second factor
    totp_attivo      @BOOL NOT NULL,
    totp_contatore   @INT NOT NULL,           -- last step used: never again
    creato           @TIME NOT NULL,
    creato_da        @ID,
    ultimo_accesso   @TIME,
    versione         @INT NOT NULL,           -- of the account and its roles: who writes says which he saw
    modificato       @TIME,
    modificato_da    @ID
) @STRICT;
CREATE INDEX utente_per_chiave ON utente (ambito, chiave, id);

CREATE TABLE incarico (
    id         @ID PRIMARY KEY,
    ambito     @ID NOT NULL,
    utente     @ID NOT NULL REFERENCES utente (id),
    ruolo      @TEXT NOT NULL,
    ente       @ID NOT NULL,
    dal        @DAY NOT NULL,
    al         @DAY,                          -- first day on which it no longer holds
    creato     @TIME NOT NULL,
    creato_da  @ID
) @STRICT;
CREATE INDEX incarico_per_utente ON incarico (utente, dal, id);
CREATE INDEX incarico_per_ruolo ON incarico (ambito, ruolo, utente);

CREATE TABLE sessione (
    id         @ID PRIMARY KEY,
    ambito     @ID NOT NULL,
    utente     @ID NOT NULL REFERENCES utente (id),
    incarico   @ID NOT NULL REFERENCES incarico (id),
    impronta   @BLOB NOT NULL UNIQUE,         -- hash of the token: the token itself is nowhere
    csrf       @TEXT NOT NULL,
    creata     @TIME NOT NULL,
    accesso    @TIME NOT NULL,                -- when the password was last asked
    vista      @TIME NOT NULL,                -- last request: the idle limit
    fine       @TIME,                         -- left or revoked
    rete       @TEXT,
    avviso     @TEXT                          -- shown once
) @STRICT;
CREATE INDEX sessione_per_utente ON sessione (utente, creata);
CREATE INDEX sessione_per_tempo ON sessione (creata);

-- Logins that failed, by account and by network: each further attempt waits longer.
CREATE TABLE tentativo (
    chiave     @TEXT PRIMARY KEY,
    falliti    @INT NOT NULL,
    ultimo     @TIME NOT NULL
) @STRICT;
CREATE INDEX tentativo_per_tempo ON tentativo (ultimo);

CREATE TABLE recupero (
    id         @ID PRIMARY KEY,
    ambito     @ID NOT NULL,
    utente     @ID NOT NULL REFERENCES utente (id),
    indice     @BLOB NOT NULL,                -- keyed hash of the code
    usato      @TIME
) @STRICT;
CREATE INDEX recupero_per_utente ON recupero (utente, indice);

-- How a user stands to an object: responsible, of the team, in conflict...
CREATE TABLE relazione (
    id            @ID PRIMARY KEY,
    ambito        @ID NOT NULL,
    utente        @ID NOT NULL REFERENCES utente (id),
    tipo          @TEXT NOT NULL,
    oggetto_tipo  @TEXT NOT NULL,
    oggetto       @ID NOT NULL,
    dal           @DAY NOT NULL,
    al            @DAY,                       -- first day on which it no longer holds
    motivo        @TEXT,
    creata        @TIME NOT NULL,
    creata_da     @ID
) @STRICT;
CREATE INDEX relazione_per_oggetto ON relazione (ambito, oggetto, utente);
CREATE INDEX relazione_per_utente ON relazione (ambito, utente, oggetto_tipo, id);

-- Break glass: reading a record without a relation, for a short time and with a reason.
CREATE TABLE emergenza (
    id             @ID PRIMARY KEY,
    ambito         @ID NOT NULL,
    utente         @ID NOT NULL REFERENCES utente (id),
    oggetto_tipo   @TEXT NOT NULL,
    oggetto        @ID NOT NULL,
    ente           @ID NOT NULL,              -- answers for the object: its coordinators review
    motivo         @TEXT NOT NULL,
    testo          @BLOB NOT NULL,            -- sealed
    inizio         @TIME NOT NULL,
    fine           @TIME NOT NULL,
    chiusa         @TIME,
    esito          @TEXT,                     -- of the review
    nota           @BLOB,                     -- sealed
    riesaminata    @TIME,
    riesaminata_da @ID
) @STRICT;
CREATE INDEX emergenza_per_oggetto ON emergenza (ambito, oggetto, utente, fine);
CREATE INDEX emergenza_per_tempo ON emergenza (ambito, inizio, id);

-- What a user must be told: shown on his start page until it is read.
CREATE TABLE avviso (
    id         @ID PRIMARY KEY,
    ambito     @ID NOT NULL,
    utente     @ID NOT NULL REFERENCES utente (id),
    testo      @TEXT NOT NULL,
    href       @TEXT,
    creato     @TIME NOT NULL,
    letto      @TIME
) @STRICT;
CREATE INDEX avviso_per_utente ON avviso (utente, id);

-- What a user keeps for himself: text being written ('/path'), saved filters ('viste:...').
CREATE TABLE bozza (
    utente     @ID NOT NULL REFERENCES utente (id),
    percorso   @TEXT NOT NULL,
    ambito     @ID NOT NULL,
    testo      @BLOB NOT NULL,                -- sealed
    quando     @TIME NOT NULL,
    PRIMARY KEY (utente, percorso)
) @STRICT;
CREATE INDEX bozza_per_tempo ON bozza (quando);
