#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

bool text_valid(const char *text, size_t size)
{
    return memchr(text, 0, size) == NULL && u8_check((const uint8_t *)text, size) == NULL;
}

size_t text_length(const char *text)
{
    size_t length = 0;
    for (; *text; text++) {
        length += ((unsigned char)*text & 0xc0) != 0x80;
    }
    return length;
}

/* Normal form in the arena; pure ASCII, the usual case, is its own. */
static const char *normal(struct arena *arena, const char *text, uninorm_t form)
{
    size_t size = strlen(text);
    bool ascii = true;
    for (size_t i = 0; i < size && ascii; i++) {
        ascii = (unsigned char)text[i] < 0x80;
    }
    if (ascii) {
        return text;
    }
    /* Three bytes for one is the most that composition or decomposition can need (UAX 15). */
    size_t room = size * 3 + 16;
    uint8_t *made = arena_alloc(arena, room + 1);
    size_t length = room;
    uint8_t *out = u8_normalize(form, (const uint8_t *)text, size, made, &length);
    if (!out) {
        return ""; /* not UTF-8: callers check with text_valid first */
    }
    if (out != made) {
        const char *copy = arena_strndup(arena, (const char *)out, length);
        free(out);
        return copy;
    }
    made[length] = 0;
    return (const char *)made;
}

/* One code point; moves on. The text is well-formed. */
static ucs4_t next_char(const char **text)
{
    ucs4_t c = 0;
    int size = u8_strmbtouc(&c, (const uint8_t *)*text);
    if (size <= 0) {
        *text += 1;
        return 0xfffd;
    }
    *text += size;
    return c;
}

static char *put_char(char *out, ucs4_t c)
{
    int size = u8_uctomb((uint8_t *)out, c, 6);
    return size > 0 ? out + size : out;
}

