#ifndef ZONALE_MOD_PERSONE_PAGES_DOPPIONI_H
#define ZONALE_MOD_PERSONE_PAGES_DOPPIONI_H

#include "kit/web/web.h"
#include "mod/persone/persone.h"

extern const struct web_list doppioni_lista;
web_handler doppioni_cerca_page;
web_handler doppioni_cerca_start;
web_handler doppione_confronto;
web_handler doppione_unisci;
web_handler doppione_distingui;
web_handler fusione_separa;
extern const struct web_form doppione_form;
extern const struct web_form separa_form;

/* List `fusioni` of {chi, numero, quando, da, id}: those that hold. */
MUST_USE bool fusioni_show(struct cx *cx, struct tv *page, struct id persona);

#endif
