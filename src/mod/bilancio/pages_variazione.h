/* What the pages of amendments share. */
#ifndef ZONALE_MOD_BILANCIO_PAGES_VARIAZIONE_H
#define ZONALE_MOD_BILANCIO_PAGES_VARIAZIONE_H

#include "mod/bilancio/pages.h"

enum { RIGHE_MODULO = 12 }; /* lines that the editor has room for */

/* The form with its rows and the names to choose from; `action` is where it goes. */
void variazione_show_editor(struct web_req *req, struct tv *page, const struct bilancio *b,
                            const struct variazione_salvata *v, const struct variazione *lines,
                            const char *action);

#endif
