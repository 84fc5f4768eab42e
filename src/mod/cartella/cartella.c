/* Acts on records: load, decide, save. */
#include "mod/cartella/cartella.h"

#include "mod/cartella/store.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

/* ---- who stands how to a record ----------------------------------------------------------- */

static bool whole_ambito(struct cx *cx, enum authz_relation *relation)
{
    struct id scope;
    *relation = RELAZIONE_AMBITO;
    if (!cartella_scope(cx, &scope))
        return false;
    if (scope.n == 0)
        *relation = cx->who->ruolo == RUOLO_COORDINATORE ? RELAZIONE_COORDINA : RELAZIONE_ENTE;
    return true;
}

static bool relation_to(struct cx *cx, const struct cartella *cartella,
                        enum authz_relation *relation)
{
    enum authz_relation own;
    enum authz_relation ente;
    enum authz_relation ambito;
    if (!utente_relation(cx, "cartella", cartella->id, &own) ||
        !utente_relation_ente(cx, cartella->ente, &ente) || !whole_ambito(cx, &ambito))
        return false;
    *relation = relazione_stronger(own, relazione_stronger(ente, ambito));
    return true;
}

static bool cartella_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct cartella cartella;
    *facts = (struct web_facts){.found = false};
    if (!cartella_load(cx, id, &cartella)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    struct web_facts persona;
    if (!persona_object.facts(cx, cartella.persona, &persona) ||
        !relation_to(cx, &cartella, &facts->relation))
        return false;
    facts->found = true;
    facts->ente = cartella.ente;
    facts->sensitivity = (enum authz_sensitivity)cartella.riserbo;
    /* Whom only those who follow her may know is not known through her record either; nor does a
     * conflict about the person end where the record begins. */
    if (persona.sensitivity > facts->sensitivity)
        facts->sensitivity = persona.sensitivity;
    if (persona.relation == RELAZIONE_CONFLITTO)
        facts->relation = RELAZIONE_CONFLITTO;
    return true;
}

const struct web_object cartella_object = {"cartella", cartella_facts};

/* ---- relations that follow a presa in carico ------------------------------------------------ */

static bool relate(struct cx *cx, const char *kind, struct id object, struct id utente,
                   struct day from)
{
    struct relazione relazione = {
        .ambito = cx->who->ambito,
        .utente = utente,
        .tipo = RELAZIONE_RESPONSABILE,
        .oggetto_tipo = kind,
        .oggetto = object,
        .dal = from,
        .al = DAY_NONE,
    };
    struct id id;
    return relazione_save(cx, &relazione, &id);
}

static bool take_charge(struct cx *cx, const struct cartella *cartella, struct id utente,
                        struct day from)
{
    return utente.n == 0 || (relate(cx, "cartella", cartella->id, utente, from) &&
                             relate(cx, "persona", cartella->persona, utente, from));
}

static bool let_go(struct cx *cx, const struct cartella *cartella, struct id utente, struct day on)
{
    return utente.n == 0 ||
           (relazione_end_of(cx, RELAZIONE_RESPONSABILE, cartella->id, utente, on) &&
            relazione_end_of(cx, RELAZIONE_RESPONSABILE, cartella->persona, utente, on));
}

/* Does the worker still have another open presa in carico of this record? */
static bool still_has(const struct list *prese, struct id utente, struct id but)
{
    LIST_EACH (prese, struct presa_in_carico, presa) {
        if (presa->id.n != but.n && presa->responsabile.n == utente.n && !day_known(presa->al))
            return true;
    }
    return false;
}

/* ---- the record as its prese make it -------------------------------------------------------- */

enum { PRESE_MASSIMO = 60 };

/* State, kind, worker and end of the record, from its prese in carico. */
static bool cartella_refresh(struct cx *cx, struct id id)
{
    struct cartella before;
    struct list prese;
    enum presa_stato states[PRESE_MASSIMO];
    size_t count = 0;
    if (!cartella_load(cx, id, &before) || !presa_list(cx, id, &prese))
        return false;
    struct cartella after = before;
    LIST_EACH (&prese, struct presa_in_carico, presa) {
        states[count++] = presa_stato_parse(presa->stato);
    }
    enum presa_stato shown = cartella_stato(states, count);
    after.stato = presa_stato_name(shown);
    after.chiusa = presa_stato_closed(shown) ? cx->today : DAY_NONE;
    LIST_EACH (&prese, struct presa_in_carico, presa) {
        if (strcmp(presa->stato, after.stato) != 0)
            continue;
        after.tipo_utente = presa->tipo_utente;
        after.responsabile = presa->responsabile;
        after.ente = presa->ente;
        break;
    }
    return cartella_update(cx, &before, &after);
}

