/* Acts on projects: load, decide, save. */
#include "mod/progetti/progetti.h"

#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/progetti/store.h"

#include <string.h>

/* ---- who stands how to a project ---------------------------------------------------------------
 */

static bool progetto_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct progetto progetto;
    *facts = (struct web_facts){.found = false};
    if (!progetto_load(cx, id, &progetto)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    if (!cartella_object.facts(cx, progetto.cartella, facts))
        return false;
    if ((enum authz_sensitivity)progetto.riserbo > facts->sensitivity)
        facts->sensitivity = (enum authz_sensitivity)progetto.riserbo;
    return true;
}

const struct web_object progetto_object = {"progetto", progetto_facts};

bool progetto_decide(struct cx *cx, struct id cartella, int64_t riserbo, enum authz_action action,
                     enum authz_answer *answer)
{
    struct web_facts facts;
    if (!cartella_object.facts(cx, cartella, &facts))
        return false;
    if ((enum authz_sensitivity)riserbo > facts.sensitivity)
        facts.sensitivity = (enum authz_sensitivity)riserbo;
    *answer = authz_decide((struct authz_question){.role = (enum authz_role)cx->who->ruolo,
                                                   .relation = facts.relation,
                                                   .sensitivity = facts.sensitivity,
                                                   .purpose = FINE_CURA,
                                                   .action = action})
                  .answer;
    return true;
}

/* ---- the project as its versions make it --------------------------------------------------------
 */

/* Shown version, period and amounts follow; the lock grows. */
static bool refresh(struct cx *cx, const struct progetto *before, int64_t numero)
{
    struct progetto after = *before;
    struct progetto_versione shown;
    if (!versione_load(cx, before, numero, &shown))
        return false;
    const struct bilancio_di_progetto sums = contenuto_budget(shown.contenuto);
    after.numero = numero;
    after.stato = shown.stato;
    after.dal = shown.contenuto->dal;
    after.al = shown.contenuto->al;
    after.totale = sums.totale;
    after.famiglia = sums.famiglia;
    return progetti_update(cx, &after);
}

/* States in the order of the versions, the first one first. */
struct serie {
    struct progetto_versione *versioni[PROGETTO_VERSIONI];
    enum progetto_stato stati[PROGETTO_VERSIONI];
    size_t count;
};

static bool serie_load(struct cx *cx, struct id progetto, struct serie *serie)
{
    struct list list;
    if (!versione_list(cx, progetto, &list))
        return false;
    serie->count = list.count;
    for (size_t i = 0; i < list.count; i++) {
        struct progetto_versione *v =
            LIST_ITEM(&list, struct progetto_versione, list.count - 1 - i);
        serie->versioni[i] = v;
        serie->stati[i] = progetto_stato_parse(v->stato);
    }
    return serie->count > 0 || FAIL(cx, ERR_NOT_FOUND, "nessuna versione");
}

/* Index of the version in preparation; `count` when none is. */
static size_t draft_of(const struct serie *serie)
{
    size_t i = 0;
    while (i < serie->count && serie->stati[i] != PROGETTO_BOZZA)
        i++;
    return i;
}

bool progetto_open(struct cx *cx, const struct progetto_nuovo *nuovo, struct id *id)
{
    struct cartella cartella;
    struct persona persona;
    struct vault_key key;
    struct contenuto contenuto = nuovo->contenuto;
    if (!cartella_load(cx, nuovo->cartella, &cartella) ||
        !persona_load(cx, cartella.persona, &persona) || !cartella_key(cx, cartella.id, &key))
        return false;
    struct progetto progetto = {.id = cx_id(cx),
                                .versione = 1,
                                .cartella = cartella.id,
                                .persona = cartella.persona,
                                .ente = cartella.ente,
                                .tipo = progetto_tipo_name(nuovo->tipo),
                                .riserbo = nuovo->riserbo,
                                .numero = 1,
                                .stato = progetto_stato_name(PROGETTO_BOZZA),
                                .dal = contenuto.dal,
                                .al = contenuto.al};
    struct progetto_versione first = {.id = cx_id(cx),
                                      .progetto = progetto.id,
                                      .numero = 1,
                                      .stato = progetto.stato,
                                      .contenuto = &contenuto};
    struct progetto_mossa_riga move = {.numero = 1, .a = progetto.stato, .giorno = cx->today};
    *id = progetto.id;
    return progetti_insert(cx, &progetto, persona_keys(cx->arena, &persona).chiave) &&
           progetti_versione_insert(cx, &key, &first) &&
           progetti_mossa_insert(cx, &key, progetto.id, &move);
}

