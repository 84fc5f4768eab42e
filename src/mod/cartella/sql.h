/* The statements of this room, by name. */
#ifndef ZONALE_MOD_CARTELLA_SQL_H
#define ZONALE_MOD_CARTELLA_SQL_H

#include "kit/db/db.h"

enum cartella_sql {
    CARTELLA_LOAD,
    CARTELLA_OF,
    CARTELLA_KEY,
    CARTELLA_KEY_ANY,
    CARTELLA_INSERT,
    CARTELLA_UPDATE,
    CONTATORE_ADD,
    CONTATORE_LIST,
    PRESA_LOAD,
    PRESA_LIST,
    PRESA_INSERT,
    PRESA_UPDATE,
    MOSSA_INSERT,
    MOSSA_LIST,
    MOSSA_LAST_DAY,
    DIARIO_LAST,
    DIARIO_LIST,
    DIARIO_LIST_AFTER,
    DIARIO_VERSIONS,
    DIARIO_INSERT,
    DIARIO_NOT_LAST,
    CARICO_LIST,
    BOZZA_LIST,
    ISEE_IN_SCADENZA,
    ISEE_OF,
    CARTELLA_SQL
};

extern const struct db_sql cartella_sql[CARTELLA_SQL];

#endif
