/* What the pages of this room share. */
#ifndef ZONALE_MOD_ACCESSO_VIEW_H
#define ZONALE_MOD_ACCESSO_VIEW_H

#include "kit/web/web.h"
#include "mod/accesso/accesso.h"

/* List `contatti` of {href, giorno, nome, canale, area, esito, chi} and `contatti_noti`. */
void contatti_show(struct tv *page, const struct list *list);

extern const struct web_list contatti_lista;
web_handler contatti_conteggi_page;
extern const struct web_form contatti_conteggi_form;

#endif