/* ---- opening ---------------------------------------------------------------------------- */

static bool open_record(struct cx *cx, const struct presa_nuova *nuova, const char *stato,
                        struct cartella *cartella)
{
    struct persona persona;
    if (!persona_load(cx, nuova->persona, &persona))
        return false;
    *cartella = (struct cartella){
        .persona = nuova->persona,
        .ente = nuova->ente,
        .riserbo = nuova->riserbo,
        .stato = stato,
        .tipo_utente = nuova->tipo_utente,
        .responsabile = nuova->responsabile,
        .aperta = nuova->dal,
        .chiusa = DAY_NONE,
    };
    return cartella_insert(cx, cartella, persona_keys(cx->arena, &persona).chiave, persona.numero);
}

static bool first_move(struct cx *cx, const struct presa_in_carico *presa, const char *motivo)
{
    struct vault_key key;
    struct mossa_riga move = {
        .presa = presa->id, .a = presa->stato, .giorno = presa->dal, .motivo = motivo};
    return cartella_key(cx, presa->cartella, &key) && mossa_insert(cx, &key, &move);
}

bool presa_may_open(struct cx *cx, const struct presa_nuova *nuova, bool *yes)
{
    struct id id;
    bool found;
    struct cartella cartella;
    struct web_facts facts;
    *yes = true;
    if (!cartella_of(cx, nuova->persona, &id, &found))
        return false;
    if (!found)
        return true;
    if (!cartella_load(cx, id, &cartella) || !cartella_object.facts(cx, id, &facts))
        return false;
    struct authz_question question = {
        .role = (enum authz_role)cx->who->ruolo,
        .relation = facts.relation,
        .sensitivity = facts.sensitivity,
        .purpose = FINE_CURA,
        .action = AZIONE_CREA,
    };
    *yes = cartella.riserbo != nuova->riserbo || authz_decide(question).answer == AUTHZ_ALLOW;
    return true;
}

bool presa_open(struct cx *cx, const struct presa_nuova *nuova, struct id *id)
{
    struct cartella cartella;
    bool found;
    enum presa_stato state = nuova->responsabile.n != 0 ? STATO_ACCOLTA : STATO_SEGNALATA;
    const char *stato = presa_stato_name(state);
    if (!cartella_of(cx, nuova->persona, id, &found))
        return false;
    /* What only its team may know is never written beside what others read. */
    if (found && (!cartella_load(cx, *id, &cartella)))
        return false;
    bool add = found && cartella.riserbo == nuova->riserbo;
    if (!add && !open_record(cx, nuova, stato, &cartella))
        return false;
    *id = cartella.id;
    struct presa_in_carico presa = {
        .id = cx_id(cx),
        .cartella = cartella.id,
        .ente = nuova->ente,
        .responsabile = nuova->responsabile,
        .tipo_utente = nuova->tipo_utente,
        .stato = stato,
        .dal = nuova->dal,
        .al = DAY_NONE,
        .versione = 1,
    };
    return presa_insert(cx, &presa) && first_move(cx, &presa, nuova->motivo) &&
           take_charge(cx, &cartella, nuova->responsabile, nuova->dal) &&
           cartella_refresh(cx, cartella.id);
}

/* ---- moves ------------------------------------------------------------------------------ */

static bool relations_after(struct cx *cx, const struct presa_in_carico *presa,
                            enum presa_stato from, struct day on)
{
    struct cartella cartella;
    struct list prese;
    enum presa_stato now = presa_stato_parse(presa->stato);
    if (presa_stato_closed(now) == presa_stato_closed(from))
        return true;
    if (!cartella_load(cx, presa->cartella, &cartella) || !presa_list(cx, presa->cartella, &prese))
        return false;
    if (!presa_stato_closed(now))
        return take_charge(cx, &cartella, presa->responsabile, on);
    /* The worker goes on reading what he wrote for the rest of the day. */
    return still_has(&prese, presa->responsabile, presa->id) ||
           let_go(cx, &cartella, presa->responsabile, day_add(cx->today, 1));
}

