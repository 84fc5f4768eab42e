-- Rules of the fee plans on absences, closures and special periods: see rules.h.
CREATE TABLE regola (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    servizio @TEXT NOT NULL,                    -- its code: CSE
    variante @TEXT,                             -- NULL = all of the service
    tipo @TEXT NOT NULL,
    nome @TEXT,                                 -- of a special period
    base @TEXT NOT NULL CHECK (base IN ('retta', 'costo')),
    da @INT,
    a @INT,
    importo @INT,
    non_residenti @INT,
    quota @TEXT,                                -- 12/235
    giorni @INT,
    proroghe @INT,
    dal @DAY NOT NULL,
    al @DAY,                                    -- last day; NULL = until another comes
    atto @TEXT,
    FOREIGN KEY (ambito, servizio) REFERENCES servizio (ambito, codice)
) @STRICT;
CREATE INDEX regola_servizio ON regola (ambito, servizio, dal, id);

-- Weekdays on which a service is given, as bits from Monday; Monday to Friday where there is none.
CREATE TABLE settimana (
    servizio @ID PRIMARY KEY REFERENCES servizio (id),
    ambito @ID NOT NULL,
    giorni @INT NOT NULL CHECK (giorni BETWEEN 1 AND 127)
) @STRICT;

CREATE TABLE chiusura (
    servizio @ID NOT NULL REFERENCES servizio (id),
    giorno @DAY NOT NULL,
    ambito @ID NOT NULL,
    motivo @TEXT,
    chi @ID,                                    -- who wrote it; NULL = from the command line
    quando @TIME NOT NULL,
    PRIMARY KEY (servizio, giorno)
) @STRICT;

CREATE TABLE assenza (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    dal @DAY NOT NULL,
    al @DAY NOT NULL,                           -- last day
    annunciata @DAY,                            -- day on which the family told; NULL = it did not
    motivo @TEXT,
    annullata @DAY,                             -- entered by mistake: kept, no longer counted
    chi @ID,                                    -- who wrote it; NULL = from the command line
    quando @TIME NOT NULL,
    CHECK (al >= dal)
) @STRICT;
CREATE INDEX assenza_prestazione ON assenza (prestazione, dal, id);

CREATE TABLE periodo (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    nome @TEXT NOT NULL,
    dal @DAY NOT NULL,
    al @DAY,
    proroga @DAY,                               -- last day once extended
    annullato @DAY,
    chi @ID,                                    -- who wrote it; NULL = from the command line
    quando @TIME NOT NULL
) @STRICT;
CREATE INDEX periodo_prestazione ON periodo (prestazione, dal, id);

-- Who pays in place of a person, and what share: a relative, or a body. The rest is the person's.
CREATE TABLE pagante (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    persona @ID NOT NULL REFERENCES persona (id),
    chi_persona @ID REFERENCES persona (id),
    chi_ente @ID REFERENCES ente (id),
    quota @TEXT NOT NULL,
    dal @DAY NOT NULL,
    al @DAY,
    CHECK ((chi_persona IS NULL) <> (chi_ente IS NULL))
) @STRICT;
CREATE INDEX pagante_persona ON pagante (persona, dal, id);

-- The bills of a service and month. "prova" is written anew at will; "chiusa" never changes.
CREATE TABLE fatturazione (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    servizio @ID NOT NULL REFERENCES servizio (id),
    mese @DAY NOT NULL,                         -- its first day
    versione @INT NOT NULL,
    stato @TEXT NOT NULL CHECK (stato IN ('prova', 'chiusa')),
    impronta @INT NOT NULL,                     -- of its lines: closing wants the same ones
    utenti @INT NOT NULL,
    anomalie @INT NOT NULL,
    retta @INT NOT NULL,
    costo @INT NOT NULL,
    comune @INT NOT NULL,
    quota_ambito @INT NOT NULL,
    chiave_avvolta @BLOB NOT NULL,              -- seals the reasons of its lines: they tell the ISEE
    fatta @TIME NOT NULL,
    fatta_da @ID,                               -- NULL = from the command line
    chiusa @TIME,
    chiusa_da @ID,
    UNIQUE (ambito, servizio, mese)
) @STRICT;
CREATE INDEX fatturazione_mese ON fatturazione (ambito, mese, id);

