#include "kit/doc/pdf_write.h"

#include "kit/doc/parts.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* Where an object is: at a byte of the file (`stream` 0), or the `at`-th of an object stream. */
struct pdf_place {
    int64_t at;
    int stream;
};

static void *zip_alloc(void *arena, unsigned count, unsigned size)
{
    return arena_array(arena, count, size);
}

static void zip_free(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

void pdf_init(struct pdf *pdf, struct arena *arena, int part)
{
    *pdf = (struct pdf){.arena = arena, .part = part, .room = 256};
    pdf->places = ARENA_NEWS(arena, struct pdf_place, 256);
    pdf->zip.zalloc = zip_alloc;
    pdf->zip.zfree = zip_free;
    pdf->zip.opaque = arena;
    if (deflateInit(&pdf->zip, 6) != Z_OK) {
        abort();
    }
    buf_init(&pdf->out, arena, DOC_SIZE_MAX);
    buf_init(&pdf->packed, arena, DOC_SIZE_MAX);
    buf_init(&pdf->index, arena, DOC_SIZE_MAX);
    buf_init(&pdf->body, arena, DOC_SIZE_MAX);
    buf_init(&pdf->squeezed, arena, DOC_SIZE_MAX);
    /* four bytes above 127 tell tools that copy files that this one is binary */
    buf_printf(&pdf->out, "%%PDF-1.%c\n%%\xe2\xe3\xcf\xd3\n", part == 1 ? '4' : '7');
    pdf->count = 1; /* 0 is the head of the free list */
}

int pdf_reserve(struct pdf *pdf)
{
    if (pdf->count == pdf->room) {
        struct pdf_place *more = ARENA_NEWS(pdf->arena, struct pdf_place, (size_t)pdf->room * 2);
        memcpy(more, pdf->places, (size_t)pdf->room * sizeof *more);
        pdf->places = more;
        pdf->room *= 2;
    }
    if (pdf->count >= PDF_OBJECTS_MAX) {
        pdf->out.full = true; /* the reader gets "too large"; numbers go round */
        return 1;
    }
    return pdf->count++;
}

struct buf *pdf_begin(struct pdf *pdf, int number)
{
    pdf->open = number;
    if (pdf->part == 1) {
        pdf->places[number] = (struct pdf_place){(int64_t)pdf->out.size, 0};
        buf_printf(&pdf->out, "%d 0 obj\n", number);
        return &pdf->out;
    }
    buf_printf(&pdf->index, "%d %zu ", number, pdf->packed.size);
    return &pdf->packed;
}

static void pack_flush(struct pdf *pdf)
{
    if (pdf->packed_count == 0) {
        return;
    }
    int number = pdf_reserve(pdf);
    for (int i = 0; i < pdf->packed_count; i++) {
        pdf->places[pdf->packed_numbers[i]].stream = number;
    }
    struct buf *body = &pdf->body;
    body->size = 0;
    buf_add(body, pdf->index.data, pdf->index.size);
    buf_add(body, pdf->packed.data, pdf->packed.size);
    char dict[80];
    snprintf(dict, sizeof dict, "/Type/ObjStm/N %d/First %zu", pdf->packed_count, pdf->index.size);
    pdf_stream(pdf, number, dict, (struct bytes){(unsigned char *)body->data, body->size});
    pdf->packed_count = 0;
    pdf->packed.size = pdf->index.size = 0;
}

void pdf_end(struct pdf *pdf)
{
    if (pdf->part == 1) {
        buf_text(&pdf->out, "\nendobj\n");
        return;
    }
    buf_char(&pdf->packed, '\n');
    pdf->places[pdf->open] = (struct pdf_place){pdf->packed_count, 0};
    pdf->packed_numbers[pdf->packed_count++] = pdf->open;
    if (pdf->packed_count == PDF_PACK) {
        pack_flush(pdf);
    }
}

void pdf_stream_plain(struct pdf *pdf, int number, const char *dict, struct bytes bytes)
{
    pdf->places[number] = (struct pdf_place){(int64_t)pdf->out.size, 0};
    buf_printf(&pdf->out, "%d 0 obj\n<<%s/Length %zu>>\nstream\n", number, dict, bytes.size);
    buf_add(&pdf->out, bytes.data, bytes.size);
    buf_text(&pdf->out, "\nendstream\nendobj\n");
}

/* One deflate for the whole file: its quarter of a megabyte is taken once. */
static struct bytes squeeze(struct pdf *pdf, struct bytes bytes)
{
    unsigned char chunk[16384];
    deflateReset(&pdf->zip);
    pdf->squeezed.size = 0;
    pdf->zip.next_in = (unsigned char *)(uintptr_t)bytes.data; /* zlib only reads */
    pdf->zip.avail_in = (unsigned)bytes.size;
    int state = Z_OK;
    while (state == Z_OK) {
        pdf->zip.next_out = chunk;
        pdf->zip.avail_out = sizeof chunk;
        state = deflate(&pdf->zip, Z_FINISH);
        buf_add(&pdf->squeezed, chunk, sizeof chunk - pdf->zip.avail_out);
    }
    return (struct bytes){(unsigned char *)pdf->squeezed.data, pdf->squeezed.size};
}

void pdf_stream(struct pdf *pdf, int number, const char *dict, struct bytes bytes)
{
    if (bytes.size > DOC_SIZE_MAX) {
        pdf->out.full = true;
        return;
    }
    const char *with_filter = arena_printf(pdf->arena, "%s/Filter/FlateDecode", dict);
    pdf_stream_plain(pdf, number, with_filter, squeeze(pdf, bytes));
}

/* The identity of the file is its content: the same document is the same file. */
static void trailer_write(struct pdf *pdf, struct buf *buf, int catalog, int info)
{
    unsigned char hash[16];
    char hex[33];
    crypto_generichash(hash, sizeof hash, (const unsigned char *)pdf->out.data, pdf->out.size, NULL,
                       0);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    buf_printf(buf, "/Size %d/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]", pdf->count, catalog, info, hex,
               hex);
}

static void table_write(struct pdf *pdf, int catalog, int info)
{
    size_t start = pdf->out.size;
    struct buf trailer;
    buf_init(&trailer, pdf->arena, 4096);
    trailer_write(pdf, &trailer, catalog, info);
    buf_printf(&pdf->out, "xref\n0 %d\n0000000000 65535 f \n", pdf->count);
    for (int i = 1; i < pdf->count; i++) {
        buf_printf(&pdf->out, "%010lld 00000 n \n", (long long)pdf->places[i].at);
    }
    buf_printf(&pdf->out, "trailer\n<<%s>>\nstartxref\n%zu\n%%%%EOF\n", trailer.data, start);
}

/* The cross references as a stream: one byte of kind, four of place, two of place in the stream. */
static void stream_write(struct pdf *pdf, int catalog, int info)
{
    int number = pdf_reserve(pdf);
    size_t start = pdf->out.size;
    pdf->places[number] = (struct pdf_place){(int64_t)start, 0};
    struct buf rows, dict;
    buf_init(&rows, pdf->arena, DOC_SIZE_MAX);
    buf_init(&dict, pdf->arena, 4096);
    for (int i = 0; i < pdf->count; i++) {
        struct pdf_place place = pdf->places[i];
        uint32_t at = (uint32_t)(place.stream ? place.stream : place.at);
        uint16_t nth = place.stream ? (uint16_t)place.at : i ? 0 : 65535;
        unsigned char row[7] = {(unsigned char)(i == 0         ? 0
                                                : place.stream ? 2
                                                               : 1),
                                (unsigned char)(at >> 24),
                                (unsigned char)(at >> 16),
                                (unsigned char)(at >> 8),
                                (unsigned char)at,
                                (unsigned char)(nth >> 8),
                                (unsigned char)nth};
        buf_add(&rows, row, sizeof row);
    }
    buf_text(&dict, "/Type/XRef/W[1 4 2]");
    trailer_write(pdf, &dict, catalog, info);
    pdf_stream(pdf, number, dict.data, (struct bytes){(unsigned char *)rows.data, rows.size});
    buf_printf(&pdf->out, "startxref\n%zu\n%%%%EOF\n", start);
}

bool pdf_close(struct pdf *pdf, int catalog, int info, struct bytes *out, struct err *err)
{
    pack_flush(pdf);
    if (pdf->part == 1) {
        table_write(pdf, catalog, info);
    } else {
        stream_write(pdf, catalog, info);
    }
    pdf->out.full = pdf->out.full || pdf->packed.full || pdf->index.full || pdf->squeezed.full;
    return doc_finish(&pdf->out, out, err);
}

void pdf_length(struct buf *buf, int64_t thousandths)
{
    char text[32];
    int64_t size = thousandths < 0 ? -thousandths : thousandths;
    int used = snprintf(text, sizeof text, "%s%lld.%03lld", thousandths < 0 ? "-" : "",
                        (long long)(size / 1000), (long long)(size % 1000));
    while (text[used - 1] == '0') {
        used--;
    }
    used -= text[used - 1] == '.';
    buf_add(buf, text, (size_t)used);
}

void pdf_utf16(struct buf *buf, const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        ucs4_t c = 0;
        int step = u8_mbtoucr(&c, (const uint8_t *)text + at, size - at);
        at += step > 0 ? (size_t)step : 1;
        c = step > 0 ? c : 0xfffd;
        if (c < 0x10000) {
            buf_printf(buf, "%04X", (unsigned)c);
        } else {
            unsigned high = 0xd800 + (unsigned)((c - 0x10000) >> 10);
            buf_printf(buf, "%04X%04X", high, 0xdc00 + (unsigned)((c - 0x10000) & 0x3ff));
        }
    }
}

void pdf_text(struct buf *buf, const char *text)
{
    buf_text(buf, "<FEFF");
    pdf_utf16(buf, text);
    buf_char(buf, '>');
}
