/* A month of a service: days, prices, rules and payers put together for each person. */
#include "mod/fatturazione/calcolo.h"

#include "mod/prestazioni/prestazioni.h"
#include "mod/rette/rette.h"

#include <string.h>

static const char FERIALE[] = "feriale", FESTIVO[] = "festivo";
enum { VARIANTI = 64, PREZZI = 12, ANOMALIE_PERSONA = 4 };

/* The plan of each day for one variant: looked up once, used for all people. */
struct variante {
    const char *nome;
    const struct piano *piano[GIORNI_MESE];
    bool festivo[GIORNI_MESE];
    struct regola *regole;
    size_t regole_count;
};

/* A price that was worked out for this person already. */
struct noto {
    const struct piano *piano;
    const struct isee *isee;
    bool festivo, fuori;
    enum retta_isee uso;
    struct prezzo prezzo;
};

struct lavoro {
    struct cx *cx;
    enum unita unita;
    struct day mese, fine;
    struct carico_store carico;
    const struct piano *piani;
    size_t piani_count;
    struct variante varianti[VARIANTI];
    size_t varianti_count;
    struct isee *isee; /* as the rules want them, in the order of carico.isee */
    uint32_t previsti, chiusi;
    bool chiuso_prima[CARICO_PRIMA + 1]; /* [n]: n days before the month */
    size_t giorno, assenza, periodo;     /* how far the lists by service have been read */
    struct calcolo *out;
};

struct persona_mese {
    const struct carico_riga *riga;
    const struct variante *variante;
    const struct isee *isee;
    size_t isee_count;
    struct periodo periodi[8];
    struct griglia griglia;
    struct prezzo prezzi[GIORNI_MESE];
    struct noto noti[PREZZI];
    size_t noti_count;
    const char *senza_isee; /* why it did not count; NULL = nothing was missing */
    bool senza_piano;
    struct mensilita_caso caso;
};

/* ---- anomalies ----------------------------------------------------------------------------- */

static void note(struct lavoro *w, const struct carico_riga *riga, enum anomalia_tipo tipo,
                 const char *testo)
{
    struct anomalia *a = &w->out->anomalie[w->out->anomalie_count++];
    *a = (struct anomalia){(int64_t)w->out->anomalie_count, riga->id, riga->chiave,
                           anomalia_name(tipo), testo};
}

/* ---- what is common to all people ---------------------------------------------------------- */

static void mark_closures(struct lavoro *w)
{
    LIST_EACH (&w->carico.chiusure, const struct chiusura, c) {
        int at = c->giorno.n - w->mese.n;
        if (at >= 0 && at < GIORNI_MESE)
            w->chiusi |= UINT32_C(1) << at;
        else if (at < 0 && -at <= CARICO_PRIMA)
            w->chiuso_prima[-at] = true;
    }
    w->previsti = giorni_weekdays(w->mese, w->carico.settimana);
}

static void take_isee(struct lavoro *w)
{
    size_t at = 0;
    w->isee = ARENA_NEWS(w->cx->arena, struct isee, w->carico.isee.count + 1);
    LIST_EACH (&w->carico.isee, const struct carico_isee, i)
        w->isee[at++] = (struct isee){i->id,      i->persona,    isee_tipo_parse(i->tipo),
                                      i->valore,  i->protocollo, i->sottoscritta,
                                      i->scadenza};
}

static void take_rules(const struct lavoro *w, struct variante *v)
{
    v->regole = ARENA_NEWS(w->cx->arena, struct regola, w->carico.regole.count + 1);
    LIST_EACH (&w->carico.regole, const struct regola, r)
        if (r->variante == NULL || strcmp(r->variante, v->nome) == 0)
            v->regole[v->regole_count++] = *r;
}

static const struct variante *variante_of(struct lavoro *w, const char *nome)
{
    for (size_t i = 0; i < w->varianti_count; i++)
        if (strcmp(w->varianti[i].nome, nome) == 0)
            return &w->varianti[i];
    if (w->varianti_count == VARIANTI)
        return NULL;
    struct variante *v = &w->varianti[w->varianti_count++];
    const char *servizio = w->piani_count > 0 ? w->piani[0].servizio : "";
    *v = (struct variante){.nome = nome};
    for (int i = 0; i <= w->fine.n - w->mese.n; i++) {
        struct day day = day_add(w->mese, i);
        bool holiday = day_festivo(day) && strcmp(nome, FERIALE) == 0;
        if (holiday)
            v->piano[i] =
                piano_at(w->piani, w->piani_count, servizio, FESTIVO, day, &v->festivo[i]);
        if (v->piano[i] == NULL)
            v->piano[i] = piano_at(w->piani, w->piani_count, servizio, nome, day, &v->festivo[i]);
    }
    take_rules(w, v);
    return v;
}

