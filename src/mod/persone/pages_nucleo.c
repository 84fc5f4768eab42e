/* The household of a person: who lived with whom on a day, who came, who left. */
#include "kit/tmpl/message.h"
#include "mod/persone/store.h"
#include "mod/persone/view.h"

#include <string.h>

/* The components of a family sheet (D.P.R. 223/1989), with the widest words for the rest. */
const struct web_choice nucleo_parentele[] = {
    {"intestatario", "Intestatario della scheda"},
    {"coniuge", "Coniuge"},
    {"unito_civilmente", "Unito civilmente"},
    {"convivente", "Convivente di fatto"},
    {"figlio", "Figlio o figlia"},
    {"genitore", "Genitore"},
    {"fratello", "Fratello o sorella"},
    {"nonno", "Nonno o nonna"},
    {"nipote", "Nipote"},
    {"suocero", "Suocero o suocera"},
    {"genero", "Genero o nuora"},
    {"affidato", "Minore in affido"},
    {"altro_parente", "Altro parente"},
    {"non_parente", "Non parente"},
    {NULL, NULL},
};

struct nucleo_giorno {
    struct day giorno;
};
static const struct web_field nucleo_day_fields[] = {
    {FIELD(nucleo_giorno, giorno), "Giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form nucleo_day_form = {"nucleo_giorno", nucleo_day_fields,
                                         sizeof(struct nucleo_giorno), 0};

struct nucleo_modulo {
    const char *chi;
    const char *parentela;
    struct day dal;
};
static const struct web_field nucleo_fields[] = {
    {FIELD(nucleo_modulo, chi), "Chi", INPUT_TEXT, true, 1, 100, NULL,
     "Numero o codice fiscale della persona, o cognome e nome se sono unici"},
    {FIELD(nucleo_modulo, parentela), "Parentela con l’intestatario", INPUT_CHOICE, true, 0, 0,
     nucleo_parentele, NULL},
    {FIELD(nucleo_modulo, dal), "Dal", INPUT_DAY, false, 0, 0, NULL,
     "Primo giorno nel nucleo; vuoto se non si sa"},
    WEB_FIELD_END,
};
const struct web_form nucleo_form = {"nucleo", nucleo_fields, sizeof(struct nucleo_modulo), 0};

struct nucleo_uscita {
    struct id componente;
    struct day al;
};
static const struct web_field nucleo_end_fields[] = {
    {FIELD(nucleo_uscita, componente), "Chi esce", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(nucleo_uscita, al), "Dal giorno", INPUT_DAY, true, 0, 0, NULL,
     "Primo giorno in cui non c’è più"},
    WEB_FIELD_END,
};
const struct web_form nucleo_end_form = {"nucleo_uscita", nucleo_end_fields,
                                         sizeof(struct nucleo_uscita), 0};

const char *nucleo_parentela(const char *value)
{
    for (const struct web_choice *choice = nucleo_parentele; choice->value != NULL; choice++)
        if (strcmp(choice->value, value) == 0)
            return choice->label;
    return value;
}

static void members_show(struct tv *page, const struct list *members)
{
    struct tv *list = tv_children(page, "componenti");
    LIST_EACH (members, struct persona_convivente, row) {
        char id[ID_TEXT];
        struct tv *item = tv_push(list);
        tv_printf(item, "href", "/persone/%s", id_text(row->persona, id));
        tv_printf(item, "nome", "%s %s", row->cognome, row->nome);
        tv_text(item, "parentela", nucleo_parentela(row->parentela));
        tv_day(item, "nascita", row->nascita);
        tv_day(item, "dal", row->dal);
        tv_day(item, "al", row->al);
    }
}

static void members_choices(struct cx *cx, struct web_req *req, const struct list *members)
{
    struct web_choice *choices = ARENA_NEWS(cx->arena, struct web_choice, members->count + 1);
    size_t count = 0;
    LIST_EACH (members, struct persona_convivente, row) {
        char *id = arena_alloc(cx->arena, ID_TEXT);
        choices[count++] = (struct web_choice){
            id_text(row->id, id), arena_printf(cx->arena, "%s %s", row->cognome, row->nome)};
    }
    web_choices(req, "componente", choices);
}

bool persona_nucleo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nucleo_giorno *asked = web_form(req);
    bool given = asked != NULL && day_known(asked->giorno);
    struct day day = given ? asked->giorno : cx->today;
    struct id id = web_id(req);
    struct list members = {0};
    const char *name;
    char text[ID_TEXT];
    bool masked = web_masked(req);
    if (!persona_label(cx, id, &name) || (!masked && !nucleo_at(cx, id, day, &members)))
        return false;
    const char *href = arena_printf(cx->arena, "/persone/%s", id_text(id, text));
    struct tv *page = web_page(res, "persone/nucleo", name);
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, href, name);
    web_crumb(res, NULL, "Nucleo");
    if (!persona_header(cx, req, page, id, "nucleo"))
        return false;
    bool write = !masked && web_may(cx, req, "persone.scrivi");
    tv_day(page, "giorno", day);
    tv_bool(page, "noti", members.count > 0);
    tv_text(page, "aggiungi", write ? arena_printf(cx->arena, "%s/nucleo", href) : NULL);
    tv_text(page, "esce",
            write && members.count > 0 ? arena_printf(cx->arena, "%s/nucleo/uscita", href) : NULL);
    members_show(page, &members);
    members_choices(cx, req, &members);
    web_form_show(req, page, "form", &nucleo_form, NULL);
    web_form_show(req, page, "uscita", &nucleo_end_form, NULL);
    tv_text(page, "correggi", write ? arena_printf(cx->arena, "%s/nucleo/correggi", href) : NULL);
    tv_bool(page, "storia_nota", false);
    return masked || nucleo_history_show(cx, req, page, id);
}

