/* The statements of this room, by name. */
#ifndef ZONALE_MOD_PROGETTI_SQL_H
#define ZONALE_MOD_PROGETTI_SQL_H

#include "kit/db/db.h"
#include "mod/utenti/utenti.h" /* SEGUITO */

enum progetti_sql {
    PROGETTO_LOAD,
    PROGETTO_OF,
    PROGETTO_INSERT,
    PROGETTO_UPDATE,
    PROGETTO_PROSSIMA,
    VERSIONE_LIST,
    VERSIONE_LOAD,
    VERSIONE_INSERT,
    VERSIONE_WRITE,
    VERSIONE_STATE,
    MOSSA_INSERT,
    MOSSA_LIST,
    MOSSA_LAST,
    FIRMA_INSERT,
    FIRMA_LIST,
    FIRMA_VOID,
    VERIFICA_INSERT,
    VERIFICA_LIST,
    VERIFICA_DROP,
    VERIFICA_RECORD,
    SCADENZE,
    PROGETTI_SQL
};
extern const struct db_sql progetti_sql[PROGETTI_SQL];

#endif
