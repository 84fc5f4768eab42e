/* The few words in which the two engines' SQL differs. */
#include "kit/db/db_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *word;
    const char *as[2]; /* by enum db_kind */
} words[] = {
    {"ID", {"INTEGER", "BIGINT"}},   {"INT", {"INTEGER", "BIGINT"}},
    {"BOOL", {"INTEGER", "BIGINT"}}, {"TEXT", {"TEXT", "TEXT COLLATE \"C\""}},
    {"DAY", {"TEXT", "DATE"}},       {"TIME", {"INTEGER", "BIGINT"}},
    {"BLOB", {"BLOB", "BYTEA"}},     {"STRICT", {"STRICT", ""}},
};

enum { WORD_ROOM = 24 }; /* the longest replacement is 16 */

static const char *word_as(enum db_kind kind, const char *word, size_t size)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == size && memcmp(words[i].word, word, size) == 0)
            return words[i].as[kind];
    return NULL;
}

/* Size of what is copied as it stands: a quoted text, a comment; 0 = nothing of the kind. */
static size_t untouched(const char *at)
{
    if (at[0] == '-' && at[1] == '-')
        return strcspn(at, "\n");
    if (at[0] != '\'' && at[0] != '"')
        return 0;
    const char *end = strchr(at + 1, at[0]);
    return end ? (size_t)(end - at) + 1 : strlen(at);
}

static size_t words_room(const char *text)
{
    size_t marks = 1;
    for (const char *at = text; *at; at++)
        marks += *at == '@';
    return strlen(text) + marks * WORD_ROOM;
}

char *db_words(enum db_kind kind, const char *text, struct err *err)
{
    char *made = db_alloc(words_room(text));
    char *to = made;
    for (const char *at = text; *at;) {
        size_t size = untouched(at);
        if (size) {
            memcpy(to, at, size);
            to += size;
            at += size;
        } else if (*at == '@') {
            size = strspn(at + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
            const char *as = word_as(kind, at + 1, size);
            if (!as) {
                err_set(err, ERR_INTERNAL, "unknown word \"%.20s\" in SQL", at);
                free(made);
                return NULL;
            }
            to = stpcpy(to, as);
            at += size + 1;
        } else {
            /* SQLite numbers $n by first appearance, ?n by its number */
            bool number = *at == '$' && isdigit((unsigned char)at[1]) && kind == DB_SQLITE;
            *to++ = number ? '?' : *at;
            at++;
        }
    }
    *to = '\0';
    return made;
}
