/* What the pages of this room share. */
#ifndef ZONALE_MOD_INVII_VIEW_H
#define ZONALE_MOD_INVII_VIEW_H

#include "kit/web/web.h"

extern const struct web_list invii_elenco;

#endif
