/* Two tables side by side, payer by payer: two versions, or two years. */
#include "mod/riparto/pages.h"

#include "mod/riparto/ipotesi.h"

#include <string.h>

struct confronto {
    int64_t da, a; /* versions of this one */
    struct id con; /* another one, its last version */
};
static const struct web_field query_fields[] = {
    {FIELD(confronto, da), "Dalla versione", INPUT_INT, false, 1, VERSIONI_MAX, NULL, NULL},
    {FIELD(confronto, a), "Alla versione", INPUT_INT, false, 1, VERSIONI_MAX, NULL, NULL},
    {FIELD(confronto, con), "Con", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_confronto_query = {"confronto", query_fields,
                                                 sizeof(struct confronto), 0};

/* One of the two. */
struct lato {
    struct prospetto prospetto;
    int64_t versione;
    const struct quadro *quadro;
    const char *nome;
};

static bool load_side(struct cx *cx, struct lato *lato, bool versions)
{
    struct quadro *quadro;
    bool same;
    if (!prospetto_quadro(cx, &lato->prospetto, lato->versione, &quadro, &same))
        return false;
    lato->quadro = quadro;
    lato->nome = versions ? arena_printf(cx->arena, "versione %lld", (long long)lato->versione)
                          : arena_printf(cx->arena, "%s (%lld)", lato->prospetto.titolo,
                                         (long long)lato->prospetto.anno);
    return true;
}

/* What is asked for, else the one before: of a copy its origin, else the version before. */
static bool sides(struct cx *cx, const struct web_req *req, struct lato *before, struct lato *after)
{
    const struct confronto *asked = web_form(req);
    struct id other = asked != NULL ? asked->con : ID_NONE;
    if (!store_prospetto_load(cx, web_id(req), &after->prospetto))
        return false;
    *before = *after;
    after->versione = asked != NULL && asked->a != INT_NONE ? asked->a : after->prospetto.versione;
    before->versione = asked != NULL && asked->da != INT_NONE ? asked->da
                       : after->versione > 1                  ? after->versione - 1
                                                              : 1;
    if (other.n == 0 && (asked == NULL || asked->da == INT_NONE))
        other = after->prospetto.origine;
    if (other.n != 0 && !store_prospetto_load(cx, other, &before->prospetto))
        return false;
    if (other.n != 0)
        before->versione = before->prospetto.versione;
    return load_side(cx, before, other.n == 0) && load_side(cx, after, other.n == 0);
}

static void show_row(struct tv *to, const struct ipotesi_riga *row)
{
    char text[MONEY_TEXT];
    tv_text(to, "nome", row->nome);
    tv_money(to, "prima", row->importi[0]);
    tv_money(to, "dopo", row->importi[1]);
    tv_money(to, "differenza", row->differenze[1]);
    tv_text(to, "percento",
            row->percenti[1] == INT_NONE ? NULL : money_it(MONEY(row->percenti[1]), text));
}

/* Lines of the text that only one of the two has; at most LINES of each. */
static void show_lines(struct cx *cx, struct tv *list, const char *text, const char *other)
{
    enum { LINES = 200 };
    for (int shown = 0; *text != '\0' && shown < LINES;) {
        size_t size = strcspn(text, "\r\n");
        const char *line = arena_strndup(cx->arena, text, size);
        bool found = size == 0;
        for (const char *at = other; !found && (at = strstr(at, line)) != NULL; at++)
            found = (at == other || at[-1] == '\n') && strchr("\r\n", at[size]) != NULL;
        if (!found) {
            tv_push_text(list, line);
            shown++;
        }
        text += size;
        text += strspn(text, "\r\n");
    }
}

static bool show_texts(struct cx *cx, struct tv *page, const struct lato *before,
                       const struct lato *after)
{
    struct prospetto_versione old, new;
    if (!store_versione_load(cx, before->prospetto.id, before->versione, &old) ||
        !store_versione_load(cx, after->prospetto.id, after->versione, &new))
        return false;
    show_lines(cx, tv_children(page, "tolte"), old.testo, new.testo);
    show_lines(cx, tv_children(page, "aggiunte"), new.testo, old.testo);
    return true;
}

/* Others to compare with: the latest ones. */
static bool show_others(struct cx *cx, struct tv *page, struct id own)
{
    enum { OTHERS = 40 };
    const struct prospetto_filtro all = {.anno = INT_NONE};
    struct list rows;
    char id[ID_TEXT];
    if (!store_prospetto_rows(cx, &all, PROSPETTI_PER_ANNO, NULL, OTHERS, &rows))
        return false;
    struct tv *list = tv_children(page, "altri");
    LIST_EACH (&rows, const struct prospetto, p) {
        if (p->id.n == own.n)
            continue;
        struct tv *item = tv_push(list);
        tv_printf(item, "titolo", "%s (%lld)", p->titolo, (long long)p->anno);
        tv_text(item, "id", id_text(p->id, id));
    }
    return true;
}

bool riparto_confronto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct lato before = {.versione = 0}, after = {.versione = 0};
    struct ipotesi_riga total;
    struct list rows;
    if (!sides(cx, req, &before, &after))
        return false;
    const struct quadro *const quadri[] = {before.quadro, after.quadro};
    ipotesi_compare(cx->arena, quadri, 2, &rows, &total);
    struct tv *page = web_page(res, "riparto/confronto", "Confronto");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, riparto_href(cx, after.prospetto.id, ""), after.prospetto.titolo);
    web_crumb(res, NULL, "Confronto");
    tv_text(page, "nome_prima", before.nome);
    tv_text(page, "nome_dopo", after.nome);
    tv_text(page, "percorso", riparto_href(cx, after.prospetto.id, "/confronto"));
    struct tv *list = tv_children(page, "righe");
    LIST_EACH (&rows, const struct ipotesi_riga, row)
        show_row(tv_push(list), row);
    show_row(tv_child(page, "somma"), &total);
    return show_texts(cx, page, &before, &after) && show_others(cx, page, after.prospetto.id);
}
