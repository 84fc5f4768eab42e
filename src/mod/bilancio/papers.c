/* The budget as papers: the matrix for a spreadsheet, the sheets by area for reading. */
#include "mod/bilancio/inside.h"

static struct doc *paper_new(struct cx *cx, const struct bilancio *b, bool landscape)
{
    const char *title = arena_printf(cx->arena, "Bilancio %lld", (long long)b->anno);
    return doc_new(cx->arena, &(struct doc_meta){.title = title,
                                                 .date = cx->now,
                                                 .header = title,
                                                 .footer = b->stato,
                                                 .landscape = landscape});
}

/* ---- matrix ----------------------------------------------------------------------------- */

/* "A", "Z", "AA": the column of a spreadsheet, from 0. */
static const char *column_name(struct arena *arena, size_t column)
{
    const char *name = "";
    for (size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        name = arena_printf(arena, "%c%s", (int)('A' + (rest - 1) % 26), name);
    return name;
}

enum { FIRST_SOURCE = 2, FIRST_ROW = 2 }; /* columns A and B are area and item; row 1 the heading */

static void matrix_row(struct cx *cx, struct doc_table *table, const struct bilancio *b, size_t at)
{
    const struct voce *voce = &b->voci[at];
    const struct area *area = bilancio_area(b, voce->area);
    const char *last = column_name(cx->arena, FIRST_SOURCE + b->fonti_count - 1);
    doc_row(table);
    doc_cell_text(table, area != NULL ? area->nome : "");
    doc_cell_text(table, voce->nome);
    for (size_t i = 0; i < b->fonti_count; i++)
        doc_cell_money(table, bilancio_cella(b, voce->id, b->fonti[i].id));
    doc_cell_formula(table,
                     arena_printf(cx->arena, "=SUM(%s%zu:%s%zu)",
                                  column_name(cx->arena, FIRST_SOURCE), at + FIRST_ROW, last,
                                  at + FIRST_ROW),
                     bilancio_sum_voce(b, voce->id));
}

static void matrix_total(struct cx *cx, struct doc_table *table, const struct bilancio *b)
{
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, "");
    for (size_t i = 0; i <= b->fonti_count; i++) {
        const char *column = column_name(cx->arena, FIRST_SOURCE + i);
        doc_cell_formula(table,
                         arena_printf(cx->arena, "=SUM(%s%d:%s%zu)", column, FIRST_ROW, column,
                                      b->voci_count + FIRST_ROW - 1),
                         i < b->fonti_count ? bilancio_sum_fonte(b, b->fonti[i].id)
                                            : bilancio_uscite(b));
    }
}

struct doc *bilancio_matrix(struct cx *cx, const struct bilancio *b)
{
    struct doc *doc = paper_new(cx, b, true);
    struct doc_table *table = doc_table(doc, "Voci per fonti");
    doc_column(table, "area",
               arena_printf(cx->arena, "Area (bilancio %lld, versione %lld)", (long long)b->anno,
                            (long long)b->versione),
               FIELD_TEXT);
    doc_column(table, "voce_spesa", "Voce", FIELD_TEXT);
    for (size_t i = 0; i < b->fonti_count; i++)
        doc_column(table, arena_printf(cx->arena, "fonte_%zu", i + 1), b->fonti[i].nome,
                   FIELD_MONEY);
    doc_column(table, "totale", "Totale", FIELD_MONEY);
    for (size_t i = 0; i < b->voci_count; i++)
        matrix_row(cx, table, b, i);
    if (b->voci_count > 0 && b->fonti_count > 0)
        matrix_total(cx, table, b);
    return doc;
}

/* ---- sheets by area --------------------------------------------------------------------- */

static void paper_summary(struct doc *doc, const struct bilancio *b)
{
    struct doc_table *table = doc_table(doc, "Riepilogo per area");
    struct money total = bilancio_uscite(b);
    doc_column(table, "area", "Area", FIELD_TEXT);
    doc_column(table, "importo", "Stanziato", FIELD_MONEY);
    doc_column(table, "quota", "Parte del totale (%)", FIELD_MONEY);
    for (size_t i = 0; i < b->aree_count; i++) {
        struct money sum = bilancio_sum_area(b, b->aree[i].id);
        doc_row(table);
        doc_cell_text(table, b->aree[i].nome);
        doc_cell_money(table, sum);
        doc_cell_money(table, bilancio_quota(sum, total));
    }
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_money(table, total);
    doc_cell_money(table, bilancio_quota(total, total));
}

static void paper_voce(struct doc_table *table, const struct bilancio *b, const struct voce *voce)
{
    bool named = false;
    for (size_t i = 0; i < b->fonti_count; i++) {
        struct money amount = bilancio_cella(b, voce->id, b->fonti[i].id);
        if (!money_ok(amount))
            continue;
        doc_row(table);
        doc_cell_text(table, named ? "" : voce->nome);
        doc_cell_text(table, b->fonti[i].nome);
        doc_cell_money(table, amount);
        named = true;
    }
}

static void paper_area(struct doc *doc, const struct bilancio *b, const struct area *area)
{
    doc_heading(doc, 2, area->nome);
    struct doc_table *table = doc_table(doc, area->nome);
    doc_column(table, "voce_spesa", "Voce", FIELD_TEXT);
    doc_column(table, "fonte", "Fonte", FIELD_TEXT);
    doc_column(table, "importo", "Importo", FIELD_MONEY);
    for (size_t i = 0; i < b->voci_count; i++)
        if (b->voci[i].area.n == area->id.n)
            paper_voce(table, b, &b->voci[i]);
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale dell’area");
    doc_cell_text(table, "");
    doc_cell_money(table, bilancio_sum_area(b, area->id));
}

struct doc *bilancio_paper(struct cx *cx, const struct bilancio *b)
{
    struct doc *doc = paper_new(cx, b, false);
    doc_heading(doc, 1, arena_printf(cx->arena, "Bilancio %lld", (long long)b->anno));
    doc_pair(doc, "Stato", b->stato);
    if (b->atto != NULL)
        doc_pair(doc, "Atto", b->atto);
    doc_heading(doc, 2, "Riepilogo");
    paper_summary(doc, b);
    for (size_t i = 0; i < b->aree_count; i++)
        if (bilancio_sum_area(b, b->aree[i].id).cents != 0)
            paper_area(doc, b, &b->aree[i]);
    return doc;
}
