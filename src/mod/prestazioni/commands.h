/* The command line of this room. */
#ifndef ZONALE_MOD_PRESTAZIONI_COMMANDS_H
#define ZONALE_MOD_PRESTAZIONI_COMMANDS_H

#include "kit/cli/cli.h"

extern const struct cli_command prestazioni_commands[];

#endif
