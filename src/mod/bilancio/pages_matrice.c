/* Items by sources on one screen, and what stands behind a cell. The table is drawn here: with
 * thousands of cells a template would cost more than all the rest. */
#include "mod/bilancio/pages.h"

#include <stdlib.h>
#include <string.h>

/* ---- cells in their places ---------------------------------------------------------------- */

struct griglia {
    const struct bilancio *b;
    struct money *celle; /* voci x fonti; MONEY_INVALID: nothing */
    struct money *righe, *colonne;
    char (*fonti)[ID_TEXT]; /* as text, once for all rows */
};

struct posto { /* where an id stands */
    int64_t id;
    size_t at;
};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct posto *)a)->id, y = ((const struct posto *)b)->id;
    return (x > y) - (x < y);
}

static size_t place_of(const struct posto *places, size_t count, struct id id)
{
    struct posto key = {id.n, 0};
    const struct posto *found = bsearch(&key, places, count, sizeof *places, by_id);
    return found != NULL ? found->at : count;
}

static void griglia_fill(struct arena *arena, const struct bilancio *b, struct griglia *g)
{
    size_t size = b->voci_count * b->fonti_count;
    struct posto *voci = ARENA_NEWS(arena, struct posto, b->voci_count + 1);
    struct posto *fonti = ARENA_NEWS(arena, struct posto, b->fonti_count + 1);
    *g = (struct griglia){b, ARENA_NEWS(arena, struct money, size + 1),
                          ARENA_NEWS(arena, struct money, b->voci_count + 1),
                          ARENA_NEWS(arena, struct money, b->fonti_count + 1),
                          arena_alloc(arena, (b->fonti_count + 1) * ID_TEXT)};
    for (size_t i = 0; i < b->voci_count; i++)
        voci[i] = (struct posto){b->voci[i].id.n, i};
    for (size_t i = 0; i < b->fonti_count; i++)
        fonti[i] = (struct posto){b->fonti[i].id.n, i};
    for (size_t i = 0; i < b->fonti_count; i++)
        id_text(b->fonti[i].id, g->fonti[i]);
    qsort(voci, b->voci_count, sizeof *voci, by_id);
    qsort(fonti, b->fonti_count, sizeof *fonti, by_id);
    for (size_t i = 0; i < size; i++)
        g->celle[i] = MONEY_INVALID;
    for (size_t i = 0; i < b->celle_count; i++) {
        const struct cella *cella = &b->celle[i];
        size_t row = place_of(voci, b->voci_count, cella->voce);
        size_t column = place_of(fonti, b->fonti_count, cella->fonte);
        if (row == b->voci_count || column == b->fonti_count)
            continue;
        g->celle[row * b->fonti_count + column] = cella->importo;
        g->righe[row] = money_add(g->righe[row], cella->importo);
        g->colonne[column] = money_add(g->colonne[column], cella->importo);
    }
}

/* ---- drawing ---------------------------------------------------------------------------- */

/* Names come from outside. */
static void draw_text(struct buf *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        switch (*p) {
        case '<':
            buf_text(out, "&lt;");
            break;
        case '>':
            buf_text(out, "&gt;");
            break;
        case '&':
            buf_text(out, "&amp;");
            break;
        case '"':
            buf_text(out, "&quot;");
            break;
        default:
            buf_add(out, p, 1);
        }
}

static void draw_number(struct buf *out, const char *open, struct money amount, const char *close)
{
    char text[MONEY_TEXT];
    buf_text(out, open);
    buf_text(out, money_it(amount, text));
    buf_text(out, close);
}

static void draw_head(struct buf *out, const struct bilancio *b)
{
    buf_text(out, "<thead><tr><th scope=\"col\">Voce</th>");
    for (size_t i = 0; i < b->fonti_count; i++) {
        char id[ID_TEXT];
        buf_printf(out, "<th scope=\"col\" class=\"z-number\"><a href=\"fonti/%s?anno=%lld\">",
                   id_text(b->fonti[i].id, id), (long long)b->anno);
        draw_text(out, b->fonti[i].nome);
        buf_text(out, b->fonti[i].vincolata
                          ? "</a> <span class=\"badge bg-secondary\">vincolata</span></th>"
                          : "</a></th>");
    }
    buf_text(out, "<th scope=\"col\" class=\"z-number\">Totale</th></tr></thead>\n");
}

