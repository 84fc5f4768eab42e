/* Acts on services: load, decide, save. */
#include "mod/prestazioni/prestazioni.h"

#include "mod/bilancio/bilancio.h"
#include "mod/cartella/cartella.h"
#include "mod/enti/enti.h"
#include "mod/prestazioni/attesa.h"
#include "mod/prestazioni/store.h"
#include "mod/rette/rette.h"
#include "mod/utenti/utenti.h"

#include <string.h>

/* What causes a cost of the budget. */
static const char CAUSA[] = "mensile";
/* The plan of weekdays states the holiday rate, under this name. */
static const char FERIALE[] = "feriale", FESTIVO[] = "festivo";

/* ---- who stands how to a service ---------------------------------------------------------- */

/* A provider stands to the services entrusted to its body; a while after the end it still logs. */
static bool provider_relation(struct cx *cx, const struct prestazione *p,
                              enum authz_relation *relation)
{
    if (!utente_relation(cx, "cartella", p->cartella, relation))
        return false;
    if (*relation == RELAZIONE_CONFLITTO)
        return true;
    *relation = RELAZIONE_NESSUNA;
    if (p->erogatore.n != cx->who->ente.n)
        return true;
    bool over = day_known(p->al) && day_cmp(cx->today, day_add(p->al, EROGA_DOPO)) > 0;
    *relation = over ? RELAZIONE_EROGAVA : RELAZIONE_EROGA;
    return true;
}

static bool prestazione_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct prestazione p;
    *facts = (struct web_facts){.found = false};
    if (!prestazione_load(cx, id, &p)) {
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        err_clear(&cx->err);
        return true;
    }
    if (!cartella_object.facts(cx, p.cartella, facts))
        return false;
    /* a service is no note of the diary; that there is one of a case of violence is a secret */
    if (facts->sensitivity != RISERVO_ANTIVIOLENZA)
        facts->sensitivity = RISERVO_PERSONALE;
    return cx->who->ruolo != RUOLO_EROGATORE || provider_relation(cx, &p, &facts->relation);
}

const struct web_object prestazione_object = {"prestazione", prestazione_facts};

/* ---- what is agreed ----------------------------------------------------------------------- */

static bool check(struct cx *cx, const struct prestazione *p, const struct cartella *cartella,
                  struct prestazione_faults *faults)
{
    struct servizio servizio;
    struct piano piano;
    bool festivo;
    struct prestazione_proposta facts = {.dal = p->dal,
                                         .al = p->al,
                                         .previsti = p->previsti,
                                         .costo = p->costo,
                                         .cartella_aperta = !day_known(cartella->chiusa),
                                         .cartella_dal = cartella->aperta,
                                         .doppione_dal = DAY_NONE,
                                         .erogata_fino = DAY_NONE};
    if (!servizio_load(cx, p->servizio, &servizio))
        return false;
    facts.unita = unita_parse(servizio.unita);
    if (day_known(p->dal) && (!piano_in_force(cx, servizio.codice, p->variante, p->dal, &piano,
                                              &festivo, &facts.variante_nota) ||
                              !store_twin(cx, p, &facts.doppione_dal)))
        return false;
    if (p->id.n != 0 && !store_last_logged(cx, p->id, &facts.erogata_fino))
        return false;
    if (p->id.n != 0) { /* an older service outlives plans and records */
        facts.variante_nota = true;
        facts.cartella_aperta = true;
    }
    prestazione_check(&facts, faults);
    return true;
}

bool prestazione_add(struct cx *cx, struct prestazione *p, struct prestazione_faults *faults)
{
    struct cartella cartella;
    if (!cartella_load(cx, p->cartella, &cartella))
        return false;
    p->id = ID_NONE;
    if (!check(cx, p, &cartella, faults))
        return false;
    if (faults->count > 0)
        return true;
    p->id = cx_id(cx);
    p->ambito = cx->who->ambito;
    p->persona = cartella.persona;
    p->ente = cartella.ente;
    p->versione = 1;
    return store_insert(cx, p) && attesa_tell(cx, p);
}

bool prestazione_end(struct cx *cx, struct id id, struct day al, int64_t versione,
                     struct prestazione_faults *faults)
{
    struct prestazione p;
    struct cartella cartella;
    if (!prestazione_load(cx, id, &p) || !cartella_load(cx, p.cartella, &cartella))
        return false;
    p.al = al;
    p.versione = versione;
    if (!check(cx, &p, &cartella, faults))
        return false;
    return faults->count > 0 || (store_end(cx, &p) && attesa_tell(cx, &p));
}

