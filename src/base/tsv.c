#include "base/tsv.h"

#include "base/text.h"

#include <string.h>

bool tsv_fail(struct tsv *tsv, const char *column, const char *why)
{
    return err_set(tsv->err, ERR_INPUT, "%s, riga %d%s%s: %s", tsv->name, tsv->line,
                   column ? ", " : "", column ? column : "", why);
}

/* The next line that says something, in the arena; NULL at the end. */
static char *next_line(struct tsv *tsv)
{
    while (*tsv->rest != '\0' && tsv->line < TSV_LINES) {
        const char *start = tsv->rest;
        size_t size = strcspn(start, "\n");

        tsv->rest += size + (start[size] == '\n');
        tsv->line++;
        if (size > 0 && start[size - 1] == '\r')
            size--;
        if (size > 0 && start[0] != '#')
            return arena_strndup(tsv->arena, start, size);
    }
    return NULL;
}

static size_t split(char *line, const char **cells, size_t max)
{
    size_t count = 0;

    for (char *cell; (cell = strsep(&line, "\t")) != NULL; count++)
        if (count < max)
            cells[count] = cell;
    return count;
}

bool tsv_start(struct tsv *tsv, struct arena *arena, struct err *err, const char *name,
               const char *text)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* byte order mark of spreadsheets */

    *tsv = (struct tsv){.arena = arena, .err = err, .name = name, .rest = text};
    if (strncmp(text, mark, 3) == 0)
        tsv->rest += 3;
    char *line = next_line(tsv);
    if (line == NULL)
        return tsv_fail(tsv, NULL, "la tabella è vuota");
    if (!text_valid(text, strlen(text)))
        return tsv_fail(tsv, NULL, "il file non è testo UTF-8");
    tsv->width = split(line, tsv->columns, TSV_COLUMNS);
    if (tsv->width > TSV_COLUMNS)
        return tsv_fail(tsv, NULL, "troppe colonne");
    return true;
}

bool tsv_next(struct tsv *tsv)
{
    char *line = next_line(tsv);

    if (line == NULL) {
        if (*tsv->rest != '\0')
            return tsv_fail(tsv, NULL, "troppe righe");
        return false;
    }
    size_t count = split(line, tsv->cells, tsv->width);
    if (count > tsv->width)
        return tsv_fail(tsv, NULL, "più celle che colonne");
    for (; count < tsv->width; count++)
        tsv->cells[count] = "";
    return true;
}

const char *tsv_text(struct tsv *tsv, const char *column)
{
    for (size_t i = 0; i < tsv->width; i++)
        if (strcmp(tsv->columns[i], column) == 0)
            return tsv->cells[i];
    (void)tsv_fail(tsv, column, "manca la colonna");
    return "";
}

int64_t tsv_int(struct tsv *tsv, const char *column)
{
    const char *text = tsv_text(tsv, column);
    bool minus = text[0] == '-';
    int64_t number = 0;

    if (text[0] == '\0')
        return INT64_MIN;
    for (const char *at = text + minus; *at != '\0' || at == text + minus; at++)
        if (*at < '0' || *at > '9' || __builtin_mul_overflow(number, 10, &number) ||
            __builtin_add_overflow(number, *at - '0', &number)) {
            (void)tsv_fail(tsv, column, "non è un numero intero");
            return INT64_MIN;
        }
    return minus ? -number : number;
}

struct money tsv_money(struct tsv *tsv, const char *column)
{
    const char *text = tsv_text(tsv, column);
    struct money amount = MONEY_INVALID;

    if (text[0] != '\0' && !money_parse_machine(text, &amount))
        (void)tsv_fail(tsv, column, "non è un importo");
    return amount;
}
