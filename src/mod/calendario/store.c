#include "mod/calendario/store.h"

extern const char calendario_model_sql[];
const struct db_schema calendario_schema = {"calendario", calendario_model_sql, NULL};

enum { SQL_PUT, SQL_DROP, SQL_MADE, SQL_OWNER, STATEMENTS };
static const struct db_sql sql[STATEMENTS] = {
    [SQL_PUT] = {"calendario_put",
                 "INSERT INTO calendario (utente, ambito, impronta, creato) VALUES ($1, $2, $3, $4)"
                 " ON CONFLICT (utente) DO UPDATE SET impronta = $3, creato = $4"},
    [SQL_DROP] = {"calendario_drop", "DELETE FROM calendario WHERE ambito = $1 AND utente = $2"},
    [SQL_MADE] = {"calendario_made",
                  "SELECT creato FROM calendario WHERE ambito = $1 AND utente = $2"},
    [SQL_OWNER] = {"calendario_owner", "SELECT utente FROM calendario WHERE impronta = $1"},
};
const struct db_registry calendario_registry = {"calendario", sql, STATEMENTS};

bool store_indirizzo_put(struct cx *cx, struct bytes impronta)
{
    return db_do(cx, &sql[SQL_PUT], DB_ARGS(cx->who->utente, cx->who->ambito, impronta, cx->now),
                 NULL);
}

bool store_indirizzo_drop(struct cx *cx)
{
    return db_do(cx, &sql[SQL_DROP], DB_ARGS(cx->who->ambito, cx->who->utente), NULL);
}

bool store_indirizzo_made(struct cx *cx, struct instant *creato, bool *found)
{
    static const struct field fields[] = {{"creato", FIELD_INSTANT, 0}, FIELD_END};
    return db_maybe(cx, &sql[SQL_MADE], DB_ARGS(cx->who->ambito, cx->who->utente), fields, creato,
                    found);
}

bool store_indirizzo_owner(struct cx *cx, struct bytes impronta, struct id *utente, bool *found)
{
    static const struct field fields[] = {{"utente", FIELD_ID, 0}, FIELD_END};
    return db_maybe(cx, &sql[SQL_OWNER], DB_ARGS(impronta), fields, utente, found);
}
