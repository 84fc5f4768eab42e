#include "mod/riparto/fonte.h"

#include "base/csv.h"
#include "base/text.h"
#include "kit/doc/sheet_read.h"

#include <string.h>

bool fonte_text(struct arena *arena, struct bytes file, struct bytes *text, struct err *err)
{
    *text = file;
    return !sheet_is(file) || sheet_to_text(arena, file, DEFINIZIONE_SIZE, text, err);
}

/* Text behind a closed quote: no row can be read out of it. */
#define UNREADABLE "\"x\"x"

static void copy_row(struct arena *arena, struct buf *out, const struct csv_row *row)
{
    for (size_t i = 0; i < row->count; i++) {
        char *text = arena_strdup(arena, row->cells[i]);
        for (char *c = text; *c != '\0'; c++)
            if (*c == '\n' || *c == '\r' || *c == '\t')
                *c = ' ';
        csv_cell(out, '\t', i == 0, text);
    }
}

/* The first line may be a title, without any. */
static char separator_of(struct bytes text)
{
    static const char marks[] = "\t;,";
    for (const char *mark = marks; *mark != '\0'; mark++)
        if (memchr(text.data, *mark, text.size) != NULL)
            return *mark;
    return '\t';
}

/* A rule ends where its own table begins: at `tabella`, or at a heading, under whatever name. */
struct heading {
    struct arena *arena;
    const char *said[DEFINIZIONE_INTESTAZIONI]; /* folded: names of the first column */
    size_t count;
};

static bool ends_rule(struct heading *heading, const struct csv_row *row)
{
    const char *first = text_fold(heading->arena, row->cells[0]);
    bool says =
        strcmp(first, "intestazione") == 0 && row->count > 2 && definizione_heading(row->cells[2]);
    if (says && heading->count < DEFINIZIONE_INTESTAZIONI)
        heading->said[heading->count++] = text_fold(heading->arena, row->cells[1]);
    bool ends = definizione_heading(first) || strcmp(first, "tabella") == 0;
    for (size_t i = 0; i < heading->count; i++)
        ends = ends || strcmp(heading->said[i], first) == 0;
    return ends;
}

/* Tabs between cells whatever they were parted by, and each row on the line that it had. A line
 * that cannot be read becomes one that cannot be read: the reader of definitions will say so.
 * `rule` NULL: all of it. Returns the number of lines. */
static long copy_text(struct arena *arena, struct bytes text, struct heading *rule, struct buf *out)
{
    struct csv csv;
    struct csv_row row;
    long line = 1;
    const char *start = definizione_start((const char *)text.data, text.size, &line);
    csv_open(&csv, start, text.size - (size_t)(start - (const char *)text.data));
    csv.line = line;
    csv.separator = separator_of(text);
    for (line = 1;; buf_char(out, '\n'), line++) {
        enum csv_state state = csv_next(&csv, arena, &row);
        if (state == CSV_END || (rule != NULL && state == CSV_ROW && ends_rule(rule, &row)))
            return line - 1;
        for (; line < row.line; line++)
            buf_char(out, '\n');
        if (state == CSV_ROW)
            copy_row(arena, out, &row);
        else
            buf_text(out, UNREADABLE);
    }
}

void fonte_join(struct arena *arena, struct bytes regola, struct bytes tabella, struct fonte *fonte)
{
    struct buf out;
    struct heading heading = {.arena = arena};
    buf_init(&out, arena, (size_t)2 * DEFINIZIONE_SIZE);
    fonte->regola_righe = copy_text(arena, regola, &heading, &out) + 1;
    buf_text(&out, "tabella\n");
    copy_text(arena, tabella, NULL, &out);
    fonte->text = out.data;
    fonte->size = out.size;
}

long fonte_line(const struct fonte *fonte, long line)
{
    bool table = fonte->regola != NULL && line > fonte->regola_righe;
    return table ? line - fonte->regola_righe : line;
}

const char *fonte_place(struct arena *arena, const struct fonte *fonte, long line)
{
    bool rule = fonte->regola != NULL && line > 0 && line <= fonte->regola_righe;
    const char *name = rule ? fonte->regola : fonte->tabella;
    return line <= 0 ? name : arena_printf(arena, "%s:%ld", name, fonte_line(fonte, line));
}
