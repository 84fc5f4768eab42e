/* Attestations about to expire that no later one of the same kind takes the place of. */
#include "mod/rette/store.h"

#include <string.h>

const struct field scadenza_riga_fields[] = {
    FIELD(scadenza_riga, id),       FIELD(scadenza_riga, persona), FIELD(scadenza_riga, nome),
    FIELD(scadenza_riga, comune),   FIELD(scadenza_riga, tipo),    FIELD(scadenza_riga, protocollo),
    FIELD(scadenza_riga, scadenza), FIELD(scadenza_riga, lettera), FIELD_END};

/* "2026-12-31|<id>" */
const char *store_isee_expiring_key(struct cx *cx, const struct scadenza_riga *riga)
{
    char id[ID_TEXT], day[DAY_TEXT];
    return arena_printf(cx->arena, "%s|%s", day_iso(riga->scadenza, day), id_text(riga->id, id));
}

static bool behind(struct cx *cx, struct db_query *q, const char *after)
{
    struct day day;
    struct id id;
    const char *bar = after == NULL ? NULL : strchr(after, '|');
    if (after == NULL)
        return true;
    if (bar == NULL ||
        !day_parse_iso(arena_strndup(cx->arena, after, (size_t)(bar - after)), &day) ||
        !id_parse(bar + 1, &id))
        return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    db_query_add(q, " AND (i.scadenza, i.id) > ($1, $2)", DB_ARGS(day, id));
    return true;
}

void store_isee_expiring_query(struct cx *cx, const struct scadenze_filtro *filtro,
                               struct db_query *q)
{
    db_query_start(
        q, cx, "isee_expiring",
        "SELECT i.id, i.persona, u.cognome || ' ' || u.nome AS nome, e.nome AS comune, i.tipo,"
        " i.protocollo, i.scadenza, NULL AS lettera FROM isee i JOIN persona u ON u.id = i.persona"
        " LEFT JOIN ente e ON e.id = u.comune WHERE i.ambito = $1 AND i.annullata IS NULL"
        " AND i.scadenza >= $2 AND i.scadenza <= $3 AND u.riservata = 0 AND u.morte IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM isee k WHERE k.ambito = i.ambito AND k.persona = i.persona"
        " AND k.tipo = i.tipo AND k.annullata IS NULL AND k.scadenza > i.scadenza)",
        DB_ARGS(cx->who->ambito, filtro->dal, filtro->entro));
    if (filtro->tipo != NULL)
        db_query_add(q, " AND i.tipo = $1", DB_ARGS(filtro->tipo));
    if (filtro->comune.n != 0)
        db_query_add(q, " AND u.comune = $1", DB_ARGS(filtro->comune));
    if (filtro->solo.n != 0)
        db_query_add(q, " AND u.comune = $1", DB_ARGS(filtro->solo));
}

bool store_isee_expiring(struct cx *cx, const struct scadenze_filtro *filtro, const char *after,
                         size_t limit, struct list *rows)
{
    struct db_query q;
    store_isee_expiring_query(cx, filtro, &q);
    if (!behind(cx, &q, after))
        return false;
    db_query_add(&q, " ORDER BY i.scadenza, i.id LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), scadenza_riga_fields,
                   sizeof(struct scadenza_riga), limit, rows);
}
