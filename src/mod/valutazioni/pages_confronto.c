/* The assessments of a record: each form's beside one another, and its totals over time. */
#include "mod/valutazioni/pages.h"

#include "kit/doc/doc.h"

#include <string.h>

enum { COLONNE = 6, SERIE = 6, GRAFICO = 512 * 1024 };

/* Those of one form that may be shown, the latest first. */
struct gruppo {
    const struct valutazione_letta *items[VALUTAZIONI];
    size_t count;
};

static bool group_of(struct cx *cx, const struct cartella *cartella, const struct list *list,
                     const char *codice, struct gruppo *gruppo)
{
    bool may[RISERVI] = {false};
    for (int64_t r = 0; r < RISERVI; r++)
        if (!valutazione_decide(cx, cartella, r, AZIONE_LEGGI, &may[r]))
            return false;
    gruppo->count = 0;
    LIST_EACH (list, struct valutazione_letta, letta) {
        bool known = letta->v.riserbo >= 0 && letta->v.riserbo < RISERVI;
        if (known && may[letta->v.riserbo] && strcmp(letta->v.codice, codice) == 0)
            gruppo->items[gruppo->count++] = letta;
    }
    return true;
}

/* ---- totals over time
 * ------------------------------------------------------------------------------ */

/* The score of the total with this code, whatever the version of the form. */
static int64_t score_named(const struct valutazione_letta *letta, const char *codice)
{
    for (size_t i = 0; i < letta->regole->totali_count; i++)
        if (strcmp(letta->regole->totali[i].codice, codice) == 0)
            return letta->esito.totali[i].centesimi;
    return INT_NONE;
}

static void chart_show(struct cx *cx, struct tv *item, const struct gruppo *gruppo)
{
    const struct scheda_regole *r = gruppo->items[0]->regole;
    struct doc *doc = doc_new(cx->arena, &(struct doc_meta){.title = r->titolo});
    struct doc_table *table = doc_figure(doc, CHART_LINES, "Punteggi nel tempo", NULL);
    struct buf svg;
    size_t series = r->totali_count < SERIE ? r->totali_count : SERIE;
    doc_column(table, "giorno", "Giorno", FIELD_TEXT);
    for (size_t i = 0; i < series; i++)
        doc_column(table, r->totali[i].codice, r->totali[i].titolo, FIELD_MONEY);
    for (size_t n = gruppo->count; n-- > 0;) {
        char day[DAY_TEXT];
        doc_row(table);
        doc_cell_text(table, day_it(gruppo->items[n]->v.giorno, day));
        for (size_t i = 0; i < series; i++) {
            int64_t score = score_named(gruppo->items[n], r->totali[i].codice);
            doc_cell_money(table, score != INT_NONE ? MONEY(score) : MONEY_INVALID);
        }
    }
    buf_init(&svg, cx->arena, GRAFICO);
    doc_html_body(doc, &svg);
    tv_markup(item, "grafico", svg.data);
}

/* ---- answers beside one another
 * -------------------------------------------------------------------- */

static const char *answer_named(struct cx *cx, const struct valutazione_letta *letta,
                                const char *codice)
{
    for (size_t i = 0; i < letta->regole->voci_count; i++)
        if (strcmp(letta->regole->voci[i].codice, codice) == 0)
            return risposta_words(cx->arena, &letta->regole->voci[i], letta->risposte.items[i]);
    return NULL;
}

static bool same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* A cell says in words that it differs from the assessment before it. */
static void cell(struct tv *cells, const char *text, const char *before, bool first,
                 const char *label)
{
    struct tv *item = tv_push(cells);
    tv_text(item, "testo_cella", text);
    tv_bool(item, "cambiata", !first && !same(text, before));
    tv_text(item, "quando", label);
}

static const char *column_label(struct cx *cx, const struct valutazione_letta *letta)
{
    char day[DAY_TEXT];
    return arena_strdup(cx->arena, day_it(letta->v.giorno, day));
}

static const char *total_words(struct cx *cx, const struct valutazione_letta *letta,
                               const char *codice)
{
    for (size_t i = 0; i < letta->regole->totali_count; i++) {
        const struct punteggio *p = &letta->esito.totali[i];
        if (strcmp(letta->regole->totali[i].codice, codice) != 0)
            continue;
        return p->fascia != NULL
                   ? arena_printf(cx->arena, "%s (%s)", punteggio_words(cx->arena, p), p->fascia)
                   : punteggio_words(cx->arena, p);
    }
    return NULL;
}

