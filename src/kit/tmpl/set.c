#include "kit/tmpl/internal.h"

#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static size_t bucket_of(const char *name)
{
    return (tv_key(name, strlen(name)) * UINT64_C(0x9E3779B97F4A7C15) >> 32) % TMPL_BUCKETS;
}

const struct tmpl *tmpl_find(const struct tmpls *set, const char *name, const char *indent)
{
    for (const struct tmpl *tmpl = set->buckets[bucket_of(name)]; tmpl != NULL; tmpl = tmpl->next)
        if (strcmp(tmpl->name, name) == 0 && strcmp(tmpl->indent, indent) == 0)
            return tmpl;
    return NULL;
}

/* The file of the directory; NULL when it is not there (`err` stays empty) or cannot be read. */
static const char *read_file(struct tmpls *set, const char *name, struct err *err)
{
    if (set->dir == NULL || strstr(name, "..") != NULL)
        return NULL;
    const char *path = arena_printf(&set->arena, "%s/%s.html", set->dir, name);
    FILE *file = fopen(path, "re");
    if (file == NULL)
        return NULL;
    char *text = arena_alloc(&set->arena, TMPL_FILE + 1);
    size_t size = fread(text, 1, TMPL_FILE, file);
    bool whole = !ferror(file) && fgetc(file) == EOF;
    fclose(file);
    if (whole && text_valid(text, size))
        return text;
    err_set(err, ERR_IO, "%s: non si legge, è troppo lungo o non è UTF-8", path);
    return NULL;
}

static const char *source_of(struct tmpls *set, const char *name, struct err *err)
{
    const char *text = read_file(set, name, err);
    if (text != NULL || err->code != ERR_NONE)
        return text;
    for (const struct tmpl_file *file = set->files; file != NULL && file->name != NULL; file++)
        if (strcmp(file->name, name) == 0)
            return file->text;
    return NULL;
}

const struct tmpl *tmpl_compile(struct tmpls *set, const char *name, const char *indent,
                                const char *by, int line, struct err *err)
{
    const struct tmpl *known = tmpl_find(set, name, indent);
    if (known != NULL)
        return known;
    if (set->nesting == TMPL_NESTING) {
        err_set(err, set->code, "%s.html:%d: troppi modelli uno dentro l'altro", by, line);
        return NULL;
    }
    const char *text = source_of(set, name, err);
    if (text == NULL) {
        err_set(err, set->code, "%s.html:%d: il modello %s non esiste", by, line, name);
        return NULL;
    }
    struct tmpl *tmpl = ARENA_NEW(&set->arena, struct tmpl);
    tmpl->name = arena_strdup(&set->arena, name);
    tmpl->indent = indent;
    struct tmpl **bucket = &set->buckets[bucket_of(name)];
    tmpl->next = *bucket;
    *bucket = tmpl; /* before its parts: a part may name itself */
    set->nesting++;
    bool good = tmpl_parse(set, tmpl, text, err);
    set->nesting--;
    return good ? tmpl : NULL;
}

static void set_init(struct tmpls *set, const struct tmpl_file *files, const char *dir)
{
    *set = (struct tmpls){.files = files, .dir = dir, .parts = true, .code = ERR_INTERNAL};
    arena_init(&set->arena, TMPL_MEMORY);
}

bool tmpls_load(struct tmpls **out, const struct tmpl_file *files, const char *dir, struct err *err)
{
    struct tmpls *set = calloc(1, sizeof *set);
    if (set == NULL)
        return err_set(err, ERR_BUSY, "memoria esaurita");
    set_init(set, files, NULL);
    bool good = true;
    for (const struct tmpl_file *file = files; good && file->name != NULL; file++)
        good = tmpl_compile(set, file->name, "", file->name, 1, err) != NULL;
    if (dir != NULL)
        set->dir = arena_strdup(&set->arena, dir);
    if (good)
        *out = set;
    else
        tmpls_free(set);
    return good;
}

void tmpls_free(struct tmpls *set)
{
    if (set == NULL)
        return;
    arena_release(&set->arena);
    free(set);
}

bool tmpls_has(const struct tmpls *set, const char *name)
{
    return tmpl_find(set, name, "") != NULL;
}

static bool draw_named(struct tmpls *set, const char *name, const char *page, const struct tv *data,
                       struct buf *out, struct err *err)
{
    const struct tmpl *tmpl = tmpl_compile(set, name, "", name, 1, err);
    if (tmpl == NULL)
        return false;
    const struct tmpl *inner = page == NULL ? NULL : tmpl_compile(set, page, "", page, 1, err);
    return (page == NULL || inner != NULL) && tmpl_draw(set, tmpl, inner, data, out, err);
}

/* With a directory everything is read and parsed again: that is what it is for. */
static bool draw_from_disk(const struct tmpls *set, const char *name, const char *page,
                           const struct tv *data, struct buf *out, struct err *err)
{
    struct tmpls fresh;
    set_init(&fresh, set->files, set->dir);
    bool good = draw_named(&fresh, name, page, data, out, err);
    arena_release(&fresh.arena);
    return good;
}

bool tmpl_render(const struct tmpls *set, const char *name, const char *page, const struct tv *data,
                 struct buf *out, struct err *err)
{
    if (set->dir != NULL)
        return draw_from_disk(set, name, page, data, out, err);
    const struct tmpl *tmpl = tmpl_find(set, name, "");
    const struct tmpl *inner = page == NULL ? NULL : tmpl_find(set, page, "");
    if (tmpl == NULL || (page != NULL && inner == NULL))
        return err_set(err, ERR_INTERNAL, "il modello %s non esiste", tmpl == NULL ? name : page);
    return tmpl_draw(set, tmpl, inner, data, out, err);
}

bool tmpl_render_text(const char *text, const char *name, const struct tv *data, struct buf *out,
                      struct err *err)
{
    struct tmpls set;
    set_init(&set, NULL, NULL);
    set.parts = false;
    set.code = ERR_INPUT;
    struct tmpl tmpl = {.name = name, .indent = ""};
    bool good = tmpl_parse(&set, &tmpl, text, err) && tmpl_draw(&set, &tmpl, NULL, data, out, err);
    arena_release(&set.arena);
    return good;
}
