#include "kit/doc/ods.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

__extension__ typedef __int128 wide; /* ISO C has no name for it */

char ods_style(enum field_type type)
{
    static const char letters[] = {
        [FIELD_NONE] = 'S',    [FIELD_ID] = 'S',      [FIELD_INT] = 'I',   [FIELD_BOOL] = 'S',
        [FIELD_TEXT] = 'S',    [FIELD_MONEY] = 'E',   [FIELD_RATE] = 'P',  [FIELD_DAY] = 'D',
        [FIELD_INSTANT] = 'M', [FIELD_MINUTES] = 'H', [FIELD_BYTES] = 'S',
    };
    return letters[type];
}

/* num/den with ten decimals, by division in whole numbers: no rounding but the last cut. */
static void ratio_write(struct buf *buf, struct rate rate)
{
    wide num = rate.num < 0 ? -(wide)rate.num : rate.num;
    buf_printf(buf, "%s%lld.", rate.num < 0 ? "-" : "", (long long)(num / rate.den));
    for (int i = 0; i < 10; i++) {
        num = num % rate.den * 10;
        buf_char(buf, (char)('0' + (int)(num / rate.den)));
    }
}

/* Local time of Rome, as it is shown: "2026-03-05T14:07:00". */
static void moment_write(struct buf *buf, struct instant instant)
{
    char text[INSTANT_TEXT], day[DAY_TEXT];
    int hours = 0, minutes = 0;
    if (sscanf(instant_it(instant, text), "%*s %d:%d", &hours, &minutes) != 2) {
        hours = 0;
    }
    buf_printf(buf, "%sT%02d:%02d:00", day_iso(instant_day(instant), day), hours, minutes);
}

void ods_value(struct buf *buf, const struct doc_cell *cell)
{
    char day[DAY_TEXT], amount[MONEY_TEXT];
    switch (ods_style(cell->type)) {
    case 'I':
        buf_printf(buf, " office:value-type=\"float\" office:value=\"%lld",
                   (long long)cell->value.integer);
        break;
    case 'E':
        buf_printf(buf, " office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"%s",
                   money_machine(cell->value.money, amount));
        break;
    case 'P':
        buf_text(buf, " office:value-type=\"percentage\" office:value=\"");
        ratio_write(buf, cell->value.rate);
        break;
    case 'D':
        buf_printf(buf, " office:value-type=\"date\" office:date-value=\"%s",
                   day_iso(cell->value.day, day));
        break;
    case 'M':
        buf_text(buf, " office:value-type=\"date\" office:date-value=\"");
        moment_write(buf, cell->value.instant);
        break;
    default: {
        long long minutes = cell->value.minutes.n;
        long long size = minutes < 0 ? -minutes : minutes;
        buf_printf(buf, " office:value-type=\"time\" office:time-value=\"%sPT%lldH%lldM0S",
                   minutes < 0 ? "-" : "", size / 60, size % 60);
    }
    }
    buf_char(buf, '"');
}

const char *ods_column(struct arena *arena, size_t index)
{
    char text[8];
    size_t at = sizeof text - 1;
    text[at] = 0;
    for (size_t left = index + 1; left && at; left = (left - 1) / 26) {
        text[--at] = (char)('A' + (left - 1) % 26);
    }
    return arena_strdup(arena, text + at);
}

/* Length of a reference to a cell ("$AB12") at `text`; 0 = something else, as the name of a
 * function. */
static size_t reference(const char *text)
{
    size_t at = text[0] == '$', letters = 0, digits = 0;
    while (text[at] >= 'A' && text[at] <= 'Z') {
        at++, letters++;
    }
    at += text[at] == '$';
    while (text[at] >= '0' && text[at] <= '9') {
        at++, digits++;
    }
    return letters >= 1 && letters <= 3 && digits && text[at] != '(' ? at : 0;
}

const char *ods_formula(struct arena *arena, const char *formula)
{
    struct buf buf;
    bool quoted = false;
    buf_init(&buf, arena, 64 * 1024);
    buf_text(&buf, "of:");
    for (const char *c = formula; *c;) {
        size_t size = quoted ? 0 : reference(c);
        if (size) {
            buf_text(&buf, "[.");
            buf_add(&buf, c, size);
            c += size;
            size = *c == ':' ? reference(c + 1) : 0;
            if (size) {
                buf_text(&buf, ":.");
                buf_add(&buf, c + 1, size);
                c += size + 1;
            }
            buf_char(&buf, ']');
            continue;
        }
        quoted = quoted != (*c == '"');
        buf_char(&buf, !quoted && *c == ',' ? ';' : *c);
        /* the letters of a name belong together: LOG10( is no cell */
        while (!quoted && *c >= 'A' && *c <= 'Z' && c[1] >= 'A' && c[1] <= 'Z') {
            buf_char(&buf, *++c);
        }
        c++;
    }
    return buf.data;
}

