/* Letters to those who pay: what they owe and why, and reminders. */
#include "mod/riparto/papers.h"

#include <string.h>

static struct doc *letters_new(struct cx *cx, const char *capofila, const char *title)
{
    return doc_new(cx->arena, &(struct doc_meta){.title = title,
                                                 .author = capofila,
                                                 .date = cx->now,
                                                 .header = capofila,
                                                 .footer = title});
}

static const char *it(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return arena_strdup(cx->arena, money_it(amount, text));
}

static const char *it_day(struct cx *cx, struct day day)
{
    char text[DAY_TEXT];
    return arena_strdup(cx->arena, day_it(day, text));
}

static void letter_head(struct cx *cx, struct doc *doc, bool first, const char *to,
                        const char *subject)
{
    if (!first)
        doc_page_break(doc);
    doc_heading(doc, 1, to);
    doc_pair(doc, "Data", it_day(cx, cx->today));
    doc_pair(doc, "Oggetto", subject);
}

/* ---- what is owed ---------------------------------------------------------------------------- */

static void letter_rate(struct cx *cx, struct doc *doc, const struct quadro *quadro, size_t row)
{
    const struct definizione *def = quadro->def;
    size_t first = def->mesi > 0 ? 2 : 1;
    if (def->rate_count == 0)
        return;
    doc_heading(doc, 2, "Quando si paga");
    struct doc_table *table = doc_table(doc, "Rate");
    doc_column(table, "rata", "Rata", FIELD_TEXT);
    doc_column(table, "scadenza", "Entro il", FIELD_DAY);
    doc_column(table, "totale", "Importo", FIELD_MONEY);
    doc_column(table, "fattura", "Con fattura", FIELD_MONEY);
    doc_column(table, "trasferimento", "Con trasferimento", FIELD_MONEY);
    for (size_t k = 0; k < def->rate_count; k++) {
        doc_row(table);
        doc_cell_text(table, arena_printf(cx->arena, "%zuª", k + 1));
        doc_cell_day(table, def->scadenze[k]);
        for (size_t c = first + 3 * k; c < first + 3 * k + 3; c++)
            doc_cell_money(table, quadro_cell(quadro, row, c));
    }
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, "");
    for (size_t part = 0; part < 3; part++) {
        struct money sum = MONEY(0);
        for (size_t k = 0; k < def->rate_count; k++)
            sum = money_add(sum, quadro_cell(quadro, row, first + 3 * k + part));
        doc_cell_money(table, sum);
    }
}

static void letter(struct cx *cx, struct doc *doc, const char *capofila, const struct prospetto *p,
                   const struct quadro *quadro, size_t row, bool first)
{
    const struct definizione_riga *riga = &quadro->def->righe[row];
    size_t column = quadro->def->mesi > 0 ? 1 : 0;
    letter_head(cx, doc, first, riga->nome, p->titolo);
    if (p->atto != NULL)
        doc_pair(doc, "Atto", arena_printf(cx->arena, "%s, %s", p->atto, it_day(cx, p->approvato)));
    else
        doc_pair(doc, "Stato", "bozza: gli importi non sono ancora approvati");
    if (*riga->per != '\0')
        doc_pair(doc, "Paga per", riga->per);
    doc_paragraph(doc,
                  arena_printf(cx->arena,
                               "Si comunica che per l’anno %lld l’importo dovuto è di %s euro.",
                               (long long)p->anno, it(cx, quadro_cell(quadro, row, column))));
    doc_heading(doc, 2, "Come si è calcolato");
    for (size_t k = 0; k <= column; k++)
        doc_item(doc, arena_printf(cx->arena, "%s euro: %s.", it(cx, quadro_cell(quadro, row, k)),
                                   quadro_explain(cx->arena, quadro, row, k)));
    letter_rate(cx, doc, quadro, row);
    doc_signature(doc, capofila, "Ufficio di Piano");
}

struct doc *prospetto_letters(struct cx *cx, const char *capofila, const struct prospetto *p,
                              const struct quadro *quadro, size_t riga)
{
    struct doc *doc = letters_new(cx, capofila, p->titolo);
    bool first = true;
    for (size_t i = 0; i < quadro->def->righe_count; i++) {
        if (riga != SIZE_MAX && riga != i)
            continue;
        letter(cx, doc, capofila, p, quadro, i, first);
        first = false;
    }
    return doc;
}

