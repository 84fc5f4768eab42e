/* A new item or a new source of a year that is not closed. */
#include "mod/bilancio/pages.h"

#include "kit/tmpl/message.h"

#include <string.h>

struct aggiunta {
    int64_t anno;
    const char *area, *area_nuova, *nome_voce, *nome_fonte;
};
/* clang-format off */
static const struct web_field voce_fields[] = {
    {FIELD(aggiunta, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(aggiunta, nome_voce), "Nome della voce", INPUT_TEXT, true, 1, 120, NULL, "Come negli altri anni, se c’era già: così gli anni si confrontano"},
    {FIELD(aggiunta, area), "Area", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(aggiunta, area_nuova), "Oppure un’area nuova", INPUT_TEXT, false, 0, 120, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_field fonte_fields[] = {
    {FIELD(aggiunta, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(aggiunta, nome_fonte), "Nome della fonte", INPUT_TEXT, true, 1, 120, NULL, "Vincolo, atto e scadenze si scrivono poi nella sua pagina"},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form voce_nuova_form = {"voce", voce_fields, sizeof(struct aggiunta), 0};
const struct web_form fonte_nuova_form = {"fonte", fonte_fields, sizeof(struct aggiunta), 0};

static void show_areas(struct cx *cx, struct web_req *req, const struct bilancio *b)
{
    struct web_choice *aree = ARENA_NEWS(cx->arena, struct web_choice, b->aree_count + 1);
    for (size_t i = 0; i < b->aree_count; i++)
        aree[i] = (struct web_choice){b->aree[i].nome, b->aree[i].nome};
    web_choices(req, "area", aree);
}

bool aggiungi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Voce o fonte nuova", &years, &b, &found))
        return false;
    if (!found)
        return true;
    const char *title = anno_title(cx, "Voce o fonte nuova nel", b.anno);
    struct tv *page = web_page(res, "bilancio/aggiungi", title);
    web_crumb(res, anno_href(cx, "/bilancio/matrice", b.anno),
              anno_title(cx, "Voci e fonti", b.anno));
    web_crumb(res, NULL, "Voce o fonte nuova");
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    tv_bool(page, "chiuso", strcmp(b.stato, "chiuso") == 0);
    show_areas(cx, req, &b);
    web_form_show(req, page, "voce", &voce_nuova_form, NULL);
    web_form_show(req, page, "fonte", &fonte_nuova_form, NULL);
    return true;
}

/* The year, when something may be added to it. */
static bool open_year(struct cx *cx, struct web_req *req, int64_t anno, struct bilancio *b)
{
    bool found;
    if (!bilancio_load(cx, anno, b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "%s", message("bilancio.nessuno_anno"));
    if (strcmp(b->stato, "chiuso") == 0)
        web_fault(req, NULL, "%s", message("bilancio.chiuso"));
    return true;
}

static bool has_voce(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (strcmp(b->voci[i].nome, nome) == 0)
            return true;
    return false;
}

static bool has_fonte(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (strcmp(b->fonti[i].nome, nome) == 0)
            return true;
    return false;
}

static bool added(struct cx *cx, struct web_req *req, struct web_res *res, int64_t anno,
                  const char *nome)
{
    web_audit_detail(req, "%lld: %s", (long long)anno, nome);
    web_notice(req, "%s", message("bilancio.aggiunta"));
    web_redirect(res, "%s", anno_href(cx, "/bilancio/variazioni/nuova", anno));
    return true;
}

bool voce_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct aggiunta *form = web_form(req);
    struct bilancio b;
    bool fresh = form->area_nuova != NULL && *form->area_nuova != '\0';
    bool chosen = form->area != NULL && *form->area != '\0';
    if (!open_year(cx, req, form->anno, &b))
        return false;
    if (fresh == chosen)
        web_fault(req, fresh ? "area_nuova" : "area", "%s", message("bilancio.area_una"));
    if (has_voce(&b, form->nome_voce))
        web_fault(req, "nome_voce", "%s", message("bilancio.voce_presente"));
    return !web_faulty(req) &&
           bilancio_add_voce(cx, form->anno, fresh ? form->area_nuova : form->area,
                             form->nome_voce) &&
           added(cx, req, res, form->anno, form->nome_voce);
}

bool fonte_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct aggiunta *form = web_form(req);
    struct bilancio b;
    if (!open_year(cx, req, form->anno, &b))
        return false;
    if (has_fonte(&b, form->nome_fonte))
        web_fault(req, "nome_fonte", "%s", message("bilancio.fonte_presente"));
    return !web_faulty(req) && bilancio_add_fonte(cx, form->anno, form->nome_fonte) &&
           added(cx, req, res, form->anno, form->nome_fonte);
}