enum { PIECE = 1 << 18 };

void ods_text_init(struct ods_text *text, struct arena *arena)
{
    *text = (struct ods_text){.room = 0};
    buf_init(&text->buf, arena, DOC_SIZE_MAX);
}

void ods_text_turn(struct ods_text *text, bool all)
{
    if (text->buf.size < PIECE && !all) {
        return;
    }
    if (text->count == text->room) {
        size_t room = text->room ? text->room * 2 : 16;
        struct bytes *more = ARENA_NEWS(text->buf.arena, struct bytes, room);
        if (text->count) {
            memcpy(more, text->pieces, text->count * sizeof *more);
        }
        text->pieces = more;
        text->room = room;
    }
    const char *piece = arena_strndup(text->buf.arena, text->buf.data, text->buf.size);
    text->pieces[text->count++] = (struct bytes){(const unsigned char *)piece, text->buf.size};
    text->buf.size = 0;
}

struct archive {
    zip_t *zip;
    zip_source_t *source;
};

static void archive_drop(void *data)
{
    struct archive *archive = data;
    if (archive->zip) {
        zip_discard(archive->zip);
    }
    if (archive->source) {
        zip_source_free(archive->source);
    }
}

/* 1 January 1980: the archive must not tell when it was made. */
enum { DOS_DATE = 0x21, DOS_TIME = 0 };

static bool entry_add(zip_t *zip, const struct ods_entry *entry, struct arena *arena, bool stored)
{
    zip_buffer_fragment_t *parts = ARENA_NEWS(arena, zip_buffer_fragment_t, entry->count);
    for (size_t i = 0; i < entry->count; i++) {
        parts[i].data = (unsigned char *)(uintptr_t)entry->pieces[i].data; /* libzip only reads */
        parts[i].length = entry->pieces[i].size;
    }
    zip_source_t *source = zip_source_buffer_fragment(zip, parts, entry->count, 0);
    zip_int64_t index = source ? zip_file_add(zip, entry->name, source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    zip_uint64_t at = (zip_uint64_t)index;
    return zip_set_file_compression(zip, at, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6) == 0 &&
           zip_file_set_dostime(zip, at, DOS_TIME, DOS_DATE, 0) == 0;
}

static bool source_read(zip_source_t *source, struct arena *arena, struct bytes *out)
{
    zip_stat_t stat;
    if (zip_source_stat(source, &stat) != 0 || zip_source_open(source) != 0) {
        return false;
    }
    unsigned char *data = arena_alloc(arena, stat.size);
    zip_int64_t got = zip_source_read(source, data, stat.size);
    zip_source_close(source);
    *out = (struct bytes){data, stat.size};
    return got >= 0 && (zip_uint64_t)got == stat.size;
}

bool ods_zip(const struct ods_entry *entries, size_t count, struct arena *arena, struct bytes *out,
             struct err *err)
{
    struct archive *archive = ARENA_NEW(arena, struct archive);
    arena_hook(arena, archive_drop, archive);
    archive->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (!archive->source) {
        return err_set(err, ERR_IO, "libzip: no source");
    }
    zip_source_keep(archive->source); /* ours, beside the archive's */
    archive->zip = zip_open_from_source(archive->source, ZIP_TRUNCATE, NULL);
    if (!archive->zip) {
        zip_source_free(archive->source);
        return err_set(err, ERR_IO, "libzip: no archive");
    }
    for (size_t i = 0; i < count; i++) {
        if (!entry_add(archive->zip, &entries[i], arena, i == 0)) {
            return err_set(err, ERR_IO, "libzip: %s", zip_strerror(archive->zip));
        }
    }
    if (zip_close(archive->zip) != 0) {
        return err_set(err, ERR_IO, "libzip: %s", zip_strerror(archive->zip));
    }
    archive->zip = NULL;
    return source_read(archive->source, arena, out) || err_set(err, ERR_IO, "libzip: no bytes");
}
