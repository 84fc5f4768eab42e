/* zonale bilancio variazioni | varia | approva | chiudi | anni | fonti */
#include "mod/bilancio/commands.h"

#include <string.h>

/* ---- variazioni --------------------------------------------------------------------------- */

static json_t *day_json(struct day day)
{
    char text[DAY_TEXT];
    return day_known(day) ? json_string(day_iso(day, text)) : json_null();
}

json_t *bilancio_lines_json(const struct bilancio *b, const struct variazione *lines)
{
    json_t *list = json_array();
    for (size_t i = 0; i < lines->righe_count; i++) {
        const struct voce *voce = bilancio_voce(b, lines->righe[i].voce);
        const struct fonte *fonte = bilancio_fonte(b, lines->righe[i].fonte);
        json_array_append_new(list, json_pack("{s:s?, s:s?, s:o}", "voce",
                                              voce != NULL ? voce->nome : NULL, "fonte",
                                              fonte != NULL ? fonte->nome : NULL, "importo",
                                              cli_amount(lines->righe[i].importo)));
    }
    return list;
}

static void print_amendment(struct cx *cx, struct cli *cli, const struct bilancio *b,
                            const struct variazione_salvata *v, const struct variazione *lines)
{
    char day[DAY_TEXT];
    if (v->numero == INT_NONE)
        fprintf(cli_out(cli), "bozza, %s: %s\n", v->scritta_da, v->motivo != NULL ? v->motivo : "");
    else
        fprintf(cli_out(cli), "n. %lld del %s, %s: %s\n", (long long)v->numero,
                day_it(v->giorno, day), v->atto, v->motivo);
    for (size_t i = 0; i < lines->righe_count; i++)
        fprintf(cli_out(cli), "    %s\n", variazione_riga_words(cx, b, &lines->righe[i]));
}

int bilancio_run_variazioni(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct list list;
    int code;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    json_t *root = json_array();
    if (!store_variazione_list(cx, b.anno, &list))
        return cli_fail(cx, cli);
    LIST_EACH (&list, const struct variazione_salvata, v) {
        struct variazione lines;
        if (!store_variazione_righe(cx, v->id, &lines))
            return cli_fail(cx, cli);
        if (cli_json(cli))
            json_array_append_new(
                root, json_pack("{s:o, s:o, s:s?, s:s?, s:o}", "numero",
                                v->numero == INT_NONE ? json_null() : json_integer(v->numero),
                                "giorno", day_json(v->giorno), "atto", v->atto, "motivo", v->motivo,
                                "righe", bilancio_lines_json(&b, &lines)));
        else
            print_amendment(cx, cli, &b, v, &lines);
    }
    if (cli_json(cli))
        cli_print_json(cli, root);
    else
        json_decref(root);
    return EXIT_DONE;
}

/* ---- varia ------------------------------------------------------------------------------ */

static void print_faults(struct cli *cli, const struct bilancio_faults *faults)
{
    for (size_t i = 0; i < faults->count && i < BILANCIO_FAULTS; i++)
        fprintf(cli_err(cli), "%s: %s\n", invariante_name(faults->items[i].invariante),
                faults->items[i].text);
}

/* The version that who wrote the file has seen; else that of today. */
static bool base_of(struct cli *cli, const struct bilancio *b, int64_t *base)
{
    *base = b->versione;
    return cli_int(cli, "versione", base);
}

/* What was done, or would be. */
static int say_varia(struct cli *cli, const struct bilancio *b, const struct variazione_salvata *v,
                     const struct variazione *lines)
{
    bool written = v->numero != INT_NONE;
    char id[ID_TEXT];
    if (cli_json(cli))
        cli_print_json(cli, json_pack("{s:I, s:b, s:o, s:o, s:o}", "anno", (json_int_t)b->anno,
                                      "scritto", written, "id",
                                      written ? json_string(id_text(v->id, id)) : json_null(),
                                      "numero", written ? json_integer(v->numero) : json_null(),
                                      "righe", bilancio_lines_json(b, lines)));
    else if (written)
        fprintf(cli_out(cli), "variazione n. %lld, %zu righe: scritta\n", (long long)v->numero,
                lines->righe_count);
    else
        fprintf(cli_out(cli), "%zu righe: in ordine, non scritto\n", lines->righe_count);
    return EXIT_DONE;
}

