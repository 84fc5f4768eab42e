/* Hours of a month from a table, and back: the export writes what the import reads.
 *
 * Two shapes, told apart by the heading: a row for each service with a column for each day (1, 2,
 * … 31), which takes the place of the month; or a row for each visit (Giorno, Quantità), which
 * takes the place of the days that it names, those of one day added up. A row names its service by
 * Codice, or by Persona and (where there are several) Servizio. A service with a bad row is left
 * as it is. The same table again changes nothing.
 */
#ifndef ZONALE_MOD_PRESTAZIONI_IMPORTA_H
#define ZONALE_MOD_PRESTAZIONI_IMPORTA_H

#include "mod/prestazioni/foglio.h"

enum { ORE_TESTO = 1 << 20 }; /* bytes of a table as text */

/* What is wrong in a row, in the user's words. */
struct ore_detto {
    long riga;           /* of the table, from 1 */
    const char *colonna; /* its heading; NULL = the whole row */
    const char *motivo;
};

struct ore_import {
    struct day mese;
    bool prova; /* nothing is written */

    /* the outcome */
    int64_t righe;                    /* read */
    int64_t nuove, uguali, rifiutate; /* services: written, the same already, left */
    struct list detti;                /* struct ore_detto, in the order of the table; clipped */
    struct list cambi;                /* struct ore_cambio, at most ORE_CAMBI */
};
enum { ORE_DETTI = 200, ORE_CAMBI = 200 };
/* A service whose month changes, or would. */
struct ore_cambio {
    struct id prestazione;
    const char *nome, *servizio, *prima, *dopo; /* "4:00 ore" */
};

/* In the caller's transaction. False: a failure, or a heading that names no service or no day
 * (ERR_INPUT). */
MUST_USE bool ore_import(struct cx *cx, const char *text, size_t size, struct ore_import *import);

/* The sheet of cx->who, as CSV. */
MUST_USE bool ore_export(struct cx *cx, struct day mese, struct bytes *csv);

#endif
