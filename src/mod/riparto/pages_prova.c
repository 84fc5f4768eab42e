#include "mod/riparto/pages_prova.h"

#include "kit/doc/doc.h"

bool prova_choices(struct cx *cx, const struct web_choice **choices)
{
    static const struct prospetto_filtro all = {.anno = INT_NONE};
    struct list rows;
    if (!store_prospetto_rows(cx, &all, PROSPETTI_PER_ANNO, NULL, PROVA_PROSPETTI, &rows))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const struct prospetto *row = LIST_ITEM(&rows, struct prospetto, i);
        char id[ID_TEXT];
        made[i].value = arena_strdup(cx->arena, id_text(row->id, id));
        made[i].label = arena_printf(cx->arena, "%lld · %s", (long long)row->anno, row->titolo);
    }
    *choices = made;
    return true;
}

bool prova_text(struct cx *cx, struct web_req *req, const char *field, const char *id,
                struct prospetto *prospetto, const char **testo)
{
    struct prospetto_versione version;
    struct id key;
    *testo = NULL;
    bool found = id_parse(id, &key) && store_prospetto_load(cx, key, prospetto) &&
                 store_versione_load(cx, key, prospetto->versione, &version);
    if (found) {
        *testo = version.testo;
        return true;
    }
    if (cx->err.code != ERR_NONE && cx->err.code != ERR_NOT_FOUND)
        return false;
    err_clear(&cx->err);
    web_fault(req, field, "Il prospetto non c’è più.");
    return true;
}

void prova_exports(struct cx *cx, struct tv *page, const char *base)
{
    static const struct {
        enum doc_format format;
        const char *label;
    } formats[] = {{DOC_XLSX, "Foglio di calcolo (XLSX)"},
                   {DOC_ODS, "Foglio di calcolo (ODS)"},
                   {DOC_CSV, "Testo (CSV)"},
                   {DOC_PDF, "Da stampare (PDF)"}};
    struct tv *list = tv_children(page, "esporta");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct tv *item = tv_push(list);
        const char *ext = doc_format_ext(formats[i].format);
        tv_text(item, "label", formats[i].label);
        tv_text(item, "formato", ext);
        tv_text(item, "href", arena_printf(cx->arena, "%sformato=%s", base, ext));
    }
}
