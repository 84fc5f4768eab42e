/* zonale rette calcola | piani | importa */
#include "mod/rette/commands.h"

#include <jansson.h>
#include <string.h>

/* ---- calcola ---------------------------------------------------------------------------- */

struct domanda {
    const char *servizio;
    const char *variante;
    struct retta_caso caso;
    struct isee isee;
};

/* The question out of the options; false: said on stderr. */
static bool read_domanda(struct cx *cx, struct cli *cli, struct domanda *domanda)
{
    *domanda = (struct domanda){.servizio = cli_text(cli, "servizio"),
                                .variante = cli_text(cli, "variante")};
    struct isee *isee = &domanda->isee;
    struct retta_caso *caso = &domanda->caso;
    caso->giorno = cx->today;
    caso->non_residente = cli_flag(cli, "non-residente");
    isee->valore = MONEY_INVALID;
    if (!cli_day(cli, "data", &caso->giorno) || !cli_money(cli, "isee", &isee->valore))
        return false;
    isee->sottoscritta = day_of(day_civil(caso->giorno).year, 1, 1);
    if (!cli_day(cli, "firmato", &isee->sottoscritta))
        return false;
    const char *tipo = cli_text(cli, "tipo");
    isee->tipo = tipo == NULL ? ISEE_ORDINARIO : isee_tipo_parse(tipo);
    if (isee->tipo == ISEE_TIPI) {
        fprintf(cli_err(cli), "--tipo: «%s» non è fra %s\n", tipo,
                isee_tipi_words(cx->arena, ISEE_QUALSIASI));
        return false;
    }
    isee->scadenza = isee_expiry(isee->tipo, isee->sottoscritta);
    if (money_ok(isee->valore))
        caso->isee = isee;
    return true;
}

static const char *machine(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return money_ok(amount) ? arena_strdup(cx->arena, money_machine(amount, text)) : NULL;
}

static const char *iso(struct cx *cx, struct day day)
{
    char text[DAY_TEXT];
    return day_known(day) ? arena_strdup(cx->arena, day_iso(day, text)) : NULL;
}

static json_t *isee_json(struct cx *cx, const struct retta *retta)
{
    if (retta->isee == NULL)
        return json_null();
    return json_pack("{s:s, s:s, s:s, s:s, s:b}", "tipo", isee_tipo_name(retta->isee->tipo),
                     "valore", machine(cx, retta->isee->valore), "sottoscritta",
                     iso(cx, retta->isee->sottoscritta), "scadenza", iso(cx, retta->isee->scadenza),
                     "usato", retta->uso == RETTA_ISEE_USATO);
}

static void print_json(struct cx *cx, struct cli *cli, const struct piano *piano,
                       const struct retta *retta)
{
    char id[ID_TEXT];
    json_t *lines = json_array();
    for (size_t i = 0; i < retta->righe; i++)
        json_array_append_new(lines, json_string(retta->spiegazione[i]));
    json_t *plan = json_pack("{s:s, s:s, s:s, s:s?, s:s}", "id", id_text(piano->id, id), "servizio",
                             piano->servizio, "variante", piano->variante, "atto", piano->atto,
                             "dal", iso(cx, piano->validita.from));
    json_t *root = json_pack("{s:s?, s:s?, s:b, s:s?, s:o?, s:o, s:o, s:o}", "importo",
                             machine(cx, retta->importo), "unita", retta->unita, "festivo",
                             retta->festivo, "base", machine(cx, retta->base), "fascia",
                             retta->fascia < 0 ? NULL : json_integer(retta->fascia + 1), "isee",
                             isee_json(cx, retta), "piano", plan, "spiegazione", lines);
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

static void print_text(struct cli *cli, const struct retta *retta)
{
    char amount[MONEY_TEXT];
    if (retta->esito == RETTA_DOVUTA)
        fprintf(cli_out(cli), "%s euro %s\n\n", money_it(retta->importo, amount),
                unita_each(retta->unita));
    for (size_t i = 0; i < retta->righe; i++)
        fprintf(cli_out(cli), "%s\n", retta->spiegazione[i]);
}

/* Which plans there are, when the one that was asked for is not. */
static int no_plan(struct cx *cx, struct cli *cli, const struct domanda *domanda)
{
    struct piano *piani;
    size_t count;
    char day[DAY_TEXT];
    if (!store_piano_at(cx, domanda->servizio, domanda->caso.giorno, &piani, &count))
        return cli_fail(cx, cli);
    fprintf(cli_err(cli), "nessun piano di %s%s%s è in vigore il %s", domanda->servizio,
            domanda->variante != NULL ? ", variante " : "",
            domanda->variante != NULL ? domanda->variante : "", day_it(domanda->caso.giorno, day));
    for (size_t i = 0; i < count; i++)
        fprintf(cli_err(cli), "%s%s%s", i == 0 ? "; varianti: " : ", ", piani[i].variante,
                rate_ok(piani[i].festivo) ? ", festivo" : "");
    fputc('\n', cli_err(cli));
    return EXIT_NOT_FOUND;
}

static int run_calcola(struct cx *cx, struct cli *cli)
{
    struct domanda domanda;
    struct piano piano;
    struct retta retta;
    bool found;
    if (!read_domanda(cx, cli, &domanda))
        return EXIT_USAGE;
    if (!piano_in_force(cx, domanda.servizio, domanda.variante, domanda.caso.giorno, &piano,
                        &domanda.caso.festivo, &found))
        return cli_fail(cx, cli);
    if (!found)
        return no_plan(cx, cli, &domanda);
    retta_compute(&piano, &domanda.caso, &retta);
    retta_explain(cx->arena, &piano, &retta);
    if (cli_json(cli))
        print_json(cx, cli, &piano, &retta);
    else
        print_text(cli, &retta);
    return retta.esito == RETTA_DOVUTA ? EXIT_DONE : EXIT_FAILED;
}

/* ---- piani ------------------------------------------------------------------------------ */

static json_t *riga_json(struct cx *cx, const struct piano_riga *riga)
{
    char id[ID_TEXT];
    return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s}", "id",
                     id_text(riga->id, id), "servizio", riga->servizio, "variante", riga->variante,
                     "tipo", riga->tipo, "unita", riga->unita, "atto", riga->atto, "dal",
                     iso(cx, riga->dal), "al", iso(cx, riga->al), "stato", riga->stato);
}

