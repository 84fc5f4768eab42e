/* Pages that keep nothing: a published table against its rule, hypotheses side by side. */
#ifndef ZONALE_MOD_RIPARTO_PAGES_PROVA_H
#define ZONALE_MOD_RIPARTO_PAGES_PROVA_H

#include "kit/web/web.h"
#include "mod/riparto/riparto.h"

enum { PROVA_PROSPETTI = 200 };

/* pages_prova.c: stored definitions to choose from, ended by {NULL, NULL}; the text of one, whose
 * id is typed in a field: NULL with a fault beside the field where there is none. */
MUST_USE bool prova_choices(struct cx *cx, const struct web_choice **choices);
MUST_USE bool prova_text(struct cx *cx, struct web_req *req, const char *field, const char *id,
                         struct prospetto *prospetto, const char **testo);
void prova_exports(struct cx *cx, struct tv *page, const char *base);

/* pages_verifica.c */
extern const struct web_form tabella_form;
web_handler tabella_page, tabella_before, tabella_show;

/* pages_simula.c */
extern const struct web_form ipotesi_query, ipotesi_file_query;
web_handler ipotesi_page, ipotesi_file;

#endif