/* ---- reminders ------------------------------------------------------------------------------- */

static bool wanted(const struct rata_riga *rata, struct day today, bool scadute)
{
    const struct conto conto = rata_conto(rata);
    return conto_sollecito(&conto, today, scadute);
}

bool sollecito_any(struct cx *cx, const struct list *rate, bool scadute)
{
    LIST_EACH (rate, const struct rata_riga, rata)
        if (wanted(rata, cx->today, scadute))
            return true;
    return false;
}

static struct money reminder_table(struct cx *cx, struct doc *doc, const struct list *rate,
                                   size_t from, bool scadute, bool *taken)
{
    const struct rata_riga *head = LIST_ITEM(rate, const struct rata_riga, from);
    struct doc_table *table = doc_table(doc, scadute ? "Rate scadute" : "Rate in scadenza");
    struct money sum = MONEY(0);
    doc_column(table, "rata", "Rata", FIELD_TEXT);
    doc_column(table, "scadenza", "Scadenza", FIELD_DAY);
    doc_column(table, "dovuto", "Dovuto", FIELD_MONEY);
    doc_column(table, "pagato", "Già pagato", FIELD_MONEY);
    doc_column(table, "fattura", "Resta con fattura", FIELD_MONEY);
    doc_column(table, "trasferimento", "Resta con trasferimento", FIELD_MONEY);
    for (size_t i = from; i < rate->count; i++) {
        const struct rata_riga *rata = LIST_ITEM(rate, const struct rata_riga, i);
        const struct conto conto = rata_conto(rata);
        if (taken[i] || rata->prospetto.n != head->prospetto.n ||
            strcmp(rata->pagante, head->pagante) != 0 || !wanted(rata, cx->today, scadute))
            continue;
        taken[i] = true;
        sum = money_add(sum, conto_resto(&conto));
        doc_row(table);
        doc_cell_text(table, arena_printf(cx->arena, "%lldª", (long long)rata->numero));
        doc_cell_day(table, rata->scadenza);
        doc_cell_money(table, conto_dovuto(&conto));
        doc_cell_money(table, conto_incassato(&conto));
        doc_cell_money(table, conto_resto_parte(&conto, PARTE_FATTURA));
        doc_cell_money(table, conto_resto_parte(&conto, PARTE_TRASFERIMENTO));
    }
    return sum;
}

static void reminder(struct cx *cx, struct doc *doc, const char *capofila, const struct list *rate,
                     size_t from, bool scadute, bool *taken)
{
    const struct rata_riga *head = LIST_ITEM(rate, const struct rata_riga, from);
    letter_head(cx, doc, true, head->pagante,
                arena_printf(cx->arena, "%s: %s", scadute ? "Sollecito" : "Preavviso di scadenza",
                             head->titolo));
    doc_paragraph(doc, scadute ? "Alla data di questa lettera non risultano pagate, del tutto o in "
                                 "parte, le rate che seguono."
                               : "Si ricorda che stanno per scadere le rate che seguono.");
    struct money sum = reminder_table(cx, doc, rate, from, scadute, taken);
    doc_paragraph(doc, arena_printf(cx->arena, "In tutto restano da pagare %s euro.", it(cx, sum)));
    doc_paragraph(doc, "Chi avesse già pagato comunichi il giorno e il riferimento del pagamento.");
    doc_signature(doc, capofila, "Ufficio ragioneria");
}

struct doc *sollecito_letters(struct cx *cx, const char *capofila, const struct list *rate,
                              bool scadute)
{
    struct doc *doc = letters_new(cx, capofila, scadute ? "Solleciti" : "Preavvisi di scadenza");
    bool *taken = ARENA_NEWS(cx->arena, bool, rate->count + 1);
    bool first = true;
    for (size_t i = 0; i < rate->count; i++) {
        if (taken[i] || !wanted(LIST_ITEM(rate, const struct rata_riga, i), cx->today, scadute))
            continue;
        if (!first)
            doc_page_break(doc);
        reminder(cx, doc, capofila, rate, i, scadute, taken);
        first = false;
    }
    return doc;
}
