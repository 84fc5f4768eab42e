#include "kit/doc/pdf_face.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

enum { WORDS = 1 << 15, WORDS_MAX = 400000, RUN_MAX = 4096 };

struct pdf_fonts {
    struct pdf *pdf;
    struct pdf_font faces[PDF_FACES];
    hb_buffer_t *buffer;
    struct pdf_word **words; /* by hash */
    int word_count;
};

static void fonts_drop(void *data)
{
    struct pdf_fonts *fonts = data;
    for (int i = 0; i < PDF_FACES; i++) {
        hb_font_destroy(fonts->faces[i].font);
        hb_face_destroy(fonts->faces[i].face);
    }
    hb_buffer_destroy(fonts->buffer);
}

struct pdf_fonts *pdf_fonts_new(struct pdf *pdf)
{
    struct pdf_fonts *fonts = ARENA_NEW(pdf->arena, struct pdf_fonts);
    fonts->pdf = pdf;
    fonts->words = ARENA_NEWS(pdf->arena, struct pdf_word *, WORDS);
    fonts->buffer = hb_buffer_create();
    arena_hook(pdf->arena, fonts_drop, fonts);
    return fonts;
}

static struct pdf_font *font_of(struct pdf_fonts *fonts, enum pdf_face face)
{
    struct pdf_font *font = &fonts->faces[face];
    if (!font->font) {
        pdf_font_open(font, fonts->pdf->arena, face);
    }
    return font;
}

static int32_t thousandths(const struct pdf_font *font, int64_t units)
{
    int64_t half = font->units / 2;
    int64_t sum = units * 1000;
    return (int32_t)((sum + (sum < 0 ? -half : half)) / font->units);
}

int32_t pdf_glyph_width(struct pdf_fonts *fonts, struct pdf_glyph glyph)
{
    if (glyph.face == PDF_BOX) {
        return glyph.advance;
    }
    struct pdf_font *font = font_of(fonts, glyph.face);
    return thousandths(font, hb_font_get_glyph_h_advance(font->font, glyph.id));
}

/* Notes that a glyph is used for a text; false when it already stands for another one. */
static bool glyph_use(struct pdf_fonts *fonts, struct pdf_font *font, unsigned id, const char *text,
                      size_t size)
{
    if (!font->texts[id]) {
        font->texts[id] = arena_strndup(fonts->pdf->arena, text, size);
        font->used = true;
        return true;
    }
    return strlen(font->texts[id]) == size && memcmp(font->texts[id], text, size) == 0;
}

struct pdf_glyph pdf_space(struct pdf_fonts *fonts, enum pdf_face face)
{
    struct pdf_font *font = font_of(fonts, face);
    hb_codepoint_t id = 0;
    hb_font_get_nominal_glyph(font->font, ' ', &id);
    glyph_use(fonts, font, id, " ", 1);
    struct pdf_glyph glyph = {.id = (uint16_t)id, .face = (uint8_t)face};
    glyph.advance = pdf_glyph_width(fonts, glyph);
    return glyph;
}

/* A run: characters of one word that one face can show. */
struct run {
    uint8_t face;
    size_t from, to;
};

static uint8_t face_for(struct pdf_fonts *fonts, enum pdf_face face, ucs4_t c)
{
    hb_codepoint_t id;
    if (hb_font_get_nominal_glyph(font_of(fonts, face)->font, c, &id)) {
        return (uint8_t)face;
    }
    if (hb_font_get_nominal_glyph(font_of(fonts, PDF_FALLBACK)->font, c, &id)) {
        return PDF_FALLBACK;
    }
    return PDF_BOX;
}

/* Characters that are not seen (joiners, marks of direction, soft hyphens) stay with the run they
 * are in: HarfBuzz wants them, and leaves no glyph for them. */
static size_t runs_find(struct pdf_fonts *fonts, enum pdf_face face, const char *text, size_t size,
                        struct run *runs, size_t max)
{
    size_t count = 0;
    for (size_t at = 0; at < size;) {
        ucs4_t c = 0;
        int step = u8_mbtoucr(&c, (const uint8_t *)text + at, size - at);
        size_t next = at + (step > 0 ? (size_t)step : 1);
        bool unseen = uc_is_property_default_ignorable_code_point(c);
        uint8_t which =
            unseen ? (count ? runs[count - 1].face : (uint8_t)face) : face_for(fonts, face, c);
        if (count && (runs[count - 1].face == which || count == max)) {
            runs[count - 1].to = next;
        } else {
            runs[count++] = (struct run){which, at, next};
        }
        at = next;
    }
    return count;
}

static void box_add(struct pdf_word *word, const char *text, struct run run)
{
    for (size_t at = run.from; at < run.to;) {
        int step = u8_mblen((const uint8_t *)text + at, run.to - at);
        at += step > 0 ? (size_t)step : 1;
        word->glyphs[word->count++] = (struct pdf_glyph){.face = PDF_BOX, .advance = 700};
        word->width += 700;
    }
    word->actual = true;
}

