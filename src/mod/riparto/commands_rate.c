/* zonale riparto prospetti | salva | approva | rate | incassi | registra | storna | anticipo */
#include "mod/riparto/commands.h"

#include "mod/riparto/riparto.h"

#include <string.h>

/* ---- definitions ----------------------------------------------------------------------------- */

int run_prospetti(struct cx *cx, struct cli *cli)
{
    enum { ROWS = 2000 };
    struct prospetto_filtro filtro = {.anno = INT_NONE, .stato = cli_text(cli, "stato")};
    struct list rows;
    if (!cli_int(cli, "anno", &filtro.anno))
        return EXIT_USAGE;
    if (!store_prospetto_rows(cx, &filtro, PROSPETTI_PER_ANNO, NULL, ROWS, &rows))
        return cli_fail(cx, cli);
    cli_rows(cx, cli, prospetto_fields, &rows);
    return EXIT_DONE;
}

static int say_faults(struct cli *cli, const char *name, const struct definizione_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        fputs(name, cli_err(cli));
        if (faults->items[i].line > 0)
            fprintf(cli_err(cli), ":%ld", faults->items[i].line);
        fprintf(cli_err(cli), ": %s%s%s\n", faults->items[i].column,
                *faults->items[i].column == '\0' ? "" : ": ", faults->items[i].text);
    }
    fprintf(cli_err(cli), "non è stato scritto nulla\n");
    return EXIT_USAGE;
}

/* One row as the lists print them. */
static int say_prospetto(struct cx *cx, struct cli *cli, struct prospetto *p)
{
    const struct list rows = {p, 1, sizeof *p, false};
    cli_rows(cx, cli, prospetto_fields, &rows);
    return EXIT_DONE;
}

int run_salva(struct cx *cx, struct cli *cli)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto *p = ARENA_NEW(cx->arena, struct prospetto);
    const char *name = cli_text(cli, "file");
    *p = (struct prospetto){.anno = INT_NONE, .approvato = DAY_NONE};
    if (!cli_int(cli, "anno", &p->anno))
        return EXIT_USAGE;
    FILE *file = cli_open(cli, name, "r");
    if (file == NULL)
        return EXIT_USAGE;
    char *text = arena_alloc(cx->arena, DEFINIZIONE_SIZE + 2);
    size_t size = fread(text, 1, DEFINIZIONE_SIZE + 1, file);
    bool broken = ferror(file) != 0;
    cli_close(cli, file);
    if (broken) {
        fprintf(cli_err(cli), "%s: non si riesce a leggere\n", name);
        return EXIT_USAGE;
    }
    if (!prospetto_save(cx, p, text, size, faults))
        return cli_fail(cx, cli);
    return faults->count > 0 ? say_faults(cli, name, faults) : say_prospetto(cx, cli, p);
}

/* An id as the lists print it; false: said. */
static bool id_option(struct cli *cli, const char *name, struct id *id)
{
    const char *text = cli_text(cli, name);
    if (text == NULL || id_parse(text, id))
        return true;
    fprintf(cli_err(cli), "%s: «%s» non è un codice di quelli degli elenchi\n", name, text);
    return false;
}

int run_approva(struct cx *cx, struct cli *cli)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto *p = ARENA_NEW(cx->arena, struct prospetto);
    struct day giorno = cx->today;
    struct id id = ID_NONE;
    if (!id_option(cli, "prospetto", &id) || !cli_day(cli, "giorno", &giorno))
        return EXIT_USAGE;
    if (day_cmp(giorno, cx->today) > 0) {
        fprintf(cli_err(cli), "--giorno: deve ancora venire\n");
        return EXIT_USAGE;
    }
    if (!store_prospetto_load(cx, id, p) ||
        !prospetto_approve(cx, p, cli_text(cli, "atto"), giorno, faults))
        return cli_fail(cx, cli);
    return faults->count > 0 ? say_faults(cli, p->titolo, faults) : say_prospetto(cx, cli, p);
}

/* ---- the ledger ------------------------------------------------------------------------------ */

static bool ledger_filter(struct cli *cli, struct rata_filtro *filtro)
{
    *filtro = (struct rata_filtro){
        .anno = INT_NONE, .pagante = cli_text(cli, "ente"), .stato = cli_text(cli, "stato")};
    if (filtro->stato != NULL && strcmp(filtro->stato, "scadute") != 0 &&
        strcmp(filtro->stato, "aperte") != 0 && strcmp(filtro->stato, "pagate") != 0) {
        fprintf(cli_err(cli), "--stato: scadute, aperte o pagate\n");
        return false;
    }
    return cli_int(cli, "anno", &filtro->anno) && id_option(cli, "prospetto", &filtro->prospetto);
}

