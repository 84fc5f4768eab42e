/* A version moves from state to state, and is signed. */
#include "kit/tmpl/message.h"
#include "mod/progetti/view.h"

#include <string.h>

/* ---- moving --------------------------------------------------------------------------------- */

struct sposta_modulo {
    struct day giorno;
    const char *motivo;
    int64_t versione;
};
static const struct web_field sposta_fields[] = {
    {FIELD(sposta_modulo, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(sposta_modulo, motivo), "Motivo", INPUT_LINES, false, 0, 2000, NULL, NULL},
    {FIELD(sposta_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form progetto_sposta_form = {"sposta", sposta_fields, sizeof(struct sposta_modulo),
                                              0};

bool progetto_sposta_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    struct progetto_versione v;
    enum progetto_stato to = progetto_stato_parse(web_segment(req, "stato"));
    if (!version_of_path(cx, req, &p, &v))
        return false;
    const struct progetto_mossa *move = progetto_mossa_find(progetto_stato_parse(v.stato), to);
    if ((move == NULL || move->label == NULL) && !web_faulty(req))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna mossa");
    const char *label = move != NULL && move->label != NULL ? move->label : "Sposta";
    struct sposta_modulo first = {.giorno = cx->today};
    struct tv *page = web_page(res, "progetti/sposta", label);
    if (!progetto_head(cx, req, res, page, &p, label))
        return false;
    tv_text(page, "da", progetto_stato_title(progetto_stato_parse(v.stato)));
    tv_text(page, "a", progetto_stato_title(to));
    tv_text(page, "label", label);
    tv_bool(page, "motivo_chiesto", move != NULL && move->motivo);
    web_form_show(req, page, "form", &progetto_sposta_form, &first);
    return true;
}

/* Closing is for the responsible worker and the coordinator, not for the whole team. */
static bool may_move(struct cx *cx, struct web_req *req, const struct progetto *p,
                     enum progetto_stato to)
{
    enum authz_answer answer = AUTHZ_ALLOW;
    if (progetto_stato_closed(to) &&
        !progetto_decide(cx, p->cartella, p->riserbo, AZIONE_CHIUDI, &answer))
        return false;
    if (answer != AUTHZ_ALLOW)
        web_fault(req, NULL, "%s", message("progetti.chiude"));
    return answer == AUTHZ_ALLOW;
}

bool progetto_sposta_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct sposta_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    enum progetto_guasto guasto;
    struct progetto_spostamento move = {.a = progetto_stato_parse(web_segment(req, "stato")),
                                        .giorno = form->giorno,
                                        .motivo = form->motivo};
    if (!version_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione) ||
        !may_move(cx, req, &p, move.a))
        return false;
    move.numero = v.numero;
    if (!versione_move(cx, &p, &move, &guasto) || guasto_show(req, guasto))
        return false;
    web_audit_detail(req, "versione %lld: %s > %s", (long long)v.numero, v.stato,
                     progetto_stato_name(move.a));
    web_notice(req, "Versione %lld: %s.", (long long)v.numero, progetto_stato_title(move.a));
    web_redirect(res, "%s", progetto_href(cx, p.id, ""));
    return true;
}

/* ---- signing -------------------------------------------------------------------------------- */

#define CHOICE(name, title) {name, title},
static const struct web_choice modi[] = {FIRMA_MODI(CHOICE){NULL, NULL}};
struct firma_modulo {
    const char *ruolo, *nome, *modo;
    struct day giorno;
    int64_t versione;
};
static const struct web_field firma_fields[] = {
    {FIELD(firma_modulo, ruolo), "Chi firma", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(firma_modulo, nome), "Nome e cognome", INPUT_TEXT, true, 1, 200, NULL, NULL},
    {FIELD(firma_modulo, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(firma_modulo, modo), "Come", INPUT_CHOICE, true, 0, 0, modi, NULL},
    {FIELD(firma_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form firma_form = {"firma", firma_fields, sizeof(struct firma_modulo), 0};

bool firma_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    struct progetto_versione v;
    struct firma_caso caso;
    struct firma_modulo first = {.giorno = cx->today, .modo = "autografa"};
    struct web_choice *roles = ARENA_NEWS(cx->arena, struct web_choice, FIRMA_RUOLI + 1);
    if (!version_of_path(cx, req, &p, &v) || !firma_case(cx, &p, &caso))
        return false;
    for (int i = 0; i < FIRMA_RUOLI; i++) {
        enum firma_ruolo role = (enum firma_ruolo)i;
        roles[i].value = firma_ruolo_name(role);
        roles[i].label = arena_printf(cx->arena, "%s%s", firma_ruolo_title(role),
                                      firma_required(&caso, role) ? " (obbligatoria)" : "");
    }
    struct tv *page = web_page(res, "progetti/firma", "Registra una firma");
    if (!progetto_head(cx, req, res, page, &p, "Registra una firma"))
        return false;
    web_choices(req, "ruolo", roles);
    web_form_show(req, page, "form", &firma_form, &first);
    return true;
}

bool firma_registra(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct firma_modulo *form = web_form(req);
    struct progetto p;
    struct progetto_versione v;
    struct progetto_rifiuti faults = {.arena = cx->arena};
    if (!version_of_path(cx, req, &p, &v) || !still_current(req, &p, form->versione))
        return false;
    struct progetto_firma firma = {.numero = v.numero,
                                   .ruolo = form->ruolo,
                                   .nome = form->nome,
                                   .giorno = form->giorno,
                                   .modo = form->modo};
    if (!firma_save(cx, &p, &firma, &faults) || rifiuti_show(req, &faults))
        return false;
    web_audit_detail(req, "firma di: %s", form->ruolo);
    web_notice(req, "Firma registrata.");
    web_redirect(res, "%s/versioni/%lld", progetto_href(cx, p.id, ""), (long long)v.numero);
    return true;
}
