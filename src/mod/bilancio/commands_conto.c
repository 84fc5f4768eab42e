/* zonale bilancio impegna | liquida | paga | storna | scritture | previsione | rendiconto | anni */
#include "mod/bilancio/commands.h"

#include <string.h>

/* ---- movements -------------------------------------------------------------------------- */

static int enter(struct cx *cx, struct cli *cli, struct scrittura *m)
{
    struct scrittura_faults faults = {.arena = cx->arena};
    char amount[MONEY_TEXT];
    m->atto = cli_text(cli, "atto");
    m->descrizione = cli_text(cli, "descrizione");
    if (!cli_day(cli, "giorno", &m->giorno))
        return EXIT_USAGE;
    if (!scrittura_save(cx, m, &faults))
        return cli_fail(cx, cli);
    for (size_t i = 0; i < faults.count; i++)
        fprintf(cli_err(cli), "%s: %s\n",
                faults.items[i].field != NULL ? faults.items[i].field : "scrittura",
                faults.items[i].text);
    if (faults.count > 0)
        return EXIT_USAGE;
    if (cli_json(cli))
        cli_print_json(cli, json_pack("{s:I, s:I, s:s, s:o}", "anno", (json_int_t)m->anno, "numero",
                                      (json_int_t)m->numero, "tipo", m->tipo, "importo",
                                      cli_amount(m->importo)));
    else
        fprintf(cli_out(cli), "%s n. %lld/%lld, %s euro: scritto\n", m->tipo, (long long)m->numero,
                (long long)m->anno, money_it(m->importo, amount));
    return EXIT_DONE;
}

int bilancio_run_impegna(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct scrittura m = {.tipo = "impegno", .giorno = DAY_NONE, .importo = MONEY_INVALID};
    const char *fonte = cli_text(cli, "fonte"), *voce = cli_text(cli, "voce");
    int code;
    bool found = false;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!cli_money(cli, "importo", &m.importo))
        return EXIT_USAGE;
    m.anno = b.anno;
    m.servizi = cli_flag(cli, "servizi");
    if (!voce_by_name(cx, b.anno, voce, &m.voce, &found))
        return cli_fail(cx, cli);
    if (!found) {
        fprintf(cli_err(cli), "--voce: «%s» non è nel bilancio %lld\n", voce, (long long)b.anno);
        return EXIT_NOT_FOUND;
    }
    for (size_t i = 0; fonte != NULL && i < b.fonti_count; i++)
        if (strcmp(b.fonti[i].nome, fonte) == 0)
            m.fonte = b.fonti[i].id;
    if (fonte != NULL && m.fonte.n == 0) {
        fprintf(cli_err(cli), "--fonte: «%s» non è nel bilancio %lld\n", fonte, (long long)b.anno);
        return EXIT_NOT_FOUND;
    }
    return enter(cx, cli, &m);
}

/* The movement of --anno and a number. */
static bool numbered(struct cx *cx, struct cli *cli, struct scrittura *m, int *code)
{
    struct bilancio b;
    struct list list;
    int64_t numero = INT_NONE;
    if (!bilancio_cli(cx, cli, &b, code))
        return false;
    *code = EXIT_USAGE;
    if (!cli_int(cli, "numero", &numero))
        return false;
    if (!store_scrittura_list(cx, b.anno, ID_NONE, &list)) {
        *code = cli_fail(cx, cli);
        return false;
    }
    LIST_EACH (&list, const struct scrittura, item)
        if (item->numero == numero) {
            *m = *item;
            return true;
        }
    fprintf(cli_err(cli), "nel %lld non c’è una scrittura con questo numero\n", (long long)b.anno);
    *code = EXIT_NOT_FOUND;
    return false;
}

static int part_of(struct cx *cx, struct cli *cli, enum scrittura_tipo whole, bool back)
{
    struct scrittura of, m = {.giorno = DAY_NONE, .importo = MONEY_INVALID};
    int code;
    if (!numbered(cx, cli, &of, &code))
        return code;
    if (!cli_money(cli, "importo", &m.importo))
        return EXIT_USAGE;
    if (!back && scrittura_tipo_parse(of.tipo) != whole) {
        fprintf(cli_err(cli), "il n. %lld è un %s\n", (long long)of.numero, of.tipo);
        return EXIT_USAGE;
    }
    if (back) {
        m.storna = of.id;
        m.importo = money_neg(m.importo);
    } else
        m.padre = of.id;
    return enter(cx, cli, &m);
}

int bilancio_run_liquida(struct cx *cx, struct cli *cli)
{
    return part_of(cx, cli, SCR_IMPEGNO, false);
}

int bilancio_run_paga(struct cx *cx, struct cli *cli)
{
    return part_of(cx, cli, SCR_LIQUIDAZIONE, false);
}

int bilancio_run_storna(struct cx *cx, struct cli *cli)
{
    return part_of(cx, cli, SCRITTURA_TIPI, true);
}

struct scrittura_detto {
    int64_t numero, parte_di, storna;
    const char *tipo, *voce, *fonte, *atto, *descrizione;
    struct day giorno;
    struct money importo;
};
static const struct field scrittura_detto_fields[] = {FIELD(scrittura_detto, numero),
                                                      FIELD(scrittura_detto, giorno),
                                                      FIELD(scrittura_detto, tipo),
                                                      FIELD(scrittura_detto, importo),
                                                      FIELD(scrittura_detto, voce),
                                                      FIELD(scrittura_detto, fonte),
                                                      FIELD(scrittura_detto, parte_di),
                                                      FIELD(scrittura_detto, storna),
                                                      FIELD(scrittura_detto, atto),
                                                      FIELD(scrittura_detto, descrizione),
                                                      FIELD_END};

