/* Hypotheses as a paper: the table with its sums as formulas, and the differences drawn. */
#include "mod/riparto/simula.h"

static struct doc *paper_new(struct cx *cx, const struct simula *simula)
{
    return doc_new(cx->arena, &(struct doc_meta){.title = "Ipotesi di riparto",
                                                 .date = cx->now,
                                                 .header = simula->titolo,
                                                 .footer = "simulazione, non approvata",
                                                 .landscape = true});
}

/* ---- table ------------------------------------------------------------------------------------
 */

/* Columns of a hypothesis in the sheet: B is how it is, then three for each. */
static char column_of(size_t hypothesis, size_t part)
{
    return (char)(hypothesis == 0 ? 'B' : 'C' + (int)(3 * (hypothesis - 1) + part));
}

static void columns(struct cx *cx, struct doc_table *table, const struct simula *simula)
{
    doc_column(table, "pagante", "Chi paga", FIELD_TEXT);
    for (size_t h = 0; h < simula->count; h++) {
        const char *name = simula->nomi[h];
        doc_column(table, arena_printf(cx->arena, "ipotesi_%zu", h), name, FIELD_MONEY);
        if (h == 0)
            continue;
        doc_column(table, arena_printf(cx->arena, "differenza_%zu", h),
                   arena_printf(cx->arena, "Differenza %zu", h), FIELD_MONEY);
        doc_column(table, arena_printf(cx->arena, "percento_%zu", h),
                   arena_printf(cx->arena, "Differenza %zu (%%)", h), FIELD_MONEY);
    }
}

static void percent_cell(struct doc_table *table, int64_t hundredths)
{
    doc_cell_money(table, hundredths == INT_NONE ? MONEY_INVALID : MONEY(hundredths));
}

static void row(struct cx *cx, struct doc_table *table, const struct ipotesi_riga *riga,
                size_t count, size_t line)
{
    doc_row(table);
    doc_cell_text(table, riga->nome);
    for (size_t h = 0; h < count; h++) {
        doc_cell_money(table, riga->importi[h]);
        if (h == 0)
            continue;
        doc_cell_formula(table, arena_printf(cx->arena, "=%c%zu-B%zu", column_of(h, 0), line, line),
                         riga->differenze[h]);
        percent_cell(table, riga->percenti[h]);
    }
}

static void total(struct cx *cx, struct doc_table *table, const struct simula *simula)
{
    const struct ipotesi_riga *riga = &simula->totale;
    size_t last = simula->righe.count + 1;
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, riga->nome);
    for (size_t h = 0; h < simula->count; h++) {
        for (size_t part = 0; part < (h == 0 ? 1 : 2); part++) {
            char column = column_of(h, part);
            doc_cell_formula(table,
                             arena_printf(cx->arena, "=SUM(%c2:%c%zu)", column, column, last),
                             part == 0 ? riga->importi[h] : riga->differenze[h]);
        }
        if (h > 0)
            percent_cell(table, riga->percenti[h]);
    }
}

/* ---- figure ------------------------------------------------------------------------------------
 */

static void figure(struct cx *cx, struct doc *doc, const struct simula *simula)
{
    struct doc_table *table = doc_figure(doc, CHART_BARS, "Differenza per chi paga, in euro", NULL);
    doc_column(table, "pagante", "Chi paga", FIELD_TEXT);
    for (size_t h = 1; h < simula->count; h++)
        doc_column(table, arena_printf(cx->arena, "differenza_%zu", h), simula->nomi[h],
                   FIELD_MONEY);
    LIST_EACH (&simula->righe, struct ipotesi_riga, riga) {
        doc_row(table);
        doc_cell_text(table, riga->nome);
        for (size_t h = 1; h < simula->count; h++)
            doc_cell_money(table, riga->differenze[h]);
    }
}

struct doc *simula_figure(struct cx *cx, const struct simula *simula)
{
    struct doc *doc = paper_new(cx, simula);
    figure(cx, doc, simula);
    return doc;
}

struct doc *simula_paper(struct cx *cx, const struct simula *simula)
{
    struct doc *doc = paper_new(cx, simula);
    struct doc_table *table;
    size_t line = 2; /* 1 is the heading */
    doc_heading(doc, 1, "Ipotesi di riparto");
    doc_pair(doc, "Prospetto", simula->titolo);
    for (size_t h = 1; h < simula->count; h++)
        doc_pair(doc, simula->nomi[h], simula->cambia[h]);
    if (simula->portati)
        doc_paragraph(doc, "I totali delle aree sono stati portati, in proporzione, a quanto "
                           "pagano gli enti nell’ipotesi.");
    table = doc_table(doc, "Quanto tocca a ciascuno");
    columns(cx, table, simula);
    LIST_EACH (&simula->righe, struct ipotesi_riga, riga)
        row(cx, table, riga, simula->count, line++);
    total(cx, table, simula);
    figure(cx, doc, simula);
    return doc;
}
