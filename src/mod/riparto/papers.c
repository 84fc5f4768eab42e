/* The table of an apportionment for a spreadsheet, with live formulas, and for paper. */
#include "mod/riparto/papers.h"

#include "mod/riparto/esatto.h"

#include <string.h>

static struct doc *paper_new(struct cx *cx, const struct prospetto *p, bool landscape)
{
    return doc_new(cx->arena, &(struct doc_meta){.title = p->titolo,
                                                 .date = cx->now,
                                                 .header = p->titolo,
                                                 .footer = p->atto != NULL ? p->atto : "bozza",
                                                 .landscape = landscape});
}

/* "A", "Z", "AA": the column of a spreadsheet, from 0. */
static const char *column_name(struct arena *arena, size_t column)
{
    const char *name = "";
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        name = arena_printf(arena, "%c%s", (int)('A' + (rest - 1) % 26), name);
    return name;
}

/* ---- inputs: what the formulas of a row stand on -----------------------------------------------
 */

enum { INPUTS = RIPARTO_CRITERI + 4 };
struct sheet {
    struct cx *cx;
    const struct definizione *def;
    const struct quadro *quadro;
    struct doc_table *table;
    const char *inputs[INPUTS]; /* titles of the columns behind the name */
    size_t inputs_count;
    size_t first_row, last_row; /* of the payers, as a spreadsheet counts */
};

static void inputs_name(struct sheet *s)
{
    static const char *const titles[METODI][3] = {
        [METODO_PRO_CAPITE] = {"Quota a testa", "Abitanti", NULL},
        [METODO_CRITERI] = {NULL},
        [METODO_MARGINI] = {NULL},
        [METODO_ORE] = {"Ore per settimana", "Costo orario", NULL},
        [METODO_UNITA] = {"Fisso", "Quantità", "Importo di una"},
        [METODO_COSTI] = {"Costo", NULL},
    };
    for (size_t i = 0; i < 3 && titles[s->def->metodo][i] != NULL; i++)
        s->inputs[s->inputs_count++] = titles[s->def->metodo][i];
    for (size_t k = 0; k < s->def->criteri_count; k++)
        s->inputs[s->inputs_count++] = s->def->criteri[k].nome;
}

static struct money known(struct money amount)
{
    return money_ok(amount) ? amount : MONEY(0);
}

static void inputs_write(const struct sheet *s, size_t row)
{
    const struct definizione_riga *riga = &s->def->righe[row];
    switch (s->def->metodo) {
    case METODO_PRO_CAPITE:
        doc_cell_money(s->table, s->def->quota);
        doc_cell_money(s->table, MONEY(riga->pesi[0]));
        break;
    case METODO_ORE:
        doc_cell_money(s->table, MONEY(riga->pesi[0]));
        doc_cell_money(s->table, riga->importi[0]);
        break;
    case METODO_UNITA:
        doc_cell_money(s->table, known(riga->importi[0]));
        doc_cell_money(s->table, MONEY(riga->pesi[0] > 0 ? riga->pesi[0] : 0));
        doc_cell_money(s->table, known(riga->importi[1]));
        break;
    case METODO_COSTI:
        doc_cell_money(s->table, riga->importi[0]);
        break;
    case METODO_CRITERI:
        for (size_t k = 0; k < s->def->criteri_count; k++)
            doc_cell_money(s->table, MONEY(riga->pesi[k]));
        break;
    case METODO_MARGINI:
    case METODI:
        break;
    }
}

/* ---- formulas -------------------------------------------------------------------------------- */

static const char *ratio(struct cx *cx, struct rate rate)
{
    return arena_printf(cx->arena, "%lld/%lld", (long long)rate.num, (long long)rate.den);
}

static const char *by_criteria(const struct sheet *s, size_t at)
{
    struct arena *arena = s->cx->arena;
    char amount[MONEY_TEXT], step[MONEY_TEXT];
    const char *sum = "";
    for (size_t k = 0; k < s->def->criteri_count; k++) {
        const char *column = column_name(arena, 1 + k);
        sum = arena_printf(arena, "%s%s%s*%s%zu/SUM(%s$%zu:%s$%zu)", sum, k > 0 ? "+" : "",
                           ratio(s->cx, s->def->criteri[k].quota), column, at, column, s->first_row,
                           column, s->last_row);
    }
    if (s->def->passo == STEP_CENT)
        return arena_printf(arena, "=ROUND(%s*(%s),2)", money_machine(s->def->importo, amount),
                            sum);
    money_machine(MONEY(s->def->passo), step);
    return arena_printf(arena, "=ROUND(%s*(%s)/%s,0)*%s", money_machine(s->def->importo, amount),
                        sum, step, step);
}

