/* Apportionments: front door of the room. The rules are in rules.h. */
#ifndef ZONALE_MOD_RIPARTO_RIPARTO_H
#define ZONALE_MOD_RIPARTO_RIPARTO_H

#include "kit/module.h"
#include "mod/riparto/rules.h"

/* The outcome in words for the user; never NULL. */
const char *riparto_esito_text(enum riparto_esito esito);

extern const struct module riparto_module;

#endif
