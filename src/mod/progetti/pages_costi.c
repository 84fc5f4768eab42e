/* A cost of a version in preparation, with its sources. */
#include "kit/tmpl/message.h"
#include "mod/bilancio/bilancio.h"
#include "mod/progetti/view.h"

#include <string.h>

#define CHOICE(name, title) {name, title},

struct costo_modulo {
    const char *che_cosa, *voce;
    struct money importo, famiglia;
    struct costo_fonte fonti[COSTO_FONTI_MAX];
    bool togli;
    int64_t versione;
};
static const struct web_choice paganti[] = {FONTI(CHOICE){NULL, NULL}};
#define FONTE(i, nr)                                                                               \
    {FIELD_AS(costo_modulo, fonti[i].chi, "fonte_" #nr),                                           \
     "Chi paga",                                                                                   \
     INPUT_CHOICE,                                                                                 \
     false,                                                                                        \
     0,                                                                                            \
     0,                                                                                            \
     paganti,                                                                                      \
     NULL},                                                                                        \
    {                                                                                              \
        FIELD_AS(costo_modulo, fonti[i].importo, "quota_" #nr), "Quanto", INPUT_MONEY, false, 0,   \
            0, NULL, NULL                                                                          \
    }
static const struct web_field costo_fields[] = {
    {FIELD(costo_modulo, che_cosa), "Per che cosa", INPUT_TEXT, true, 1, 300, NULL, NULL},
    {FIELD(costo_modulo, importo), "Costo in tutto il periodo", INPUT_MONEY, true, 0, 0, NULL,
     NULL},
    {FIELD(costo_modulo, famiglia), "Quota della famiglia", INPUT_MONEY, true, 0, 0, NULL,
     "0 se la famiglia non paga"},
    {FIELD(costo_modulo, voce), "Voce del bilancio dell’Ambito", INPUT_CHOICE, false, 0, 0, NULL,
     NULL},
    FONTE(0, 1),
    FONTE(1, 2),
    FONTE(2, 3),
    FONTE(3, 4),
    {FIELD(costo_modulo, togli), "Togli questo costo", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(costo_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form costo_form = {"costo", costo_fields, sizeof(struct costo_modulo), 0};

static bool items_offer(struct cx *cx, struct web_req *req, const struct contenuto *c)
{
    static const struct web_choice none[] = {{NULL, NULL}};
    struct bilancio budget;
    bool found;
    web_choices(req, "voce", none);
    if (!bilancio_load(cx, day_civil(c->dal).year, &budget, &found) || !found)
        return cx->err.code == ERR_NONE;
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, budget.voci_count + 1);
    for (size_t i = 0; i < budget.voci_count; i++)
        choices[i] = (struct web_choice){budget.voci[i].nome, budget.voci[i].nome};
    web_choices(req, "voce", choices);
    return true;
}

static struct costo_modulo costo_values(const struct costo *costo)
{
    struct costo_modulo values = {.importo = MONEY_INVALID, .famiglia = MONEY_INVALID};
    for (size_t i = 0; i < COSTO_FONTI_MAX; i++)
        values.fonti[i].importo = MONEY_INVALID;
    if (costo == NULL)
        return values;
    values.che_cosa = costo->che_cosa;
    values.voce = costo->voce;
    values.importo = costo->importo;
    values.famiglia = costo->famiglia;
    memcpy(values.fonti, costo->fonti, costo->fonti_count * sizeof *costo->fonti);
    return values;
}

bool costo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const names[] = {"fonte", "quota", NULL};
    struct progetto p;
    struct progetto_versione v;
    struct contenuto piece = {.dal = DAY_NONE, .al = DAY_NONE};
    if (!bozza_of_path(cx, req, &p, &v) || !items_offer(cx, req, v.contenuto))
        return false;
    size_t at = piece_of(req, v.contenuto->costi_count);
    if (at >= COSTI_MAX)
        return FAIL(cx, ERR_NOT_FOUND, "nessun costo");
    bool is_new = at == v.contenuto->costi_count;
    struct costo_modulo values = costo_values(is_new ? NULL : &v.contenuto->costi[at]);
    if (!is_new)
        piece.costi[piece.costi_count++] = v.contenuto->costi[at];
    struct tv *page = web_page(res, "progetti/costo", is_new ? "Costo nuovo" : "Costo");
    if (!progetto_head(cx, req, res, page, &p, is_new ? "Costo nuovo" : "Costo"))
        return false;
    conflict_show(cx, req, page, &p, &v, &piece);
    web_form_show(req, page, "form", &costo_form, &values);
    tv_bool(page, "nuovo", is_new);
    struct tv *rows = tv_children(page, "fonti");
    for (size_t i = 0; i < COSTO_FONTI_MAX; i++)
        row_show(cx, page, rows, names, i);
    return true;
}

bool costo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct costo_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    struct costo costo = {.che_cosa = form->che_cosa,
                          .importo = form->importo,
                          .famiglia = form->famiglia,
                          .voce = form->voce};
    if (!bozza_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione))
        return false;
    struct contenuto *c = v.contenuto;
    size_t at = piece_of(req, c->costi_count);
    if (at >= COSTI_MAX) {
        web_fault(req, NULL, "%s", message("progetti.pieno"));
        return false;
    }
    if (form->togli) {
        if (at < c->costi_count)
            memmove(&c->costi[at], &c->costi[at + 1], (--c->costi_count - at) * sizeof *c->costi);
        return piece_saved(cx, req, res, &p, &v, "Costo tolto.");
    }
    for (size_t i = 0; i < COSTO_FONTI_MAX; i++)
        if (form->fonti[i].chi != NULL || money_ok(form->fonti[i].importo))
            costo.fonti[costo.fonti_count++] = form->fonti[i];
    costo_check(&costo, &faults);
    if (rifiuti_show(req, &faults))
        return false;
    c->costi[at] = costo;
    c->costi_count += at == c->costi_count;
    return piece_saved(cx, req, res, &p, &v, "Costo salvato.");
}
