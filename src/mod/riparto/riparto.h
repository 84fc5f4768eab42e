/* Apportionments: front door of the room. The rules are in rules.h, the ledger of instalments in
 * scadenzario.h. Everything stored is scoped by cx->who->ambito. */
#ifndef ZONALE_MOD_RIPARTO_RIPARTO_H
#define ZONALE_MOD_RIPARTO_RIPARTO_H

#include "kit/module.h"
#include "mod/riparto/rules.h"
#include "mod/riparto/store.h"

/* The outcome in words for the user; never NULL. */
const char *riparto_esito_text(enum riparto_esito esito);
const char *movimento_esito_text(enum movimento_esito esito);

/* ---- stored definitions (prospetti.c) ---------------------------------------------------------
 */

/* The names of the ambito's bodies, ended by NULL, as definizione_read takes them. */
MUST_USE bool riparto_enti(struct cx *cx, const char ***names);
/* Text to definition and table, in cx->arena. What is wrong, also what cannot be computed, is in
 * `faults`; then *quadro is NULL. `noti`: are names to be those of the ambito's bodies? An older
 * definition is read without, since bodies change. */
MUST_USE bool prospetto_parse(struct cx *cx, const char *text, size_t size, bool noti,
                              struct definizione_faults *faults, struct quadro **quadro);
/* A new definition (id ID_NONE) or the next version of a draft, with all that follows from it.
 * `anno`, `origine` and, of an existing one, `versione` are the caller's; the rest is filled in. A
 * version that is no longer the last is ERR_CONFLICT. With faults nothing is saved. */
MUST_USE bool prospetto_save(struct cx *cx, struct prospetto *prospetto, const char *text,
                             size_t size, struct definizione_faults *faults);
/* From now on it stays as it is; its instalments enter the ledger. */
MUST_USE bool prospetto_approve(struct cx *cx, struct prospetto *prospetto, const char *atto,
                                struct day giorno, struct definizione_faults *faults);
/* A draft of another year with the same text, due dates moved by as many years. */
MUST_USE bool prospetto_copy(struct cx *cx, const struct prospetto *from, int64_t anno,
                             struct prospetto *copia, struct definizione_faults *faults);
/* Table of a version (0 = the last), computed anew; `uguale`: is it, to the cent, what was saved?
 */
MUST_USE bool prospetto_quadro(struct cx *cx, const struct prospetto *prospetto, int64_t versione,
                               struct quadro **quadro, bool *uguale);

/* ---- the ledger (rate.c) ----------------------------------------------------------------------
 */

/* `rata_filtro.anno` INT_NONE and `prospetto` ID_NONE: all. List of struct conto. */
MUST_USE bool conto_list(struct cx *cx, const struct rata_filtro *filtro, struct list *list);

/* An instalment as lists show it. */
struct rata_vista {
    struct id id;
    const char *pagante, *titolo, *stato;
    int64_t numero, ritardo; /* days late; INT_NONE: it is not */
    struct day scadenza;
    struct money totale, fattura, trasferimento, fatturato, incassato, resto;
};
extern const struct field rata_vista_fields[];
struct rata_vista rata_vista_of(const struct rata_riga *riga, struct day today);

struct movimento_nuovo {
    struct id prospetto;
    const char *pagante;
    enum movimento_tipo tipo;
    struct day giorno;
    struct money importo;
    int64_t numero;        /* of the instalment; 0 = the oldest debts first */
    enum rata_parte parte; /* PARTI = either */
    const char *riferimento;
};
/* A refusal is *esito, with nothing saved; `capienza` tells how much would fit. */
MUST_USE bool movimento_add(struct cx *cx, const struct movimento_nuovo *nuovo, struct id *id,
                            enum movimento_esito *esito, struct money *capienza);
/* The same lines with the opposite sign. */
MUST_USE bool movimento_reverse(struct cx *cx, struct id id, const char *motivo,
                                enum movimento_esito *esito);

/* The published tables of 2025, the first approved, with some instalments paid and one late. */
MUST_USE bool riparto_demo(struct cx *cx);

extern const struct module riparto_module;

#endif
