/* What the pages of this room share. */
#ifndef ZONALE_MOD_RIPARTO_PAGES_H
#define ZONALE_MOD_RIPARTO_PAGES_H

#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/riparto/riparto.h"

extern const struct web_route riparto_routes[];
extern const struct menu_item riparto_menu[];

/* pages.c */
extern const struct web_object prospetto_object, rata_object, movimento_object;
/* "/riparti/<id><tail>" */
const char *riparto_href(struct cx *cx, struct id id, const char *tail);
/* A line of {{>kit/pairs}}; `href` may be NULL. */
void riparto_pair(struct tv *pairs, const char *label, const char *text, const char *href);
const char *euro_text(struct cx *cx, struct money amount);
/* "/riparti/rate/<id>" (pages_rate.c) */
const char *rata_href(struct cx *cx, struct id id);
const char *metodo_title(const char *name); /* "Quota pro capite" */

/* pages_lista.c, pages_lista_rate.c */
extern const struct web_list prospetti_lista, rate_lista;

/* pages_prospetto.c: a definition, its table, each cell's reasons */
extern const struct web_form prospetto_query;
web_handler prospetto_page;

/* pages_modifica.c: write, approve, copy */
extern const struct web_form riparto_nuovo_query, prospetto_form, riparto_nuovo_form,
    riparto_approva_form, riparto_copia_form;
web_handler riparto_nuovo_page, riparto_nuovo_save, riparto_modifica_page, riparto_modifica_save,
    riparto_approva_save, riparto_copia_save;

/* pages_confronto.c */
extern const struct web_form riparto_confronto_query;
web_handler riparto_confronto_page;

/* pages_carte.c: files and letters */
extern const struct web_form riparto_carta_query, riparto_lettera_query, sollecito_query;
web_handler riparto_esporta_page, riparto_lettere_page, solleciti_lettere_page;

/* pages_rate.c: the ledger at a glance, reminders */
extern const struct web_form scadenzario_query;
web_handler scadenzario_page, solleciti_page;

/* pages_conto.c: what a payer owes, entries, reversals */
extern const struct web_form registra_form, storna_form;
web_handler conto_page, registra_save, movimento_page, storna_save;

#endif
