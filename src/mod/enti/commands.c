/* zonale enti elenco | importa, zonale servizi elenco | importa */
#include "mod/enti/pages.h"
#include "mod/enti/store.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE_SIZE = 4 << 20 };

static int elenco(struct cx *cx, struct cli *cli)
{
    const struct enti_filtro filter = {.cerca = cli_text(cli, "cerca"),
                                       .tipo = cli_text(cli, "tipo")};
    struct list rows;

    if (filter.tipo != NULL && ente_tipo_parse(filter.tipo) == TIPI)
        (void)FAIL(cx, ERR_INPUT, "--tipo può essere ambito, unione, comune o erogatore");
    if (cx->err.code != ERR_NONE || !store_ente_rows(cx, &filter, NULL, ENTI_MAX, &rows))
        return cli_fail(cx, cli);
    cli_rows(cx, cli, ente_riga_fields, &rows);
    return EXIT_DONE;
}

static int servizi_elenco(struct cx *cx, struct cli *cli)
{
    struct list rows;

    if (!servizio_list(cx, &rows))
        return cli_fail(cx, cli);
    cli_rows(cx, cli, servizio_fields, &rows);
    return EXIT_DONE;
}

/* A whole table of the user's; NULL: the reason is said. */
static const char *read_table(struct cx *cx, struct cli *cli, const char *name)
{
    FILE *file = cli_open(cli, name, "r");
    char *text;
    size_t size;

    if (file == NULL)
        return NULL;
    text = arena_alloc(cx->arena, TABLE_SIZE + 1);
    size = fread(text, 1, TABLE_SIZE + 1, file);
    cli_close(cli, file);
    if (size > TABLE_SIZE || memchr(text, '\0', size) != NULL) {
        (void)FAIL(cx, ERR_INPUT, "%s: non è una tabella di testo, o supera 4 MiB", name);
        (void)cli_fail(cx, cli);
        return NULL;
    }
    text[size] = '\0';
    return text;
}

static int importa(struct cx *cx, struct cli *cli)
{
    const char *name = cli_text(cli, "file"), *text;
    int64_t anno = INT_NONE;

    if (!cli_int(cli, "anno", &anno))
        return EXIT_USAGE;
    if (anno < 1861 || anno > 9999) {
        (void)FAIL(cx, ERR_INPUT, "--anno: da 1861 a 9999");
        return cli_fail(cx, cli);
    }
    text = read_table(cx, cli, name);
    if (text == NULL)
        return EXIT_USAGE;
    if (!enti_import(cx, name, text, (int)anno))
        return cli_fail(cx, cli);
    fprintf(cli_out(cli), "Comuni caricati.\n");
    return EXIT_DONE;
}

static int servizi_importa(struct cx *cx, struct cli *cli)
{
    const char *name = cli_text(cli, "file"), *text = read_table(cx, cli, name);

    if (text == NULL)
        return EXIT_USAGE;
    if (!servizi_import(cx, name, text))
        return cli_fail(cx, cli);
    fprintf(cli_out(cli), "Servizi caricati.\n");
    return EXIT_DONE;
}

static const struct cli_option elenco_options[] = {
    {"tipo", "TIPO", "ambito, unione, comune o erogatore", false},
    {"cerca", "NOME", "le prime lettere del nome", false},
    {NULL},
};
static const struct cli_option importa_options[] = {
    {"!file", NULL, "tabella (testo con tabulazioni)", true},
    {"anno", "ANNO", "anno della popolazione (31 dicembre)", true},
    {NULL},
};
static const struct cli_option servizi_importa_options[] = {
    {"!file", NULL, "tabella (testo con tabulazioni)", true},
    {NULL},
};

const struct cli_command enti_commands[] = {
    {"enti elenco", "Elenca gli enti con l’ultima popolazione",
     " zonale enti elenco --tipo comune --json\n", elenco_options, CLI_READ, elenco, false},
    {"enti importa", "Carica i comuni e la loro popolazione",
     " zonale enti importa comuni.tsv --anno 2023\n"
     "\n"
     "Colonne: istat, belfiore, nome, sotto_ambito, paga (chi paga le quote), abitanti, over65, "
     "famiglie. Un errore dice riga e colonna, e non cambia nulla. Lo stesso file due volte non "
     "cambia "
     "nulla.\n",
     importa_options, CLI_WRITE, importa, true},
    {"servizi elenco", "Elenca i servizi dell’ambito", NULL, NULL, CLI_READ, servizi_elenco, false},
    {"servizi importa", "Carica i servizi",
     " zonale servizi importa servizi.tsv\n"
     "\n"
     "Colonne: codice, nome, unita (ora, giorno, mese, pasto), area, voce.\n",
     servizi_importa_options, CLI_WRITE, servizi_importa, true},
    {NULL},
};
