/* What the page files of this room share. */
#ifndef ZONALE_MOD_PRESTAZIONI_PAGES_H
#define ZONALE_MOD_PRESTAZIONI_PAGES_H

#include "mod/enti/enti.h"
#include "mod/prestazioni/store.h"
#include "mod/rette/rette.h"

extern const struct web_list prestazioni_lista;

/* The month's grid, and what happens to its bill. */
extern const struct web_form mese_form, visto_form;
web_handler mese_page, mese_save, mese_verifica, mese_riapri, mese_ricalcola;

/* Faults of the rule beside their fields; true when there were some. */
bool faults_show(struct web_req *req, const struct prestazione_faults *faults);
/* A pair for {{>kit/pairs}}. */
void pair_show(struct tv *pairs, const char *label, const char *text, const char *href);
const char *prestazione_href(struct cx *cx, struct id id, const char *tail);
const char *money_words(struct cx *cx, struct money amount); /* "2,60 €"; NULL when not known */
/* "Rossi Maria" with the service: crumbs and facts that all pages of a service begin with. */
struct prestazione_vista {
    struct prestazione p;
    struct servizio servizio;
    struct ente erogatore;
    enum unita unita;
    const char *nome;
};
MUST_USE bool prestazione_view(struct cx *cx, struct id id, struct prestazione_vista *vista);
/* The budget item: given, committed, left; under `voce`, empty for who may not read budgets. */
MUST_USE bool voce_show(struct cx *cx, const struct web_req *req, struct tv *page,
                        const struct servizio *servizio, int anno);

#endif
