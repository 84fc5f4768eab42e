/* zonale routes: each address of the program and who may use it, one a line. */
#include "app/commands.h"

#include "kit/authz/authz.h"
#include "kit/web/web.h"

#include <stdlib.h>
#include <string.h>

struct rotta {
    const char *metodo, *indirizzo, *permesso, *fine, *azione, *registro, *oggetto, *segni;
};

static const struct field rotta_fields[] = {
    FIELD(rotta, metodo),  FIELD(rotta, indirizzo), FIELD(rotta, permesso),
    FIELD(rotta, fine),    FIELD(rotta, azione),    FIELD(rotta, registro),
    FIELD(rotta, oggetto), FIELD(rotta, segni),     FIELD_END};

static const struct {
    unsigned flag;
    const char *name;
} flags[] = {
    {WEB_PUBLIC, "pubblica"}, {WEB_SLOW, "lenta"},      {WEB_NO_CSRF, "senza-csrf"},
    {WEB_UPLOAD, "file"},     {WEB_RECENT, "conferma"}, {WEB_DRAFT, "bozza"},
};

static const char *flags_text(struct arena *arena, unsigned set)
{
    const char *text = "-";

    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if ((set & flags[i].flag) != 0)
            text =
                text[0] == '-' ? flags[i].name : arena_printf(arena, "%s,%s", text, flags[i].name);
    return text;
}

static struct rotta row_of(struct arena *arena, const struct web_route *route)
{
    static const char *const audit[] = {
        [AUDIT_NO] = "-", [AUDIT_READ] = "lettura", [AUDIT_WRITE] = "scrittura"};

    return (struct rotta){
        .metodo = route->method == WEB_GET ? "GET" : "POST",
        .indirizzo = route->path,
        .permesso = route->permission,
        .fine = authz_purpose_name(route->purpose),
        .azione = authz_action_name(route->action),
        .registro = audit[route->audit],
        .oggetto = route->object ? route->object->name : "-",
        .segni = flags_text(arena, route->flags),
    };
}

static int by_path(const void *a, const void *b)
{
    const struct rotta *one = a, *two = b;
    int order = strcmp(one->indirizzo, two->indirizzo);

    return order != 0 ? order : strcmp(one->metodo, two->metodo);
}

int run_routes(struct cx *cx, struct cli *cli)
{
    enum { ROUTES_MAX = 2000 };
    struct list list = {.size = sizeof(struct rotta)};
    struct tables tables;
    struct rotta *rows = ARENA_NEWS(cx->arena, struct rotta, ROUTES_MAX);

    tables_gather(&tables);
    for (size_t t = 0; tables.routes[t] != NULL; t++)
        for (const struct web_route *r = tables.routes[t]; r->path && list.count < ROUTES_MAX; r++)
            rows[list.count++] = row_of(cx->arena, r);
    qsort(rows, list.count, sizeof *rows, by_path);
    list.items = rows;
    cli_rows(cx, cli, rotta_fields, &list);
    return EXIT_DONE;
}
