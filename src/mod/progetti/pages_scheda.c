/* The page of a project, and one of its versions. */
#include "kit/tmpl/message.h"
#include "mod/bilancio/bilancio.h"
#include "mod/cartella/cartella.h"
#include "mod/progetti/view.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a version says ----------------------------------------------------------------------
 */

static const char *sub(struct cx *cx, const struct progetto *p, const char *kind, size_t nr)
{
    return arena_printf(cx->arena, "%s/%s/%zu", progetto_href(cx, p->id, ""), kind, nr);
}

static void azione_show(struct cx *cx, struct tv *item, const struct azione *a, const char *stato)
{
    char id[ID_TEXT];
    tv_text(item, "che_cosa", a->che_cosa);
    tv_text(item, "chi", azione_chi_title(a->chi));
    tv_text(item, "nome", a->nome);
    tv_day(item, "entro", a->entro);
    tv_text(item, "stato", azione_stato_title(stato));
    tv_text(item, "prestazione",
            a->prestazione.n == 0
                ? NULL
                : arena_printf(cx->arena, "/prestazioni/%s", id_text(a->prestazione, id)));
}

static void obiettivi_show(struct cx *cx, struct tv *page, const struct progetto *p,
                           const struct contenuto *c, const struct avanzamento *last, bool edit)
{
    struct tv *list = tv_children(page, "obiettivi");
    for (size_t i = 0; i < c->obiettivi_count; i++) {
        const struct obiettivo *o = &c->obiettivi[i];
        struct tv *item = tv_push(list);
        tv_int(item, "numero", (int64_t)i + 1);
        tv_text(item, "testo", o->testo);
        tv_text(item, "indicatore", o->indicatore);
        tv_text(item, "esito", last != NULL ? obiettivo_esito_title(last->esiti[i]) : NULL);
        tv_text(item, "modifica", edit ? sub(cx, p, "obiettivi", i + 1) : NULL);
        tv_bool(item, "con_azioni", o->azioni_count > 0);
        struct tv *actions = tv_children(item, "azioni");
        for (size_t j = 0; j < o->azioni_count; j++)
            azione_show(cx, tv_push(actions), &o->azioni[j],
                        last != NULL ? last->stati[i][j] : NULL);
    }
    tv_bool(page, "con_obiettivi", c->obiettivi_count > 0);
    tv_text(page, "obiettivo_nuovo",
            edit && c->obiettivi_count < OBIETTIVI_MAX
                ? progetto_href(cx, p->id, "/obiettivi/nuovo")
                : NULL);
}

static const char *sources_words(struct cx *cx, const struct costo *costo)
{
    struct buf buf;
    char text[MONEY_TEXT];
    buf_init(&buf, cx->arena, 1000);
    for (size_t i = 0; i < costo->fonti_count; i++)
        buf_printf(&buf, "%s%s %s €", i > 0 ? ", " : "", fonte_title(costo->fonti[i].chi),
                   money_it(costo->fonti[i].importo, text));
    return buf.data;
}

/* What the item has left, for who may read the budget. */
static bool item_left(struct cx *cx, const struct web_req *req, const struct contenuto *c,
                      const char *voce, struct money *left)
{
    struct voce_stato stato;
    struct id id;
    bool found;
    int64_t year = day_civil(c->dal).year;
    *left = MONEY_INVALID;
    if (voce == NULL || !web_may(cx, req, "bilancio.leggi"))
        return true;
    if (!voce_by_name(cx, year, voce, &id, &found))
        return false;
    if (!found)
        return true;
    if (!voce_stato(cx, id, year, &stato))
        return false;
    *left = stato.disponibile;
    return true;
}

