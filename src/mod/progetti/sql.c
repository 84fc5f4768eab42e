#include "mod/progetti/sql.h"

#include "mod/progetti/store.h"

extern const char progetti_model_sql[];

#define PROGETTO                                                                                   \
    "SELECT id, versione, cartella, persona, ente, tipo, riserbo, numero, stato, dal, al, totale," \
    " famiglia, prossima FROM progetto"
#define VERSIONE                                                                                   \
    "SELECT v.id, v.progetto, v.numero, v.stato, v.scritta, v.scritta_da,"                         \
    " u.intestazione AS scritta_da_nome"

const struct db_sql progetti_sql[PROGETTI_SQL] = {
    [PROGETTO_LOAD] = {"progetto_load", PROGETTO " WHERE ambito = $1 AND id = $2"},
    [PROGETTO_OF] = {"progetto_of",
                     PROGETTO " WHERE ambito = $1 AND cartella = $2 ORDER BY dal DESC, id DESC"},
    [PROGETTO_INSERT] = {"progetto_insert",
                         "INSERT INTO progetto (id, ambito, versione, cartella, persona, chiave,"
                         " ente, tipo, riserbo, numero, stato, dal, al, creato, creato_da)"
                         " VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,"
                         " $14)"},
    [PROGETTO_UPDATE] = {"progetto_update",
                         "UPDATE progetto SET versione = versione + 1, numero = $4, stato = $5,"
                         " dal = $6, al = $7, totale = $8, famiglia = $9"
                         " WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [PROGETTO_PROSSIMA] = {"progetto_prossima",
                           "UPDATE progetto SET prossima = (SELECT min(prevista)"
                           " FROM progetto_verifica v WHERE v.progetto = progetto.id"
                           " AND v.fatta IS NULL) WHERE ambito = $1 AND id = $2"},
    [VERSIONE_LIST] = {"progetto_versione_list",
                       VERSIONE " FROM progetto_versione v JOIN utente u ON u.id = v.scritta_da"
                                " WHERE v.ambito = $1 AND v.progetto = $2"
                                " ORDER BY v.numero DESC"},
    [VERSIONE_LOAD] = {"progetto_versione_load",
                       VERSIONE ", v.contenuto FROM progetto_versione v"
                                " JOIN utente u ON u.id = v.scritta_da"
                                " WHERE v.ambito = $1 AND v.progetto = $2 AND v.numero = $3"},
    [VERSIONE_INSERT] = {"progetto_versione_insert",
                         "INSERT INTO progetto_versione (id, ambito, progetto, numero, stato,"
                         " scritta, scritta_da, contenuto)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [VERSIONE_WRITE] = {"progetto_versione_write",
                        "UPDATE progetto_versione SET scritta = $3, scritta_da = $4,"
                        " contenuto = $5 WHERE ambito = $1 AND id = $2 AND stato = 'bozza'"},
    [VERSIONE_STATE] = {"progetto_versione_state",
                        "UPDATE progetto_versione SET stato = $3 WHERE ambito = $1 AND id = $2"},
    [MOSSA_INSERT] = {"progetto_mossa_insert",
                      "INSERT INTO progetto_mossa (id, ambito, progetto, numero, da, a, giorno,"
                      " quando, chi, motivo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"},
    [MOSSA_LIST] = {"progetto_mossa_list",
                    "SELECT m.id, m.numero, m.da, m.a, m.giorno, m.quando, m.chi,"
                    " u.intestazione AS chi_nome, m.motivo FROM progetto_mossa m"
                    " JOIN utente u ON u.id = m.chi WHERE m.ambito = $1 AND m.progetto = $2"
                    " ORDER BY m.giorno DESC, m.id DESC"},
    [MOSSA_LAST] = {"progetto_mossa_last",
                    "SELECT giorno FROM progetto_mossa WHERE ambito = $1 AND progetto = $2"
                    " ORDER BY giorno DESC, id DESC LIMIT 1"},
    [FIRMA_INSERT] = {"progetto_firma_insert",
                      "INSERT INTO progetto_firma (id, ambito, progetto, numero, ruolo, nome,"
                      " giorno, modo, quando, chi, annullata)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0)"},
    [FIRMA_LIST] = {"progetto_firma_list",
                    "SELECT f.id, f.numero, f.ruolo, f.nome, f.giorno, f.modo, f.quando,"
                    " u.intestazione AS chi_nome, f.annullata FROM progetto_firma f"
                    " JOIN utente u ON u.id = f.chi WHERE f.ambito = $1 AND f.progetto = $2"
                    " AND f.numero = $3 ORDER BY f.id"},
    [FIRMA_VOID] = {"progetto_firma_void",
                    "UPDATE progetto_firma SET annullata = 1"
                    " WHERE ambito = $1 AND progetto = $2 AND numero = $3 AND annullata = 0"},
    [VERIFICA_INSERT] = {"progetto_verifica_insert",
                         "INSERT INTO progetto_verifica (id, ambito, progetto, prevista, quando,"
                         " chi) VALUES ($1, $2, $3, $4, $5, $6)"},
    [VERIFICA_LIST] = {"progetto_verifica_list",
                       "SELECT v.id, v.prevista, v.fatta, v.numero, u.intestazione AS chi_nome,"
                       " v.testo FROM progetto_verifica v JOIN utente u ON u.id = v.chi"
                       " WHERE v.ambito = $1 AND v.progetto = $2 ORDER BY v.prevista, v.id"},
    [VERIFICA_DROP] = {"progetto_verifica_drop",
                       "DELETE FROM progetto_verifica WHERE ambito = $1 AND progetto = $2"
                       " AND id = $3 AND fatta IS NULL"},
    [VERIFICA_RECORD] = {"progetto_verifica_record",
                         "UPDATE progetto_verifica SET fatta = $4, numero = $5, quando = $6,"
                         " chi = $7, testo = $8 WHERE ambito = $1 AND progetto = $2 AND id = $3"
                         " AND fatta IS NULL"},
    [SCADENZE] = {"progetto_scadenze",
                  "SELECT v.prevista AS giorno, g.id AS progetto, g.cartella,"
                  " p.cognome || ' ' || p.nome AS persona, g.tipo FROM progetto_verifica v"
                  " JOIN progetto g ON g.id = v.progetto JOIN cartella c ON c.id = g.cartella"
                  " JOIN persona p ON p.id = g.persona"
                  " WHERE v.ambito = $1 AND v.fatta IS NULL AND v.prevista >= $3"
                  " AND v.prevista <= $4 AND g.stato IN ('in_corso', 'sospeso')"
                  " AND c.responsabile = $2 AND c.chiusa IS NULL"
                  " ORDER BY v.prevista, v.id LIMIT $5"},
};

const struct db_registry progetti_registry = {"progetti", progetti_sql, PROGETTI_SQL};
const struct db_schema progetti_schema = {"progetti", progetti_model_sql, NULL};
