/* Tables that an office hands over; the first byte says which reader gets the rest.
 *   0  fees: a table without a fault gives sound plans, whose compiled form agrees with the rule
 *   1  a budget: a table without a fault gives items that are the sums of their sources
 */
#include "mod/bilancio/prospetto.h"
#include "mod/rette/tariffe.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
    if (!truth)
        abort();
}

static void try_plan(struct arena *arena, const struct piano *piano)
{
    static const int64_t asked[] = {0, 1, 100000, 100001, 2200000, 999999999};
    struct day day = piano->validita.from;
    const struct retta_table *table = retta_table_make(arena, piano, 1, false);
    for (size_t i = 0; table != NULL && i < sizeof asked / sizeof *asked; i++) {
        struct isee isee = {.valore = MONEY(asked[i]), .sottoscritta = day, .scadenza = day};
        while (piano->isee_ammessi != 0 && (piano->isee_ammessi & ISEE_BIT(isee.tipo)) == 0)
            isee.tipo++;
        struct retta_caso caso = {.giorno = day, .isee = &isee};
        struct retta retta;
        struct money quick;
        retta_compute(piano, &caso, &retta);
        retta_explain(arena, piano, &retta);
        must(retta.righe > 0);
        retta_table_many(table, &isee.valore, &day, &quick, 1);
        must(retta.esito != RETTA_DOVUTA || quick.cents == retta.importo.cents);
    }
}

static void try_fees(struct arena *arena, const char *text, size_t size)
{
    struct tariffe tariffe;
    struct rette_faults faults = {.arena = arena};
    tariffe_read(arena, text, size, "Delibera 1/2025", day_of(2025, 1, 1), &tariffe);
    for (size_t i = 0; i < tariffe.count && tariffe.fault_count == 0; i++) {
        piano_check(&tariffe.piani[i], &faults);
        must(faults.count == 0);
        try_plan(arena, &tariffe.piani[i]);
    }
}

static void try_budget(struct arena *arena, const char *text)
{
    struct bilancio bilancio;
    struct prospetto_faults read = {.count = 0};
    struct bilancio_faults faults = {.arena = arena};
    prospetto_read(arena, "t", text, 2025, &bilancio, &read);
    if (read.count > 0)
        return;
    prospetto_read_vincoli(arena, "t", text, &bilancio, &read);
    bilancio_check(&bilancio, &faults);
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        must(faults.items[i].invariante != INV_VOCE && faults.items[i].invariante != INV_CELLA);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    if (size == 0)
        return 0;
    arena_init(&arena, (size_t)256 << 20);
    const char *text = arena_strndup(&arena, (const char *)data + 1, size - 1);
    if (data[0] % 2 == 0)
        try_fees(&arena, text, size - 1);
    else
        try_budget(&arena, text);
    arena_release(&arena);
    return 0;
}
