/* Exactly the filtered rows of a list as a file. A right of its own: who may read
 * "persone.leggi" exports only with "persone.esporta". */
#include "kit/doc/doc.h"
#include "kit/web/list.h"
#include "kit/web/paper.h"

#include <stdio.h>
#include <string.h>

enum { EXPORT_ROWS = 100000, EXPORT_BATCH = 500, BATCH_ARENA = 8 << 20 };

struct format {
    const char *name, *label;
    enum doc_format format;
};
static const struct format formats[] = {
    {"csv", "CSV", DOC_CSV},
    {"xlsx", "Excel (XLSX)", DOC_XLSX},
    {"ods", "LibreOffice (ODS)", DOC_ODS},
    {"json", "JSON", DOC_JSON},
};
enum { FORMATS = sizeof formats / sizeof *formats };

static bool may_export(struct cx *cx, const struct web_req *req)
{
    char permission[80];
    const char *own = req->route->permission;
    int size = snprintf(permission, sizeof permission, "%.*s.esporta", (int)strcspn(own, "."), own);
    return size > 0 && (size_t)size < sizeof permission && web_may(cx, req, permission);
}

void list_show_exports(struct cx *cx, struct web_req *req, struct tv *to)
{
    struct tv *exports = tv_children(to, "exports");
    bool may = may_export(cx, req);
    tv_bool(to, "exportable", may);
    if (!may)
        return;
    for (size_t i = 0; i < FORMATS; i++) {
        struct tv *item = tv_push(exports);
        tv_text(item, "label", formats[i].label);
        tv_text(item, "href", list_href(req, "formato", formats[i].name));
    }
}

static struct doc_table *make_table(struct doc *doc, const struct web_list *list)
{
    struct doc_table *table = doc_table(doc, list->title);
    for (const struct web_column *column = list->columns; column->name != NULL; column++)
        if (!column->hidden)
            doc_column(table, column->name, column->label == NULL ? column->name : column->label,
                       field_find(list->fields, column->name)->type);
    return table;
}

static void release(void *data)
{
    arena_release(data);
}

/* One batch after the other, by key as the page does; the memory of a batch is given back. */
static bool load_all(struct cx *cx, struct web_req *req, const struct web_list *list,
                     const char *sort, struct doc_table *table, size_t *count)
{
    struct arena *own = cx->arena, *batch = ARENA_NEW(own, struct arena);
    arena_init(batch, BATCH_ARENA);
    arena_hook(own, release, batch);
    const char *after = NULL;
    bool ok = true;
    for (size_t got = EXPORT_BATCH; ok && got == EXPORT_BATCH && *count < EXPORT_ROWS;) {
        struct list rows = {.size = list->size};
        const struct web_list_want want = {req->object, sort, after, EXPORT_BATCH};
        batch->escape = own->escape;
        cx->arena = batch;
        ok = list->load(cx, &want, &rows);
        got = ok ? rows.count : 0;
        const char *key =
            got == 0 ? NULL : list->key(cx, sort, (const char *)rows.items + (got - 1) * rows.size);
        cx->arena = own;
        after = key == NULL ? NULL : arena_strdup(own, key);
        doc_rows(table, list->fields, &rows);
        *count += got;
        arena_release(batch);
    }
    return ok;
}

static const struct format *find_format(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

bool list_export(struct cx *cx, struct web_req *req, struct web_res *res,
                 const struct web_sort *sort)
{
    const struct web_list *list = req->route->data;
    const struct format *format = find_format(web_typed(req, "formato"));
    size_t count = 0;
    if (format == NULL || !may_export(cx, req))
        return FAIL(cx, ERR_NOT_FOUND, "no such export");
    if (req->fault_count > 0)
        return FAIL(cx, ERR_INPUT, "%s", req->faults[0].text);
    req->arena.limit += (size_t)256 << 20;
    const struct doc_meta meta = {.title = list->title, .author = "Zonale", .date = cx->now};
    struct doc *doc = doc_new(cx->arena, &meta);
    struct doc_table *table = make_table(doc, list);
    if (!load_all(cx, req, list, sort->name, table, &count))
        return false;
    if (count >= EXPORT_ROWS)
        return FAIL(cx, ERR_INPUT,
                    "L’elenco supera %d righe: restringi i filtri ed esporta in più volte.",
                    EXPORT_ROWS);
    web_audit_detail(req, "esportazione %s, %zu righe", format->name, count);
    return web_paper(cx, res, doc, format->format, list->name);
}