static int64_t number_of(const struct list *list, struct id id)
{
    LIST_EACH (list, const struct scrittura, m)
        if (id.n != 0 && m->id.n == id.n)
            return m->numero;
    return INT_NONE;
}

int bilancio_run_scritture(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct list list;
    size_t count = 0;
    int code;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!store_scrittura_list(cx, b.anno, ID_NONE, &list))
        return cli_fail(cx, cli);
    struct scrittura_detto *rows = ARENA_NEWS(cx->arena, struct scrittura_detto, list.count + 1);
    LIST_EACH (&list, const struct scrittura, m) {
        const struct voce *voce = bilancio_voce(&b, m->voce);
        const struct fonte *fonte = bilancio_fonte(&b, m->fonte);
        rows[count++] = (struct scrittura_detto){m->numero,
                                                 number_of(&list, m->padre),
                                                 number_of(&list, m->storna),
                                                 m->tipo,
                                                 voce != NULL ? voce->nome : NULL,
                                                 fonte != NULL ? fonte->nome : NULL,
                                                 m->atto,
                                                 m->descrizione,
                                                 m->giorno,
                                                 m->importo};
    }
    struct list said = {rows, count, sizeof *rows, false};
    cli_rows(cx, cli, scrittura_detto_fields, &said);
    return EXIT_DONE;
}

/* ---- previsione --------------------------------------------------------------------------- */

struct previsione_detta {
    const char *voce;
    struct money stanziato, impegnato, attese, fine_anno, avanzo;
    struct day finisce;
    int64_t servizi;
};
static const struct field previsione_fields[] = {FIELD(previsione_detta, voce),
                                                 FIELD(previsione_detta, stanziato),
                                                 FIELD(previsione_detta, impegnato),
                                                 FIELD(previsione_detta, attese),
                                                 FIELD(previsione_detta, fine_anno),
                                                 FIELD(previsione_detta, avanzo),
                                                 FIELD(previsione_detta, finisce),
                                                 FIELD(previsione_detta, servizi),
                                                 FIELD_END};

int bilancio_run_previsione(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct list list;
    int code;
    struct day oggi = cx->today;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!cli_day(cli, "oggi", &oggi))
        return EXIT_USAGE;
    if (!previsione_load(cx, &b, oggi, &list))
        return cli_fail(cx, cli);
    struct previsione_detta *rows = ARENA_NEWS(cx->arena, struct previsione_detta, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct previsione *p = LIST_ITEM(&list, struct previsione, i);
        rows[i] = (struct previsione_detta){b.voci[i].nome, p->oggi.stanziato, p->oggi.impegnato,
                                            p->attese,      p->fine_anno,      p->avanzo,
                                            p->finisce,     p->servizi};
    }
    struct list said = {rows, list.count, sizeof *rows, false};
    cli_rows(cx, cli, previsione_fields, &said);
    return EXIT_DONE;
}

/* ---- rendiconto, anni ----------------------------------------------------------------------- */

static int write_doc(struct cx *cx, struct cli *cli, const struct doc *doc)
{
    const char *name = cli_text(cli, "uscita"), *dot = name != NULL ? strrchr(name, '.') : NULL;
    enum doc_format format = DOC_TEXT;
    struct bytes bytes;
    if (dot != NULL && !doc_format_parse(dot + 1, &format)) {
        fprintf(cli_err(cli), "--uscita: può finire in pdf, xlsx, ods, csv, html\n");
        return EXIT_USAGE;
    }
    if (cli_json(cli))
        format = DOC_JSON;
    if (!doc_draw(doc, format, cx->arena, &bytes, &cx->err))
        return cli_fail(cx, cli);
    FILE *out = name != NULL ? cli_open(cli, name, "w") : cli_out(cli);
    if (out == NULL)
        return EXIT_FAILED;
    bool ok = fwrite(bytes.data, 1, bytes.size, out) == bytes.size;
    if (name != NULL)
        cli_close(cli, out);
    return ok ? EXIT_DONE : EXIT_FAILED;
}

int bilancio_run_rendiconto(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct list righe;
    struct day al = DAY_MAX;
    const char *nome = cli_text(cli, "fonte");
    int code;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!cli_day(cli, "al", &al))
        return EXIT_USAGE;
    if (!conto_load(cx, &b, al, &righe))
        return cli_fail(cx, cli);
    for (size_t i = 0; i < b.fonti_count; i++)
        if (strcmp(b.fonti[i].nome, nome) == 0)
            return write_doc(cx, cli, rendiconto_paper(cx, &b, &b.fonti[i], &righe));
    fprintf(cli_err(cli), "--fonte: «%s» non è nel bilancio %lld\n", nome, (long long)b.anno);
    return EXIT_NOT_FOUND;
}

int bilancio_run_anni(struct cx *cx, struct cli *cli)
{
    struct list years;
    struct bilancio b[ANNI_CONFRONTO];
    size_t count = 0;
    if (!bilancio_years(cx, &years))
        return cli_fail(cx, cli);
    for (size_t i = years.count; i > 0 && count < ANNI_CONFRONTO; i--) {
        bool found;
        if (!bilancio_load(cx, LIST_ITEM(&years, struct bilancio_anno, i - 1)->anno, &b[count],
                           &found))
            return cli_fail(cx, cli);
        count += found;
    }
    return write_doc(cx, cli, anni_paper(cx, b, count));
}
