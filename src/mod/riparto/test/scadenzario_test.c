/* The ledger of instalments: cases, and sequences of entries drawn at random that must neither
 * make nor lose a cent. */
#include "base/test/check.h"

#include "mod/riparto/scadenzario.h"

#include <string.h>

#define DAY(month, day) day_of(2025, (month), (day))

static struct conto conto(int64_t numero, struct day scadenza, int64_t fattura, int64_t trasf)
{
    return (struct conto){.id = {numero},
                          .pagante = "Ardesio",
                          .numero = numero,
                          .scadenza = scadenza,
                          .dovuto = {MONEY(fattura), MONEY(trasf)},
                          .fatturato = MONEY(0),
                          .incassato = {MONEY(0), MONEY(0)}};
}

/* Ardesio's four instalments of 2025, in no order. */
enum { ARDESIO = 4 };
static void ardesio(struct conto conti[static ARDESIO])
{
    conti[0] = conto(3, DAY(9, 15), 1926215, 906400);
    conti[1] = conto(1, DAY(3, 15), 2311438, 1087700);
    conti[2] = conto(4, day_of(2026, 2, 28), 1155669, 543900);
    conti[3] = conto(2, DAY(6, 15), 2311438, 1087700);
}

static void a_payment_goes_to_the_oldest_debt(void **state)
{
    (void)state;
    struct conto conti[ARDESIO];
    struct imputazione out[ARDESIO * PARTI];
    struct money fits;
    size_t count;
    ardesio(conti);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, MONEY(3400000), 0, PARTI,
                                      out, &count, &fits),
                     MOVIMENTO_OK);
    assert_int_equal(count, 3);
    assert_int_equal(out[0].rata.n, 1);
    assert_int_equal(out[0].importo.cents, 2311438);
    assert_int_equal(out[1].parte, PARTE_TRASFERIMENTO);
    assert_int_equal(out[1].importo.cents, 1087700);
    assert_int_equal(out[2].rata.n, 2);
    assert_int_equal(out[2].importo.cents, 3400000 - 2311438 - 1087700);
    assert_int_equal(fits.cents, 11330460);
    assert_true(conti_apply(conti, ARDESIO, MOVIMENTO_INCASSO, out, count));
    assert_int_equal(conto_stato(&conti[1], DAY(12, 1)), CONTO_PAGATO);
    assert_int_equal(conto_stato(&conti[3], DAY(6, 15)), CONTO_IN_PARTE);
    assert_int_equal(conto_stato(&conti[3], DAY(6, 16)), CONTO_SCADUTO);
    assert_int_equal(conto_ritardo(&conti[3], DAY(6, 25)), 10);
    assert_int_equal(conto_stato(&conti[0], DAY(6, 16)), CONTO_ATTESO);
}

static void a_payment_goes_where_it_says(void **state)
{
    (void)state;
    struct conto conti[ARDESIO];
    struct imputazione out[ARDESIO * PARTI];
    struct money fits;
    size_t count;
    ardesio(conti);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, MONEY(906400), 3,
                                      PARTE_TRASFERIMENTO, out, &count, &fits),
                     MOVIMENTO_OK);
    assert_int_equal(count, 1);
    assert_int_equal(out[0].rata.n, 3);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, MONEY(906401), 3,
                                      PARTE_TRASFERIMENTO, out, &count, &fits),
                     MOVIMENTO_ECCEDE);
    assert_int_equal(fits.cents, 906400);
    assert_int_equal(count, 0);
    assert_int_equal(
        movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, MONEY(1), 9, PARTI, out, &count, &fits),
        MOVIMENTO_NESSUNO);
}

static void only_the_invoiced_part_is_invoiced(void **state)
{
    (void)state;
    struct conto conti[ARDESIO];
    struct imputazione out[ARDESIO * PARTI];
    struct money fits;
    size_t count;
    ardesio(conti);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_FATTURA, MONEY(2311439), 1, PARTI,
                                      out, &count, &fits),
                     MOVIMENTO_ECCEDE);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_FATTURA, MONEY(2311438), 1, PARTI,
                                      out, &count, &fits),
                     MOVIMENTO_OK);
    assert_true(conti_apply(conti, ARDESIO, MOVIMENTO_FATTURA, out, count));
    assert_int_equal(conto_da_fatturare(&conti[1]).cents, 0);
    assert_int_equal(conto_resto(&conti[1]).cents, 3399138);
}

