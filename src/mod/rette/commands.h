/* What the command files of this room share. */
#ifndef ZONALE_MOD_RETTE_COMMANDS_H
#define ZONALE_MOD_RETTE_COMMANDS_H

#include "mod/rette/inside.h"

/* ---- one plan, or two (commands_piano.c) --------------------------------------------------- */

extern const struct cli_option rette_confronta_options[], rette_esporta_options[],
    rette_controlla_options[];
cli_run rette_piano_confronta, rette_piano_esporta, rette_piano_controlla;

#endif
