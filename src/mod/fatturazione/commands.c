/* zonale fatturazione prova | chiudi | elenco | mostra | conguagli; rette regole … */
#include "mod/enti/enti.h"
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/inside.h"
#include "mod/prestazioni/prestazioni.h"

#include <jansson.h>
#include <string.h>

/* ---- shared -------------------------------------------------------------------------------- */

static json_t *amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

static void print_json(struct cli *cli, json_t *root)
{
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

/* Service and month out of the options; EXIT_DONE, or the reason is said. */
static int read_run(struct cx *cx, struct cli *cli, struct servizio *servizio, struct day *mese)
{
    const char *codice = cli_text(cli, "servizio"), *month = cli_text(cli, "mese");
    bool found;
    if (!mese_parse(month, mese)) {
        fprintf(cli_err(cli), "--mese: «%s» non è un mese: si scrive 2025-03\n", month);
        return EXIT_USAGE;
    }
    if (!servizio_by_code(cx, codice, servizio, &found))
        return cli_fail(cx, cli);
    if (!found)
        fprintf(cli_err(cli), "--servizio: non c’è un servizio «%s»\n", codice);
    return found ? EXIT_DONE : EXIT_NOT_FOUND;
}

/* The run of that service and month. */
static int find_run(struct cx *cx, struct cli *cli, struct servizio *servizio,
                    struct fatturazione *f)
{
    struct day mese;
    bool found;
    int code = read_run(cx, cli, servizio, &mese);
    if (code != EXIT_DONE)
        return code;
    if (!fatturazione_find(cx, servizio->id, mese, f, &found))
        return cli_fail(cx, cli);
    if (!found)
        fprintf(cli_err(cli), "di questo servizio e di questo mese non c’è una fatturazione\n");
    return found ? EXIT_DONE : EXIT_NOT_FOUND;
}

static json_t *run_json(const struct fatturazione *f, const char *servizio)
{
    char id[ID_TEXT], month[MESE_TEXT];
    return json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:o, s:o, s:o, s:o}", "id", id_text(f->id, id),
                     "servizio", servizio, "mese", mese_iso(f->mese, month), "stato", f->stato,
                     "utenti", (json_int_t)f->utenti, "anomalie", (json_int_t)f->anomalie, "retta",
                     amount(f->retta), "costo", amount(f->costo), "comune", amount(f->comune),
                     "ambito", amount(f->quota_ambito));
}

static void run_text(struct cli *cli, const struct fatturazione *f, const char *servizio)
{
    char month[MESE_TEXT], a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT], d[MONEY_TEXT];
    fprintf(cli_out(cli),
            "%-5s %-8s %-7s %6lld utenti %4lld anomalie  rette %s  costo %s  comuni %s  Ambito "
            "%s\n",
            servizio, mese_iso(f->mese, month), f->stato, (long long)f->utenti,
            (long long)f->anomalie, money_it(f->retta, a), money_it(f->costo, b),
            money_it(f->comune, c), money_it(f->quota_ambito, d));
}

static int refused(struct cli *cli, const struct fatturazione_rifiuto *no)
{
    fprintf(cli_err(cli), "%s\n", no->testo);
    return EXIT_FAILED;
}

/* ---- prova, chiudi ------------------------------------------------------------------------- */

static int run_prova(struct cx *cx, struct cli *cli)
{
    struct servizio servizio;
    struct day mese;
    struct fatturazione f;
    struct fatturazione_rifiuto no = {NULL};
    int code = read_run(cx, cli, &servizio, &mese);
    if (code != EXIT_DONE)
        return code;
    if (!fatturazione_prova(cx, servizio.id, mese, &f, &no))
        return cli_fail(cx, cli);
    if (no.testo != NULL)
        return refused(cli, &no);
    if (cli_json(cli))
        print_json(cli, run_json(&f, servizio.codice));
    else
        run_text(cli, &f, servizio.codice);
    return EXIT_DONE;
}

static int run_chiudi(struct cx *cx, struct cli *cli)
{
    struct servizio servizio;
    struct fatturazione f;
    struct fatturazione_rifiuto no = {NULL};
    int code = find_run(cx, cli, &servizio, &f);
    if (code != EXIT_DONE)
        return code;
    if (!fatturazione_chiudi(cx, f.id, &no))
        return cli_fail(cx, cli);
    if (no.testo != NULL)
        return refused(cli, &no);
    f.stato = "chiusa";
    if (cli_json(cli))
        print_json(cli, run_json(&f, servizio.codice));
    else
        run_text(cli, &f, servizio.codice);
    return EXIT_DONE;
}

