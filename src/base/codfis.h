/* Codice fiscale of a person (D.M. 23/12/1976): 16 characters, omocodia included, and the
 * provisional one of 11 digits. IBAN of Italy (ISO 13616, with the national CIN).
 * A codice fiscale is never a key: it can change, be missing, or clash with the registered data;
 * a clash warns and never blocks. */
#ifndef ZONALE_BASE_CODFIS_H
#define ZONALE_BASE_CODFIS_H

#include "base/day.h"

enum codfis_state {
    CODFIS_OK,
    CODFIS_LENGTH, /* neither 16 nor 11 characters */
    CODFIS_SHAPE,  /* a letter where a digit goes, or the reverse; `at` tells where */
    CODFIS_CHECK,  /* the last character is not the one that the rest asks for */
};

struct codfis_person {
    const char *cognome; /* as registered; accents and apostrophes are taken off here */
    const char *nome;
    char sesso; /* 'M' or 'F' */
    struct day nascita;
    const char *belfiore; /* municipality or state, "F205", "Z330" */
};

enum { CODFIS_SIZE = 17 };

/* `code` in any case, with spaces; `clean` gets the code in upper case. `at`: 1-based, or 0. */
enum codfis_state codfis_check(const char *code, char clean[static CODFIS_SIZE], int *at);
/* The code without omocodia: digits back in the seven places. `code` must be CODFIS_OK. */
void codfis_plain(const char *code, char plain[static CODFIS_SIZE]);
/* The code that the registered data ask for. False when a datum is missing. */
MUST_USE bool codfis_make(const struct codfis_person *person, char code[static CODFIS_SIZE]);
/* The `variant`-th homonym (1-127), as the tax office gives them: digits replaced from the right.
 */
void codfis_omocodia(const char *code, int variant, char made[static CODFIS_SIZE]);

enum {
    CODFIS_COGNOME = 1,
    CODFIS_NOME = 2,
    CODFIS_NASCITA = 4,
    CODFIS_SESSO = 8,
    CODFIS_LUOGO = 16
};
/* Which of the registered data the code contradicts (bits above); 0 = none. */
int codfis_clash(const char *code, const struct codfis_person *person);
/* Birth read from the code; the century is the latest that is not after `today`. */
struct day codfis_birth(const char *code, struct day today);

/* Spaces allowed; `clean` gets it without. Foreign IBANs: mod 97 only. */
enum { IBAN_SIZE = 35 };
bool iban_check(const char *text, char clean[static IBAN_SIZE]);

#endif