static void draw_row(struct buf *out, const struct griglia *g, size_t row)
{
    const struct bilancio *b = g->b;
    const struct money *cells = g->celle + row * b->fonti_count;
    char voce[ID_TEXT], year[24], open[64];
    id_text(b->voci[row].id, voce);
    snprintf(open, sizeof open, "<td><a href=celle/%s-", voce);
    snprintf(year, sizeof year, "-%lld>", (long long)b->anno);
    buf_printf(out, "<tr><th scope=\"row\"><a href=\"voci/%s?anno=%lld\">", voce,
               (long long)b->anno);
    draw_text(out, b->voci[row].nome);
    buf_text(out, "</a></th>");
    for (size_t i = 0; i < b->fonti_count; i++) {
        if (!money_ok(cells[i])) {
            buf_text(out, "<td>");
            continue;
        }
        buf_text(out, open);
        buf_text(out, g->fonti[i]);
        draw_number(out, year, cells[i], "</a>");
    }
    draw_number(out, "<td><strong>", g->righe[row], "</strong></tr>\n");
}

static void draw_area(struct buf *out, const struct griglia *g, const struct area *area)
{
    const struct bilancio *b = g->b;
    bool open = false;
    for (size_t i = 0; i < b->voci_count; i++) {
        if (b->voci[i].area.n != area->id.n)
            continue;
        if (!open) {
            buf_printf(out, "<tbody><tr><th scope=\"rowgroup\" colspan=\"%zu\">",
                       b->fonti_count + 2);
            draw_text(out, area->nome);
            draw_number(out, ": ", bilancio_sum_area(b, area->id), " €</th></tr>\n");
        }
        open = true;
        draw_row(out, g, i);
    }
    if (open)
        buf_text(out, "</tbody>");
}

static void draw_foot(struct buf *out, const struct griglia *g)
{
    struct money total = MONEY(0);
    buf_text(out, "<tfoot><tr><th scope=\"row\">Totale</th>");
    for (size_t i = 0; i < g->b->fonti_count; i++) {
        draw_number(out, "<td><strong>", g->colonne[i], "</strong>");
        total = money_add(total, g->colonne[i]);
    }
    draw_number(out, "<td><strong>", total, "</strong></tr></tfoot>");
}

static const char *draw(struct arena *arena, const struct bilancio *b)
{
    enum { MOST = 16 * 1024 * 1024 };
    struct griglia g;
    struct buf out;
    buf_init(&out, arena, MOST);
    griglia_fill(arena, b, &g);
    draw_head(&out, b);
    for (size_t i = 0; i < b->aree_count; i++)
        draw_area(&out, &g, &b->aree[i]);
    draw_foot(&out, &g);
    return out.data;
}

/* The table of today depends on what the version of its year tells, and on nobody who asks. */
static bool show_table(struct cx *cx, struct web_req *req, struct tv *page,
                       const struct bilancio *head)
{
    struct day al = wanted_day(req);
    bool dated = day_cmp(al, DAY_MAX) < 0, found;
    struct bilancio b;
    const char *key = arena_printf(cx->arena, "bilancio/matrice %lld versione %lld",
                                   (long long)head->anno, (long long)head->versione);
    if (!dated && web_piece_find(req, page, "tabella", key))
        return true;
    if (!(dated ? bilancio_load_at(cx, head->anno, al, &b, &found)
                : bilancio_load(cx, head->anno, &b, &found)))
        return false;
    const char *table = draw(cx->arena, &b);
    if (dated)
        tv_markup(page, "tabella", table);
    else
        web_piece_keep(req, page, "tabella", key, table);
    return true;
}

