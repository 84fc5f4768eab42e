/* Lines: where a text breaks, how wide it is. */
#include "kit/doc/pdf_page.h"

#include <string.h>
#include <unigbrk.h>
#include <unistr.h>

/* Words longer than this are shaped in pieces that may part at the edge. */
enum { WORD_GRAPHEMES = 24, WORD_BYTES = 96 };

struct breaker {
    struct pdf_fonts *fonts;
    struct arena *arena;
    const struct pdf_style *style;
    int32_t most;  /* thousandths of the size */
    int32_t space; /* width of one */
    struct pdf_line *first, *last;
    struct pdf_piece *pieces; /* of the line being filled: in `few`, or in the arena */
    struct pdf_piece few[64];
    int count, room;
    int32_t width;
};

static void breaker_init(struct breaker *breaker, struct pdf_fonts *fonts, struct arena *arena,
                         const struct pdf_style *style)
{
    breaker->fonts = fonts;
    breaker->arena = arena;
    breaker->style = style;
    breaker->first = breaker->last = NULL;
    breaker->pieces = breaker->few;
    breaker->count = 0;
    breaker->room = sizeof breaker->few / sizeof breaker->few[0];
    breaker->width = 0;
}

static int32_t to_length(const struct pdf_style *style, int64_t em)
{
    return (int32_t)(em * style->size / 1000);
}

static void line_end(struct breaker *breaker)
{
    struct pdf_line *line = ARENA_NEW(breaker->arena, struct pdf_line);
    line->count = breaker->count;
    line->width = to_length(breaker->style, breaker->width);
    if (line->count) {
        line->pieces = ARENA_NEWS(breaker->arena, struct pdf_piece, (size_t)line->count);
        memcpy(line->pieces, breaker->pieces, (size_t)line->count * sizeof *line->pieces);
    }
    if (breaker->last) {
        breaker->last->next = line;
    } else {
        breaker->first = line;
    }
    breaker->last = line;
    breaker->count = 0;
    breaker->width = 0;
}

static void piece_add(struct breaker *breaker, const struct pdf_word *word, bool space)
{
    space = space && breaker->count;
    if (breaker->count == breaker->room) {
        int room = breaker->room * 2;
        struct pdf_piece *more = ARENA_NEWS(breaker->arena, struct pdf_piece, (size_t)room);
        memcpy(more, breaker->pieces, (size_t)breaker->count * sizeof *more);
        breaker->pieces = more;
        breaker->room = room;
    }
    breaker->pieces[breaker->count++] = (struct pdf_piece){word, space};
    breaker->width += word->width + (space ? breaker->space : 0);
}

/* Where the grapheme at `at` ends; never past WORD_BYTES, never inside a character. */
static size_t grapheme_end(const char *text, size_t at, size_t size)
{
    const uint8_t *from = (const uint8_t *)text + at;
    const uint8_t *next = u8_grapheme_next(from, (const uint8_t *)text + size);
    size_t step = next ? (size_t)(next - from) : size - at;
    if (step > WORD_BYTES) {
        int one = u8_mblen(from, size - at);
        step = one > 0 ? (size_t)one : 1;
    }
    return at + step;
}

/* The longest beginning that fits in an empty line; at least one grapheme. */
static size_t prefix_fitting(struct breaker *breaker, const char *text, size_t size)
{
    size_t end = grapheme_end(text, 0, size);
    while (end < size) {
        size_t next = grapheme_end(text, end, size);
        if (pdf_shape(breaker->fonts, breaker->style->face, text, next)->width > breaker->most) {
            break;
        }
        end = next;
    }
    return end;
}

static void word_add(struct breaker *breaker, const char *text, size_t size, bool space)
{
    while (size) {
        const struct pdf_word *word = pdf_shape(breaker->fonts, breaker->style->face, text, size);
        int32_t need = word->width + (space && breaker->count ? breaker->space : 0);
        if (breaker->width + need <= breaker->most) {
            piece_add(breaker, word, space);
            return;
        }
        if (breaker->count) {
            line_end(breaker);
            continue;
        }
        size_t part = prefix_fitting(breaker, text, size);
        piece_add(breaker, pdf_shape(breaker->fonts, breaker->style->face, text, part), false);
        text += part;
        size -= part;
        if (size) {
            line_end(breaker);
        }
    }
}

/* The next piece of text without a break: up to a space, the end, or the limits of a word. Looks
 * no further than those limits, however long the word is. */
static size_t word_size(const char *text)
{
    size_t size = 0, at = 0;
    while (size < 4 * WORD_BYTES && text[size] && text[size] != ' ' && text[size] != '\n') {
        size++;
    }
    if (size <= WORD_GRAPHEMES) {
        return size;
    }
    for (int count = 0; at < size && count < WORD_GRAPHEMES && at < WORD_BYTES; count++) {
        at = grapheme_end(text, at, size);
    }
    return at;
}

struct pdf_line *lines_break(struct pdf_fonts *fonts, struct arena *arena, const char *text,
                             const struct pdf_style *style, int32_t width)
{
    struct breaker breaker;
    breaker_init(&breaker, fonts, arena, style);
    breaker.most = (int32_t)((int64_t)(width > 0 ? width : 1) * 1000 / style->size);
    breaker.space = pdf_space(fonts, style->face).advance;
    bool space = false;
    for (const char *c = text; *c;) {
        if (*c == '\n') {
            line_end(&breaker);
            c++;
            space = false;
        } else if (*c == ' ') {
            c++;
            space = true;
        } else {
            size_t size = word_size(c);
            word_add(&breaker, c, size, space);
            c += size;
            space = false;
        }
    }
    if (breaker.count) {
        line_end(&breaker);
    }
    return breaker.first;
}

int lines_count(const struct pdf_line *lines)
{
    int count = 0;
    for (; lines; lines = lines->next) {
        count++;
    }
    return count;
}

int32_t text_width(struct pdf_fonts *fonts, const char *text, const struct pdf_style *style)
{
    int64_t width = 0, space = pdf_space(fonts, style->face).advance;
    for (const char *c = text; *c;) {
        if (*c == ' ' || *c == '\n') {
            width += space;
            c++;
            continue;
        }
        size_t size = word_size(c);
        width += pdf_shape(fonts, style->face, c, size)->width;
        c += size;
        if (width > 1000000) {
            break; /* wider than any page */
        }
    }
    return to_length(style, width);
}
