/* What the commands of this room share. */
#ifndef ZONALE_MOD_BILANCIO_COMMANDS_H
#define ZONALE_MOD_BILANCIO_COMMANDS_H

#include "mod/bilancio/inside.h"

#include <jansson.h>

/* The budget of --anno, or the latest, as it stood on --al; false: said, with *code. */
bool bilancio_cli(struct cx *cx, struct cli *cli, struct bilancio *bilancio, int *code);
/* "1430038.80"; null when it is not known. */
json_t *cli_amount(struct money value);
void cli_print_json(struct cli *cli, json_t *root);

/* Lines of an amendment: {voce, fonte, importo}. */
json_t *bilancio_lines_json(const struct bilancio *bilancio, const struct variazione *lines);
/* A whole file as text; NULL: said on stderr. */
const char *bilancio_cli_file(struct cx *cx, struct cli *cli, const char *name);

/* commands.c, commands_variazione.c, commands_conto.c */
cli_run bilancio_run_mostra, bilancio_run_verifica;
cli_run bilancio_run_variazioni, bilancio_run_varia, bilancio_run_approva, bilancio_run_chiudi;
cli_run bilancio_run_fonti, bilancio_run_impegna, bilancio_run_liquida, bilancio_run_paga;
cli_run bilancio_run_storna, bilancio_run_scritture, bilancio_run_previsione;
cli_run bilancio_run_rendiconto, bilancio_run_anni;

/* commands_importa.c */
cli_run bilancio_run_importa;
extern const struct cli_option bilancio_importa_options[];

#endif