/* ---- writing -------------------------------------------------------------------------------- */

bool versione_write(struct cx *cx, const struct progetto *p, const struct contenuto *contenuto,
                    enum progetto_guasto *guasto)
{
    struct serie serie;
    struct vault_key key;
    struct contenuto copy = *contenuto;
    if (!serie_load(cx, p->id, &serie) || !cartella_key(cx, p->cartella, &key))
        return false;
    size_t draft = draft_of(&serie);
    *guasto = draft < serie.count ? PROGETTO_OK : PROGETTO_NON_PREVISTA;
    if (*guasto != PROGETTO_OK)
        return true;
    struct progetto_versione version = *serie.versioni[draft];
    version.contenuto = &copy;
    size_t shown = progetto_corrente(serie.stati, serie.count);
    return progetti_versione_write(cx, &key, &version) &&
           refresh(cx, p, serie.versioni[shown]->numero);
}

bool versione_new(struct cx *cx, const struct progetto *p, enum progetto_guasto *guasto)
{
    struct serie serie;
    struct vault_key key;
    struct progetto_versione shown;
    if (!serie_load(cx, p->id, &serie) || !cartella_key(cx, p->cartella, &key))
        return false;
    *guasto = progetto_nuova_check(serie.stati, serie.count);
    if (*guasto != PROGETTO_OK)
        return true;
    size_t at = progetto_corrente(serie.stati, serie.count);
    if (!versione_load(cx, p, serie.versioni[at]->numero, &shown))
        return false;
    struct progetto_versione next = {.id = cx_id(cx),
                                     .progetto = p->id,
                                     .numero = serie.versioni[serie.count - 1]->numero + 1,
                                     .stato = progetto_stato_name(PROGETTO_BOZZA),
                                     .contenuto = shown.contenuto};
    struct progetto_mossa_riga move = {.numero = next.numero, .a = next.stato, .giorno = cx->today};
    return progetti_versione_insert(cx, &key, &next) &&
           progetti_mossa_insert(cx, &key, p->id, &move) && refresh(cx, p, shown.numero);
}

/* ---- what a move asks for
 * ------------------------------------------------------------------------ */

bool versione_check(struct cx *cx, const struct progetto *p, const struct contenuto *contenuto,
                    struct progetto_rifiuti *rifiuti)
{
    struct list list;
    struct day days[VERIFICHE_MAX];
    size_t count = 0;
    if (!verifica_list(cx, p, &list))
        return false;
    LIST_EACH (&list, struct progetto_verifica, v)
        days[count++] = v->prevista;
    contenuto_check(contenuto, progetto_tipo_parse(p->tipo), days, count, rifiuti);
    return true;
}

bool firma_case(struct cx *cx, const struct progetto *p, struct firma_caso *caso)
{
    enum { MAGGIORE_ETA = 18 };
    struct persona persona;
    if (!persona_load(cx, p->persona, &persona))
        return false;
    *caso = (struct firma_caso){.tipo = progetto_tipo_parse(p->tipo),
                                .tutelata = persona.tutela != NULL && persona.tutela[0] != '\0',
                                .minore = day_known(persona.nascita) &&
                                          day_age(persona.nascita, cx->today) < MAGGIORE_ETA};
    return true;
}

static bool all_signed(struct cx *cx, const struct progetto *p, int64_t numero, bool *yes)
{
    struct firma_caso caso;
    struct list firme;
    unsigned who = 0;
    if (!firma_case(cx, p, &caso) || !firma_list(cx, p, numero, &firme))
        return false;
    LIST_EACH (&firme, struct progetto_firma, firma) {
        enum firma_ruolo ruolo = firma_ruolo_parse(firma->ruolo);
        if (!firma->annullata && ruolo != FIRMA_RUOLI)
            who |= 1u << ruolo;
    }
    *yes = firme_complete(&caso, who);
    return true;
}