bool presa_move(struct cx *cx, struct id id, int64_t versione, enum presa_stato to,
                struct day giorno, const char *motivo, enum mossa_fault *fault)
{
    struct presa_in_carico presa;
    struct mossa_chiesta asked = {.a = to, .motivo = motivo, .giorno = giorno, .oggi = cx->today};
    if (!presa_load(cx, id, &presa) || !mossa_last_day(cx, id, &asked.ultima))
        return false;
    if (presa.versione != versione)
        return FAIL(cx, ERR_CONFLICT, "la presa in carico è stata modificata nel frattempo");
    asked.da = presa_stato_parse(presa.stato);
    asked.sospesa_da = presa_stato_parse(presa.sospesa_da);
    asked.responsabile = presa.responsabile.n != 0;
    *fault = mossa_check(&asked);
    if (*fault != MOSSA_OK)
        return true;
    struct vault_key key;
    struct mossa_riga move = {.presa = id,
                              .da = presa.stato,
                              .a = presa_stato_name(to),
                              .giorno = giorno,
                              .motivo = motivo};
    presa.sospesa_da = to == STATO_SOSPESA ? presa.stato : NULL;
    presa.stato = presa_stato_name(to);
    presa.al = presa_stato_closed(to) ? giorno : DAY_NONE;
    return cartella_key(cx, presa.cartella, &key) && mossa_insert(cx, &key, &move) &&
           presa_update(cx, &presa) && relations_after(cx, &presa, asked.da, giorno) &&
           cartella_refresh(cx, presa.cartella);
}

bool presa_assign(struct cx *cx, struct id id, struct id utente, struct day from,
                  const char *motivo)
{
    struct presa_in_carico presa;
    struct cartella cartella;
    struct list prese;
    struct vault_key key;
    if (!presa_load(cx, id, &presa) || !cartella_load(cx, presa.cartella, &cartella) ||
        !presa_list(cx, presa.cartella, &prese) || !cartella_key(cx, presa.cartella, &key))
        return false;
    struct id before = presa.responsabile;
    if (before.n == utente.n)
        return true;
    presa.responsabile = utente;
    struct mossa_riga move = {
        .presa = id, .da = presa.stato, .a = presa.stato, .giorno = from, .motivo = motivo};
    if (!presa_update(cx, &presa) || !mossa_insert(cx, &key, &move) ||
        !take_charge(cx, &cartella, utente, from))
        return false;
    if (!still_has(&prese, before, id) && !let_go(cx, &cartella, before, from))
        return false;
    return cartella_refresh(cx, presa.cartella);
}

/* ---- diary ------------------------------------------------------------------------------ */

static struct diario_nota note_of(const struct diario *d)
{
    return (struct diario_nota){.giorno = d->giorno,
                                .tipo = d->tipo,
                                .presenti = d->presenti,
                                .testo = d->testo,
                                .riserbo = d->riserbo};
}

bool diario_save(struct cx *cx, struct diario *diario, enum diario_fault *fault)
{
    struct diario before;
    bool found = false;
    if (diario->voce.n != 0 && !diario_last(cx, diario->voce, &before, &found))
        return false;
    if (diario->voce.n != 0 && (!found || before.cartella.n != diario->cartella.n))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna nota");
    if (found && before.versione != diario->versione)
        return FAIL(cx, ERR_CONFLICT, "la nota è stata corretta nel frattempo");
    struct diario_nota note = note_of(diario);
    struct diario_nota old = found ? note_of(&before) : (struct diario_nota){0};
    *fault = diario_check(&note, found ? &old : NULL, cx->today);
    if (*fault != DIARIO_OK)
        return true;
    diario->id = cx_id(cx);
    diario->voce = found ? diario->voce : diario->id;
    diario->versione = found ? before.versione + 1 : 1;
    return diario_insert(cx, diario);
}
