-- The register of accesses: append-only, without gaps, each row chained to the one before.
CREATE TABLE audit (
    seq         @INT PRIMARY KEY CHECK (seq > 0),
    quando      @TIME NOT NULL,
    ambito      @ID,               -- NULL: before anybody is known (a login that failed)
    utente      @ID,
    sessione    @ID,
    chi         @TEXT,             -- name of the user at that time: outlives the user's row
    ruolo       @TEXT,
    relazione   @TEXT,
    fine        @TEXT,
    azione      @TEXT NOT NULL,
    oggetto     @TEXT,             -- kind of the object: 'cartella'
    oggetto_id  @ID,
    esito       @TEXT NOT NULL CHECK (esito IN ('permesso', 'mascherato', 'negato')),
    regola      @TEXT,             -- row of the rules that decided
    rotta       @TEXT,             -- 'GET /persone/{id}'
    dettaglio   @TEXT,
    rete        @TEXT,             -- network of the client, truncated
    richiesta   @TEXT,
    prima       @BLOB NOT NULL,    -- impronta of the row before
    impronta    @BLOB NOT NULL     -- BLAKE2b-256 of all the rest
) @STRICT;
CREATE INDEX audit_per_tempo ON audit (ambito, quando, seq);
CREATE INDEX audit_per_chi ON audit (ambito, chi, quando, seq);
CREATE INDEX audit_per_oggetto ON audit (ambito, oggetto_id, quando, seq)
    WHERE oggetto_id IS NOT NULL;

-- One row: the last number given. Taking the next one makes two writers wait for each other.
CREATE TABLE audit_testa (
    uno @INT PRIMARY KEY CHECK (uno = 1),
    seq @INT NOT NULL
) @STRICT;
INSERT INTO audit_testa (uno, seq) VALUES (1, 0);

-- Outcome of the verifications asked for from the pages.
CREATE TABLE audit_verifica (
    id          @ID PRIMARY KEY,
    ambito      @ID NOT NULL,
    quando      @TIME NOT NULL,
    chi         @TEXT,
    righe       @INT NOT NULL,
    guasta      @INT NOT NULL,     -- first broken row; 0 = none
    motivo      @TEXT,             -- NULL = sound
    punti       @INT NOT NULL,     -- signed checkpoints that agree
    scoperte    @INT NOT NULL      -- rows behind the last checkpoint
) @STRICT;
CREATE INDEX audit_verifica_per_tempo ON audit_verifica (ambito, quando, id);
