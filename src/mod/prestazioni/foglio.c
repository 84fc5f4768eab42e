/* The month of many people: load, judge row by row, save. */
#include "mod/prestazioni/foglio.h"

#include "base/text.h"
#include "mod/audit/audit.h"
#include "mod/enti/enti.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/store.h"
#include "mod/rette/rette.h"
#include "mod/utenti/utenti.h"

#include <string.h>

/* ---- which ------------------------------------------------------------------------------- */

/* The key of a name is that of its person: no name stands in an address. */
static bool after_read(struct cx *cx, struct id after, struct prestazioni_pagina *pagina)
{
    struct prestazione p;
    const char *nome;
    if (!prestazione_load(cx, after, &p) || !persona_label(cx, p.persona, &nome))
        return false;
    pagina->dopo = text_fold(cx->arena, nome);
    pagina->dopo_id = after;
    return true;
}

bool foglio_list(struct cx *cx, const struct foglio_scelta *scelta, struct list *list)
{
    struct prestazioni_pagina pagina = {.mese = scelta->mese,
                                        .nel_mese = true,
                                        .servizio = scelta->servizio,
                                        .limit = scelta->limit};
    return prestazioni_scope(cx, &pagina) &&
           (scelta->dopo.n == 0 || after_read(cx, scelta->dopo, &pagina)) &&
           store_page(cx, &pagina, list);
}

/* ---- one row ----------------------------------------------------------------------------- */

static bool may_write(struct cx *cx, struct id id, struct web_facts *facts, bool *may)
{
    if (!prestazione_object.facts(cx, id, facts))
        return false;
    struct authz_question question = {.role = (enum authz_role)cx->who->ruolo,
                                      .relation = facts->relation,
                                      .sensitivity = facts->sensitivity,
                                      .purpose = FINE_PROCEDIMENTO,
                                      .action = AZIONE_MODIFICA};
    *may = facts->found && authz_decide(question).answer == AUTHZ_ALLOW;
    return true;
}

static bool load_bill(struct cx *cx, struct day mese, struct foglio_riga *riga)
{
    struct list bills;
    if (!mensile_list(cx, riga->p.id, &bills))
        return false;
    LIST_EACH (&bills, const struct mensile_riga_salvata, bill)
        if (bill->mese.n == mese.n) {
            riga->versione = bill->versione;
            riga->verificato = mensile_stato_parse(bill->stato) == MENSILE_VERIFICATO;
            riga->chi = bill->scritto_da;
            riga->quando = bill->scritto;
        }
    return true;
}

bool foglio_load(struct cx *cx, struct id prestazione, struct day mese, struct foglio_riga *riga,
                 bool *found)
{
    struct web_facts facts;
    struct servizio servizio;
    struct ente erogatore;
    *riga = (struct foglio_riga){.versione = 0};
    if (!may_write(cx, prestazione, &facts, found))
        return false;
    if (!*found)
        return true;
    if (!prestazione_load(cx, prestazione, &riga->p) ||
        !servizio_load(cx, riga->p.servizio, &servizio) ||
        !ente_load(cx, riga->p.erogatore, &erogatore) ||
        !persona_label(cx, riga->p.persona, &riga->nome) ||
        !griglia_load(cx, prestazione, mese, &riga->griglia) || !load_bill(cx, mese, riga))
        return false;
    riga->unita = unita_parse(servizio.unita);
    riga->erogatore = erogatore.nome;
    riga->servizio = arena_printf(cx->arena, "%s (%s)", servizio.codice,
                                  variante_words(cx->arena, riga->p.variante));
    return true;
}

bool foglio_open(const struct foglio_riga *riga, int giorno, struct day today)
{
    struct day day = day_add(riga->griglia.mese, giorno);
    return !riga->verificato && giorno < griglia_days(&riga->griglia) &&
           day_cmp(day, riga->p.dal) >= 0 && day_cmp(day, today) <= 0 &&
           (!day_known(riga->p.al) || day_cmp(day, riga->p.al) <= 0);
}

/* ---- saving ------------------------------------------------------------------------------ */

static int64_t sum(const struct griglia *griglia)
{
    int64_t total = 0;
    for (int i = 0; i < GIORNI_MESE; i++)
        total += griglia->quantita[i];
    return total;
}

static bool changed_told(struct cx *cx, const struct foglio_riga *riga,
                         struct prestazione_faults *faults)
{
    const char *chi = "";
    char when[INSTANT_TEXT];
    if (!utente_label(cx, riga->chi, &chi))
        return false;
    prestazione_fault(faults, NULL,
                      "mentre scrivevi, %s ha salvato %s (%s): sotto a ogni giorno sta ciò che c’è "
                      "ora. Controlla e salva di nuovo",
                      chi, quantita_words(cx->arena, riga->unita, sum(&riga->griglia)),
                      instant_it(riga->quando, when));
    return true;
}

static bool keep(struct cx *cx, const struct foglio_riga *riga, const struct foglio_dato *dato,
                 struct prestazione_faults *faults)
{
    char month[MESE_TEXT];
    struct web_facts facts;
    bool may;
    if (!griglia_save(cx, riga->p.id, &dato->griglia, riga->versione, faults))
        return false;
    if (faults->count > 0)
        return true;
    if (!may_write(cx, riga->p.id, &facts, &may))
        return false;
    return audit_append(cx, &(struct audit_row){
                                .relazione = authz_relation_name(facts.relation),
                                .fine = authz_purpose_name(FINE_PROCEDIMENTO),
                                .azione = authz_action_name(AZIONE_MODIFICA),
                                .oggetto = prestazione_object.name,
                                .oggetto_id = riga->p.id,
                                .regola = "foglio",
                                .dettaglio = mese_iso(dato->griglia.mese, month),
                            });
}

bool foglio_save(struct cx *cx, const struct foglio_riga *riga, const struct foglio_dato *dato,
                 enum foglio_esito *esito, struct prestazione_faults *faults)
{
    *esito = FOGLIO_UGUALE;
    if (memcmp(riga->griglia.quantita, dato->griglia.quantita, sizeof riga->griglia.quantita) == 0)
        return true;
    if (dato->versione != INT_NONE && dato->versione != riga->versione) {
        *esito = FOGLIO_CAMBIATA;
        return changed_told(cx, riga, faults);
    }
    if (riga->verificato)
        prestazione_fault(faults, NULL, "il mese è già stato verificato: non si cambia più");
    else if (dato->prova)
        griglia_check(&dato->griglia, riga->unita, riga->p.dal, riga->p.al, cx->today, faults);
    else if (!keep(cx, riga, dato, faults))
        return false;
    *esito = faults->count > 0 ? FOGLIO_RIFIUTATA : FOGLIO_SALVATA;
    return true;
}
