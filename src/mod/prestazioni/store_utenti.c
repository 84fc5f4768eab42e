/* Who is served by a service on a day: what a simulation of fees needs. */
#include "mod/prestazioni/store.h"

static const struct field utente_fields[] = {
    FIELD(servito_riga, persona), FIELD(servito_riga, prestazione), FIELD(servito_riga, comune),
    FIELD(servito_riga, ente),    FIELD(servito_riga, variante),    FIELD(servito_riga, previsti),
    FIELD(servito_riga, riserbo), FIELD(servito_riga, riservata),   FIELD_END};

void store_users_query(struct cx *cx, const struct utenti_di *di, struct db_query *q)
{
    db_query_start(q, cx, "prestazione_users",
                   "SELECT p.persona, p.id AS prestazione, u.comune, p.ente, p.variante,"
                   " p.previsti, c.riserbo, u.riservata FROM prestazione p"
                   " JOIN persona u ON u.id = p.persona JOIN cartella c ON c.id = p.cartella"
                   " WHERE p.ambito = $1 AND p.servizio = $2 AND p.variante IN ($3, $4)"
                   " AND p.dal <= $5 AND (p.al IS NULL OR p.al >= $5) ORDER BY p.persona, p.id",
                   DB_ARGS(cx->who->ambito, di->servizio, di->variante, di->festivo, di->giorno));
}

bool store_users(struct cx *cx, const struct utenti_di *di,
                 bool (*each)(struct cx *cx, void *riga, void *data), void *data)
{
    struct db_query q;
    store_users_query(cx, di, &q);
    return db_each(cx, db_query_sql(&q), db_query_args(&q), utente_fields,
                   sizeof(struct servito_riga), each, data);
}

bool store_users_count(struct cx *cx, const struct utenti_di *di, int64_t *count)
{
    struct db_query q;
    db_query_start(&q, cx, "prestazione_users_count",
                   "SELECT count(*) FROM prestazione WHERE ambito = $1 AND servizio = $2"
                   " AND dal <= $3 AND (al IS NULL OR al >= $3)",
                   DB_ARGS(cx->who->ambito, di->servizio, di->giorno));
    return db_int(cx, db_query_sql(&q), db_query_args(&q), count);
}