/* ---- one person ---------------------------------------------------------------------------- */

static void find_isee(struct lavoro *w, struct persona_mese *p)
{
    size_t low = 0, high = w->carico.isee.count;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (w->isee[mid].persona.n < p->riga->persona.n)
            low = mid + 1;
        else
            high = mid;
    }
    p->isee = &w->isee[low];
    while (low + p->isee_count < w->carico.isee.count &&
           p->isee[p->isee_count].persona.n == p->riga->persona.n)
        p->isee_count++;
}

static void take_days(struct lavoro *w, struct persona_mese *p)
{
    const struct list *days = &w->carico.giorni;
    p->griglia.mese = w->mese;
    for (; w->giorno < days->count; w->giorno++) {
        const struct carico_giorno *day = LIST_ITEM(days, struct carico_giorno, w->giorno);
        if (day->prestazione.n > p->riga->id.n)
            break;
        if (day->prestazione.n == p->riga->id.n)
            p->griglia.quantita[day->giorno.n - w->mese.n] = day->quantita;
    }
}

static void take_periods(struct lavoro *w, struct persona_mese *p)
{
    const struct list *list = &w->carico.periodi;
    struct mensilita_caso *caso = &p->caso;
    for (; w->periodo < list->count; w->periodo++) {
        const struct periodo_salvato *s = LIST_ITEM(list, struct periodo_salvato, w->periodo);
        const struct periodo periodo = {s->nome, s->dal, s->al, s->proroga};
        if (s->prestazione.n > p->riga->id.n)
            break;
        if (s->prestazione.n != p->riga->id.n || day_cmp(periodo_end(&periodo), w->mese) < 0)
            continue;
        if (strcmp(s->nome, PERIODO_FUORI) == 0)
            caso->non_residente = true;
        else if (caso->periodi_count < sizeof p->periodi / sizeof *p->periodi)
            p->periodi[caso->periodi_count++] = periodo;
    }
    caso->periodi = p->periodi;
}

/* Scheduled days of absence running up to the eve of the month. */
static int run_before(const struct lavoro *w, const struct carico_riga *riga,
                      const bool absent[static CARICO_PRIMA + 1])
{
    int run = 0;
    for (int n = 1; n <= CARICO_PRIMA; n++) {
        struct day day = day_add(w->mese, -n);
        bool scheduled = (w->carico.settimana >> (day_weekday(day) - MONDAY) & 1U) != 0;
        if (day_cmp(day, riga->dal) < 0)
            break;
        if (!scheduled || w->chiuso_prima[n])
            continue;
        if (!absent[n])
            break;
        run++;
    }
    return run;
}

static void take_absences(struct lavoro *w, struct persona_mese *p)
{
    const struct list *list = &w->carico.assenze;
    bool before[CARICO_PRIMA + 1] = {false}, some = false;
    for (; w->assenza < list->count; w->assenza++) {
        const struct assenza *a = LIST_ITEM(list, struct assenza, w->assenza);
        if (a->prestazione.n > p->riga->id.n)
            break;
        if (a->prestazione.n != p->riga->id.n)
            continue;
        uint32_t mask = day_cmp(a->al, w->mese) >= 0 ? giorni_mask(w->mese, a->dal, a->al) : 0;
        p->caso.assenti |= mask;
        if (day_known(a->annunciata) && day_cmp(a->annunciata, w->mese) < 0)
            p->caso.annunciati |= mask;
        for (int n = 1; n <= CARICO_PRIMA; n++)
            before[n] = before[n] || (w->mese.n - n >= a->dal.n && w->mese.n - n <= a->al.n);
        some = true;
    }
    p->caso.corsa = some ? run_before(w, p->riga, before) : 0;
}

/* ---- prices -------------------------------------------------------------------------------- */

static const char *why_no_isee(struct arena *arena, const struct retta *retta)
{
    char day[DAY_TEXT];
    switch (retta->uso) {
    case RETTA_ISEE_ASSENTE:
        return "nessuna attestazione";
    case RETTA_ISEE_SCADUTO:
        return arena_printf(arena, "scaduto il %s", day_it(retta->isee->scadenza, day));
    case RETTA_ISEE_FUTURO:
        return arena_printf(arena, "vale dal %s", day_it(retta->isee->sottoscritta, day));
    case RETTA_ISEE_NON_AMMESSO:
        return "di un tipo che il servizio non accetta";
    case RETTA_ISEE_USATO:
    case RETTA_ISEE_NON_SERVE:
        break;
    }
    return NULL;
}

