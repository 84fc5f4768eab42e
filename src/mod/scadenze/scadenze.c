#include "mod/scadenze/scadenze.h"

#include "mod/cartella/cartella.h"
#include "mod/scadenze/store.h"

#include <string.h>

/* A deadline is as close as its record. */
static bool facts_of(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct scadenza scadenza;
    *facts = (struct web_facts){.found = false};
    if (scadenza_load(cx, id, &scadenza))
        return cartella_object.facts(cx, scadenza.cartella, facts);
    if (cx->err.code != ERR_NOT_FOUND)
        return false;
    err_clear(&cx->err);
    return true;
}
const struct web_object scadenza_object = {"scadenza", facts_of};

bool scadenza_add(struct cx *cx, struct scadenza *s, enum scadenza_fault *fault)
{
    *fault = scadenza_check(s->tipo, s->da, s->giorno, cx->today);
    if (*fault != SCADENZA_OK)
        return true;
    const struct scadenza_tipo *tipo = scadenza_tipo_find(s->tipo);
    if (tipo->da != NULL)
        s->giorno = scadenza_due(tipo, s->da);
    else
        s->da = DAY_NONE;
    return scadenza_insert(cx, s);
}

static bool open_next(struct cx *cx, const struct scadenza *done, struct id *poi)
{
    const struct scadenza_tipo *tipo = scadenza_tipo_find(done->tipo);
    if (tipo == NULL || tipo->poi == NULL)
        return true;
    struct scadenza next = {.cartella = done->cartella, .tipo = tipo->poi, .da = done->chiusa};
    next.giorno = scadenza_due(scadenza_tipo_find(tipo->poi), next.da);
    if (!scadenza_insert(cx, &next))
        return false;
    *poi = next.id;
    return true;
}

bool scadenza_act(struct cx *cx, const struct scadenza_passo *passo, struct id *poi,
                  enum scadenza_fault *fault)
{
    struct scadenza before, after;
    *poi = ID_NONE;
    if (!scadenza_load(cx, passo->scadenza, &before))
        return false;
    *fault = scadenza_passo_check(&(struct scadenza_passo_chiesto){
        .azione = passo->azione,
        .aperta = strcmp(before.stato, "aperta") == 0,
        .da = before.da,
        .giorno = before.giorno,
        .nuovo = passo->giorno,
        .motivo = passo->motivo,
        .oggi = cx->today,
    });
    if (*fault != SCADENZA_OK)
        return true;
    after = before;
    after.versione = passo->versione;
    if (passo->azione == PASSO_RINVIATA) {
        after.giorno = passo->giorno;
    } else {
        after.stato = scadenza_azione_name(passo->azione);
        after.chiusa = passo->azione == PASSO_FATTA ? passo->giorno : cx->today;
    }
    return scadenza_update(cx, &after) && passo_insert(cx, &before, passo) &&
           (passo->azione != PASSO_FATTA || open_next(cx, &after, poi));
}
