/* The reading of a definition from its first line to its last. */
#include "mod/riparto/inside.h"

#include <string.h>

static bool next_row(struct reader *reader)
{
    for (;;) {
        enum csv_state state = csv_next(&reader->csv, reader->arena, &reader->row);
        if (state == CSV_END)
            return false;
        if (state == CSV_ROW && *reader->row.cells[0] == '#')
            continue;
        if (state == CSV_ROW)
            return true;
        definizione_fault(reader, "", "riga che non si riesce a leggere");
        if (state == CSV_NUL)
            return false;
    }
}

bool definizione_heading(const char *word)
{
    return strcmp(word, "ente") == 0 || strcmp(word, "comune") == 0 || strcmp(word, "voce") == 0;
}

const char *definizione_start(const char *text, size_t size, long *line)
{
    const char *end = text + size;
    while (text < end && (*text == '#' || *text == '\n' || *text == '\r')) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (stop == NULL)
            return end;
        text = stop + 1;
        ++*line;
    }
    return text;
}

/* Words up to the heading of the table. False: there is none. */
static bool read_heads(struct reader *reader)
{
    while (next_row(reader)) {
        if (tabella_heading(reader))
            return true;
        if (!reader->tabella)
            testa_row(reader);
    }
    return false;
}

static void blank(struct definizione *def)
{
    *def = (struct definizione){.titolo = "",
                                .atto = "",
                                .importo = MONEY_INVALID,
                                .quota = MONEY_INVALID,
                                .passo = STEP_CENT,
                                .modo = ARROTONDA_RIGA,
                                .trasferimento = RATE(0, 1)};
}

void definizione_read(struct arena *arena, const char *text, size_t size, const char *const *noti,
                      struct definizione *def, struct definizione_faults *faults)
{
    struct reader *reader = ARENA_NEW(arena, struct reader);
    *reader = (struct reader){.arena = arena, .def = def, .faults = faults, .noti = noti};
    long line = 1;
    faults->count = 0;
    blank(def);
    if (size > DEFINIZIONE_SIZE) {
        definizione_fault(reader, "", "il file supera 4 MB");
        return;
    }
    const char *start = definizione_start(text, size, &line);
    csv_open(&reader->csv, start, size - (size_t)(start - text));
    reader->csv.line = line;
    bool table = read_heads(reader);
    if (!reader->seen[0] && faults->count == 0)
        definizione_fault(reader, "metodo", "manca");
    else if (!table && faults->count == 0)
        definizione_fault(reader, "", "manca la tabella, che comincia con ente, comune o voce");
    if (faults->count > 0)
        return;
    testa_end(reader);
    testa_columns(reader);
    if (faults->count == 0 && tabella_start(reader))
        while (next_row(reader))
            tabella_row(reader);
    if (faults->count == 0)
        tabella_end(reader);
}
