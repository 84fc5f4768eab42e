/* The layout and the shared parts, drawn with values of every kind. With ZONALE_GALLERY=dir the
 * pages are written there, to be looked at in a browser. */
#include "base/test/check.h"
#include "kit/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 400 };

static const struct tmpl_file extra[] = {
    {"prova/pagina",
     "<form class=\"z-form\" method=\"post\"><input type=\"hidden\" name=\"csrf\" "
     "value=\"{{csrf}}\">\n{{#form}}{{>kit/form}}{{/form}}\n"
     "<div class=\"z-actions\"><button class=\"btn btn-primary\" type=\"submit\">Salva</button>"
     "<button class=\"btn btn-danger\" type=\"submit\" data-confirm=\"Chiudere?\">Chiudi</button>"
     "</div></form>\n<div class=\"z-grid\"><section class=\"z-card\"><h2>Dati</h2>{{>kit/pairs}}"
     "</section><section class=\"z-card\"><h2>Diario</h2>{{>kit/timeline}}</section></div>"},
    {NULL, NULL}};

struct scene {
    struct arena arena;
    struct tmpls *set;
    struct tv *page;
    struct buf out;
};

static size_t add_files(struct tmpl_file *files, size_t count, const struct tmpl_file *more)
{
    for (; more->name != NULL; more++) {
        assert_true(count < FILES);
        files[count++] = *more;
    }
    return count;
}

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    struct tmpl_file files[FILES + 1];
    size_t count = add_files(files, add_files(files, 0, embedded_templates), extra);
    files[count] = (struct tmpl_file){NULL, NULL};
    arena_init(&s->arena, 16 << 20);
    struct err err = {0};
    bool good = tmpls_load(&s->set, files, NULL, &err);
    assert_string_equal(err.text, "");
    assert_true(good);
    s->page = tv_object(&s->arena);
    buf_init(&s->out, &s->arena, 4 << 20);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    tmpls_free(s->set);
    arena_release(&s->arena);
    free(s);
    return 0;
}

static void add_item(struct tv *items, const char *label, const char *icon, bool current)
{
    struct tv *item = tv_push(items);
    tv_text(item, "label", label);
    tv_text(item, "href", "/persone");
    tv_text(item, "icon", icon);
    tv_bool(item, "current", current);
}

static void add_layout(struct tv *page, bool logged_in)
{
    struct tv *layout = tv_child(page, "layout");
    tv_text(layout, "ambito", "Ambito di <Prova>");
    tv_text(layout, "avviso",
            logged_in ? "Sistema dimostrativo: le persone sono inventate." : NULL);
    tv_bool(layout, "cerca", logged_in);
    tv_set(layout, "utente", NULL);
    struct tv *menu = tv_children(layout, "menu");
    if (!logged_in)
        return;
    struct tv *utente = tv_child(layout, "utente");
    tv_text(utente, "nome", "Élodie D'Amèlio");
    tv_text(utente, "ruolo", "Assistente sociale");
    tv_text(utente, "ente", "Comune di Clusone");
    struct tv *group = tv_push(menu);
    tv_text(group, "label", "Persone");
    tv_bool(group, "current", true);
    struct tv *items = tv_children(group, "items");
    add_item(items, "Agenda", "it-calendar", false);
    add_item(items, "Persone", "it-user", true);
    group = tv_push(menu);
    tv_text(group, "label", "Numeri");
    tv_bool(group, "current", false);
    items = tv_children(group, "items");
    add_item(items, "Rette", "it-card", false);
    add_item(items, "Bilancio", "it-chart-line", false);
}

static void add_root(struct tv *page, const char *title, bool faulty, bool logged_in)
{
    tv_text(page, "title", title);
    tv_bool(page, "faulty", faulty);
    tv_text(page, "notice", logged_in && !faulty ? "Persona salvata." : NULL);
    tv_text(page, "csrf", logged_in ? "gettone" : NULL);
    tv_text(page, "path", "/persone");
    struct tv *crumbs = tv_children(page, "crumbs");
    struct tv *crumb = tv_push(crumbs);
    tv_text(crumb, "href", "/persone");
    tv_text(crumb, "label", "Persone");
    crumb = tv_push(crumbs);
    tv_text(crumb, "href", NULL);
    tv_text(crumb, "label", title);
    add_layout(page, logged_in);
}

static const char *const kinds[] = {"is_text", "is_lines",  "is_secret", "is_choice",  "is_check",
                                    "is_day",  "is_money",  "is_int",    "is_minutes", "is_rate",
                                    "is_id",   "is_codfis", "is_file"};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void add_field(struct tv *field, size_t kind, bool faulty)
{
    tv_text(field, "name", kinds[kind]);
    tv_text(field, "id", kinds[kind]);
    tv_printf(field, "label", "Campo %s", kinds[kind]);
    tv_text(field, "value", kind == 2 || kind == 12 ? "" : "\"valore\"");
    tv_text(field, "help", kind % 2 == 0 ? "Come sulla tessera sanitaria." : NULL);
    tv_text(field, "fault", faulty && kind % 3 == 0 ? "Non si capisce." : NULL);
    tv_bool(field, "required", kind < 4);
    tv_bool(field, "invalid", faulty && kind % 3 == 0);
    tv_bool(field, "checked", true);
    tv_int(field, "max", kind < 3 ? 100 : INT_NONE);
    for (size_t i = 0; i < KINDS; i++)
        tv_bool(field, kinds[i], i == kind);
    struct tv *choice = tv_push(tv_children(field, "choices"));
    tv_text(choice, "value", "a");
    tv_text(choice, "label", "Anziani");
    tv_bool(choice, "selected", true);
}

