#include "mod/invii/invii.h"

#include "mod/accesso/accesso.h"
#include "mod/invii/store.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <string.h>

bool invio_side(struct cx *cx, const struct invio *invio, enum invio_lato *lato, bool *tutti)
{
    struct id own;
    if (!invio_body(cx, &own))
        return false;
    *tutti = own.n == 0;
    *lato = invio->a.n == own.n ? LATO_RICEVE : invio->da.n == own.n ? LATO_MANDA : LATO_NESSUNO;
    return true;
}

/* The two bodies stand equally near; a person kept apart has the last word. */
static bool facts_of(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct invio invio;
    struct persona persona;
    enum invio_lato lato;
    bool all, known = true;
    *facts = (struct web_facts){.found = false};
    if (!invio_load(cx, id, &invio)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    if (!invio_side(cx, &invio, &lato, &all) ||
        (invio.persona.n != 0 && !persona_known(cx, invio.persona, &persona, &known)))
        return false;
    facts->found = known && (all || lato != LATO_NESSUNO);
    facts->relation = RELAZIONE_ENTE;
    facts->sensitivity = RISERVO_PERSONALE;
    facts->ente = invio.a;
    return true;
}
const struct web_object invio_object = {"invio", facts_of};

bool invio_send(struct cx *cx, struct invio *invio, enum invio_fault *fault)
{
    struct contatto contatto;
    struct persona persona = {.riservata = false};
    if (!contatto_load(cx, invio->contatto, &contatto) ||
        (contatto.persona.n != 0 && !persona_load(cx, contatto.persona, &persona)))
        return false;
    invio->persona = contatto.persona;
    invio->da = contatto.ente;
    invio->area = contatto.area;
    invio->giorno = cx->today;
    *fault = invio_check(&(struct invio_chiesto){.da = invio->da,
                                                 .a = invio->a,
                                                 .termine = invio->termine,
                                                 .oggi = cx->today,
                                                 .testo = invio->richiesta,
                                                 .riservata = persona.riservata});
    return *fault != INVIO_OK || invio_insert(cx, invio);
}

bool invio_move(struct cx *cx, const struct invio *invio, const struct invio_mossa *mossa,
                const char *testo, int64_t versione, enum invio_fault *fault)
{
    enum invio_lato lato;
    bool all;
    char id[ID_TEXT];
    if (!invio_side(cx, invio, &lato, &all))
        return false;
    *fault = invio_mossa_check(mossa, invio->stato, all ? mossa->lato : lato, testo);
    if (*fault != INVIO_OK)
        return true;
    if (!invio_step(cx, invio->id, versione, mossa->a, testo))
        return false;
    return mossa->lato != LATO_RICEVE || invio->creato_da.n == cx->who->utente.n ||
           avviso_save(cx, invio->creato_da, mossa->notizia,
                       arena_printf(cx->arena, "/invii/%s", id_text(invio->id, id)));
}
