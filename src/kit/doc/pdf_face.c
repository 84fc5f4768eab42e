#include "kit/doc/pdf_face.h"

#include "kit/doc/data.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void pdf_font_open(struct pdf_font *font, struct arena *arena, enum pdf_face face)
{
    static const struct {
        const char *name;
        const unsigned char *from, *to;
    } files[PDF_FACES] = {
        [PDF_REGULAR] = {"TitilliumWeb-Regular", doc_font_regular, doc_font_regular_end},
        [PDF_BOLD] = {"TitilliumWeb-Bold", doc_font_bold, doc_font_bold_end},
        [PDF_FALLBACK] = {"DejaVuSans", doc_font_fallback, doc_font_fallback_end},
    };
    unsigned size = (unsigned)(files[face].to - files[face].from);
    hb_blob_t *blob =
        hb_blob_create((const char *)files[face].from, size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    font->face = hb_face_create(blob, 0);
    hb_blob_destroy(blob);
    font->name = files[face].name;
    font->units = (int)hb_face_get_upem(font->face);
    font->glyph_count = hb_face_get_glyph_count(font->face);
    font->font = hb_font_create(font->face);
    font->texts = ARENA_NEWS(arena, const char *, font->glyph_count + 1);
}

static void blob_drop(void *data)
{
    hb_blob_destroy(*(hb_blob_t **)data);
}

/* The glyphs in use keep their numbers; tables of layout have done their work. */
static hb_subset_plan_t *plan_make(const struct pdf_font *font)
{
    static const hb_tag_t dropped[] = {HB_TAG('G', 'S', 'U', 'B'), HB_TAG('G', 'P', 'O', 'S'),
                                       HB_TAG('G', 'D', 'E', 'F'), HB_TAG('k', 'e', 'r', 'n')};
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input) {
        return NULL;
    }
    for (unsigned i = 0; i < font->glyph_count; i++) {
        if (i == 0 || font->texts[i]) {
            hb_set_add(hb_subset_input_glyph_set(input), i);
        }
    }
    for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++) {
        hb_set_add(hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG), dropped[i]);
    }
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_NO_HINTING |
                                         HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font->face, input);
    hb_subset_input_destroy(input);
    return plan;
}

/* The program of the subset; the glyphs that came along as parts of others are marked in `set`,
 * one bit each. */
static struct bytes subset(const struct pdf_font *font, struct arena *arena, unsigned char *set)
{
    hb_blob_t **blob = ARENA_NEW(arena, hb_blob_t *);
    arena_hook(arena, blob_drop, blob);
    hb_subset_plan_t *plan = plan_make(font);
    hb_face_t *face = NULL;
    if (plan) {
        const hb_map_t *kept = hb_subset_plan_new_to_old_glyph_mapping(plan);
        for (unsigned i = 0; i < font->glyph_count; i++) {
            set[i / 8] |= (unsigned char)(hb_map_has(kept, i) ? 0x80 >> i % 8 : 0);
        }
        face = hb_subset_plan_execute_or_fail(plan);
        hb_subset_plan_destroy(plan);
    }
    if (!face) {
        abort(); /* our own fonts and no memory: the same as an exhausted allocator */
    }
    *blob = hb_face_reference_blob(face);
    hb_face_destroy(face);
    unsigned size = 0;
    const char *data = hb_blob_get_data(*blob, &size);
    return (struct bytes){(const unsigned char *)data, size};
}

static int32_t scaled(const struct pdf_font *font, int32_t units)
{
    return (int32_t)((int64_t)units * 1000 / font->units);
}

static int32_t metric(const struct pdf_font *font, hb_ot_metrics_tag_t tag, int32_t otherwise)
{
    hb_position_t position = 0;
    return hb_ot_metrics_get_position(font->font, tag, &position) ? scaled(font, position)
                                                                  : otherwise;
}

