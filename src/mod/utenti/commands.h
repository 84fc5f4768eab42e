/* Rows of the command line: zonale user ... */
#ifndef ZONALE_MOD_UTENTI_COMMANDS_H
#define ZONALE_MOD_UTENTI_COMMANDS_H

#include "kit/cli/cli.h"

extern const struct cli_command utenti_commands[];

#endif