int run_rate(struct cx *cx, struct cli *cli)
{
    struct rata_filtro filtro;
    struct list rows;
    if (!ledger_filter(cli, &filtro))
        return EXIT_USAGE;
    if (!store_rata_rows(cx, &filtro, NULL, RATE_MAX, &rows))
        return cli_fail(cx, cli);
    struct rata_vista *made = ARENA_NEWS(cx->arena, struct rata_vista, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++)
        made[i] = rata_vista_of(LIST_ITEM(&rows, const struct rata_riga, i), cx->today);
    const struct list shown = {made, rows.count, sizeof *made, rows.clipped};
    cli_rows(cx, cli, rata_vista_fields, &shown);
    return EXIT_DONE;
}

int run_incassi(struct cx *cx, struct cli *cli)
{
    struct id prospetto = ID_NONE;
    struct list rows;
    if (!id_option(cli, "prospetto", &prospetto))
        return EXIT_USAGE;
    if (!store_movimento_list(cx, prospetto, cli_text(cli, "ente"), &rows))
        return cli_fail(cx, cli);
    cli_rows(cx, cli, movimento_fields, &rows);
    return EXIT_DONE;
}

static int refused(struct cli *cli, enum movimento_esito esito, struct money fits)
{
    char text[MONEY_TEXT];
    fprintf(cli_err(cli), "%s", movimento_esito_text(esito));
    if (esito == MOVIMENTO_ECCEDE)
        fprintf(cli_err(cli), " Al massimo %s.", money_it(fits, text));
    fprintf(cli_err(cli), "\nnon è stato scritto nulla\n");
    return EXIT_USAGE;
}

static int say_movimento(struct cx *cx, struct cli *cli, struct id id)
{
    struct movimento *m = ARENA_NEW(cx->arena, struct movimento);
    if (!store_movimento_load(cx, id, m))
        return cli_fail(cx, cli);
    const struct list rows = {m, 1, sizeof *m, false};
    cli_rows(cx, cli, movimento_fields, &rows);
    return EXIT_DONE;
}

static bool read_entry(struct cx *cx, struct cli *cli, struct movimento_nuovo *nuovo)
{
    const char *parte = cli_text(cli, "parte");
    *nuovo = (struct movimento_nuovo){.pagante = cli_text(cli, "ente"),
                                      .tipo = cli_flag(cli, "fattura") ? MOVIMENTO_FATTURA
                                                                       : MOVIMENTO_INCASSO,
                                      .giorno = cx->today,
                                      .importo = MONEY_INVALID,
                                      .parte = parte_parse(parte),
                                      .riferimento = cli_text(cli, "riferimento")};
    if (parte != NULL && nuovo->parte == PARTI) {
        fprintf(cli_err(cli), "--parte: fattura o trasferimento\n");
        return false;
    }
    return id_option(cli, "prospetto", &nuovo->prospetto) &&
           cli_day(cli, "giorno", &nuovo->giorno) && cli_money(cli, "importo", &nuovo->importo) &&
           cli_int(cli, "rata", &nuovo->numero);
}

int run_registra(struct cx *cx, struct cli *cli)
{
    struct movimento_nuovo nuovo;
    enum movimento_esito esito;
    struct money fits;
    struct id id;
    if (!read_entry(cx, cli, &nuovo))
        return EXIT_USAGE;
    if (!movimento_add(cx, &nuovo, &id, &esito, &fits))
        return cli_fail(cx, cli);
    return esito == MOVIMENTO_OK ? say_movimento(cx, cli, id) : refused(cli, esito, fits);
}

int run_storna(struct cx *cx, struct cli *cli)
{
    enum movimento_esito esito;
    struct id id = ID_NONE;
    if (!id_option(cli, "registrazione", &id))
        return EXIT_USAGE;
    if (!movimento_reverse(cx, id, cli_text(cli, "motivo"), &esito))
        return cli_fail(cx, cli);
    return esito == MOVIMENTO_OK ? say_movimento(cx, cli, id) : refused(cli, esito, MONEY(0));
}

int run_anticipo(struct cx *cx, struct cli *cli)
{
    static const struct field fields[] = {FIELD(anticipo, dovuto),    FIELD(anticipo, scaduto),
                                          FIELD(anticipo, incassato), FIELD(anticipo, anticipato),
                                          FIELD(anticipo, anzitempo), FIELD(anticipo, netto),
                                          FIELD(anticipo, resto),     FIELD_END};
    struct anticipo *made = ARENA_NEW(cx->arena, struct anticipo);
    struct rata_filtro filtro;
    struct list conti;
    if (!ledger_filter(cli, &filtro))
        return EXIT_USAGE;
    if (!conto_list(cx, &filtro, &conti))
        return cli_fail(cx, cli);
    if (conti.clipped) {
        fprintf(cli_err(cli), "le rate sono più di %d: scegli un anno\n", RATE_MAX);
        return EXIT_USAGE;
    }
    anticipo_compute(conti.items, conti.count, cx->today, made);
    const struct list rows = {made, 1, sizeof *made, false};
    cli_rows(cx, cli, fields, &rows);
    return EXIT_DONE;
}
