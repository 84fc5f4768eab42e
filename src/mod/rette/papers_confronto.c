/* Two plans beside each other, as a document. */
#include "mod/rette/inside.h"

#include <string.h>

static const char *day_text(struct arena *arena, struct day day)
{
    char text[DAY_TEXT];
    return arena_strdup(arena, day_it(day, text));
}

static const char *piano_line(struct arena *arena, const struct piano *piano)
{
    return arena_printf(
        arena, "%s, dal %s (%s)", piano_words(arena, piano->servizio, piano->nome, piano->variante),
        day_text(arena, piano->validita.from), piano->atto != NULL ? piano->atto : "senza atto");
}

static void row(struct doc_table *table, const char *label, struct money prima, struct money dopo)
{
    doc_row(table);
    doc_cell_text(table, label);
    doc_cell_money(table, prima);
    doc_cell_money(table, dopo);
    doc_cell_money(table, money_sub(dopo, prima));
    doc_cell_money(table, difference_percent(prima, dopo));
}

static bool sloping(const struct confronto_tratto *tratto)
{
    return money_cmp(tratto->prima[0], tratto->prima[1]) != 0 ||
           money_cmp(tratto->dopo[0], tratto->dopo[1]) != 0;
}

static void rows(struct arena *arena, struct doc_table *table, const struct confronto *c)
{
    char at[MONEY_TEXT];
    for (size_t i = 0; i < c->count; i++) {
        const struct confronto_tratto *tratto = &c->tratti[i];
        if (!sloping(tratto)) {
            row(table, fascia_words(arena, &(struct fascia){.da = tratto->da, .a = tratto->a}),
                tratto->prima[0], tratto->dopo[0]);
            continue;
        }
        row(table, arena_printf(arena, "a %s euro", money_it(tratto->da, at)), tratto->prima[0],
            tratto->dopo[0]);
        row(table, arena_printf(arena, "salendo, fino a %s euro", money_it(tratto->a, at)),
            tratto->prima[1], tratto->dopo[1]);
    }
    row(table, "senza ISEE valido", c->senza_prima, c->senza_dopo);
    row(table, "non residenti", c->non_residenti_prima, c->non_residenti_dopo);
}

/* The two fees at equal steps of ISEE, a little beyond the last bound. */
static void curve(struct arena *arena, struct doc *doc, const struct confronto_doc *what,
                  const struct confronto *c)
{
    enum { POINTS = 24, THOUSAND = 100 * 1000 };
    char text[MONEY_TEXT]; /* "2.000,00", shown without its cents */
    int64_t last = c->count > 0 ? c->tratti[c->count - 1].da.cents : 0;
    int64_t step = (last + last / 5) / POINTS / THOUSAND * THOUSAND;
    struct doc_table *table =
        doc_figure(doc, CHART_LINES, "Quanto si paga secondo l’ISEE, in euro", NULL);
    doc_column(table, "isee", "ISEE", FIELD_TEXT);
    doc_column(table, "prima", "Prima", FIELD_MONEY);
    doc_column(table, "dopo", "Dopo", FIELD_MONEY);
    if (step < THOUSAND)
        step = THOUSAND;
    for (int64_t at = 0; at <= last + 2 * step && at <= 2 * POINTS * step; at += step) {
        doc_row(table);
        money_it(MONEY(at), text);
        doc_cell_text(table, arena_strndup(arena, text, strlen(text) - 3));
        doc_cell_money(table, piano_fee(what->prima, MONEY(at), what->festivo));
        doc_cell_money(table, piano_fee(what->dopo, MONEY(at), what->festivo));
    }
}

struct doc *rette_confronto(struct arena *arena, const struct confronto_doc *what)
{
    struct confronto *c = ARENA_NEW(arena, struct confronto);
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = "Confronto di due piani tariffari",
                                                        .author = what->ente,
                                                        .date = what->scritto,
                                                        .header = what->ente,
                                                        .footer = "Confronto di due piani"});
    piano_compare(what->prima, what->dopo, what->festivo, c);
    doc_pair(doc, "Prima", piano_line(arena, what->prima));
    doc_pair(doc, "Dopo", piano_line(arena, what->dopo));
    doc_pair(doc, "Giorni", what->festivo ? "festivi" : "feriali");
    struct doc_table *table = doc_table(
        doc, "Retta fascia per fascia: l’ISEE è diviso dove cambia l’uno o l’altro piano");
    doc_column(table, "isee", "ISEE", FIELD_TEXT);
    doc_column(table, "prima", "Prima", FIELD_MONEY);
    doc_column(table, "dopo", "Dopo", FIELD_MONEY);
    doc_column(table, "differenza", "Differenza in euro", FIELD_MONEY);
    doc_column(table, "percento", "Differenza in percento", FIELD_MONEY);
    rows(arena, table, c);
    curve(arena, doc, what, c);
    return doc;
}