/* ---- the bill of a month ------------------------------------------------------------------ */

/* On a holiday the rate for holidays, where the plan states one. */
static bool price_of(struct cx *cx, const struct prestazione *p, const char *codice, struct day day,
                     struct prezzo *prezzo)
{
    struct retta retta;
    bool found = false;
    *prezzo = (struct prezzo){MONEY_INVALID, false, "Nessun piano tariffario in vigore."};
    if (day_festivo(day) && strcmp(p->variante, FERIALE) == 0) {
        if (!retta_unitaria(cx, codice, FESTIVO, p->persona, day, &retta, &found))
            return false;
        prezzo->festivo = found;
    }
    if (!found && !retta_unitaria(cx, codice, p->variante, p->persona, day, &retta, &found))
        return false;
    if (!found)
        return true;
    prezzo->unitaria = retta.esito == RETTA_DOVUTA ? retta.importo : MONEY_INVALID;
    prezzo->perche = retta_text(cx->arena, &retta);
    return true;
}

static bool work_out(struct cx *cx, const struct prestazione *p, const struct servizio *servizio,
                     const struct griglia *griglia, struct mensile *bill)
{
    struct prezzo prezzi[GIORNI_MESE];
    for (int i = 0; i < GIORNI_MESE; i++) {
        prezzi[i] = (struct prezzo){MONEY_INVALID, false, ""};
        if (i < griglia_days(griglia) && griglia->quantita[i] > 0 &&
            !price_of(cx, p, servizio->codice, day_add(griglia->mese, i), &prezzi[i]))
            return false;
    }
    mensile_compute(griglia, unita_parse(servizio->unita), prezzi, p->costo, bill);
    return true;
}

/* What the ambito bears goes on the budget item of the service; where the year's budget does not
 * have the item, the page says so. No names: who reads the budget sees counts and money. */
static bool enter_cost(struct cx *cx, const struct prestazione *p, const struct servizio *servizio,
                       const struct mensile_riga_salvata *riga)
{
    struct id voce;
    bool found = false;
    char month[MESE_TEXT];
    int year = day_civil(riga->mese).year;
    if (day_known(riga->fatturato))
        return true;
    if (servizio->voce_bilancio != NULL &&
        !voce_by_name(cx, year, servizio->voce_bilancio, &voce, &found))
        return false;
    if (!found || riga->spesa.cents <= 0)
        return spesa_delete(cx, CAUSA, riga->id);
    struct spesa spesa = {
        .voce = voce,
        .anno = year,
        .giorno = day_month_last(riga->mese),
        .importo = riga->spesa,
        .causa_tipo = CAUSA,
        .causa = riga->id,
        .descrizione =
            arena_printf(cx->arena, "%s %s, %s, %s", servizio->codice,
                         variante_words(cx->arena, p->variante), mese_words(riga->mese, month),
                         quantita_words(cx->arena, unita_parse(servizio->unita), riga->quantita)),
    };
    return spesa_save(cx, &spesa);
}

static bool keep_bill(struct cx *cx, const struct prestazione *p, const struct griglia *griglia,
                      struct mensile_riga_salvata *riga)
{
    struct servizio servizio;
    struct mensile bill;
    if (!servizio_load(cx, p->servizio, &servizio) || !work_out(cx, p, &servizio, griglia, &bill))
        return false;
    if (!money_ok(bill.costo) || !money_ok(bill.spesa))
        return FAIL(cx, ERR_INPUT, "il costo del mese è fuori misura");
    riga->prestazione = p->id;
    riga->mese = griglia->mese;
    riga->quantita = bill.quantita;
    riga->retta = bill.retta;
    riga->costo = bill.costo;
    riga->spesa = bill.spesa;
    riga->spiegazione = mensile_explain(cx->arena, &bill);
    return store_bill_put(cx, riga) && enter_cost(cx, p, &servizio, riga) && attesa_tell(cx, p);
}

/* The bill of the month, which must be open; versione 0 where there is none yet. */
static bool open_bill(struct cx *cx, struct id prestazione, struct day mese,
                      struct mensile_riga_salvata *riga, struct prestazione_faults *faults)
{
    bool found;
    if (!mensile_load(cx, prestazione, mese, riga, &found))
        return false;
    if (!found)
        *riga = (struct mensile_riga_salvata){.versione = 0, .fatturato = DAY_NONE};
    else if (mensile_stato_parse(riga->stato) != MENSILE_APERTO)
        prestazione_fault(faults, NULL, "il mese è già stato verificato: non si cambia più");
    return true;
}

