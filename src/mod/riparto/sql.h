/* The statements of this room; for its store only. */
#ifndef ZONALE_MOD_RIPARTO_SQL_H
#define ZONALE_MOD_RIPARTO_SQL_H

#include "kit/db/db.h"

/* Beginnings of lists that are put together. */
#define PROSPETTO_COLUMNS                                                                          \
    "SELECT id, anno, titolo, chiave, metodo, stato, atto, approvato, versione, totale, residuo,"  \
    " origine, modificato FROM prospetto WHERE ambito = $1"

#define MOVIMENTO_COLUMNS                                                                          \
    "SELECT m.id, m.prospetto, m.pagante, m.tipo, m.giorno, m.importo, m.riferimento, m.storna,"   \
    " s.id AS stornato, m.motivo, m.utente, m.scritto FROM rata_movimento m"                       \
    " LEFT JOIN rata_movimento s ON s.storna = m.id WHERE m.ambito = $1"

/* clang-format off */
/* What was entered on an instalment: of a kind, on a part. */
#define ENTERED(tipo, parte, name)                                                                 \
    " CAST(coalesce((SELECT sum(g.importo) FROM rata_movimento_riga g JOIN rata_movimento m"       \
    " ON m.id = g.movimento WHERE g.rata = r.id AND g.parte = '" parte "' AND m.tipo = '" tipo     \
    "'), 0) AS @INT) AS " name
#define RATA_COLUMNS                                                                               \
    "SELECT r.id, r.prospetto, r.ente, r.pagante, p.titolo, p.anno, r.numero, r.scadenza,"         \
    " r.fattura, r.trasferimento,"                                                                 \
    ENTERED("fattura", "fattura", "fatturato,")                                                    \
    ENTERED("incasso", "fattura", "incassato_fattura,")                                            \
    ENTERED("incasso", "trasferimento", "incassato_trasferimento")                                 \
    " FROM rata r JOIN prospetto p ON p.id = r.prospetto WHERE r.ambito = $1"
#define RATA_PAID                                                                                  \
    " coalesce((SELECT sum(g.importo) FROM rata_movimento_riga g JOIN rata_movimento m"            \
    " ON m.id = g.movimento WHERE g.rata = r.id AND m.tipo = 'incasso'), 0)"
/* clang-format on */

enum {
    SQL_PROSPETTO_ADD,
    SQL_PROSPETTO_UPDATE,
    SQL_PROSPETTO_APPROVE,
    SQL_PROSPETTO_LOAD,
    SQL_VERSIONE_ADD,
    SQL_VERSIONE_LOAD,
    SQL_VERSIONI,
    SQL_CELLA_ADD,
    SQL_CELLE,
    SQL_RATA_ADD,
    SQL_RATA_LOAD,
    SQL_MOVIMENTO_ADD,
    SQL_MOVIMENTO_LOAD,
    SQL_MOVIMENTO_RIGA_ADD,
    SQL_MOVIMENTO_RIGHE,
    SQL_MOVIMENTO_SAME,
    SQL_COUNT
};
extern const struct db_sql riparto_sql[SQL_COUNT];

#endif
