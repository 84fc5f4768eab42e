/* The command line of this room. */
#ifndef ZONALE_MOD_SCADENZE_COMMANDS_H
#define ZONALE_MOD_SCADENZE_COMMANDS_H

#include "kit/cli/cli.h"

extern const struct cli_command scadenze_commands[];

#endif
