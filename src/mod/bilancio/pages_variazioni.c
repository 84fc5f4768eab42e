/* Amendments: the list of a year, one of them, its approval. */
#include "mod/bilancio/pages_variazione.h"

#include "kit/tmpl/message.h"

#include <string.h>

struct approva_modulo {
    int64_t versione, base;
};
/* clang-format off */
static const struct web_field approva_fields[] = {
    {FIELD(approva_modulo, versione), "Versione", INPUT_INT, true, 0, INT32_MAX, NULL, NULL},
    {FIELD(approva_modulo, base), "Versione del bilancio", INPUT_INT, true, 0, INT32_MAX, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form approva_form = {"approva", approva_fields, sizeof(struct approva_modulo), 0};

const char *variazione_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/bilancio/variazioni/%s%s", id_text(id, text), tail);
}

static bool variazione_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct variazione_salvata v;
    *facts =
        (struct web_facts){.sensitivity = RISERVO_AMMINISTRATIVO, .relation = RELAZIONE_AMBITO};
    facts->found = store_variazione_load(cx, id, &v);
    if (facts->found || cx->err.code != ERR_NOT_FOUND)
        return facts->found;
    err_clear(&cx->err);
    return true;
}
const struct web_object variazione_object = {"variazione", variazione_facts};

/* ---- list ------------------------------------------------------------------------------- */

static void show_lines(struct cx *cx, struct tv *to, const struct bilancio *b,
                       const struct variazione *lines)
{
    struct tv *list = tv_children(to, "righe");
    struct money moved = MONEY(0);
    for (size_t i = 0; i < lines->righe_count; i++) {
        const struct voce *voce = bilancio_voce(b, lines->righe[i].voce);
        const struct fonte *fonte = bilancio_fonte(b, lines->righe[i].fonte);
        struct tv *row = tv_push(list);
        tv_text(row, "voce", voce != NULL ? voce->nome : "Entrata: la fonte cambia");
        tv_text(row, "fonte", fonte != NULL ? fonte->nome : NULL);
        tv_money(row, "importo", lines->righe[i].importo);
        if (lines->righe[i].importo.cents > 0 && voce != NULL)
            moved = money_add(moved, lines->righe[i].importo);
    }
    tv_money(to, "mosso", moved);
    (void)cx;
}

static bool show_list(struct cx *cx, struct tv *page, const struct bilancio *b)
{
    struct list list;
    struct tv *rows = tv_children(page, "variazioni");
    if (!store_variazione_list(cx, b->anno, &list))
        return false;
    tv_bool(page, "nessuna", list.count == 0);
    LIST_EACH (&list, const struct variazione_salvata, v) {
        struct variazione lines;
        struct tv *row = tv_push(rows);
        if (!store_variazione_righe(cx, v->id, &lines))
            return false;
        tv_bool(row, "bozza", v->numero == INT_NONE);
        tv_int(row, "numero", v->numero);
        tv_day(row, "giorno", v->giorno);
        tv_text(row, "atto", v->atto);
        tv_text(row, "motivo", v->motivo);
        tv_text(row, "scritta_da", v->scritta_da);
        tv_text(row, "href", variazione_href(cx, v->id, ""));
        show_lines(cx, row, b, &lines);
    }
    return true;
}

