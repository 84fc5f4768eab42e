/* Rows of the command line: zonale audit verify, zonale audit list. */
#ifndef ZONALE_MOD_AUDIT_COMMANDS_H
#define ZONALE_MOD_AUDIT_COMMANDS_H

#include "kit/cli/cli.h"

extern const struct cli_command audit_commands[];

#endif
