/* IBAN: ISO 13616 (mod 97) and, for Italy, the national check letter of the BBAN (ABI standard). */
#include "base/codfis.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Upper case, no spaces; 0 when it is too long or holds anything but letters and digits. */
static size_t clean_iban(const char *text, char *clean)
{
    size_t size = 0;
    for (; *text; text++) {
        if (*text == ' ') {
            continue;
        }
        char c = *text >= 'a' && *text <= 'z' ? (char)(*text - 'a' + 'A') : *text;
        if ((!is_digit(c) && !is_upper(c)) || size == IBAN_SIZE - 1) {
            clean[0] = '\0';
            return 0;
        }
        clean[size++] = c;
    }
    clean[size] = '\0';
    return size;
}

/* The first four characters moved to the end, letters as 10-35: must leave 1. */
static int mod97(const char *clean, size_t size)
{
    int rest = 0;
    for (size_t i = 0; i < size; i++) {
        char c = clean[(i + 4) % size];
        rest = is_digit(c) ? rest * 10 + (c - '0') : rest * 100 + (c - 'A' + 10);
        rest %= 97;
    }
    return rest;
}

/* The check letter (CIN) of ABI, CAB and account: the table of the odd places of the codice
 * fiscale, the rank in the even ones. */
static char cin_letter(const char *bban)
{
    static const unsigned char odd[26] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (int i = 0; i < 22; i++) {
        int value = is_digit(bban[i]) ? bban[i] - '0' : bban[i] - 'A';
        sum += i % 2 == 0 ? odd[value] : value;
    }
    return (char)('A' + sum % 26);
}

bool iban_check(const char *text, char clean[static IBAN_SIZE])
{
    enum { SHORTEST = 15, ITALIAN = 27 };
    size_t size = clean_iban(text, clean);
    if (size < SHORTEST || !is_upper(clean[0]) || !is_upper(clean[1]) || !is_digit(clean[2]) ||
        !is_digit(clean[3]) || mod97(clean, size) != 1) {
        return false;
    }
    if (memcmp(clean, "IT", 2) != 0 && memcmp(clean, "SM", 2) != 0) {
        return true;
    }
    for (size_t i = 5; i < 15 && size == ITALIAN; i++) {
        if (!is_digit(clean[i])) {
            return false;
        }
    }
    return size == ITALIAN && is_upper(clean[4]) && clean[4] == cin_letter(clean + 5);
}
