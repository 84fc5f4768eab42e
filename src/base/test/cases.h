/* Test cases as text, which anyone can add: blocks of a few lines, parted by blank lines; a line
 * that begins with # is a comment.
 *
 *     # SAD, third band
 *     SAD feriale
 *     isee 4500,01 giorno 2025-03-10
 *     2,60
 *
 * cases_run reads <source>/<path> and calls `check` once a block. A case that fails calls
 * case_fail, which prints file and line and counts; the run fails at its end, after all cases.
 */
#ifndef ZONALE_TEST_CASES_H
#define ZONALE_TEST_CASES_H

#include "base/test/check.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CASE_LINES = 12, CASE_LINE = 2000 };

struct test_case {
    const char *path;
    int line; /* of the block's first line */
    char lines[CASE_LINES][CASE_LINE];
    int count;
    int failed; /* of the whole run */
    int done;
};

static inline void __attribute__((format(printf, 2, 3)))
case_fail(struct test_case *c, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("# %s:%d: ", c->path, c->line);
    vprintf(format, args);
    printf("\n");
    va_end(args);
    c->failed++;
}

static inline void case_done(struct test_case *c, int want, void (*check)(struct test_case *c))
{
    if (c->count == 0)
        return;
    if (c->count != want)
        case_fail(c, "a case has %d lines, this one %d", want, c->count);
    else
        check(c);
    c->done++;
    c->count = 0;
}

static inline FILE *test_open(const char *path)
{
    char full[4096];
    const char *root = getenv("ZONALE_SOURCE");
    snprintf(full, sizeof full, "%s/%s", root != NULL ? root : ".", path);
    FILE *file = fopen(full, "r");
    if (file == NULL)
        fail_msg("cannot open %s", full);
    return file;
}

/* Each case has `lines` lines; at least `least` cases must be there. */
static inline void cases_run(const char *path, int lines, int least,
                             void (*check)(struct test_case *c))
{
    FILE *file = test_open(path);
    struct test_case *c = calloc(1, sizeof *c);
    char line[CASE_LINE];
    assert_non_null(c);
    c->path = path;
    for (int nr = 1; fgets(line, sizeof line, file) != NULL; nr++) {
        line[strcspn(line, "\r\n")] = '\0';
        if (line[0] == '#')
            continue;
        if (line[strspn(line, " \t")] == '\0') {
            case_done(c, lines, check);
            continue;
        }
        if (c->count == 0)
            c->line = nr;
        if (c->count < CASE_LINES)
            memcpy(c->lines[c->count], line, sizeof line);
        c->count++;
    }
    case_done(c, lines, check);
    fclose(file);
    int failed = c->failed, done = c->done;
    free(c);
    if (failed > 0)
        fail_msg("%s: %d of %d cases failed", path, failed, done);
    if (done < least)
        fail_msg("%s: only %d cases", path, done);
}

/* A whole file as text; freed by the caller. */
static inline char *test_file(const char *path, size_t *size)
{
    FILE *file = test_open(path);
    size_t room = 64 * 1024, used = 0;
    char *text = malloc(room);
    assert_non_null(text);
    for (size_t got; (got = fread(text + used, 1, room - used - 1, file)) > 0;) {
        used += got;
        if (room - used < 2) {
            text = realloc(text, room *= 2);
            assert_non_null(text);
        }
    }
    text[used] = '\0';
    fclose(file);
    *size = used;
    return text;
}

/* Cases of one line, "what is asked => what is due": calls `run` once a line with the two sides,
 * the right one trimmed, in an arena of its own. At least `least` cases must be there. */
static inline void cases_arrows(const char *path, int least,
                                void (*run)(struct arena *arena, char *in, const char *out))
{
    FILE *file = test_open(path);
    char line[CASE_LINE];
    int count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        char *arrow = strstr(line, "=>");
        if (line[0] == '#' || arrow == NULL)
            continue;
        struct arena arena;
        arena_init(&arena, 1 << 20);
        *arrow = '\0';
        run(&arena, line, text_clean(&arena, arrow + 2, false));
        arena_release(&arena);
        count++;
    }
    fclose(file);
    assert_true(count >= least);
}

#endif
