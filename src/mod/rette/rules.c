#include "mod/rette/rules.h"

#include <string.h>

/* ---- plans ------------------------------------------------------------------------------ */

static const char *const tipo_names[PIANO_TIPI] = {"fasce", "lineare", "forfait"};
static const char *const tipo_titles[PIANO_TIPI] = {"a fasce di ISEE", "lineare", "forfait"};

const char *piano_tipo_name(enum piano_tipo tipo)
{
    return tipo < PIANO_TIPI ? tipo_names[tipo] : "";
}

const char *piano_tipo_title(enum piano_tipo tipo)
{
    return tipo < PIANO_TIPI ? tipo_titles[tipo] : "";
}

enum piano_tipo piano_tipo_parse(const char *name)
{
    enum piano_tipo tipo = 0;
    while (tipo < PIANO_TIPI && (name == NULL || strcmp(tipo_names[tipo], name) != 0))
        tipo++;
    return tipo;
}

void piano_blank(struct piano *piano)
{
    *piano = (struct piano){
        .validita = {DAY_NONE, DAY_MAX},
        .isee_min = MONEY_INVALID,
        .isee_max = MONEY_INVALID,
        .retta_min = MONEY_INVALID,
        .retta_max = MONEY_INVALID,
        .forfait = MONEY_INVALID,
        .costo = MONEY_INVALID,
        .importo_senza = MONEY_INVALID,
        .importo_non_residenti = MONEY_INVALID,
        .isee_tetto = MONEY_INVALID,
        .isee_ammessi = ISEE_QUALSIASI,
    };
}

struct money fascia_amount(const struct piano *piano, const struct fascia *fascia)
{
    if (money_ok(fascia->importo))
        return fascia->importo;
    return money_share(piano->costo, fascia->quota, STEP_CENT);
}

static bool piano_is(const struct piano *piano, const char *servizio, const char *variante)
{
    return strcmp(piano->servizio, servizio) == 0 &&
           (variante == NULL || strcmp(piano->variante, variante) == 0);
}

static const struct piano *piano_find(const struct piano *piani, size_t count, const char *servizio,
                                      const char *variante, struct day giorno)
{
    const struct piano *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (!piano_is(&piani[i], servizio, variante) || !period_has(piani[i].validita, giorno))
            continue;
        if (found != NULL)
            return NULL; /* no variant was named, and there are several */
        found = &piani[i];
    }
    return found;
}

const struct piano *piano_at(const struct piano *piani, size_t count, const char *servizio,
                             const char *variante, struct day giorno, bool *festivo)
{
    *festivo = false;
    const struct piano *piano = piano_find(piani, count, servizio, variante, giorno);
    if (piano != NULL || variante == NULL || strcmp(variante, "festivo") != 0)
        return piano;
    piano = piano_find(piani, count, servizio, "feriale", giorno);
    *festivo = piano != NULL && rate_ok(piano->festivo);
    return *festivo ? piano : NULL;
}

/* ---- the fee ---------------------------------------------------------------------------- */

static int fascia_find(const struct piano *piano, struct money isee)
{
    for (size_t i = 0; i < piano->fasce_count && i < FASCE_MAX; i++) {
        const struct fascia *fascia = &piano->fasce[i];
        if (money_cmp(isee, fascia->da) >= 0 &&
            (!money_ok(fascia->a) || money_cmp(isee, fascia->a) <= 0))
            return (int)i;
    }
    return -1;
}

static struct money highest(const struct piano *piano)
{
    struct money most = MONEY_INVALID; /* the smallest of all */
    if (piano->tipo == PIANO_LINEARE)
        return piano->retta_max;
    for (size_t i = 0; i < piano->fasce_count && i < FASCE_MAX; i++) {
        struct money amount = fascia_amount(piano, &piano->fasce[i]);
        if (money_cmp(amount, most) > 0)
            most = amount;
    }
    return most;
}

