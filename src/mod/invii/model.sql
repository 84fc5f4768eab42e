-- Referrals from one body to another. What is asked and what is answered is sealed.
CREATE TABLE invio (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    contatto @ID NOT NULL REFERENCES contatto (id),
    persona @ID REFERENCES persona (id),
    da @ID NOT NULL REFERENCES ente (id),
    a @ID NOT NULL REFERENCES ente (id),
    area @TEXT NOT NULL,
    giorno @DAY NOT NULL,
    termine @DAY NOT NULL,
    stato @TEXT NOT NULL,
    chiuso @DAY,
    richiesta @BLOB NOT NULL,
    versione @INT NOT NULL,
    creato @TIME NOT NULL,
    creato_da @ID NOT NULL REFERENCES utente (id)
) @STRICT;
CREATE INDEX invio_termine ON invio (ambito, termine, id);
CREATE INDEX invio_riceve ON invio (ambito, a, termine, id);
CREATE INDEX invio_manda ON invio (ambito, da, termine, id);
CREATE INDEX invio_persona ON invio (persona, id);
CREATE INDEX invio_contatto ON invio (contatto, id);

-- Each step: to which state, who, when, in whose words.
CREATE TABLE invio_passo (
    id @ID PRIMARY KEY,
    ambito @ID NOT NULL,
    invio @ID NOT NULL REFERENCES invio (id),
    stato @TEXT NOT NULL,
    quando @TIME NOT NULL,
    chi @ID NOT NULL REFERENCES utente (id),
    testo @BLOB
) @STRICT;
CREATE INDEX invio_passo_invio ON invio_passo (invio, id);
