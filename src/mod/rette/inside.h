/* What the files of this room show to each other. */
#ifndef ZONALE_MOD_RETTE_INSIDE_H
#define ZONALE_MOD_RETTE_INSIDE_H

#include "kit/cli/cli.h"
#include "kit/doc/doc.h"
#include "kit/web/web.h"
#include "mod/rette/rette.h"
#include "mod/rette/store.h"

extern const struct web_route rette_routes[];
extern const struct cli_command rette_commands[];

#endif