/* ---- elenco, mostra ------------------------------------------------------------------------ */

static int run_elenco(struct cx *cx, struct cli *cli)
{
    struct list rows;
    json_t *all = json_array();
    if (!store_runs(cx, &rows))
        return cli_fail(cx, cli);
    LIST_EACH (&rows, const struct fatturazione_riga, riga) {
        const struct fatturazione f = {.id = riga->id,
                                       .mese = riga->mese,
                                       .stato = riga->stato,
                                       .utenti = riga->utenti,
                                       .anomalie = riga->anomalie,
                                       .retta = riga->retta,
                                       .costo = riga->costo,
                                       .comune = riga->comune,
                                       .quota_ambito = riga->quota_ambito};
        if (cli_json(cli))
            json_array_append_new(all, run_json(&f, riga->codice));
        else
            run_text(cli, &f, riga->codice);
    }
    if (cli_json(cli))
        print_json(cli, all);
    else
        json_decref(all);
    return EXIT_DONE;
}

static json_t *line_json(const struct addebito_riga *a, const char *why)
{
    char id[ID_TEXT], month[MESE_TEXT];
    return json_pack("{s:s, s:s, s:s?, s:I, s:o, s:o, s:o, s:o, s:o, s:s}", "id",
                     id_text(a->id, id), "persona", a->persona, "conguaglio_di",
                     day_known(a->rettifica) ? mese_iso(a->rettifica, month) : NULL, "quantita",
                     (json_int_t)a->quantita, "lorda", amount(a->lorda), "retta", amount(a->retta),
                     "costo", amount(a->costo), "comune", amount(a->comune), "ambito",
                     amount(a->quota_ambito), "spiegazione", why);
}

/* `reasons` are in the order of the ids. */
static const char *reason_of(const struct list *reasons, struct id id)
{
    size_t low = 0, high = reasons->count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const struct addebito_perche *why = LIST_ITEM(reasons, struct addebito_perche, mid);
        if (why->id.n == id.n)
            return why->spiegazione;
        if (why->id.n < id.n)
            low = mid + 1;
        else
            high = mid;
    }
    return "";
}

static json_t *payer_json(const struct pagante_somma *p)
{
    char id[ID_TEXT];
    return json_pack("{s:s, s:s, s:s, s:o}", "tipo", p->chi_tipo, "id", id_text(p->chi, id), "nome",
                     p->nome, "importo", amount(p->importo));
}

static json_t *anomaly_json(const struct anomalia_riga *a)
{
    char id[ID_TEXT];
    return json_pack("{s:s, s:s, s:s, s:s, s:b}", "prestazione", id_text(a->prestazione, id),
                     "persona", a->persona, "tipo", a->tipo, "testo", a->testo, "esclusa",
                     anomalia_blocks(a->tipo));
}

static void show_json(struct cli *cli, const struct fatturazione *f, const char *servizio,
                      const struct list *lines, const struct list *reasons,
                      const struct list *payers, const struct list *anomalies)
{
    json_t *root = run_json(f, servizio), *all = json_array(), *who = json_array();
    json_t *odd = json_array();
    LIST_EACH (lines, const struct addebito_riga, a)
        json_array_append_new(all, line_json(a, reason_of(reasons, a->id)));
    LIST_EACH (payers, const struct pagante_somma, p)
        json_array_append_new(who, payer_json(p));
    LIST_EACH (anomalies, const struct anomalia_riga, a)
        json_array_append_new(odd, anomaly_json(a));
    json_object_set_new(root, "addebiti", all);
    json_object_set_new(root, "paganti", who);
    json_object_set_new(root, "anomalie_dette", odd);
    print_json(cli, root);
}

