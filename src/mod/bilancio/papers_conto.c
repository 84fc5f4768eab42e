/* The statement of a source, and years side by side, as papers. */
#include "mod/bilancio/inside.h"

#include <string.h>

static struct doc *paper(struct cx *cx, const char *title, bool landscape)
{
    return doc_new(cx->arena,
                   &(struct doc_meta){
                       .title = title, .date = cx->now, .header = title, .landscape = landscape});
}

/* ---- statement of a source ---------------------------------------------------------------- */

static void fonte_pairs(struct cx *cx, struct doc *doc, const struct fonte *fonte)
{
    char text[DAY_TEXT], amount[MONEY_TEXT];
    doc_pair(doc, "Fonte", fonte->nome);
    doc_pair(doc, "Vincolo",
             !fonte->vincolata       ? "nessuno"
             : fonte->natura != NULL ? fonte->natura
                                     : "vincolata");
    if (fonte->atto != NULL)
        doc_pair(doc, "Atto di assegnazione", fonte->atto);
    if (fonte->competenza != INT_NONE)
        doc_pair(doc, "Anno di competenza",
                 arena_printf(cx->arena, "%lld", (long long)fonte->competenza));
    if (day_known(fonte->entro))
        doc_pair(doc, "Da spendere entro", day_it(fonte->entro, text));
    if (day_known(fonte->rendiconto))
        doc_pair(doc, "Da rendicontare entro", day_it(fonte->rendiconto, text));
    doc_pair(doc, "Disponibile (€)", money_it(fonte->disponibile, amount));
}

enum { FIRST_ROW = 2 }; /* of a spreadsheet, below the heading */

static void total_row(struct cx *cx, struct doc_table *table, const struct conto_riga *sum,
                      size_t rows)
{
    const struct money amounts[] = {sum->assegnato,
                                    sum->impegnato,
                                    sum->liquidato,
                                    sum->pagato,
                                    money_sub(sum->assegnato, sum->impegnato),
                                    sum->stimato};
    if (rows == 0)
        return;
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        doc_cell_formula(table,
                         arena_printf(cx->arena, "=SUM(%c%d:%c%zu)", (int)('B' + i), FIRST_ROW,
                                      (int)('B' + i), rows + FIRST_ROW - 1),
                         amounts[i]);
}

struct doc *rendiconto_paper(struct cx *cx, const struct bilancio *b, const struct fonte *fonte,
                             const struct list *righe)
{
    const char *title =
        arena_printf(cx->arena, "Rendiconto %lld: %s", (long long)b->anno, fonte->nome);
    struct doc *doc = paper(cx, title, true);
    struct conto_riga sum = conto_of_fonte(righe, fonte->id);
    size_t rows = 0;
    doc_heading(doc, 1, title);
    fonte_pairs(cx, doc, fonte);
    struct doc_table *table = doc_table(doc, "Voci pagate dalla fonte");
    doc_column(table, "voce", "Voce", FIELD_TEXT);
    doc_column(table, "assegnato", "Assegnato", FIELD_MONEY);
    doc_column(table, "impegnato", "Impegnato", FIELD_MONEY);
    doc_column(table, "liquidato", "Liquidato", FIELD_MONEY);
    doc_column(table, "pagato", "Pagato", FIELD_MONEY);
    doc_column(table, "residuo", "Da impegnare", FIELD_MONEY);
    doc_column(table, "stimato", "Di cui imputato in proporzione", FIELD_MONEY);
    LIST_EACH (righe, const struct conto_riga, riga) {
        const struct voce *voce = bilancio_voce(b, riga->voce);
        if (riga->fonte.n != fonte->id.n || voce == NULL)
            continue;
        doc_row(table);
        doc_cell_text(table, voce->nome);
        doc_cell_money(table, riga->assegnato);
        doc_cell_money(table, riga->impegnato);
        doc_cell_money(table, riga->liquidato);
        doc_cell_money(table, riga->pagato);
        doc_cell_money(table, money_sub(riga->assegnato, riga->impegnato));
        doc_cell_money(table, riga->stimato);
        rows++;
    }
    total_row(cx, table, &sum, rows);
    doc_paragraph(doc, "L’ultima colonna è la parte dell’impegnato che nessun atto imputa a una "
                       "fonte: è divisa fra le fonti della voce in proporzione a ciò che resta a "
                       "ciascuna, al centesimo.");
    doc_signature(doc, "Il responsabile dell’Ufficio di Piano", NULL);
    return doc;
}

/* ---- years side by side ------------------------------------------------------------------- */

static struct money amount_of(const struct bilancio *b, struct id voce)
{
    const struct voce *found = bilancio_voce(b, voce);
    return found != NULL ? found->stanziato : MONEY_INVALID;
}

static bool seen_before(const struct bilancio *anni, size_t year, struct id voce)
{
    for (size_t i = 0; i < year; i++)
        if (bilancio_voce(&anni[i], voce) != NULL)
            return true;
    return false;
}

static void anni_row(struct doc_table *table, const struct bilancio *anni, size_t count,
                     const struct bilancio *b, const struct voce *voce)
{
    const struct area *area = bilancio_area(b, voce->area);
    struct money first = MONEY_INVALID, last = MONEY_INVALID;
    doc_row(table);
    doc_cell_text(table, area != NULL ? area->nome : "");
    doc_cell_text(table, voce->nome);
    for (size_t i = 0; i < count; i++) {
        last = amount_of(&anni[i], voce->id);
        first = i == 0 ? last : first;
        doc_cell_money(table, last);
    }
    doc_cell_money(table,
                   money_sub(money_ok(last) ? last : MONEY(0), money_ok(first) ? first : MONEY(0)));
}

static void anni_total(struct doc_table *table, const struct bilancio *anni, size_t count)
{
    struct money first = MONEY(0), last = MONEY(0);
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, "");
    for (size_t i = 0; i < count; i++) {
        last = bilancio_uscite(&anni[i]);
        first = i == 0 ? last : first;
        doc_cell_money(table, last);
    }
    doc_cell_money(table, money_sub(last, first));
}

struct doc *anni_paper(struct cx *cx, const struct bilancio *anni, size_t count)
{
    struct doc *doc = paper(cx, "Bilanci a confronto", true);
    doc_heading(doc, 1, "Bilanci a confronto");
    struct doc_table *table = doc_table(doc, "Stanziato per voce e anno");
    doc_column(table, "area", "Area", FIELD_TEXT);
    doc_column(table, "voce", "Voce", FIELD_TEXT);
    for (size_t i = 0; i < count; i++)
        doc_column(table, arena_printf(cx->arena, "anno_%lld", (long long)anni[i].anno),
                   arena_printf(cx->arena, "%lld (%s)", (long long)anni[i].anno, anni[i].stato),
                   FIELD_MONEY);
    doc_column(table, "differenza", "Differenza fra l’ultimo e il primo", FIELD_MONEY);
    for (size_t year = 0; year < count; year++)
        for (size_t i = 0; i < anni[year].voci_count; i++)
            if (!seen_before(anni, year, anni[year].voci[i].id))
                anni_row(table, anni, count, &anni[year], &anni[year].voci[i]);
    if (count > 0)
        anni_total(table, anni, count);
    return doc;
}
