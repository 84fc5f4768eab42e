/* Documents of a record, sealed by its key. Used by this room, and by those that keep a paper in a
 * record. Whether cx->who may see one is asked with diario_decide on its `riserbo`. */
#ifndef ZONALE_MOD_CARTELLA_DOCUMENTO_H
#define ZONALE_MOD_CARTELLA_DOCUMENTO_H

#include "kit/db/db.h"
#include "mod/cartella/rules.h"

struct documento {
    struct id id;
    struct id cartella;
    struct day giorno; /* that the paper bears */
    int64_t riserbo;   /* RISERVO_PARTICOLARE, RISERVO_GIUDIZIARIO, RISERVO_ANTIVIOLENZA */
    const char *tipo;  /* media type, by its content */
    int64_t dimensione;
    int64_t parti;
    struct id autore;
    const char *autore_nome;
    struct instant caricato;
    const char *nome;    /* of the file */
    const char *oggetto; /* what it is, in the words of who put it there */
};

/* Checks and seals it: sets id, dimensione, parti. A refusal is *fault, nothing is kept. */
MUST_USE bool documento_save(struct cx *cx, struct documento *documento, struct bytes contenuto,
                             enum documento_fault *fault);
MUST_USE bool documento_load(struct cx *cx, struct id id, struct documento *documento);
/* The latest days first: struct documento. */
MUST_USE bool documento_list(struct cx *cx, struct id cartella, struct list *list);
/* Opened into cx->arena, where it takes its size. */
MUST_USE bool documento_read(struct cx *cx, const struct documento *documento,
                             struct bytes *contenuto);

#endif
