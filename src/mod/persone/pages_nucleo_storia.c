/* What was ever written of the households of a person, and the correction of what was wrong. */
#include "kit/tmpl/message.h"
#include "mod/persone/store.h"
#include "mod/persone/view.h"

struct nucleo_correzione {
    struct id fatto;
    bool sbagliato;
    const char *parentela_giusta;
    struct day dal_giusto;
    struct day al_giusto;
};
static const struct web_field fields[] = {
    {FIELD(nucleo_correzione, fatto), "Che cosa", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nucleo_correzione, parentela_giusta), "Parentela con l’intestatario", INPUT_CHOICE, true,
     0, 0, nucleo_parentele, NULL},
    {FIELD(nucleo_correzione, dal_giusto), "Dal", INPUT_DAY, false, 0, 0, NULL,
     "Primo giorno nel nucleo; vuoto se non si sa"},
    {FIELD(nucleo_correzione, al_giusto), "Al", INPUT_DAY, false, 0, 0, NULL,
     "Primo giorno in cui non c’è più; vuoto se c’è ancora"},
    {FIELD(nucleo_correzione, sbagliato), "È uno sbaglio: in quel nucleo non c’è mai stata",
     INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form nucleo_correct_form = {"nucleo_correzione", fields,
                                             sizeof(struct nucleo_correzione), 0};

static const char *span(struct cx *cx, const struct nucleo_fatto *fact)
{
    char from[DAY_TEXT];
    char to[DAY_TEXT];
    bool left = day_known(fact->al);
    return arena_printf(cx->arena, "%s, dal %s%s%s", nucleo_parentela(fact->parentela),
                        day_known(fact->dal) ? day_it(fact->dal, from) : "non si sa",
                        left ? " al " : "", left ? day_it(fact->al, to) : "");
}

bool nucleo_history_show(struct cx *cx, struct web_req *req, struct tv *page, struct id persona)
{
    struct list facts;
    size_t count = 0;
    if (!nucleo_history(cx, persona, &facts))
        return false;
    struct tv *list = tv_children(page, "storia");
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, facts.count + 1);
    LIST_EACH (&facts, struct nucleo_fatto, fact) {
        struct tv *item = tv_push(list);
        tv_text(item, "fatto", span(cx, fact));
        tv_instant(item, "scritto", fact->scritto);
        tv_text(item, "scritto_da", fact->scritto_da);
        tv_instant(item, "corretto", fact->corretto);
        tv_text(item, "corretto_da", fact->corretto_da);
        if (fact->corretto.us == 0)
            choices[count++] = (struct web_choice){
                id_text(fact->id, arena_alloc(cx->arena, ID_TEXT)), span(cx, fact)};
    }
    tv_bool(page, "storia_nota", facts.count > 0);
    tv_bool(page, "correggibile", count > 0);
    web_choices(req, "fatto", choices);
    web_form_show(req, page, "correzione", &nucleo_correct_form, NULL);
    return true;
}

/* Only what is in force of this person. */
static bool is_hers(struct cx *cx, struct id persona, struct id componente, bool *yes)
{
    struct list mine;
    *yes = false;
    if (!componente_list(cx, persona, &mine))
        return false;
    LIST_EACH (&mine, struct componente, c) {
        *yes = *yes || c->id.n == componente.n;
    }
    return true;
}

bool persona_nucleo_correct(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nucleo_correzione *form = web_form(req);
    struct componente right = {
        .parentela = form->parentela_giusta, .dal = form->dal_giusto, .al = form->al_giusto};
    const char *reason;
    char id[ID_TEXT];
    bool hers;
    if (!is_hers(cx, web_id(req), form->fatto, &hers))
        return false;
    if (!hers) {
        web_fault(req, "fatto", "Non c’è, o qualcuno l’ha già corretto.");
        return false;
    }
    if (!nucleo_correct(cx, form->fatto, form->sbagliato ? NULL : &right, &reason))
        return false;
    if (reason != NULL) {
        web_fault(req, "dal_giusto", "%s", message(reason));
        return false;
    }
    web_notice(req, "%s", message("persone.nucleo_corretto"));
    web_redirect(res, "/persone/%s/nucleo", id_text(web_id(req), id));
    return true;
}
