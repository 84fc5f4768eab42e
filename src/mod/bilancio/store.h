/* What the room keeps. All within cx->who->ambito. */
#ifndef ZONALE_MOD_BILANCIO_STORE_H
#define ZONALE_MOD_BILANCIO_STORE_H

#include "kit/db/db.h"
#include "mod/bilancio/bilancio.h"

extern const struct db_schema bilancio_schema;
extern const struct db_registry bilancio_registry;

MUST_USE bool store_bilancio_exists(struct cx *cx, int64_t anno, bool *exists);
MUST_USE bool store_bilancio_add(struct cx *cx, const struct bilancio *bilancio);
/* Id of the area, item or source of that name; ID_NONE when there is none. */
MUST_USE bool store_area_find(struct cx *cx, const char *nome, struct id *id);
MUST_USE bool store_voce_find(struct cx *cx, const char *nome, struct id *id);
MUST_USE bool store_fonte_find(struct cx *cx, const char *nome, struct id *id);
/* New ones: with an id already. */
MUST_USE bool store_area_add(struct cx *cx, const struct area *area);
MUST_USE bool store_voce_add(struct cx *cx, const struct voce *voce);
MUST_USE bool store_fonte_add(struct cx *cx, const struct fonte *fonte);

MUST_USE bool store_voce_exists(struct cx *cx, struct id voce, bool *exists);

/* What has been spent on each item of a year. */
struct voce_somma {
    struct id voce;
    struct money impegnato;
    struct money speso;
    int64_t quante;
};
MUST_USE bool store_somme(struct cx *cx, int64_t anno, struct list *list);

extern const struct field spesa_fields[];
enum { SPESE_PAGE = 50 };
/* Costs of an item, the latest first; page by key. */
MUST_USE bool store_spesa_rows(struct cx *cx, struct id voce, int64_t anno, const char *after,
                               size_t limit, struct list *rows);
const char *store_spesa_key(struct cx *cx, const struct spesa *spesa);

#endif