static void add_form(struct tv *object, const char *name, bool faulty, size_t count)
{
    struct tv *form = tv_child(object, name);
    tv_bool(form, "faulty", faulty);
    tv_bool(form, "multipart", true);
    struct tv *faults = tv_children(form, "faults");
    struct tv *fields = tv_children(form, "fields");
    for (size_t kind = 0; kind < count; kind++)
        add_field(tv_push(fields), kind, faulty);
    if (!faulty)
        return;
    struct tv *fault = tv_push(faults);
    tv_text(fault, "name", kinds[0]);
    tv_text(fault, "label", "Campo is_text");
    tv_text(fault, "text", "Non si capisce.");
    fault = tv_push(faults);
    tv_text(fault, "name", NULL);
    tv_text(fault, "label", NULL);
    tv_text(fault, "text", "Di tutto il modulo.");
}

static void draw(struct scene *s, const char *page, const char *file)
{
    struct err err = {0};
    bool good = tmpl_render(s->set, "layout/page", page, s->page, &s->out, &err);
    assert_string_equal(err.text, "");
    assert_true(good);
    const char *gallery = getenv("ZONALE_GALLERY");
    if (gallery == NULL)
        return;
    char path[500];
    snprintf(path, sizeof path, "%s/%s.html", gallery, file);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fwrite(s->out.data, 1, s->out.size, out);
    fclose(out);
}

static void add_facts(struct tv *page)
{
    struct tv *pairs = tv_children(page, "pairs");
    for (int i = 0; i < 4; i++) {
        struct tv *pair = tv_push(pairs);
        tv_text(pair, "label", "Nascita");
        tv_text(pair, "text", i == 2 ? NULL : "05/03/1941, Clusone");
        tv_text(pair, "href", i == 1 ? "/altrove" : NULL);
    }
    struct tv *timeline = tv_children(page, "timeline");
    for (int i = 0; i < 3; i++) {
        struct tv *event = tv_push(timeline);
        tv_day(event, "quando", day_of(2026, 3, 5 - i));
        tv_text(event, "titolo", "Visita domiciliare");
        tv_text(event, "href", i == 0 ? "/diario" : NULL);
        tv_text(event, "testo", i == 1 ? NULL : "Prima riga\nseconda <riga>");
        tv_text(event, "chi", "Élodie D'Amèlio");
    }
}

static void form_page(void **state, bool faulty, const char *file)
{
    struct scene *s = *state;
    add_root(s->page, "Nuova persona", faulty, true);
    add_form(s->page, "form", faulty, KINDS);
    add_facts(s->page);
    draw(s, "prova/pagina", file);
}

static void form_shows_every_kind_of_field(void **state)
{
    form_page(state, false, "modulo");
    const struct scene *s = *state;
    assert_non_null(strstr(s->out.data, "<title>Nuova persona – Zonale – Ambito di &lt;Prova&gt;"));
    assert_non_null(strstr(s->out.data, "value=\"&quot;valore&quot;\""));
    assert_non_null(strstr(s->out.data, "<input type=\"hidden\" name=\"is_id\""));
    assert_null(strstr(s->out.data, "style="));
    assert_null(strstr(s->out.data, "aria-invalid"));
}

static void faults_lead_to_their_fields(void **state)
{
    form_page(state, true, "modulo-errato");
    const struct scene *s = *state;
    assert_non_null(strstr(s->out.data, "<title>Errore: Nuova persona"));
    assert_non_null(strstr(s->out.data, "<a href=\"#is_text\">Campo is_text: Non si capisce.</a>"));
    assert_non_null(strstr(s->out.data, "<li>Di tutto il modulo.</li>"));
    assert_non_null(strstr(s->out.data, "aria-invalid=\"true\" "
                                        "aria-describedby=\"is_text-aiuto is_text-errore\""));
}

static void add_link(struct tv *list, const char *label, bool selected)
{
    struct tv *item = tv_push(list);
    tv_text(item, "name", "cognome");
    tv_text(item, "label", label);
    tv_text(item, "href", "/persone?x=1&y=2");
    tv_bool(item, "selected", selected);
    tv_bool(item, "preset", selected);
}

