/* An assessment on paper. */
#include "kit/doc/doc.h"
#include "mod/valutazioni/pages.h"

static void totals(struct doc *doc, struct arena *arena, const struct valutazione_letta *letta)
{
    for (size_t i = 0; i < letta->regole->totali_count; i++) {
        const struct punteggio *p = &letta->esito.totali[i];
        const char *words = punteggio_words(arena, p);
        doc_pair(doc, letta->regole->totali[i].titolo,
                 p->fascia != NULL ? arena_printf(arena, "%s (%s)", words, p->fascia) : words);
    }
}

static void answers(struct doc *doc, struct arena *arena, const struct valutazione_letta *letta)
{
    const struct scheda_regole *r = letta->regole;
    struct doc_table *table = NULL;
    for (size_t i = 0; i < r->voci_count; i++) {
        const struct scheda_voce *v = &r->voci[i];
        const char *words = risposta_words(arena, v, letta->risposte.items[i]);
        if (i == 0 || v->sezione != r->voci[i - 1].sezione) {
            const char *name = r->sezioni[v->sezione];
            table = doc_table(doc, *name != '\0' ? name : "Risposte");
            doc_column(table, "domanda", "Domanda", FIELD_TEXT);
            doc_column(table, "risposta", "Risposta", FIELD_TEXT);
        }
        doc_row(table);
        doc_cell_text(table, v->testo);
        doc_cell_text(table, words != NULL ? words : "non ancora valutata");
    }
}

struct doc *valutazione_paper(struct arena *arena, const struct valutazione_letta *letta,
                              const char *ente, const char *persona)
{
    char day[DAY_TEXT];
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = letta->v.titolo,
                                                        .author = ente,
                                                        .subject = "Valutazione",
                                                        .date = letta->v.scritta,
                                                        .header = ente,
                                                        .footer = "Valutazione"});
    doc_heading(doc, 1, letta->v.titolo);
    doc_pair(doc, "Persona", persona);
    doc_pair(doc, "Giorno", day_it(letta->v.giorno, day));
    doc_pair(doc, "Chi l’ha fatta", letta->v.autore_nome);
    doc_pair(doc, "Versione della scheda",
             arena_printf(arena, "%lld", (long long)letta->v.scheda_versione));
    if (riserbo_words(letta->v.riserbo) != NULL)
        doc_pair(doc, "Riserbo", riserbo_words(letta->v.riserbo));
    doc_heading(doc, 2, "Punteggi");
    totals(doc, arena, letta);
    doc_heading(doc, 2, "Risposte");
    answers(doc, arena, letta);
    if (*letta->regole->fonte != '\0')
        doc_paragraph(doc, letta->regole->fonte);
    doc_signature(doc, letta->v.autore_nome, ente);
    return doc;
}
