#include "mod/riparto/verifica.h"

#include "mod/riparto/riparto.h"

/* Cells and sums that have a published figure. */
static size_t count_figures(const struct definizione *def)
{
    size_t count = 0;
    for (size_t k = 0; k < def->nomi_count; k++) {
        for (size_t i = 0; i < def->righe_count; i++)
            count += money_ok(def->righe[i].pubblicato[k]);
        for (size_t i = 0; i < def->somme_count; i++)
            count += money_ok(def->somme[i].pubblicato[k]);
    }
    return count;
}

void verifica_run(struct arena *arena, const char *const *noti, struct verifica *verifica)
{
    const struct fonte *fonte = &verifica->fonte;
    const char *dove;
    verifica->faults = ARENA_NEW(arena, struct definizione_faults);
    verifica->def = ARENA_NEW(arena, struct definizione);
    verifica->quadro = ARENA_NEW(arena, struct quadro);
    definizione_read(arena, fonte->text, fonte->size, noti, verifica->def, verifica->faults);
    if (verifica->faults->count > 0)
        return;
    enum riparto_esito esito = quadro_compute(arena, verifica->def, verifica->quadro, &dove);
    if (esito != RIPARTO_OK) {
        verifica->faults->items[0].line = 0;
        verifica->faults->items[0].column = dove;
        verifica->faults->items[0].text = riparto_esito_text(esito);
        verifica->faults->count = 1;
        return;
    }
    verifica->cifre = count_figures(verifica->def);
    quadro_verify(arena, verifica->quadro, &verifica->scarti);
}

/* ---- paper -------------------------------------------------------------------------------------
 */

static void paper_row(struct doc_table *table, const struct fonte *fonte,
                      const struct scarto *scarto)
{
    doc_row(table);
    doc_cell_int(table, scarto->line > 0 ? fonte_line(fonte, scarto->line) : INT_NONE);
    doc_cell_text(table, scarto->riga);
    doc_cell_text(table, scarto->colonna);
    doc_cell_money(table, scarto->trovato);
    doc_cell_money(table, scarto->dovuto);
    doc_cell_money(table, money_sub(scarto->trovato, scarto->dovuto));
    doc_cell_text(table, scarto->perche);
}

struct doc *verifica_paper(struct cx *cx, const struct verifica *verifica)
{
    const struct fonte *fonte = &verifica->fonte;
    struct doc *doc = doc_new(
        cx->arena,
        &(struct doc_meta){.title = "Verifica di un riparto", .date = cx->now, .landscape = true});
    doc_heading(doc, 1, "Verifica di un riparto");
    doc_pair(doc, "Tabella", fonte->tabella);
    doc_pair(doc, "Regola", fonte->regola != NULL ? fonte->regola : "nella tabella stessa");
    doc_pair(doc, "Cifre controllate", arena_printf(cx->arena, "%zu", verifica->cifre));
    doc_pair(doc, "Non tornano",
             arena_printf(cx->arena, "%zu%s", verifica->scarti.count,
                          verifica->scarti.clipped ? ", e forse altre" : ""));
    struct doc_table *table = doc_table(doc, "Cifre che non tornano");
    doc_column(table, "linea", "Riga del file", FIELD_INT);
    doc_column(table, "riga", "Chi paga", FIELD_TEXT);
    doc_column(table, "colonna", "Colonna", FIELD_TEXT);
    doc_column(table, "trovato", "Trovato", FIELD_MONEY);
    doc_column(table, "dovuto", "Dovuto", FIELD_MONEY);
    doc_column(table, "differenza", "Differenza", FIELD_MONEY);
    doc_column(table, "perche", "Perché", FIELD_TEXT);
    LIST_EACH (&verifica->scarti, struct scarto, scarto)
        paper_row(table, fonte, scarto);
    return doc;
}
