/* XLSX by libxlsxwriter: one sheet a table, heading in row 1, frozen and with a filter; values keep
 * their type. The file is written to memory (a memfd); rows go through temporary files of the
 * library, so a hundred thousand of them do not fill the memory. */
#include "kit/doc/sheet.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum style { PLAIN, NUMBER, EURO, PERCENT, DATE, MOMENT, HOURS, STYLES };

struct xlsx {
    struct arena *arena;
    lxw_workbook *book;
    int fd;
    lxw_format *head;
    lxw_format *styles[2][STYLES]; /* [1] = of a total */
};

/* Runs when the arena goes, however the drawing ended. */
static void xlsx_drop(void *data)
{
    struct xlsx *xlsx = data;
    if (xlsx->book) {
        lxw_workbook_free(xlsx->book);
    }
    if (xlsx->fd >= 0) {
        close(xlsx->fd);
    }
}

static bool xlsx_open(struct xlsx *xlsx, struct arena *arena, struct err *err)
{
    *xlsx = (struct xlsx){.arena = arena, .fd = memfd_create("xlsx", MFD_CLOEXEC)};
    arena_hook(arena, xlsx_drop, xlsx);
    if (xlsx->fd < 0) {
        return err_set(err, ERR_IO, "memfd_create: %s", strerror(errno));
    }
    const char *path = arena_printf(arena, "/proc/self/fd/%d", xlsx->fd);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    xlsx->book = workbook_new_opt(path, &options);
    return xlsx->book || err_set(err, ERR_IO, "libxlsxwriter: no workbook");
}

static void styles_make(struct xlsx *xlsx)
{
    static const char *const formats[STYLES] = {
        [PLAIN] = "@",       [NUMBER] = "#,##0",    [EURO] = "#,##0.00\\ [$€-410]",
        [PERCENT] = "0.00%", [DATE] = "dd/mm/yyyy", [MOMENT] = "dd/mm/yyyy\\ hh:mm",
        [HOURS] = "[h]:mm",
    };
    for (int total = 0; total < 2; total++) {
        for (int i = 0; i < STYLES; i++) {
            lxw_format *format = workbook_add_format(xlsx->book);
            format_set_num_format(format, formats[i]);
            format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
            if (total) {
                format_set_bold(format);
                format_set_top(format, LXW_BORDER_THIN);
            }
            xlsx->styles[total][i] = format;
        }
    }
    xlsx->head = workbook_add_format(xlsx->book);
    format_set_bold(xlsx->head);
    format_set_text_wrap(xlsx->head);
    format_set_bottom(xlsx->head, LXW_BORDER_THIN);
    format_set_bg_color(xlsx->head, 0xE6ECF2);
}

/* Spreadsheets count days from 1900 and believe that 29/02/1900 was one: earlier days are text. */
enum { SERIAL_OF_1970 = 25569, SERIAL_FIRST = 61 };

static enum style style_of(const struct doc_cell *cell)
{
    switch (cell->type) {
    case FIELD_INT:
        return NUMBER;
    case FIELD_MONEY:
        return EURO;
    case FIELD_RATE:
        return PERCENT;
    case FIELD_DAY:
        return cell->value.day.n + SERIAL_OF_1970 >= SERIAL_FIRST ? DATE : PLAIN;
    case FIELD_INSTANT:
        return MOMENT;
    case FIELD_MINUTES:
        return HOURS;
    case FIELD_NONE:
    case FIELD_ID:
    case FIELD_BOOL:
    case FIELD_TEXT:
    case FIELD_BYTES:
        break;
    }
    return PLAIN;
}

static double moment_number(struct instant instant)
{
    char text[INSTANT_TEXT];
    int hours = 0, minutes = 0;
    if (sscanf(instant_it(instant, text), "%*s %d:%d", &hours, &minutes) != 2) {
        hours = 0;
    }
    double day = instant_day(instant).n + SERIAL_OF_1970;
    return day + (hours * 60 + minutes) / 1440.0;
}

static double number_of(const struct doc_cell *cell, enum style style)
{
    switch (style) {
    case NUMBER:
        return (double)cell->value.integer;
    case EURO:
        return (double)cell->value.money.cents / 100.0;
    case PERCENT:
        return (double)cell->value.rate.num / (double)cell->value.rate.den;
    case DATE:
        return cell->value.day.n + SERIAL_OF_1970;
    case MOMENT:
        return moment_number(cell->value.instant);
    case HOURS:
        return cell->value.minutes.n / 1440.0;
    case PLAIN:
    case STYLES:
        break;
    }
    return 0;
}

static lxw_error cell_write(struct xlsx *xlsx, lxw_worksheet *sheet, lxw_row_t r, lxw_col_t c,
                            const struct doc_cell *cell, bool total)
{
    enum style style = style_of(cell);
    lxw_format *format = xlsx->styles[total][style];
    if (!doc_cell_known(cell)) {
        return total ? worksheet_write_blank(sheet, r, c, format) : LXW_NO_ERROR;
    }
    if (style == PLAIN) {
        const char *text = sheet_text(xlsx->arena, doc_cell_it(xlsx->arena, cell));
        return worksheet_write_string(sheet, r, c, text, format);
    }
    if (cell->formula) {
        return worksheet_write_formula_num(sheet, r, c, cell->formula, format,
                                           number_of(cell, style));
    }
    return worksheet_write_number(sheet, r, c, number_of(cell, style), format);
}

