/* Prese in carico: as they stand, moving one from state to state, giving it to somebody. */
#include "mod/cartella/view.h"

#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/utenti/utenti.h"

#include <string.h>

/* ---- showing ---------------------------------------------------------------------------- */

static void moves_show(struct cx *cx, struct tv *item, const struct presa_in_carico *presa)
{
    char id[ID_TEXT];
    struct tv *list = tv_children(item, "azioni");
    enum presa_stato now = presa_stato_parse(presa->stato);
    enum presa_stato before = presa_stato_parse(presa->sospesa_da);
    id_text(presa->id, id);
    for (size_t i = 0; i < mosse_count; i++) {
        bool back = now == STATO_SOSPESA && !presa_stato_closed(mosse[i].a);
        if (mosse[i].da != now || (back && mosse[i].a != before))
            continue;
        struct tv *move = tv_push(list);
        tv_printf(move, "href", "%s/sposta/%s/%s", cartella_href(cx, presa->cartella), id,
                  presa_stato_name(mosse[i].a));
        tv_text(move, "label", mosse[i].label);
    }
}

static bool presa_show(struct cx *cx, struct tv *item, const struct presa_in_carico *presa,
                       bool write, bool assign)
{
    const char *worker = "";
    struct ente ente;
    char id[ID_TEXT];
    if (!ente_load(cx, presa->ente, &ente) ||
        (presa->responsabile.n != 0 && !utente_label(cx, presa->responsabile, &worker)))
        return false;
    tv_text(item, "tipo_utente", tipo_utente_title(presa->tipo_utente));
    tv_text(item, "stato", presa_stato_title(presa_stato_parse(presa->stato)));
    tv_bool(item, "aperta", !day_known(presa->al));
    tv_text(item, "ente", ente.nome);
    tv_text(item, "responsabile", worker[0] != '\0' ? worker : NULL);
    tv_day(item, "dal", presa->dal);
    tv_day(item, "al", presa->al);
    tv_text(item, "assegna",
            assign ? arena_printf(cx->arena, "%s/assegna/%s", cartella_href(cx, presa->cartella),
                                  id_text(presa->id, id))
                   : NULL);
    tv_bool(item, "scrivibile", write);
    moves_show(cx, item, presa);
    return true;
}

static bool history_show(struct cx *cx, struct tv *page, struct id cartella)
{
    struct vault_key key;
    struct list moves;
    if (!cartella_key(cx, cartella, &key) || !mossa_list(cx, &key, cartella, &moves))
        return false;
    struct tv *list = tv_children(page, "mosse");
    LIST_EACH (&moves, struct mossa_riga, move) {
        struct tv *item = tv_push(list);
        tv_day(item, "giorno", move->giorno);
        tv_text(item, "da", presa_stato_title(presa_stato_parse(move->da)));
        tv_text(item, "a", presa_stato_title(presa_stato_parse(move->a)));
        tv_text(item, "chi", move->chi_nome);
        tv_text(item, "motivo", move->motivo);
    }
    return true;
}

bool prese_show(struct cx *cx, struct tv *page, const struct cartella *cartella, bool write,
                bool assign)
{
    struct list prese;
    if (!presa_list(cx, cartella->id, &prese))
        return false;
    struct tv *list = tv_children(page, "prese");
    LIST_EACH (&prese, struct presa_in_carico, presa) {
        if (!presa_show(cx, tv_push(list), presa, write, assign))
            return false;
    }
    return history_show(cx, page, cartella->id);
}

/* ---- moving ----------------------------------------------------------------------------- */

