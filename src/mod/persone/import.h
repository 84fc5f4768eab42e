/* People from a table and back: the export writes what the import reads. */
#ifndef ZONALE_MOD_PERSONE_IMPORT_H
#define ZONALE_MOD_PERSONE_IMPORT_H

#include "mod/persone/persone.h"

/* The columns of the table, in the order in which they are written. */
enum colonna {
    COL_ESTERNO,
    COL_COGNOME,
    COL_NOME,
    COL_CODFIS,
    COL_SESSO,
    COL_NASCITA,
    COL_LUOGO,
    COL_BELFIORE,
    COL_COMUNE,
    COL_INDIRIZZO,
    COL_TELEFONO,
    COL_EMAIL,
    COL_CITTADINANZA,
    COL_TUTELA,
    COL_MORTE,
    COLONNE
};

struct import_colonna {
    const char *heading; /* as it is written */
    const char *also;    /* what is understood as well: folded, parted by | */
    const char *campo;   /* of persona_avviso */
};
extern const struct import_colonna import_colonne[COLONNE];

/* What is wrong or odd in a cell, in the user's words. `colonna` is its heading; NULL = the row. */
struct import_detto {
    long riga;
    const char *colonna;
    const char *motivo;
    bool avviso; /* taken all the same */
};

struct import_persone {
    bool prova; /* nothing is written */
    /* Called for each fault and warning, in the order of the file; the texts live until it
     * returns. */
    void (*dice)(void *data, const struct import_detto *detto);
    void (*avanza)(void *data, int64_t done, int64_t total); /* bytes */
    void *data;

    /* the outcome */
    int64_t righe;
    int64_t nuove;
    int64_t cambiate;
    int64_t uguali; /* already there, the same */
    int64_t rifiutate;
    int64_t avvisi;
};

/* In the caller's transaction: writes the good rows, says the bad ones; what to do with the whole
 * is the caller's. A person is recognised by the external key, else by the codice fiscale, else by
 * the same names and birth among those whose codice fiscale is not known: the same file again
 * changes nothing. A blank cell keeps what is known. False: a failure, or a heading without surname
 * and name (ERR_INPUT). */
MUST_USE bool persone_import(struct cx *cx, const char *text, size_t size,
                             struct import_persone *import);

/* Heading and rows, each passed to `line` as one text of the file (UTF-8 with its mark, ; and
 * CRLF: as spreadsheets in Italy open it). */
MUST_USE bool persone_export(struct cx *cx, bool (*line)(void *data, const char *text, size_t size),
                             void *data, int64_t *count);

#endif