/* The amount due of a row; NULL where a spreadsheet cannot compute it. */
static const char *due_formula(const struct sheet *s, size_t row)
{
    struct arena *arena = s->cx->arena;
    const struct definizione_riga *riga = &s->def->righe[row];
    size_t at = s->first_row + row;
    switch (s->def->metodo) {
    case METODO_PRO_CAPITE:
        return arena_printf(arena, "=ROUND(B%zu*C%zu,2)", at, at);
    case METODO_ORE:
        return arena_printf(arena, "=ROUND(B%zu*%lld*C%zu*(1+%s),2)", at,
                            (long long)s->def->settimane, at,
                            ratio(s->cx, rate_ok(riga->quota) ? riga->quota : RATE(0, 1)));
    case METODO_UNITA:
        return arena_printf(arena, "=ROUND(B%zu+C%zu*D%zu,2)", at, at, at);
    case METODO_COSTI:
        return arena_printf(arena, "=ROUND(B%zu*%s,2)", at, ratio(s->cx, riga->quota));
    case METODO_CRITERI:
        return s->def->modo == ARROTONDA_RIGA ? by_criteria(s, at) : NULL;
    case METODO_MARGINI:
    case METODI:
        break;
    }
    return NULL;
}

/* What follows from the amount due, in the column `column` of the table. */
static const char *next_formula(const struct sheet *s, size_t row, size_t column)
{
    struct arena *arena = s->cx->arena;
    const struct definizione *def = s->def;
    size_t at = s->first_row + row, base = 1 + s->inputs_count, first = def->mesi > 0 ? 2 : 1;
    const char *due = column_name(arena, base);
    if (column < first)
        return arena_printf(arena, "=ROUND(%s%zu*%lld/12/%lld,0)*%lld", due, at,
                            (long long)def->mesi, (long long)def->mesi_passo / 100,
                            (long long)def->mesi_passo / 100);
    size_t number = (column - first) / 3, part = (column - first) % 3;
    const char *total = column_name(arena, base + column - part);
    if (part == 2)
        return arena_printf(arena, "=ROUND(%s%zu*%s,0)", total, at,
                            ratio(s->cx, def->trasferimento));
    if (part == 1)
        return arena_printf(arena, "=%s%zu-%s%zu", total, at, column_name(arena, base + column + 1),
                            at);
    if (number + 1 < def->rate_count)
        return arena_printf(arena, "=ROUND(%s%zu*%s,2)", due, at, ratio(s->cx, def->rate[number]));
    const char *text = arena_printf(arena, "=%s%zu", due, at);
    for (size_t k = 0; k < number; k++)
        text = arena_printf(arena, "%s-%s%zu", text, column_name(arena, base + first + 3 * k), at);
    return text;
}

/* ---- the table ------------------------------------------------------------------------------- */

static void sheet_row(const struct sheet *s, size_t row)
{
    const struct definizione *def = s->def;
    size_t at = s->first_row + row;
    doc_row(s->table);
    doc_cell_text(s->table, def->righe[row].nome);
    inputs_write(s, row);
    for (size_t k = 0; k < def->nomi_count; k++) {
        const char *formula = def->metodo == METODO_MARGINI ? NULL
                              : k == 0                      ? due_formula(s, row)
                                                            : next_formula(s, row, k);
        if (formula != NULL)
            doc_cell_formula(s->table, formula, quadro_cell(s->quadro, row, k));
        else
            doc_cell_money(s->table, quadro_cell(s->quadro, row, k));
    }
    if (def->metodo == METODO_MARGINI)
        doc_cell_formula(s->table,
                         arena_printf(s->cx->arena, "=SUM(B%zu:%s%zu)", at,
                                      column_name(s->cx->arena, def->nomi_count), at),
                         quadro_due(s->quadro, row));
}

static void sheet_total(const struct sheet *s, struct money all)
{
    const struct definizione *def = s->def;
    size_t extra = def->metodo == METODO_MARGINI;
    doc_total(s->table);
    doc_row(s->table);
    doc_cell_text(s->table, "Totale");
    for (size_t i = 0; i < s->inputs_count; i++)
        doc_cell_text(s->table, "");
    for (size_t k = 0; k < def->nomi_count + extra; k++) {
        const char *column = column_name(s->cx->arena, 1 + s->inputs_count + k);
        doc_cell_formula(s->table,
                         arena_printf(s->cx->arena, "=SUM(%s%zu:%s%zu)", column, s->first_row,
                                      column, s->last_row),
                         k < def->nomi_count ? s->quadro->totali[k] : all);
    }
}

