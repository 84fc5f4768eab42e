#include "mod/bilancio/rules.h"

#include <stdarg.h>
#include <string.h>

/* ---- finding ---------------------------------------------------------------------------- */

const struct area *bilancio_area(const struct bilancio *bilancio, struct id id)
{
    for (size_t i = 0; i < bilancio->aree_count; i++)
        if (bilancio->aree[i].id.n == id.n)
            return &bilancio->aree[i];
    return NULL;
}

const struct voce *bilancio_voce(const struct bilancio *bilancio, struct id id)
{
    for (size_t i = 0; i < bilancio->voci_count; i++)
        if (bilancio->voci[i].id.n == id.n)
            return &bilancio->voci[i];
    return NULL;
}

const struct fonte *bilancio_fonte(const struct bilancio *bilancio, struct id id)
{
    for (size_t i = 0; i < bilancio->fonti_count; i++)
        if (bilancio->fonti[i].id.n == id.n)
            return &bilancio->fonti[i];
    return NULL;
}

struct money bilancio_cella(const struct bilancio *bilancio, struct id voce, struct id fonte)
{
    for (size_t i = 0; i < bilancio->celle_count; i++)
        if (bilancio->celle[i].voce.n == voce.n && bilancio->celle[i].fonte.n == fonte.n)
            return bilancio->celle[i].importo;
    return MONEY_INVALID;
}

/* ---- sums ------------------------------------------------------------------------------- */

struct money bilancio_sum_voce(const struct bilancio *bilancio, struct id voce)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < bilancio->celle_count; i++)
        if (bilancio->celle[i].voce.n == voce.n)
            sum = money_add(sum, bilancio->celle[i].importo);
    return sum;
}

struct money bilancio_sum_fonte(const struct bilancio *bilancio, struct id fonte)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < bilancio->celle_count; i++)
        if (bilancio->celle[i].fonte.n == fonte.n)
            sum = money_add(sum, bilancio->celle[i].importo);
    return sum;
}

struct money bilancio_sum_area(const struct bilancio *bilancio, struct id area)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < bilancio->voci_count; i++)
        if (bilancio->voci[i].area.n == area.n)
            sum = money_add(sum, bilancio->voci[i].stanziato);
    return sum;
}

struct money bilancio_entrate(const struct bilancio *bilancio)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < bilancio->fonti_count; i++)
        sum = money_add(sum, bilancio->fonti[i].disponibile);
    return sum;
}

struct money bilancio_uscite(const struct bilancio *bilancio)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < bilancio->voci_count; i++)
        sum = money_add(sum, bilancio->voci[i].stanziato);
    return sum;
}

struct money bilancio_quota(struct money part, struct money whole)
{
    if (!money_ok(part) || !money_ok(whole) || whole.cents <= 0)
        return MONEY_INVALID;
    return money_share(MONEY(10000), rate_of(part.cents, whole.cents), STEP_CENT);
}

/* ---- invariants ------------------------------------------------------------------------- */

static const struct {
    const char *name, *title;
} invariants[INVARIANTI] = {
    [INV_VOCE] = {"voce", "ogni voce è la somma delle sue fonti"},
    [INV_FONTE] = {"fonte", "nessuna fonte dà più di quanto ha"},
    [INV_VINCOLO] = {"vincolo", "una fonte vincolata paga solo ciò che può"},
    [INV_PAREGGIO] = {"pareggio", "entrate e uscite sono in pareggio"},
    [INV_CELLA] = {"cella", "ogni cella è di una voce e di una fonte, e non è negativa"},
    [INV_VARIAZIONE] = {"variazione", "ogni variazione sposta importi senza crearne"},
    [INV_ATTO] = {"atto", "ogni variazione ha atto, data e motivo, e segue le precedenti"},
    [INV_IMPEGNATO] = {"impegnato", "nessuna variazione porta una voce sotto l’impegnato"},
    [INV_CONSUNTIVO] = {"consuntivo", "un anno chiuso resta come è stato chiuso"},
};

const char *invariante_name(enum invariante invariante)
{
    return invariante < INVARIANTI ? invariants[invariante].name : "";
}

const char *invariante_title(enum invariante invariante)
{
    return invariante < INVARIANTI ? invariants[invariante].title : "";
}

void bilancio_fault_add(struct bilancio_faults *faults, struct bilancio_fault what,
                        const char *format, ...)
{
    if (faults->count < BILANCIO_FAULTS) {
        va_list args;
        va_start(args, format);
        what.text = arena_vprintf(faults->arena, format, args);
        va_end(args);
        faults->items[faults->count] = what;
    }
    faults->count++;
}

