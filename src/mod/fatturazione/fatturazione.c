/* Runs: tried, closed. */
#include "mod/fatturazione/fatturazione.h"

#include "mod/bilancio/bilancio.h"
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/inside.h"
#include "mod/prestazioni/prestazioni.h"

#include <string.h>

/* What causes a cost of the budget. */
static const char CAUSA[] = "fatturazione";

bool fatturazione_closed(const struct fatturazione *f)
{
    return strcmp(f->stato, "chiusa") == 0;
}

/* ---- a run as it is worked out ------------------------------------------------------------- */

struct corsa {
    struct servizio servizio;
    struct calcolo calcolo;
    struct list conguagli; /* conguaglio: confirmed and not billed yet */
    struct list parti;     /* conguaglio_parte, in the same order */
    struct fatturazione f;
    struct vault_key key; /* of the run */
};

static void mix(uint64_t *hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ bytes[i]) * UINT64_C(1099511628211);
}

static void mix_text(uint64_t *hash, const char *text)
{
    mix(hash, text, strlen(text) + 1);
}

static void add_up(struct fatturazione *f, struct money retta, struct money costo,
                   struct money comune, struct money quota_ambito)
{
    f->retta = money_add(f->retta, retta);
    f->costo = money_add(f->costo, costo);
    f->comune = money_add(f->comune, comune);
    f->quota_ambito = money_add(f->quota_ambito, quota_ambito);
}

static void mix_line(uint64_t *hash, const struct calcolo_riga *riga)
{
    const struct addebito *a = &riga->addebito;
    const int64_t numbers[] = {a->prestazione.n, a->quantita,          a->lorda.cents,
                               a->retta.cents,   a->costo.cents,       a->comune.cents,
                               a->comune_ente.n, a->quota_ambito.cents};
    mix(hash, numbers, sizeof numbers);
    mix_text(hash, a->spiegazione);
    for (size_t i = 0; i < riga->parti_count; i++) {
        const int64_t part[] = {riga->parti[i].chi.n, riga->parti[i].importo.cents};
        mix(hash, part, sizeof part);
    }
}

/* Totals, and what closing compares: every amount and every word that was shown. */
static void sum_up(struct corsa *corsa)
{
    struct fatturazione *f = &corsa->f;
    uint64_t hash = UINT64_C(14695981039346656037);
    f->retta = f->costo = f->comune = f->quota_ambito = MONEY(0);
    for (size_t i = 0; i < corsa->calcolo.count; i++) {
        const struct addebito *a = &corsa->calcolo.righe[i].addebito;
        add_up(f, a->retta, a->costo, a->comune, a->quota_ambito);
        mix_line(&hash, &corsa->calcolo.righe[i]);
    }
    LIST_EACH (&corsa->conguagli, const struct conguaglio, c) {
        add_up(f, c->retta, c->costo, c->comune, c->quota_ambito);
        mix(&hash, &c->id.n, sizeof c->id.n);
    }
    for (size_t i = 0; i < corsa->calcolo.anomalie_count; i++) {
        mix(&hash, &corsa->calcolo.anomalie[i].prestazione.n, sizeof(int64_t));
        mix_text(&hash, corsa->calcolo.anomalie[i].testo);
    }
    memcpy(&f->impronta, &hash, sizeof f->impronta);
    f->utenti = (int64_t)corsa->calcolo.count;
    f->anomalie = (int64_t)corsa->calcolo.anomalie_count;
}

static bool work_out(struct cx *cx, struct id servizio, struct day mese, struct corsa *corsa)
{
    if (!servizio_load(cx, servizio, &corsa->servizio) ||
        !calcolo_run(cx, &corsa->servizio, mese, ID_NONE, &corsa->calcolo) ||
        !store_conguagli(cx, servizio, &corsa->conguagli) ||
        !store_conguagli_parti(cx, servizio, &corsa->parti))
        return false;
    sum_up(corsa);
    return (money_ok(corsa->f.retta) && money_ok(corsa->f.costo)) ||
           FAIL(cx, ERR_INPUT, "i totali del mese sono fuori misura");
}

/* ---- trying -------------------------------------------------------------------------------- */

static bool put_adjustments(struct cx *cx, const struct corsa *corsa)
{
    size_t at = 0;
    LIST_EACH (&corsa->conguagli, const struct conguaglio, c) {
        struct parte parti[2 * (PAGANTI_MAX + 1)];
        size_t count = 0;
        for (; at < corsa->parti.count; at++) {
            const struct conguaglio_parte *q =
                LIST_ITEM(&corsa->parti, struct conguaglio_parte, at);
            if (q->conguaglio.n != c->id.n || count == sizeof parti / sizeof *parti)
                break;
            parti[count++] = (struct parte){q->chi_tipo, q->chi, q->importo};
        }
        const struct addebito a = {.id = cx_id(cx),
                                   .fatturazione = corsa->f.id,
                                   .rettifica = c->fatturazione,
                                   .conguaglio = c->id,
                                   .prestazione = c->prestazione,
                                   .persona = c->persona,
                                   .chiave = c->chiave,
                                   .comune_ente = c->comune_ente,
                                   .lorda = c->retta,
                                   .retta = c->retta,
                                   .costo = c->costo,
                                   .comune = c->comune,
                                   .quota_ambito = c->quota_ambito,
                                   .spiegazione = c->spiegazione};
        if (!store_addebito_add(cx, &corsa->key, &a, parti, count))
            return false;
    }
    return true;
}

