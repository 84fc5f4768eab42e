/* Between the files of the room's pages. */
#ifndef ZONALE_MOD_ENTI_PAGES_H
#define ZONALE_MOD_ENTI_PAGES_H

#include "kit/cli/cli.h"
#include "kit/web/web.h"

extern const struct web_list enti_lista, servizi_lista;
extern const struct cli_command enti_commands[];

#endif
