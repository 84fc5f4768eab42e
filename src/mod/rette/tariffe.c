#include "mod/rette/tariffe.h"

#include "base/text.h"

#include <stdarg.h>
#include <string.h>

enum column {
    C_SERVIZIO,
    C_VARIANTE,
    C_ISEE_DA,
    C_ISEE_A,
    C_PERCENTUALE,
    C_IMPORTO,
    C_UNITA,
    C_NOME,
    C_ATTO,
    C_DAL,
    C_AL,
    C_COSTO,
    C_ISEE_AMMESSI,
    COLUMNS
};
static const char *const column_names[COLUMNS] = {
    "servizio", "variante", "isee_da", "isee_a", "percentuale", "importo",     "unita",
    "nome",     "atto",     "dal",     "al",     "costo",       "isee_ammessi"};
enum { ASKED = C_NOME, CELLS_MAX = 32, CELL_MAX = 200 };

struct reader {
    struct arena *arena;
    struct tariffe *out;
    const char *text, *end;
    size_t line;
    size_t places[COLUMNS]; /* cell of each column, from 1; 0: the file does not have it */
    const char *cells[COLUMNS];
    const char *atto;
    struct day dal;
    struct fascia (*fasce)[FASCE_MAX]; /* of each plan */
    size_t (*fascia_lines)[FASCE_MAX]; /* where they stand in the file */
    size_t first_lines[PIANI_MAX];     /* of each plan */
    bool valid[PIANI_MAX];             /* none of its own lines was refused */
    const char *days[PIANI_MAX];       /* "dal" as written, part of a plan's identity */
};