static bool costi_show(struct cx *cx, const struct web_req *req, struct tv *page,
                       const struct progetto *p, const struct contenuto *c, bool edit)
{
    struct tv *list = tv_children(page, "costi");
    const struct bilancio_di_progetto sums = contenuto_budget(c);
    for (size_t i = 0; i < c->costi_count; i++) {
        struct tv *item = tv_push(list);
        struct money left;
        if (!item_left(cx, req, c, c->costi[i].voce, &left))
            return false;
        tv_text(item, "che_cosa", c->costi[i].che_cosa);
        tv_money(item, "importo", c->costi[i].importo);
        tv_money(item, "famiglia", c->costi[i].famiglia);
        tv_text(item, "fonti", sources_words(cx, &c->costi[i]));
        tv_text(item, "voce", c->costi[i].voce);
        tv_money(item, "disponibile", left);
        tv_text(item, "modifica", edit ? sub(cx, p, "costi", i + 1) : NULL);
    }
    tv_bool(page, "con_costi", c->costi_count > 0);
    tv_money(page, "totale", sums.totale);
    tv_money(page, "famiglia", sums.famiglia);
    tv_money(page, "pubblico", sums.pubblico);
    tv_text(page, "costo_nuovo",
            edit && c->costi_count < COSTI_MAX ? progetto_href(cx, p->id, "/costi/nuovo") : NULL);
    return true;
}

static void fasi_show(struct cx *cx, struct tv *page, const struct progetto *p,
                      const struct contenuto *c, bool edit)
{
    struct tv *list = tv_children(page, "fasi");
    for (size_t i = 0; i < c->fasi_count; i++) {
        struct tv *item = tv_push(list);
        tv_text(item, "nome", c->fasi[i].nome);
        tv_day(item, "dal", c->fasi[i].dal);
        tv_day(item, "al", c->fasi[i].al);
    }
    tv_bool(page, "con_fasi", c->fasi_count > 0);
    tv_text(page, "fasi_modifica", edit ? progetto_href(cx, p->id, "/fasi") : NULL);
}

/* ---- checks and signatures ----------------------------------------------------------------------
 */

static const struct avanzamento *last_of(const struct list *checks, int64_t numero)
{
    const struct progetto_verifica *last = NULL;
    LIST_EACH (checks, struct progetto_verifica, check)
        if (check->avanzamento != NULL && check->numero == numero &&
            (last == NULL || day_cmp(check->fatta, last->fatta) >= 0))
            last = check;
    return last != NULL ? last->avanzamento : NULL;
}

static void verifiche_show(struct cx *cx, struct tv *page, const struct progetto *p,
                           const struct list *checks)
{
    struct tv *list = tv_children(page, "verifiche");
    char id[ID_TEXT];
    LIST_EACH (checks, struct progetto_verifica, check) {
        struct tv *item = tv_push(list);
        tv_day(item, "prevista", check->prevista);
        tv_day(item, "fatta", check->fatta);
        tv_text(item, "chi", day_known(check->fatta) ? check->chi_nome : NULL);
        tv_bool(item, "in_ritardo",
                !day_known(check->fatta) && day_cmp(check->prevista, cx->today) < 0);
        tv_printf(item, "href", "%s/verifiche/%s", progetto_href(cx, p->id, ""),
                  id_text(check->id, id));
    }
    tv_bool(page, "con_verifiche", checks->count > 0);
}

static bool firme_show(struct cx *cx, struct tv *page, const struct progetto *p, int64_t numero)
{
    struct list firme;
    struct firma_caso caso;
    struct tv *list = tv_children(page, "firme");
    if (!firma_list(cx, p, numero, &firme) || !firma_case(cx, p, &caso))
        return false;
    for (int i = 0; i < FIRMA_RUOLI; i++) {
        const struct progetto_firma *done = NULL;
        LIST_EACH (&firme, struct progetto_firma, firma)
            if (!firma->annullata && firma_ruolo_parse(firma->ruolo) == (enum firma_ruolo)i)
                done = firma;
        bool must = firma_required(&caso, (enum firma_ruolo)i);
        if (done == NULL && !must)
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "ruolo", firma_ruolo_title((enum firma_ruolo)i));
        tv_bool(item, "obbligatoria", must);
        tv_text(item, "nome", done != NULL ? done->nome : NULL);
        tv_day(item, "giorno", done != NULL ? done->giorno : DAY_NONE);
        tv_text(item, "modo", done != NULL ? firma_modo_title(done->modo) : NULL);
    }
    return true;
}

/* ---- history ----------------------------------------------------------------------------------
 */

