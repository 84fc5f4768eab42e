/* SQL of the register. */
#ifndef ZONALE_MOD_AUDIT_STORE_H
#define ZONALE_MOD_AUDIT_STORE_H

#include "mod/audit/audit.h"

extern const struct db_registry audit_registry;
extern const struct db_schema audit_schema;

struct audit_head {
    int64_t seq;
    struct bytes impronta; /* data NULL before the first row */
};

/* Takes the next number; *before is the hash of the row before it. */
MUST_USE bool audit_next(struct cx *cx, int64_t *seq, struct bytes *before);
MUST_USE bool audit_insert(struct cx *cx, const struct audit_row *row);
MUST_USE bool audit_head_load(struct cx *cx, struct audit_head *head);
/* Hash of one row; data NULL when there is no such row. */
MUST_USE bool audit_hash_at(struct cx *cx, int64_t seq, struct bytes *impronta);
MUST_USE bool audit_each(struct cx *cx, bool (*each)(struct cx *cx, void *row, void *data),
                         void *data);

struct registro_filtro {
    struct day dal, al; /* both included */
    const char *chi;
    struct id oggetto;
    const char *azione, *esito;
};
extern const struct field registro_filtro_fields[];
struct audit_key { /* of the last row seen; quando 0 = from the newest */
    struct instant quando;
    int64_t seq;
};
MUST_USE bool audit_list(struct cx *cx, const struct registro_filtro *filtro,
                         const struct audit_key *after, size_t limit, struct list *list);

struct audit_verifica {
    struct id id, ambito;
    struct instant quando;
    const char *chi;
    int64_t righe, guasta;
    const char *motivo;
    int64_t punti, scoperte;
};
extern const struct field audit_verifica_fields[];
MUST_USE bool audit_verifica_save(struct cx *cx, const struct audit_verdict *verdict);
MUST_USE bool audit_verifica_list(struct cx *cx, size_t max, struct list *list);

#endif