static void add_rows(struct tv *list, int count)
{
    static const char *const heads[] = {"Cognome e nome", "Nascita", "Comune", "ISEE"};
    static const char *const texts[] = {"D'Amèlio Nicolò", "05/03/1941", "Clusone", "9.360,00"};
    struct tv *columns = tv_children(list, "columns");
    for (int i = 0; i < 4; i++) {
        struct tv *column = tv_push(columns);
        tv_text(column, "name", "x");
        tv_text(column, "label", heads[i]);
        tv_bool(column, "number", i == 3);
        tv_text(column, "sort", i < 2 ? "/persone?ordine=x" : NULL);
        tv_bool(column, "sorted", i == 0);
        tv_bool(column, "down", i == 0);
    }
    struct tv *rows = tv_children(list, "rows");
    for (int row = 0; row < count; row++) {
        struct tv *line = tv_push(rows), *head = tv_child(line, "head");
        tv_text(head, "text", texts[0]);
        tv_text(head, "href", "/persone/1");
        struct tv *cells = tv_children(line, "cells");
        for (int i = 1; i < 4; i++) {
            struct tv *cell = tv_push(cells);
            tv_text(cell, "text", texts[i]);
            tv_text(cell, "href", NULL);
            tv_bool(cell, "number", i == 3);
            tv_text(cell, "label", heads[i]);
        }
    }
}

static void add_list(struct tv *page, int rows)
{
    struct tv *list = tv_child(page, "list");
    tv_text(list, "intro", "Le persone conosciute dai servizi dell'ambito.");
    tv_text(list, "empty", "Nessuna persona: inserisci la prima.");
    struct tv *create = tv_child(list, "create");
    tv_text(create, "href", "/persone/nuova");
    tv_text(create, "label", "Nuova persona");
    add_form(list, "filters", false, 5);
    tv_bool(list, "filtered", true);
    tv_text(list, "path", "/persone");
    tv_text(list, "clear", "/persone");
    tv_text(list, "kept_sort", "cognome");
    tv_text(list, "kept_size", "50");
    tv_text(list, "view_text", "q=rossi");
    tv_text(list, "rows_max", "50");
    tv_bool(list, "any", rows > 0);
    tv_bool(list, "beyond", false);
    tv_bool(list, "orders", true);
    tv_bool(list, "viewed", true);
    struct tv *chip = tv_push(tv_children(list, "chips"));
    tv_text(chip, "label", "Comune");
    tv_text(chip, "value", "Clusone & dintorni");
    tv_text(chip, "href", "/persone?righe=50");
    add_rows(list, rows);
    tv_int(list, "count", rows);
    tv_int(list, "total", 123456);
    tv_text(list, "next", "/persone?dopo=x");
    tv_text(list, "first", "/persone");
    struct tv *sorts = tv_children(list, "sorts");
    add_link(sorts, "Cognome (A-Z)", true);
    add_link(sorts, "Nascita", false);
    add_link(tv_children(list, "sizes"), "50", true);
    tv_bool(list, "exportable", true);
    struct tv *exports = tv_children(list, "exports");
    add_link(exports, "Foglio di calcolo (XLSX)", false);
    add_link(exports, "CSV", false);
    add_link(tv_children(list, "views"), "Anziani soli", false);
}

static void list_shows_rows(void **state)
{
    struct scene *s = *state;
    add_root(s->page, "Persone", false, true);
    add_list(s->page, 20);
    draw(s, "kit/list", "elenco");
    assert_non_null(
        strstr(s->out.data, "<td class=\"z-number\" data-label=\"ISEE\">9.360,00</td>"));
    assert_non_null(strstr(s->out.data, "href=\"/persone?x=1&amp;y=2\""));
    assert_null(strstr(s->out.data, "z-empty"));
    assert_non_null(strstr(s->out.data, "<th scope=\"col\" aria-sort=\"descending\">"));
}

static void empty_list_helps(void **state)
{
    struct scene *s = *state;
    add_root(s->page, "Persone", false, true);
    add_list(s->page, 0);
    draw(s, "kit/list", "elenco-vuoto");
    assert_non_null(strstr(s->out.data, "Nessuna riga corrisponde ai filtri scelti."));
    assert_null(strstr(s->out.data, "inserisci la prima"));
    assert_non_null(strstr(s->out.data, "Comune: <strong>Clusone &amp; dintorni</strong>"));
    assert_null(strstr(s->out.data, "<table"));
}

static void error_before_login(void **state)
{
    struct scene *s = *state;
    add_root(s->page, "Pagina non trovata", false, false);
    tv_int(s->page, "status", 404);
    tv_text(s->page, "text", "La pagina non esiste, oppure non riguarda il tuo lavoro.");
    tv_text(s->page, "request", "01abc");
    tv_int(s->page, "retry", 5);
    draw(s, "layout/error", "errore");
    assert_non_null(strstr(s->out.data, "Riprova tra 5 secondi"));
    assert_null(strstr(s->out.data, "action=\"/esci\""));
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {CASE(form_shows_every_kind_of_field),
                                       CASE(faults_lead_to_their_fields), CASE(list_shows_rows),
                                       CASE(empty_list_helps), CASE(error_before_login)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
