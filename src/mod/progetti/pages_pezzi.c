/* Pieces of a version in preparation: an objective with its actions, the phases. */
#include "kit/tmpl/message.h"
#include "mod/prestazioni/prestazioni.h"
#include "mod/progetti/view.h"

#include <stdlib.h>
#include <string.h>

#define CHOICE(name, title) {name, title},

size_t piece_of(const struct web_req *req, size_t count)
{
    const char *text = web_segment(req, "riga");
    char *end;
    if (strcmp(text, "nuovo") == 0)
        return count;
    unsigned long nr = strtoul(text, &end, 10);
    return *end == '\0' && nr >= 1 && nr <= count ? nr - 1 : SIZE_MAX;
}

bool piece_saved(struct cx *cx, struct web_req *req, struct web_res *res, const struct progetto *p,
                 const struct progetto_versione *v, const char *notice)
{
    enum progetto_guasto guasto;
    if (!versione_write(cx, p, v->contenuto, &guasto) || guasto_show(req, guasto))
        return false;
    web_audit_detail(req, "versione %lld", (long long)v->numero);
    web_notice(req, "%s", notice);
    web_redirect(res, "%s", progetto_href(cx, p->id, ""));
    return true;
}

/* ---- objectives ----------------------------------------------------------------------------- */