static int run_piani(struct cx *cx, struct cli *cli)
{
    struct piani_filtro filtro = {.servizio = cli_text(cli, "servizio"), .giorno = DAY_NONE};
    struct list rows;
    char from[DAY_TEXT], to[DAY_TEXT];
    if (!cli_day(cli, "data", &filtro.giorno))
        return EXIT_USAGE;
    if (!store_piano_rows(cx, &filtro, PIANI_PER_SERVIZIO, NULL, PIANI_MAX, &rows))
        return cli_fail(cx, cli);
    json_t *all = json_array();
    LIST_EACH (&rows, struct piano_riga, riga) {
        if (cli_json(cli)) {
            json_array_append_new(all, riga_json(cx, riga));
            continue;
        }
        fprintf(cli_out(cli), "%-6s %-20s %-8s %-7s %-10s %10s  %-10s  %s\n", riga->servizio,
                riga->variante, riga->tipo, riga->unita != NULL ? riga->unita : "", riga->stato,
                day_it(riga->dal, from), day_it(riga->al, to),
                riga->atto != NULL ? riga->atto : "");
    }
    if (cli_json(cli)) {
        json_dumpf(all, cli_out(cli), JSON_INDENT(2));
        fputc('\n', cli_out(cli));
    }
    json_decref(all);
    return EXIT_DONE;
}

/* ---- importa ---------------------------------------------------------------------------- */

bool tariffe_file(struct cx *cx, struct cli *cli, const char *name, char **text, size_t *size)
{
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return false;
    *text = arena_alloc(cx->arena, TARIFFE_SIZE + 1);
    *size = fread(*text, 1, TARIFFE_SIZE + 1, file);
    bool ok = ferror(file) == 0;
    cli_close(cli, file);
    if (!ok)
        fprintf(cli_err(cli), "%s: non si riesce a leggere\n", name);
    return ok;
}

void tariffe_print_faults(struct cli *cli, const char *name, const struct tariffe *tariffe)
{
    for (size_t i = 0; i < tariffe->fault_count; i++) {
        const struct tariffe_fault *fault = &tariffe->faults[i];
        if (fault->line > 0)
            fprintf(cli_err(cli), "%s:%zu: %s%s%s\n", name, fault->line, fault->column,
                    *fault->column == '\0' ? "" : ": ", fault->text);
        else
            fprintf(cli_err(cli), "%s: %s\n", name, fault->text);
    }
    if (tariffe->fault_count == TARIFFE_FAULTS)
        fprintf(cli_err(cli), "%s: … e forse altri\n", name);
}

