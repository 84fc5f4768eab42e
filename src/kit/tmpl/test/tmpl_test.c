#include "base/test/check.h"
#include "kit/tmpl/tmpl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct scene {
    struct arena arena;
    struct tv *data;
    struct buf out;
    struct err err;
};

static int set_up(void **state)
{
    struct scene *scene = calloc(1, sizeof *scene);
    arena_init(&scene->arena, 64 << 20);
    scene->data = tv_object(&scene->arena);
    buf_init(&scene->out, &scene->arena, 8 << 20);
    *state = scene;
    return scene == NULL;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    arena_release(&scene->arena);
    free(scene);
    return 0;
}

static bool draw_files(struct scene *scene, const struct tmpl_file *files, const char *page)
{
    scene->err = (struct err){0};
    scene->out.size = 0;
    if (scene->out.data != NULL)
        scene->out.data[0] = '\0';
    struct tmpls *set = NULL;
    bool drawn = tmpls_load(&set, files, NULL, &scene->err) &&
                 tmpl_render(set, files[0].name, page, scene->data, &scene->out, &scene->err);
    tmpls_free(set);
    return drawn;
}

static bool draw(struct scene *scene, const char *text)
{
    const struct tmpl_file files[] = {{"stanza/prova", text}, {NULL, NULL}};
    return draw_files(scene, files, NULL);
}

static const char *drawn(const struct scene *scene)
{
    return scene->out.data == NULL ? "" : scene->out.data;
}

static void check_drawn(struct scene *scene, const char *text, const char *expected)
{
    bool good = draw(scene, text);
    assert_string_equal(scene->err.text, "");
    assert_true(good);
    assert_string_equal(drawn(scene), expected);
}

static void check_refused(struct scene *scene, const char *text, const char *reason)
{
    assert_false(draw(scene, text));
    assert_string_equal(scene->err.text, reason);
}

static void values_follow_their_type(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "testo", "<b>\"D'Amèlio\" & figli</b>");
    tv_markup(s->data, "segno", "<svg></svg>");
    tv_money(s->data, "importo", MONEY(143003880));
    tv_day(s->data, "giorno", day_of(2026, 3, 5));
    tv_int(s->data, "numero", -12345);
    tv_bool(s->data, "vero", true);
    tv_printf(s->data, "composto", "%d/%s", 7, "<i>");
    check_drawn(s, "{{testo}}", "&lt;b&gt;&quot;D&#39;Amèlio&quot; &amp; figli&lt;/b&gt;");
    check_drawn(s, "{{segno}}", "<svg></svg>");
    check_drawn(s, "{{importo}}|{{giorno}}|{{numero}}|{{vero}}|{{composto}}",
                "1.430.038,80|05/03/2026|-12345|sì|7/&lt;i&gt;");
}

static void not_known_is_empty_and_false(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "a", NULL);
    tv_money(s->data, "b", MONEY_INVALID);
    tv_day(s->data, "c", DAY_NONE);
    tv_instant(s->data, "d", (struct instant){0});
    tv_int(s->data, "e", INT_NONE);
    tv_id(s->data, "f", ID_NONE);
    tv_text(s->data, "g", "");
    tv_set(s->data, "h", NULL);
    check_drawn(s, "[{{a}}{{b}}{{c}}{{d}}{{e}}{{f}}{{g}}{{h}}]", "[]");
    check_drawn(s, "{{#a}}x{{/a}}{{#b}}x{{/b}}{{#c}}x{{/c}}{{#g}}x{{/g}}{{^e}}no{{/e}}", "no");
}

static void zero_is_known(void **state)
{
    struct scene *s = *state;
    tv_int(s->data, "n", 0);
    tv_money(s->data, "m", MONEY(0));
    check_drawn(s, "{{#n}}n={{n}}{{/n}} {{#m}}m={{m}}{{/m}}", "n=0 m=0,00");
}

static void later_member_replaces(void **state)
{
    struct scene *s = *state;
    struct tv *early = tv_child(s->data, "x");
    tv_text(early, "y", "prima");
    tv_text(s->data, "x", "dopo");
    check_drawn(s, "{{x}}", "dopo");
}

static void texts_are_copied(void **state)
{
    struct scene *s = *state;
    char text[] = "tenuto";
    tv_text(s->data, "t", text);
    struct tv *list = tv_children(s->data, "l");
    tv_push_text(list, text);
    memset(text, 'x', sizeof text - 1);
    check_drawn(s, "{{t}} {{#l}}{{.}}{{/l}}", "tenuto tenuto");
}

