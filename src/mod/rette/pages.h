/* What the pages of this room share. */
#ifndef ZONALE_MOD_RETTE_PAGES_H
#define ZONALE_MOD_RETTE_PAGES_H

#include "mod/rette/inside.h"

/* "/rette/<id><tail>" */
const char *piano_href(struct cx *cx, struct id id, const char *tail);
/* "Assistenza domiciliare, feriale" */
const char *piano_title(struct cx *cx, const struct piano *piano);
/* A line of {{>kit/pairs}}. */
void pair(struct tv *pairs, const char *label, const char *text);
/* "5", "12,5" */
const char *percent_it(struct cx *cx, struct rate rate);
/* The lines of a computed fee under `calcolata`, `importo`, `unita`, `righe`; NULL: none. */
void retta_show(struct tv *page, const struct retta *retta);

/* ---- a plan (pages_piano.c) ---------------------------------------------------------------- */

extern const struct web_form prova_query;
web_handler piano_page, piano_tabella_page;

/* ---- editor (pages_edit.c) ---------------------------------------------------------------- */

extern const struct web_form piano_form;
web_handler piano_nuovo_page, piano_nuovo_save, piano_copia_page, piano_modifica_page,
    piano_modifica_save;

/* ---- rows of bands in the editor (pages_fasce.c) -------------------------------------------- */

/* What a button asks of the rows as typed: "aggiungi", "inserisci_3" (below the third), "togli_3".
 * Anything else changes nothing. */
void fasce_change(struct cx *cx, struct web_req *req, const char *azione);
/* The rows under `fasce`, as many as were shown and asked for; `mostra`: of a page not yet sent. */
void fasce_show(struct web_req *req, struct tv *page, int64_t mostra);

/* ---- two plans (pages_confronto.c) --------------------------------------------------------- */

extern const struct web_form confronto_query;
web_handler confronto_page;

/* ---- attestations about to expire (pages_scadenze.c) ---------------------------------------- */

extern const struct web_list scadenze_lista;
web_handler promemoria_page;

/* ---- attestations (pages_isee.c) ---------------------------------------------------------- */

extern const struct web_form isee_form, isee_query, isee_annul_form, avviso_query;
web_handler isee_page, isee_save, isee_annul_save, avviso_page;

#endif