/* The only person that the words can mean. */
static bool find_one(struct cx *cx, struct web_req *req, const char *words, struct id *id)
{
    struct list found;
    if (!persona_search(cx, words, 2, &found))
        return false;
    if (found.count == 1) {
        *id = LIST_ITEM(&found, struct persona_trovata, 0)->id;
        return true;
    }
    web_fault(req, "chi", "%s",
              found.count == 0 ? "Nessuna persona trovata: registrala prima."
                               : "Più persone corrispondono: usa il numero o il codice fiscale.");
    return false;
}

/* The household of the person on the first day of the new member; made when there is none. */
static bool own_household(struct cx *cx, struct id persona, struct day from, struct id *nucleo,
                          const char **reason)
{
    struct list members;
    *reason = NULL;
    if (!nucleo_at(cx, persona, day_known(from) ? from : cx->today, &members))
        return false;
    if (members.count > 0) {
        *nucleo = LIST_ITEM(&members, struct persona_convivente, 0)->nucleo;
        return true;
    }
    struct componente first = {
        .persona = persona, .parentela = "intestatario", .dal = from, .al = DAY_NONE};
    if (!nucleo_join(cx, &first, reason))
        return false;
    *nucleo = first.nucleo;
    return true;
}

bool persona_nucleo_add(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nucleo_modulo *form = web_form(req);
    struct componente member = {.parentela = form->parentela, .dal = form->dal, .al = DAY_NONE};
    const char *reason = NULL;
    char id[ID_TEXT];
    if (!find_one(cx, req, form->chi, &member.persona) ||
        !own_household(cx, web_id(req), form->dal, &member.nucleo, &reason))
        return false;
    if (reason == NULL && !nucleo_join(cx, &member, &reason))
        return false;
    if (reason != NULL) {
        web_fault(req, "chi", "%s", message(reason));
        return false;
    }
    web_notice(req, "Nucleo aggiornato.");
    web_redirect(res, "/persone/%s/nucleo", id_text(web_id(req), id));
    return true;
}

bool persona_nucleo_end(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nucleo_uscita *form = web_form(req);
    struct list members;
    char id[ID_TEXT];
    bool known = false;
    if (!nucleo_at(cx, web_id(req), day_add(form->al, -1), &members))
        return false;
    LIST_EACH (&members, struct persona_convivente, row) {
        known = known || row->id.n == form->componente.n;
    }
    if (!known) {
        web_fault(req, "al", "Quel giorno non era nel nucleo.");
        return false;
    }
    if (!nucleo_leave(cx, form->componente, form->al)) {
        if (cx->err.code == ERR_INPUT) {
            err_clear(&cx->err);
            web_fault(req, "al", "%s", message("persone.nucleo_date"));
        }
        return false;
    }
    web_notice(req, "Uscita segnata.");
    web_redirect(res, "/persone/%s/nucleo", id_text(web_id(req), id));
    return true;
}