static void children_stay_where_they_are(void **state)
{
    struct scene *s = *state;
    struct tv *first = tv_child(s->data, "primo");
    struct tv *list = tv_children(s->data, "lista");
    struct tv *row = tv_push(list);
    char names[200][8];
    for (int i = 0; i < 200; i++) {
        snprintf(names[i], sizeof names[i], "n%d", i);
        tv_int(s->data, names[i], i);
        tv_int(tv_push(list), "i", i);
    }
    tv_int(row, "i", -1);
    tv_text(first, "nome", "fermo");
    check_drawn(s, "{{primo.nome}} {{n0}} {{n11}} {{n12}} {{n199}}", "fermo 0 11 12 199");
    assert_true(draw(s, "{{#lista}}{{i}},{{/lista}}"));
    assert_memory_equal(drawn(s), "-1,0,1,2,", 9);
    assert_non_null(strstr(drawn(s), ",197,198,199,"));
    assert_ptr_equal(tv_get(s->data, "primo"), first);
    assert_null(tv_get(s->data, "secondo"));
    assert_ptr_equal(tv_item(list, 0), row);
    assert_ptr_equal(tv_item(list, 200), tv_item(tv_get(s->data, "lista"), 200));
    assert_null(tv_item(list, 201));
    assert_string_equal(tv_string(tv_get(first, "nome")), "fermo");
    assert_null(tv_string(tv_get(s->data, "n0")));
}

struct riga {
    struct id id;
    const char *nome;
    struct money importo;
    struct rate quota;
    struct minutes ore;
    struct day dal;
    bool attiva;
    int64_t anni;
};
static const struct field riga_fields[] = {
    FIELD(riga, id),     FIELD(riga, nome), FIELD(riga, importo),
    FIELD(riga, quota),  FIELD(riga, ore),  FIELD(riga, dal),
    FIELD(riga, attiva), FIELD(riga, anni), FIELD_END};

static void fields_become_members(void **state)
{
    struct scene *s = *state;
    struct riga riga;
    field_blank(riga_fields, &riga);
    tv_fields(tv_child(s->data, "vuota"), riga_fields, &riga);
    riga = (struct riga){.nome = "Élodie",
                         .importo = MONEY(150),
                         .ore = {150},
                         .quota = RATE(1, 4),
                         .dal = day_of(2026, 1, 1),
                         .anni = 3};
    tv_fields(tv_child(s->data, "r"), riga_fields, &riga);
    check_drawn(s, "{{#r}}{{nome}} {{importo}} {{ore}} {{dal}} {{attiva}} {{anni}}{{/r}}",
                "Élodie 1,50 2:30 01/01/2026 no 3");
    check_drawn(s, "[{{#vuota}}{{id}}{{nome}}{{importo}}{{quota}}{{ore}}{{dal}}{{anni}}{{/vuota}}]",
                "[]");
}

static void faults_name_file_and_line(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "x", "1");
    tv_child(s->data, "o");
    tv_text(s->data, "vuoto", NULL);
    check_refused(s, "a\nb\n{{cognmoe}}", "stanza/prova.html:3: i dati non hanno cognmoe");
    check_refused(s, "{{#o}}\n{{o.x}}{{/o}}", "stanza/prova.html:2: i dati non hanno o.x");
    check_refused(s, "{{vuoto.x}}", "stanza/prova.html:1: i dati non hanno vuoto.x");
    check_refused(s, "{{^manca}}{{/manca}}", "stanza/prova.html:1: i dati non hanno manca");
    check_refused(s, "\n{{o}}", "stanza/prova.html:2: non è un valore da scrivere: o");
    check_refused(s, "\n\n{{#x}}\n", "stanza/prova.html:3: la sezione x non si chiude");
    check_refused(s, "{{#x}}{{/y}}", "stanza/prova.html:1: {{/y}} dove va chiusa x");
    check_refused(s, "\n{{/x}}", "stanza/prova.html:2: {{/x}} chiude una sezione mai aperta");
    check_refused(s, "{{>kit/manca}}", "stanza/prova.html:1: il modello kit/manca non esiste");
    check_refused(s, "{{x", "stanza/prova.html:1: manca }}");
    check_refused(s, "{{}}", "stanza/prova.html:1: nome vuoto o troppo lungo");
    check_refused(s, "{{x y}}", "stanza/prova.html:1: nome non ammesso: x y");
    check_refused(s, "{{x..y}}", "stanza/prova.html:1: nome non ammesso: x..y");
    check_refused(s, "{{a.b.c.d.e.f.g}}", "stanza/prova.html:1: nome non ammesso: a.b.c.d.e.f.g");
    check_refused(s, "\n{{{x}}}",
                  "stanza/prova.html:2: la forma che scrive il testo com'è non esiste");
    check_refused(s, "{{&x}}",
                  "stanza/prova.html:1: la forma che scrive il testo com'è non esiste");
    check_refused(s, "{{=<% %>=}}", "stanza/prova.html:1: i delimitatori non si cambiano");
    check_refused(s, "{{>page}}", "stanza/prova.html:1: qui non c'è una pagina da disegnare ");
}

