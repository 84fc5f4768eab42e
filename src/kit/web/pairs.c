#include "kit/web/pairs.h"

#include "base/text.h"

#include <string.h>

static bool refuse(const char **why, const char *text)
{
    *why = text;
    return false;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* `plus`: + is a space. */
static char *unescape(struct arena *arena, const char *text, size_t size, bool plus)
{
    char *made = arena_alloc(arena, size + 1);
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '%') {
            if (size - i < 3 || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0)
                return NULL;
            c = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        made[length++] = c;
    }
    return text_valid(made, length) ? made : NULL;
}

const char *pairs_unescape(struct arena *arena, const char *text, size_t size)
{
    return unescape(arena, text, size, false);
}

const struct pair *pairs_find(const struct pairs *pairs, const char *name)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, name) == 0)
            return &pairs->items[i];
    return NULL;
}

void pairs_replace(struct pairs *pairs, const char *name, const char *value)
{
    for (size_t i = 0; i < pairs->count; i++)
        if (strcmp(pairs->items[i].name, name) == 0)
            pairs->items[i].value = value;
}

static bool add(struct pairs *pairs, size_t room, const struct pair *pair, const char **why)
{
    size_t length = strlen(pair->name);
    if (length == 0 || length > PAIRS_NAME)
        return refuse(why, "nome di campo non valido");
    if (pairs_find(pairs, pair->name) != NULL)
        return refuse(why, "campo ripetuto");
    if (pairs->count == room)
        return refuse(why, "troppi campi");
    pairs->items[pairs->count++] = *pair;
    return true;
}

static size_t count_char(const char *text, size_t size, char c)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += text[i] == c;
    return count;
}

static bool add_urlencoded(struct arena *arena, const char *text, size_t size, struct pairs *pairs,
                           size_t room, const char **why)
{
    const char *equals = memchr(text, '=', size);
    size_t name_size = equals == NULL ? size : (size_t)(equals - text);
    const char *value = equals == NULL ? text + size : equals + 1;
    struct pair pair = {
        .name = unescape(arena, text, name_size, true),
        .value = unescape(arena, value, (size_t)(text + size - value), true),
    };
    if (pair.name == NULL || pair.value == NULL)
        return refuse(why, "testo non valido");
    return add(pairs, room, &pair, why);
}

bool pairs_urlencoded(struct arena *arena, const char *text, size_t size, struct pairs *pairs,
                      const char **why)
{
    *pairs = (struct pairs){0};
    size_t room = count_char(text, size, '&') + 1;
    if (room > PAIRS_MAX)
        return refuse(why, "troppi campi");
    pairs->items = ARENA_NEWS(arena, struct pair, room);
    const char *end = text + size;
    while (text < end) {
        const char *stop = memchr(text, '&', (size_t)(end - text));
        if (stop == NULL)
            stop = end;
        if (!add_urlencoded(arena, text, (size_t)(stop - text), pairs, room, why))
            return false;
        text = stop + (stop < end);
    }
    return true;
}

void pairs_escape(struct buf *buf, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     strchr("-._~", c) != NULL;
        if (plain) {
            buf_char(buf, *text);
        } else {
            buf_char(buf, '%');
            buf_char(buf, digits[c >> 4]);
            buf_char(buf, digits[c & 15]);
        }
    }
}

