/* Tables from spreadsheets: a line for each cell, or items x sources. */
#include "mod/bilancio/prospetto.h"

#include "base/csv.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct lettura {
    struct arena *arena;
    const char *name;
    struct bilancio *b;
    struct prospetto_faults *faults;
    struct csv_row head;
    long line;
};

static void complain(struct lettura *l, const char *column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void complain(struct lettura *l, const char *column, const char *format, ...)
{
    va_list args;
    if (l->faults->count == PROSPETTO_FAULTS)
        return;
    va_start(args, format);
    const char *why = arena_vprintf(l->arena, format, args);
    va_end(args);
    l->faults->items[l->faults->count++] =
        column != NULL
            ? arena_printf(l->arena, "%s, riga %ld, %s: %s", l->name, l->line, column, why)
            : arena_printf(l->arena, "%s, riga %ld: %s", l->name, l->line, why);
}

static const char *cell(struct lettura *l, const struct csv_row *row, size_t at)
{
    return at < row->count ? text_clean(l->arena, row->cells[at], false) : "";
}

/* Machine figures first, as spreadsheets write them; then as people do. */
static bool amount_of(const char *text, struct money *amount)
{
    return money_parse_machine(text, amount) || money_parse(text, amount);
}

static void add(struct lettura *l, const char *area, const char *voce, const char *fonte,
                const char *importo)
{
    struct prospetto_riga row = {area, voce, fonte, MONEY_INVALID};
    const char *column;
    if (*area == '\0' || *voce == '\0' || *fonte == '\0') {
        complain(l, *area == '\0' ? "area" : *voce == '\0' ? "voce_spesa" : "fonte", "manca");
        return;
    }
    if (!amount_of(importo, &row.importo)) {
        complain(l, fonte, "«%s» non è un importo", importo);
        return;
    }
    if (row.importo.cents < 0) {
        complain(l, fonte, "l’importo è negativo: %s", importo);
        return;
    }
    const char *why = prospetto_add(l->b, &row, &column);
    if (why != NULL)
        complain(l, column, "%s", why);
}

/* ---- items x sources ---------------------------------------------------------------------- */

static bool is_total(const char *text)
{
    return strncmp(text, "Totale", strlen("Totale")) == 0 ||
           strncmp(text, "TOTALE", strlen("TOTALE")) == 0;
}

static void check_total(struct lettura *l, const char *text, struct money sum)
{
    char found[MONEY_TEXT], due[MONEY_TEXT];
    struct money total;
    if (*text == '\0')
        return;
    if (!amount_of(text, &total))
        complain(l, "totale", "«%s» non è un importo", text);
    else if (money_cmp(total, sum) != 0)
        complain(l, "totale", "è %s, ma le celle della riga fanno %s", money_it(total, found),
                 money_it(sum, due));
}

static void matrix_row(struct lettura *l, const struct csv_row *row)
{
    const char *area = cell(l, row, 0), *voce = cell(l, row, 1);
    struct money sum = MONEY(0), amount;
    if (is_total(area) && *voce == '\0')
        return;
    for (size_t i = 2; i < l->head.count; i++) {
        const char *fonte = cell(l, &l->head, i), *text = cell(l, row, i);
        if (is_total(fonte)) {
            check_total(l, text, sum);
            continue;
        }
        if (*text == '\0')
            continue;
        if (amount_of(text, &amount))
            sum = money_add(sum, amount);
        add(l, area, voce, fonte, text);
    }
}

/* ---- a line for each cell ------------------------------------------------------------------- */

static size_t column_named(struct lettura *l, const char *name, const char *other)
{
    for (size_t i = 0; i < l->head.count; i++) {
        const char *head = cell(l, &l->head, i);
        if (strcasecmp(head, name) == 0 || strcasecmp(head, other) == 0)
            return i;
    }
    return SIZE_MAX;
}

static void list_row(struct lettura *l, const struct csv_row *row, const size_t places[4])
{
    add(l, cell(l, row, places[0]), cell(l, row, places[1]), cell(l, row, places[2]),
        cell(l, row, places[3]));
}

/* "Area (bilancio 2025, versione 7)" */
static int64_t version_of(const char *head)
{
    const char *word = strstr(head, "versione ");
    int64_t version = word != NULL ? strtol(word + strlen("versione "), NULL, 10) : 0;
    return version > 0 ? version : INT_NONE;
}

static bool find_columns(struct lettura *l, size_t places[4])
{
    places[0] = column_named(l, "area", "area");
    places[1] = column_named(l, "voce_spesa", "voce");
    places[2] = column_named(l, "fonte", "fonte");
    places[3] = column_named(l, "importo", "importo");
    for (size_t i = 0; i < 4; i++)
        if (places[i] == SIZE_MAX)
            return false;
    return true;
}

static void read_rows(struct lettura *l, struct csv *csv)
{
    struct csv_row row;
    enum csv_state state;
    size_t places[4];
    bool list = find_columns(l, places);
    if (!list && (l->head.count < 3 || strncasecmp(cell(l, &l->head, 0), "area", 4) != 0)) {
        complain(l, NULL,
                 "servono le colonne area, voce_spesa, fonte, importo, o area, voce e una "
                 "colonna per fonte");
        return;
    }
    while ((state = csv_next(csv, l->arena, &row)) != CSV_END && state != CSV_NUL &&
           l->faults->count < PROSPETTO_FAULTS) {
        l->line = row.line;
        if (state != CSV_ROW)
            complain(l, NULL, "la riga non si legge");
        else if (list)
            list_row(l, &row, places);
        else
            matrix_row(l, &row);
    }
    if (state == CSV_NUL)
        complain(l, NULL, "non è testo");
}

void prospetto_read_table(struct arena *arena, const char *name, const char *text, size_t size,
                          int64_t anno, struct bilancio *bilancio, int64_t *versione,
                          struct prospetto_faults *faults)
{
    struct lettura l = {arena, name, bilancio, faults, {NULL, 0, 0}, 1};
    struct csv csv;
    *versione = INT_NONE;
    prospetto_blank(arena, anno, bilancio);
    csv_open(&csv, text, size);
    if (csv_next(&csv, arena, &l.head) != CSV_ROW) {
        complain(&l, NULL, "non c’è un’intestazione che si legga");
        return;
    }
    *versione = version_of(cell(&l, &l.head, 0));
    read_rows(&l, &csv);
    l.line = csv.line;
    if (bilancio->celle_count == 0 && faults->count == 0)
        complain(&l, NULL, "non c’è nessuna cella");
}
