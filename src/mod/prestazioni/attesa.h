/* What a service will still cost the ambito: told to the budget whenever it changes. */
#ifndef ZONALE_MOD_PRESTAZIONI_ATTESA_H
#define ZONALE_MOD_PRESTAZIONI_ATTESA_H

#include "mod/prestazioni/prestazioni.h"

/* Units that remain, at what one has cost the ambito lately; nothing when it is over, or when its
 * item is in no budget of this year. */
MUST_USE bool attesa_tell(struct cx *cx, const struct prestazione *p);

#endif
