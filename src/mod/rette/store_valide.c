/* The attestations of everybody: what a simulation needs. */
#include "mod/rette/store.h"

struct isee_valida {
    struct id persona;
    const char *tipo;
    struct money valore;
    struct day sottoscritta;
    struct day scadenza;
};
static const struct field valida_fields[] = {
    FIELD(isee_valida, persona),      FIELD(isee_valida, tipo),     FIELD(isee_valida, valore),
    FIELD(isee_valida, sottoscritta), FIELD(isee_valida, scadenza), FIELD_END};

struct valide {
    struct isee *items;
    size_t count, room;
};

static bool valida_add(struct cx *cx, void *object, void *data)
{
    const struct isee_valida *riga = object;
    struct valide *valide = data;
    (void)cx;
    if (valide->count < valide->room)
        valide->items[valide->count++] = (struct isee){.persona = riga->persona,
                                                       .tipo = isee_tipo_parse(riga->tipo),
                                                       .valore = riga->valore,
                                                       .sottoscritta = riga->sottoscritta,
                                                       .scadenza = riga->scadenza};
    return true;
}

void store_isee_valid_query(struct cx *cx, struct day giorno, struct db_query *q)
{
    db_query_start(q, cx, "isee_valid",
                   "SELECT persona, tipo, valore, sottoscritta, scadenza FROM isee"
                   " WHERE ambito = $1 AND annullata IS NULL AND sottoscritta <= $2"
                   " AND scadenza >= $2 ORDER BY persona, sottoscritta, id",
                   DB_ARGS(cx->who->ambito, giorno));
}

bool store_isee_valid(struct cx *cx, struct day giorno, struct isee **list, size_t *count)
{
    struct db_query q;
    int64_t room;
    db_query_start(&q, cx, "isee_valid_count",
                   "SELECT count(*) FROM isee WHERE ambito = $1 AND annullata IS NULL"
                   " AND sottoscritta <= $2 AND scadenza >= $2",
                   DB_ARGS(cx->who->ambito, giorno));
    if (!db_int(cx, db_query_sql(&q), db_query_args(&q), &room))
        return false;
    struct valide valide = {ARENA_NEWS(cx->arena, struct isee, (size_t)room), 0, (size_t)room};
    store_isee_valid_query(cx, giorno, &q);
    if (!db_each(cx, db_query_sql(&q), db_query_args(&q), valida_fields, sizeof(struct isee_valida),
                 valida_add, &valide))
        return false;
    *list = valide.items;
    *count = valide.count;
    return true;
}
