/* Identities as text: 64 bits in 13 characters of Crockford's base 32, most significant first. */
#include "base/field.h"

#include <string.h>

static const char digits[] = "0123456789abcdefghjkmnpqrstvwxyz";

const char *id_text(struct id id, char text[static ID_TEXT])
{
    if (id.n == 0) {
        text[0] = '\0';
        return text;
    }
    uint64_t n = (uint64_t)id.n;
    for (int i = ID_TEXT - 2; i >= 0; i--) {
        text[i] = digits[n & 31];
        n >>= 5;
    }
    text[ID_TEXT - 1] = '\0';
    return text;
}

/* Only the spelling that id_text gives: an address names a thing in one way. */
bool id_parse(const char *text, struct id *id)
{
    uint64_t n = 0;
    if (strnlen(text, ID_TEXT) != ID_TEXT - 1) {
        return false;
    }
    for (int i = 0; i < ID_TEXT - 1; i++) {
        const char *digit = strchr(digits, text[i]);
        if (!digit || (i == 0 && digit - digits > 7)) { /* 13 x 5 bits: the first has 3, sign off */
            return false;
        }
        n = n << 5 | (uint64_t)(digit - digits);
    }
    if (n == 0) {
        return false;
    }
    id->n = (int64_t)n;
    return true;
}
