/* What the pages of this room share. */
#ifndef ZONALE_MOD_VALUTAZIONI_PAGES_H
#define ZONALE_MOD_VALUTAZIONI_PAGES_H

#include "kit/web/web.h"
#include "mod/cartella/cartella.h"
#include "mod/valutazioni/valutazioni.h"

struct doc;

/* pages.c */
/* "/cartelle/<id>/valutazioni<tail>" in the arena. */
const char *valutazioni_href(struct cx *cx, struct id cartella, const char *tail);
/* May cx->who do this to an assessment of this sensitivity in this record? */
MUST_USE bool valutazione_decide(struct cx *cx, const struct cartella *cartella, int64_t riserbo,
                                 enum authz_action action, bool *yes);
/* Breadcrumbs and the person's header; `here` is the last crumb. */
MUST_USE bool valutazioni_head(struct cx *cx, struct web_req *req, struct web_res *res,
                               struct tv *page, const struct cartella *cartella, const char *here);
/* The versions of the one that the path names; what is not there or not for cx->who is
 * ERR_NOT_FOUND. */
MUST_USE bool valutazione_named(struct cx *cx, struct web_req *req, struct cartella *cartella,
                                struct list *versions);
/* Lists `sezioni` of items with their answers, `totali`. */
void esito_show(struct cx *cx, struct tv *page, const struct valutazione_letta *letta);
const char *riserbo_words(int64_t riserbo); /* NULL for an ordinary one */

/* pages_confronto.c: those of one record */
web_handler valutazioni_page;

/* pages_compila.c: a new one, a correction */
extern const struct web_form compila_form;
web_handler compila_page, compila_save, correggi_page, correggi_save;

/* pages_schede.c: the forms */
extern const struct web_form scheda_form, offri_form;
web_handler schede_page, scheda_page, scheda_nuova_page, scheda_nuova_save, scheda_modifica_page,
    scheda_modifica_save, offri_save;

/* pages_lista.c */
extern const struct web_list valutazioni_lista;

/* papers.c */
struct doc *valutazione_paper(struct arena *arena, const struct valutazione_letta *letta,
                              const char *ente, const char *persona);

#endif
