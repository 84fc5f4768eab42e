/* Two people beside each other: made one field by field, or said to be two; and taken apart. */
#include "mod/persone/pages_doppioni.h"

#include "kit/authz/authz.h"
#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/persone/doppioni.h"
#include "mod/persone/fusione.h"
#include "mod/persone/view.h"

#include <string.h>

struct confronto_modulo {
    const char *cognome, *nome, *codfis, *sesso, *nascita, *nascita_luogo, *belfiore, *comune;
    const char *indirizzo, *telefono, *email, *cittadinanza, *tutela, *morte;
    int64_t versione, versione_altra; /* of what the user had before him */
};
static const struct web_choice lati[] = {
    {"questa", "Da questa scheda"}, {"altra", "Dall’altra scheda"}, {NULL, NULL}};
#define LATO(member, label)                                                                        \
    {                                                                                              \
        FIELD(confronto_modulo, member), label, INPUT_CHOICE, false, 0, 0, lati, NULL              \
    }
/* The first are those of fusione_campi, in its order. */
static const struct web_field confronto_fields[] = {
    LATO(cognome, "Cognome"),
    LATO(nome, "Nome"),
    LATO(codfis, "Codice fiscale"),
    LATO(sesso, "Sesso"),
    LATO(nascita, "Data di nascita"),
    LATO(nascita_luogo, "Luogo di nascita"),
    LATO(belfiore, "Codice catastale del luogo di nascita"),
    LATO(comune, "Comune di residenza"),
    LATO(indirizzo, "Indirizzo"),
    LATO(telefono, "Telefono"),
    LATO(email, "Posta elettronica"),
    LATO(cittadinanza, "Cittadinanza"),
    LATO(tutela, "Tutela giuridica"),
    LATO(morte, "Data del decesso"),
    {FIELD(confronto_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    {FIELD(confronto_modulo, versione_altra), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form doppione_form = {"confronto", confronto_fields,
                                       sizeof(struct confronto_modulo), 0};

struct separa_modulo {
    struct id fusione;
};
static const struct web_field separa_fields[] = {
    {FIELD(separa_modulo, fusione), "Unione", INPUT_ID, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form separa_form = {"separa", separa_fields, sizeof(struct separa_modulo), 0};

/* ---- both of them ------------------------------------------------------------------------- */

struct coppia {
    struct persona questa;
    struct persona altra;
};

/* The first was judged by the funnel; the other one must be as free to be changed: otherwise it is
 * as if it were not there. */
static bool load_both(struct cx *cx, struct web_req *req, struct coppia *both)
{
    struct id other;
    struct web_facts facts;
    const struct web_route *route = web_route(req);
    if (!id_parse(web_segment(req, "altra"), &other) || other.n == web_id(req).n)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna persona");
    if (!persona_object.facts(cx, other, &facts))
        return false;
    struct authz_decision decision =
        authz_decide((struct authz_question){.role = (enum authz_role)cx->who->ruolo,
                                             .relation = facts.relation,
                                             .sensitivity = facts.sensitivity,
                                             .purpose = route->purpose,
                                             .action = route->action});
    if (!facts.found || decision.answer != AUTHZ_ALLOW)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna persona");
    char id[ID_TEXT];
    web_audit_detail(req, "confronto con %s", id_text(other, id));
    return persona_load(cx, web_id(req), &both->questa) && persona_load(cx, other, &both->altra);
}

static const char *said(struct cx *cx, const struct field *field, const struct persona *p)
{
    struct ente comune;
    if (field->type == FIELD_ID)
        return p->comune.n != 0 && ente_load(cx, p->comune, &comune) ? comune.nome : "";
    if (strcmp(field->name, "sesso") == 0 && p->sesso != NULL)
        return p->sesso[0] == 'F' ? "Femmina" : "Maschio";
    return field_it(cx->arena, field, p);
}

/* Rows `campi` of {nome, label, questa, altra, diversi, da_altra}. */
static void fields_show(struct cx *cx, struct web_req *req, struct tv *page,
                        const struct coppia *both)
{
    struct tv *list = tv_children(page, "campi");
    for (int i = 0; i < FUSIONE_CAMPI; i++) {
        const struct field *field = &fusione_campi[i];
        const char *a = said(cx, field, &both->questa);
        const char *b = said(cx, field, &both->altra);
        const char *typed = web_typed(req, field->name);
        if (a[0] == '\0' && b[0] == '\0')
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "nome", field->name);
        tv_text(item, "label", confronto_fields[i].label);
        tv_text(item, "questa", a[0] != '\0' ? a : "(vuoto)");
        tv_text(item, "altra", b[0] != '\0' ? b : "(vuoto)");
        tv_bool(item, "diversi", strcmp(a, b) != 0);
        tv_bool(item, "da_altra", typed[0] != '\0' ? strcmp(typed, "altra") == 0 : a[0] == '\0');
    }
}

static void names_show(struct cx *cx, struct tv *page, const struct coppia *both)
{
    char a[ID_TEXT];
    char b[ID_TEXT];
    id_text(both->questa.id, a);
    id_text(both->altra.id, b);
    tv_printf(page, "nome", "%s %s", both->questa.cognome, both->questa.nome);
    tv_printf(page, "nome_altra", "%s %s", both->altra.cognome, both->altra.nome);
    tv_int(page, "numero", both->questa.numero);
    tv_int(page, "numero_altra", both->altra.numero);
    tv_int(page, "versione", both->questa.versione);
    tv_int(page, "versione_altra", both->altra.versione);
    tv_printf(page, "questa_href", "/persone/%s", a);
    tv_printf(page, "altra_href", "/persone/%s", b);
    tv_printf(page, "unisci", "/persone/%s/doppione/%s", a, b);
    tv_printf(page, "scambia", "/persone/%s/doppione/%s", b, a);
    struct doppione_giudizio judged = doppione_judge(cx->arena, &both->questa, &both->altra);
    tv_text(page, "perche", judged.perche != 0 ? persona_why(cx, judged.perche) : NULL);
}

bool doppione_confronto(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct coppia both;
    bool two;
    if (!load_both(cx, req, &both) || !doppione_diverse(cx, both.questa.id, both.altra.id, &two))
        return false;
    struct tv *page = web_page(res, "persone/confronto", "Sono la stessa persona?");
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, "/persone/doppioni", "Doppioni");
    web_crumb(res, NULL, "Confronto");
    tv_bool(page, "distinte", two);
    names_show(cx, page, &both);
    fields_show(cx, req, page, &both);
    web_form_show(req, page, "form", &doppione_form, NULL);
    return true;
}

/* ---- decisions ---------------------------------------------------------------------------- */

static bool unchanged(struct web_req *req, const struct confronto_modulo *form,
                      const struct coppia *both)
{
    if (form->versione == both->questa.versione && form->versione_altra == both->altra.versione)
        return true;
    web_fault(req, NULL, "%s", message("persone.confronto_cambiate"));
    return false;
}

bool doppione_unisci(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct confronto_modulo *form = web_form(req);
    struct coppia both;
    bool other[FUSIONE_CAMPI];
    struct id made;
    char id[ID_TEXT];
    if (!load_both(cx, req, &both) || !unchanged(req, form, &both))
        return false;
    for (int i = 0; i < FUSIONE_CAMPI; i++) {
        const char *side;
        memcpy(&side, (const char *)form + confronto_fields[i].at.offset, sizeof side);
        other[i] = side != NULL && strcmp(side, "altra") == 0;
    }
    if (!persona_fuse(cx, both.questa.id, both.altra.id, other, &made))
        return false;
    char gone[ID_TEXT];
    web_audit_detail(req, "unita con %s", id_text(both.altra.id, gone));
    web_notice(req, "Le due schede sono una. Se è stato un errore, si separano da qui.");
    web_redirect(res, "/persone/%s", id_text(both.questa.id, id));
    return true;
}

bool doppione_distingui(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct coppia both;
    bool two;
    if (!load_both(cx, req, &both) || !doppione_diverse(cx, both.questa.id, both.altra.id, &two) ||
        !doppione_decide(cx, &both.questa, &both.altra, !two))
        return false;
    web_notice(req, "%s", message(two ? "persone.doppione_riaperto" : "persone.doppione_diverse"));
    web_redirect(res, "/persone/doppioni");
    return true;
}

bool fusione_separa(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct separa_modulo *form = web_form(req);
    struct fusione f;
    const char *reason;
    char id[ID_TEXT];
    if (!fusione_load(cx, form->fusione, &f))
        return false;
    if (f.tiene.n != web_id(req).n)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna unione");
    if (!persona_unfuse(cx, f.id, &reason))
        return false;
    web_notice(req, "%s", message(reason != NULL ? reason : "persone.separate"));
    web_redirect(res, "/persone/%s", id_text(f.tiene, id));
    return true;
}

bool fusioni_show(struct cx *cx, struct tv *page, struct id persona)
{
    struct list all;
    if (!fusione_list(cx, persona, &all))
        return false;
    struct tv *list = tv_children(page, "fusioni");
    bool last = true;
    LIST_EACH (&all, struct fusione, f) {
        if (f->sciolta.us != 0)
            continue;
        struct tv *item = tv_push(list);
        tv_id(item, "id", f->id);
        tv_printf(item, "chi", "%s %s", f->cognome, f->nome);
        tv_int(item, "numero", f->numero);
        tv_instant(item, "quando", f->fatta);
        tv_text(item, "da", f->chi);
        tv_bool(item, "separabile", last);
        last = false;
    }
    tv_bool(page, "unita", !last);
    return true;
}