/* Where the cluster of glyph `i` ends in the text: the next higher cluster of the run. */
static size_t cluster_end(const hb_glyph_info_t *infos, unsigned count, unsigned i, size_t to)
{
    size_t end = to;
    for (unsigned k = 0; k < count; k++) {
        if (infos[k].cluster > infos[i].cluster && infos[k].cluster < end) {
            end = infos[k].cluster;
        }
    }
    return end;
}

/* No script of our fonts makes more than two glyphs of a byte. */
static uint32_t glyphs_max(size_t size)
{
    return (uint32_t)size * 2 + 2;
}

static void glyph_add(struct pdf_fonts *fonts, struct pdf_word *word, uint8_t face,
                      const hb_glyph_info_t *info, const hb_glyph_position_t *position)
{
    struct pdf_font *font = font_of(fonts, face);
    if (word->count == glyphs_max(word->size)) {
        return; /* such a font is not ours */
    }
    struct pdf_glyph *glyph = &word->glyphs[word->count++];
    *glyph = (struct pdf_glyph){
        .id = (uint16_t)info->codepoint,
        .face = face,
        .advance = thousandths(font, position->x_advance),
        .dx = (int16_t)thousandths(font, position->x_offset),
        .dy = (int16_t)thousandths(font, position->y_offset),
    };
    if (glyph->id == 0) { /* shaping found no glyph after all */
        *glyph = (struct pdf_glyph){.face = PDF_BOX, .advance = 700};
        word->actual = true;
    }
    word->width += glyph->advance;
}

static void run_shape(struct pdf_fonts *fonts, struct pdf_word *word, struct run run)
{
    /* one glyph for one character where the script can do without ligatures */
    static const hb_feature_t features[] = {
        {HB_TAG('l', 'i', 'g', 'a'), 0, 0, HB_FEATURE_GLOBAL_END},
        {HB_TAG('c', 'l', 'i', 'g'), 0, 0, HB_FEATURE_GLOBAL_END},
    };
    struct pdf_font *font = font_of(fonts, run.face);
    hb_buffer_reset(fonts->buffer);
    hb_buffer_add_utf8(fonts->buffer, word->text, (int)word->size, (unsigned)run.from,
                       (int)(run.to - run.from));
    hb_buffer_guess_segment_properties(fonts->buffer);
    hb_buffer_set_flags(fonts->buffer, HB_BUFFER_FLAG_REMOVE_DEFAULT_IGNORABLES);
    word->rtl = word->rtl || hb_buffer_get_direction(fonts->buffer) == HB_DIRECTION_RTL;
    hb_shape(font->font, fonts->buffer, features, 2);
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(fonts->buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(fonts->buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        glyph_add(fonts, word, run.face, &infos[i], &positions[i]);
        size_t end = cluster_end(infos, count, i, run.to);
        const char *text = word->text + infos[i].cluster;
        bool shared = i > 0 && infos[i - 1].cluster == infos[i].cluster;
        bool told = infos[i].codepoint == 0 ||
                    glyph_use(fonts, font, infos[i].codepoint, text, end - infos[i].cluster);
        word->actual = word->actual || shared || !told;
    }
}

static uint32_t hash_of(enum pdf_face face, const char *text, size_t size)
{
    uint32_t hash = 2166136261u ^ (uint32_t)face;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    }
    return hash % WORDS;
}

static struct pdf_word *word_make(struct pdf_fonts *fonts, enum pdf_face face, const char *text,
                                  size_t size)
{
    enum { RUNS = 64 };
    struct run runs[RUNS];
    struct pdf_word *word = ARENA_NEW(fonts->pdf->arena, struct pdf_word);
    word->text = arena_strndup(fonts->pdf->arena, text, size);
    word->size = size;
    word->face = (uint8_t)face;
    word->glyphs = ARENA_NEWS(fonts->pdf->arena, struct pdf_glyph, glyphs_max(size));
    size_t count = runs_find(fonts, face, word->text, size, runs, RUNS);
    for (size_t i = 0; i < count; i++) {
        if (runs[i].face == PDF_BOX) {
            box_add(word, word->text, runs[i]);
        } else {
            run_shape(fonts, word, runs[i]);
        }
    }
    return word;
}

const struct pdf_word *pdf_shape(struct pdf_fonts *fonts, enum pdf_face face, const char *text,
                                 size_t size)
{
    uint32_t hash = hash_of(face, text, size);
    for (struct pdf_word *word = fonts->words[hash]; word; word = word->next) {
        if (word->face == face && word->size == size && memcmp(word->text, text, size) == 0) {
            return word;
        }
    }
    struct pdf_word *word = word_make(fonts, face, text, size);
    if (fonts->word_count < WORDS_MAX) {
        fonts->word_count++;
        word->next = fonts->words[hash];
        fonts->words[hash] = word;
    }
    return word;
}

const char *pdf_fonts_write(struct pdf_fonts *fonts)
{
    struct buf names;
    buf_init(&names, fonts->pdf->arena, 4096);
    for (int i = 0; i < PDF_FACES; i++) {
        if (fonts->faces[i].used) {
            buf_printf(&names, "/F%d %d 0 R", i, pdf_font_write(&fonts->faces[i], fonts->pdf));
        }
    }
    return names.data;
}
