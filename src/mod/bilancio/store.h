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
MUST_USE bool store_fonte_exists(struct cx *cx, struct id fonte, bool *exists);

/* ---- amendments (store_variazione.c) ------------------------------------------------------ */

/* As it is kept; numero INT_NONE: a draft. */
struct variazione_salvata {
    struct id id;
    int64_t anno, numero;
    struct day giorno;
    const char *atto, *motivo;
    int64_t base;  /* version of the budget that its writer has seen */
    int64_t esito; /* version that it led to; INT_NONE: a draft */
    int64_t versione;
    struct instant scritta;
    const char *scritta_da;
};
extern const struct field variazione_fields[];
struct variazione_riga_salvata {
    struct id variazione, voce, fonte;
    struct money importo;
};
MUST_USE bool store_variazione_load(struct cx *cx, struct id id, struct variazione_salvata *v);
/* Of a year: those with a number in their order, then the drafts. */
MUST_USE bool store_variazione_list(struct cx *cx, int64_t anno, struct list *list);
MUST_USE bool store_variazione_righe(struct cx *cx, struct id id, struct variazione *lines);
/* Lines of all with a number, in their order: struct variazione_riga_salvata. */
MUST_USE bool store_variazioni_righe(struct cx *cx, int64_t anno, struct list *list);
MUST_USE bool store_variazione_add(struct cx *cx, const struct variazione_salvata *v,
                                   const struct variazione *lines);
/* False with ERR_CONFLICT: the draft has changed since `versione`, or is no draft any more. */
MUST_USE bool store_variazione_set(struct cx *cx, const struct variazione_salvata *v,
                                   const struct variazione *lines);
MUST_USE bool store_variazione_drop(struct cx *cx, struct id id, int64_t versione);
/* Gives it its number, moves the amounts and the budget's version, from v->base on. */
MUST_USE bool store_variazione_close(struct cx *cx, struct variazione_salvata *v,
                                     const struct variazione *lines);
/* An item or a source with nothing yet in that year; again: no change. */
MUST_USE bool store_stanziamento_open(struct cx *cx, int64_t anno, struct id voce);
MUST_USE bool store_disponibilita_open(struct cx *cx, int64_t anno, struct id fonte);
/* Moves the version on; ERR_CONFLICT when it is not `versione` any more. */
MUST_USE bool store_bilancio_touch(struct cx *cx, int64_t anno, int64_t versione);
MUST_USE bool store_bilancio_state(struct cx *cx, const struct bilancio *bilancio);
/* A budget with what its year is known by, and nothing in it. */
void bilancio_head(const struct bilancio_anno *year, struct bilancio *bilancio);
/* Bond, act, year of competence and dates of a source in a year; the bonds take the place of those
 * that were. The other years that have the source move on by a version, since the bond is theirs
 * too. */
MUST_USE bool store_fonte_set(struct cx *cx, int64_t anno, const struct fonte *fonte,
                              const struct vincolo *vincoli, size_t count);

/* ---- execution (store_conto.c) ------------------------------------------------------------ */

/* What was entered on each item of a year until a day: struct voce_somma, by item. */
MUST_USE bool store_somme(struct cx *cx, int64_t anno, struct day al, struct list *list);
MUST_USE bool store_somma(struct cx *cx, int64_t anno, struct id voce, struct day al,
                          struct voce_somma *somma);
extern const struct field scrittura_fields[];
MUST_USE bool store_scrittura_load(struct cx *cx, struct id id, struct scrittura *m);
MUST_USE bool store_scrittura_add(struct cx *cx, struct scrittura *m);
/* Of a year, or of one of its items (ID_NONE = all). */
MUST_USE bool store_scrittura_list(struct cx *cx, int64_t anno, struct id voce, struct list *list);
/* The list of all years (store_lista.c). A filter that is not set: INT_NONE, NULL, "", DAY_NONE. */
struct scrittura_filtro {
    int64_t anno;
    const char *voce, *fonte; /* ids as text */
    const char *tipo;
    struct day dal, al;
};
struct scrittura_riga {
    struct id id, storna;
    int64_t anno, numero;
    struct day giorno;
    const char *sigla; /* "12/2025" */
    const char *tipo, *voce, *fonte, *atto, *descrizione;
    struct money importo;
};
enum scrittura_ordine { SCRITTURE_PER_NUMERO, SCRITTURE_PER_GIORNO }; /* the latest first */
struct db_query;
MUST_USE bool store_scrittura_query(struct cx *cx, const struct scrittura_filtro *filtro,
                                    enum scrittura_ordine ordine, const char *after, size_t limit,
                                    struct db_query *query);
MUST_USE bool store_scrittura_rows(struct cx *cx, const struct scrittura_filtro *filtro,
                                   enum scrittura_ordine ordine, const char *after, size_t limit,
                                   struct list *rows);
const char *store_scrittura_key(struct cx *cx, enum scrittura_ordine ordine,
                                const struct scrittura_riga *row);
/* Items and sources of all years by name: struct bilancio_nome. */
struct bilancio_nome {
    struct id id;
    const char *nome;
};
MUST_USE bool store_voce_names(struct cx *cx, struct list *list);
MUST_USE bool store_fonte_names(struct cx *cx, struct list *list);
/* What is left of a movement behind its reversals; what its parts add up to. */
MUST_USE bool store_scrittura_net(struct cx *cx, struct id id, struct money *net);
MUST_USE bool store_scrittura_parts(struct cx *cx, struct id id, struct money *parts);
/* Commitments that name a cell. */
MUST_USE bool store_cella_impegni(struct cx *cx, int64_t anno, struct id voce, struct id fonte,
                                  struct money *sum);
/* What acts attribute to each cell. */
struct cella_atti {
    struct id voce, fonte;
    struct money impegnato, liquidato, pagato;
};
MUST_USE bool store_cella_atti(struct cx *cx, int64_t anno, struct day al, struct list *list);
/* Services at work in a year, by item: struct attesa. */
MUST_USE bool store_attese(struct cx *cx, int64_t anno, struct list *list);
/* The year as it was closed. */
struct consuntivo_riga {
    struct id voce;
    struct money stanziato, impegnato, liquidato, pagato;
};
MUST_USE bool store_consuntivo_add(struct cx *cx, int64_t anno, const struct consuntivo_riga *riga);
MUST_USE bool store_consuntivo(struct cx *cx, int64_t anno, struct list *list);

/* ---- costs ------------------------------------------------------------------------------ */

extern const struct field spesa_fields[];
enum { SPESE_PAGE = 50 };
/* Costs of an item, the latest first; page by key. */
MUST_USE bool store_spesa_rows(struct cx *cx, struct id voce, int64_t anno, const char *after,
                               size_t limit, struct list *rows);
const char *store_spesa_key(struct cx *cx, const struct spesa *spesa);

#endif