struct obiettivo_modulo {
    const char *testo, *indicatore;
    struct azione azioni[AZIONI_MAX];
    bool togli;
    int64_t versione;
};
static const struct web_choice chi[] = {AZIONE_CHI(CHOICE){NULL, NULL}};
#define AZIONE(i, nr)                                                                              \
    {FIELD_AS(obiettivo_modulo, azioni[i].che_cosa, "che_cosa_" #nr),                              \
     "Che cosa",                                                                                   \
     INPUT_TEXT,                                                                                   \
     false,                                                                                        \
     0,                                                                                            \
     500,                                                                                          \
     NULL,                                                                                         \
     NULL},                                                                                        \
        {FIELD_AS(obiettivo_modulo, azioni[i].chi, "chi_" #nr),                                    \
         "Chi",                                                                                    \
         INPUT_CHOICE,                                                                             \
         false,                                                                                    \
         0,                                                                                        \
         0,                                                                                        \
         chi,                                                                                      \
         NULL},                                                                                    \
        {FIELD_AS(obiettivo_modulo, azioni[i].nome, "nome_" #nr),                                  \
         "Nome",                                                                                   \
         INPUT_TEXT,                                                                               \
         false,                                                                                    \
         0,                                                                                        \
         120,                                                                                      \
         NULL,                                                                                     \
         NULL},                                                                                    \
        {FIELD_AS(obiettivo_modulo, azioni[i].entro, "entro_" #nr),                                \
         "Entro il",                                                                               \
         INPUT_DAY,                                                                                \
         false,                                                                                    \
         0,                                                                                        \
         0,                                                                                        \
         NULL,                                                                                     \
         NULL},                                                                                    \
    {                                                                                              \
        FIELD_AS(obiettivo_modulo, azioni[i].prestazione, "prestazione_" #nr), "Prestazione",      \
            INPUT_CHOICE, false, 0, 0, NULL, NULL                                                  \
    }
static const struct web_field obiettivo_fields[] = {
    {FIELD(obiettivo_modulo, testo), "Obiettivo", INPUT_LINES, true, 1, 1000, NULL, NULL},
    {FIELD(obiettivo_modulo, indicatore), "Da che cosa si vedrà", INPUT_TEXT, false, 0, 500, NULL,
     NULL},
    AZIONE(0, 1),
    AZIONE(1, 2),
    AZIONE(2, 3),
    AZIONE(3, 4),
    AZIONE(4, 5),
    AZIONE(5, 6),
    {FIELD(obiettivo_modulo, togli), "Togli questo obiettivo", INPUT_CHECK, false, 0, 0, NULL,
     NULL},
    {FIELD(obiettivo_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
enum { CORPO = 128 * 1024 };
const struct web_form obiettivo_form = {"obiettivo", obiettivo_fields,
                                        sizeof(struct obiettivo_modulo), CORPO};

/* The services of the record may be what does it. */
static bool services_offer(struct cx *cx, struct web_req *req, const struct progetto *p)
{
    struct list list;
    char id[ID_TEXT];
    if (!prestazione_of(cx, p->cartella, day_month_first(cx->today), &list))
        return false;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct prestazione_riga *row = LIST_ITEM(&list, struct prestazione_riga, i);
        choices[i].value = arena_strdup(cx->arena, id_text(row->id, id));
        choices[i].label = arena_printf(cx->arena, "%s, %s", row->servizio, row->erogatore);
    }
    for (int i = 1; i <= AZIONI_MAX; i++)
        web_choices(req, arena_printf(cx->arena, "prestazione_%d", i), choices);
    return true;
}

bool obiettivo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const names[] = {"che_cosa", "chi", "nome", "entro", "prestazione", NULL};
    struct progetto p;
    struct progetto_versione v;
    struct obiettivo_modulo values = {.togli = false};
    struct contenuto piece = {.dal = DAY_NONE, .al = DAY_NONE};
    if (!bozza_of_path(cx, req, &p, &v) || !services_offer(cx, req, &p))
        return false;
    size_t at = piece_of(req, v.contenuto->obiettivi_count);
    if (at >= OBIETTIVI_MAX)
        return FAIL(cx, ERR_NOT_FOUND, "nessun obiettivo");
    bool is_new = at == v.contenuto->obiettivi_count;
    for (size_t i = 0; i < AZIONI_MAX; i++)
        values.azioni[i].entro = DAY_NONE;
    if (!is_new) {
        const struct obiettivo *o = &v.contenuto->obiettivi[at];
        values.testo = o->testo;
        values.indicatore = o->indicatore;
        memcpy(values.azioni, o->azioni, o->azioni_count * sizeof *o->azioni);
        piece.obiettivi[piece.obiettivi_count++] = *o;
    }
    struct tv *page = web_page(res, "progetti/obiettivo", is_new ? "Obiettivo nuovo" : "Obiettivo");
    if (!progetto_head(cx, req, res, page, &p, is_new ? "Obiettivo nuovo" : "Obiettivo"))
        return false;
    conflict_show(cx, req, page, &p, &v, &piece);
    web_form_show(req, page, "form", &obiettivo_form, &values);
    tv_bool(page, "nuovo", is_new);
    struct tv *rows = tv_children(page, "azioni");
    for (size_t i = 0; i < AZIONI_MAX; i++)
        row_show(cx, page, rows, names, i);
    return true;
}

static bool azione_blank(const struct azione *a)
{
    return a->che_cosa == NULL && a->chi == NULL && a->nome == NULL && !day_known(a->entro) &&
           a->prestazione.n == 0;
}

/* Blank rows close up; the check speaks of the rows as they were typed, so they come first. */
static struct obiettivo obiettivo_of(const struct obiettivo_modulo *form)
{
    struct obiettivo o = {.testo = form->testo, .indicatore = form->indicatore};
    for (size_t i = 0; i < AZIONI_MAX; i++)
        if (!azione_blank(&form->azioni[i]))
            o.azioni[o.azioni_count++] = form->azioni[i];
    return o;
}

/* A service of another record is none that this project may name. */
static bool services_known(struct cx *cx, struct web_req *req, const struct progetto *p,
                           const struct obiettivo_modulo *form)
{
    struct list list;
    if (!prestazione_of(cx, p->cartella, day_month_first(cx->today), &list))
        return false;
    for (size_t i = 0; i < AZIONI_MAX; i++) {
        bool known = form->azioni[i].prestazione.n == 0;
        LIST_EACH (&list, struct prestazione_riga, row)
            known = known || row->id.n == form->azioni[i].prestazione.n;
        if (!known)
            web_fault(req, arena_printf(cx->arena, "prestazione_%zu", i + 1),
                      "Scegli una prestazione della cartella.");
    }
    return !web_faulty(req);
}

bool obiettivo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct obiettivo_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    if (!bozza_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione))
        return false;
    struct contenuto *c = v.contenuto;
    size_t at = piece_of(req, c->obiettivi_count);
    if (at >= OBIETTIVI_MAX) {
        web_fault(req, NULL, "%s", message("progetti.pieno"));
        return false;
    }
    if (form->togli) {
        if (at < c->obiettivi_count)
            memmove(&c->obiettivi[at], &c->obiettivi[at + 1],
                    (--c->obiettivi_count - at) * sizeof *c->obiettivi);
        return piece_saved(cx, req, res, &p, &v, "Obiettivo tolto.");
    }
    struct obiettivo o = obiettivo_of(form);
    obiettivo_check(&o, c->dal, c->al, &faults);
    if (!services_known(cx, req, &p, form) || rifiuti_show(req, &faults))
        return false;
    c->obiettivi[at] = o;
    c->obiettivi_count += at == c->obiettivi_count;
    return piece_saved(cx, req, res, &p, &v, "Obiettivo salvato.");
}

/* ---- phases --------------------------------------------------------------------------------- */

struct fasi_modulo {
    struct fase fasi[FASI_MAX];
    int64_t versione;
};
#define FASE(i, nr)                                                                                  \
    {FIELD_AS(fasi_modulo, fasi[i].nome, "nome_" #nr),                                               \
     "Fase",                                                                                         \
     INPUT_TEXT,                                                                                     \
     false,                                                                                          \
     0,                                                                                              \
     200,                                                                                            \
     NULL,                                                                                           \
     NULL},                                                                                          \
        {FIELD_AS(fasi_modulo, fasi[i].dal, "dal_" #nr), "Dal", INPUT_DAY, false, 0, 0, NULL, NULL}, \
    {                                                                                                \
        FIELD_AS(fasi_modulo, fasi[i].al, "al_" #nr), "Al", INPUT_DAY, false, 0, 0, NULL, NULL       \
    }
static const struct web_field fasi_fields[] = {
    FASE(0, 1),
    FASE(1, 2),
    FASE(2, 3),
    FASE(3, 4),
    FASE(4, 5),
    FASE(5, 6),
    FASE(6, 7),
    FASE(7, 8),
    {FIELD(fasi_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form fasi_form = {"fasi", fasi_fields, sizeof(struct fasi_modulo), 0};

bool fasi_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const names[] = {"nome", "dal", "al", NULL};
    struct progetto p;
    struct progetto_versione v;
    struct fasi_modulo values = {.versione = 0};
    struct contenuto piece = {.dal = DAY_NONE, .al = DAY_NONE};
    if (!bozza_of_path(cx, req, &p, &v))
        return false;
    piece.fasi_count = v.contenuto->fasi_count;
    memcpy(piece.fasi, v.contenuto->fasi, sizeof piece.fasi);
    for (size_t i = 0; i < FASI_MAX; i++)
        values.fasi[i] =
            i < piece.fasi_count ? piece.fasi[i] : (struct fase){.dal = DAY_NONE, .al = DAY_NONE};
    struct tv *page = web_page(res, "progetti/fasi", "Fasi");
    if (!progetto_head(cx, req, res, page, &p, "Fasi"))
        return false;
    conflict_show(cx, req, page, &p, &v, &piece);
    web_form_show(req, page, "form", &fasi_form, &values);
    struct tv *rows = tv_children(page, "fasi");
    for (size_t i = 0; i < FASI_MAX; i++)
        row_show(cx, page, rows, names, i);
    return true;
}

bool fasi_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct fasi_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    if (!bozza_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione))
        return false;
    v.contenuto->fasi_count = 0;
    for (size_t i = 0; i < FASI_MAX; i++) {
        const struct fase *fase = &form->fasi[i];
        if (fase->nome != NULL || day_known(fase->dal) || day_known(fase->al))
            v.contenuto->fasi[v.contenuto->fasi_count++] = *fase;
    }
    fasi_check(v.contenuto, &faults);
    if (rifiuti_show(req, &faults))
        return false;
    return piece_saved(cx, req, res, &p, &v, "Fasi salvate.");
}
