/* What if: a plan on all who use its service now, beside the one that they pay by. */
#include "mod/rette/rules.h"

/* ---- bands ------------------------------------------------------------------------------ */

enum { SLICES = 5 };

/* The bands by which users are told apart: those of a plan, or slices of its line. */
struct bands {
    struct fascia items[FASCE_MAX];
    size_t count;
};

static void slices_of(const struct piano *piano, struct bands *bands)
{
    int64_t from = piano->isee_min.cents, width = piano->isee_max.cents - from, start = 0;
    for (int64_t i = 1; i <= SLICES; i++) {
        int64_t end = from + width / SLICES * i;
        bool last = i == SLICES;
        bands->items[bands->count++] =
            (struct fascia){.da = MONEY(start), .a = MONEY(last ? piano->isee_max.cents : end)};
        start = bands->items[bands->count - 1].a.cents + 1;
    }
    bands->items[bands->count++] = (struct fascia){.da = MONEY(start), .a = MONEY_INVALID};
}

static void bands_of(const struct piano *prima, const struct piano *dopo, struct bands *bands)
{
    const struct piano *piano = dopo->tipo == PIANO_FORFAIT ? prima : dopo;
    bands->count = 0;
    if (piano->tipo == PIANO_LINEARE)
        slices_of(piano, bands);
    else if (piano->tipo == PIANO_FORFAIT)
        bands->items[bands->count++] = (struct fascia){.da = MONEY(0), .a = MONEY_INVALID};
    else
        for (size_t i = 0; i < piano->fasce_count && i < FASCE_MAX; i++)
            bands->items[bands->count++] = piano->fasce[i];
}

static size_t band_at(const struct bands *bands, struct money isee)
{
    size_t at = 0;
    while (at + 1 < bands->count && money_cmp(isee, bands->items[at].a) > 0)
        at++;
    return at;
}

/* ---- differences ------------------------------------------------------------------------ */

static const struct {
    int64_t up_to; /* cents of difference, included */
    const char *name;
} scarti[SIMULA_SCARTI] = {
    {-100001, "oltre 1.000 euro in meno"},
    {-30001, "da 300 a 1.000 euro in meno"},
    {-10001, "da 100 a 300 euro in meno"},
    {-1, "fino a 100 euro in meno"},
    {0, "come prima"},
    {10000, "fino a 100 euro in più"},
    {30000, "da 100 a 300 euro in più"},
    {100000, "da 300 a 1.000 euro in più"},
    {INT64_MAX, "oltre 1.000 euro in più"},
};

const char *simula_scarto_name(size_t scarto)
{
    return scarto < SIMULA_SCARTI ? scarti[scarto].name : "";
}

static size_t scarto_of(struct money difference)
{
    size_t at = 0;
    while (at + 1 < SIMULA_SCARTI && difference.cents > scarti[at].up_to)
        at++;
    return at;
}

/* ---- users ------------------------------------------------------------------------------ */

/* A plan whose validity does not count. */
static struct piano timeless(const struct piano *piano)
{
    struct piano copy = *piano;
    copy.validita = (struct period){{INT32_MIN + 1}, DAY_MAX};
    return copy;
}

static struct money year_of(const struct simula_dati *dati, const struct simula_utente *utente,
                            const struct piano *piano, const struct isee *isee)
{
    struct money sum = MONEY(0);
    for (int festivo = 0; festivo < 2; festivo++) {
        struct retta retta;
        if (utente->quantita[festivo] == 0)
            continue;
        retta_compute(piano,
                      &(struct retta_caso){.giorno = dati->giorno,
                                           .festivo = festivo == 1,
                                           .non_residente = utente->non_residente,
                                           .isee = isee},
                      &retta);
        sum = money_add(sum, money_share(retta.importo,
                                         (struct rate){utente->quantita[festivo], dati->per},
                                         STEP_CENT));
    }
    return sum;
}

static void add_to(struct simula_cifra *cifra, const struct simula_riga *riga)
{
    int order = money_cmp(riga->dopo, riga->prima);
    cifra->utenti++;
    cifra->piu += order > 0;
    cifra->meno += order < 0;
    cifra->prima = money_add(cifra->prima, riga->prima);
    cifra->dopo = money_add(cifra->dopo, riga->dopo);
}

static void name_bands(struct arena *arena, const struct bands *bands, struct simula_esito *out)
{
    for (size_t i = 0; i < bands->count; i++)
        out->fasce_nomi[i] = fascia_words(arena, &bands->items[i]);
    out->fasce_nomi[bands->count] = "senza ISEE valido";
    out->fasce_nomi[bands->count + 1] = "non residenti";
    out->fasce_count = bands->count + 2;
}

void simula_run(struct arena *arena, const struct simula_dati *dati, const struct piano *prima,
                const struct piano *dopo, struct simula_esito *out)
{
    struct bands bands;
    const struct piano before = timeless(prima), after = timeless(dopo);
    *out = (struct simula_esito){.comuni = ARENA_NEWS(arena, struct simula_cifra, dati->comuni),
                                 .righe = ARENA_NEWS(arena, struct simula_riga, dati->count)};
    bands_of(prima, dopo, &bands);
    name_bands(arena, &bands, out);
    for (size_t i = 0; i < dati->count; i++) {
        const struct simula_utente *utente = &dati->utenti[i];
        struct simula_riga *riga = &out->righe[i];
        const struct isee *list = dati->isee + utente->isee;
        const struct isee *now =
            isee_choose(list, utente->isee_count, before.isee_ammessi, dati->giorno);
        const struct isee *then =
            isee_choose(list, utente->isee_count, after.isee_ammessi, dati->giorno);
        riga->prima = year_of(dati, utente, &before, now);
        riga->dopo = year_of(dati, utente, &after, then);
        riga->fascia = utente->non_residente ? bands.count + 1
                       : then == NULL        ? bands.count
                                             : band_at(&bands, then->valore);
        if (!money_ok(riga->prima) || !money_ok(riga->dopo)) {
            riga->prima = riga->dopo = MONEY_INVALID;
            out->incalcolati++;
            continue;
        }
        add_to(&out->totale, riga);
        add_to(&out->comuni[utente->comune], riga);
        add_to(&out->fasce[riga->fascia], riga);
        add_to(&out->scarti[scarto_of(money_sub(riga->dopo, riga->prima))], riga);
    }
}

/* ---- small cells ------------------------------------------------------------------------ */

void celle_hide(const int64_t *counts, size_t count, bool *hidden)
{
    size_t small = 0, next = count;
    for (size_t i = 0; i < count; i++) {
        hidden[i] = counts[i] > 0 && counts[i] < CELLA_PICCOLA;
        small += hidden[i];
        if (!hidden[i] && counts[i] > 0 && (next == count || counts[i] < counts[next]))
            next = i;
    }
    if (small == 1 && next < count)
        hidden[next] = true;
}
