/* SQL of the room, beside the structs it fills. */
#ifndef ZONALE_MOD_ENTI_STORE_H
#define ZONALE_MOD_ENTI_STORE_H

#include "kit/db/db.h"
#include "mod/enti/enti.h"

/* A row of the list page: a body with its latest population and who pays for it. */
struct ente_riga {
    struct id id;
    const char *codice, *belfiore, *nome, *chiave, *tipo, *sotto_ambito, *paga;
    int64_t abitanti, over65;
    bool attivo;
};
extern const struct field ente_riga_fields[];
extern const struct field popolazione_fields[];

struct enti_filtro {
    const char *cerca;
    const char *tipo;
    const char *sotto_ambito;
};

MUST_USE bool store_ente_rows(struct cx *cx, const struct enti_filtro *filter, const char *after,
                              size_t limit, struct list *rows);
MUST_USE bool store_ente_paid_by(struct cx *cx, struct id payer, struct list *list);
MUST_USE bool store_ente_is_paid(struct cx *cx, struct id ente, bool *paid);
MUST_USE bool store_ente_put(struct cx *cx, const struct ente *ente);
MUST_USE bool store_popolazione_list(struct cx *cx, struct id ente, struct list *list);

extern const struct db_registry enti_registry;
extern const struct db_schema enti_schema;

#endif
