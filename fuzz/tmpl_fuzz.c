/* Any bytes as a template, a part of it and a value: no crash, and markup comes out only where the
 * template itself has it. The three are parted by a zero byte. */
#include "kit/tmpl/tmpl.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { PIECES = 3, OUTPUT = 1 << 20 };

static struct tv *values(struct arena *arena, const char *text)
{
    struct tv *data = tv_object(arena);
    tv_text(data, "t", text);
    tv_int(data, "n", 7);
    tv_text(data, "e", NULL);
    tv_bool(data, "b", true);
    struct tv *object = tv_child(data, "o");
    tv_text(object, "x", text);
    tv_day(object, "d", day_of(2026, 3, 5));
    struct tv *list = tv_children(data, "l");
    for (int i = 0; i < 3; i++)
        tv_int(tv_push(list), "i", i);
    tv_push_text(list, text);
    return data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    arena_init(&arena, 64 << 20);
    const char *piece[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        const uint8_t *end = size == 0 ? NULL : memchr(data, 0, size);
        size_t taken = end == NULL ? size : (size_t)(end - data);
        piece[i] = arena_strndup(&arena, (const char *)data, taken);
        data += taken + (end != NULL);
        size -= taken + (end != NULL);
    }
    const struct tmpl_file files[] = {{"a", piece[0]}, {"p", piece[1]}, {NULL, NULL}};
    struct tv *root = values(&arena, piece[2]);
    struct buf out;
    buf_init(&out, &arena, OUTPUT);
    struct err err = {0};
    struct tmpls *set = NULL;
    bool drawn =
        tmpls_load(&set, files, NULL, &err) && tmpl_render(set, "a", "p", root, &out, &err);
    bool plain = strpbrk(piece[0], "<>\"'") == NULL && strpbrk(piece[1], "<>\"'") == NULL;
    if (drawn && plain && out.data != NULL && strpbrk(out.data, "<>\"'") != NULL)
        abort();
    if (!drawn && err.code == ERR_NONE)
        abort();
    tmpls_free(set);
    struct err letter = {0};
    struct buf again;
    buf_init(&again, &arena, OUTPUT);
    if (!tmpl_render_text(piece[0], "a", root, &again, &letter) && letter.code != ERR_INPUT)
        abort();
    arena_release(&arena);
    return 0;
}
