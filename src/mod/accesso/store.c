#include "mod/accesso/store.h"

#include "kit/sys/vault.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <string.h>

extern const char accesso_model_sql[];
extern const struct db_change accesso_changes[];

enum { CONTA_MASSIMO = 100 };

struct contatto_chiuso {
    struct contatto c;
    struct bytes richiesta;
};

#define PLAIN_FIELDS(tag, member)                                                                  \
    FIELD_AS(tag, member id, "id"), FIELD_AS(tag, member ente, "ente"),                            \
        FIELD_AS(tag, member persona, "persona"), FIELD_AS(tag, member utente, "utente"),          \
        FIELD_AS(tag, member giorno, "giorno"), FIELD_AS(tag, member canale, "canale"),            \
        FIELD_AS(tag, member area, "area"), FIELD_AS(tag, member esito, "esito"),                  \
        FIELD_AS(tag, member inviato_a, "inviato_a"), FIELD_AS(tag, member minuti, "minuti")

static const struct field chiuso_fields[] = {PLAIN_FIELDS(contatto_chiuso, c.),
                                             FIELD(contatto_chiuso, richiesta), FIELD_END};

const struct field contatto_riga_fields[] = {
    FIELD(contatto_riga, id),     FIELD(contatto_riga, persona),
    FIELD(contatto_riga, giorno), FIELD(contatto_riga, nome),
    FIELD(contatto_riga, canale), FIELD(contatto_riga, area),
    FIELD(contatto_riga, esito),  FIELD(contatto_riga, minuti),
    FIELD(contatto_riga, chi),    FIELD_END};

static const struct field conta_fields[] = {FIELD(contatto_conta, voce),
                                            FIELD(contatto_conta, contatti),
                                            FIELD(contatto_conta, minuti), FIELD_END};

#define ROW                                                                                        \
    "SELECT c.id, c.persona, c.giorno, p.cognome || ' ' || p.nome AS nome, c.canale, c.area,"      \
    " c.esito, c.minuti, u.intestazione AS chi FROM contatto c"                                    \
    " LEFT JOIN persona p ON p.id = c.persona LEFT JOIN utente u ON u.id = c.utente"

#define COUNT(what)                                                                                \
    "SELECT " what " AS voce, count(*) AS contatti, CAST(coalesce(sum(minuti), 0) AS @INT)"        \
    " AS minuti FROM contatto WHERE ambito = $1 AND giorno >= $2 AND giorno < $3"                  \
    " AND (ente = $4 OR $5 = 0) AND (persona IS NULL OR persona NOT IN"                            \
    " (SELECT id FROM persona WHERE ambito = $1 AND riservata = 1))"                               \
    " GROUP BY " what " ORDER BY " what

enum {
    CONTATTO_INSERT,
    CONTATTO_LOAD,
    CONTATTO_OF,
    CONTATTO_MINE,
    CONTATTO_MESE,
    CONTATTO_AREA_CONTA,
    CONTATTO_ESITO_CONTA,
    CONTATTO_CANALE_CONTA,
    STATEMENTS
};

static const struct db_sql sql[STATEMENTS] = {
    [CONTATTO_INSERT] = {"contatto_insert",
                         "INSERT INTO contatto (id, ente, persona, utente, giorno, canale, area,"
                         " esito, inviato_a, minuti, richiesta, ambito, creato) VALUES ($1, $2,"
                         " $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"},
    [CONTATTO_LOAD] = {"contatto_load",
                       "SELECT id, ente, persona, utente, giorno, canale, area, esito, inviato_a,"
                       " minuti, richiesta FROM contatto WHERE ambito = $1 AND id = $2"},
    [CONTATTO_OF] = {"contatto_of", ROW " WHERE c.ambito = $1 AND c.persona = $2"
                                        " ORDER BY c.giorno DESC, c.id DESC LIMIT $3"},
    [CONTATTO_MINE] = {"contatto_mine",
                       ROW " WHERE c.ambito = $1 AND c.utente = $2 AND c.giorno = $3"
                           " ORDER BY c.giorno DESC, c.id DESC LIMIT $4"},
    /* the first seven characters of an ISO day are its month, in both engines */
    [CONTATTO_MESE] = {"contatto_conta_mese", COUNT("substr(giorno || '', 1, 7)")},
    [CONTATTO_AREA_CONTA] = {"contatto_conta_area", COUNT("area")},
    [CONTATTO_ESITO_CONTA] = {"contatto_conta_esito", COUNT("esito")},
    [CONTATTO_CANALE_CONTA] = {"contatto_conta_canale", COUNT("canale")},
};

const struct db_registry accesso_registry = {"accesso", sql, STATEMENTS};
const struct db_schema accesso_schema = {"accesso", accesso_model_sql, accesso_changes};

/* ---- one contact ------------------------------------------------------------------------ */

static struct vault_place request_place(struct cx *cx, struct id id)
{
    return (struct vault_place){
        .table = "contatto", .column = "richiesta", .row = id, .ambito = cx->who->ambito};
}

