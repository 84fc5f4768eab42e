#include "mod/riparto/scadenzario.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ----------------------------------------------------------------------------------- */

static const char *const parti[PARTI] = {"fattura", "trasferimento"};
static const char *const tipi[MOVIMENTI_TIPI] = {"fattura", "incasso"};
static const char *const stati[CONTO_STATI] = {"pagato", "scaduto", "pagato in parte",
                                               "non ancora scaduto"};

const char *parte_name(enum rata_parte parte)
{
    return parti[parte];
}

enum rata_parte parte_parse(const char *name)
{
    size_t i = 0;
    while (i < PARTI && (name == NULL || strcmp(parti[i], name) != 0))
        i++;
    return (enum rata_parte)i;
}

const char *movimento_tipo_name(enum movimento_tipo tipo)
{
    return tipi[tipo];
}

enum movimento_tipo movimento_tipo_parse(const char *name)
{
    size_t i = 0;
    while (i < MOVIMENTI_TIPI && (name == NULL || strcmp(tipi[i], name) != 0))
        i++;
    return (enum movimento_tipo)i;
}

const char *conto_stato_name(enum conto_stato stato)
{
    return stati[stato];
}

/* ---- one instalment -------------------------------------------------------------------------- */

struct money conto_dovuto(const struct conto *conto)
{
    return money_add(conto->dovuto[PARTE_FATTURA], conto->dovuto[PARTE_TRASFERIMENTO]);
}

struct money conto_incassato(const struct conto *conto)
{
    return money_add(conto->incassato[PARTE_FATTURA], conto->incassato[PARTE_TRASFERIMENTO]);
}

struct money conto_resto(const struct conto *conto)
{
    return money_sub(conto_dovuto(conto), conto_incassato(conto));
}

struct money conto_resto_parte(const struct conto *conto, enum rata_parte parte)
{
    return money_sub(conto->dovuto[parte], conto->incassato[parte]);
}

struct money conto_da_fatturare(const struct conto *conto)
{
    return money_sub(conto->dovuto[PARTE_FATTURA], conto->fatturato);
}

enum conto_stato conto_stato(const struct conto *conto, struct day today)
{
    if (conto_resto(conto).cents == 0)
        return CONTO_PAGATO;
    if (day_cmp(conto->scadenza, today) < 0)
        return CONTO_SCADUTO;
    return conto_incassato(conto).cents != 0 ? CONTO_IN_PARTE : CONTO_ATTESO;
}

int conto_ritardo(const struct conto *conto, struct day today)
{
    return conto_stato(conto, today) == CONTO_SCADUTO ? today.n - conto->scadenza.n : 0;
}

bool conto_in_scadenza(const struct conto *conto, struct day today)
{
    return conto_resto(conto).cents != 0 && day_cmp(conto->scadenza, today) >= 0 &&
           conto->scadenza.n - today.n <= PREAVVISO_GIORNI;
}

bool conto_sollecito(const struct conto *conto, struct day today, bool scadute)
{
    return scadute ? conto_stato(conto, today) == CONTO_SCADUTO : conto_in_scadenza(conto, today);
}

/* ---- entries --------------------------------------------------------------------------------- */

/* What an entry of this kind can still put on a debt. */
static struct money room(const struct conto *conto, enum movimento_tipo tipo, enum rata_parte parte)
{
    if (tipo == MOVIMENTO_INCASSO)
        return conto_resto_parte(conto, parte);
    return parte == PARTE_FATTURA ? conto_da_fatturare(conto) : MONEY(0);
}

static bool before(const struct conto *a, const struct conto *b)
{
    int order = day_cmp(a->scadenza, b->scadenza);
    return order < 0 ||
           (order == 0 && (a->numero < b->numero || (a->numero == b->numero && a->id.n < b->id.n)));
}

