/* What an office hands over of apportionments; the first byte says which reader gets the rest.
 *   0  a definition: without a fault it gives a table whose sums and margins hold, that explains
 *      each cell, that is verified against itself, and that hypotheses change or refuse
 *   1  a rule and a table apart (parted by a NUL byte)
 *   2  a spreadsheet
 */
#include "base/csv.h"
#include "kit/doc/sheet_read.h"
#include "mod/riparto/fonte.h"
#include "mod/riparto/ipotesi.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool truth)
{
    if (!truth)
        abort();
}

static void check_table(struct arena *arena, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    struct list scarti;
    for (size_t k = 0; k < def->nomi_count; k++) {
        struct money sum = MONEY(0);
        for (size_t i = 0; i < def->righe_count; i++) {
            sum = money_add(sum, quadro_cell(quadro, i, k));
            if (i < 8)
                must(*quadro_explain(arena, quadro, i, k) != '\0');
        }
        must(money_cmp(sum, quadro->totali[k]) == 0);
        must(def->metodo != METODO_MARGINI || money_cmp(sum, def->colonne[k].totale) == 0);
    }
    for (size_t i = 0; i < def->righe_count && def->metodo == METODO_MARGINI; i++)
        must(money_cmp(quadro_due(quadro, i), definizione_row_total(def, i)) == 0);
    quadro_verify(arena, quadro, &scarti);
}

static bool compute(struct arena *arena, const char *text, size_t size, struct quadro *quadro)
{
    struct definizione *def = ARENA_NEW(arena, struct definizione);
    struct definizione_faults *faults = ARENA_NEW(arena, struct definizione_faults);
    const char *dove;
    definizione_read(arena, text, size, NULL, def, faults);
    if (faults->count > 0)
        return false;
    enum riparto_esito esito = quadro_compute(arena, def, quadro, &dove);
    if (esito == RIPARTO_SOMME && ipotesi_balance(arena, def))
        esito = quadro_compute(arena, def, quadro, &dove);
    return esito == RIPARTO_OK;
}

static void try_definition(struct arena *arena, const char *text, size_t size)
{
    static const struct ipotesi ipotesi = {{3600},  {25000000}, "30 70",
                                           "resti", "1,00",     "Ardesio; Unione"};
    struct definizione_faults *faults = ARENA_NEW(arena, struct definizione_faults);
    struct quadro *first = ARENA_NEW(arena, struct quadro),
                  *other = ARENA_NEW(arena, struct quadro);
    struct bytes changed;
    struct list rows;
    struct ipotesi_riga total;
    ipotesi_apply(arena, (struct bytes){(const unsigned char *)text, size}, &ipotesi, &changed,
                  faults);
    bool known = compute(arena, text, size, first);
    if (known)
        check_table(arena, first);
    if (!compute(arena, (const char *)changed.data, changed.size, other))
        return;
    check_table(arena, other);
    const struct quadro *both[] = {known ? first : other, other};
    ipotesi_compare(arena, both, 2, &rows, &total);
}

static void try_apart(struct arena *arena, const uint8_t *data, size_t size)
{
    const uint8_t *middle = memchr(data, '\0', size);
    struct fonte fonte = {.tabella = "t", .regola = "r"};
    struct quadro *quadro = ARENA_NEW(arena, struct quadro);
    if (middle == NULL)
        return;
    size_t rule = (size_t)(middle - data);
    fonte_join(arena, (struct bytes){data, rule}, (struct bytes){middle + 1, size - rule - 1},
               &fonte);
    for (long line = 0; line < 8; line++)
        must(*fonte_place(arena, &fonte, line) != '\0');
    if (compute(arena, fonte.text, fonte.size, quadro))
        check_table(arena, quadro);
}

/* Whatever was read, csv.h reads it without a fault, row by row. */
static void try_sheet(struct arena *arena, const uint8_t *data, size_t size)
{
    struct bytes text;
    struct err err = {0};
    struct csv csv;
    struct csv_row row;
    enum csv_state state;
    if (!sheet_to_text(arena, (struct bytes){data, size}, 1 << 20, &text, &err)) {
        must(err.code == ERR_INPUT);
        return;
    }
    csv_open(&csv, (const char *)text.data, text.size);
    csv.separator = '\t';
    while ((state = csv_next(&csv, arena, &row)) != CSV_END)
        must(state == CSV_ROW || state == CSV_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    if (size == 0 || size > 1 << 16)
        return 0;
    arena_init(&arena, (size_t)512 << 20);
    if (data[0] % 3 == 0)
        try_definition(&arena, arena_strndup(&arena, (const char *)data + 1, size - 1), size - 1);
    else if (data[0] % 3 == 1)
        try_apart(&arena, data + 1, size - 1);
    else
        try_sheet(&arena, data + 1, size - 1);
    arena_release(&arena);
    return 0;
}
