#include "mod/riparto/sql.h"

#include "mod/riparto/store.h"

const struct db_sql riparto_sql[SQL_COUNT] = {
    [SQL_PROSPETTO_ADD] =
        {"prospetto_add",
         "INSERT INTO prospetto (ambito, id, anno, titolo, chiave, metodo, stato, versione,"
         " totale, residuo, origine, modificato)"
         " VALUES ($1, $2, $3, $4, $5, $6, 'bozza', $7, $8, $9, $10, $11)"},
    [SQL_PROSPETTO_UPDATE] =
        {"prospetto_update",
         "UPDATE prospetto SET anno = $3, titolo = $4, chiave = $5, metodo = $6,"
         " versione = $7, totale = $8, residuo = $9, modificato = $10"
         " WHERE ambito = $1 AND id = $2 AND stato = 'bozza' AND versione = $7 - 1"},
    [SQL_PROSPETTO_APPROVE] =
        {"prospetto_approve",
         "UPDATE prospetto SET stato = 'approvato', atto = $4, approvato = $5,"
         " modificato = $6"
         " WHERE ambito = $1 AND id = $2 AND stato = 'bozza' AND versione = $3"},
    [SQL_PROSPETTO_LOAD] = {"prospetto_load", PROSPETTO_COLUMNS " AND id = $2"},
    [SQL_VERSIONE_ADD] = {"prospetto_versione_add",
                          "INSERT INTO prospetto_versione (ambito, prospetto, versione, testo,"
                          " totale, residuo, utente, scritta)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_VERSIONE_LOAD] = {"prospetto_versione_load",
                           "SELECT versione, testo, totale, residuo, utente, scritta"
                           " FROM prospetto_versione"
                           " WHERE ambito = $1 AND prospetto = $2 AND versione = $3"},
    [SQL_VERSIONI] = {"prospetto_versioni",
                      "SELECT versione, NULL AS testo, totale, residuo, utente, scritta"
                      " FROM prospetto_versione WHERE ambito = $1 AND prospetto = $2"
                      " ORDER BY versione DESC LIMIT $3"},
    [SQL_CELLA_ADD] = {"prospetto_cella_add",
                       "INSERT INTO prospetto_cella (ambito, prospetto, versione, riga, colonna,"
                       " nome, titolo, importo) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
    [SQL_CELLE] = {"prospetto_celle",
                   "SELECT riga, colonna, nome, titolo, importo FROM prospetto_cella"
                   " WHERE ambito = $1 AND prospetto = $2 AND versione = $3"
                   " ORDER BY riga, colonna LIMIT $4"},
    [SQL_RATA_ADD] = {"rata_add",
                      "INSERT INTO rata (ambito, id, prospetto, pagante, ente, numero, scadenza,"
                      " fattura, trasferimento) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [SQL_RATA_LOAD] = {"rata_load", RATA_COLUMNS " AND r.id = $2"},
    [SQL_MOVIMENTO_ADD] =
        {"rata_movimento_add",
         "INSERT INTO rata_movimento (ambito, id, prospetto, pagante, tipo, giorno,"
         " importo, riferimento, storna, motivo, utente, scritto)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    [SQL_MOVIMENTO_LOAD] = {"rata_movimento_load", MOVIMENTO_COLUMNS " AND m.id = $2"},
    [SQL_MOVIMENTO_RIGA_ADD] =
        {"rata_movimento_riga_add",
         "INSERT INTO rata_movimento_riga (ambito, movimento, rata, parte, importo)"
         " VALUES ($1, $2, $3, $4, $5)"},
    [SQL_MOVIMENTO_RIGHE] =
        {"rata_movimento_righe",
         "SELECT g.rata, r.numero, g.parte, g.importo FROM rata_movimento_riga g"
         " JOIN rata r ON r.id = g.rata WHERE g.ambito = $1 AND g.movimento = $2"
         " ORDER BY r.numero, g.parte LIMIT $3"},
    [SQL_MOVIMENTO_SAME] =
        {"rata_movimento_same",
         "SELECT count(*) FROM rata_movimento m WHERE m.ambito = $1 AND m.prospetto = $2"
         " AND m.pagante = $3 AND m.tipo = $4 AND m.giorno = $5 AND m.importo = $6"
         " AND coalesce(m.riferimento, '') = $7 AND NOT EXISTS"
         " (SELECT 1 FROM rata_movimento s WHERE s.storna = m.id)"},
};

const struct db_registry riparto_registry = {"riparto", riparto_sql, SQL_COUNT};