struct sposta_modulo {
    struct day giorno;
    const char *motivo;
    int64_t versione;
};
static const struct web_field sposta_fields[] = {
    {FIELD(sposta_modulo, giorno), "Giorno", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(sposta_modulo, motivo), "Motivo", INPUT_LINES, false, 0, 2000, NULL, NULL},
    {FIELD(sposta_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form sposta_form = {"sposta", sposta_fields, sizeof(struct sposta_modulo), 0};

static const struct {
    const char *campo;
    const char *chiave;
} faults[] = {
    [MOSSA_NON_PREVISTA] = {NULL, "cartella.mossa_non_prevista"},
    [MOSSA_MOTIVO] = {"motivo", "cartella.mossa_motivo"},
    [MOSSA_RESPONSABILE] = {NULL, "cartella.mossa_responsabile"},
    [MOSSA_FUTURO] = {"giorno", "cartella.mossa_futuro"},
    [MOSSA_PRIMA] = {"giorno", "cartella.mossa_prima"},
    [MOSSA_RIPRESA] = {NULL, "cartella.mossa_ripresa"},
};

/* The presa of the path, which must be of the record of the path. */
static bool presa_of_path(struct cx *cx, const struct web_req *req, struct presa_in_carico *presa)
{
    struct id id;
    if (!id_parse(web_segment(req, "presa"), &id))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna presa in carico");
    if (!presa_load(cx, id, presa))
        return false;
    return presa->cartella.n == web_id(req).n || FAIL(cx, ERR_NOT_FOUND, "nessuna presa in carico");
}

static const struct mossa *move_of(const struct presa_in_carico *presa, enum presa_stato to)
{
    enum presa_stato from = presa_stato_parse(presa->stato);
    for (size_t i = 0; i < mosse_count; i++)
        if (mosse[i].da == from && mosse[i].a == to)
            return &mosse[i];
    return NULL;
}

bool sposta_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct presa_in_carico presa;
    struct cartella cartella;
    enum presa_stato to = presa_stato_parse(web_segment(req, "stato"));
    if (!presa_of_path(cx, req, &presa) || !cartella_load(cx, presa.cartella, &cartella))
        return false;
    const struct mossa *move = move_of(&presa, to);
    if (move == NULL && !web_faulty(req))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna mossa");
    const char *label = move != NULL ? move->label : "Sposta";
    struct tv *page = web_page(res, "cartella/sposta", label);
    if (!cartella_head(cx, req, res, page, &cartella, label))
        return false;
    struct sposta_modulo first = {.giorno = cx->today, .versione = presa.versione};
    tv_text(page, "da", presa_stato_title(presa_stato_parse(presa.stato)));
    tv_text(page, "a", presa_stato_title(to));
    tv_text(page, "label", label);
    tv_bool(page, "motivo_chiesto", move != NULL && move->motivo);
    tv_int(page, "versione", presa.versione);
    web_form_show(req, page, "form", &sposta_form, &first);
    return true;
}

bool sposta_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct sposta_modulo *form = web_form(req);
    struct presa_in_carico presa;
    struct cartella cartella;
    enum authz_answer answer = AUTHZ_ALLOW;
    enum mossa_fault fault;
    enum presa_stato to = presa_stato_parse(web_segment(req, "stato"));
    if (!presa_of_path(cx, req, &presa) || !cartella_load(cx, presa.cartella, &cartella))
        return false;
    /* Closing is for the responsible worker and the coordinator, not for the whole team. */
    if (presa_stato_closed(to) &&
        !diario_decide(cx, &cartella, cartella.riserbo, AZIONE_CHIUDI, &answer))
        return false;
    if (answer != AUTHZ_ALLOW || form->versione != presa.versione) {
        web_fault(
            req, NULL, "%s",
            message(answer != AUTHZ_ALLOW ? "cartella.mossa_chiude" : "cartella.mossa_conflitto"));
        return false;
    }
    if (!presa_move(cx, presa.id, form->versione, to, form->giorno, form->motivo, &fault))
        return false;
    if (fault != MOSSA_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    web_audit_detail(req, "%s > %s", presa.stato, presa_stato_name(to));
    web_notice(req, "Ora la presa in carico è: %s.", presa_stato_title(to));
    web_redirect(res, "%s", cartella_href(cx, presa.cartella));
    return true;
}

/* ---- giving ----------------------------------------------------------------------------- */

struct assegna_modulo {
    struct id responsabile;
    struct day dal;
    const char *motivo;
};
static const struct web_field assegna_fields[] = {
    {FIELD(assegna_modulo, responsabile), "Responsabile", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(assegna_modulo, dal), "Dal", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(assegna_modulo, motivo), "Motivo", INPUT_LINES, false, 0, 2000, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form assegna_form = {"assegna", assegna_fields, sizeof(struct assegna_modulo), 0};

bool assegna_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct presa_in_carico presa;
    struct cartella cartella;
    const struct web_choice *workers;
    if (!presa_of_path(cx, req, &presa) || !cartella_load(cx, presa.cartella, &cartella) ||
        !utente_choices(cx, "assistente", &workers))
        return false;
    struct tv *page = web_page(res, "cartella/assegna", "Assegna il caso");
    if (!cartella_head(cx, req, res, page, &cartella, "Assegna il caso"))
        return false;
    struct assegna_modulo first = {.responsabile = presa.responsabile, .dal = cx->today};
    web_choices(req, "responsabile", workers);
    web_form_show(req, page, "form", &assegna_form, &first);
    return true;
}

bool assegna_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct assegna_modulo *form = web_form(req);
    struct presa_in_carico presa;
    bool known;
    if (!presa_of_path(cx, req, &presa) || !known_worker(cx, req, form->responsabile, &known))
        return false;
    if (day_cmp(form->dal, cx->today) > 0)
        web_fault(req, "dal", "%s", message("cartella.mossa_futuro"));
    if (web_faulty(req))
        return false;
    if (!presa_assign(cx, presa.id, form->responsabile, form->dal, form->motivo))
        return false;
    if (!avviso_save(cx, form->responsabile, message("cartella.assegnata"),
                     cartella_href(cx, presa.cartella)))
        return false;
    web_notice(req, "Caso assegnato.");
    web_redirect(res, "%s", cartella_href(cx, presa.cartella));
    return true;
}