static int run_mostra(struct cx *cx, struct cli *cli)
{
    struct servizio servizio;
    struct fatturazione f;
    struct list lines, reasons, payers, anomalies;
    char a[MONEY_TEXT], b[MONEY_TEXT];
    int code = find_run(cx, cli, &servizio, &f);
    if (code != EXIT_DONE)
        return code;
    if (!store_addebiti(cx, f.id, NULL, ID_NONE, FATTURAZIONE_MAX, &lines) ||
        !store_paganti(cx, f.id, FATTURAZIONE_MAX, &payers) ||
        !store_anomalie(cx, f.id, 0, FATTURAZIONE_MAX, &anomalies))
        return cli_fail(cx, cli);
    if (cli_json(cli)) {
        if (!store_perche(cx, f.id, &reasons))
            return cli_fail(cx, cli);
        show_json(cli, &f, servizio.codice, &lines, &reasons, &payers, &anomalies);
        return EXIT_DONE;
    }
    run_text(cli, &f, servizio.codice);
    LIST_EACH (&lines, const struct addebito_riga, line)
        fprintf(cli_out(cli), "%12s  %12s  %s%s\n", money_it(line->retta, a),
                money_it(line->costo, b), line->persona,
                day_known(line->rettifica) ? " (conguaglio)" : "");
    LIST_EACH (&anomalies, const struct anomalia_riga, odd)
        fprintf(cli_out(cli), "! %s: %s (%s)\n", odd->persona, anomalia_title(odd->tipo),
                odd->testo);
    return EXIT_DONE;
}

/* ---- conguagli ----------------------------------------------------------------------------- */

static json_t *difference_json(const struct differenza *d)
{
    char id[ID_TEXT];
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", "prestazione",
                     id_text(d->prestazione, id), "persona", d->nome, "prima", amount(d->prima),
                     "dopo", amount(d->dopo), "retta", amount(d->retta), "costo", amount(d->costo),
                     "comune", amount(d->comune), "ambito", amount(d->quota_ambito), "spiegazione",
                     d->spiegazione);
}

static int run_conguagli(struct cx *cx, struct cli *cli)
{
    struct servizio servizio;
    struct fatturazione f;
    struct list list;
    size_t confirmed = 0;
    char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT];
    int code = find_run(cx, cli, &servizio, &f);
    if (code != EXIT_DONE)
        return code;
    if (!differenze_of(cx, f.id, ID_NONE, &list) ||
        (cli_flag(cli, "conferma") && !differenze_conferma(cx, f.id, ID_NONE, &confirmed)))
        return cli_fail(cx, cli);
    json_t *all = json_array();
    LIST_EACH (&list, const struct differenza, d)
        if (cli_json(cli))
            json_array_append_new(all, difference_json(d));
        else
            fprintf(cli_out(cli), "%12s -> %12s  %12s  %s\n", money_it(d->prima, a),
                    money_it(d->dopo, b), money_it(d->retta, c), d->nome);
    if (cli_json(cli))
        print_json(cli,
                   json_pack("{s:I, s:o}", "confermati", (json_int_t)confirmed, "differenze", all));
    else
        json_decref(all);
    if (!cli_json(cli))
        fprintf(cli_out(cli), "%zu differenze, %zu confermate\n", list.count, confirmed);
    return EXIT_DONE;
}

/* ---- regole -------------------------------------------------------------------------------- */

static int run_importa(struct cx *cx, struct cli *cli)
{
    const char *name = cli_text(cli, "file");
    struct regola *regole;
    size_t count, nuove;
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return EXIT_USAGE;
    char *text = arena_alloc(cx->arena, REGOLE_SIZE + 1);
    size_t size = fread(text, 1, REGOLE_SIZE, file);
    bool broken = ferror(file) != 0 || strlen(text) != size;
    cli_close(cli, file);
    if (broken) {
        fprintf(cli_err(cli), "%s: non è un testo che si riesce a leggere\n", name);
        return EXIT_USAGE;
    }
    if (!regole_read(cx->arena, &cx->err, name, text, &regole, &count) ||
        !regole_import(cx, regole, count, &nuove))
        return cli_fail(cx, cli);
    if (cli_json(cli))
        print_json(
            cli, json_pack("{s:I, s:I}", "regole", (json_int_t)count, "nuove", (json_int_t)nuove));
    else
        fprintf(cli_out(cli), "%zu regole, %zu nuove\n", count, nuove);
    return EXIT_DONE;
}

