/* The commands of this room, by the file that runs them, and what they share. */
#ifndef ZONALE_MOD_RIPARTO_COMMANDS_H
#define ZONALE_MOD_RIPARTO_COMMANDS_H

#include "kit/cli/cli.h"
#include "mod/riparto/fonte.h"

#include <jansson.h>

/* commands.c: definitions from files */
cli_run run_calcola, run_verifica;
/* commands_simula.c */
cli_run run_simula;

/* A file as text, whether it is one or a spreadsheet. False: the reason is said. */
MUST_USE bool read_file(struct cx *cx, struct cli *cli, const char *name, struct bytes *text);
/* The definition, then its table: EXIT_DONE, or the reason is said. */
int load_text(struct cx *cx, struct cli *cli, const struct fonte *fonte, struct definizione **def);
int load_quadro(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                const struct definizione *def, struct quadro *quadro);
/* Where, which column, why; EXIT_USAGE. */
int print_faults(struct cx *cx, struct cli *cli, const struct fonte *fonte,
                 const struct definizione_faults *faults);

enum { NAME_WIDTH = 40 };
/* Left-aligned by characters, which printf counts as bytes. */
void print_name(struct cli *cli, const char *text, size_t width);
json_t *amount_json(struct money value);
json_t *percent_json(int64_t hundredths);
/* Takes the reference. */
void print_json(struct cli *cli, json_t *root);
/* commands_rate.c: what is stored, and the ledger */
cli_run run_prospetti, run_salva, run_approva, run_rate, run_incassi, run_registra, run_storna,
    run_anticipo;

#endif
