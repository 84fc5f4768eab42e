/* ODS (ODF 1.2, ISO/IEC 26300): a zip whose first entry is `mimetype`, stored. Values keep their
 * type, formulas live, the heading is frozen and has a filter. */
#include "kit/doc/ods.h"

#include <string.h>
#include <zip.h>

#define NS                                                                                         \
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""                           \
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""                             \
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""                               \
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""                             \
    " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""                        \
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""                    \
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""                               \
    " xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\""                           \
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""                                               \
    " xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\" office:version=\"1.2\""
#define XML "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const char manifest[] =
    XML "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\""
        " manifest:version=\"1.2\">"
        "<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\""
        " manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/>"
        "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
        "<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>"
        "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
        "<manifest:file-entry manifest:full-path=\"settings.xml\""
        " manifest:media-type=\"text/xml\"/>"
        "</manifest:manifest>\n";

static const char styles[] =
    XML "<office:document-styles" NS "><office:styles>"
        "<style:default-style style:family=\"table-cell\">"
        "<style:text-properties fo:language=\"it\" fo:country=\"IT\"/></style:default-style>"
        "<style:style style:name=\"Default\" style:family=\"table-cell\"/>"
        "</office:styles></office:document-styles>\n";

/* Data styles and, for each, a cell style "…" and its bold form "…T" for totals. */
static const char data_styles[] =
    "<number:number-style style:name=\"nI\"><number:number number:min-integer-digits=\"1\""
    " number:grouping=\"true\"/></number:number-style>"
    "<number:currency-style style:name=\"nE\"><number:number number:decimal-places=\"2\""
    " number:min-integer-digits=\"1\" number:grouping=\"true\"/><number:text> </number:text>"
    "<number:currency-symbol number:language=\"it\" number:country=\"IT\">€"
    "</number:currency-symbol></number:currency-style>"
    "<number:percentage-style style:name=\"nP\"><number:number number:decimal-places=\"2\""
    " number:min-integer-digits=\"1\"/><number:text>%</number:text></number:percentage-style>"
    "<number:date-style style:name=\"nD\"><number:day number:style=\"long\"/>"
    "<number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text>"
    "<number:year number:style=\"long\"/></number:date-style>"
    "<number:date-style style:name=\"nM\"><number:day number:style=\"long\"/>"
    "<number:text>/</number:text><number:month number:style=\"long\"/><number:text>/</number:text>"
    "<number:year number:style=\"long\"/><number:text> </number:text>"
    "<number:hours number:style=\"long\"/><number:text>:</number:text>"
    "<number:minutes number:style=\"long\"/></number:date-style>"
    "<number:time-style style:name=\"nH\" number:truncate-on-overflow=\"false\">"
    "<number:hours/><number:text>:</number:text><number:minutes number:style=\"long\"/>"
    "</number:time-style>"
    "<number:text-style style:name=\"nS\"><number:text-content/></number:text-style>";

static void cell_styles(struct buf *buf)
{
    for (const char *kind = "IEPDMHS"; *kind; kind++) {
        for (int total = 0; total < 2; total++) {
            buf_printf(buf,
                       "<style:style style:name=\"%c%s\" style:family=\"table-cell\""
                       " style:parent-style-name=\"Default\" style:data-style-name=\"n%c\">",
                       *kind, total ? "T" : "", *kind);
            if (total) {
                buf_text(buf, "<style:table-cell-properties fo:border-top=\"0.5pt solid #000000\"/>"
                              "<style:text-properties fo:font-weight=\"bold\"/>");
            }
            buf_text(buf, "</style:style>");
        }
    }
    buf_text(buf, "<style:style style:name=\"head\" style:family=\"table-cell\""
                  " style:parent-style-name=\"Default\"><style:table-cell-properties"
                  " fo:background-color=\"#e6ecf2\" fo:wrap-option=\"wrap\"/>"
                  "<style:text-properties fo:font-weight=\"bold\"/></style:style>");
}

/* One column style for each width in use: "w8" to "w60". */
static void column_styles(struct buf *buf)
{
    for (int width = SHEET_WIDTH_LEAST; width <= SHEET_WIDTH_MOST; width++) {
        buf_printf(buf,
                   "<style:style style:name=\"w%d\" style:family=\"table-column\">"
                   "<style:table-column-properties style:column-width=\"%d.%dmm\"/></style:style>",
                   width, width * 21 / 10, width * 21 % 10);
    }
}