static lxw_error table_write(struct xlsx *xlsx, const struct doc_table *table, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(xlsx->book, name);
    if (!sheet) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    lxw_error error = LXW_NO_ERROR;
    for (size_t i = 0; i < table->column_count && !error; i++) {
        lxw_col_t c = (lxw_col_t)i;
        worksheet_set_column(sheet, c, c, sheet_width(xlsx->arena, table, i), NULL);
        error = worksheet_write_string(sheet, 0, c, table->columns[i].label, xlsx->head);
    }
    lxw_row_t r = 1;
    for (const struct doc_row *row = table->first; row && !error; row = row->next, r++) {
        for (size_t i = 0; i < table->column_count && !error; i++) {
            error = cell_write(xlsx, sheet, r, (lxw_col_t)i, &row->cells[i], row->total);
        }
    }
    if (table->column_count) {
        worksheet_freeze_panes(sheet, 1, 0);
        worksheet_autofilter(sheet, 0, 0, r - 1, (lxw_col_t)(table->column_count - 1));
        worksheet_repeat_rows(sheet, 0, 0);
    }
    return error;
}

static lxw_error notes_write(struct xlsx *xlsx, const struct doc *doc, const char *name)
{
    lxw_worksheet *sheet = workbook_add_worksheet(xlsx->book, name);
    if (!sheet) {
        return LXW_ERROR_MEMORY_MALLOC_FAILED;
    }
    worksheet_set_column(sheet, 0, 1, 40, NULL);
    lxw_error error =
        worksheet_write_string(sheet, 0, 0, sheet_text(xlsx->arena, doc->meta.title), xlsx->head);
    lxw_row_t r = 1;
    for (const struct doc_block *block = doc->first; block && !error; block = block->next) {
        if (!sheet_note(block)) {
            continue;
        }
        lxw_format *format = block->kind == DOC_HEADING ? xlsx->head : xlsx->styles[0][PLAIN];
        error = worksheet_write_string(sheet, r, 0, sheet_text(xlsx->arena, block->text), format);
        if (!error && *block->value) {
            error =
                worksheet_write_string(sheet, r, 1, sheet_text(xlsx->arena, block->value), format);
        }
        r++;
    }
    return error;
}

/* The library only reads them. */
static char *property(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static lxw_error sheets_write(struct xlsx *xlsx, const struct doc *doc, const struct sheets *sheets)
{
    lxw_doc_properties properties = {
        .title = property(xlsx->arena, doc->meta.title),
        .author = property(xlsx->arena, doc->meta.author),
        .subject = property(xlsx->arena, doc->meta.subject),
        .created = (time_t)(doc->meta.date.us / 1000000),
    };
    /* 0 would be "now": the same data are to make the same bytes */
    properties.created = properties.created ? properties.created : 1;
    lxw_error error = workbook_set_properties(xlsx->book, &properties);
    for (size_t i = 0; i < sheets->count && !error; i++) {
        error = table_write(xlsx, sheets->tables[i], sheets->names[i]);
    }
    if (sheets->notes && !error) {
        error = notes_write(xlsx, doc, sheets->notes);
    }
    return error;
}

static bool file_read(int fd, struct arena *arena, struct bytes *out, struct err *err)
{
    off_t size = lseek(fd, 0, SEEK_END);
    if (size <= 0 || (size_t)size > DOC_SIZE_MAX) {
        return err_set(err, ERR_IO, "libxlsxwriter: wrote nothing");
    }
    unsigned char *data = arena_alloc(arena, (size_t)size);
    for (off_t at = 0; at < size;) {
        ssize_t got = pread(fd, data + at, (size_t)(size - at), at);
        if (got <= 0) {
            return err_set(err, ERR_IO, "XLSX: %s", strerror(errno));
        }
        at += got;
    }
    *out = (struct bytes){data, (size_t)size};
    return true;
}

bool xlsx_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    struct sheets sheets = {0};
    struct xlsx *xlsx = ARENA_NEW(arena, struct xlsx);
    if (!sheets_collect(doc, arena, &sheets, err) || !xlsx_open(xlsx, arena, err)) {
        return false;
    }
    styles_make(xlsx);
    lxw_error error = sheets_write(xlsx, doc, &sheets);
    lxw_workbook *book = xlsx->book;
    xlsx->book = NULL; /* closing frees it, whatever comes of it */
    lxw_error closed = workbook_close(book);
    if (error || closed) {
        return err_set(err, ERR_IO, "libxlsxwriter: %s", lxw_strerror(error ? error : closed));
    }
    return file_read(xlsx->fd, arena, out, err);
}