bool contatto_save(struct cx *cx, struct contatto *c)
{
    struct bytes sealed = {0};
    c->id = cx_id(cx);
    c->utente = cx->who->utente;
    struct vault_place place = request_place(cx, c->id);
    if (c->richiesta != NULL && !vault_seal_text(cx, NULL, &place, c->richiesta, &sealed))
        return false;
    return db_do(cx, &sql[CONTATTO_INSERT],
                 DB_ARGS(c->id, c->ente, c->persona, c->utente, c->giorno, c->canale, c->area,
                         c->esito, c->inviato_a, c->minuti, sealed, cx->who->ambito, cx->now),
                 NULL);
}

bool contatto_load(struct cx *cx, struct id id, struct contatto *contatto)
{
    struct contatto_chiuso row;
    if (!db_one(cx, &sql[CONTATTO_LOAD], DB_ARGS(cx->who->ambito, id), chiuso_fields, &row))
        return false;
    *contatto = row.c;
    contatto->richiesta = NULL;
    if (row.richiesta.data == NULL)
        return true;
    struct vault_place place = request_place(cx, id);
    return vault_unseal_text(cx, NULL, &place, row.richiesta, &contatto->richiesta);
}

/* ---- lists ------------------------------------------------------------------------------ */

static const char *words(const struct parola *parole, const char *codice)
{
    const char *text = parola_text(parole, codice);
    return text != NULL ? text : codice;
}

static void in_words(struct list *list)
{
    LIST_EACH (list, struct contatto_riga, row) {
        row->canale = words(contatto_canali, row->canale);
        row->area = words(contatto_aree, row->area);
        row->esito = words(contatto_esiti, row->esito);
    }
}

bool contatto_of(struct cx *cx, struct id persona, size_t max, struct list *list)
{
    if (!db_list(cx, &sql[CONTATTO_OF], DB_ARGS(cx->who->ambito, persona, (int64_t)max),
                 contatto_riga_fields, sizeof(struct contatto_riga), max, list))
        return false;
    in_words(list);
    return true;
}

bool contatto_mine(struct cx *cx, struct day day, size_t max, struct list *list)
{
    if (!db_list(cx, &sql[CONTATTO_MINE],
                 DB_ARGS(cx->who->ambito, cx->who->utente, day, (int64_t)max), contatto_riga_fields,
                 sizeof(struct contatto_riga), max, list))
        return false;
    in_words(list);
    return true;
}

void contatto_page_query(struct cx *cx, const struct contatto_pagina *page, struct db_query *q)
{
    /* who is known only to those who follow her is in no list of others, not by her contacts */
    db_query_start(q, cx, "contatto_page",
                   ROW " WHERE c.ambito = $1 AND (coalesce(p.riservata, 0) = 0 OR " SEGUITO(
                       "$1", "p.id", "$2", "$3") ")",
                   DB_ARGS(cx->who->ambito, cx->who->utente, cx->today));
    if (page->ente.n != 0)
        db_query_add(q, " AND c.ente = $1", DB_ARGS(page->ente));
    if (page->utente.n != 0)
        db_query_add(q, " AND c.utente = $1", DB_ARGS(page->utente));
    if (day_known(page->dal))
        db_query_add(q, " AND c.giorno >= $1", DB_ARGS(page->dal));
    if (day_known(page->al))
        db_query_add(q, " AND c.giorno <= $1", DB_ARGS(page->al));
    if (page->canale != NULL)
        db_query_add(q, " AND c.canale = $1", DB_ARGS(page->canale));
    if (page->area != NULL)
        db_query_add(q, " AND c.area = $1", DB_ARGS(page->area));
    if (page->esito != NULL)
        db_query_add(q, " AND c.esito = $1", DB_ARGS(page->esito));
    if (day_known(page->dopo))
        db_query_add(q, " AND (c.giorno, c.id) < ($1, $2)", DB_ARGS(page->dopo, page->dopo_id));
    db_query_add(q, " ORDER BY c.giorno DESC, c.id DESC LIMIT $1", DB_ARGS((int64_t)page->limit));
}

bool contatto_page(struct cx *cx, const struct contatto_pagina *page, struct list *list)
{
    struct db_query query;
    contatto_page_query(cx, page, &query);
    if (!db_list(cx, db_query_sql(&query), db_query_args(&query), contatto_riga_fields,
                 sizeof(struct contatto_riga), page->limit, list))
        return false;
    in_words(list);
    return true;
}

bool contatto_count(struct cx *cx, enum contatto_per per, struct id ente, int year,
                    struct list *list)
{
    static const int by[PER_MODI] = {
        [PER_MESE] = CONTATTO_MESE,
        [PER_AREA] = CONTATTO_AREA_CONTA,
        [PER_ESITO] = CONTATTO_ESITO_CONTA,
        [PER_CANALE] = CONTATTO_CANALE_CONTA,
    };
    int64_t only = ente.n != 0;
    return db_list(cx, &sql[by[per]],
                   DB_ARGS(cx->who->ambito, day_of(year, 1, 1), day_of(year + 1, 1, 1), ente, only),
                   conta_fields, sizeof(struct contatto_conta), CONTA_MASSIMO, list);
}

bool contatto_scope(struct cx *cx, struct id *ente)
{
    struct ente own;
    *ente = cx->who->ente;
    if (ente->n == 0 || !ente_load(cx, *ente, &own))
        return ente->n == 0;
    if (strcmp(own.tipo, "ambito") == 0)
        *ente = ID_NONE;
    return true;
}