/* The account that comes next after `last` (NULL: the first) in the order of payment. */
static const struct conto *next_conto(const struct conto *conti, size_t count,
                                      const struct conto *last)
{
    const struct conto *best = NULL;
    for (size_t i = 0; i < count; i++)
        if ((last == NULL || before(last, &conti[i])) && (best == NULL || before(&conti[i], best)))
            best = &conti[i];
    return best;
}

enum movimento_esito movimento_impute(const struct conto *conti, size_t count,
                                      enum movimento_tipo tipo, struct money importo,
                                      int64_t numero, enum rata_parte parte,
                                      struct imputazione *out, size_t *out_count,
                                      struct money *capienza)
{
    struct money left = importo;
    bool any = false;
    *out_count = 0;
    *capienza = MONEY(0);
    if (!money_ok(importo) || importo.cents <= 0)
        return MOVIMENTO_IMPORTO;
    for (const struct conto *conto = next_conto(conti, count, NULL); conto != NULL;
         conto = next_conto(conti, count, conto)) {
        if (numero != 0 && conto->numero != numero)
            continue;
        any = true;
        for (enum rata_parte p = 0; p < PARTI; p++) {
            struct money fits = parte == PARTI || parte == p ? room(conto, tipo, p) : MONEY(0);
            struct money part = money_cmp(fits, left) < 0 ? fits : left;
            *capienza = money_add(*capienza, fits);
            if (part.cents > 0)
                out[(*out_count)++] = (struct imputazione){conto->id, p, part};
            left = money_sub(left, part);
        }
    }
    if (left.cents == 0)
        return MOVIMENTO_OK;
    *out_count = 0;
    return any ? MOVIMENTO_ECCEDE : MOVIMENTO_NESSUNO;
}

static struct money *place(struct conto *conti, size_t count, enum movimento_tipo tipo,
                           const struct imputazione *riga, struct money *most)
{
    for (size_t i = 0; i < count; i++) {
        if (conti[i].id.n != riga->rata.n)
            continue;
        if (tipo == MOVIMENTO_FATTURA && riga->parte != PARTE_FATTURA)
            return NULL;
        *most = conti[i].dovuto[riga->parte];
        return tipo == MOVIMENTO_FATTURA ? &conti[i].fatturato : &conti[i].incassato[riga->parte];
    }
    return NULL;
}

bool conti_apply(struct conto *conti, size_t count, enum movimento_tipo tipo,
                 const struct imputazione *righe, size_t righe_count)
{
    struct money most;
    for (size_t i = 0; i < righe_count; i++) {
        struct money *sum = place(conti, count, tipo, &righe[i], &most);
        struct money made = sum != NULL ? money_add(*sum, righe[i].importo) : MONEY_INVALID;
        if (!money_ok(made) || made.cents < 0 || money_cmp(made, most) > 0) {
            while (i-- > 0) { /* what was put is taken back */
                sum = place(conti, count, tipo, &righe[i], &most);
                *sum = money_sub(*sum, righe[i].importo);
            }
            return false;
        }
        *sum = made;
    }
    return true;
}

/* ---- sums ------------------------------------------------------------------------------------ */

void anticipo_compute(const struct conto *conti, size_t count, struct day today,
                      struct anticipo *anticipo)
{
    struct anticipo a = {{0}, {0}, {0}, {0}, {0}, {0}, {0}};
    for (size_t i = 0; i < count; i++) {
        struct money dovuto = conto_dovuto(&conti[i]), paid = conto_incassato(&conti[i]);
        a.dovuto = money_add(a.dovuto, dovuto);
        a.resto = money_add(a.resto, conto_resto(&conti[i]));
        if (day_cmp(conti[i].scadenza, today) < 0) {
            a.scaduto = money_add(a.scaduto, dovuto);
            a.incassato = money_add(a.incassato, paid);
        } else {
            a.anzitempo = money_add(a.anzitempo, paid);
        }
    }
    a.anticipato = money_sub(a.scaduto, a.incassato);
    a.netto = money_sub(a.anticipato, a.anzitempo);
    *anticipo = a;
}
