/* The editor of a draft. Two people on the same draft: the second is told what the first saved, and
 * nothing is overwritten. */
#include "mod/bilancio/pages_variazione.h"

#include "kit/tmpl/message.h"

#include <string.h>

struct riga_modulo {
    const char *voce, *fonte;
    struct money importo;
};
struct variazione_modulo {
    int64_t anno, versione, base;
    struct day giorno;
    const char *atto, *motivo;
    struct riga_modulo righe[RIGHE_MODULO];
};

enum { EURO_MAX = 2000000000 };
/* clang-format off */
#define RIGA(n) \
    {FIELD_AS(variazione_modulo, righe[n - 1].voce, "voce_" #n), "Riga " #n ", voce", INPUT_TEXT, false, 0, 300, NULL, NULL}, \
    {FIELD_AS(variazione_modulo, righe[n - 1].fonte, "fonte_" #n), "Riga " #n ", fonte", INPUT_TEXT, false, 0, 300, NULL, NULL}, \
    {FIELD_AS(variazione_modulo, righe[n - 1].importo, "importo_" #n), "Riga " #n ", importo", INPUT_MONEY, false, -(int64_t)EURO_MAX * 100, (int64_t)EURO_MAX * 100, NULL, NULL}
static const struct web_field fields[] = {
    {FIELD(variazione_modulo, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(variazione_modulo, giorno), "Data dell’atto", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(variazione_modulo, atto), "Atto", INPUT_TEXT, false, 0, 200, NULL, "Organo, numero: per esempio Assemblea dei sindaci, delibera 4"},
    {FIELD(variazione_modulo, motivo), "Motivo", INPUT_TEXT, false, 0, 300, NULL, NULL},
    RIGA(1), RIGA(2), RIGA(3), RIGA(4), RIGA(5), RIGA(6),
    RIGA(7), RIGA(8), RIGA(9), RIGA(10), RIGA(11), RIGA(12),
    {FIELD(variazione_modulo, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    {FIELD(variazione_modulo, base), "Versione del bilancio", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form variazione_form = {"variazione", fields, sizeof(struct variazione_modulo), 0};
/* ---- editor ----------------------------------------------------------------------------- */

static void show_rows(struct tv *page)
{
    static const char *const parts[] = {"voce", "fonte", "importo"};
    struct tv *rows = tv_children(page, "righe");
    const struct tv *form = tv_get(page, "form");
    for (int i = 1; i <= RIGHE_MODULO; i++) {
        struct tv *row = tv_push(rows);
        tv_int(row, "numero", i);
        struct tv *cells = tv_children(row, "campi");
        for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
            char name[24];
            snprintf(name, sizeof name, "%s_%d", parts[part], i);
            struct tv *cell = tv_push(cells);
            tv_set(cell, "campo", tv_get(form, name));
            tv_text(cell, "elenco", part == 0 ? "voci" : part == 1 ? "fonti" : NULL);
            tv_bool(cell, "numero", part == 2);
        }
    }
}

static void show_names(struct tv *page, const struct bilancio *b)
{
    struct tv *voci = tv_children(page, "voci"), *fonti = tv_children(page, "fonti");
    for (size_t i = 0; i < b->voci_count; i++)
        tv_push_text(voci, b->voci[i].nome);
    for (size_t i = 0; i < b->fonti_count; i++)
        tv_push_text(fonti, b->fonti[i].nome);
}

static void to_form(struct variazione_modulo *form, const struct bilancio *b,
                    const struct variazione_salvata *v, const struct variazione *lines)
{
    *form = (struct variazione_modulo){.anno = v->anno,
                                       .versione = v->versione,
                                       .base = b->versione,
                                       .giorno = v->giorno,
                                       .atto = v->atto,
                                       .motivo = v->motivo};
    for (size_t i = 0; i < RIGHE_MODULO; i++) {
        bool there = i < lines->righe_count;
        const struct voce *voce = there ? bilancio_voce(b, lines->righe[i].voce) : NULL;
        const struct fonte *fonte = there ? bilancio_fonte(b, lines->righe[i].fonte) : NULL;
        form->righe[i] = (struct riga_modulo){voce != NULL ? voce->nome : NULL,
                                              fonte != NULL ? fonte->nome : NULL,
                                              there ? lines->righe[i].importo : MONEY_INVALID};
    }
}

void variazione_show_editor(struct web_req *req, struct tv *page, const struct bilancio *b,
                            const struct variazione_salvata *v, const struct variazione *lines,
                            const char *action)
{
    struct variazione_modulo form;
    to_form(&form, b, v, lines);
    tv_text(page, "percorso", action);
    tv_printf(page, "anno", "%lld", (long long)v->anno);
    tv_printf(page, "versione", "%lld", (long long)v->versione);
    tv_printf(page, "base", "%lld", (long long)b->versione);
    web_form_show(req, page, "form", &variazione_form, &form);
    show_rows(page);
    show_names(page, b);
}

bool variazione_nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years;
    bool found;
    struct variazione lines = {.righe_count = 0};
    if (!bilancio_wanted(cx, req, res, "Variazione nuova", &years, &b, &found))
        return false;
    if (!found)
        return true;
    struct variazione_salvata v = {.anno = b.anno, .giorno = DAY_NONE};
    struct tv *page = web_page(res, "bilancio/variazione_modulo", "Variazione nuova");
    web_crumb(res, anno_href(cx, "/bilancio/variazioni", b.anno),
              anno_title(cx, "Variazioni", b.anno));
    web_crumb(res, NULL, "Variazione nuova");
    variazione_show_editor(req, page, &b, &v, &lines, "/bilancio/variazioni/nuova");
    return true;
}

/* ---- from the form ------------------------------------------------------------------------ */

static struct id named_voce(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (strcmp(b->voci[i].nome, nome) == 0)
            return b->voci[i].id;
    return ID_NONE;
}

static struct id named_fonte(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (strcmp(b->fonti[i].nome, nome) == 0)
            return b->fonti[i].id;
    return ID_NONE;
}

static bool empty(const char *text)
{
    return text == NULL || *text == '\0';
}

static void of_form(struct cx *cx, struct web_req *req, const struct variazione_modulo *form,
                    const struct bilancio *b, struct variazione *lines)
{
    lines->righe = ARENA_NEWS(cx->arena, struct variazione_riga, RIGHE_MODULO);
    lines->righe_count = 0;
    for (size_t i = 0; i < RIGHE_MODULO; i++) {
        const struct riga_modulo *row = &form->righe[i];
        struct variazione_riga line = {ID_NONE, ID_NONE, row->importo};
        if (empty(row->voce) && empty(row->fonte) && !money_ok(row->importo))
            continue;
        if (!empty(row->voce) && (line.voce = named_voce(b, row->voce)).n == 0)
            web_fault(req, arena_printf(cx->arena, "voce_%zu", i + 1), "%s",
                      message("bilancio.voce_ignota"));
        if (empty(row->fonte) || (line.fonte = named_fonte(b, row->fonte)).n == 0)
            web_fault(req, arena_printf(cx->arena, "fonte_%zu", i + 1), "%s",
                      message("bilancio.fonte_ignota"));
        if (!money_ok(row->importo) || row->importo.cents == 0)
            web_fault(req, arena_printf(cx->arena, "importo_%zu", i + 1), "%s",
                      message("bilancio.importo_zero"));
        lines->righe[lines->righe_count++] = line;
    }
}

/* What somebody else saved meanwhile, line by line. */
static bool tell_draft(struct cx *cx, struct web_req *req, const struct bilancio *b, struct id id)
{
    struct variazione_salvata now;
    struct variazione lines;
    if (!store_variazione_load(cx, id, &now) || !store_variazione_righe(cx, id, &lines))
        return false;
    web_fault(req, NULL, "%s ha salvato questa bozza prima di te: %s; le sue righe sono sotto.",
              now.scritta_da, now.motivo != NULL ? now.motivo : "senza motivo");
    for (size_t i = 0; i < lines.righe_count; i++)
        web_fault(req, NULL, "%s", variazione_riga_words(cx, b, &lines.righe[i]));
    return false;
}

static bool save(struct cx *cx, struct web_req *req, struct web_res *res,
                 struct variazione_salvata *v)
{
    const struct variazione_modulo *form = web_form(req);
    struct bilancio b;
    struct variazione lines;
    bool found;
    if (!bilancio_load(cx, v->anno, &b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "%s", message("bilancio.nessuno_anno"));
    of_form(cx, req, form, &b, &lines);
    if (web_faulty(req))
        return false;
    if (v->id.n != 0 && v->versione != form->versione)
        return tell_draft(cx, req, &b, v->id);
    v->giorno = form->giorno;
    v->atto = form->atto;
    v->motivo = form->motivo;
    v->base = form->base;
    if (!variazione_save(cx, v, &lines))
        return false;
    web_audit_object(req, "variazione", v->id);
    web_notice(req, "%s", message("bilancio.bozza_salvata"));
    web_redirect(res, "%s", variazione_href(cx, v->id, ""));
    return true;
}

bool variazione_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct variazione_modulo *form = web_form(req);
    struct variazione_salvata v = {.anno = form->anno, .giorno = DAY_NONE};
    return save(cx, req, res, &v);
}

bool variazione_save_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct variazione_salvata v;
    if (!store_variazione_load(cx, web_id(req), &v))
        return false;
    if (v.numero != INT_NONE) {
        web_fault(req, NULL, "%s", message("bilancio.approvata"));
        return false;
    }
    return save(cx, req, res, &v);
}