static void base_line(const struct piano *piano, struct money isee, struct retta *out)
{
    if (money_cmp(isee, piano->isee_min) <= 0) {
        out->da = BASE_LINEARE_MINIMA;
        out->base = piano->retta_min;
        return;
    }
    if (money_cmp(isee, piano->isee_max) >= 0) {
        out->da = BASE_LINEARE_MASSIMA;
        out->base = piano->retta_max;
        return;
    }
    struct money along = money_sub(isee, piano->isee_min);
    struct money whole = money_sub(piano->isee_max, piano->isee_min);
    struct money rise = money_sub(piano->retta_max, piano->retta_min);
    out->da = BASE_LINEARE;
    out->base = money_add(piano->retta_min,
                          money_share(rise, rate_of(along.cents, whole.cents), STEP_CENT));
}

static void base_by_isee(const struct piano *piano, struct money isee, struct retta *out)
{
    if (!money_ok(isee) || isee.cents < 0)
        return;
    if (money_ok(piano->isee_tetto) && money_cmp(isee, piano->isee_tetto) > 0) {
        out->da = BASE_TETTO;
        out->base = piano->costo;
    } else if (piano->tipo == PIANO_LINEARE) {
        base_line(piano, isee, out);
    } else {
        out->da = BASE_FASCIA;
        out->fascia = fascia_find(piano, isee);
        if (out->fascia >= 0)
            out->base = fascia_amount(piano, &piano->fasce[out->fascia]);
    }
}

static enum retta_isee isee_use(const struct piano *piano, const struct retta_caso *caso)
{
    if (piano->tipo == PIANO_FORFAIT)
        return RETTA_ISEE_NON_SERVE;
    if (caso->non_residente && money_ok(piano->importo_non_residenti))
        return RETTA_ISEE_NON_SERVE;
    if (caso->isee == NULL)
        return RETTA_ISEE_ASSENTE;
    if ((ISEE_BIT(caso->isee->tipo) & piano->isee_ammessi) == 0)
        return RETTA_ISEE_NON_AMMESSO;
    if (day_cmp(caso->giorno, caso->isee->sottoscritta) < 0)
        return RETTA_ISEE_FUTURO;
    if (day_cmp(caso->giorno, caso->isee->scadenza) > 0)
        return RETTA_ISEE_SCADUTO;
    return RETTA_ISEE_USATO;
}

static void base_find(const struct piano *piano, const struct retta_caso *caso, struct retta *out)
{
    if (caso->non_residente && money_ok(piano->importo_non_residenti)) {
        out->da = BASE_NON_RESIDENTE;
        out->base = piano->importo_non_residenti;
    } else if (piano->tipo == PIANO_FORFAIT) {
        out->da = BASE_FORFAIT;
        out->base = piano->forfait;
    } else if (out->uso == RETTA_ISEE_USATO) {
        base_by_isee(piano, caso->isee->valore, out);
    } else if (piano->senza == SENZA_IMPORTO) {
        out->da = BASE_SENZA_IMPORTO;
        out->base = piano->importo_senza;
    } else {
        out->da = BASE_SENZA_MASSIMA;
        out->base = highest(piano);
    }
}

void retta_compute(const struct piano *piano, const struct retta_caso *caso, struct retta *out)
{
    *out = (struct retta){
        .esito = RETTA_INCALCOLABILE,
        .importo = MONEY_INVALID,
        .base = MONEY_INVALID,
        .unita = piano->unita,
        .piano = piano->id,
        .fascia = -1,
        .festivo = caso->festivo,
        .isee = caso->isee,
    };
    if (!period_has(piano->validita, caso->giorno)) {
        out->esito = RETTA_FUORI_PERIODO;
        return;
    }
    if (caso->festivo && !rate_ok(piano->festivo)) {
        out->esito = RETTA_NON_FESTIVA;
        return;
    }
    out->uso = isee_use(piano, caso);
    base_find(piano, caso, out);
    out->importo = out->base;
    if (caso->festivo)
        out->importo = money_share(out->base, rate_add(RATE_ONE, piano->festivo), STEP_CENT);
    if (money_ok(out->importo))
        out->esito = RETTA_DOVUTA;
}