static void work_out(struct lavoro *w, struct persona_mese *p, struct noto *noto, struct day day)
{
    struct retta retta;
    const struct retta_caso caso = {day, noto->festivo, noto->fuori, noto->isee};
    retta_compute(noto->piano, &caso, &retta);
    retta_explain(w->cx->arena, noto->piano, &retta);
    noto->prezzo = (struct prezzo){retta.esito == RETTA_DOVUTA ? retta.importo : MONEY_INVALID,
                                   noto->festivo, retta_text(w->cx->arena, &retta)};
    if (p->senza_isee == NULL)
        p->senza_isee = why_no_isee(w->cx->arena, &retta);
}

static struct prezzo price_on(struct lavoro *w, struct persona_mese *p, int i)
{
    struct day day = day_add(w->mese, i);
    const struct piano *piano = p->variante != NULL ? p->variante->piano[i] : NULL;
    if (piano == NULL) {
        p->senza_piano = true;
        return (struct prezzo){MONEY_INVALID, false, "Nessun piano tariffario in vigore."};
    }
    struct noto wanted = {.piano = piano,
                          .festivo = p->variante->festivo[i],
                          .fuori = p->caso.non_residente,
                          .isee = isee_choose(p->isee, p->isee_count, piano->isee_ammessi, day)};
    if (wanted.isee == NULL && p->isee_count > 0)
        wanted.isee = &p->isee[0]; /* the last one signed: the reasons say why it does not count */
    for (size_t k = 0; k < p->noti_count; k++)
        if (p->noti[k].piano == piano && p->noti[k].isee == wanted.isee &&
            p->noti[k].festivo == wanted.festivo)
            return p->noti[k].prezzo;
    work_out(w, p, &wanted, day);
    if (p->noti_count < PREZZI)
        p->noti[p->noti_count++] = wanted;
    return wanted.prezzo;
}

static const struct prezzo gratis = {{0}, false, "Periodo con un prezzo suo: niente da pagare."};

static void price_days(struct lavoro *w, struct persona_mese *p)
{
    uint32_t free = mensilita_free(&p->caso);
    for (int i = 0; i <= w->fine.n - w->mese.n; i++) {
        p->prezzi[i] = (struct prezzo){MONEY_INVALID, false, ""};
        if (p->griglia.quantita[i] > 0)
            p->prezzi[i] = (free >> i & 1U) != 0 ? gratis : price_on(w, p, i);
    }
}

/* A month is one unit, on its first day in force, whatever was logged. */
static void month_as_unit(struct lavoro *w, struct persona_mese *p)
{
    int first = p->caso.forza != 0 ? __builtin_ctz(p->caso.forza) : 0;
    memset(p->griglia.quantita, 0, sizeof p->griglia.quantita);
    p->griglia.quantita[first] = 1;
    p->prezzi[first] = mensilita_month_free(&p->caso) ? gratis : price_on(w, p, first);
}

/* ---- the line ------------------------------------------------------------------------------ */

static void find_payers(const struct lavoro *w, const struct persona_mese *p,
                        struct calcolo_riga *riga)
{
    const struct list *list = &w->carico.paganti;
    struct rate quote[PAGANTI_MAX];
    struct money importi[PAGANTI_MAX + 1];
    struct parte *parti = ARENA_NEWS(w->cx->arena, struct parte, PAGANTI_MAX + 1);
    size_t low = 0, high = list->count, count = 0;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (LIST_ITEM(list, struct pagante, mid)->persona.n < p->riga->persona.n)
            low = mid + 1;
        else
            high = mid;
    }
    for (; low < list->count && count < PAGANTI_MAX; low++, count++) {
        const struct pagante *who = LIST_ITEM(list, struct pagante, low);
        if (who->persona.n != p->riga->persona.n)
            break;
        bool body = who->chi_ente.n != 0;
        quote[count] = who->quota;
        parti[count] = (struct parte){body ? "ente" : "persona",
                                      body ? who->chi_ente : who->chi_persona, MONEY(0)};
    }
    pagante_split(riga->addebito.retta, quote, count, importi);
    parti[count] = (struct parte){"persona", p->riga->persona, MONEY(0)};
    riga->parti = parti;
    for (size_t i = 0; i <= count; i++) {
        parti[i].importo = importi[i];
        if (importi[i].cents != 0 || (i == count && riga->parti_count == 0))
            parti[riga->parti_count++] = parti[i];
    }
}

static const char *explain(struct arena *arena, const struct mensile *mensile,
                           const struct mensilita *conto)
{
    char text[MONEY_TEXT];
    struct buf buf;
    buf_init(&buf, arena, 64 * 1024);
    buf_reserve(&buf, 1024);
    buf_text(&buf, mensile_explain(arena, mensile));
    for (size_t i = 0; i < conto->voci_count; i++)
        buf_printf(&buf, "\n%s", conto->voci[i].testo);
    if (conto->voci_count > 0)
        buf_printf(&buf, "\nDa pagare: %s euro.", money_it(conto->retta, text));
    return buf.data;
}

