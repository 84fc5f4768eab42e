/* A new project, and what its version in preparation says as a whole. */
#include "kit/tmpl/message.h"
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/progetti/view.h"

#include <string.h>

struct modulo {
    const char *tipo, *riserbo, *titolo, *bisogni;
    struct day dal, al;
    int64_t versione;
};

static const struct web_choice tipi[] = {
    {"individuale", "Progetto individuale (L. 328/2000)"},
    {"pai", "Piano assistenziale individualizzato (PAI)"},
    {"patto", "Patto per l’inclusione sociale (ADI)"},
    {"vita", "Progetto di vita"},
    {"quadro", "Progetto quadro"},
    {NULL, NULL},
};
static const struct web_choice riserbi[] = {
    {"particolare", "Ordinario: chi segue il caso"},
    {"giudiziario", "Contiene atti di tribunale"},
    {"antiviolenza", "Fatti di violenza: solo l’équipe"},
    {NULL, NULL},
};

#define DEL_PROGETTO                                                                               \
    {FIELD(modulo, titolo), "Titolo", INPUT_TEXT, true, 1, 200, NULL, NULL},                       \
        {FIELD(modulo, bisogni),                                                                   \
         "Da che cosa parte",                                                                      \
         INPUT_LINES,                                                                              \
         true,                                                                                     \
         1,                                                                                        \
         4000,                                                                                     \
         NULL,                                                                                     \
         "I bisogni e le risorse della persona e di chi le sta intorno"},                          \
        {FIELD(modulo, dal), "Dal", INPUT_DAY, true, 0, 0, NULL, NULL},                            \
    {                                                                                              \
        FIELD(modulo, al), "Al", INPUT_DAY, true, 0, 0, NULL, NULL                                 \
    }
static const struct web_field nuovo_fields[] = {
    {FIELD(modulo, tipo), "Tipo di progetto", INPUT_CHOICE, true, 0, 0, tipi, NULL},
    {FIELD(modulo, riserbo), "Chi lo può leggere", INPUT_CHOICE, true, 0, 0, riserbi, NULL},
    DEL_PROGETTO,
    WEB_FIELD_END,
};
static const struct web_field modifica_fields[] = {
    DEL_PROGETTO,
    {FIELD(modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form progetto_nuovo_form = {"progetto", nuovo_fields, sizeof(struct modulo), 0};
const struct web_form progetto_modifica_form = {"progetto", modifica_fields, sizeof(struct modulo),
                                                0};

static int64_t riserbo_parse(const char *name)
{
    if (strcmp(name, "particolare") == 0)
        return RISERVO_PARTICOLARE;
    return strcmp(name, "giudiziario") == 0 ? RISERVO_GIUDIZIARIO : RISERVO_ANTIVIOLENZA;
}

static const char *cartella_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s%s", id_text(id, text), tail);
}

bool progetto_nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    enum { SEI_MESI = 6 };
    struct cartella cartella;
    const char *name;
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &name))
        return false;
    struct tv *page = web_page(res, "progetti/nuovo", "Progetto nuovo");
    struct modulo first = {.tipo = "pai",
                           .riserbo = cartella.riserbo == RISERVO_ANTIVIOLENZA ? "antiviolenza"
                                                                               : "particolare",
                           .dal = cx->today,
                           .al = day_add(day_add_months(cx->today, SEI_MESI), -1)};
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, cartella_href(cx, cartella.id, ""), name);
    web_crumb(res, cartella_href(cx, cartella.id, "/progetti"), "Progetti");
    web_crumb(res, NULL, "Progetto nuovo");
    tv_text(page, "annulla", cartella_href(cx, cartella.id, "/progetti"));
    web_form_show(req, page, "form", &progetto_nuovo_form, &first);
    return persona_header(cx, req, page, cartella.persona, "cartella");
}

/* Nobody writes what he could not read again. */
static bool may_write(struct cx *cx, struct web_req *req, const struct progetto_nuovo *nuovo)
{
    enum authz_answer answer;
    if (!progetto_decide(cx, nuovo->cartella, nuovo->riserbo, AZIONE_CREA, &answer))
        return false;
    if (answer != AUTHZ_ALLOW)
        web_fault(req, "riserbo", "%s", message("progetti.riserbo"));
    return answer == AUTHZ_ALLOW;
}

static bool period_right(struct web_req *req, const struct modulo *form)
{
    if (day_cmp(form->al, form->dal) < 0)
        web_fault(req, "al", "%s", message("progetti.periodo"));
    return day_cmp(form->al, form->dal) >= 0;
}

bool progetto_nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct modulo *form = web_form(req);
    struct progetto_nuovo nuovo = {
        .cartella = web_id(req),
        .tipo = progetto_tipo_parse(form->tipo),
        .riserbo = riserbo_parse(form->riserbo),
        .contenuto = {
            .titolo = form->titolo, .bisogni = form->bisogni, .dal = form->dal, .al = form->al}};
    struct id id;
    if (!period_right(req, form) || !may_write(cx, req, &nuovo) || !progetto_open(cx, &nuovo, &id))
        return false;
    web_audit_object(req, "progetto", id);
    web_notice(req, "Progetto aperto: ora scrivi gli obiettivi.");
    web_redirect(res, "%s", progetto_href(cx, id, ""));
    return true;
}

bool progetto_modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    struct progetto_versione v;
    if (!bozza_of_path(cx, req, &p, &v))
        return false;
    const struct contenuto *c = v.contenuto;
    struct tv *page = web_page(res, "progetti/modifica", "Titolo, bisogni e periodo");
    struct contenuto piece = {
        .titolo = c->titolo, .bisogni = c->bisogni, .dal = c->dal, .al = c->al};
    struct modulo values = {.titolo = c->titolo, .bisogni = c->bisogni, .dal = c->dal, .al = c->al};
    if (!progetto_head(cx, req, res, page, &p, "Titolo, bisogni e periodo"))
        return false;
    conflict_show(cx, req, page, &p, &v, &piece);
    web_form_show(req, page, "form", &progetto_modifica_form, &values);
    return true;
}

bool progetto_modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    enum progetto_guasto guasto;
    if (!bozza_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione) ||
        !period_right(req, form))
        return false;
    v.contenuto->titolo = form->titolo;
    v.contenuto->bisogni = form->bisogni;
    v.contenuto->dal = form->dal;
    v.contenuto->al = form->al;
    if (!versione_write(cx, &p, v.contenuto, &guasto) || guasto_show(req, guasto))
        return false;
    web_audit_detail(req, "versione %lld", (long long)v.numero);
    web_notice(req, "Salvato.");
    web_redirect(res, "%s", progetto_href(cx, p.id, ""));
    return true;
}