/* By the last check of that version. */
static bool all_valued(struct cx *cx, const struct progetto *p, const struct progetto_versione *v,
                       bool *yes)
{
    struct list list;
    const struct progetto_verifica *last = NULL;
    if (!verifica_list(cx, p, &list))
        return false;
    LIST_EACH (&list, struct progetto_verifica, check)
        if (day_known(check->fatta) && check->numero == v->numero &&
            (last == NULL || day_cmp(check->fatta, last->fatta) >= 0))
            last = check;
    *yes = last != NULL && avanzamento_whole(last->avanzamento, v->contenuto);
    return true;
}

static bool asked_of(struct cx *cx, const struct progetto *p, const struct progetto_versione *v,
                     const struct progetto_spostamento *mossa, struct progetto_chiesta *asked)
{
    struct progetto_rifiuti faults = {.arena = cx->arena};
    *asked = (struct progetto_chiesta){.da = progetto_stato_parse(v->stato),
                                       .a = mossa->a,
                                       .motivo = mossa->motivo,
                                       .giorno = mossa->giorno,
                                       .oggi = cx->today};
    if (!versione_check(cx, p, v->contenuto, &faults) ||
        !progetti_last_move(cx, p->id, &asked->ultima) ||
        !all_signed(cx, p, v->numero, &asked->firmato) || !all_valued(cx, p, v, &asked->valutato))
        return false;
    asked->completo = faults.count == 0;
    return true;
}

/* ---- moving --------------------------------------------------------------------------------- */

/* Saves what changed, each with its row of history. */
static bool serie_save(struct cx *cx, const struct progetto *p, const struct serie *before,
                       const enum progetto_stato *after, const struct progetto_spostamento *mossa)
{
    struct vault_key key;
    if (!cartella_key(cx, p->cartella, &key))
        return false;
    for (size_t i = 0; i < before->count; i++) {
        const struct progetto_versione *v = before->versioni[i];
        struct progetto_mossa_riga move = {.numero = v->numero,
                                           .da = v->stato,
                                           .a = progetto_stato_name(after[i]),
                                           .giorno = mossa->giorno,
                                           .motivo = mossa->motivo};
        if (after[i] == before->stati[i])
            continue;
        if (!progetti_versione_state(cx, v->id, move.a) ||
            !progetti_mossa_insert(cx, &key, p->id, &move))
            return false;
        if (after[i] == PROGETTO_BOZZA && !progetti_firme_void(cx, p->id, v->numero))
            return false;
    }
    return true;
}

bool versione_move(struct cx *cx, const struct progetto *p,
                   const struct progetto_spostamento *mossa, enum progetto_guasto *guasto)
{
    struct serie serie;
    struct progetto_versione v;
    struct progetto_chiesta asked;
    enum progetto_stato after[PROGETTO_VERSIONI];
    if (!serie_load(cx, p->id, &serie) || !versione_load(cx, p, mossa->numero, &v) ||
        !asked_of(cx, p, &v, mossa, &asked))
        return false;
    *guasto = progetto_mossa_check(&asked);
    if (*guasto != PROGETTO_OK)
        return true;
    size_t which = 0;
    while (serie.versioni[which]->numero != mossa->numero)
        which++;
    memcpy(after, serie.stati, sizeof after);
    progetto_apply(after, serie.count, which, mossa->a);
    size_t shown = progetto_corrente(after, serie.count);
    return serie_save(cx, p, &serie, after, mossa) && refresh(cx, p, serie.versioni[shown]->numero);
}

/* ---- signatures ----------------------------------------------------------------------------- */

static bool signed_already(struct cx *cx, const struct progetto *p,
                           const struct progetto_firma *firma, bool *yes)
{
    struct list list;
    *yes = false;
    if (!firma_list(cx, p, firma->numero, &list))
        return false;
    LIST_EACH (&list, struct progetto_firma, other)
        *yes = *yes || (!other->annullata && strcmp(other->ruolo, firma->ruolo) == 0);
    return true;
}

