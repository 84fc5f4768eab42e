/* The budget as files. */
#include "mod/bilancio/pages.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"

static const struct web_field esporta_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, al), "Stato al giorno", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(richiesta, formato), "Formato", INPUT_TEXT, true, 1, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form esporta_query = {"esporta", esporta_fields, sizeof(struct richiesta), 0};

static const struct web_field anni_fields[] = {
    {FIELD(richiesta, anno), "Anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(richiesta, formato), "Formato", INPUT_TEXT, false, 0, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form anni_query = {"anni", anni_fields, sizeof(struct richiesta), 0};

bool esporta_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    struct bilancio b;
    struct list years;
    enum doc_format format;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Bilancio", &years, &b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "%s", message("bilancio.nessuno_anno"));
    if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "%s", message("bilancio.formato"));
    web_audit_detail(req, "bilancio %lld, %s", (long long)b.anno, asked->formato);
    return web_paper(cx, res, format == DOC_PDF ? bilancio_paper(cx, &b) : bilancio_matrix(cx, &b),
                     format, anno_title(cx, "bilancio", b.anno));
}

static bool statement(struct cx *cx, const struct bilancio *b, struct id fonte, struct day al,
                      struct doc **doc)
{
    struct list righe;
    const struct fonte *found = bilancio_fonte(b, fonte);
    if (found == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "in quell’anno la fonte non c’è");
    if (!conto_load(cx, b, al, &righe))
        return false;
    *doc = rendiconto_paper(cx, b, found, &righe);
    return true;
}

bool rendiconto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    struct bilancio b;
    struct list years;
    struct doc *doc;
    enum doc_format format;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Rendiconto", &years, &b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "%s", message("bilancio.nessuno_anno"));
    if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "%s", message("bilancio.formato"));
    web_audit_detail(req, "rendiconto %lld, %s", (long long)b.anno, asked->formato);
    return statement(cx, &b, web_id(req), wanted_day(req), &doc) &&
           web_paper(cx, res, doc, format, anno_title(cx, "rendiconto", b.anno));
}

/* ---- years side by side ------------------------------------------------------------------- */

static bool years_load(struct cx *cx, struct bilancio *anni, size_t *count)
{
    struct list years;
    *count = 0;
    if (!bilancio_years(cx, &years))
        return false;
    for (size_t i = years.count; i > 0 && *count < ANNI_CONFRONTO; i--) {
        bool found;
        if (!bilancio_load(cx, LIST_ITEM(&years, struct bilancio_anno, i - 1)->anno, &anni[*count],
                           &found))
            return false;
        *count += found;
    }
    return true;
}

bool anni_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    struct bilancio anni[ANNI_CONFRONTO];
    size_t count;
    enum doc_format format;
    struct buf body;
    if (!years_load(cx, anni, &count))
        return false;
    struct doc *doc = anni_paper(cx, anni, count);
    if (asked != NULL && asked->formato != NULL && *asked->formato != '\0') {
        if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
            return FAIL(cx, ERR_INPUT, "%s", message("bilancio.formato"));
        return web_paper(cx, res, doc, format, "bilanci-a-confronto");
    }
    struct tv *page = web_page(res, "bilancio/carta", "Anni a confronto");
    bilancio_tabs(cx, res, page, "/bilancio/anni",
                  asked != NULL && asked->anno != INT_NONE ? asked->anno
                  : count > 0                              ? anni[count - 1].anno
                                                           : day_civil(cx->today).year);
    buf_init(&body, cx->arena, 4 * 1024 * 1024);
    doc_html_body(doc, &body);
    tv_markup(page, "carta", body.data);
    bilancio_show_exports(page, "/bilancio/anni?formato=");
    return true;
}