-- What is due for a person's service; or, with `rettifica`, the difference to a closed bill.
CREATE TABLE addebito (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    fatturazione @ID NOT NULL REFERENCES fatturazione (id),
    rettifica @ID REFERENCES fatturazione (id), -- the closed one that this corrects
    conguaglio @ID,                             -- that gave the line
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    persona @ID NOT NULL REFERENCES persona (id),
    chiave @TEXT NOT NULL,                      -- of the name, as it was: order of the list
    comune_ente @ID REFERENCES ente (id),
    quantita @INT NOT NULL,
    lorda @INT NOT NULL,
    retta @INT NOT NULL,
    costo @INT NOT NULL,
    comune @INT NOT NULL,
    quota_ambito @INT NOT NULL,
    spiegazione @BLOB NOT NULL                  -- sealed by the run's key
) @STRICT;
CREATE INDEX addebito_fatturazione ON addebito (fatturazione, chiave, id);
CREATE INDEX addebito_persona ON addebito (persona, fatturazione);
CREATE INDEX addebito_prestazione ON addebito (prestazione, fatturazione);

CREATE TABLE addebito_parte (
    addebito @ID NOT NULL REFERENCES addebito (id),
    chi_tipo @TEXT NOT NULL CHECK (chi_tipo IN ('persona', 'ente')),
    chi @ID NOT NULL,
    fatturazione @ID NOT NULL,
    importo @INT NOT NULL,
    PRIMARY KEY (addebito, chi_tipo, chi)
) @STRICT;
CREATE INDEX addebito_parte_fatturazione ON addebito_parte (fatturazione, chi_tipo, chi);

CREATE TABLE anomalia (
    fatturazione @ID NOT NULL REFERENCES fatturazione (id),
    numero @INT NOT NULL,
    ambito @ID NOT NULL,
    prestazione @ID NOT NULL,
    chiave @TEXT NOT NULL,
    tipo @TEXT NOT NULL,
    testo @TEXT NOT NULL,
    PRIMARY KEY (fatturazione, numero)
) @STRICT;

-- A confirmed difference to a closed bill; it goes into the next one of the service.
CREATE TABLE conguaglio (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    fatturazione @ID NOT NULL REFERENCES fatturazione (id), -- closed: what is corrected
    servizio @ID NOT NULL,
    prestazione @ID NOT NULL REFERENCES prestazione (id),
    persona @ID NOT NULL REFERENCES persona (id),
    retta @INT NOT NULL,
    costo @INT NOT NULL,
    comune @INT NOT NULL,
    quota_ambito @INT NOT NULL,
    spiegazione @BLOB NOT NULL,                 -- sealed by the key of what is corrected
    confermato @TIME NOT NULL,
    confermato_da @ID,
    entra @ID REFERENCES fatturazione (id)      -- closed bill that it went into; NULL = not yet
) @STRICT;
CREATE INDEX conguaglio_fatturazione ON conguaglio (fatturazione, prestazione);
CREATE INDEX conguaglio_attesa ON conguaglio (ambito, servizio) WHERE entra IS NULL;
CREATE INDEX conguaglio_prestazione ON conguaglio (prestazione);

CREATE TABLE conguaglio_parte (
    conguaglio @ID NOT NULL REFERENCES conguaglio (id),
    chi_tipo @TEXT NOT NULL CHECK (chi_tipo IN ('persona', 'ente')),
    chi @ID NOT NULL,
    importo @INT NOT NULL,
    PRIMARY KEY (conguaglio, chi_tipo, chi)
) @STRICT;