int bilancio_run_varia(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct variazione lines;
    struct prospetto_faults read = {.count = 0};
    struct bilancio_faults faults = {.arena = cx->arena};
    struct variazione_salvata v = {.giorno = DAY_NONE, .numero = INT_NONE};
    const char *name = cli_text(cli, "file"), *text;
    int code;
    int64_t base;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!cli_day(cli, "giorno", &v.giorno) || !base_of(cli, &b, &base) ||
        (text = bilancio_cli_file(cx, cli, name)) == NULL)
        return EXIT_USAGE;
    prospetto_read_variazione(cx->arena, name, text, &b, &lines, &read);
    for (size_t i = 0; i < read.count; i++)
        fprintf(cli_err(cli), "%s\n", read.items[i]);
    v.anno = b.anno;
    v.atto = cli_text(cli, "atto");
    v.motivo = cli_text(cli, "motivo");
    v.base = base;
    if (read.count == 0 && !variazione_try(cx, &v, &lines, &faults))
        return cli_fail(cx, cli);
    print_faults(cli, &faults);
    if (read.count > 0 || faults.count > 0) {
        fprintf(cli_err(cli), "non è stato scritto nulla\n");
        return EXIT_USAGE;
    }
    if (!cli_flag(cli, "prova") &&
        (!variazione_save(cx, &v, &lines) || !variazione_approve(cx, &v, base, &faults)))
        return cli_fail(cx, cli);
    return say_varia(cli, &b, &v, &lines);
}

/* ---- approva, chiudi ------------------------------------------------------------------------ */

static int year_act(struct cx *cx, struct cli *cli, const char *stato,
                    bool (*act)(struct cx *, int64_t, const char *, struct day,
                                struct bilancio_faults *))
{
    struct bilancio_faults faults = {.arena = cx->arena};
    int64_t anno = INT_NONE;
    struct day giorno = DAY_NONE;
    if (!cli_int(cli, "anno", &anno) || !cli_day(cli, "giorno", &giorno))
        return EXIT_USAGE;
    if (!act(cx, anno, cli_text(cli, "atto"), giorno, &faults))
        return cli_fail(cx, cli);
    print_faults(cli, &faults);
    if (faults.count > 0)
        return EXIT_USAGE;
    if (cli_json(cli))
        cli_print_json(cli, json_pack("{s:I, s:s}", "anno", (json_int_t)anno, "stato", stato));
    else
        fprintf(cli_out(cli), "fatto\n");
    return EXIT_DONE;
}

int bilancio_run_approva(struct cx *cx, struct cli *cli)
{
    return year_act(cx, cli, "approvato", bilancio_approve);
}

int bilancio_run_chiudi(struct cx *cx, struct cli *cli)
{
    return year_act(cx, cli, "chiuso", bilancio_close);
}

/* ---- fonti ------------------------------------------------------------------------------ */

struct fonte_detta {
    const char *fonte, *natura, *atto;
    bool vincolata;
    int64_t avanzo, competenza;
    struct money disponibile, assegnato, impegnato, liquidato, pagato;
    struct day entro, rendiconto;
};
static const struct field fonte_fields[] = {
    FIELD(fonte_detta, fonte),       FIELD(fonte_detta, vincolata),
    FIELD(fonte_detta, natura),      FIELD(fonte_detta, avanzo),
    FIELD(fonte_detta, competenza),  FIELD(fonte_detta, atto),
    FIELD(fonte_detta, disponibile), FIELD(fonte_detta, assegnato),
    FIELD(fonte_detta, impegnato),   FIELD(fonte_detta, liquidato),
    FIELD(fonte_detta, pagato),      FIELD(fonte_detta, entro),
    FIELD(fonte_detta, rendiconto),  FIELD_END};

int bilancio_run_fonti(struct cx *cx, struct cli *cli)
{
    struct bilancio b;
    struct list righe;
    struct day al = DAY_MAX;
    int code;
    if (!bilancio_cli(cx, cli, &b, &code))
        return code;
    if (!cli_day(cli, "al", &al))
        return EXIT_USAGE;
    if (!conto_load(cx, &b, al, &righe))
        return cli_fail(cx, cli);
    struct fonte_detta *items = ARENA_NEWS(cx->arena, struct fonte_detta, b.fonti_count + 1);
    for (size_t i = 0; i < b.fonti_count; i++) {
        const struct fonte *f = &b.fonti[i];
        struct conto_riga sum = conto_of_fonte(&righe, f->id);
        items[i] = (struct fonte_detta){f->nome,       f->natura,     f->atto,        f->vincolata,
                                        f->avanzo,     f->competenza, f->disponibile, sum.assegnato,
                                        sum.impegnato, sum.liquidato, sum.pagato,     f->entro,
                                        f->rendiconto};
    }
    struct list list = {items, b.fonti_count, sizeof *items, false};
    cli_rows(cx, cli, fonte_fields, &list);
    return EXIT_DONE;
}