/* White space is kept only where it is written as elements. */
static void text_write(struct buf *buf, const char *text)
{
    bool space = true;
    buf_text(buf, "<text:p>");
    for (const char *c = text; *c; c++) {
        if (*c == '\n') {
            buf_text(buf, "</text:p><text:p>");
        } else if (*c == ' ' && space) {
            buf_text(buf, "<text:s/>");
        } else {
            html_escape(buf, (char[]){*c, 0});
        }
        space = *c == ' ' || *c == '\n';
    }
    buf_text(buf, "</text:p>");
}

static void text_cell(struct buf *buf, const char *style, const char *text)
{
    buf_printf(buf, "<table:table-cell table:style-name=\"%s\" office:value-type=\"string\">",
               style);
    text_write(buf, text);
    buf_text(buf, "</table:table-cell>");
}

static void cell_write(struct buf *buf, const struct doc_cell *cell, bool total)
{
    char style[3] = {ods_style(cell->type), total ? 'T' : 0, 0};
    if (!doc_cell_known(cell)) {
        buf_printf(buf, "<table:table-cell table:style-name=\"%s\"/>", style);
        return;
    }
    const char *shown = doc_cell_it(buf->arena, cell);
    if (*style == 'S') {
        text_cell(buf, style, sheet_text(buf->arena, shown));
        return;
    }
    buf_printf(buf, "<table:table-cell table:style-name=\"%s\"", style);
    if (cell->formula) {
        buf_text(buf, " table:formula=\"");
        html_escape(buf, ods_formula(buf->arena, cell->formula));
        buf_char(buf, '"');
    }
    ods_value(buf, cell);
    buf_char(buf, '>');
    text_write(buf, shown);
    buf_text(buf, "</table:table-cell>");
}

static void table_open(struct buf *buf, const char *name)
{
    buf_text(buf, "<table:table table:name=\"");
    html_escape(buf, name);
    buf_text(buf, "\">");
}

static void table_write(struct ods_text *out, const struct doc_table *table, const char *name)
{
    struct buf *buf = &out->buf;
    table_open(buf, name);
    for (size_t i = 0; i < table->column_count; i++) {
        buf_printf(buf, "<table:table-column table:style-name=\"w%d\"/>",
                   sheet_width(buf->arena, table, i));
    }
    buf_text(buf, "<table:table-header-rows><table:table-row>");
    for (size_t i = 0; i < table->column_count; i++) {
        text_cell(buf, "head", table->columns[i].label);
    }
    buf_text(buf, "</table:table-row></table:table-header-rows>\n");
    for (const struct doc_row *row = table->first; row; row = row->next) {
        buf_text(buf, "<table:table-row>");
        for (size_t i = 0; i < table->column_count; i++) {
            cell_write(buf, &row->cells[i], row->total);
        }
        buf_text(buf, "</table:table-row>\n");
        ods_text_turn(out, false);
    }
    buf_text(buf, "</table:table>\n");
}

static void notes_write(struct buf *buf, const struct doc *doc, const char *name)
{
    table_open(buf, name);
    buf_text(buf, "<table:table-column table:style-name=\"w40\""
                  " table:number-columns-repeated=\"2\"/><table:table-row>");
    text_cell(buf, "head", doc->meta.title);
    buf_text(buf, "</table:table-row>\n");
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        if (!sheet_note(block)) {
            continue;
        }
        buf_text(buf, "<table:table-row>");
        text_cell(buf, block->kind == DOC_HEADING ? "head" : "S", block->text);
        if (*block->value) {
            text_cell(buf, "S", block->value);
        }
        buf_text(buf, "</table:table-row>\n");
    }
    buf_text(buf, "</table:table>\n");
}

static void filters_write(struct buf *buf, const struct sheets *sheets)
{
    if (sheets->count == 0) {
        return;
    }
    buf_text(buf, "<table:database-ranges>");
    for (size_t i = 0; i < sheets->count; i++) {
        const struct doc_table *table = sheets->tables[i];
        if (table->column_count == 0) {
            continue;
        }
        buf_printf(buf, "<table:database-range table:name=\"filtro%zu\"", i + 1);
        buf_text(buf, " table:display-filter-buttons=\"true\" table:target-range-address=\"$'");
        html_escape(buf, sheets->names[i]);
        buf_printf(buf, "'.A1:$'");
        html_escape(buf, sheets->names[i]);
        buf_printf(buf, "'.%s%zu\"/>", ods_column(buf->arena, table->column_count - 1),
                   table->row_count + 1);
    }
    buf_text(buf, "</table:database-ranges>");
}

