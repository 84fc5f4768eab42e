/* Runs and their lines as they are shown. */
#include "mod/fatturazione/store.h"

#include <assert.h>

#include "kit/authz/authz.h"

static_assert(RISERVO_ANTIVIOLENZA == 5, "the statements say 5");

#define F(member) FIELD(fatturazione_riga, member)
const struct field fatturazione_riga_fields[] = {F(id),    F(codice), F(servizio),     F(mese),
                                                 F(stato), F(utenti), F(anomalie),     F(retta),
                                                 F(costo), F(comune), F(quota_ambito), FIELD_END};
#undef F
#define A(member) FIELD(addebito, member)
static const struct field addebito_fields[] = {
    A(id),      A(fatturazione), A(rettifica),   A(conguaglio),   A(prestazione),
    A(persona), A(chiave),       A(comune_ente), A(quantita),     A(lorda),
    A(retta),   A(costo),        A(comune),      A(quota_ambito), FIELD_END};
#undef A
static const struct field perche_fields[] = {
    FIELD(addebito_perche, id), FIELD_AS(addebito_perche, sigillo, "spiegazione"), FIELD_END};
#define A(member) FIELD(addebito_riga, member)
const struct field addebito_riga_fields[] = {
    A(id),        A(prestazione),  A(persona), A(comune_nome), A(chiave),
    A(rettifica), A(quantita),     A(lorda),   A(retta),       A(costo),
    A(comune),    A(quota_ambito), FIELD_END};
#undef A
const struct field pagante_somma_fields[] = {FIELD(pagante_somma, chi_tipo),
                                             FIELD(pagante_somma, chi), FIELD(pagante_somma, nome),
                                             FIELD(pagante_somma, importo), FIELD_END};
#define C(member) FIELD(comune_somma, member)
const struct field comune_somma_fields[] = {C(comune), C(nome),         C(utenti),       C(retta),
                                            C(costo),  C(comune_quota), C(quota_ambito), FIELD_END};
#undef C
const struct field anomalia_riga_fields[] = {
    FIELD(anomalia_riga, numero), FIELD(anomalia_riga, prestazione), FIELD(anomalia_riga, persona),
    FIELD(anomalia_riga, tipo),   FIELD(anomalia_riga, testo),       FIELD_END};

/* That there is a case of violence, or who keeps apart, is not told by a list. */
#define NOME(u, c)                                                                                 \
    "CASE WHEN " c ".riserbo >= 5 OR " u ".riservata <> 0 THEN '" PERSONA_RISERVATA "' ELSE " u    \
    ".cognome || ' ' || " u ".nome END"
#define ADDEBITO                                                                                   \
    "SELECT a.id, a.prestazione, " NOME("u", "c") " AS persona, e.nome AS comune_nome, a.chiave,"  \
                                                  " r.mese AS rettifica, a.quantita, a.lorda, "    \
                                                  "a.retta, a.costo, a.comune, a.quota_ambito"     \
                                                  " FROM addebito a JOIN persona u "               \
                                                  "ON u.id = a.persona JOIN prestazione p ON"      \
                                                  " p.id = a.prestazione JOIN cartella c ON c.id " \
                                                  "= p.cartella LEFT JOIN ente e ON e.id ="        \
                                                  " a.comune_ente LEFT JOIN fatturazione r ON "    \
                                                  "r.id = a.rettifica WHERE a.ambito = $1 AND"     \
                                                  " a.fatturazione = $2"
#define PAGANTE_NOME                                                                               \
    "CASE WHEN q.chi_tipo = 'ente' THEN e.nome WHEN u.riservata <> 0 OR EXISTS (SELECT 1 FROM"     \
    " cartella c WHERE c.persona = u.id AND c.riserbo >= 5) THEN '" PERSONA_RISERVATA "' ELSE"     \
    " u.cognome || ' ' || u.nome END AS nome"
#define PAGANTE_JOIN                                                                               \
    " LEFT JOIN ente e ON q.chi_tipo = 'ente' AND e.id = q.chi LEFT JOIN persona u ON"             \
    " q.chi_tipo = 'persona' AND u.id = q.chi"

