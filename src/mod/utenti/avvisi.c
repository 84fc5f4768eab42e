/* Notices. */
#include "mod/utenti/statements.h"
#include "mod/utenti/utenti.h"

static const struct field avviso_fields[] = {FIELD(avviso, id), FIELD(avviso, testo),
                                             FIELD(avviso, href), FIELD(avviso, creato), FIELD_END};

bool avviso_save(struct cx *cx, struct id utente, const char *testo, const char *href)
{
    return db_do(cx, &utenti_sql[SQL_AVVISO_INSERT],
                 DB_ARGS(cx_id(cx), cx->who->ambito, utente, testo, href, cx->now), NULL);
}

bool avviso_list(struct cx *cx, size_t max, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_AVVISO_LIST], DB_ARGS(cx->who->utente, (int64_t)max),
                   avviso_fields, sizeof(struct avviso), max, list);
}

bool avviso_read(struct cx *cx, struct id id)
{
    return db_do(cx, &utenti_sql[SQL_AVVISO_READ], DB_ARGS(cx->who->utente, id, cx->now), NULL);
}
