/* What the room keeps. All within cx->who->ambito. */
#ifndef ZONALE_MOD_RIPARTO_STORE_H
#define ZONALE_MOD_RIPARTO_STORE_H

#include "kit/db/db.h"
#include "mod/riparto/prospetto.h"
#include "mod/riparto/scadenzario.h"

enum {
    PROSPETTO_ANNO_MIN = 1990,
    PROSPETTO_ANNO_MAX = 2200,
    VERSIONI_MAX = 500, /* of one definition */
    MOVIMENTI_MAX = 20000,
};

extern const struct db_schema riparto_schema;
extern const struct db_registry riparto_registry;

/* ---- definitions ------------------------------------------------------------------------------
 */

struct prospetto {
    struct id id;
    int64_t anno;
    const char *titolo, *chiave, *metodo;
    const char *stato; /* "bozza", "approvato" */
    const char *atto;
    struct day approvato;
    int64_t versione; /* the last */
    struct money totale, residuo;
    struct id origine;
    struct instant modificato;
};
extern const struct field prospetto_fields[];
MUST_USE bool store_prospetto_add(struct cx *cx, const struct prospetto *prospetto);
/* Title, method, version, sums. False with ERR_CONFLICT when it is no longer a draft of the
 * version before. */
MUST_USE bool store_prospetto_update(struct cx *cx, const struct prospetto *prospetto);
MUST_USE bool store_prospetto_approve(struct cx *cx, const struct prospetto *prospetto);
MUST_USE bool store_prospetto_load(struct cx *cx, struct id id, struct prospetto *prospetto);

struct prospetto_filtro {
    int64_t anno;
    const char *stato, *titolo;
};
enum prospetto_ordine { PROSPETTI_PER_ANNO, PROSPETTI_PER_TITOLO };
MUST_USE bool store_prospetto_query(struct cx *cx, const struct prospetto_filtro *filtro,
                                    enum prospetto_ordine ordine, const char *after, size_t limit,
                                    struct db_query *q);
MUST_USE bool store_prospetto_rows(struct cx *cx, const struct prospetto_filtro *filtro,
                                   enum prospetto_ordine ordine, const char *after, size_t limit,
                                   struct list *rows);
const char *store_prospetto_key(struct cx *cx, enum prospetto_ordine ordine,
                                const struct prospetto *riga);

struct prospetto_versione {
    int64_t versione;
    const char *testo;
    struct money totale, residuo;
    struct id utente;
    struct instant scritta;
};
MUST_USE bool store_versione_add(struct cx *cx, struct id prospetto,
                                 const struct prospetto_versione *versione);
MUST_USE bool store_versione_load(struct cx *cx, struct id prospetto, int64_t numero,
                                  struct prospetto_versione *versione);
/* The last first; without their texts. */
MUST_USE bool store_versione_list(struct cx *cx, struct id prospetto, struct list *list);

struct prospetto_cella {
    int64_t riga, colonna;
    const char *nome, *titolo;
    struct money importo;
};
MUST_USE bool store_cella_add(struct cx *cx, struct id prospetto, int64_t versione,
                              const struct prospetto_cella *cella);
/* Row by row. */
MUST_USE bool store_cella_list(struct cx *cx, struct id prospetto, int64_t versione,
                               struct list *list);

/* ---- instalments ------------------------------------------------------------------------------
 */

/* As it is in the database; struct conto is what the rules see. */
struct rata_riga {
    struct id id, prospetto, ente;
    const char *pagante, *titolo; /* of the apportionment */
    int64_t anno, numero;
    struct day scadenza;
    struct money fattura, trasferimento;
    struct money fatturato, incassato_fattura, incassato_trasferimento;
};
extern const struct field rata_riga_fields[];
MUST_USE bool store_rata_add(struct cx *cx, const struct conto *conto);

struct rata_filtro {
    struct id prospetto;
    int64_t anno; /* INT_NONE: all */
    const char *pagante;
    const char *stato; /* of store_rata_rows only: "scadute", "aperte", "pagate"; NULL: all */
};
/* By due date, payer, number; at most RATE_MAX. */
MUST_USE bool store_rata_list(struct cx *cx, const struct rata_filtro *filtro, struct list *list);
/* By due date; page by key "2025-03-15|<id>"; `pagante` is how the name begins. The query alone is
 * for the test that reads its plan. */
MUST_USE bool store_rata_query(struct cx *cx, const struct rata_filtro *filtro, const char *after,
                               size_t limit, struct db_query *q);
MUST_USE bool store_rata_rows(struct cx *cx, const struct rata_filtro *filtro, const char *after,
                              size_t limit, struct list *rows);
MUST_USE bool store_rata_load(struct cx *cx, struct id id, struct rata_riga *rata);
struct conto rata_conto(const struct rata_riga *riga);

struct movimento {
    struct id id, prospetto;
    const char *pagante, *tipo;
    struct day giorno;
    struct money importo; /* below zero: a reversal */
    const char *riferimento;
    struct id storna, stornato; /* what it reverses; what reverses it */
    const char *motivo;
    struct id utente;
    struct instant scritto;
};
extern const struct field movimento_fields[];
MUST_USE bool store_movimento_add(struct cx *cx, const struct movimento *movimento);
MUST_USE bool store_movimento_load(struct cx *cx, struct id id, struct movimento *movimento);
/* Of an apportionment (ID_NONE = all of the ambito), of one payer (NULL = all); last first. */
MUST_USE bool store_movimento_list(struct cx *cx, struct id prospetto, const char *pagante,
                                   struct list *list);
MUST_USE bool store_movimento_riga_add(struct cx *cx, struct id movimento,
                                       const struct imputazione *riga);
struct movimento_riga {
    struct id rata;
    int64_t numero;
    const char *parte;
    struct money importo;
};
MUST_USE bool store_movimento_righe(struct cx *cx, struct id movimento, struct list *list);
/* Is the same entry there, and not reversed? */
MUST_USE bool store_movimento_same(struct cx *cx, const struct movimento *movimento, bool *same);

#endif