static void check_celle(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    char amount[MONEY_TEXT];
    for (size_t i = 0; i < bilancio->celle_count; i++) {
        const struct cella *cella = &bilancio->celle[i];
        const struct voce *voce = bilancio_voce(bilancio, cella->voce);
        const struct fonte *fonte = bilancio_fonte(bilancio, cella->fonte);
        struct bilancio_fault what = {INV_CELLA,      cella->voce, cella->fonte,
                                      cella->importo, MONEY(0),    NULL};
        money_it(cella->importo, amount);
        if (voce == NULL || fonte == NULL)
            bilancio_fault_add(faults, what, "una cella di %s euro non ha la sua %s", amount,
                               voce == NULL ? "voce" : "fonte");
        else if (!money_ok(cella->importo) || cella->importo.cents < 0)
            bilancio_fault_add(faults, what, "«%s» dà a «%s» un importo che non può essere: %s",
                               fonte->nome, voce->nome, amount);
    }
}

static void check_voci(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    char given[MONEY_TEXT], sum_text[MONEY_TEXT], off[MONEY_TEXT];
    for (size_t i = 0; i < bilancio->voci_count; i++) {
        const struct voce *voce = &bilancio->voci[i];
        struct money sum = bilancio_sum_voce(bilancio, voce->id);
        if (money_cmp(sum, voce->stanziato) == 0)
            continue;
        bilancio_fault_add(
            faults,
            (struct bilancio_fault){INV_VOCE, voce->id, ID_NONE, sum, voce->stanziato, NULL},
            "alla voce «%s» sono assegnati %s euro, ma le sue fonti ne danno %s: differenza %s",
            voce->nome, money_it(voce->stanziato, given), money_it(sum, sum_text),
            money_it(money_sub(sum, voce->stanziato), off));
    }
}

static void check_fonti(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    char has[MONEY_TEXT], gives[MONEY_TEXT];
    for (size_t i = 0; i < bilancio->fonti_count; i++) {
        const struct fonte *fonte = &bilancio->fonti[i];
        struct money sum = bilancio_sum_fonte(bilancio, fonte->id);
        if (money_ok(sum) && money_cmp(sum, fonte->disponibile) <= 0)
            continue;
        bilancio_fault_add(
            faults,
            (struct bilancio_fault){INV_FONTE, ID_NONE, fonte->id, sum, fonte->disponibile, NULL},
            "la fonte «%s» ha %s euro e ne dà %s", fonte->nome, money_it(fonte->disponibile, has),
            money_it(sum, gives));
    }
}

static bool may_pay(const struct bilancio *bilancio, const struct fonte *fonte,
                    const struct voce *voce)
{
    if (!fonte->vincolata)
        return true;
    for (size_t i = 0; i < bilancio->vincoli_count; i++) {
        const struct vincolo *vincolo = &bilancio->vincoli[i];
        if (vincolo->fonte.n != fonte->id.n)
            continue;
        if (vincolo->voce.n == voce->id.n ||
            (vincolo->area.n != 0 && vincolo->area.n == voce->area.n))
            return true;
    }
    return false;
}

static void check_vincoli(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    char amount[MONEY_TEXT];
    for (size_t i = 0; i < bilancio->celle_count; i++) {
        const struct cella *cella = &bilancio->celle[i];
        const struct voce *voce = bilancio_voce(bilancio, cella->voce);
        const struct fonte *fonte = bilancio_fonte(bilancio, cella->fonte);
        if (voce == NULL || fonte == NULL || cella->importo.cents == 0 ||
            may_pay(bilancio, fonte, voce))
            continue;
        bilancio_fault_add(
            faults,
            (struct bilancio_fault){INV_VINCOLO, voce->id, fonte->id, cella->importo, MONEY(0),
                                    NULL},
            "la fonte «%s» è vincolata e non può pagare la voce «%s», alla quale dà %s euro",
            fonte->nome, voce->nome, money_it(cella->importo, amount));
    }
}

static void check_pareggio(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    char in_text[MONEY_TEXT], out_text[MONEY_TEXT], off[MONEY_TEXT];
    struct money in = bilancio_entrate(bilancio), out = bilancio_uscite(bilancio);
    if (money_ok(in) && money_cmp(in, out) == 0)
        return;
    struct money left = money_sub(in, out);
    money_it(left.cents < 0 ? money_neg(left) : left, off);
    bilancio_fault_add(
        faults, (struct bilancio_fault){INV_PAREGGIO, ID_NONE, ID_NONE, in, out, NULL},
        "le fonti hanno %s euro e le voci ne chiedono %s: %s di %s", money_it(in, in_text),
        money_it(out, out_text), left.cents < 0 ? "disavanzo" : "avanzo", off);
}

void bilancio_check(const struct bilancio *bilancio, struct bilancio_faults *faults)
{
    check_celle(bilancio, faults);
    check_voci(bilancio, faults);
    check_fonti(bilancio, faults);
    check_vincoli(bilancio, faults);
    check_pareggio(bilancio, faults);
}