static void amounts_of_nothing_are_refused(void **state)
{
    (void)state;
    struct conto conti[ARDESIO];
    struct imputazione out[ARDESIO * PARTI];
    const struct money none[] = {MONEY(0), MONEY(-1), MONEY_INVALID};
    struct money fits;
    size_t count;
    ardesio(conti);
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, none[i], 0, PARTI, out,
                                          &count, &fits),
                         MOVIMENTO_IMPORTO);
    assert_int_equal(movimento_impute(conti, ARDESIO, MOVIMENTO_INCASSO, MONEY(INT64_MAX), 0, PARTI,
                                      out, &count, &fits),
                     MOVIMENTO_ECCEDE);
    assert_int_equal(
        movimento_impute(conti, 0, MOVIMENTO_INCASSO, MONEY(1), 0, PARTI, out, &count, &fits),
        MOVIMENTO_NESSUNO);
}

/* Half a list of lines is never put. */
static void lines_that_do_not_fit_change_nothing(void **state)
{
    (void)state;
    struct conto conti[ARDESIO], before[ARDESIO];
    ardesio(conti);
    memcpy(before, conti, sizeof conti);
    const struct imputazione lines[] = {{{1}, PARTE_FATTURA, MONEY(100)},
                                        {{2}, PARTE_TRASFERIMENTO, MONEY(1087701)}};
    assert_false(conti_apply(conti, ARDESIO, MOVIMENTO_INCASSO, lines, 2));
    assert_memory_equal(before, conti, sizeof conti);
    const struct imputazione below[] = {{{1}, PARTE_FATTURA, MONEY(-1)}};
    assert_false(conti_apply(conti, ARDESIO, MOVIMENTO_INCASSO, below, 1));
    const struct imputazione unknown[] = {{{7}, PARTE_FATTURA, MONEY(1)}};
    assert_false(conti_apply(conti, ARDESIO, MOVIMENTO_INCASSO, unknown, 1));
}

static void what_is_advanced_today(void **state)
{
    (void)state;
    struct conto conti[ARDESIO];
    struct anticipo a;
    ardesio(conti);
    conti[1].incassato[PARTE_FATTURA] = MONEY(2311438);
    conti[2].incassato[PARTE_TRASFERIMENTO] = MONEY(500); /* before its day */
    anticipo_compute(conti, ARDESIO, DAY(6, 16), &a);
    assert_int_equal(a.dovuto.cents, 11330460);
    assert_int_equal(a.scaduto.cents, 2 * 3399138);
    assert_int_equal(a.incassato.cents, 2311438);
    assert_int_equal(a.anticipato.cents, 2 * 3399138 - 2311438);
    assert_int_equal(a.anzitempo.cents, 500);
    assert_int_equal(a.netto.cents, a.anticipato.cents - 500);
    assert_int_equal(a.resto.cents, 11330460 - 2311438 - 500);
    anticipo_compute(conti, ARDESIO, DAY(3, 15), &a); /* the due day itself is in time */
    assert_int_equal(a.anticipato.cents, 0);
    assert_true(conto_in_scadenza(&conti[1], DAY(3, 15)));
    assert_true(conto_in_scadenza(&conti[1], DAY(2, 13)));
    assert_false(conto_in_scadenza(&conti[1], DAY(2, 12)));
    assert_false(conto_in_scadenza(&conti[1], DAY(3, 16)));
}

/* ---- sequences at random ----------------------------------------------------------------------
 */

enum { CONTI = 24, ENTRIES = 300, SEQUENCES = 200 };

struct entry {
    enum movimento_tipo tipo;
    struct imputazione lines[CONTI * PARTI];
    size_t count;
    bool reversed;
};

struct ledger {
    struct conto conti[CONTI];
    size_t conti_count;
    struct entry entries[ENTRIES];
    size_t entries_count;
    int64_t paid, invoiced; /* by the amounts that were entered */
};

static uint64_t seed;
static int64_t below(int64_t bound)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (int64_t)(seed % (uint64_t)bound);
}

static void draw(struct ledger *ledger)
{
    *ledger = (struct ledger){.conti_count = (size_t)(1 + below(CONTI))};
    for (size_t i = 0; i < ledger->conti_count; i++)
        ledger->conti[i] = conto((int64_t)i + 1, DAY((int)(1 + below(12)), (int)(1 + below(28))),
                                 below(3) == 0 ? 0 : below(1000000), below(5) * 100);
}