static bool is_space(ucs4_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

/* Controls, and the marks that turn or hide text: they only serve to deceive in a name. */
static bool is_dropped(ucs4_t c)
{
    static const ucs4_t ranges[][2] = {
        {0x0, 0x1f},        {0x7f, 0x9f},     {0xad, 0xad},     {0x34f, 0x34f},
        {0x61c, 0x61c},     {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
        {0x200b, 0x200f},   {0x202a, 0x202e}, {0x2060, 0x206f}, {0x2800, 0x2800},
        {0x3164, 0x3164},   {0xfdd0, 0xfdef}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
        {0xffa0, 0xffa0},   {0xfff0, 0xfffb}, {0xfffe, 0xffff}, {0x1d173, 0x1d17a},
        {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

static bool is_break(ucs4_t c)
{
    return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029;
}

bool text_hidden(const char *text)
{
    bool begun = false, waiting = false; /* a break counts when more text follows it */
    while (*text) {
        ucs4_t c = next_char(&text);
        if (is_break(c))
            waiting = begun;
        else if (!is_space(c) && is_dropped(c))
            return true;
        else if (!is_space(c)) {
            if (waiting)
                return true;
            begun = true;
        }
    }
    return false;
}

const char *text_clean(struct arena *arena, const char *text, bool lines)
{
    const char *from = text;
    char *made = arena_alloc(arena, strlen(from) + 8);
    char *out = made;
    int breaks = 0;
    bool space = false;
    while (*from) {
        ucs4_t c = next_char(&from);
        if (lines && c == '\n') {
            breaks++;
        } else if (is_space(c)) {
            space = true;
        } else if (!is_dropped(c)) {
            if (out > made && breaks > 0) {
                *out++ = '\n'; /* one blank line at most */
                if (breaks > 1) {
                    *out++ = '\n';
                }
            } else if (out > made && space) {
                *out++ = ' ';
            }
            breaks = 0;
            space = false;
            out = put_char(out, c);
        }
    }
    *out = '\0';
    return normal(arena, made, UNINORM_NFC); /* last: what was dropped may have parted accents */
}

/* Letters that have no decomposition into a base and an accent. */
static const char *fold_special(ucs4_t c)
{
    static const struct {
        ucs4_t from;
        const char *to;
    } table[] = {{0xc6, "ae"}, {0xd0, "d"},   {0xd8, "o"},   {0xde, "th"}, {0xdf, "ss"},
                 {0xe6, "ae"}, {0xf0, "d"},   {0xf8, "o"},   {0xfe, "th"}, {0x110, "d"},
                 {0x111, "d"}, {0x126, "h"},  {0x127, "h"},  {0x131, "i"}, {0x138, "k"},
                 {0x13f, "l"}, {0x140, "l"},  {0x141, "l"},  {0x142, "l"}, {0x14a, "n"},
                 {0x14b, "n"}, {0x152, "oe"}, {0x153, "oe"}, {0x166, "t"}, {0x167, "t"},
                 {0x18f, "e"}, {0x259, "e"},  {0x1e9e, "ss"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (table[i].from == c) {
            return table[i].to;
        }
    }
    return NULL;
}

/* Accents and their like, of any script. */
static bool is_mark(ucs4_t c)
{
    return c >= 0x300 && uc_combining_class(c) != 0;
}

/* Apostrophes of all kinds are nothing ("D'Amelio" = "Damelio"); a hyphen too. */
static bool is_joiner(ucs4_t c)
{
    return c == '\'' || c == '`' || c == 0xb4 || c == 0x2b9 || c == 0x2bc || c == 0x2018 ||
           c == 0x2019 || c == 0x2032 || c == '-' || c == 0x2010 || c == 0x2011;
}

/* Lower case of the alphabets that are used in Europe, by ranges. */
static ucs4_t lower(ucs4_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f)) {
        return c + 32;
    }
    return c >= 0x400 && c <= 0x40f ? c + 80 : c;
}

static char *fold_char(char *out, ucs4_t c, bool *gap, const char *start)
{
    const char *special = fold_special(c);
    bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  (c >= 0xaa && !is_space(c) && !is_dropped(c) && c != 0xab && c != 0xbb &&
                   (c < 0x2010 || c > 0x2bff) && c != 0xd7 && c != 0xf7);
    if (!special && !letter) {
        *gap = true;
        return out;
    }
    if (*gap && out > start) {
        *out++ = ' ';
    }
    *gap = false;
    if (special) {
        size_t size = strlen(special);
        memcpy(out, special, size);
        return out + size;
    }
    return put_char(out, lower(c));
}

const char *text_fold(struct arena *arena, const char *text)
{
    const char *from = normal(arena, text, UNINORM_NFKD);
    char *made = arena_alloc(arena, strlen(from) * 2 + 8);
    char *out = made;
    bool gap = false;
    while (*from) {
        ucs4_t c = next_char(&from);
        if (!is_mark(c) && !is_joiner(c)) {
            out = fold_char(out, c, &gap, made);
        }
    }
    *out = '\0';
    return made;
}

size_t text_words(struct arena *arena, const char *folded, const char **words, size_t max)
{
    size_t count = 0;
    while (*folded && count < max) {
        size_t size = strcspn(folded, " ");
        if (size > 0) {
            words[count++] = arena_strndup(arena, folded, size);
        }
        folded += size;
        folded += *folded == ' ';
    }
    return count;
}

/* Two rows of the usual table; words longer than the row are as far apart as can be asked. */
int text_distance(const char *a, const char *b, int most)
{
    enum { LONGEST = 64 };
    int row[LONGEST + 1];
    size_t na = strlen(a);
    size_t nb = strlen(b);
    if (na > LONGEST || nb > LONGEST) {
        return most + 1;
    }
    for (int j = 0; j <= (int)nb; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        int corner = row[0];
        int least = row[0] = (int)i;
        for (size_t j = 1; j <= nb; j++) {
            int change = corner + (a[i - 1] != b[j - 1]);
            corner = row[j];
            int skip = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = change < skip ? change : skip;
            least = row[j] < least ? row[j] : least;
        }
        if (least > most) {
            return most + 1;
        }
    }
    return row[nb] > most ? most + 1 : row[nb];
}