static int run_importa(struct cx *cx, struct cli *cli)
{
    const char *name = cli_text(cli, "file");
    bool prova = cli_flag(cli, "prova");
    struct day dal = DAY_NONE;
    struct tariffe tariffe;
    struct rette_importazione esito;
    char *text;
    size_t size;
    if (!cli_day(cli, "dal", &dal) || !tariffe_file(cx, cli, name, &text, &size))
        return EXIT_USAGE;
    tariffe_read(cx->arena, text, size, cli_text(cli, "atto"), dal, &tariffe);
    if (tariffe.fault_count == 0 && !rette_import(cx, &tariffe, prova, &esito))
        return cli_fail(cx, cli);
    if (tariffe.fault_count > 0) {
        tariffe_print_faults(cli, name, &tariffe);
        fprintf(cli_err(cli), "non è stato importato nulla\n");
        return EXIT_USAGE;
    }
    if (cli_json(cli))
        fprintf(cli_out(cli),
                "{\"piani\": %zu, \"nuovi\": %zu, \"presenti\": %zu, \"prova\": %s}\n",
                tariffe.count, esito.nuovi, esito.presenti, prova ? "true" : "false");
    else
        fprintf(cli_out(cli), "%zu piani: %zu %s, %zu già presenti\n", tariffe.count, esito.nuovi,
                prova ? "da mettere in vigore" : "messi in vigore", esito.presenti);
    return EXIT_DONE;
}

/* ---- table ------------------------------------------------------------------------------ */

static const struct cli_option calcola_options[] = {
    {"servizio", "SIGLA", "servizio, per esempio SAD", true},
    {"variante", "NOME", "variante del piano (feriale, festivo…); non serve se è una sola", false},
    {"isee", "EURO", "valore dell’ISEE; senza, si calcola come per chi non lo presenta", false},
    {"tipo", "TIPO", "ordinario, sociosanitario, residenze, minorenni, corrente", false},
    {"firmato", "DATA", "giorno della DSU; se manca, il 1° gennaio dello stesso anno", false},
    {"data", "DATA", "giorno del servizio; se manca, oggi", false},
    {"non-residente", NULL, "la persona non risiede nell’ambito", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option piani_options[] = {
    {"servizio", "SIGLA", "solo i piani di questo servizio", false},
    {"data", "DATA", "solo i piani che valgono in questo giorno", false},
    {NULL, NULL, NULL, false}};

static const struct cli_option importa_options[] = {
    {"!file", "FILE", "tabella di tariffe (TSV); «-» è l’ingresso", true},
    {"prova", NULL, "controlla e dice che cosa farebbe, senza scrivere", false},
    {"atto", "TESTO", "l’atto che approva, per i piani che non lo dicono", false},
    {"dal", "DATA", "da quando valgono i piani che non lo dicono", false},
    {NULL, NULL, NULL, false}};

const struct cli_command rette_commands[] = {
    {.name = "rette calcola",
     .summary = "Calcola una retta e ne spiega le ragioni",
     .help =
         "  zonale rette calcola --servizio SAD --variante festivo --isee 6000 --data 2025-03-10\n"
         "\n"
         "Stampa quanto si paga per un’unità del servizio in quel giorno e perché: piano e atto,"
         " ISEE e scadenza, fascia o formula, maggiorazioni nell’ordine.",
     .options = calcola_options,
     .need = CLI_READ,
     .run = run_calcola},
    {.name = "rette piani",
     .summary = "Elenca i piani tariffari",
     .help = "  zonale rette piani --data 2025-03-10\n\n"
             "Servizio, variante, tipo, unità, stato, dal, al, atto.",
     .options = piani_options,
     .need = CLI_READ,
     .run = run_piani},
    {.name = "rette importa",
     .summary = "Mette in vigore i piani di una tabella",
     .help = "  zonale rette importa tariffe_2026.tsv --prova\n\n"
             "Tutti o nessuno: una riga sbagliata ferma l’importazione e ogni errore è detto con"
             " file, riga e colonna. Un piano già presente e uguale non cambia nulla; la versione"
             " precedente finisce il giorno prima.",
     .options = importa_options,
     .need = CLI_WRITE,
     .run = run_importa,
     .input = true},
    {.name = "rette confronta",
     .summary = "Mette due piani uno accanto all’altro, fascia per fascia",
     .help = "  zonale rette confronta --prima SAD/feriale --dopo SAD/feriale/2026-01-01\n\n"
             "L’ISEE è diviso dove cambia l’uno o l’altro piano; di ogni tratto si dice quanto si"
             " paga prima e dopo e la differenza, in euro e in percento.",
     .options = rette_confronta_options,
     .need = CLI_READ,
     .run = rette_piano_confronta},
    {.name = "rette esporta",
     .summary = "Scrive i piani nella tabella che importa legge",
     .help = "  zonale rette esporta tariffe.tsv --servizio SAD\n\n"
             "La tabella importata di nuovo dà gli stessi piani.",
     .options = rette_esporta_options,
     .need = CLI_READ,
     .run = rette_piano_esporta},
    {.name = "rette controlla",
     .summary = "Controlla una tabella di tariffe senza scrivere nulla",
     .help = "  zonale rette controlla tariffe_2026.tsv --json\n\n"
             "Ogni errore è detto con file, riga, colonna e ragione; fasce vuote o sovrapposte sono"
             " nominate tutte e due.",
     .options = rette_controlla_options,
     .need = CLI_NOTHING,
     .run = rette_piano_controlla},
    {.name = NULL}};
