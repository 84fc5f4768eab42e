/* What the command files of this room share. */
#ifndef ZONALE_MOD_RETTE_COMMANDS_H
#define ZONALE_MOD_RETTE_COMMANDS_H

#include "mod/rette/inside.h"

/* The text of a fee table named on the command line; false: said on stderr. */
bool tariffe_file(struct cx *cx, struct cli *cli, const char *name, char **text, size_t *size);
/* "tariffe.tsv:7: isee_da: ..." for each fault. */
void tariffe_print_faults(struct cli *cli, const char *name, const struct tariffe *tariffe);

/* ---- one plan, or two (commands_piano.c) --------------------------------------------------- */

extern const struct cli_option rette_confronta_options[], rette_esporta_options[],
    rette_controlla_options[];
cli_run rette_piano_confronta, rette_piano_esporta, rette_piano_controlla;

#endif
