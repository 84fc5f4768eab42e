/* Forms and their versions; the statements of the room. */
#include "mod/valutazioni/store.h"

extern const char valutazioni_model_sql[];
const struct db_schema valutazioni_schema = {"valutazioni", valutazioni_model_sql, NULL, {NULL}};

#define SCHEDA_COLUMNS                                                                             \
    "SELECT id, codice, titolo, versione, attiva, modificata FROM scheda WHERE ambito = $1"
#define VALUTAZIONE_COLUMNS                                                                        \
    "SELECT v.id, v.cartella, v.presa, v.voce, v.versione, v.scheda, s.codice, s.titolo,"          \
    " v.scheda_versione, v.giorno, v.riserbo, v.completa, v.autore,"                               \
    " u.intestazione AS autore_nome, v.scritta, v.risposte FROM valutazione v"                     \
    " JOIN scheda s ON s.id = v.scheda JOIN utente u ON u.id = v.autore"

const struct db_sql valutazioni_sql[SQL_COUNT] = {
    [SQL_SCHEDE] = {"schede", SCHEDA_COLUMNS " ORDER BY titolo, codice LIMIT $2"},
    [SQL_SCHEDA] = {"scheda", SCHEDA_COLUMNS " AND codice = $2"},
    [SQL_SCHEDA_ADD] = {"scheda_add",
                        "INSERT INTO scheda (id, ambito, codice, titolo, versione, attiva,"
                        " modificata) VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    [SQL_SCHEDA_UPDATE] = {"scheda_update",
                           "UPDATE scheda SET titolo = $4, versione = $5, attiva = $6,"
                           " modificata = $7 WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [SQL_VERSIONE] = {"scheda_versione",
                      "SELECT v.scheda, v.versione, v.testo, u.intestazione AS chi, v.scritta"
                      " FROM scheda_versione v JOIN utente u ON u.id = v.utente"
                      " WHERE v.ambito = $1 AND v.scheda = $2 AND v.versione = $3"},
    [SQL_VERSIONE_ADD] = {"scheda_versione_add",
                          "INSERT INTO scheda_versione (scheda, versione, ambito, testo, utente,"
                          " scritta) VALUES ($1, $2, $3, $4, $5, $6)"},
    [SQL_VERSIONI] = {"scheda_versioni",
                      "SELECT v.scheda, v.versione, NULL AS testo, u.intestazione AS chi,"
                      " v.scritta FROM scheda_versione v JOIN utente u ON u.id = v.utente"
                      " WHERE v.ambito = $1 AND v.scheda = $2 ORDER BY v.versione DESC LIMIT $3"},
    [SQL_VALUTAZIONI] = {"valutazioni", VALUTAZIONE_COLUMNS
                         " WHERE v.ambito = $1 AND v.cartella = $2 AND v.ultima = 1"
                         " ORDER BY v.giorno DESC, v.id DESC LIMIT $3"},
    [SQL_VALUTAZIONE_VERSIONI] = {"valutazione_versioni",
                                  VALUTAZIONE_COLUMNS " WHERE v.ambito = $1 AND v.voce = $2"
                                                      " ORDER BY v.versione DESC LIMIT $3"},
    [SQL_VALUTAZIONI_DI] = {"valutazioni_di", VALUTAZIONE_COLUMNS
                            " JOIN cartella c ON c.id = v.cartella"
                            " WHERE v.ambito = $1 AND c.persona = $2 AND s.codice = $3"
                            " AND v.giorno <= $4 AND v.ultima = 1 AND v.completa = 1"
                            " AND v.riserbo < 4 AND c.riserbo < 4"
                            " ORDER BY v.giorno DESC, v.id DESC LIMIT 1"},
    [SQL_VALUTAZIONE_ADD] = {"valutazione_add",
                             "INSERT INTO valutazione (id, ambito, cartella, presa, voce,"
                             " versione, ultima, scheda, scheda_versione, giorno, riserbo,"
                             " completa, autore, scritta, risposte) VALUES ($1, $2, $3, $4, $5,"
                             " $6, 1, $7, $8, $9, $10, $11, $12, $13, $14)"},
    [SQL_VALUTAZIONE_OLD] = {"valutazione_old",
                             "UPDATE valutazione SET ultima = 0 WHERE ambito = $1 AND voce = $2"
                             " AND versione = $3 AND ultima = 1"},
};

const struct db_registry valutazioni_registry = {"valutazioni", valutazioni_sql, SQL_COUNT};

/* ---- forms ----------------------------------------------------------------------------------- */

static const struct field scheda_fields[] = {FIELD(scheda, id),
                                             FIELD(scheda, codice),
                                             FIELD(scheda, titolo),
                                             FIELD(scheda, versione),
                                             FIELD(scheda, attiva),
                                             FIELD(scheda, modificata),
                                             FIELD_END};
static const struct field versione_fields[] = {
    FIELD(scheda_versione, scheda), FIELD(scheda_versione, versione), FIELD(scheda_versione, testo),
    FIELD(scheda_versione, chi),    FIELD(scheda_versione, scritta),  FIELD_END};

bool store_schede(struct cx *cx, struct list *list)
{
    return db_list(cx, &valutazioni_sql[SQL_SCHEDE], DB_ARGS(cx->who->ambito, SCHEDE),
                   scheda_fields, sizeof(struct scheda), SCHEDE, list);
}

bool store_scheda(struct cx *cx, const char *codice, struct scheda *scheda, bool *found)
{
    return db_maybe(cx, &valutazioni_sql[SQL_SCHEDA], DB_ARGS(cx->who->ambito, codice),
                    scheda_fields, scheda, found);
}

bool store_scheda_add(struct cx *cx, const struct scheda *s)
{
    return db_do(
        cx, &valutazioni_sql[SQL_SCHEDA_ADD],
        DB_ARGS(s->id, cx->who->ambito, s->codice, s->titolo, s->versione, s->attiva, cx->now),
        NULL);
}

bool store_scheda_update(struct cx *cx, const struct scheda *s, int64_t prima)
{
    int64_t changed = 0;
    if (!db_do(cx, &valutazioni_sql[SQL_SCHEDA_UPDATE],
               DB_ARGS(cx->who->ambito, s->id, prima, s->titolo, s->versione, s->attiva, cx->now),
               &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "la scheda è cambiata nel frattempo");
}

bool store_scheda_versione(struct cx *cx, struct id scheda, int64_t versione,
                           struct scheda_versione *row)
{
    return db_one(cx, &valutazioni_sql[SQL_VERSIONE], DB_ARGS(cx->who->ambito, scheda, versione),
                  versione_fields, row);
}

bool store_scheda_versione_add(struct cx *cx, struct id scheda, int64_t versione, const char *testo)
{
    return db_do(cx, &valutazioni_sql[SQL_VERSIONE_ADD],
                 DB_ARGS(scheda, versione, cx->who->ambito, testo, cx->who->utente, cx->now), NULL);
}

bool store_scheda_versioni(struct cx *cx, struct id scheda, struct list *list)
{
    return db_list(cx, &valutazioni_sql[SQL_VERSIONI], DB_ARGS(cx->who->ambito, scheda, SCHEDE),
                   versione_fields, sizeof(struct scheda_versione), SCHEDE, list);
}