static bool mosse_show(struct cx *cx, struct tv *page, const struct progetto *p)
{
    struct list moves, versions;
    if (!progetto_mosse_list(cx, p, &moves) || !versione_list(cx, p->id, &versions))
        return false;
    struct tv *list = tv_children(page, "mosse");
    LIST_EACH (&moves, struct progetto_mossa_riga, move) {
        struct tv *item = tv_push(list);
        tv_day(item, "giorno", move->giorno);
        tv_int(item, "numero", move->numero);
        tv_text(item, "a", progetto_stato_title(progetto_stato_parse(move->a)));
        tv_text(item, "chi", move->chi_nome);
        tv_text(item, "motivo", move->motivo);
    }
    list = tv_children(page, "versioni");
    LIST_EACH (&versions, struct progetto_versione, v) {
        struct tv *item = tv_push(list);
        tv_int(item, "numero", v->numero);
        tv_text(item, "stato", progetto_stato_title(progetto_stato_parse(v->stato)));
        tv_instant(item, "scritta", v->scritta);
        tv_text(item, "chi", v->scritta_da_nome);
        tv_text(item, "href", sub(cx, p, "versioni", (size_t)v->numero));
    }
    return true;
}

/* ---- buttons ----------------------------------------------------------------------------------
 */

static void moves_show(struct cx *cx, struct tv *page, const struct progetto *p,
                       const struct progetto_versione *v, bool write)
{
    struct tv *list = tv_children(page, "azioni");
    enum progetto_stato now = progetto_stato_parse(v->stato);
    for (size_t i = 0; write && i < progetto_mosse_count; i++) {
        const struct progetto_mossa *move = &progetto_mosse[i];
        if (move->da != now || move->label == NULL)
            continue;
        struct tv *item = tv_push(list);
        tv_text(item, "label", move->label);
        tv_printf(item, "href", "%s/sposta/%lld/%s", progetto_href(cx, p->id, ""),
                  (long long)v->numero, progetto_stato_name(move->a));
    }
    tv_text(page, "firma",
            write && now == PROGETTO_DA_FIRMARE ? sub(cx, p, "firma", (size_t)v->numero) : NULL);
    tv_text(page, "versione_nuova",
            write && progetto_stato_running(now) ? progetto_href(cx, p->id, "/versioni") : NULL);
    tv_text(page, "modifica",
            write && now == PROGETTO_BOZZA ? progetto_href(cx, p->id, "/modifica") : NULL);
    tv_text(page, "verifica_nuova",
            write && !progetto_stato_closed(now) ? progetto_href(cx, p->id, "/verifiche/nuova")
                                                 : NULL);
    tv_printf(page, "pdf", "%s/versioni/%lld/pdf", progetto_href(cx, p->id, ""),
              (long long)v->numero);
}

static bool missing_show(struct cx *cx, struct tv *page, const struct progetto *p,
                         const struct progetto_versione *v)
{
    struct progetto_rifiuti faults = {.arena = cx->arena};
    struct tv *list = tv_children(page, "manca");
    bool draft = progetto_stato_parse(v->stato) == PROGETTO_BOZZA;
    if (draft && !versione_check(cx, p, v->contenuto, &faults))
        return false;
    for (size_t i = 0; i < faults.count; i++)
        tv_push_text(list, faults.items[i].testo);
    tv_bool(page, "incompleto", faults.count > 0);
    return true;
}

/* ---- pages ---------------------------------------------------------------------------------- */

static bool diff_show(struct cx *cx, struct tv *page, const struct progetto *p,
                      const struct progetto_versione *v)
{
    struct progetto_versione before;
    struct tv *list = tv_children(page, "differenze");
    bool any = false;
    if (v->numero > 1 && !versione_load(cx, p, v->numero - 1, &before))
        return false;
    struct progetto_differenza *rows =
        ARENA_NEWS(cx->arena, struct progetto_differenza, 2 * PROGETTO_RIGHE_MAX);
    size_t count =
        v->numero > 1 ? contenuto_diff(cx->arena, before.contenuto, v->contenuto, rows) : 0;
    for (size_t i = 0; i < count; i++) {
        if (rows[i].segno == 0)
            continue;
        struct tv *item = tv_push(list);
        tv_bool(item, "tolto", rows[i].segno < 0);
        tv_text(item, "dove", rows[i].dove);
        tv_text(item, "testo", rows[i].testo);
        any = true;
    }
    tv_bool(page, "con_differenze", any);
    tv_bool(page, "confrontata", v->numero > 1);
    return true;
}