/* FontBBox, from the table `head`. */
static void box_write(const struct pdf_font *font, struct buf *buf)
{
    enum { BOX_AT = 36 };
    hb_blob_t *head = hb_face_reference_table(font->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned size = 0;
    const unsigned char *data = (const unsigned char *)hb_blob_get_data(head, &size);
    buf_text(buf, "/FontBBox[");
    for (int i = 0; i < 4; i++) {
        const unsigned char *at = data + BOX_AT + 2 * i;
        int32_t units = size < BOX_AT + 8 ? 0 : (int16_t)(uint16_t)(at[0] << 8 | at[1]);
        buf_printf(buf, "%s%d", i ? " " : "", scaled(font, units));
    }
    buf_char(buf, ']');
    hb_blob_destroy(head);
}

static void descriptor_write(const struct pdf_font *font, struct pdf *pdf, int number,
                             const char *name, int file, int set)
{
    enum { SYMBOLIC = 4 };
    struct buf *buf = pdf_begin(pdf, number);
    buf_printf(buf, "<</Type/FontDescriptor/FontName/%s/Flags %d", name, SYMBOLIC);
    box_write(font, buf);
    buf_printf(buf, "/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R",
               metric(font, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, 900),
               metric(font, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, -200),
               metric(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 700), file);
    if (set) {
        buf_printf(buf, "/CIDSet %d 0 R", set);
    }
    buf_text(buf, ">>");
    pdf_end(pdf);
}

static void cid_font_write(const struct pdf_font *font, struct pdf *pdf, int number,
                           const char *name, int descriptor)
{
    struct buf *buf = pdf_begin(pdf, number);
    buf_printf(buf,
               "<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)"
               "/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/W[",
               name, descriptor);
    for (unsigned i = 0; i < font->glyph_count; i++) {
        if (i == 0 || font->texts[i]) {
            int64_t units = hb_font_get_glyph_h_advance(font->font, i);
            buf_printf(buf, "%u[%d]", i, (int)((units * 1000 + font->units / 2) / font->units));
        }
    }
    buf_text(buf, "]>>");
    pdf_end(pdf);
}

/* ToUnicode: at most a hundred rows a block, as the format has it. */
static struct bytes map_write(const struct pdf_font *font, struct arena *arena)
{
    struct buf buf, rows;
    int count = 0;
    buf_init(&buf, arena, 1 << 22);
    buf_init(&rows, arena, 1 << 22);
    buf_text(&buf, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                   "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                   "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
                   "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    for (unsigned i = 0; i <= font->glyph_count; i++) {
        if (count == 100 || (i == font->glyph_count && count)) {
            buf_printf(&buf, "%d beginbfchar\n%sendbfchar\n", count, rows.data);
            rows.size = 0;
            count = 0;
        }
        if (i < font->glyph_count && font->texts[i]) {
            buf_printf(&rows, "<%04X><", i);
            pdf_utf16(&rows, font->texts[i]);
            buf_text(&rows, ">\n");
            count++;
        }
    }
    buf_text(&buf, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    return (struct bytes){(const unsigned char *)buf.data, buf.size};
}

/* "ABCDEF+TitilliumWeb-Regular": the letters come from the subset, so that equal names mean equal
 * fonts. */
static const char *subset_name(const struct pdf_font *font, struct arena *arena, struct bytes bytes)
{
    unsigned char hash[crypto_generichash_BYTES];
    char letters[7] = {0};
    crypto_generichash(hash, sizeof hash, bytes.data, bytes.size, NULL, 0);
    for (int i = 0; i < 6; i++) {
        letters[i] = (char)('A' + hash[i] % 26);
    }
    return arena_printf(arena, "%s+%s", letters, font->name);
}

int pdf_font_write(const struct pdf_font *font, struct pdf *pdf)
{
    size_t set_size = font->glyph_count / 8 + 1;
    unsigned char *set = arena_alloc(pdf->arena, set_size);
    struct bytes program = subset(font, pdf->arena, set);
    const char *name = subset_name(font, pdf->arena, program);
    int number = pdf_reserve(pdf), cid = pdf_reserve(pdf), descriptor = pdf_reserve(pdf);
    int file = pdf_reserve(pdf), map = pdf_reserve(pdf);
    int set_number = pdf->part == 1 ? pdf_reserve(pdf) : 0; /* asked for by PDF/A-1 only */
    pdf_stream(pdf, file, arena_printf(pdf->arena, "/Length1 %zu", program.size), program);
    pdf_stream(pdf, map, "", map_write(font, pdf->arena));
    if (set_number) {
        pdf_stream(pdf, set_number, "", (struct bytes){set, set_size});
    }
    descriptor_write(font, pdf, descriptor, name, file, set_number);
    cid_font_write(font, pdf, cid, name, descriptor);
    struct buf *buf = pdf_begin(pdf, number);
    buf_printf(buf,
               "<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]"
               "/ToUnicode %d 0 R>>",
               name, cid, map);
    pdf_end(pdf);
    return number;
}