bool variazioni_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Variazioni", &years, &b, &found))
        return false;
    if (!found)
        return true;
    struct tv *page = web_page(res, "bilancio/variazioni", anno_title(cx, "Variazioni", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/variazioni", b.anno);
    bool may = web_may(cx, req, "bilancio.scrivi") && strcmp(b.stato, "chiuso") != 0;
    tv_text(page, "nuova", may ? anno_href(cx, "/bilancio/variazioni/nuova", b.anno) : NULL);
    tv_text(page, "importa", may ? anno_href(cx, "/bilancio/importa", b.anno) : NULL);
    return show_list(cx, page, &b);
}

/* ---- one amendment ------------------------------------------------------------------------ */

/* What changed since the draft was written; a line is marked where both touch the same cell. */
static bool show_since(struct cx *cx, struct tv *page, const struct bilancio *b,
                       const struct variazione_salvata *v, const struct variazione *mine)
{
    struct list since;
    struct tv *rows = tv_children(page, "intanto");
    if (!variazione_since(cx, v->anno, v->base, &since))
        return false;
    tv_bool(page, "cambiato", since.count > 0);
    LIST_EACH (&since, const struct variazione_salvata, other) {
        struct variazione lines;
        struct tv *row = tv_push(rows), *words = tv_children(row, "righe");
        if (!store_variazione_righe(cx, other->id, &lines))
            return false;
        tv_printf(row, "titolo", "n. %lld, %s: %s (%s)", (long long)other->numero, other->atto,
                  other->motivo, other->scritta_da);
        for (size_t i = 0; i < lines.righe_count; i++) {
            bool same = false;
            for (size_t k = 0; k < mine->righe_count; k++)
                same |= mine->righe[k].voce.n == lines.righe[i].voce.n &&
                        mine->righe[k].fonte.n == lines.righe[i].fonte.n;
            struct tv *line = tv_push(words);
            tv_text(line, "testo", variazione_riga_words(cx, b, &lines.righe[i]));
            tv_bool(line, "anche", same);
        }
    }
    return true;
}

static bool show_draft(struct cx *cx, struct web_req *req, struct tv *page,
                       const struct bilancio *b, const struct variazione_salvata *v,
                       struct variazione *lines)
{
    struct bilancio_faults faults = {.arena = cx->arena};
    struct tv *list = tv_children(page, "guasti");
    if (!variazione_try(cx, v, lines, &faults) || !show_since(cx, page, b, v, lines))
        return false;
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        tv_push_text(list, faults.items[i].text);
    tv_bool(page, "in_ordine", faults.count == 0);
    tv_text(page, "approva", variazione_href(cx, v->id, "/approva"));
    tv_text(page, "elimina", variazione_href(cx, v->id, "/elimina"));
    tv_bool(page, "lunga", lines->righe_count > RIGHE_MODULO);
    variazione_show_editor(req, page, b, v, lines, variazione_href(cx, v->id, ""));
    return true;
}

bool variazione_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct variazione_salvata v;
    struct variazione lines;
    struct bilancio b;
    bool found;
    if (!store_variazione_load(cx, web_id(req), &v) || !store_variazione_righe(cx, v.id, &lines) ||
        !bilancio_load(cx, v.anno, &b, &found))
        return false;
    bool draft = v.numero == INT_NONE && web_may(cx, req, "bilancio.scrivi");
    const char *title = v.numero == INT_NONE
                            ? "Bozza di variazione"
                            : arena_printf(cx->arena, "Variazione n. %lld del %lld",
                                           (long long)v.numero, (long long)v.anno);
    struct tv *page = web_page(res, "bilancio/variazione", title);
    web_crumb(res, anno_href(cx, "/bilancio/variazioni", v.anno),
              anno_title(cx, "Variazioni", v.anno));
    web_crumb(res, NULL, title);
    tv_bool(page, "modifica", draft);
    tv_day(page, "giorno", v.giorno);
    tv_text(page, "atto", v.atto);
    tv_text(page, "motivo", v.motivo);
    tv_text(page, "scritta_da", v.scritta_da);
    tv_instant(page, "scritta", v.scritta);
    struct tv *said = tv_child(page, "detta");
    show_lines(cx, said, &b, &lines);
    return !draft || show_draft(cx, req, page, &b, &v, &lines);
}

/* ---- approval --------------------------------------------------------------------------- */

static bool tell_budget(struct cx *cx, struct web_req *req, const struct variazione_salvata *v,
                        int64_t base)
{
    struct list since;
    if (!variazione_since(cx, v->anno, base, &since))
        return false;
    web_fault(req, NULL, "%s", message("bilancio.cambiato"));
    LIST_EACH (&since, const struct variazione_salvata, other)
        web_fault(req, NULL, "variazione n. %lld, %s: %s", (long long)other->numero, other->atto,
                  other->motivo);
    return false;
}

bool variazione_approva_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct approva_modulo *form = web_form(req);
    struct variazione_salvata v;
    struct bilancio b;
    struct bilancio_faults faults = {.arena = cx->arena};
    bool found;
    if (!store_variazione_load(cx, web_id(req), &v) || !bilancio_load(cx, v.anno, &b, &found))
        return false;
    if (v.numero != INT_NONE || v.versione != form->versione) {
        web_fault(req, NULL, "%s", message("bilancio.bozza_cambiata"));
        return false;
    }
    if (b.versione != form->base)
        return tell_budget(cx, req, &v, form->base);
    if (!variazione_approve(cx, &v, form->base, &faults))
        return false;
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        web_fault(req, NULL, "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_audit_object(req, "variazione", v.id);
    web_notice(req, "%s", message("bilancio.variazione_approvata"));
    web_redirect(res, "%s", variazione_href(cx, v.id, ""));
    return true;
}

bool variazione_elimina_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct approva_modulo *form = web_form(req);
    struct variazione_salvata v;
    if (!store_variazione_load(cx, web_id(req), &v) ||
        !store_variazione_drop(cx, v.id, form->versione))
        return false;
    web_audit_object(req, "variazione", v.id);
    web_notice(req, "%s", message("bilancio.bozza_eliminata"));
    web_redirect(res, "%s", anno_href(cx, "/bilancio/variazioni", v.anno));
    return true;
}