static void facts_show(struct tv *page, const struct progetto *p, const struct progetto_versione *v)
{
    const struct contenuto *c = v->contenuto;
    tv_text(page, "tipo", progetto_tipo_title(progetto_tipo_parse(p->tipo)));
    tv_text(page, "stato", progetto_stato_title(progetto_stato_parse(v->stato)));
    tv_int(page, "numero", v->numero);
    tv_text(page, "titolo", c->titolo);
    tv_text(page, "bisogni", c->bisogni);
    tv_day(page, "dal", c->dal);
    tv_day(page, "al", c->al);
    tv_bool(page, "giudiziario", p->riserbo == RISERVO_GIUDIZIARIO);
    tv_bool(page, "antiviolenza", p->riserbo == RISERVO_ANTIVIOLENZA);
}

static bool show(struct cx *cx, struct web_req *req, struct web_res *res, const struct progetto *p,
                 int64_t numero, const char *here)
{
    struct progetto_versione v;
    struct list checks;
    enum authz_answer answer;
    if (!versione_load(cx, p, numero, &v) || !verifica_list(cx, p, &checks) ||
        !progetto_decide(cx, p->cartella, p->riserbo, AZIONE_MODIFICA, &answer))
        return false;
    bool write = answer == AUTHZ_ALLOW && web_may(cx, req, "progetti.scrivi");
    bool edit = write && progetto_stato_parse(v.stato) == PROGETTO_BOZZA;
    struct tv *page = web_page(res, "progetti/scheda", v.contenuto->titolo);
    if (!progetto_head(cx, req, res, page, p, here))
        return false;
    web_form_show(req, page, "form", &progetto_verifica_togli_form, NULL);
    facts_show(page, p, &v);
    obiettivi_show(cx, page, p, v.contenuto, last_of(&checks, numero), edit);
    fasi_show(cx, page, p, v.contenuto, edit);
    verifiche_show(cx, page, p, &checks);
    moves_show(cx, page, p, &v, write);
    return costi_show(cx, req, page, p, v.contenuto, edit) && firme_show(cx, page, p, numero) &&
           mosse_show(cx, page, p) && missing_show(cx, page, p, &v) && diff_show(cx, page, p, &v);
}

/* That it is there, and nothing of what it says. */
static bool masked_show(struct web_res *res)
{
    (void)web_page(res, "progetti/oscurato", "Progetto riservato");
    web_crumb(res, "/progetti", "Progetti");
    web_crumb(res, NULL, "Progetto riservato");
    return true;
}

bool progetto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    if (web_masked(req))
        return masked_show(res);
    return progetto_of_path(cx, req, &p) && show(cx, req, res, &p, p.numero, NULL);
}

static int64_t numero_of(const struct web_req *req)
{
    char *end;
    long long nr = strtoll(web_segment(req, "numero"), &end, 10);
    return *end == '\0' && nr > 0 && nr <= PROGETTO_VERSIONI ? nr : 0;
}

bool versione_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct progetto p;
    int64_t numero = numero_of(req);
    return progetto_of_path(cx, req, &p) &&
           show(cx, req, res, &p, numero,
                arena_printf(cx->arena, "Versione %lld", (long long)numero));
}

bool versione_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const int64_t *versione = web_form(req);
    struct progetto p;
    struct list list;
    enum progetto_guasto guasto;
    if (!progetto_of_path(cx, req, &p) || !still_current(req, &p, *versione) ||
        !versione_new(cx, &p, &guasto) || guasto_show(req, guasto) ||
        !versione_list(cx, p.id, &list))
        return false;
    long long numero = (long long)LIST_ITEM(&list, struct progetto_versione, 0)->numero;
    web_audit_detail(req, "versione %lld", numero);
    web_notice(req,
               "Versione %lld in preparazione: quella in corso resta finché la nuova non parte.",
               numero);
    web_redirect(res, "%s/versioni/%lld", progetto_href(cx, p.id, ""), numero);
    return true;
}
