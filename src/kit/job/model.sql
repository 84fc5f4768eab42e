-- A background job. `fence` grows at each taking: who holds an older one can no longer write.
CREATE TABLE job (
  id          @ID PRIMARY KEY,
  ambito      @ID NOT NULL,
  utente      @ID,
  ente        @ID,
  ruolo       @INT NOT NULL,
  nome        @TEXT,
  kind        @TEXT NOT NULL,
  title       @TEXT NOT NULL,
  params      @TEXT NOT NULL,
  unico       @TEXT,
  state       @TEXT NOT NULL CHECK (state IN ('in_attesa', 'in_corso', 'fatto', 'fallito', 'annullato')),
  cancelled   @BOOL NOT NULL DEFAULT 0,
  attempt     @INT NOT NULL DEFAULT 0,
  fence       @INT NOT NULL DEFAULT 0,
  run_after   @TIME NOT NULL,
  done        @INT NOT NULL DEFAULT 0,
  total       @INT NOT NULL DEFAULT 0,
  text        @TEXT,
  file_name   @TEXT,
  file_type   @TEXT,
  file        @BLOB,
  created     @TIME NOT NULL,
  started     @TIME,
  ended       @TIME,
  UNIQUE (ambito, kind, unico)
) @STRICT;
-- what waits, or whose lease (kept in run_after) has run out
CREATE INDEX job_run ON job (state, run_after, id);
CREATE INDEX job_utente ON job (ambito, utente, id);
