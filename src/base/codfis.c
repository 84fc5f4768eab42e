/* Reading a codice fiscale: D.M. 23/12/1976 (GU 345 of 29/12/1976). */
#include "base/codfis.h"

#include "base/codfis_table.h"

#include <stdlib.h>
#include <string.h>

/* Letters that stand for digits in an omocodia, in the order of the digits they replace. */
const char codfis_omocodia_letters[] = "LMNPQRSTUV";
const char codfis_month_letters[] = "ABCDEHLMPRST";
/* The seven places that hold digits, from the right: the order in which they are replaced. */
const unsigned char codfis_digit_places[CODFIS_DIGITS] = {14, 13, 12, 10, 9, 7, 6};

char codfis_check_letter(const char *code)
{
    /* Values in the odd places (1st, 3rd, ...) of 0-9 and, alike, of A-J; then K-Z. */
    static const unsigned char odd[26] = {1,  0,  5, 7, 9, 13, 15, 17, 19, 21, 2,  4,  18,
                                          20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};
    int sum = 0;
    for (int i = 0; i < CODFIS_LETTERS; i++) {
        int value = code[i] <= '9' ? code[i] - '0' : code[i] - 'A';
        sum += i % 2 == 0 ? odd[value] : value;
    }
    return (char)('A' + sum % 26);
}

/* Digits 0-9, or their omocodia letters; -1 for anything else. */
static int digit_value(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char *at = c ? strchr(codfis_omocodia_letters, c) : NULL;
    return at ? (int)(at - codfis_omocodia_letters) : -1;
}

/* The 1-based place of the first character that cannot stand where it is, or 0. */
static int shape_fault(const char *code)
{
    for (int i = 0; i < CODFIS_LETTERS + 1; i++) {
        bool digit = memchr(codfis_digit_places, i, CODFIS_DIGITS) != NULL;
        bool letter = code[i] >= 'A' && code[i] <= 'Z';
        if (digit ? digit_value(code[i]) < 0 : !letter) {
            return i + 1;
        }
    }
    if (!strchr(codfis_month_letters, code[8])) {
        return 9;
    }
    int day = digit_value(code[9]) * 10 + digit_value(code[10]);
    return (day >= 1 && day <= 31) || (day >= 41 && day <= 71) ? 0 : 10;
}

/* Eleven digits: the check of the numbers of the tax office (as for the partita IVA). */
static enum codfis_state check_provisional(const char *code, int *at)
{
    int sum = 0;
    for (int i = 0; i < CODFIS_PROVISIONAL; i++) {
        if (code[i] < '0' || code[i] > '9') {
            *at = i + 1;
            return CODFIS_SHAPE;
        }
        int value = (code[i] - '0') * (i % 2 ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    *at = sum % 10 ? CODFIS_PROVISIONAL : 0;
    return sum % 10 ? CODFIS_CHECK : CODFIS_OK;
}

/* Upper case without spaces; the size, or one more than fits. */
static size_t clean_code(const char *code, char *clean)
{
    size_t size = 0;
    for (; *code; code++) {
        if (*code == ' ' || *code == '\t') {
            continue;
        }
        if (size == CODFIS_SIZE - 1) {
            clean[size] = '\0';
            return CODFIS_SIZE;
        }
        clean[size++] = *code >= 'a' && *code <= 'z' ? (char)(*code - 'a' + 'A') : *code;
    }
    clean[size] = '\0';
    return size;
}

enum codfis_state codfis_check(const char *code, char clean[static CODFIS_SIZE], int *at)
{
    size_t size = clean_code(code, clean);
    *at = 0;
    if (size == CODFIS_PROVISIONAL) {
        return check_provisional(clean, at);
    }
    if (size != CODFIS_SIZE - 1) {
        return CODFIS_LENGTH;
    }
    *at = shape_fault(clean);
    if (*at) {
        return CODFIS_SHAPE;
    }
    if (codfis_check_letter(clean) != clean[CODFIS_LETTERS]) {
        *at = CODFIS_LETTERS + 1;
        return CODFIS_CHECK;
    }
    return CODFIS_OK;
}

void codfis_plain(const char *code, char plain[static CODFIS_SIZE])
{
    memcpy(plain, code, strlen(code) + 1);
    if (strlen(plain) != CODFIS_SIZE - 1) {
        return; /* a provisional code has no omocodia */
    }
    for (size_t i = 0; i < CODFIS_DIGITS; i++) {
        char *c = &plain[codfis_digit_places[i]];
        *c = (char)('0' + digit_value(*c));
    }
    plain[CODFIS_LETTERS] = codfis_check_letter(plain);
}

struct day codfis_birth(const char *code, struct day today)
{
    char plain[CODFIS_SIZE];
    codfis_plain(code, plain);
    if (strlen(plain) != CODFIS_SIZE - 1) {
        return DAY_NONE;
    }
    int year = (plain[6] - '0') * 10 + (plain[7] - '0');
    int month = (int)(strchr(codfis_month_letters, plain[8]) - codfis_month_letters) + 1;
    int day = ((plain[9] - '0') * 10 + (plain[10] - '0')) % CODFIS_FEMALE;
    int century = day_civil(today).year / 100 * 100;
    struct day birth = day_of(century + year, month, day);
    if (!day_known(birth) || day_cmp(birth, today) > 0) {
        birth = day_of(century - 100 + year, month, day);
    }
    return birth;
}

int codfis_clash(const char *code, const struct codfis_person *person)
{
    char plain[CODFIS_SIZE];
    char part[CODFIS_SIZE];
    codfis_plain(code, plain);
    if (strlen(plain) != CODFIS_SIZE - 1) {
        return 0;
    }
    int clash = 0;
    if (person->cognome && *person->cognome) {
        codfis_surname(person->cognome, part);
        clash |= memcmp(plain, part, 3) ? CODFIS_COGNOME : 0;
    }
    if (person->nome && *person->nome) {
        codfis_first_name(person->nome, part);
        clash |= memcmp(plain + 3, part, 3) ? CODFIS_NOME : 0;
    }
    int day = (plain[9] - '0') * 10 + (plain[10] - '0');
    if (person->sesso == 'M' || person->sesso == 'F') {
        clash |= (day > CODFIS_FEMALE) != (person->sesso == 'F') ? CODFIS_SESSO : 0;
    }
    if (day_known(person->nascita)) {
        codfis_birth_part(person->nascita, day > CODFIS_FEMALE ? 'F' : 'M', part);
        clash |= memcmp(plain + 6, part, 5) ? CODFIS_NASCITA : 0;
    }
    if (person->belfiore && *person->belfiore) {
        clash |= memcmp(plain + 11, person->belfiore, 4) ? CODFIS_LUOGO : 0;
    }
    return clash;
}
