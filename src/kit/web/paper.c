#include "kit/web/paper.h"

static const char *file_name(struct cx *cx, enum doc_format format, const char *name)
{
    char *file = arena_printf(cx->arena, "%s.%s", name, doc_format_ext(format));
    for (char *p = file; *p != '\0'; p++)
        *p = *p == ' ' ? '-' : *p;
    return file;
}

bool web_paper(struct cx *cx, struct web_res *res, const struct doc *doc, enum doc_format format,
               const char *name)
{
    struct bytes bytes;
    if (!doc_draw(doc, format, cx->arena, &bytes, &cx->err))
        return false;
    web_bytes(res, doc_format_type(format), bytes,
              name != NULL ? file_name(cx, format, name) : NULL);
    return true;
}

bool web_paper_named(struct cx *cx, struct web_res *res, const struct doc *doc, const char *format,
                     const char *name)
{
    enum doc_format wanted;
    if (!doc_format_parse(format, &wanted) || wanted == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "formato sconosciuto");
    return web_paper(cx, res, doc, wanted, name);
}

bool web_paper_show(struct cx *cx, struct tv *page, const char *name, const struct doc *doc)
{
    enum { PAGE_MAX = 2 << 20 };
    struct buf buf;
    buf_init(&buf, cx->arena, PAGE_MAX);
    doc_html_body(doc, &buf);
    tv_markup(page, name, buf.data);
    return !buf.full || FAIL(cx, ERR_INPUT, "il documento è troppo lungo per una pagina");
}