bool griglia_save(struct cx *cx, struct id prestazione, const struct griglia *griglia,
                  int64_t versione, struct prestazione_faults *faults)
{
    struct prestazione p;
    struct servizio servizio;
    struct mensile_riga_salvata riga;
    if (!prestazione_load(cx, prestazione, &p) || !servizio_load(cx, p.servizio, &servizio) ||
        !open_bill(cx, prestazione, griglia->mese, &riga, faults))
        return false;
    griglia_check(griglia, unita_parse(servizio.unita), p.dal, p.al, cx->today, faults);
    if (faults->count > 0)
        return true;
    if (riga.versione != versione)
        return FAIL(cx, ERR_CONFLICT, "the month has changed meanwhile");
    return store_log(cx, prestazione, griglia) && keep_bill(cx, &p, griglia, &riga);
}

bool mensile_again(struct cx *cx, struct id prestazione, struct day mese,
                   struct prestazione_faults *faults)
{
    struct prestazione p;
    struct griglia griglia;
    struct mensile_riga_salvata riga;
    if (!prestazione_load(cx, prestazione, &p) || !griglia_load(cx, prestazione, mese, &griglia) ||
        !open_bill(cx, prestazione, mese, &riga, faults))
        return false;
    return faults->count > 0 || keep_bill(cx, &p, &griglia, &riga);
}

static const char *fee_words(struct money fee, char text[static MONEY_TEXT])
{
    return money_ok(fee) ? money_it(fee, text) : "non calcolabile";
}

/* What is different now, for whoever judged what stood there before. */
static bool change_told(struct cx *cx, const struct mensile_riga_salvata *riga,
                        const struct mensile_visto *visto, const char **text)
{
    bool checked = mensile_stato_parse(riga->stato) == MENSILE_VERIFICATO;
    bool same = riga->quantita == visto->quantita && money_cmp(riga->retta, visto->retta) == 0;
    struct prestazione p;
    struct servizio servizio;
    const char *chi;
    char when[INSTANT_TEXT], before[MONEY_TEXT], after[MONEY_TEXT];
    if (!utente_label(cx, checked ? riga->verificato_da : riga->scritto_da, &chi) ||
        !prestazione_load(cx, riga->prestazione, &p) || !servizio_load(cx, p.servizio, &servizio))
        return false;
    enum unita unita = unita_parse(servizio.unita);
    int64_t seen = visto->quantita == INT_NONE ? 0 : visto->quantita;
    instant_it(checked ? riga->verificato : riga->scritto, when);
    if (checked)
        *text = arena_printf(cx->arena, "%s lo ha già verificato (%s)", chi, when);
    else if (same)
        *text = arena_printf(cx->arena,
                             "mentre guardavi, il mese è stato salvato di nuovo da %s "
                             "(%s), con gli stessi numeri: controlla e ripeti",
                             chi, when);
    else
        *text = arena_printf(cx->arena,
                             "mentre guardavi, %s ha cambiato il mese (%s): registrate %s invece "
                             "di %s, retta %s invece di %s. Controlla e ripeti",
                             chi, when, quantita_words(cx->arena, unita, riga->quantita),
                             quantita_words(cx->arena, unita, seen), fee_words(riga->retta, after),
                             fee_words(visto->retta, before));
    return true;
}

bool mensile_check(struct cx *cx, struct id prestazione, struct day mese, bool verificato,
                   const struct mensile_visto *visto, struct prestazione_faults *faults)
{
    struct mensile_riga_salvata riga;
    const char *changed;
    bool found;
    if (!mensile_load(cx, prestazione, mese, &riga, &found))
        return false;
    if (!found) {
        prestazione_fault(faults, NULL, "in questo mese non c’è ancora niente da verificare");
    } else if (riga.versione != visto->versione) {
        if (!change_told(cx, &riga, visto, &changed))
            return false;
        prestazione_fault(faults, NULL, "%s", changed);
    } else if (verificato && !money_ok(riga.retta)) {
        prestazione_fault(faults, NULL, "la retta non si può ancora calcolare: manca un prezzo");
    }
    return faults->count > 0 ||
           store_bill_state(cx, &riga, verificato ? MENSILE_VERIFICATO : MENSILE_APERTO);
}

bool mensile_billed(struct cx *cx, struct id prestazione, struct day mese)
{
    struct id mensile;
    if (!store_bill_billed(cx, prestazione, mese, &mensile))
        return false;
    return mensile.n == 0 || spesa_delete(cx, CAUSA, mensile);
}