bool firma_save(struct cx *cx, const struct progetto *p, const struct progetto_firma *firma,
                struct progetto_rifiuti *rifiuti)
{
    struct progetto_versione v;
    struct vault_key key;
    struct day last;
    bool twice;
    if (!versione_load(cx, p, firma->numero, &v) || !progetti_last_move(cx, p->id, &last) ||
        !signed_already(cx, p, firma, &twice) || !cartella_key(cx, p->cartella, &key))
        return false;
    if (progetto_stato_parse(v.stato) != PROGETTO_DA_FIRMARE)
        progetto_rifiuta(rifiuti, NULL, "Questa versione non è da firmare.");
    if (firma_ruolo_parse(firma->ruolo) == FIRMA_RUOLI)
        progetto_rifiuta(rifiuti, "ruolo", "Scegli chi firma.");
    if (twice)
        progetto_rifiuta(rifiuti, "ruolo", "Questa firma c’è già.");
    if (firma->nome == NULL || firma->nome[0] == '\0')
        progetto_rifiuta(rifiuti, "nome", "Scrivi nome e cognome di chi firma.");
    if (firma_modo_title(firma->modo) == NULL)
        progetto_rifiuta(rifiuti, "modo", "Scegli come ha firmato.");
    if (!day_known(firma->giorno) || day_cmp(firma->giorno, cx->today) > 0)
        progetto_rifiuta(rifiuti, "giorno", "Il giorno non è ancora venuto.");
    else if (day_known(last) && day_cmp(firma->giorno, last) < 0)
        progetto_rifiuta(rifiuti, "giorno", "Quel giorno il progetto non era ancora da firmare.");
    if (rifiuti->count > 0)
        return true;
    return progetti_firma_insert(cx, &key, p->id, firma) && refresh(cx, p, p->numero);
}

/* ---- checks --------------------------------------------------------------------------------- */

bool verifica_plan(struct cx *cx, const struct progetto *p, struct day prevista,
                   struct progetto_rifiuti *rifiuti)
{
    struct list list;
    if (!verifica_list(cx, p, &list))
        return false;
    if (progetto_stato_closed(progetto_stato_parse(p->stato)))
        progetto_rifiuta(rifiuti, NULL, "Il progetto è chiuso.");
    if (!day_known(prevista) || day_cmp(prevista, p->dal) < 0)
        progetto_rifiuta(rifiuti, "prevista", "Il giorno viene prima dell’inizio del progetto.");
    LIST_EACH (&list, struct progetto_verifica, other)
        if (other->prevista.n == prevista.n)
            progetto_rifiuta(rifiuti, "prevista", "Quel giorno c’è già una verifica.");
    if (list.count >= VERIFICHE_MAX)
        progetto_rifiuta(rifiuti, NULL, "Il progetto ha già %d verifiche.", VERIFICHE_MAX);
    if (rifiuti->count > 0)
        return true;
    return progetti_verifica_insert(cx, p->id, prevista) && refresh(cx, p, p->numero) &&
           progetti_next_check(cx, p->id);
}

bool verifica_drop(struct cx *cx, const struct progetto *p, struct id verifica)
{
    bool dropped;
    if (!progetti_verifica_drop(cx, p->id, verifica, &dropped))
        return false;
    if (!dropped)
        return FAIL(cx, ERR_CONFLICT, "la verifica è già stata fatta, o tolta");
    return refresh(cx, p, p->numero) && progetti_next_check(cx, p->id);
}

bool verifica_record(struct cx *cx, const struct progetto *p, struct id verifica, struct day fatta,
                     const struct avanzamento *avanzamento, struct progetto_rifiuti *rifiuti)
{
    struct vault_key key;
    struct avanzamento copy = *avanzamento;
    struct progetto_verifica done = {
        .id = verifica, .fatta = fatta, .numero = p->numero, .avanzamento = &copy};
    bool recorded;
    avanzamento_check(avanzamento, fatta, cx->today, rifiuti);
    if (!progetto_stato_running(progetto_stato_parse(p->stato)))
        progetto_rifiuta(rifiuti, NULL, "Si verifica un progetto in corso o sospeso.");
    if (rifiuti->count > 0)
        return true;
    if (!cartella_key(cx, p->cartella, &key) ||
        !progetti_verifica_record(cx, &key, p, &done, &recorded))
        return false;
    if (!recorded)
        return FAIL(cx, ERR_CONFLICT, "la verifica è già stata registrata, o tolta");
    return refresh(cx, p, p->numero) && progetti_next_check(cx, p->id);
}
