/* Referrals: the queue, a new one from a contact, one with its steps. */
#include "kit/module.h"
#include "kit/tmpl/message.h"
#include "mod/accesso/accesso.h"
#include "mod/enti/enti.h"
#include "mod/invii/store.h"
#include "mod/invii/view.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

enum { TERMINE_SOLITO = 30 }; /* art. 2 L. 241/1990 */

static const struct {
    const char *campo, *chiave;
} faults[] = {
    [INVIO_ENTE] = {"a", "invii.ente"},       [INVIO_TERMINE] = {"termine", "invii.termine"},
    [INVIO_TESTO] = {"testo", "invii.testo"}, [INVIO_RISERVATA] = {NULL, "invii.riservata"},
    [INVIO_MOSSA] = {NULL, "invii.mossa"},    [INVIO_LATO] = {NULL, "invii.lato"},
};

/* ---- a new one ---------------------------------------------------------------------------- */

struct invia_modulo {
    struct id a;
    struct day termine;
    const char *testo;
};
static const struct web_field invia_fields[] = {
    {FIELD(invia_modulo, a), "A quale ente", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(invia_modulo, termine), "Risposta entro il", INPUT_DAY, true, 0, 0, NULL,
     "Di solito 30 giorni"},
    {FIELD(invia_modulo, testo), "Che cosa si chiede", INPUT_LINES, true, 0, 4000, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form invia_form = {"invia", invia_fields, sizeof(struct invia_modulo), 0};

static bool label_of(struct cx *cx, struct id persona, const char **nome)
{
    *nome = "Anonimo";
    return persona.n == 0 || persona_label(cx, persona, nome);
}

static bool invia_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct contatto contatto;
    const struct web_choice *enti;
    const char *nome;
    char id[ID_TEXT];
    if (!contatto_load(cx, web_id(req), &contatto) || !ente_choices(cx, NULL, &enti) ||
        !label_of(cx, contatto.persona, &nome))
        return false;
    struct tv *page = web_page(res, "invii/invia", "Invia a un altro ente");
    const char *href = arena_printf(cx->arena, "/contatti/%s", id_text(contatto.id, id));
    web_crumb(res, "/contatti", "Contatti");
    web_crumb(res, href, "Contatto");
    web_crumb(res, NULL, "Invia a un altro ente");
    struct invia_modulo first = {.a = contatto.inviato_a,
                                 .termine = day_add(cx->today, TERMINE_SOLITO),
                                 .testo = contatto.richiesta};
    tv_text(page, "nome", nome);
    tv_text(page, "contatto", href);
    web_choices(req, "a", enti);
    web_form_show(req, page, "form", &invia_form, &first);
    return true;
}

static bool invia_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct invia_modulo *form = web_form(req);
    struct ente ente;
    enum invio_fault fault;
    char id[ID_TEXT], day[DAY_TEXT];
    struct invio invio = {.contatto = web_id(req),
                          .a = form->a,
                          .termine = form->termine,
                          .richiesta = form->testo,
                          .chiuso = DAY_NONE};
    if (!ente_load(cx, form->a, &ente)) {
        if (cx->err.code == ERR_NOT_FOUND) {
            err_clear(&cx->err);
            web_fault(req, "a", "%s", message("invii.ente"));
        }
        return false;
    }
    if (!invio_send(cx, &invio, &fault))
        return false;
    if (fault != INVIO_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "invio a %s", ente.codice);
    web_notice(req, "Inviato a %s: risposta entro il %s.", ente.nome, day_it(invio.termine, day));
    web_redirect(res, "/invii/%s", id_text(invio.id, id));
    return true;
}

/* ---- one ---------------------------------------------------------------------------------- */

static void pair(struct tv *pairs, const char *label, const char *text, const char *href)
{
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", text);
    tv_text(item, "href", href);
}

static const char *day_text(struct cx *cx, struct day day)
{
    char text[DAY_TEXT];
    return day_known(day) ? arena_strdup(cx->arena, day_it(day, text)) : NULL;
}

static bool pairs_show(struct cx *cx, struct tv *page, const struct invio *i)
{
    struct ente da, a;
    const char *nome;
    char id[ID_TEXT];
    if (!ente_load(cx, i->da, &da) || !ente_load(cx, i->a, &a) || !label_of(cx, i->persona, &nome))
        return false;
    struct tv *pairs = tv_children(page, "pairs");
    pair(pairs, "Persona", nome,
         i->persona.n != 0 ? arena_printf(cx->arena, "/persone/%s", id_text(i->persona, id))
                           : NULL);
    pair(pairs, "Da", da.nome, NULL);
    pair(pairs, "A", a.nome, NULL);
    pair(pairs, "Area di bisogno", parola_text(contatto_aree, i->area), NULL);
    pair(pairs, "Inviato il", day_text(cx, i->giorno), NULL);
    pair(pairs, "Risposta entro il", day_text(cx, i->termine), NULL);
    pair(pairs, "Chiuso il", day_text(cx, i->chiuso), NULL);
    return true;
}

static bool steps_show(struct cx *cx, struct tv *page, const struct invio *i)
{
    struct list steps;
    if (!invio_steps(cx, i->id, &steps))
        return false;
    struct tv *list = tv_children(page, "passi");
    LIST_EACH (&steps, struct invio_passo, step) {
        struct tv *item = tv_push(list);
        tv_instant(item, "quando", step->quando);
        tv_text(item, "stato", invio_stato_title(step->stato));
        tv_text(item, "chi", step->chi);
        tv_text(item, "testo", step->testo);
    }
    tv_bool(page, "passi_noti", steps.count > 0);
    return true;
}