static void rows_show(struct cx *cx, struct tv *item, const struct gruppo *gruppo)
{
    const struct scheda_regole *r = gruppo->items[0]->regole;
    size_t columns = gruppo->count < COLONNE ? gruppo->count : COLONNE;
    struct tv *rows = tv_children(item, "righe");
    for (size_t i = 0; i < r->totali_count + r->voci_count; i++) {
        bool total = i < r->totali_count;
        const char *code = total ? r->totali[i].codice : r->voci[i - r->totali_count].codice;
        struct tv *row = tv_push(rows), *cells = tv_children(row, "celle");
        const char *before = NULL;
        tv_text(row, "nome", total ? r->totali[i].titolo : r->voci[i - r->totali_count].testo);
        tv_bool(row, "totale", total);
        for (size_t n = columns; n-- > 0;) {
            const char *text = total ? total_words(cx, gruppo->items[n], code)
                                     : answer_named(cx, gruppo->items[n], code);
            cell(cells, text, before, n == columns - 1, column_label(cx, gruppo->items[n]));
            before = text;
        }
    }
}

static void group_show(struct cx *cx, struct tv *item, const struct cartella *cartella,
                       const struct gruppo *gruppo)
{
    size_t columns = gruppo->count < COLONNE ? gruppo->count : COLONNE;
    struct tv *heads = tv_children(item, "colonne");
    for (size_t n = columns; n-- > 0;) {
        const struct valutazione *v = &gruppo->items[n]->v;
        struct tv *head = tv_push(heads);
        char id[ID_TEXT];
        tv_text(head, "etichetta", column_label(cx, gruppo->items[n]));
        tv_text(head, "href_valutazione",
                valutazioni_href(cx, cartella->id,
                                 arena_printf(cx->arena, "/%s", id_text(v->voce, id))));
        tv_text(head, "autore", v->autore_nome);
        tv_text(head, "riserbo", riserbo_words(v->riserbo));
        tv_bool(head, "incompleta", !v->completa);
    }
    tv_text(item, "titolo", gruppo->items[0]->v.titolo);
    tv_bool(item, "altre", gruppo->count > columns);
    tv_bool(item, "piu_di_una", gruppo->count > 1);
    tv_text(item, "grafico", NULL);
    if (gruppo->count > 1 && gruppo->items[0]->regole->totali_count > 0)
        chart_show(cx, item, gruppo);
    rows_show(cx, item, gruppo);
}

bool valutazioni_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    struct list schede, list;
    struct gruppo *gruppo = ARENA_NEW(cx->arena, struct gruppo);
    bool any = false, writes;
    if (!cartella_load(cx, web_id(req), &cartella) || !scheda_list(cx, &schede) ||
        !valutazione_list(cx, cartella.id, NULL, &list) ||
        !valutazione_decide(cx, &cartella, cartella.riserbo, AZIONE_CREA, &writes))
        return false;
    struct tv *page = web_page(res, "valutazioni/confronto", "Valutazioni");
    struct tv *groups = tv_children(page, "gruppi"), *offered = tv_children(page, "nuove");
    writes = writes && web_may(cx, req, "valutazioni.scrivi");
    LIST_EACH (&schede, struct scheda, scheda) {
        if (!group_of(cx, &cartella, &list, scheda->codice, gruppo))
            return false;
        if (gruppo->count > 0)
            group_show(cx, tv_push(groups), &cartella, gruppo);
        any = any || gruppo->count > 0;
        if (!writes || !scheda->attiva)
            continue;
        struct tv *item = tv_push(offered);
        tv_text(item, "titolo_scheda", scheda->titolo);
        tv_text(item, "href",
                valutazioni_href(cx, cartella.id,
                                 arena_printf(cx->arena, "/nuova/%s/%lld", scheda->codice,
                                              (long long)scheda->versione)));
    }
    tv_bool(page, "alcune", any);
    tv_bool(page, "scrive", writes);
    return valutazioni_head(cx, req, res, page, &cartella, NULL);
}