static void warn(struct lavoro *w, const struct persona_mese *p)
{
    const struct carico_riga *riga = p->riga;
    uint32_t all = giorni_mask(w->mese, w->mese, DAY_NONE);
    if (p->senza_isee != NULL)
        note(w, riga, ANOMALIA_ISEE, p->senza_isee);
    if (w->unita != UNITA_MESE && riga->verifica != NULL &&
        mensile_stato_parse(riga->verifica) == MENSILE_APERTO)
        note(w, riga, ANOMALIA_VERIFICA, "le quantità del mese non sono ancora verificate");
    if (riga->comune.n == 0 && !p->caso.non_residente)
        note(w, riga, ANOMALIA_COMUNE, "è calcolata come residente");
    if (w->unita == UNITA_MESE && p->caso.forza != all)
        note(w, riga, ANOMALIA_PARZIALE,
             arena_printf(w->cx->arena, "in servizio %d giorni: la retta è del mese intero",
                          giorni_count(p->caso.forza)));
}

static void bill(struct lavoro *w, struct persona_mese *p)
{
    struct mensile mensile;
    struct mensilita conto;
    mensile_compute(&p->griglia, w->unita, p->prezzi, p->riga->costo, &mensile);
    if (p->senza_piano || !money_ok(mensile.retta)) {
        note(w, p->riga, ANOMALIA_PIANO,
             arena_printf(w->cx->arena, "variante «%s»: non è in questa fatturazione",
                          p->riga->variante));
        return;
    }
    p->caso.lorda = mensile.retta;
    p->caso.costo = mensile.costo;
    mensilita_compute(w->cx->arena, &p->caso, &conto);
    if (mensile.quantita == 0 && conto.voci_count == 0) {
        if (prestazione_expected(w->unita, p->riga->previsti, p->riga->dal, p->riga->al, w->mese) >
            0)
            note(w, p->riga, ANOMALIA_ORE, "non è in questa fatturazione");
        return;
    }
    warn(w, p);
    struct calcolo_riga *riga = &w->out->righe[w->out->count++];
    riga->addebito = (struct addebito){.prestazione = p->riga->id,
                                       .persona = p->riga->persona,
                                       .chiave = p->riga->chiave,
                                       .comune_ente = p->riga->comune,
                                       .quantita = mensile.quantita,
                                       .lorda = conto.lorda,
                                       .retta = conto.retta,
                                       .costo = conto.costo,
                                       .comune = conto.comune,
                                       .quota_ambito = conto.ambito,
                                       .spiegazione = explain(w->cx->arena, &mensile, &conto)};
    find_payers(w, p, riga);
}

static void bill_person(struct lavoro *w, const struct carico_riga *riga)
{
    struct persona_mese p = {.riga = riga};
    p.caso.mese = w->mese;
    p.caso.forza = giorni_mask(w->mese, riga->dal, riga->al);
    p.caso.previsti = w->previsti;
    p.caso.chiusi = w->chiusi;
    p.variante = variante_of(w, riga->variante);
    p.caso.regole = p.variante != NULL ? p.variante->regole : NULL;
    p.caso.regole_count = p.variante != NULL ? p.variante->regole_count : 0;
    take_days(w, &p);
    take_periods(w, &p);
    take_absences(w, &p);
    find_isee(w, &p);
    if (w->unita == UNITA_MESE)
        month_as_unit(w, &p);
    else
        price_days(w, &p);
    bill(w, &p);
}

bool calcolo_run(struct cx *cx, const struct servizio *servizio, struct day mese, struct id persona,
                 struct calcolo *out)
{
    struct lavoro *w = ARENA_NEW(cx->arena, struct lavoro);
    w->cx = cx;
    w->unita = unita_parse(servizio->unita);
    w->mese = day_month_first(mese);
    w->fine = day_month_last(mese);
    w->out = out;
    if (!store_carico(cx, servizio->id, servizio->codice, w->mese, persona, &w->carico) ||
        !piani_between(cx, servizio->codice, w->mese, w->fine, &w->piani, &w->piani_count))
        return false;
    size_t people = w->carico.righe.count;
    *out = (struct calcolo){
        .righe = ARENA_NEWS(cx->arena, struct calcolo_riga, people + 1),
        .anomalie = ARENA_NEWS(cx->arena, struct anomalia, people * ANOMALIE_PERSONA + 1)};
    mark_closures(w);
    take_isee(w);
    LIST_EACH (&w->carico.righe, const struct carico_riga, riga)
        bill_person(w, riga);
    return true;
}
