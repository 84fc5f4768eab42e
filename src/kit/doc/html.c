/* A document as one page of HTML: no script, nothing fetched from elsewhere; the small style sheet
 * inside serves the file that was saved, a page of the site goes on without it. */
#include "kit/doc/chart.h"

static const char style[] =
    "body{font:16px/1.5 'Titillium Web','DejaVu Sans',sans-serif;color:#17324d;max-width:60rem;"
    "margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}"
    "caption{caption-side:top;text-align:left;font-weight:700;padding:.25rem 0}"
    "th,td{border-bottom:1px solid #d9dadb;padding:.25rem .5rem;text-align:left;vertical-align:top}"
    ".z-number{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}"
    ".totale{font-weight:700;border-top:2px solid #17324d}"
    "figure{margin:1rem 0}figcaption{font-weight:700}"
    "dt{font-weight:700}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}"
    "dd{margin:0}.firma{margin-top:3rem;border-top:1px solid;width:20rem}"
    ".testata,.piede{color:#455b71;font-size:.9rem}"
    "@media print{.salto{break-after:page}thead{display:table-header-group}}";

void html_escape(struct buf *buf, const char *text)
{
    for (const char *c = text; *c; c++) {
        switch (*c) {
        case '&':
            buf_text(buf, "&amp;");
            break;
        case '<':
            buf_text(buf, "&lt;");
            break;
        case '>':
            buf_text(buf, "&gt;");
            break;
        case '"':
            buf_text(buf, "&quot;");
            break;
        case '\'':
            buf_text(buf, "&#39;");
            break;
        default:
            buf_char(buf, *c);
        }
    }
}

static void element(struct buf *buf, const char *name, const char *text)
{
    buf_printf(buf, "<%s>", name);
    html_escape(buf, text);
    buf_printf(buf, "</%s>\n", name);
}

static void paragraph(struct buf *buf, const char *text)
{
    buf_text(buf, "<p>");
    const char *line = text;
    for (const char *c = text;; c++) {
        if (*c == '\n' || !*c) {
            html_escape(buf, arena_strndup(buf->arena, line, (size_t)(c - line)));
            if (!*c) {
                break;
            }
            buf_text(buf, "<br>");
            line = c + 1;
        }
    }
    buf_text(buf, "</p>\n");
}

static void table_head(struct buf *buf, const struct doc_table *table, const char *caption)
{
    buf_text(buf, "<table class=\"z-table\">\n");
    if (caption) {
        element(buf, "caption", caption);
    }
    buf_text(buf, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        bool number = doc_type_number(table->columns[i].type);
        buf_printf(buf, "<th scope=\"col\"%s>", number ? " class=\"z-number\"" : "");
        html_escape(buf, table->columns[i].label);
        buf_text(buf, "</th>");
    }
    buf_text(buf, "</tr></thead>\n<tbody>\n");
}

static void table_body(struct buf *buf, const struct doc_block *block)
{
    const struct doc_table *table = block->table;
    table_head(buf, table, doc_caption(block));
    for (const struct doc_row *row = table->first; row; row = row->next) {
        buf_text(buf, row->total ? "<tr class=\"totale\">" : "<tr>");
        for (size_t i = 0; i < table->column_count; i++) {
            const struct doc_cell *cell = &row->cells[i];
            buf_text(buf, doc_type_number(cell->type) ? "<td class=\"z-number\">" : "<td>");
            html_escape(buf, doc_cell_it(buf->arena, cell));
            buf_text(buf, "</td>");
        }
        buf_text(buf, "</tr>\n");
    }
    buf_text(buf, "</tbody></table>\n");
}

static void figure(struct buf *buf, const struct doc_block *block)
{
    buf_text(buf, "<figure>\n");
    if (block->table->caption) {
        element(buf, "figcaption", block->table->caption);
    }
    chart_svg(block->chart, block->table, *block->text ? block->text : NULL, buf);
    buf_text(buf, "<details><summary>Dati del grafico</summary>\n");
    table_body(buf, block);
    buf_text(buf, "</details>\n</figure>\n");
}

static void pair(struct buf *buf, const struct doc_block *block, bool first)
{
    buf_text(buf, first ? "<dl>\n" : "");
    element(buf, "dt", block->text);
    element(buf, "dd", block->value);
    buf_text(buf, doc_continues(block) ? "" : "</dl>\n");
}

static void item(struct buf *buf, const struct doc_block *block, bool first)
{
    buf_text(buf, first ? "<ul>\n" : "");
    element(buf, "li", block->text);
    buf_text(buf, doc_continues(block) ? "" : "</ul>\n");
}

static void block_draw(struct buf *buf, const struct doc_block *block, bool first)
{
    static const char *const headings[] = {"", "h1", "h2", "h3", "h4"};
    switch (block->kind) {
    case DOC_HEADING:
        element(buf, headings[block->level], block->text);
        break;
    case DOC_PARAGRAPH:
        paragraph(buf, block->text);
        break;
    case DOC_PAIR:
        pair(buf, block, first);
        break;
    case DOC_ITEM:
        item(buf, block, first);
        break;
    case DOC_SIGNATURE:
        buf_text(buf, "<div class=\"firma\">");
        element(buf, "p", block->text);
        element(buf, "p", block->value);
        buf_text(buf, "</div>\n");
        break;
    case DOC_SPACE:
        buf_text(buf, "<p>&nbsp;</p>\n");
        break;
    case DOC_PAGE_BREAK:
        buf_text(buf, "<div class=\"salto\"></div>\n");
        break;
    case DOC_TABLE:
        table_body(buf, block);
        break;
    case DOC_FIGURE:
        figure(buf, block);
        break;
    }
}

static void small(struct buf *buf, const char *name, const char *class, const char *text)
{
    if (text) {
        buf_printf(buf, "<%s class=\"%s\">", name, class);
        html_escape(buf, text);
        buf_printf(buf, "</%s>\n", name);
    }
}

void doc_html_body(const struct doc *doc, struct buf *out)
{
    const struct doc_block *before = NULL;
    for (const struct doc_block *block = doc->first; block; block = block->next) {
        block_draw(out, block, !before || before->kind != block->kind);
        before = block;
    }
}

bool html_draw(const struct doc *doc, struct arena *arena, struct bytes *out, struct err *err)
{
    struct buf buf;
    buf_init(&buf, arena, DOC_SIZE_MAX);
    buf_text(&buf, "<!DOCTYPE html>\n<html lang=\"it\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    element(&buf, "title", doc->meta.title);
    buf_printf(&buf, "<style>%s</style>\n</head>\n<body>\n", style);
    small(&buf, "header", "testata", doc->meta.header);
    buf_text(&buf, "<main>\n");
    if (!doc_has_title(doc)) {
        element(&buf, "h1", doc->meta.title);
    }
    doc_html_body(doc, &buf);
    buf_text(&buf, "</main>\n");
    small(&buf, "footer", "piede", doc->meta.footer);
    buf_text(&buf, "</body>\n</html>\n");
    return doc_finish(&buf, out, err);
}
