/* zonale bilancio mostra | verifica */
#include "mod/bilancio/commands.h"

#include <string.h>

bool bilancio_cli(struct cx *cx, struct cli *cli, struct bilancio *bilancio, int *code)
{
    struct list years;
    struct day al = DAY_NONE;
    int64_t anno = INT_NONE;
    bool found;
    *code = EXIT_USAGE;
    if (!cli_int(cli, "anno", &anno) || !cli_day(cli, "al", &al))
        return false;
    if (!bilancio_years(cx, &years)) {
        *code = cli_fail(cx, cli);
        return false;
    }
    if (anno == INT_NONE && years.count > 0)
        anno = LIST_ITEM(&years, struct bilancio_anno, 0)->anno;
    if (!(day_known(al) ? bilancio_load_at(cx, anno, al, bilancio, &found)
                        : bilancio_load(cx, anno, bilancio, &found))) {
        *code = cli_fail(cx, cli);
        return false;
    }
    if (!found) {
        fprintf(cli_err(cli), "non c’è un bilancio per quell’anno\n");
        *code = EXIT_NOT_FOUND;
    }
    return found;
}

json_t *cli_amount(struct money value)
{
    char text[MONEY_TEXT];
    return money_ok(value) ? json_string(money_machine(value, text)) : json_null();
}

void cli_print_json(struct cli *cli, json_t *root)
{
    json_dumpf(root, cli_out(cli), JSON_INDENT(2));
    fputc('\n', cli_out(cli));
    json_decref(root);
}

/* ---- mostra ----------------------------------------------------------------------------- */

static json_t *voce_json(const struct bilancio *bilancio, const struct voce *voce,
                         const struct voce_stato *stato)
{
    const struct area *area = bilancio_area(bilancio, voce->area);
    json_t *sources = json_array();
    for (size_t i = 0; i < bilancio->celle_count; i++) {
        const struct cella *cella = &bilancio->celle[i];
        const struct fonte *fonte = bilancio_fonte(bilancio, cella->fonte);
        if (cella->voce.n == voce->id.n && fonte != NULL)
            json_array_append_new(sources, json_pack("{s:s, s:o}", "fonte", fonte->nome, "importo",
                                                     cli_amount(cella->importo)));
    }
    return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "area",
                     area != NULL ? area->nome : "", "voce", voce->nome, "stanziato",
                     cli_amount(stato->stanziato), "impegnato", cli_amount(stato->impegnato),
                     "liquidato", cli_amount(stato->liquidato), "pagato", cli_amount(stato->pagato),
                     "disponibile", cli_amount(stato->disponibile), "fonti", sources);
}

static void mostra_json(struct cli *cli, const struct bilancio *bilancio, const struct list *stati)
{
    json_t *items = json_array();
    for (size_t i = 0; i < bilancio->voci_count; i++)
        json_array_append_new(
            items, voce_json(bilancio, &bilancio->voci[i], LIST_ITEM(stati, struct voce_stato, i)));
    cli_print_json(cli,
                   json_pack("{s:I, s:s, s:I, s:o, s:o}", "anno", (json_int_t)bilancio->anno,
                             "stato", bilancio->stato, "versione", (json_int_t)bilancio->versione,
                             "totale", cli_amount(bilancio_uscite(bilancio)), "voci", items));
}

static void mostra_text(struct cli *cli, const struct bilancio *bilancio, const struct list *stati)
{
    char a[MONEY_TEXT], b[MONEY_TEXT], c[MONEY_TEXT], d[MONEY_TEXT];
    struct id area = ID_NONE;
    for (size_t i = 0; i < bilancio->voci_count; i++) {
        const struct voce *voce = &bilancio->voci[i];
        const struct voce_stato *stato = LIST_ITEM(stati, struct voce_stato, i);
        if (voce->area.n != area.n) {
            const struct area *head = bilancio_area(bilancio, voce->area);
            area = voce->area;
            fprintf(cli_out(cli), "\n%15s %15s %15s %15s  %s\n", "stanziato", "impegnato",
                    "liquidato", "disponibile", head != NULL ? head->nome : "");
        }
        fprintf(cli_out(cli), "%15s %15s %15s %15s  %s\n", money_it(stato->stanziato, a),
                money_it(stato->impegnato, b), money_it(stato->liquidato, c),
                money_it(stato->disponibile, d), voce->nome);
    }
    fprintf(cli_out(cli), "\n%15s  totale %lld\n", money_it(bilancio_uscite(bilancio), a),
            (long long)bilancio->anno);
}

int bilancio_run_mostra(struct cx *cx, struct cli *cli)
{
    struct bilancio bilancio;
    struct list stati;
    struct day al = DAY_MAX;
    int code;
    if (!bilancio_cli(cx, cli, &bilancio, &code))
        return code;
    if (!cli_day(cli, "al", &al))
        return EXIT_USAGE;
    if (!stati_load(cx, &bilancio, al, &stati))
        return cli_fail(cx, cli);
    if (cli_json(cli))
        mostra_json(cli, &bilancio, &stati);
    else
        mostra_text(cli, &bilancio, &stati);
    return EXIT_DONE;
}

/* ---- verifica --------------------------------------------------------------------------- */

static void verifica_json(struct cli *cli, const struct bilancio *bilancio,
                          const struct bilancio_faults *faults, size_t kept)
{
    json_t *list = json_array();
    for (size_t i = 0; i < kept; i++) {
        const struct bilancio_fault *fault = &faults->items[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:o}", "invariante",
                                              invariante_name(fault->invariante), "testo",
                                              fault->text, "trovato", cli_amount(fault->trovato),
                                              "dovuto", cli_amount(fault->dovuto)));
    }
    cli_print_json(cli, json_pack("{s:I, s:o, s:b, s:I, s:o}", "anno", (json_int_t)bilancio->anno,
                                  "totale", cli_amount(bilancio_uscite(bilancio)), "in_ordine",
                                  faults->count == 0, "guasti", (json_int_t)faults->count, "elenco",
                                  list));
}

static void verifica_text(struct cli *cli, const struct bilancio *bilancio,
                          const struct bilancio_faults *faults, size_t kept)
{
    char total[MONEY_TEXT];
    for (enum invariante i = 0; i < INVARIANTI; i++) {
        size_t count = 0;
        for (size_t k = 0; k < kept; k++)
            count += faults->items[k].invariante == i;
        fprintf(cli_out(cli), "%-3s %s\n", count == 0 ? "sì" : "NO", invariante_title(i));
        for (size_t k = 0; k < kept; k++)
            if (faults->items[k].invariante == i)
                fprintf(cli_out(cli), "      %s\n", faults->items[k].text);
    }
    fprintf(cli_out(cli), "%zu celle, totale %s euro\n", bilancio->celle_count,
            money_it(bilancio_uscite(bilancio), total));
}

int bilancio_run_verifica(struct cx *cx, struct cli *cli)
{
    struct bilancio bilancio;
    struct bilancio_faults faults = {.arena = cx->arena};
    int code;
    if (!bilancio_cli(cx, cli, &bilancio, &code))
        return code;
    if (cli_text(cli, "al") != NULL)
        bilancio_check(&bilancio, &faults);
    else if (!bilancio_check_all(cx, &bilancio, &faults))
        return cli_fail(cx, cli);
    size_t kept = faults.count < BILANCIO_FAULTS ? faults.count : BILANCIO_FAULTS;
    if (cli_json(cli))
        verifica_json(cli, &bilancio, &faults, kept);
    else
        verifica_text(cli, &bilancio, &faults, kept);
    return faults.count == 0 ? EXIT_DONE : EXIT_FAILED;
}