static int run_regole(struct cx *cx, struct cli *cli)
{
    struct list list;
    struct day giorno = cx->today;
    json_t *all = json_array();
    char day[DAY_TEXT];
    if (!cli_day(cli, "data", &giorno))
        return EXIT_USAGE;
    if (!regola_list(cx, cli_text(cli, "servizio"), giorno, &list))
        return cli_fail(cx, cli);
    LIST_EACH (&list, const struct regola, r) {
        const char *words = regola_words(cx->arena, r);
        if (cli_json(cli))
            json_array_append_new(all, json_pack("{s:s, s:s?, s:s, s:s?, s:s, s:s, s:s?}",
                                                 "servizio", r->servizio, "variante", r->variante,
                                                 "regola", regola_tipo_name(r->tipo), "nome",
                                                 r->nome, "dal", day_iso(r->validita.from, day),
                                                 "dice", words, "atto", r->atto));
        else
            fprintf(cli_out(cli), "%-5s %-10s dal %s  %s\n", r->servizio,
                    r->variante != NULL ? r->variante : "", day_it(r->validita.from, day), words);
    }
    if (cli_json(cli))
        print_json(cli, all);
    else
        json_decref(all);
    return EXIT_DONE;
}

/* ---- table --------------------------------------------------------------------------------- */

static const struct cli_option run_options[] = {
    {"servizio", "SIGLA", "servizio, per esempio SAD", true},
    {"mese", "MESE", "mese, per esempio 2025-03", true},
    {NULL, NULL, NULL, false}};
static const struct cli_option conguagli_options[] = {
    {"servizio", "SIGLA", "servizio, per esempio SAD", true},
    {"mese", "MESE", "mese, per esempio 2025-03", true},
    {"conferma", NULL, "le differenze diventano conguagli della prossima fatturazione", false},
    {NULL, NULL, NULL, false}};
static const struct cli_option importa_options[] = {
    {"!file", "FILE", "tabella di regole (TSV); «-» è l’ingresso", true},
    {NULL, NULL, NULL, false}};
static const struct cli_option regole_options[] = {
    {"servizio", "SIGLA", "solo le regole di questo servizio", false},
    {"data", "DATA", "quelle che valgono in questo giorno; se manca, oggi", false},
    {NULL, NULL, NULL, false}};

const struct cli_command fatturazione_commands[] = {
    {.name = "fatturazione prova",
     .summary = "Prova la fatturazione di un servizio in un mese",
     .help = "  zonale fatturazione prova --servizio SAD --mese 2025-03\n\n"
             "Calcola che cosa deve ciascuno e che cosa resta ai comuni e all’Ambito, e lo scrive"
             " al posto della prova di prima. Un mese chiuso non si prova più.",
     .options = run_options,
     .need = CLI_WRITE,
     .run = run_prova},
    {.name = "fatturazione chiudi",
     .summary = "Chiude la fatturazione provata di un mese",
     .help = "  zonale fatturazione chiudi --servizio SAD --mese 2025-03\n\n"
             "Rifà i conti e chiude solo se sono quelli della prova. Una fatturazione chiusa non"
             " cambia più: si corregge con un conguaglio.",
     .options = run_options,
     .need = CLI_WRITE,
     .run = run_chiudi},
    {.name = "fatturazione elenco",
     .summary = "Elenca le fatturazioni",
     .help = "  zonale fatturazione elenco --json\n\nServizio, mese, stato, totali.",
     .need = CLI_READ,
     .run = run_elenco},
    {.name = "fatturazione mostra",
     .summary = "Mostra gli addebiti, i paganti e le anomalie di un mese",
     .help = "  zonale fatturazione mostra --servizio SAD --mese 2025-03 --json",
     .options = run_options,
     .need = CLI_READ,
     .run = run_mostra},
    {.name = "fatturazione conguagli",
     .summary = "Mostra che cosa è cambiato in un mese chiuso, e lo conferma",
     .help = "  zonale fatturazione conguagli --servizio SAD --mese 2025-03\n\n"
             "Rifà i conti del mese con i piani di allora e dice le differenze con quanto è stato"
             " addebitato. Con --conferma entrano nella prossima fatturazione del servizio.",
     .options = conguagli_options,
     .need = CLI_WRITE,
     .run = run_conguagli},
    {.name = "fatturazione regole",
     .summary = "Elenca le regole su assenze, chiusure e periodi",
     .help = "  zonale fatturazione regole --servizio CSE",
     .options = regole_options,
     .need = CLI_READ,
     .run = run_regole},
    {.name = "fatturazione importa",
     .summary = "Mette in vigore le regole di una tabella",
     .help = "  zonale fatturazione importa regole_2026.tsv\n\n"
             "Tutte o nessuna. La regola dello stesso tipo che valeva finisce il giorno prima.",
     .options = importa_options,
     .need = CLI_WRITE,
     .run = run_importa,
     .input = true},
    {.name = NULL}};
