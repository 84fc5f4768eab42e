/* What reading and making a codice fiscale share; not for others. */
#ifndef ZONALE_BASE_CODFIS_TABLE_H
#define ZONALE_BASE_CODFIS_TABLE_H

#include "base/codfis.h"

enum {
    CODFIS_LETTERS = 15,     /* characters before the check letter */
    CODFIS_PROVISIONAL = 11, /* digits of a provisional code */
    CODFIS_DIGITS = 7,
    CODFIS_FEMALE = 40, /* added to the day of birth of a woman */
};

extern const char codfis_omocodia_letters[];
extern const char codfis_month_letters[];
extern const unsigned char codfis_digit_places[CODFIS_DIGITS];

/* The check letter that the first fifteen characters ask for. */
char codfis_check_letter(const char *code);
/* Three letters each, without NUL. */
void codfis_surname(const char *cognome, char part[static 3]);
void codfis_first_name(const char *nome, char part[static 3]);
/* Year, month letter, day: five characters, without NUL. */
void codfis_birth_part(struct day nascita, char sesso, char part[static 5]);

#endif
