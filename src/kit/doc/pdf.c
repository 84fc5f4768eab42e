/* PDF/A-2a and PDF/UA-1 in one file (ISO 19005-2, ISO 14289-1): what the whole file declares. */
#include "kit/doc/pdf.h"

#include "kit/doc/data.h"
#include "kit/doc/pdf_layout.h"

#include <string.h>

static const char producer[] = "Zonale";

/* ---- metadata --------------------------------------------------------------------------- */

static void xmp_text(struct buf *buf, const char *open, const char *text, const char *close)
{
    if (text) {
        buf_text(buf, open);
        html_escape(buf, text);
        buf_text(buf, close);
    }
}

/* PDF/A wants to be told what pdfuaid means: it knows no properties but its own. */
static const char ua_schema[] =
    "<rdf:Description rdf:about=\"\""
    " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
    " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
    " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">"
    "<pdfaProperty:name>part</pdfaProperty:name>"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    "<pdfaProperty:category>internal</pdfaProperty:category>"
    "<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    "</rdf:li></rdf:Seq></pdfaSchema:property>"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    "<rdf:Description rdf:about=\"\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">"
    "<pdfuaid:part>1</pdfuaid:part></rdf:Description>\n";

static int metadata_write(struct pdf *pdf, const struct doc_meta *meta)
{
    char text[INSTANT_TEXT];
    struct buf buf;
    int number = pdf_reserve(pdf);
    buf_init(&buf, pdf->arena, 1 << 20);
    buf_text(&buf, "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                   "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                   "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    buf_printf(&buf,
               "<rdf:Description rdf:about=\"\" xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
               "<pdfaid:part>%d</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>"
               "</rdf:Description>\n",
               pdf->part);
    buf_text(&buf, ua_schema);
    buf_text(&buf, "<rdf:Description rdf:about=\"\""
                   " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                   " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                   " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">");
    xmp_text(&buf, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", pdf_title(meta),
             "</rdf:li></rdf:Alt></dc:title>");
    xmp_text(&buf, "<dc:creator><rdf:Seq><rdf:li>", meta->author,
             "</rdf:li></rdf:Seq></dc:creator>");
    xmp_text(&buf, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">", meta->subject,
             "</rdf:li></rdf:Alt></dc:description>");
    buf_text(&buf, "<dc:language><rdf:Bag><rdf:li>it-IT</rdf:li></rdf:Bag></dc:language>");
    if (meta->date.us) {
        const char *date = instant_iso(meta->date, text);
        buf_printf(&buf, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate>",
                   date, date);
    }
    buf_printf(&buf, "<xmp:CreatorTool>%s</xmp:CreatorTool><pdf:Producer>%s</pdf:Producer>",
               producer, producer);
    buf_text(&buf, "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    pdf_stream_plain(pdf, number, "/Type/Metadata/Subtype/XML",
                     (struct bytes){(unsigned char *)buf.data, buf.size});
    return number;
}

static void info_text(struct buf *buf, const char *key, const char *text)
{
    if (text) {
        buf_text(buf, key);
        pdf_text(buf, text);
    }
}

/* "2025-11-07T12:00:00Z" to "D:20251107120000Z": the same moment as in the metadata. */
static void info_date(struct buf *buf, const char *key, const char *iso)
{
    buf_printf(buf, "%s(D:", key);
    for (const char *c = iso; *c; c++) {
        if (*c >= '0' && *c <= '9') {
            buf_char(buf, *c);
        }
    }
    buf_text(buf, "Z)");
}

static int info_write(struct pdf *pdf, const struct doc_meta *meta)
{
    char text[INSTANT_TEXT];
    int number = pdf_reserve(pdf);
    struct buf *buf = pdf_begin(pdf, number);
    buf_printf(buf, "<</Producer(%s)/Creator(%s)", producer, producer);
    info_text(buf, "/Title", pdf_title(meta));
    info_text(buf, "/Author", meta->author);
    info_text(buf, "/Subject", meta->subject);
    if (meta->date.us) {
        info_date(buf, "/CreationDate", instant_iso(meta->date, text));
        info_date(buf, "/ModDate", instant_iso(meta->date, text));
    }
    buf_text(buf, ">>");
    pdf_end(pdf);
    return number;
}

static int intent_write(struct pdf *pdf)
{
    int number = pdf_reserve(pdf), profile = pdf_reserve(pdf);
    pdf_stream(pdf, profile, "/N 3",
               (struct bytes){doc_icc_srgb, (size_t)(doc_icc_srgb_end - doc_icc_srgb)});
    struct buf *buf = pdf_begin(pdf, number);
    buf_printf(buf,
               "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
               "/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>",
               profile);
    pdf_end(pdf);
    return number;
}

/* ---- bookmarks -------------------------------------------------------------------------- */

struct entry {
    const struct mark *mark;
    int number;
    struct entry *parent, *previous, *next, *first, *last;
    int count; /* of those below */
};

static void entry_hang(struct entry *entry, struct entry *parent)
{
    entry->parent = parent;
    entry->previous = parent->last;
    if (parent->last) {
        parent->last->next = entry;
    } else {
        parent->first = entry;
    }
    parent->last = entry;
    for (; parent; parent = parent->parent) {
        parent->count++;
    }
}

static void entry_links(struct buf *buf, const struct entry *entry)
{
    if (entry->first) {
        buf_printf(buf, "/First %d 0 R/Last %d 0 R/Count %d", entry->first->number,
                   entry->last->number, entry->count);
    }
    if (entry->previous) {
        buf_printf(buf, "/Prev %d 0 R", entry->previous->number);
    }
    if (entry->next) {
        buf_printf(buf, "/Next %d 0 R", entry->next->number);
    }
}

/* Hangs each heading below the last one of a higher level. */
static size_t entries_hang(struct pdf *pdf, const struct layout *layout, struct entry *root,
                           struct entry *entries)
{
    struct entry *open[DOC_LEVELS + 1] = {root};
    size_t count = 0;
    for (const struct mark *mark = layout->first_mark; mark; mark = mark->next, count++) {
        int above = mark->level - 1;
        while (above && !open[above]) {
            above--;
        }
        entries[count].mark = mark;
        entries[count].number = pdf_reserve(pdf);
        entry_hang(&entries[count], open[above]);
        open[mark->level] = &entries[count];
        for (int deeper = mark->level + 1; deeper <= DOC_LEVELS; deeper++) {
            open[deeper] = NULL;
        }
    }
    return count;
}

static void entry_write(struct pdf *pdf, const struct entry *entry, const struct pages *pages)
{
    struct buf *buf = pdf_begin(pdf, entry->number);
    buf_text(buf, "<</Title");
    pdf_text(buf, entry->mark->text);
    buf_printf(buf, "/Parent %d 0 R/Dest[%d 0 R/XYZ null ", entry->parent->number,
               pages->numbers[entry->mark->page]);
    pdf_length(buf, pages->height - entry->mark->y);
    buf_text(buf, " null]");
    entry_links(buf, entry);
    buf_text(buf, ">>");
    pdf_end(pdf);
}

static int outline_write(struct pdf *pdf, const struct layout *layout)
{
    struct entry root = {.number = pdf_reserve(pdf)};
    size_t count = 0;
    for (const struct mark *mark = layout->first_mark; mark; mark = mark->next) {
        count++;
    }
    struct entry *entries = ARENA_NEWS(pdf->arena, struct entry, count + 1);
    count = entries_hang(pdf, layout, &root, entries);
    for (size_t i = 0; i < count; i++) {
        entry_write(pdf, &entries[i], layout->pages);
    }
    struct buf *buf = pdf_begin(pdf, root.number);
    buf_text(buf, "<</Type/Outlines");
    entry_links(buf, &root);
    buf_text(buf, ">>");
    pdf_end(pdf);
    return root.number;
}

/* ---- the whole -------------------------------------------------------------------------- */

/* A file without a title is refused by readers and by PDF/UA. */
const char *pdf_title(const struct doc_meta *meta)
{
    return *meta->title ? meta->title : "Documento";
}

bool pdf_draw_part(const struct doc *doc, int part, struct arena *arena, struct bytes *out,
                   struct err *err)
{
    struct pdf *pdf = ARENA_NEW(arena, struct pdf);
    struct pages pages;
    struct layout layout = {.pages = &pages};
    pdf_init(pdf, arena, part);
    pages_init(&pages, pdf, &doc->meta);
    layout_draw(&layout, doc);
    int tree = pages_write(&pages);
    int tags = tags_write(pages.tags, pages.numbers, pages.count);
    int outline = outline_write(pdf, &layout);
    int intent = intent_write(pdf);
    int metadata = metadata_write(pdf, &doc->meta);
    int info = info_write(pdf, &doc->meta);
    int catalog = pdf_reserve(pdf);
    struct buf *buf = pdf_begin(pdf, catalog);
    buf_printf(buf,
               "<</Type/Catalog/Pages %d 0 R/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
               "/Lang(it-IT)/ViewerPreferences<</DisplayDocTitle true>>/Outlines %d 0 R"
               "/OutputIntents[%d 0 R]/Metadata %d 0 R>>",
               tree, tags, outline, intent, metadata);
    pdf_end(pdf);
    return pdf_close(pdf, catalog, info, out, err);
}

bool pdf_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    return pdf_draw_part(doc, 2, arena, out, err);
}