/* The steps that this side may take now, as links. */
static bool moves_show(struct cx *cx, struct web_req *req, struct tv *page, const struct invio *i)
{
    enum invio_lato lato;
    bool all;
    char id[ID_TEXT];
    if (!invio_side(cx, i, &lato, &all))
        return false;
    struct tv *list = tv_children(page, "mosse");
    for (size_t m = 0; m < invio_mosse_count && web_may(cx, req, "invii.scrivi"); m++) {
        const struct invio_mossa *mossa = &invio_mosse[m];
        if (strcmp(mossa->da, i->stato) != 0 || (!all && mossa->lato != lato))
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "label", mossa->titolo);
        tv_printf(item, "href", "/invii/%s/%s", id_text(i->id, id), mossa->verbo);
    }
    return true;
}

static bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct invio i;
    if (!invio_load(cx, web_id(req), &i))
        return false;
    struct tv *page = web_page(res, "invii/scheda", "Invio");
    web_crumb(res, "/invii", "Invii");
    web_crumb(res, NULL, "Invio");
    tv_text(page, "stato", invio_stato_title(i.stato));
    tv_bool(page, "tardi", strcmp(i.stato, "inviato") == 0 && day_cmp(i.termine, cx->today) < 0);
    tv_text(page, "richiesta", web_masked(req) ? NULL : i.richiesta);
    return pairs_show(cx, page, &i) &&
           (web_masked(req) || (steps_show(cx, page, &i) && moves_show(cx, req, page, &i)));
}

/* ---- steps -------------------------------------------------------------------------------- */

struct mossa_modulo {
    const char *testo;
    int64_t versione;
};
static const struct web_field mossa_fields[] = {
    {FIELD(mossa_modulo, testo), "Testo", INPUT_LINES, false, 0, 4000, NULL, NULL},
    {FIELD(mossa_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_form mossa_form = {"invio_mossa", mossa_fields, sizeof(struct mossa_modulo),
                                           0};

static bool mossa_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct invio_mossa *mossa = web_route(req)->data;
    struct invio i;
    char id[ID_TEXT];
    if (!invio_load(cx, web_id(req), &i))
        return false;
    const char *href = arena_printf(cx->arena, "/invii/%s", id_text(i.id, id));
    struct tv *page = web_page(res, "invii/mossa", mossa->titolo);
    web_crumb(res, "/invii", "Invii");
    web_crumb(res, href, "Invio");
    web_crumb(res, NULL, mossa->titolo);
    struct mossa_modulo first = {.versione = i.versione};
    tv_text(page, "chiede", mossa->chiede);
    tv_bool(page, "obbligo", mossa->testo);
    tv_text(page, "bottone", mossa->titolo);
    tv_text(page, "href", href);
    tv_int(page, "versione", i.versione);
    web_form_show(req, page, "form", &mossa_form, &first);
    return true;
}

static bool mossa_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct invio_mossa *mossa = web_route(req)->data;
    const struct mossa_modulo *form = web_form(req);
    struct invio i;
    enum invio_fault fault = INVIO_MOSSA;
    char id[ID_TEXT];
    if (!invio_load(cx, web_id(req), &i) ||
        (i.versione == form->versione &&
         !invio_move(cx, &i, mossa, form->testo, form->versione, &fault)))
        return false;
    if (fault != INVIO_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "%s", mossa->a);
    web_notice(req, "Ora l’invio è: %s.", invio_stato_title(mossa->a));
    web_redirect(res, "/invii/%s", id_text(i.id, id));
    return true;
}

/* ---- routes ----------------------------------------------------------------------------- */

/* clang-format off */
#define MOSSA(verbo, quale)                                                                        \
    {WEB_GET, "/invii/{id}/" verbo, mossa_page, "invii.scrivi", FINE_PROCEDIMENTO, AZIONE_MODIFICA, \
     AUDIT_READ, &invio_object, NULL, NULL, NULL, 0, &invio_mosse[quale]},                         \
    {WEB_POST, "/invii/{id}/" verbo, mossa_save, "invii.scrivi", FINE_PROCEDIMENTO,                \
     AZIONE_MODIFICA, AUDIT_WRITE, &invio_object, &mossa_form, "/invii/{id}/" verbo, NULL, 0,      \
     &invio_mosse[quale]}
static const struct web_route routes[] = {
    {WEB_GET, "/invii", web_list_page, "invii.leggi", FINE_PROCEDIMENTO, AZIONE_ELENCA, AUDIT_READ,
     NULL, NULL, NULL, NULL, 0, &invii_elenco},
    {WEB_GET, "/contatti/{id}/invia", invia_page, "invii.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_READ, &contatto_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/contatti/{id}/invia", invia_save, "invii.scrivi", FINE_PROCEDIMENTO,
     AZIONE_MODIFICA, AUDIT_WRITE, &contatto_object, &invia_form, "/contatti/{id}/invia", NULL,
     WEB_DRAFT, NULL},
    {WEB_GET, "/invii/{id}", scheda_page, "invii.leggi", FINE_PROCEDIMENTO, AZIONE_LEGGI,
     AUDIT_READ, &invio_object, NULL, NULL, NULL, 0, NULL},
    MOSSA("accetta", 0),
    MOSSA("rifiuta", 1),
    MOSSA("ritira", 2),
    MOSSA("concludi", 3),
    {.path = NULL}};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Persone", "Invii", "/invii", "invii.leggi", "it-arrow-right-circle"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module invii_module = {
    .name = "invii",
    .schema = &invii_schema,
    .registry = &invii_registry,
    .routes = routes,
    .menu = menu,
};