enum {
    SQL_PERCHE,
    SQL_PERCHE_TUTTI,
    SQL_ADDEBITO,
    SQL_PAGANTI,
    SQL_PARTI,
    SQL_COMUNI,
    SQL_ANOMALIE,
    STATEMENTS
};
static const struct db_sql sql[STATEMENTS] = {
    [SQL_PERCHE] = {"addebito_perche",
                    "SELECT id, spiegazione FROM addebito WHERE ambito = $1 AND id = $2"},
    [SQL_PERCHE_TUTTI] = {"addebito_perche_tutti",
                          "SELECT id, spiegazione FROM addebito WHERE ambito = $1 AND"
                          " fatturazione = $2 ORDER BY id LIMIT $3"},
    [SQL_ADDEBITO] =
        {"addebito_load",
         "SELECT id, fatturazione, rettifica, conguaglio, prestazione, persona, chiave,"
         " comune_ente, quantita, lorda, retta, costo, comune, quota_ambito"
         " FROM addebito WHERE ambito = $1 AND id = $2"},
    [SQL_PAGANTI] = {"fatturazione_paganti",
                     "SELECT q.chi_tipo, q.chi, " PAGANTE_NOME ", q.importo FROM (SELECT chi_tipo,"
                     " chi, CAST(sum(importo) AS BIGINT) AS importo FROM addebito_parte WHERE"
                     " fatturazione = $1 GROUP BY chi_tipo, chi) q" PAGANTE_JOIN
                     " ORDER BY q.chi_tipo, nome, q.chi LIMIT $2"},
    [SQL_PARTI] = {"addebito_parti", "SELECT q.chi_tipo, q.chi, " PAGANTE_NOME
                                     ", q.importo FROM addebito_parte q" PAGANTE_JOIN
                                     " WHERE q.addebito = $1 ORDER BY q.chi_tipo, q.chi LIMIT $2"},
    [SQL_COMUNI] = {"fatturazione_comuni",
                    "SELECT q.comune, e.nome, q.utenti, q.retta, q.costo, q.comune_quota,"
                    " q.quota_ambito FROM (SELECT a.comune_ente AS comune, count(DISTINCT"
                    " a.persona) AS utenti, CAST(sum(a.retta) AS BIGINT) AS retta,"
                    " CAST(sum(a.costo) AS BIGINT) AS costo, CAST(sum(a.comune) AS BIGINT) AS"
                    " comune_quota, CAST(sum(a.quota_ambito) AS BIGINT) AS quota_ambito FROM"
                    " addebito a WHERE a.ambito = $1 AND a.fatturazione = $2 GROUP BY"
                    " a.comune_ente) q LEFT JOIN ente e ON e.id = q.comune ORDER BY e.chiave,"
                    " q.comune LIMIT $3"},
    [SQL_ANOMALIE] =
        {"anomalia_list",
         "SELECT a.numero, a.prestazione, " NOME(
             "u", "c") " AS persona, a.tipo,"
                       " a.testo FROM anomalia a JOIN prestazione p ON p.id = a.prestazione JOIN"
                       " persona u ON u.id = p.persona JOIN cartella c ON c.id = p.cartella WHERE"
                       " a.ambito = $1 AND a.fatturazione = $2 AND a.numero > $3 ORDER BY a.numero"
                       " LIMIT $4"},
};
const struct db_registry lista_registry = {"fatturazione/lista", sql, STATEMENTS};