bool matrice_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    bool found;
    if (!bilancio_wanted_year(cx, req, res, "Voci e fonti", &b, &found))
        return false;
    if (!found)
        return true;
    struct tv *page = web_page(res, "bilancio/matrice", anno_title(cx, "Voci e fonti", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/matrice", b.anno);
    bilancio_show_exports(
        page, arena_printf(cx->arena, "/bilancio/esporta?anno=%lld&formato=", (long long)b.anno));
    bool opens = web_may(cx, req, "bilancio.scrivi") && strcmp(b.stato, "chiuso") != 0;
    tv_text(page, "aggiungi", opens ? anno_href(cx, "/bilancio/aggiungi", b.anno) : NULL);
    return bilancio_show_stage(cx, req, page, &b) && show_table(cx, req, page, &b);
}

/* ---- a cell ----------------------------------------------------------------------------- */

/* "VOCE-FONTE-ANNO" */
static bool read_place(struct cx *cx, const struct web_req *req, struct id *voce, struct id *fonte,
                       int64_t *anno)
{
    const char *text = web_segment(req, "cella");
    const char *a = text != NULL ? strchr(text, '-') : NULL;
    const char *b = a != NULL ? strchr(a + 1, '-') : NULL;
    *anno = b != NULL ? strtol(b + 1, NULL, 10) : 0;
    return (b != NULL && *anno >= ANNO_MIN && *anno <= ANNO_MAX &&
            id_parse(arena_strndup(cx->arena, text, (size_t)(a - text)), voce) &&
            id_parse(arena_strndup(cx->arena, a + 1, (size_t)(b - a - 1)), fonte)) ||
           FAIL(cx, ERR_NOT_FOUND, "non c’è una cella così");
}

/* From the budget as approved, each amendment that touched the cell, to what it is. */
static bool show_history(struct cx *cx, struct tv *page, const struct bilancio *b, struct id voce,
                         struct id fonte)
{
    struct bilancio first;
    struct list list, lines;
    bool found;
    struct tv *rows = tv_children(page, "storia");
    if (!bilancio_load_at(cx, b->anno, DAY_MIN, &first, &found) ||
        !store_variazione_list(cx, b->anno, &list) || !store_variazioni_righe(cx, b->anno, &lines))
        return false;
    tv_money(page, "previsione", bilancio_cella(&first, voce, fonte));
    LIST_EACH (&list, const struct variazione_salvata, v)
        LIST_EACH (&lines, const struct variazione_riga_salvata, riga) {
            if (riga->variazione.n != v->id.n || riga->voce.n != voce.n || riga->fonte.n != fonte.n)
                continue;
            struct tv *row = tv_push(rows);
            tv_day(row, "giorno", v->giorno);
            tv_printf(row, "titolo", "Variazione n. %lld, %s", (long long)v->numero, v->atto);
            tv_text(row, "motivo", v->motivo);
            tv_text(row, "href", variazione_href(cx, v->id, ""));
            tv_money(row, "importo", riga->importo);
        }
    return true;
}

static bool show_cell_entries(struct cx *cx, struct tv *page, int64_t anno, struct id voce,
                              struct id fonte)
{
    struct list list;
    struct tv *rows = tv_children(page, "scritture");
    size_t count = 0;
    if (!store_scrittura_list(cx, anno, voce, &list))
        return false;
    LIST_EACH (&list, const struct scrittura, m) {
        if (m->fonte.n != fonte.n)
            continue;
        scrittura_show(cx, tv_push(rows), m);
        count++;
    }
    tv_bool(page, "scritture_nessuna", count == 0);
    return true;
}

bool cella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list righe;
    struct id voce, fonte;
    int64_t anno;
    bool found;
    if (!read_place(cx, req, &voce, &fonte, &anno) || !bilancio_load(cx, anno, &b, &found))
        return false;
    const struct voce *item = found ? bilancio_voce(&b, voce) : NULL;
    const struct fonte *source = found ? bilancio_fonte(&b, fonte) : NULL;
    if (item == NULL || source == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "non c’è una cella così");
    if (!conto_load(cx, &b, DAY_MAX, &righe))
        return false;
    struct tv *page = web_page(res, "bilancio/cella",
                               arena_printf(cx->arena, "%s, da %s", item->nome, source->nome));
    web_crumb(res, anno_href(cx, "/bilancio/matrice", anno), anno_title(cx, "Voci e fonti", anno));
    web_crumb(res, NULL, item->nome);
    tv_text(page, "voce", item->nome);
    tv_text(page, "voce_href", voce_href(cx, voce, anno));
    tv_text(page, "fonte", source->nome);
    tv_text(page, "fonte_href", fonte_href(cx, fonte, anno));
    tv_money(page, "importo", bilancio_cella(&b, voce, fonte));
    struct conto_riga none = {.assegnato = MONEY(0)}, line = none;
    LIST_EACH (&righe, const struct conto_riga, riga)
        if (riga->voce.n == voce.n && riga->fonte.n == fonte.n)
            line = *riga;
    conto_show(page, &line);
    return show_history(cx, page, &b, voce, fonte) &&
           show_cell_entries(cx, page, anno, voce, fonte);
}
