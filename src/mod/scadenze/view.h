/* What the pages of this room share. */
#ifndef ZONALE_MOD_SCADENZE_VIEW_H
#define ZONALE_MOD_SCADENZE_VIEW_H

#include "kit/web/web.h"
#include "mod/scadenze/scadenze.h"

extern const struct web_list scadenze_elenco;
/* The kinds as choices; those that other rooms know only where asked. */
const struct web_choice *scadenza_choices(struct cx *cx, bool altrove);

#endif
