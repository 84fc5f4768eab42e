/* Making the codice fiscale that registered data ask for: D.M. 23/12/1976. */
#include "base/codfis_table.h"
#include "base/text.h"

#include <string.h>

enum { LONGEST_NAME = 120 };

/* Consonants and vowels of a name in upper case A-Z, accents off, everything else dropped. */
struct letters {
    char consonants[LONGEST_NAME];
    char vowels[LONGEST_NAME];
    size_t nr_consonants, nr_vowels;
};

static void split(const char *name, struct letters *letters)
{
    struct arena arena;
    arena_init(&arena, 64 * 1024);
    *letters = (struct letters){0};
    for (const char *c = strlen(name) > 4096 ? "" : text_fold(&arena, name); *c; c++) {
        if (*c < 'a' || *c > 'z' || letters->nr_consonants + letters->nr_vowels == LONGEST_NAME) {
            continue;
        }
        char upper = (char)(*c - 'a' + 'A');
        if (strchr("AEIOU", upper)) {
            letters->vowels[letters->nr_vowels++] = upper;
        } else {
            letters->consonants[letters->nr_consonants++] = upper;
        }
    }
    arena_release(&arena);
}

static void fill(const struct letters *letters, char *part)
{
    size_t size = 0;
    for (size_t i = 0; i < letters->nr_consonants && size < 3; i++) {
        part[size++] = letters->consonants[i];
    }
    for (size_t i = 0; i < letters->nr_vowels && size < 3; i++) {
        part[size++] = letters->vowels[i];
    }
    while (size < 3) {
        part[size++] = 'X';
    }
}

void codfis_surname(const char *cognome, char part[static 3])
{
    struct letters letters;
    split(cognome, &letters);
    fill(&letters, part);
}

/* With four consonants or more, the first, third and fourth. */
void codfis_first_name(const char *nome, char part[static 3])
{
    struct letters letters;
    split(nome, &letters);
    if (letters.nr_consonants >= 4) {
        memmove(letters.consonants + 1, letters.consonants + 2, letters.nr_consonants - 2);
    }
    fill(&letters, part);
}

void codfis_birth_part(struct day nascita, char sesso, char part[static 5])
{
    struct civil birth = day_civil(nascita);
    int day = birth.day + (sesso == 'F' ? CODFIS_FEMALE : 0);
    part[0] = (char)('0' + birth.year / 10 % 10);
    part[1] = (char)('0' + birth.year % 10);
    part[2] = birth.month ? codfis_month_letters[birth.month - 1] : 'A';
    part[3] = (char)('0' + day / 10);
    part[4] = (char)('0' + day % 10);
}

static bool is_belfiore(const char *code)
{
    if (!code || strlen(code) != 4 || code[0] < 'A' || code[0] > 'Z') {
        return false;
    }
    return strspn(code + 1, "0123456789") == 3;
}

bool codfis_make(const struct codfis_person *person, char code[static CODFIS_SIZE])
{
    if (!person->cognome || !*person->cognome || !person->nome || !*person->nome ||
        (person->sesso != 'M' && person->sesso != 'F') || !day_known(person->nascita) ||
        !is_belfiore(person->belfiore)) {
        return false;
    }
    codfis_surname(person->cognome, code);
    codfis_first_name(person->nome, code + 3);
    codfis_birth_part(person->nascita, person->sesso, code + 6);
    memcpy(code + 11, person->belfiore, 4);
    code[CODFIS_LETTERS] = codfis_check_letter(code);
    code[CODFIS_SIZE - 1] = '\0';
    return true;
}

/* Bit i of the variant replaces the i-th digit from the right. */
void codfis_omocodia(const char *code, int variant, char made[static CODFIS_SIZE])
{
    codfis_plain(code, made);
    for (int i = 0; i < CODFIS_DIGITS; i++) {
        char *c = &made[codfis_digit_places[i]];
        if (variant >> i & 1) {
            *c = codfis_omocodia_letters[*c - '0'];
        }
    }
    made[CODFIS_LETTERS] = codfis_check_letter(made);
}