static void content_write(struct ods_text *out, const struct doc *doc, const struct sheets *sheets)
{
    struct buf *buf = &out->buf;
    buf_text(buf, XML "<office:document-content" NS "><office:automatic-styles>");
    buf_text(buf, data_styles);
    cell_styles(buf);
    column_styles(buf);
    buf_text(buf, "</office:automatic-styles><office:body><office:spreadsheet>\n");
    for (size_t i = 0; i < sheets->count; i++) {
        table_write(out, sheets->tables[i], sheets->names[i]);
    }
    if (sheets->notes) {
        notes_write(buf, doc, sheets->notes);
    }
    filters_write(buf, sheets);
    buf_text(buf, "</office:spreadsheet></office:body></office:document-content>\n");
    ods_text_turn(out, true);
}

static void meta_write(struct buf *buf, const struct doc *doc)
{
    char text[INSTANT_TEXT];
    buf_text(buf, XML "<office:document-meta" NS "><office:meta>"
                      "<meta:generator>Zonale</meta:generator><dc:title>");
    html_escape(buf, doc->meta.title);
    buf_text(buf, "</dc:title><dc:creator>");
    html_escape(buf, doc_or_empty(doc->meta.author));
    buf_text(buf, "</dc:creator><dc:language>it-IT</dc:language>");
    if (doc->meta.date.us) {
        buf_printf(buf, "<meta:creation-date>%s</meta:creation-date>",
                   instant_iso(doc->meta.date, text));
    }
    buf_text(buf, "</office:meta></office:document-meta>\n");
}

static void item(struct buf *buf, const char *name, const char *type, const char *value)
{
    buf_printf(buf,
               "<config:config-item config:name=\"%s\" config:type=\"%s\">%s</config:config-item>",
               name, type, value);
}

/* The heading of each table stays in sight. */
static void settings_write(struct buf *buf, const struct sheets *sheets)
{
    buf_text(buf, XML "<office:document-settings" NS "><office:settings>"
                      "<config:config-item-set config:name=\"ooo:view-settings\">"
                      "<config:config-item-map-indexed config:name=\"Views\">"
                      "<config:config-item-map-entry>"
                      "<config:config-item-map-named config:name=\"Tables\">");
    for (size_t i = 0; i < sheets->count; i++) {
        buf_text(buf, "<config:config-item-map-entry config:name=\"");
        html_escape(buf, sheets->names[i]);
        buf_text(buf, "\">");
        item(buf, "VerticalSplitMode", "short", "2");
        item(buf, "VerticalSplitPosition", "int", "1");
        item(buf, "ActiveSplitRange", "short", "2");
        item(buf, "PositionBottom", "int", "1");
        buf_text(buf, "</config:config-item-map-entry>");
    }
    buf_text(buf, "</config:config-item-map-named></config:config-item-map-entry>"
                  "</config:config-item-map-indexed></config:config-item-set>"
                  "</office:settings></office:document-settings>\n");
}

#define TEXT(literal)                                                                              \
    {                                                                                              \
        (const unsigned char *)(literal), sizeof(literal) - 1                                      \
    }

bool ods_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    static const struct bytes type = TEXT("application/vnd.oasis.opendocument.spreadsheet");
    static const struct bytes fixed[] = {TEXT(manifest), TEXT(styles)};
    struct sheets sheets = {0};
    struct ods_text content;
    struct buf meta, settings;
    struct bytes written[2];
    ods_text_init(&content, arena);
    buf_init(&meta, arena, DOC_SIZE_MAX);
    buf_init(&settings, arena, DOC_SIZE_MAX);
    if (!sheets_collect(doc, arena, &sheets, err)) {
        return false;
    }
    content_write(&content, doc, &sheets);
    meta_write(&meta, doc);
    settings_write(&settings, &sheets);
    if (!doc_finish(&content.buf, &written[0], err) || !doc_finish(&meta, &written[0], err) ||
        !doc_finish(&settings, &written[1], err)) {
        return false;
    }
    const struct ods_entry entries[] = {
        {"mimetype", &type, 1},           {"META-INF/manifest.xml", &fixed[0], 1},
        {"meta.xml", &written[0], 1},     {"styles.xml", &fixed[1], 1},
        {"settings.xml", &written[1], 1}, {"content.xml", content.pieces, content.count},
    };
    return ods_zip(entries, sizeof entries / sizeof entries[0], arena, out, err);
}