static void depth_has_a_limit(void **state)
{
    struct scene *s = *state;
    tv_bool(s->data, "x", true);
    char text[1024] = "";
    for (int i = 0; i < 33; i++)
        strcat(text, "{{#x}}");
    check_refused(s, text, "stanza/prova.html:1: troppe sezioni una dentro l'altra");
    const struct tmpl_file endless[] = {{"a", "a{{>b}}"}, {"b", "b{{>a}}"}, {NULL, NULL}};
    assert_false(draw_files(s, endless, NULL));
    assert_non_null(strstr(s->err.text, "modelli che si richiamano senza fine"));
    const struct tmpl_file growing[] = {{"a", "a\n {{>a}}\n"}, {NULL, NULL}};
    assert_false(draw_files(s, growing, NULL));
    assert_non_null(strstr(s->err.text, "troppi modelli uno dentro"));
}

static void lists_inside_lists_end(void **state)
{
    struct scene *s = *state;
    struct tv *list = tv_children(s->data, "l");
    for (int i = 0; i < 10; i++)
        tv_push_text(list, "x");
    char text[1024] = "";
    for (int i = 0; i < 20; i++)
        strcat(text, "{{#l}}");
    for (int i = 0; i < 20; i++)
        strcat(text, "{{/l}}");
    check_refused(s, text, "stanza/prova.html:1: troppe ripetizioni: l");
}

static void page_is_given_by_the_rendering(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "title", "Persone");
    const struct tmpl_file files[] = {{"layout/page", "<h1>{{title}}</h1>\n  {{>page}}\n<hr>"},
                                      {"persone/elenco", "elenco di {{title}}\n"},
                                      {NULL, NULL}};
    assert_true(draw_files(s, files, "persone/elenco"));
    assert_string_equal(drawn(s), "<h1>Persone</h1>\nelenco di Persone\n<hr>");
    assert_false(draw_files(s, files, "persone/manca"));
    assert_string_equal(s->err.text, "il modello persone/manca non esiste");
}

static void part_keeps_the_indentation(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "content", "<\n->");
    const struct tmpl_file files[] = {
        {"prova", "\\\n {{>parte}}\n/\n"}, {"parte", "|\n{{content}}\n|\n"}, {NULL, NULL}};
    assert_true(draw_files(s, files, NULL));
    assert_string_equal(drawn(s), "\\\n |\n &lt;\n-&gt;\n |\n/\n");
}

static void letters_have_no_parts(void **state)
{
    struct scene *s = *state;
    tv_text(s->data, "nome", "Maria & C.");
    assert_true(tmpl_render_text("Gentile {{nome}},", "lettera", s->data, &s->out, &s->err));
    assert_string_equal(drawn(s), "Gentile Maria &amp; C.,");
    assert_false(tmpl_render_text("{{>layout/page}}", "lettera", s->data, &s->out, &s->err));
    assert_int_equal(s->err.code, ERR_INPUT);
    assert_string_equal(s->err.text, "lettera.html:1: qui non si possono richiamare altri modelli");
}

static void too_long_page_is_refused(void **state)
{
    struct scene *s = *state;
    buf_init(&s->out, &s->arena, 10);
    assert_false(draw(s, "più di dieci caratteri"));
    assert_string_equal(s->err.text, "stanza/prova: la pagina è troppo lunga");
}

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void directory_wins_at_each_drawing(void **state)
{
    struct scene *s = *state;
    char dir[] = "/tmp/modelli-XXXXXX";
    assert_non_null(mkdtemp(dir));
    const struct tmpl_file files[] = {
        {"pagina", "dentro {{>parte}}"}, {"parte", "parte"}, {NULL, NULL}};
    struct tmpls *set = NULL;
    assert_true(tmpls_load(&set, files, dir, &s->err));
    assert_true(tmpl_render(set, "pagina", NULL, s->data, &s->out, &s->err));
    assert_string_equal(drawn(s), "dentro parte");
    write_file(dir, "parte.html", "nuova");
    s->out.size = 0;
    assert_true(tmpl_render(set, "pagina", NULL, s->data, &s->out, &s->err));
    assert_string_equal(drawn(s), "dentro nuova");
    write_file(dir, "parte.html", "rotta\n{{#x}}");
    assert_false(tmpl_render(set, "pagina", NULL, s->data, &s->out, &s->err));
    assert_string_equal(s->err.text, "parte.html:2: la sezione x non si chiude");
    s->err = (struct err){0};
    write_file(dir, "parte.html", "\xff");
    assert_false(tmpl_render(set, "pagina", NULL, s->data, &s->out, &s->err));
    assert_int_equal(s->err.code, ERR_IO);
    tmpls_free(set);
    char path[300];
    snprintf(path, sizeof path, "%s/parte.html", dir);
    unlink(path);
    rmdir(dir);
}

int main(void)
{
#define CASE(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        CASE(values_follow_their_type),
        CASE(not_known_is_empty_and_false),
        CASE(zero_is_known),
        CASE(later_member_replaces),
        CASE(texts_are_copied),
        CASE(children_stay_where_they_are),
        CASE(fields_become_members),
        CASE(faults_name_file_and_line),
        CASE(depth_has_a_limit),
        CASE(lists_inside_lists_end),
        CASE(page_is_given_by_the_rendering),
        CASE(part_keeps_the_indentation),
        CASE(letters_have_no_parts),
        CASE(too_long_page_is_refused),
        CASE(directory_wins_at_each_drawing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