static bool put_lines(struct cx *cx, struct corsa *corsa)
{
    for (size_t i = 0; i < corsa->calcolo.count; i++) {
        struct calcolo_riga *riga = &corsa->calcolo.righe[i];
        riga->addebito.id = cx_id(cx);
        riga->addebito.fatturazione = corsa->f.id;
        if (!store_addebito_add(cx, &corsa->key, &riga->addebito, riga->parti, riga->parti_count))
            return false;
    }
    for (size_t i = 0; i < corsa->calcolo.anomalie_count; i++)
        if (!store_anomalia_add(cx, corsa->f.id, &corsa->calcolo.anomalie[i]))
            return false;
    return put_adjustments(cx, corsa);
}

static bool try_run(struct cx *cx, struct corsa *corsa, bool fresh)
{
    if (!work_out(cx, corsa->f.servizio, corsa->f.mese, corsa))
        return false;
    if (!fresh && !store_fatturazione_clear(cx, corsa->f.id))
        return false;
    return store_fatturazione_put(cx, &corsa->f, &corsa->key) && put_lines(cx, corsa);
}

/* The memory of a whole service is given back at once: a request's arena is small. */
bool in_scratch(struct cx *cx, bool (*run)(struct cx *cx, void *data), void *data)
{
    struct arena scratch, *kept = cx->arena;
    arena_init(&scratch, (size_t)1 << 30);
    scratch.escape = kept->escape;
    cx->arena = &scratch;
    bool done = run(cx, data);
    cx->arena = kept;
    arena_release(&scratch);
    return done;
}

struct tentativo {
    struct id servizio;
    struct day mese;
    struct fatturazione *f;
    struct fatturazione_rifiuto *no;
};

static bool prova(struct cx *cx, void *data)
{
    struct tentativo *t = data;
    struct corsa *corsa = ARENA_NEW(cx->arena, struct corsa);
    bool found;
    t->no->testo = NULL;
    if (day_cmp(day_month_last(t->mese), cx->today) > 0) {
        t->no->testo = "il mese non è ancora finito";
        return true;
    }
    if (!fatturazione_find(cx, t->servizio, day_month_first(t->mese), &corsa->f, &found))
        return false;
    if (found && fatturazione_closed(&corsa->f)) {
        t->no->testo = "il mese è già chiuso: si corregge con un conguaglio";
        return true;
    }
    if (!found)
        corsa->f = (struct fatturazione){.servizio = t->servizio, .mese = day_month_first(t->mese)};
    if (!try_run(cx, corsa, !found))
        return false;
    *t->f = corsa->f;
    t->f->stato = "prova";
    t->f->chiusa = (struct instant){0};
    return true;
}

bool fatturazione_prova(struct cx *cx, struct id servizio, struct day mese, struct fatturazione *f,
                        struct fatturazione_rifiuto *no)
{
    struct tentativo t = {servizio, mese, f, no};
    return in_scratch(cx, prova, &t);
}

/* ---- closing ------------------------------------------------------------------------------- */

/* The cost of all is one on the budget item, in the place of those of the months. */
static bool enter_cost(struct cx *cx, const struct corsa *corsa)
{
    const struct fatturazione *f = &corsa->f;
    struct list billed;
    struct id voce;
    bool found = false;
    char month[MESE_TEXT];
    if (!store_fatturate(cx, f->id, &billed))
        return false;
    LIST_EACH (&billed, const struct fatturata, b)
        if (!mensile_billed(cx, b->prestazione, b->mese))
            return false;
    int year = day_civil(f->mese).year;
    if (corsa->servizio.voce_bilancio != NULL &&
        !voce_by_name(cx, year, corsa->servizio.voce_bilancio, &voce, &found))
        return false;
    if (!found || f->quota_ambito.cents == 0)
        return true;
    struct spesa spesa = {.voce = voce,
                          .anno = year,
                          .giorno = day_month_last(f->mese),
                          .importo = f->quota_ambito,
                          .causa_tipo = CAUSA,
                          .causa = f->id,
                          .descrizione =
                              arena_printf(cx->arena, "%s, %s, %lld utenti", corsa->servizio.codice,
                                           mese_words(f->mese, month), (long long)f->utenti)};
    return spesa_save(cx, &spesa);
}

struct chiusura_lavoro {
    struct id id;
    struct fatturazione_rifiuto *no;
};

static bool chiudi(struct cx *cx, void *data)
{
    struct chiusura_lavoro *lavoro = data;
    struct corsa *corsa = ARENA_NEW(cx->arena, struct corsa);
    struct fatturazione shown;
    lavoro->no->testo = NULL;
    if (!fatturazione_load(cx, lavoro->id, &shown))
        return false;
    if (fatturazione_closed(&shown)) {
        lavoro->no->testo = "la fatturazione è già chiusa";
        return true;
    }
    corsa->f = shown;
    if (!work_out(cx, shown.servizio, shown.mese, corsa))
        return false;
    if (corsa->f.impronta != shown.impronta) {
        lavoro->no->testo = "qualcosa è cambiato dopo la prova: rifai la prova e ricontrolla";
        return true;
    }
    return enter_cost(cx, corsa) && store_conguagli_enter(cx, shown.id) &&
           store_fatturazione_close(cx, &shown);
}

bool fatturazione_chiudi(struct cx *cx, struct id id, struct fatturazione_rifiuto *no)
{
    struct chiusura_lavoro lavoro = {id, no};
    return in_scratch(cx, chiudi, &lavoro);
}
