/* The commands of this room, by the file that runs them. */
#ifndef ZONALE_MOD_RIPARTO_COMMANDS_H
#define ZONALE_MOD_RIPARTO_COMMANDS_H

#include "kit/cli/cli.h"

/* commands.c: definitions from files */
cli_run run_calcola, run_verifica, run_simula;

#endif