static bool among(const char *const *names, const char *name)
{
    for (; *names != NULL; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

const char *pairs_text(struct arena *arena, const struct pairs *pairs, const char *const *but)
{
    struct buf buf;
    buf_init(&buf, arena, (size_t)4 << 20);
    for (size_t i = 0; i < pairs->count; i++) {
        const struct pair *pair = &pairs->items[i];
        if (among(but, pair->name) || pair->file != NULL)
            continue;
        if (buf.size > 0)
            buf_char(&buf, '&');
        pairs_escape(&buf, pair->name);
        buf_char(&buf, '=');
        pairs_escape(&buf, pair->value);
    }
    return buf.full ? "" : arena_strndup(arena, buf.data, buf.size);
}

/* ---- multipart ---------------------------------------------------------------------------- */

struct reader {
    struct arena *arena;
    const char *at, *end;
    const char *mark; /* CR LF - - boundary */
    size_t mark_size;
    const char **why;
};

struct part {
    const char *name, *file_name;
};

static bool read_boundary(struct reader *reader, const char *type)
{
    const char *text = strcasestr(type, "boundary=");
    if (text == NULL)
        return refuse(reader->why, "modulo senza separatore");
    text += strlen("boundary=");
    bool quoted = *text == '"';
    text += quoted;
    size_t size = strcspn(text, quoted ? "\"" : "; \t");
    if (size == 0 || size > 70 ||
        strspn(text, "0123456789abcdefghijklmnopqrstuvwxyz"
                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ'()+_,-./:=?") < size)
        return refuse(reader->why, "separatore non valido");
    reader->mark = arena_printf(reader->arena, "\r\n--%.*s", (int)size, text);
    reader->mark_size = size + 4;
    return true;
}

/* The value of `name="..."` in a Content-Disposition line; NULL when it is not there. Quotes and
 * line ends in it are escaped as %22 %0D %0A (HTML standard, multipart/form-data encoding). */
static const char *parameter(struct reader *reader, const char *line, const char *name)
{
    const char *start = strstr(line, name);
    if (start == NULL)
        return NULL;
    start += strlen(name);
    const char *stop = strchr(start, '"');
    if (stop == NULL || !text_valid(start, (size_t)(stop - start)))
        return NULL;
    return arena_strndup(reader->arena, start, (size_t)(stop - start));
}

static bool read_line(struct reader *reader, const char **line)
{
    const char *stop = memmem(reader->at, (size_t)(reader->end - reader->at), "\r\n", 2);
    if (stop == NULL || stop - reader->at > 1024)
        return refuse(reader->why, "parte del modulo non valida");
    *line = arena_strndup(reader->arena, reader->at, (size_t)(stop - reader->at));
    reader->at = stop + 2;
    return true;
}

static bool read_head(struct reader *reader, struct part *part)
{
    enum { LINES = 8 };
    static const char disposition[] = "Content-Disposition: form-data; ";
    *part = (struct part){0};
    for (int i = 0; i < LINES; i++) {
        const char *line;
        if (!read_line(reader, &line))
            return false;
        if (*line == '\0')
            return part->name != NULL || refuse(reader->why, "campo senza nome");
        if (strncasecmp(line, disposition, sizeof disposition - 1) != 0)
            continue;
        part->name = parameter(reader, line, " name=\"");
        part->file_name = parameter(reader, line, " filename=\"");
    }
    return refuse(reader->why, "parte del modulo non valida");
}

/* Only the last part of a path, without controls, not longer than 120 characters. */
static const char *clean_name(struct arena *arena, const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (*c == '/' || *c == '\\')
            name = c + 1;
    char *clean = arena_strdup(arena, text_clean(arena, name, false));
    size_t at = 0;
    for (int count = 0; clean[at] != '\0' && count < 120; count++) {
        at++;
        while (((unsigned char)clean[at] & 0xc0) == 0x80)
            at++;
    }
    clean[at] = '\0';
    bool dots = strspn(clean, ". ") == strlen(clean);
    return dots ? "documento" : clean;
}

static bool take_part(struct reader *reader, const struct part *part, const char *stop,
                      struct pairs *pairs)
{
    struct bytes bytes = {(const unsigned char *)reader->at, (size_t)(stop - reader->at)};
    struct pair pair = {.name = part->name, .value = ""};
    if (part->file_name == NULL) {
        if (!text_valid(reader->at, bytes.size))
            return refuse(reader->why, "testo non valido");
        pair.value = arena_strndup(reader->arena, reader->at, bytes.size);
    } else if (*part->file_name != '\0' || bytes.size > 0) {
        struct web_file *file = ARENA_NEW(reader->arena, struct web_file);
        *file = (struct web_file){
            .name = clean_name(reader->arena, part->file_name),
            .type = sniff_type(part->file_name, bytes),
            .bytes = bytes,
        };
        pair.file = file;
    }
    return add(pairs, PAIRS_MAX, &pair, reader->why);
}

/* Behind a mark: CR LF and another part, or "--" and the end. */
static bool read_after_mark(struct reader *reader, bool *more)
{
    size_t left = (size_t)(reader->end - reader->at);
    *more = left >= 2 && memcmp(reader->at, "\r\n", 2) == 0;
    if (*more) {
        reader->at += 2;
        return true;
    }
    bool closed = left >= 2 && memcmp(reader->at, "--", 2) == 0 &&
                  (left == 2 || (left == 4 && memcmp(reader->at + 2, "\r\n", 2) == 0));
    return closed || refuse(reader->why, "modulo troncato");
}

bool pairs_multipart(struct arena *arena, const char *type, const char *body, size_t size,
                     struct pairs *pairs, const char **why)
{
    struct reader reader = {.arena = arena, .at = body, .end = body + size, .why = why};
    *pairs = (struct pairs){.items = ARENA_NEWS(arena, struct pair, PAIRS_MAX)};
    if (!read_boundary(&reader, type))
        return false;
    /* The first mark has no line before it. */
    if (size < reader.mark_size - 2 || memcmp(body, reader.mark + 2, reader.mark_size - 2) != 0)
        return refuse(why, "modulo troncato");
    reader.at += reader.mark_size - 2;
    for (bool more;;) {
        struct part part;
        if (!read_after_mark(&reader, &more))
            return false;
        if (!more)
            return true;
        if (!read_head(&reader, &part))
            return false;
        const char *stop =
            memmem(reader.at, (size_t)(reader.end - reader.at), reader.mark, reader.mark_size);
        if (stop == NULL)
            return refuse(why, "modulo troncato");
        if (!take_part(&reader, &part, stop, pairs))
            return false;
        reader.at = stop + reader.mark_size;
    }
}
