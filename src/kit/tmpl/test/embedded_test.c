/* What the program carries inside itself is whole: templates, texts, static files. */
#include "base/test/check.h"
#include "kit/embedded.h"
#include "kit/tmpl/message.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void templates_parse(void **state)
{
    (void)state;
    struct tmpls *set = NULL;
    struct err err = {0};
    bool good = tmpls_load(&set, embedded_templates, NULL, &err);
    assert_string_equal(err.text, "");
    assert_true(good);
    assert_true(tmpls_has(set, "asset/app.css"));
    tmpls_free(set);
}

static const struct web_asset *asset(const char *name)
{
    const struct web_asset *found = embedded_assets;
    while (found->name != NULL && strcmp(found->name, name) != 0)
        found++;
    assert_non_null(found->name);
    return found;
}

static void gzip_copy_is_the_same(void **state)
{
    (void)state;
    for (const struct web_asset *a = embedded_assets; a->name != NULL; a++) {
        assert_true(a->size > 0 || strncmp(a->name, "app.", 4) == 0);
        assert_int_equal(strlen(a->hash), 12);
        if (a->gzip == NULL)
            continue;
        unsigned char *plain = malloc(a->size + 1);
        z_stream z = {.avail_out = (unsigned)a->size + 1, .next_out = plain};
        assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
        memcpy(&z.next_in, &a->gzip, sizeof z.next_in);
        z.avail_in = (unsigned)a->gzip_size;
        assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
        assert_int_equal(z.total_out, a->size);
        assert_memory_equal(plain, a->data, a->size);
        inflateEnd(&z);
        free(plain);
    }
}

/* Content-Security-Policy: only our own files; the browser is sent nowhere else. */
static void style_asks_no_other_host(void **state)
{
    (void)state;
    static const char *const names[] = {"bootstrap-italia.min.css", "app.css", NULL};
    for (size_t i = 0; names[i] != NULL; i++) {
        const char *css = (const char *)asset(names[i])->data;
        assert_null(strstr(css, "@import"));
        assert_null(strstr(css, "data:application"));
        assert_null(strstr(css, "VideoJS;src"));
        for (const char *at = css; (at = strstr(at, "url(")) != NULL; at += 4)
            assert_true(strncmp(at, "url(\"data:image/svg", 19) == 0 || strstr(at, ".woff2)") > at);
    }
}

static void keys_in_source(const char *text, const char *path)
{
    for (const char *at = text; (at = strstr(at, "message(\"")) != NULL;) {
        at += strlen("message(\"");
        char key[100];
        size_t size = strcspn(at, "\"");
        assert_true(size < sizeof key);
        memcpy(key, at, size);
        key[size] = '\0';
        bool found = false;
        for (size_t i = 0; i < embedded_messages_count && !found; i++)
            found = strcmp(embedded_messages[i].key, key) == 0;
        if (!found)
            fail_msg("%s: no messages.it has %s", path, key);
    }
}

static void keys_under(const char *dir, int depth)
{
    DIR *open = opendir(dir);
    assert_non_null(open);
    const struct dirent *entry;
    while ((entry = readdir(open)) != NULL) {
        char path[600];
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.' && depth < 8 &&
            strcmp(entry->d_name, "test") != 0)
            keys_under(path, depth + 1);
        size_t length = strlen(entry->d_name);
        if (entry->d_type != DT_REG || length < 3 || strcmp(entry->d_name + length - 2, ".c") != 0)
            continue;
        static char text[1 << 20];
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        keys_in_source(text, path);
    }
    closedir(open);
}

static void every_message_used_is_there(void **state)
{
    (void)state;
    char path[500];
    snprintf(path, sizeof path, "%s/src", getenv("ZONALE_SOURCE"));
    keys_under(path, 0);
}

static void messages_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < embedded_messages_count; i++)
        assert_true(strcmp(embedded_messages[i - 1].key, embedded_messages[i].key) < 0);
    for (size_t i = 0; i < embedded_messages_count; i++)
        assert_ptr_equal(message(embedded_messages[i].key), embedded_messages[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_parse),          cmocka_unit_test(gzip_copy_is_the_same),
        cmocka_unit_test(style_asks_no_other_host), cmocka_unit_test(every_message_used_is_there),
        cmocka_unit_test(messages_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
