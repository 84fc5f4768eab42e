/* "I miei lavori": what I asked the program to do in the background. Everybody sees the own ones
 * only: another's job does not exist. */
#include "kit/job/job_impl.h"

#include "kit/module.h"
#include "kit/web/web.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *state, *title;
    bool alive;
} states[] = {
    {"in_attesa", "In attesa", true},   {"in_corso", "In corso", true},
    {"fatto", "Fatto", false},          {"fallito", "Non riuscito", false},
    {"annullato", "Interrotto", false},
};

static const char *state_title(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].state, state) == 0)
            return states[i].title;
    return state;
}

static bool is_alive(const char *state)
{
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (strcmp(states[i].state, state) == 0)
            return states[i].alive;
    return false;
}

static const char *steps(struct cx *cx, const struct job_row *row)
{
    if (row->total > 0)
        return arena_printf(cx->arena, "%lld di %lld", (long long)row->done, (long long)row->total);
    return row->done > 0 ? arena_printf(cx->arena, "%lld", (long long)row->done) : NULL;
}

/* ---- the list ---------------------------------------------------------------------------- */

struct lavoro {
    struct id id;
    const char *lavoro, *stato, *avanzamento;
    struct instant richiesto, finito;
};
static const struct field lavoro_fields[] = {FIELD(lavoro, id),
                                             FIELD(lavoro, lavoro),
                                             FIELD(lavoro, stato),
                                             FIELD(lavoro, avanzamento),
                                             FIELD(lavoro, richiesto),
                                             FIELD(lavoro, finito),
                                             FIELD_END};

static bool lavori_load(struct cx *cx, const struct web_list_want *want, struct list *rows)
{
    struct list jobs;
    struct id before = ID_NONE;
    if (want->after != NULL && !id_parse(want->after, &before))
        return FAIL(cx, ERR_INPUT, "l’elenco non comincia da qui");
    if (!job_list(cx, before, want->limit, &jobs))
        return false;
    struct lavoro *items = ARENA_NEWS(cx->arena, struct lavoro, jobs.count + 1);
    *rows = (struct list){items, jobs.count, sizeof *items, jobs.clipped};
    for (size_t i = 0; i < jobs.count; i++) {
        const struct job_row *row = LIST_ITEM(&jobs, struct job_row, i);
        items[i] = (struct lavoro){row->id,        row->title,   state_title(row->state),
                                   steps(cx, row), row->created, row->ended};
    }
    return true;
}

static const char *lavori_key(struct cx *cx, const char *sort, const void *object)
{
    char text[ID_TEXT];
    (void)sort;
    return arena_strdup(cx->arena, id_text(((const struct lavoro *)object)->id, text));
}

static const struct web_column columns[] = {
    {"lavoro", "Lavoro", "/lavori/{id}", false, false},
    {"stato", "Stato", NULL, false, false},
    {"avanzamento", "Avanzamento", NULL, false, false},
    {"richiesto", "Richiesto", NULL, false, false},
    {"finito", "Finito", NULL, false, false},
    {"id", NULL, NULL, false, true},
    {NULL, NULL, NULL, false, false},
};
static const struct web_sort sorts[] = {{"recenti", "Prima i più recenti"}, {NULL, NULL}};
struct no_filter {
    bool none;
};
static const struct web_field no_fields[] = {WEB_FIELD_END};
static const struct web_form no_filters = {"lavori", no_fields, sizeof(struct no_filter), 0};

static const struct web_list lavori = {
    .name = "lavori",
    .title = "I miei lavori",
    .intro = "Importazioni, stampe ed elenchi lunghi che il programma prepara mentre fai altro.",
    .empty = "Non hai ancora chiesto nessun lavoro.",
    .fields = lavoro_fields,
    .size = sizeof(struct lavoro),
    .columns = columns,
    .filters = &no_filters,
    .sorts = sorts,
    .load = lavori_load,
    .key = lavori_key,
};

/* ---- one job ----------------------------------------------------------------------------- */

static void pair(struct cx *cx, struct tv *pairs, const char *label, struct instant when)
{
    char text[INSTANT_TEXT];
    struct tv *item = tv_push(pairs);
    tv_text(item, "label", label);
    tv_text(item, "text", when.us ? arena_strdup(cx->arena, instant_it(when, text)) : NULL);
    tv_text(item, "href", NULL);
}

static void show_progress(struct tv *page, const struct job_row *row)
{
    bool known = row->total > 0 && is_alive(row->state);
    tv_printf(page, "fatto", "%lld", (long long)row->done);
    tv_text(page, "totale", NULL);
    if (known)
        tv_printf(page, "totale", "%lld", (long long)row->total);
    tv_int(page, "percento", known ? row->done * 100 / row->total : 0);
}

static bool lavoro_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct job_row row;
    char id[ID_TEXT];
    if (!job_load(cx, web_id(req), &row))
        return false;
    struct tv *page = web_page(res, "kit/lavoro", row.title);
    bool alive = is_alive(row.state);
    id_text(row.id, id);
    web_crumb(res, "/lavori", "I miei lavori");
    web_crumb(res, NULL, row.title);
    tv_text(page, "stato", state_title(row.state));
    tv_bool(page, "vivo", alive);
    tv_text(page, "passi", steps(cx, &row));
    show_progress(page, &row);
    tv_text(page, "testo", row.text);
    tv_text(page, "annulla", alive ? arena_printf(cx->arena, "/lavori/%s/annulla", id) : NULL);
    tv_text(page, "file", NULL);
    if (row.file_name != NULL) {
        struct tv *file = tv_child(page, "file");
        tv_text(file, "nome", row.file_name);
        tv_printf(file, "href", "/lavori/%s/file", id);
    }
    struct tv *pairs = tv_children(page, "pairs");
    pair(cx, pairs, "Richiesto", row.created);
    pair(cx, pairs, "Cominciato", row.started);
    pair(cx, pairs, "Finito", row.ended);
    return true;
}

static bool annulla(struct cx *cx, struct web_req *req, struct web_res *res)
{
    char id[ID_TEXT];
    if (!job_cancel(cx, web_id(req)))
        return false;
    web_audit_object(req, "job", web_id(req));
    web_redirect(res, "/lavori/%s", id_text(web_id(req), id));
    return true;
}

static bool scarica(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const char *name, *type;
    struct bytes bytes;
    if (!job_file(cx, web_id(req), &name, &type, &bytes))
        return false;
    web_audit_object(req, "job", web_id(req));
    web_audit_detail(req, "file %s", name);
    web_bytes(res, type, bytes, name);
    return true;
}

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/lavori", web_list_page, "lavori.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, &lavori},
    {WEB_GET, "/lavori/{id}", lavoro_page, "lavori.leggi", FINE_CURA, AZIONE_LEGGI, AUDIT_NO,
     NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/lavori/{id}/file", scarica, "lavori.leggi", FINE_CURA, AZIONE_ESPORTA, AUDIT_READ,
     NULL, NULL, NULL, NULL, 0, NULL},
    {WEB_POST, "/lavori/{id}/annulla", annulla, "lavori.leggi", FINE_CURA, AZIONE_MODIFICA,
     AUDIT_WRITE, NULL, NULL, "/lavori/{id}", NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Sistema", "I miei lavori", "/lavori", "lavori.leggi", "it-clock"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module job_module = {
    .name = "job",
    .schema = &job_schema,
    .registry = &job_registry,
    .routes = routes,
    .menu = menu,
};