static void enter(struct ledger *ledger)
{
    struct entry *entry = &ledger->entries[ledger->entries_count];
    struct money amount = MONEY(below(8) == 0 ? below(20000000) : below(400000) - 10), fits;
    entry->tipo = below(3) == 0 ? MOVIMENTO_FATTURA : MOVIMENTO_INCASSO;
    entry->reversed = false;
    int64_t numero = below(2) == 0 ? 0 : below((int64_t)ledger->conti_count + 2);
    enum movimento_esito esito =
        movimento_impute(ledger->conti, ledger->conti_count, entry->tipo, amount, numero,
                         (enum rata_parte)below(PARTI + 1), entry->lines, &entry->count, &fits);
    if (esito != MOVIMENTO_OK) {
        assert_int_equal(entry->count, 0);
        return;
    }
    int64_t sum = 0;
    for (size_t i = 0; i < entry->count; i++) {
        assert_true(entry->lines[i].importo.cents > 0);
        sum += entry->lines[i].importo.cents;
    }
    assert_int_equal(sum, amount.cents);
    assert_true(
        conti_apply(ledger->conti, ledger->conti_count, entry->tipo, entry->lines, entry->count));
    *(entry->tipo == MOVIMENTO_INCASSO ? &ledger->paid : &ledger->invoiced) += sum;
    ledger->entries_count++;
}

static void reverse(struct ledger *ledger, size_t at)
{
    struct entry *entry = &ledger->entries[at];
    struct imputazione lines[CONTI * PARTI];
    if (entry->reversed)
        return;
    for (size_t i = 0; i < entry->count; i++) {
        lines[i] = entry->lines[i];
        lines[i].importo = money_neg(lines[i].importo);
        *(entry->tipo == MOVIMENTO_INCASSO ? &ledger->paid : &ledger->invoiced) +=
            lines[i].importo.cents;
    }
    assert_true(conti_apply(ledger->conti, ledger->conti_count, entry->tipo, lines, entry->count));
    entry->reversed = true;
}

static void check(const struct ledger *ledger)
{
    int64_t paid = 0, invoiced = 0, owed = 0, left = 0;
    struct anticipo a;
    for (size_t i = 0; i < ledger->conti_count; i++) {
        const struct conto *c = &ledger->conti[i];
        for (enum rata_parte p = 0; p < PARTI; p++) {
            assert_true(c->incassato[p].cents >= 0);
            assert_true(conto_resto_parte(c, p).cents >= 0);
        }
        assert_true(c->fatturato.cents >= 0 && conto_da_fatturare(c).cents >= 0);
        paid += conto_incassato(c).cents;
        invoiced += c->fatturato.cents;
        owed += conto_dovuto(c).cents;
        left += conto_resto(c).cents;
    }
    assert_int_equal(paid, ledger->paid);
    assert_int_equal(invoiced, ledger->invoiced);
    assert_int_equal(owed, paid + left);
    anticipo_compute(ledger->conti, ledger->conti_count, DAY(6, 30), &a);
    assert_int_equal(a.dovuto.cents, owed);
    assert_int_equal(a.resto.cents, left);
    assert_int_equal(a.incassato.cents + a.anzitempo.cents, paid);
    assert_int_equal(a.scaduto.cents - a.incassato.cents, a.anticipato.cents);
}

static void no_sequence_makes_or_loses_a_cent(void **state)
{
    (void)state;
    static struct ledger ledger;
    size_t entered = 0;
    seed = 0x2545f4914f6cdd1d;
    for (int i = 0; i < SEQUENCES; i++) {
        draw(&ledger);
        for (int k = 0; k < ENTRIES && ledger.entries_count < ENTRIES; k++) {
            if (ledger.entries_count > 0 && below(3) == 0)
                reverse(&ledger, (size_t)below((int64_t)ledger.entries_count));
            else
                enter(&ledger);
            check(&ledger);
        }
        entered += ledger.entries_count;
        for (size_t k = 0; k < ledger.entries_count; k++)
            reverse(&ledger, k);
        check(&ledger);
        assert_int_equal(ledger.paid, 0);
        assert_int_equal(ledger.invoiced, 0);
    }
    assert_true(entered > SEQUENCES * 20); /* the draws were not all refused */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_goes_to_the_oldest_debt),
        cmocka_unit_test(a_payment_goes_where_it_says),
        cmocka_unit_test(only_the_invoiced_part_is_invoiced),
        cmocka_unit_test(amounts_of_nothing_are_refused),
        cmocka_unit_test(lines_that_do_not_fit_change_nothing),
        cmocka_unit_test(what_is_advanced_today),
        cmocka_unit_test(no_sequence_makes_or_loses_a_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