static void refuse(struct reader *reader, enum column column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void refuse_at(struct reader *reader, size_t line, const char *column, const char *text)
{
    struct tariffe *out = reader->out;
    if (out->fault_count < TARIFFE_FAULTS)
        out->faults[out->fault_count++] = (struct tariffe_fault){line, column, text};
}

static void refuse(struct reader *reader, enum column column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(reader->arena, format, args);
    va_end(args);
    refuse_at(reader, reader->line, column_names[column], text);
}

/* ---- lines and cells -------------------------------------------------------------------- */

/* The next line's cells; false at the end. An over-long cell is cut: no word of ours is so long. */
static bool next_line(struct reader *reader, const char *cells[static CELLS_MAX], size_t *count)
{
    if (reader->text == reader->end)
        return false;
    reader->line++;
    const char *stop = memchr(reader->text, '\n', (size_t)(reader->end - reader->text));
    const char *next = stop != NULL ? stop + 1 : reader->end;
    if (stop == NULL)
        stop = reader->end;
    if (stop > reader->text && stop[-1] == '\r')
        stop--;
    *count = 0;
    for (const char *at = reader->text; *count < CELLS_MAX; (*count)++) {
        const char *tab = memchr(at, '\t', (size_t)(stop - at));
        size_t size = (size_t)((tab != NULL ? tab : stop) - at);
        const char *cell = arena_strndup(reader->arena, at, size > CELL_MAX ? CELL_MAX : size);
        cells[*count] = text_clean(reader->arena, cell, false);
        if (tab == NULL) {
            (*count)++;
            break;
        }
        at = tab + 1;
    }
    reader->text = next;
    return true;
}

static bool read_heading(struct reader *reader)
{
    const char *cells[CELLS_MAX];
    size_t count;
    if (!next_line(reader, cells, &count)) {
        refuse_at(reader, 1, "", "il file è vuoto");
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        size_t column = 0;
        while (column < COLUMNS && strcmp(column_names[column], cells[i]) != 0)
            column++;
        if (column == COLUMNS)
            refuse_at(reader, 1, cells[i], "colonna che non si conosce");
        else if (reader->places[column] != 0)
            refuse_at(reader, 1, cells[i], "colonna ripetuta");
        else
            reader->places[column] = i + 1;
    }
    for (size_t column = 0; column < ASKED; column++)
        if (reader->places[column] == 0)
            refuse_at(reader, 1, column_names[column], "manca la colonna");
    return reader->out->fault_count == 0;
}

static bool next_row(struct reader *reader)
{
    const char *cells[CELLS_MAX];
    size_t count;
    do {
        if (!next_line(reader, cells, &count))
            return false;
    } while (count == 1 && *cells[0] == '\0');
    for (size_t column = 0; column < COLUMNS; column++) {
        size_t place = reader->places[column];
        reader->cells[column] = place != 0 && place <= count ? cells[place - 1] : "";
    }
    return true;
}

/* ---- typed cells: empty = not stated; false = refused ------------------------------------ */

static bool cell_money(struct reader *reader, enum column column, struct money *out)
{
    const char *cell = reader->cells[column];
    *out = MONEY_INVALID;
    if (*cell == '\0' || money_parse_machine(cell, out))
        return true;
    refuse(reader, column, "«%s» non è un importo (si scrive 1000.01)", cell);
    return false;
}

static bool cell_percent(struct reader *reader, struct rate *out)
{
    const char *cell = reader->cells[C_PERCENTUALE];
    *out = RATE(0, 0);
    if (*cell == '\0' || rate_parse(arena_printf(reader->arena, "%s %%", cell), out))
        return true;
    if (strchr(cell, '/') != NULL && rate_parse(cell, out)) { /* "100/3": no decimals end it */
        *out = rate_mul(*out, RATE(1, 100));
        return true;
    }
    refuse(reader, C_PERCENTUALE, "«%s» non è una percentuale", cell);
    return false;
}

static bool cell_day(struct reader *reader, enum column column, struct day missing, struct day *out)
{
    const char *cell = reader->cells[column];
    *out = missing;
    if (*cell == '\0' || day_parse_iso(cell, out))
        return true;
    refuse(reader, column, "«%s» non è un giorno (si scrive 2025-01-31)", cell);
    return false;
}

/* "320.00-500.00" */
static bool cell_span(struct reader *reader, struct money *least, struct money *most)
{
    const char *cell = reader->cells[C_IMPORTO];
    const char *dash = strchr(cell, '-');
    const char *first = arena_strndup(reader->arena, cell, (size_t)(dash - cell));
    if (money_parse_machine(first, least) && money_parse_machine(dash + 1, most))
        return true;
    refuse(reader, C_IMPORTO, "«%s» non è un intervallo di importi (si scrive 320.00-500.00)",
           cell);
    return false;
}

/* ---- plans ------------------------------------------------------------------------------ */

/* A plan's words: said once, or the same each time. */
static bool say_text(struct reader *reader, enum column column, const char **word)
{
    const char *cell = reader->cells[column];
    if (*cell == '\0')
        return true;
    if (*word != NULL && strcmp(*word, cell) != 0) {
        refuse(reader, column, "«%s», ma prima era «%s»", cell, *word);
        return false;
    }
    *word = cell;
    return true;
}

static bool say_money(struct reader *reader, enum column column, struct money *amount)
{
    struct money said;
    if (!cell_money(reader, column, &said))
        return false;
    if (money_ok(said) && money_ok(*amount) && money_cmp(said, *amount) != 0) {
        refuse(reader, column, "un importo diverso da quello detto prima per lo stesso piano");
        return false;
    }
    if (money_ok(said))
        *amount = said;
    return true;
}

static size_t piano_new(struct reader *reader)
{
    size_t index = reader->out->count++;
    struct piano *piano = &reader->out->piani[index];
    piano_blank(piano);
    piano->servizio = reader->cells[C_SERVIZIO];
    piano->variante = reader->cells[C_VARIANTE];
    piano->validita.from = reader->dal;
    piano->fasce = reader->fasce[index];
    reader->first_lines[index] = reader->line;
    reader->days[index] = reader->cells[C_DAL];
    reader->valid[index] = true;
    return index;
}

/* The plan of the row: same service, variant and first day. False: there are too many. */
static bool piano_of_row(struct reader *reader, size_t *index)
{
    const struct tariffe *out = reader->out;
    for (size_t i = 0; i < out->count; i++)
        if (strcmp(out->piani[i].servizio, reader->cells[C_SERVIZIO]) == 0 &&
            strcmp(out->piani[i].variante, reader->cells[C_VARIANTE]) == 0 &&
            (*reader->cells[C_DAL] == '\0' || strcmp(reader->days[i], reader->cells[C_DAL]) == 0)) {
            *index = i;
            return true;
        }
    if (out->count == PIANI_MAX) {
        refuse(reader, C_SERVIZIO, "i piani sono più di %d", PIANI_MAX);
        return false;
    }
    *index = piano_new(reader);
    return true;
}

static bool read_head(struct reader *reader, struct piano *piano)
{
    bool ok = say_text(reader, C_UNITA, &piano->unita);
    ok = say_text(reader, C_NOME, &piano->nome) && ok;
    ok = say_text(reader, C_ATTO, &piano->atto) && ok;
    ok = say_money(reader, C_COSTO, &piano->costo) && ok;
    ok = cell_day(reader, C_DAL, piano->validita.from, &piano->validita.from) && ok;
    struct day last = DAY_NONE;
    ok = cell_day(reader, C_AL, DAY_NONE, &last) && ok;
    if (day_known(last))
        piano->validita.to = day_add(last, 1);
    const char *kinds = reader->cells[C_ISEE_AMMESSI];
    if (*kinds != '\0' && !isee_tipi_parse(kinds, &piano->isee_ammessi)) {
        refuse(reader, C_ISEE_AMMESSI, "«%s» non è un elenco di tipi di ISEE", kinds);
        return false;
    }
    return ok;
}

static bool read_line(struct reader *reader, struct piano *piano)
{
    if (piano->fasce_count > 0) {
        refuse(reader, C_IMPORTO, "il piano ha già delle fasce");
        return false;
    }
    piano->tipo = PIANO_LINEARE;
    return cell_span(reader, &piano->retta_min, &piano->retta_max) &&
           cell_money(reader, C_ISEE_DA, &piano->isee_min) &&
           cell_money(reader, C_ISEE_A, &piano->isee_max);
}

static bool read_fascia(struct reader *reader, size_t index)
{
    struct piano *piano = &reader->out->piani[index];
    if (piano->tipo != PIANO_FASCE) {
        refuse(reader, C_ISEE_DA, "il piano è %s e non ha fasce", piano_tipo_title(piano->tipo));
        return false;
    }
    if (piano->fasce_count == FASCE_MAX) {
        refuse(reader, C_ISEE_DA, "le fasce del piano sono più di %d", FASCE_MAX);
        return false;
    }
    reader->fascia_lines[index][piano->fasce_count] = reader->line;
    struct fascia *fascia = &reader->fasce[index][piano->fasce_count++];
    bool ok = cell_money(reader, C_ISEE_DA, &fascia->da);
    ok = cell_money(reader, C_ISEE_A, &fascia->a) && ok;
    ok = cell_money(reader, C_IMPORTO, &fascia->importo) && ok;
    return cell_percent(reader, &fascia->quota) && ok;
}

static bool rule_senza(struct reader *reader, struct piano *piano)
{
    piano->senza = SENZA_IMPORTO;
    return say_money(reader, C_IMPORTO, &piano->importo_senza);
}

static bool rule_non_residenti(struct reader *reader, struct piano *piano)
{
    return say_money(reader, C_IMPORTO, &piano->importo_non_residenti);
}

static bool rule_festivo(struct reader *reader, struct piano *piano)
{
    return cell_percent(reader, &piano->festivo);
}

static bool rule_tetto(struct reader *reader, struct piano *piano)
{
    return say_money(reader, C_ISEE_A, &piano->isee_tetto);
}

static bool rule_forfait(struct reader *reader, struct piano *piano)
{
    piano->tipo = PIANO_FORFAIT;
    return say_money(reader, C_IMPORTO, &piano->forfait);
}

static const struct {
    const char *word;
    bool (*read)(struct reader *reader, struct piano *piano);
} rules[] = {
    {"senza_isee", rule_senza}, {"non_residenti", rule_non_residenti},
    {"festivo", rule_festivo},  {"tetto", rule_tetto},
    {"forfait", rule_forfait},
};

static void read_row(struct reader *reader)
{
    size_t index;
    if (!piano_of_row(reader, &index))
        return;
    struct piano *piano = &reader->out->piani[index];
    reader->out->lines++;
    bool ok = read_head(reader, piano);
    size_t rule = 0, rules_count = sizeof rules / sizeof *rules;
    while (rule < rules_count && strcmp(rules[rule].word, reader->cells[C_ISEE_DA]) != 0)
        rule++;
    if (rule < rules_count)
        ok = rules[rule].read(reader, piano) && ok;
    else if (strchr(reader->cells[C_IMPORTO], '-') != NULL && *reader->cells[C_IMPORTO] != '-')
        ok = read_line(reader, piano) && ok;
    else
        ok = read_fascia(reader, index) && ok;
    reader->valid[index] = reader->valid[index] && ok;
}

/* ---- the whole -------------------------------------------------------------------------- */

/* The rules' own faults, at the line of the band that they speak of. */
static void check_piano(struct reader *reader, size_t index)
{
    struct piano *piano = &reader->out->piani[index];
    struct rette_faults faults = {.arena = reader->arena};
    if (piano->atto == NULL)
        piano->atto = reader->atto;
    piano_check(piano, &faults);
    const char *whose = "";
    if (*piano->servizio != '\0' && *piano->variante != '\0')
        whose = arena_printf(reader->arena, "%s %s: ", piano->servizio, piano->variante);
    for (size_t i = 0; i < faults.count; i++) {
        size_t line = reader->first_lines[index], nr = 0;
        const char *field = faults.items[i].field;
        for (const char *p = strncmp(field, "fascia_", 7) == 0 ? field + 7 : ""; *p != '\0'; p++)
            nr = nr * 10 + (size_t)(*p - '0');
        if (nr > 0 && nr <= piano->fasce_count)
            line = reader->fascia_lines[index][nr - 1];
        refuse_at(reader, line, nr > 0 ? "isee_da" : field,
                  arena_printf(reader->arena, "%s%s", whose, faults.items[i].text));
    }
}

static void check_all(struct reader *reader)
{
    struct tariffe *out = reader->out;
    for (size_t i = 0; i < out->count; i++)
        if (reader->valid[i])
            check_piano(reader, i);
    struct rette_faults faults = {.arena = reader->arena};
    piani_check(out->piani, out->count, &faults);
    for (size_t i = 0; i < faults.count; i++)
        refuse_at(reader, 1, "dal", faults.items[i].text);
    if (out->count == 0)
        refuse_at(reader, reader->line, "", "non c’è nessun piano");
}

void tariffe_read(struct arena *arena, const char *text, size_t size, const char *atto,
                  struct day dal, struct tariffe *out)
{
    *out = (struct tariffe){0};
    struct reader *reader = ARENA_NEW(arena, struct reader);
    reader->arena = arena;
    reader->out = out;
    reader->text = text;
    reader->end = text + size;
    reader->atto = atto;
    reader->dal = dal;
    if (size > TARIFFE_SIZE || !text_valid(text, size)) {
        refuse_at(reader, 1, "", "il file non è testo UTF-8 di al più 4 MB");
        return;
    }
    if (!read_heading(reader))
        return;
    out->piani = ARENA_NEWS(arena, struct piano, PIANI_MAX);
    reader->fasce = arena_array(arena, PIANI_MAX, sizeof *reader->fasce);
    reader->fascia_lines = arena_array(arena, PIANI_MAX, sizeof *reader->fascia_lines);
    while (next_row(reader))
        read_row(reader);
    check_all(reader);
}
