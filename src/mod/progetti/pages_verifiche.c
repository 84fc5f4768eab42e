/* Checks: planned, recorded, called off. */
#include "mod/progetti/view.h"

#include <string.h>

#define CHOICE(name, title) {name, title},

struct nuova_modulo {
    struct day prevista;
    int64_t versione;
};
static const struct web_field nuova_fields[] = {
    {FIELD(nuova_modulo, prevista), "Giorno previsto", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(nuova_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form progetto_verifica_nuova_form = {"verifica", nuova_fields,
                                                      sizeof(struct nuova_modulo), 0};
struct togli_modulo {
    int64_t versione;
};
static const struct web_field togli_fields[] = {
    {FIELD(togli_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form progetto_verifica_togli_form = {"togli", togli_fields,
                                                      sizeof(struct togli_modulo), 0};

bool progetto_verifica_nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    enum { TRE_MESI = 3 };
    struct progetto p;
    struct nuova_modulo first = {.prevista = day_add_months(cx->today, TRE_MESI)};
    if (!progetto_of_path(cx, req, &p))
        return false;
    int days = progetto_tipo_giorni(progetto_tipo_parse(p.tipo));
    struct tv *page = web_page(res, "progetti/verifica_nuova", "Verifica da programmare");
    if (!progetto_head(cx, req, res, page, &p, "Verifica da programmare"))
        return false;
    tv_int(page, "giorni", days > 0 ? days : INT_NONE);
    web_form_show(req, page, "form", &progetto_verifica_nuova_form, &first);
    return true;
}

bool progetto_verifica_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuova_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    if (!progetto_of_path(cx, req, &p) || !still_current(req, &p, form->versione) ||
        !verifica_plan(cx, &p, form->prevista, &faults) || rifiuti_show(req, &faults))
        return false;
    web_notice(req, "Verifica programmata.");
    web_redirect(res, "%s", progetto_href(cx, p.id, ""));
    return true;
}

/* ---- recording ------------------------------------------------------------------------------ */

struct verifica_modulo {
    struct day fatta;
    struct avanzamento a;
    int64_t versione;
};
static const struct web_choice esiti[] = {OBIETTIVO_ESITI(CHOICE){NULL, NULL}};
static const struct web_choice stati[] = {AZIONE_STATI(CHOICE){NULL, NULL}};

#define STATO(i, j, name)                                                                          \
    {                                                                                              \
        FIELD_AS(verifica_modulo, a.stati[i][j], name), "A che punto è", INPUT_CHOICE, false, 0,   \
            0, stati, NULL                                                                         \
    }
#define ESITO(i, nr)                                                                               \
    {FIELD_AS(verifica_modulo, a.esiti[i], "esito_" #nr),                                          \
     "Esito",                                                                                      \
     INPUT_CHOICE,                                                                                 \
     false,                                                                                        \
     0,                                                                                            \
     0,                                                                                            \
     esiti,                                                                                        \
     NULL},                                                                                        \
        STATO(i, 0, "stato_" #nr "_1"), STATO(i, 1, "stato_" #nr "_2"),                            \
        STATO(i, 2, "stato_" #nr "_3"), STATO(i, 3, "stato_" #nr "_4"),                            \
        STATO(i, 4, "stato_" #nr "_5"), STATO(i, 5, "stato_" #nr "_6")
static const struct web_field verifica_fields[] = {
    {FIELD(verifica_modulo, fatta), "Giorno della verifica", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD_AS(verifica_modulo, a.presenti, "presenti"), "Chi era presente", INPUT_TEXT, false, 0,
     200, NULL, NULL},
    {FIELD_AS(verifica_modulo, a.testo, "testo"), "Che cosa è emerso", INPUT_LINES, true, 1, 8000,
     NULL, NULL},
    ESITO(0, 1),
    ESITO(1, 2),
    ESITO(2, 3),
    ESITO(3, 4),
    ESITO(4, 5),
    ESITO(5, 6),
    ESITO(6, 7),
    ESITO(7, 8),
    ESITO(8, 9),
    ESITO(9, 10),
    {FIELD(verifica_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
enum { CORPO = 128 * 1024 };
const struct web_form progetto_verifica_form = {"verifica", verifica_fields,
                                                sizeof(struct verifica_modulo), CORPO};

/* The check of the path, of the project of the path. */
static bool check_of_path(struct cx *cx, const struct web_req *req, struct progetto *p,
                          struct progetto_verifica *v)
{
    struct id id;
    struct list list;
    if (!progetto_of_path(cx, req, p) || !verifica_list(cx, p, &list))
        return false;
    if (id_parse(web_segment(req, "verifica"), &id))
        LIST_EACH (&list, struct progetto_verifica, check)
            if (check->id.n == id.n) {
                *v = *check;
                return true;
            }
    return FAIL(cx, ERR_NOT_FOUND, "nessuna verifica");
}

/* Each objective with its fields, or with what was found. */
static void objectives_show(struct cx *cx, struct tv *page, const struct contenuto *c,
                            const struct avanzamento *done)
{
    struct tv *list = tv_children(page, "obiettivi"), *form = tv_get(page, "form");
    for (size_t i = 0; i < c->obiettivi_count; i++) {
        struct tv *item = tv_push(list), *actions;
        tv_text(item, "testo", c->obiettivi[i].testo);
        tv_text(item, "trovato", done != NULL ? obiettivo_esito_title(done->esiti[i]) : NULL);
        tv_set(item, "esito", tv_get(form, arena_printf(cx->arena, "esito_%zu", i + 1)));
        actions = tv_children(item, "azioni");
        for (size_t j = 0; j < c->obiettivi[i].azioni_count; j++) {
            struct tv *action = tv_push(actions);
            tv_text(action, "che_cosa", c->obiettivi[i].azioni[j].che_cosa);
            tv_text(action, "trovato", done != NULL ? azione_stato_title(done->stati[i][j]) : NULL);
            tv_set(action, "stato",
                   tv_get(form, arena_printf(cx->arena, "stato_%zu_%zu", i + 1, j + 1)));
        }
    }
}

bool progetto_verifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    struct progetto_verifica check;
    struct progetto_versione v;
    struct verifica_modulo values = {.fatta = cx->today};
    enum authz_answer answer;
    if (!check_of_path(cx, req, &p, &check) ||
        !versione_load(cx, &p, check.avanzamento != NULL ? check.numero : p.numero, &v) ||
        !progetto_decide(cx, p.cartella, p.riserbo, AZIONE_MODIFICA, &answer))
        return false;
    bool write = answer == AUTHZ_ALLOW && web_may(cx, req, "progetti.scrivi");
    bool running = progetto_stato_running(progetto_stato_parse(p.stato));
    struct tv *page = web_page(res, "progetti/verifica", "Verifica del progetto");
    if (!progetto_head(cx, req, res, page, &p, "Verifica del progetto"))
        return false;
    const struct avanzamento *done = check.avanzamento;
    tv_day(page, "prevista", check.prevista);
    tv_day(page, "fatta", check.fatta);
    tv_text(page, "chi", done != NULL ? check.chi_nome : NULL);
    tv_text(page, "presenti", done != NULL ? done->presenti : NULL);
    tv_text(page, "testo", done != NULL ? done->testo : NULL);
    tv_bool(page, "registra", done == NULL && write && running);
    tv_bool(page, "da_avviare", done == NULL && !running);
    char id[ID_TEXT];
    tv_text(page, "togli",
            done == NULL && write ? arena_printf(cx->arena, "%s/verifiche/%s/togli",
                                                 progetto_href(cx, p.id, ""), id_text(check.id, id))
                                  : NULL);
    web_form_show(req, page, "form", &progetto_verifica_form, &values);
    objectives_show(cx, page, v.contenuto, done);
    return true;
}

bool progetto_verifica_registra(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct verifica_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_verifica check;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    if (!check_of_path(cx, req, &p, &check) || !still_current(req, &p, form->versione) ||
        !verifica_record(cx, &p, check.id, form->fatta, &form->a, &faults) ||
        rifiuti_show(req, &faults))
        return false;
    web_audit_detail(req, "verifica, versione %lld", (long long)p.numero);
    web_notice(req, "Verifica registrata.");
    web_redirect(res, "%s", progetto_href(cx, p.id, ""));
    return true;
}

bool progetto_verifica_togli(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct togli_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_verifica check;
    if (!check_of_path(cx, req, &p, &check) || !still_current(req, &p, form->versione) ||
        !verifica_drop(cx, &p, check.id))
        return false;
    web_notice(req, "Verifica tolta.");
    web_redirect(res, "%s", progetto_href(cx, p.id, ""));
    return true;
}