bool store_runs_page(struct cx *cx, const struct fatturazioni_filtro *filtro, struct day dopo,
                     struct id dopo_id, size_t limit, struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "fatturazione_page",
                   "SELECT f.id, s.codice, s.nome AS servizio, f.mese, f.stato, f.utenti,"
                   " f.anomalie, f.retta, f.costo, f.comune, f.quota_ambito FROM fatturazione f"
                   " JOIN servizio s ON s.id = f.servizio WHERE f.ambito = $1",
                   DB_ARGS(cx->who->ambito));
    if (filtro->codice != NULL)
        db_query_add(&q, " AND s.codice = $1", DB_ARGS(filtro->codice));
    if (filtro->stato != NULL)
        db_query_add(&q, " AND f.stato = $1", DB_ARGS(filtro->stato));
    if (day_known(filtro->mese))
        db_query_add(&q, " AND f.mese = $1", DB_ARGS(day_month_first(filtro->mese)));
    if (day_known(dopo))
        db_query_add(&q, " AND (f.mese, f.id) < ($1, $2)", DB_ARGS(dopo, dopo_id));
    db_query_add(&q, " ORDER BY f.mese DESC, f.id DESC LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), fatturazione_riga_fields,
                   sizeof(struct fatturazione_riga), limit, list);
}

bool store_runs(struct cx *cx, struct list *list)
{
    const struct fatturazioni_filtro all = {.mese = DAY_NONE};
    return store_runs_page(cx, &all, DAY_NONE, ID_NONE, CORSE_MAX, list);
}

bool store_addebiti(struct cx *cx, struct id fatturazione, const char *dopo, struct id dopo_id,
                    size_t limit, struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "addebito_page", ADDEBITO, DB_ARGS(cx->who->ambito, fatturazione));
    if (dopo != NULL)
        db_query_add(&q, " AND (a.chiave, a.id) > ($1, $2)", DB_ARGS(dopo, dopo_id));
    db_query_add(&q, " ORDER BY a.chiave, a.id LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), addebito_riga_fields,
                   sizeof(struct addebito_riga), limit, list);
}

bool store_addebito_load(struct cx *cx, struct id addebito, struct addebito *a)
{
    struct addebito_perche why;
    struct vault_key key;
    if (!db_one(cx, &sql[SQL_ADDEBITO], DB_ARGS(cx->who->ambito, addebito), addebito_fields, a) ||
        !db_one(cx, &sql[SQL_PERCHE], DB_ARGS(cx->who->ambito, addebito), perche_fields, &why))
        return false;
    return store_run_key(cx, a->fatturazione, &key) &&
           store_reasons_open(cx, &key, addebito, why.sigillo, &a->spiegazione);
}

bool store_perche(struct cx *cx, struct id fatturazione, struct list *list)
{
    struct vault_key key;
    if (!store_run_key(cx, fatturazione, &key) ||
        !db_list(cx, &sql[SQL_PERCHE_TUTTI],
                 DB_ARGS(cx->who->ambito, fatturazione, (int64_t)CARICO_ALTRI), perche_fields,
                 sizeof(struct addebito_perche), CARICO_ALTRI, list))
        return false;
    LIST_EACH (list, struct addebito_perche, why)
        if (!store_reasons_open(cx, &key, why->id, why->sigillo, &why->spiegazione))
            return false;
    return true;
}

bool store_paganti(struct cx *cx, struct id fatturazione, size_t limit, struct list *list)
{
    return db_list(cx, &sql[SQL_PAGANTI], DB_ARGS(fatturazione, (int64_t)limit),
                   pagante_somma_fields, sizeof(struct pagante_somma), limit, list);
}

bool store_parti(struct cx *cx, struct id addebito, struct list *list)
{
    enum { PARTI = 64 };
    return db_list(cx, &sql[SQL_PARTI], DB_ARGS(addebito, (int64_t)PARTI), pagante_somma_fields,
                   sizeof(struct pagante_somma), PARTI, list);
}

bool store_comuni(struct cx *cx, struct id fatturazione, struct list *list)
{
    enum { COMUNI = 2000 };
    return db_list(cx, &sql[SQL_COMUNI], DB_ARGS(cx->who->ambito, fatturazione, (int64_t)COMUNI),
                   comune_somma_fields, sizeof(struct comune_somma), COMUNI, list);
}

bool store_anomalie(struct cx *cx, struct id fatturazione, int64_t dopo, size_t limit,
                    struct list *list)
{
    return db_list(cx, &sql[SQL_ANOMALIE],
                   DB_ARGS(cx->who->ambito, fatturazione, dopo, (int64_t)limit),
                   anomalia_riga_fields, sizeof(struct anomalia_riga), limit, list);
}