struct doc *prospetto_sheet(struct cx *cx, const struct prospetto *p, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    struct doc *doc = paper_new(cx, p, true);
    struct sheet s = {.cx = cx,
                      .def = def,
                      .quadro = quadro,
                      .table = doc_table(doc, "Riparto"),
                      .first_row = 2,
                      .last_row = 1 + def->righe_count};
    inputs_name(&s);
    doc_column(s.table, "nome", "Chi paga", FIELD_TEXT);
    for (size_t i = 0; i < s.inputs_count; i++)
        doc_column(s.table, arena_printf(cx->arena, "dato_%zu", i + 1), s.inputs[i], FIELD_MONEY);
    for (size_t k = 0; k < def->nomi_count; k++)
        doc_column(s.table, arena_printf(cx->arena, "colonna_%zu", k + 1),
                   colonna_title(cx->arena, def, k), FIELD_MONEY);
    if (def->metodo == METODO_MARGINI)
        doc_column(s.table, "totale", "Totale", FIELD_MONEY);
    for (size_t i = 0; i < def->righe_count; i++)
        sheet_row(&s, i);
    sheet_total(&s, p->totale);
    return doc;
}

/* ---- on paper -------------------------------------------------------------------------------- */

/* The amount due, or the areas; the instalments have a table of their own. */
static void paper_table(struct cx *cx, struct doc *doc, const struct prospetto *p,
                        const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    bool margins = def->metodo == METODO_MARGINI;
    size_t columns = margins ? def->nomi_count : def->mesi > 0 ? 2 : 1;
    struct doc_table *table = doc_table(doc, "Chi paga quanto");
    doc_column(table, "nome", "Chi paga", FIELD_TEXT);
    for (size_t k = 0; k < columns; k++)
        doc_column(table, def->nomi[k], colonna_title(cx->arena, def, k), FIELD_MONEY);
    if (margins)
        doc_column(table, "totale", "Totale", FIELD_MONEY);
    for (size_t i = 0; i <= def->righe_count; i++) {
        bool total = i == def->righe_count;
        if (total)
            doc_total(table);
        doc_row(table);
        doc_cell_text(table, total ? "Totale" : def->righe[i].nome);
        for (size_t k = 0; k < columns; k++)
            doc_cell_money(table, total ? quadro->totali[k] : quadro_cell(quadro, i, k));
        if (margins)
            doc_cell_money(table, total ? p->totale : quadro_due(quadro, i));
    }
}

static void paper_rate(struct cx *cx, struct doc *doc, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    size_t first = def->mesi > 0 ? 2 : 1;
    char day[DAY_TEXT];
    for (size_t k = 0; k < def->rate_count; k++) {
        const char *title =
            arena_printf(cx->arena, "%zuª rata, entro il %s", k + 1, day_it(def->scadenze[k], day));
        struct doc_table *table = doc_table(doc, title);
        doc_column(table, "nome", "Chi paga", FIELD_TEXT);
        doc_column(table, "totale", "Rata", FIELD_MONEY);
        doc_column(table, "fattura", "Con fattura", FIELD_MONEY);
        doc_column(table, "trasferimento", "Con trasferimento", FIELD_MONEY);
        for (size_t i = 0; i <= def->righe_count; i++) {
            bool total = i == def->righe_count;
            if (total)
                doc_total(table);
            doc_row(table);
            doc_cell_text(table, total ? "Totale" : def->righe[i].nome);
            for (size_t c = first + 3 * k; c < first + 3 * k + 3; c++)
                doc_cell_money(table, total ? quadro->totali[c] : quadro_cell(quadro, i, c));
        }
    }
}

struct doc *prospetto_paper(struct cx *cx, const struct prospetto *p, const struct quadro *quadro)
{
    char text[MONEY_TEXT], day[DAY_TEXT];
    struct doc *doc = paper_new(cx, p, quadro->def->metodo == METODO_MARGINI);
    doc_heading(doc, 1, p->titolo);
    doc_pair(doc, "Anno", arena_printf(cx->arena, "%lld", (long long)p->anno));
    if (p->atto != NULL)
        doc_pair(doc, "Atto",
                 arena_printf(cx->arena, "%s, %s", p->atto, day_it(p->approvato, day)));
    else
        doc_pair(doc, "Stato", "bozza, non ancora approvata");
    doc_pair(doc, "Totale", arena_printf(cx->arena, "%s euro", money_it(p->totale, text)));
    if (p->residuo.cents != 0)
        doc_pair(doc, "Residuo dell’arrotondamento",
                 arena_printf(cx->arena, "%s euro", money_it(p->residuo, text)));
    paper_table(cx, doc, p, quadro);
    paper_rate(cx, doc, quadro);
    return doc;
}
