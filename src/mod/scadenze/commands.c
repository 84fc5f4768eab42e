/* zonale scadenze elenca | riassunto: what a user's list shows, and how many without names. */
#include "mod/scadenze/commands.h"

#include "mod/scadenze/scadenze.h"
#include "mod/utenti/utenti.h"

#include <inttypes.h>
#include <string.h>

enum { GIORNI = 30, GIORNI_MAX = 3650, RIGHE_MAX = 5000, VOCI_MAX = 64 };

/* The list as that user sees it: his rights, not those of who gives the command. */
static int load(struct cx *cx, struct cli *cli, struct list *rows)
{
    struct utente utente;
    struct who *who = ARENA_NEW(cx->arena, struct who);
    const char *name = cli_text(cli, "utente");
    int64_t days = GIORNI;
    bool found;
    if (!cli_int(cli, "entro", &days))
        return EXIT_USAGE;
    if (days < 0 || days > GIORNI_MAX) {
        fprintf(cli_err(cli), "--entro: da 0 a %d giorni\n", GIORNI_MAX);
        return EXIT_USAGE;
    }
    if (!utente_by_name(cx, name, &utente, &found) ||
        (found && !utente_who(cx, utente.id, who, &found)))
        return cli_fail(cx, cli);
    if (!found || !utente_permitted(who, "scadenze.leggi")) {
        fprintf(cli_err(cli), "%s: nessun utente che veda scadenze\n", name);
        return EXIT_NOT_FOUND;
    }
    const struct who *giver = cx->who;
    struct scadenza_pagina page = {
        .dal = DAY_NONE, .al = day_add(cx->today, (int)days), .dopo = DAY_NONE, .limit = RIGHE_MAX};
    cx->who = who;
    bool ok = scadenza_page(cx, &page, rows);
    cx->who = giver;
    return ok ? EXIT_DONE : cli_fail(cx, cli);
}

static int run_elenca(struct cx *cx, struct cli *cli)
{
    struct list rows;
    int code = load(cx, cli, &rows);
    if (code == EXIT_DONE)
        cli_rows(cx, cli, scadenza_voce_fields, &rows);
    return code;
}

struct voce {
    const char *luce, *tipo;
    int64_t quante;
};
static const struct field voce_fields[] = {FIELD(voce, luce), FIELD(voce, tipo),
                                           FIELD(voce, quante), FIELD_END};

/* How many of each kind and light: nobody is named, so it may go by mail. */
static int run_riassunto(struct cx *cx, struct cli *cli)
{
    struct list rows;
    struct voce *voci = ARENA_NEWS(cx->arena, struct voce, VOCI_MAX);
    size_t count = 0;
    int code = load(cx, cli, &rows);
    if (code != EXIT_DONE)
        return code;
    LIST_EACH (&rows, struct scadenza_voce, row) {
        size_t i = 0;
        while (i < count &&
               (strcmp(voci[i].luce, row->luce) != 0 || strcmp(voci[i].tipo, row->tipo) != 0))
            i++;
        if (i == VOCI_MAX)
            continue;
        if (i == count)
            voci[count++] = (struct voce){row->luce, row->tipo, 0};
        voci[i].quante++;
    }
    cli_rows(cx, cli, voce_fields, &(struct list){voci, count, sizeof *voci, false});
    return EXIT_DONE;
}

static const struct cli_option options[] = {
    {"utente", "UTENTE", "nome con cui entra: l’elenco è quello che vede", true},
    {"entro", "GIORNI", "quanti giorni da oggi; se manca, 30. Le passate ci sono sempre", false},
    {NULL, NULL, NULL, false}};

const struct cli_command scadenze_commands[] = {
    {.name = "scadenze elenca",
     .summary = "Elenca le scadenze che un utente vede",
     .help = "  zonale scadenze elenca --utente anna.rossi --entro 15 --json\n\n"
             "Quelle passate e quelle dei prossimi giorni, con i nomi, come nella sua pagina.",
     .options = options,
     .need = CLI_READ,
     .run = run_elenca},
    {.name = "scadenze riassunto",
     .summary = "Dice quante scadenze ha un utente, senza nomi",
     .help = "  zonale scadenze riassunto --utente anna.rossi\n\n"
             "Per il messaggio del mattino: quante di ogni tipo e quanto vicine, mai di chi.",
     .options = options,
     .need = CLI_READ,
     .run = run_riassunto},
    {.name = NULL}};
