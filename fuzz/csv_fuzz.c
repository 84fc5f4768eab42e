/* Tables that people bring: any bytes are read to the end without harm, what comes out is UTF-8,
 * and what is written again reads the same. */
#include "base/csv.h"
#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MEMORY = 64 << 20, ROWS = 2000 };

static void require(bool holds)
{
    if (!holds)
        abort();
}

static void again(struct arena *arena, const struct csv_row *row)
{
    struct buf buf;
    struct csv csv;
    struct csv_row same;
    buf_init(&buf, arena, MEMORY / 4);
    for (size_t i = 0; i < row->count; i++)
        csv_cell(&buf, ';', i == 0, row->cells[i]);
    csv_line(&buf);
    csv_open(&csv, buf.data, buf.size);
    csv.separator = ';'; /* one cell alone leaves the guess open */
    require(csv_next(&csv, arena, &same) == CSV_ROW && same.count == row->count);
    for (size_t i = 0; i < row->count; i++)
        require(strcmp(same.cells[i], row->cells[i]) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct csv csv;
    struct csv_row row;
    long line = 0;
    csv_open(&csv, (const char *)data, size);
    for (int i = 0; i < ROWS; i++) {
        struct arena arena;
        arena_init(&arena, MEMORY);
        enum csv_state state = csv_next(&csv, &arena, &row);
        if (state == CSV_ROW) {
            require(row.line > line && row.count >= 1 && row.count <= CSV_CELLS);
            line = row.line;
            for (size_t c = 0; c < row.count; c++)
                require(text_valid(row.cells[c], strlen(row.cells[c])));
            again(&arena, &row);
        }
        arena_release(&arena);
        if (state == CSV_END)
            return 0;
    }
    return 0;
}
