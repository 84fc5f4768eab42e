#include "mod/cartella/sql.h"

#include "mod/cartella/store.h"
#include "mod/utenti/utenti.h"

extern const char cartella_model_sql[];
extern const struct db_change cartella_changes[];

#define CARTELLA                                                                                   \
    "SELECT id, numero, persona, ente, riserbo, stato, tipo_utente, responsabile, aperta, chiusa"  \
    " FROM cartella"
#define PRESA                                                                                      \
    "SELECT id, cartella, ente, responsabile, tipo_utente, stato, sospesa_da, dal, al, versione"   \
    " FROM presa_in_carico"
#define DIARIO                                                                                     \
    "SELECT d.id, d.cartella, d.voce, d.versione, d.giorno, d.tipo, d.riserbo, d.autore,"          \
    " u.intestazione AS autore_nome, d.scritto, d.presenti, d.testo"                               \
    " FROM diario d JOIN utente u ON u.id = d.autore"
#define DOCUMENTO                                                                                  \
    "SELECT d.id, d.cartella, d.giorno, d.riserbo, d.tipo, d.dimensione, d.parti, d.autore,"       \
    " u.intestazione AS autore_nome, d.caricato, d.nome, d.oggetto"                                \
    " FROM documento d JOIN utente u ON u.id = d.autore"

const struct db_sql cartella_sql[CARTELLA_SQL] = {
    [CARTELLA_LOAD] = {"cartella_load", CARTELLA " WHERE ambito = $1 AND id = $2"},
    [CARTELLA_OF] = {"cartella_of", CARTELLA " WHERE ambito = $1 AND persona = $2"
                                             " ORDER BY chiusa IS NOT NULL, riserbo, id DESC"},
    [CARTELLA_KEY] = {"cartella_key",
                      "SELECT chiave_avvolta FROM cartella WHERE ambito = $1 AND id = $2"},
    [CARTELLA_KEY_ANY] = {"cartella_key_any",
                          "SELECT id, chiave_avvolta FROM cartella ORDER BY id LIMIT 1"},
    [CARTELLA_INSERT] = {"cartella_insert",
                         "INSERT INTO cartella (id, numero, persona, ente, riserbo, stato,"
                         " tipo_utente, responsabile, aperta, chiusa, ambito, chiave,"
                         " chiave_avvolta, creata, creata_da) VALUES ($1, $2, $3, $4, $5, $6, $7,"
                         " $8, $9, $10, $11, $12, $13, $14, $15)"},
    [CARTELLA_UPDATE] = {"cartella_update",
                         "UPDATE cartella SET stato = $3, tipo_utente = $4, responsabile = $5,"
                         " chiusa = $6, ente = $7 WHERE ambito = $1 AND id = $2"},
    [CONTATORE_ADD] = {"cartella_contatore_add",
                       "INSERT INTO cartella_contatore (ambito, ente, stato, tipo_utente, visibile,"
                       " quante) VALUES ($1, $2, $3, $4, $5, $6)"
                       " ON CONFLICT (ambito, ente, stato, tipo_utente, visibile) DO UPDATE"
                       " SET quante = cartella_contatore.quante + excluded.quante"},
    [CONTATORE_LIST] = {"cartella_contatore_list",
                        "SELECT c.ente, e.nome AS ente_nome, c.stato, c.tipo_utente,"
                        " c.quante - coalesce(r.quante, 0) AS quante"
                        " FROM cartella_contatore c JOIN ente e ON e.id = c.ente LEFT JOIN"
                        " (SELECT k.ente, k.stato, k.tipo_utente, count(*) AS quante"
                        " FROM persona p JOIN cartella k ON k.persona = p.id"
                        " WHERE p.ambito = $1 AND p.riservata = 1 AND k.riserbo < 5"
                        " GROUP BY k.ente, k.stato, k.tipo_utente) r"
                        " ON r.ente = c.ente AND r.stato = c.stato"
                        " AND r.tipo_utente = c.tipo_utente"
                        " WHERE c.ambito = $1 AND c.visibile = 1"
                        " AND c.quante > coalesce(r.quante, 0)"
                        " ORDER BY e.nome, c.stato, c.tipo_utente"},
    [PRESA_LOAD] = {"presa_load", PRESA " WHERE ambito = $1 AND id = $2"},
    [PRESA_LIST] = {"presa_list", PRESA " WHERE ambito = $1 AND cartella = $2"
                                        " ORDER BY al IS NOT NULL, dal DESC, id DESC"},
    [PRESA_INSERT] = {"presa_insert",
                      "INSERT INTO presa_in_carico (id, cartella, ente, responsabile, tipo_utente,"
                      " stato, sospesa_da, dal, al, versione, ambito)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"},
    [PRESA_UPDATE] = {"presa_update",
                      "UPDATE presa_in_carico SET versione = versione + 1, responsabile = $4,"
                      " stato = $5, sospesa_da = $6, al = $7"
                      " WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [MOSSA_INSERT] = {"presa_mossa_insert",
                      "INSERT INTO presa_mossa (id, presa, da, a, giorno, quando, chi, motivo,"
                      " ambito) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [MOSSA_LIST] = {"presa_mossa_list",
                    "SELECT m.id, m.presa, m.da, m.a, m.giorno, m.quando, m.chi,"
                    " u.intestazione AS chi_nome, m.motivo FROM presa_in_carico p"
                    " JOIN presa_mossa m ON m.presa = p.id JOIN utente u ON u.id = m.chi"
                    " WHERE p.ambito = $1 AND p.cartella = $2 ORDER BY m.giorno DESC, m.id DESC"},
    [MOSSA_LAST_DAY] = {"presa_mossa_last_day",
                        "SELECT giorno FROM presa_mossa WHERE ambito = $1 AND presa = $2"
                        " ORDER BY giorno DESC, id DESC LIMIT 1"},
    [DIARIO_LAST] = {"diario_last", DIARIO " WHERE d.ambito = $1 AND d.voce = $2"
                                           " ORDER BY d.versione DESC LIMIT 1"},
    [DIARIO_LIST] = {"diario_list", DIARIO " WHERE d.ambito = $1 AND d.cartella = $2"
                                           " AND d.ultima = 1"
                                           " ORDER BY d.giorno DESC, d.id DESC LIMIT $3"},
    [DIARIO_LIST_AFTER] = {"diario_list_after",
                           DIARIO " WHERE d.ambito = $1 AND d.cartella = $2 AND d.ultima = 1"
                                  " AND (d.giorno, d.id) < ($4, $5)"
                                  " ORDER BY d.giorno DESC, d.id DESC LIMIT $3"},
    [DIARIO_VERSIONS] = {"diario_versions",
                         DIARIO " WHERE d.ambito = $1 AND d.voce = $2 ORDER BY d.versione DESC"},
    [DIARIO_INSERT] = {"diario_insert",
                       "INSERT INTO diario (id, ambito, cartella, voce, versione, ultima, giorno,"
                       " tipo, riserbo, autore, scritto, presenti, testo)"
                       " VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11, $12)"},
    [DIARIO_NOT_LAST] = {"diario_not_last",
                         "UPDATE diario SET ultima = 0"
                         " WHERE ambito = $1 AND voce = $2 AND versione = $3 AND ultima = 1"},
    [DOCUMENTO_LOAD] = {"documento_load", DOCUMENTO " WHERE d.ambito = $1 AND d.id = $2"},
    [DOCUMENTO_LIST] = {"documento_list", DOCUMENTO " WHERE d.ambito = $1 AND d.cartella = $2"
                                                    " ORDER BY d.giorno DESC, d.id DESC LIMIT $3"},
    [DOCUMENTO_INSERT] = {"documento_insert",
                          "INSERT INTO documento (id, ambito, cartella, giorno, riserbo, tipo,"
                          " dimensione, parti, autore, caricato, nome, oggetto)"
                          " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"},
    [DOCUMENTO_PARTE_INSERT] = {"documento_parte_insert",
                                "INSERT INTO documento_parte (documento, numero, ambito, contenuto)"
                                " VALUES ($1, $2, $3, $4)"},
    [DOCUMENTO_PARTE_LOAD] = {"documento_parte_load",
                              "SELECT contenuto FROM documento_parte"
                              " WHERE ambito = $1 AND documento = $2 AND numero = $3"},
    [BOZZA_LIST] = {"cartella_bozza_list",
                    "SELECT percorso, quando FROM bozza WHERE ambito = $1 AND utente = $2"
                    " ORDER BY quando DESC LIMIT $3"},
    /* The last attestation of each kind, of the people whose cases the worker has. */
    [ISEE_IN_SCADENZA] = {"cartella_isee_in_scadenza",
                          "SELECT DISTINCT i.persona, p.cognome || ' ' || p.nome AS nome,"
                          " i.scadenza FROM cartella c JOIN persona p ON p.id = c.persona"
                          " JOIN isee i ON i.ambito = c.ambito AND i.persona = c.persona"
                          " WHERE c.ambito = $1 AND c.responsabile = $2 AND c.chiusa IS NULL"
                          " AND i.annullata IS NULL AND i.scadenza >= $3 AND i.scadenza <= $4"
                          " AND NOT EXISTS (SELECT 1 FROM isee n WHERE n.ambito = i.ambito"
                          " AND n.persona = i.persona AND n.tipo = i.tipo"
                          " AND n.annullata IS NULL AND n.scadenza > i.scadenza)"
                          " ORDER BY i.scadenza, nome LIMIT $5"},
    [VALUTAZIONI_OF] = {"cartella_valutazioni",
                        "SELECT v.voce, v.giorno, v.riserbo, v.completa, s.titolo,"
                        " u.intestazione AS chi FROM valutazione v"
                        " JOIN scheda s ON s.id = v.scheda JOIN utente u ON u.id = v.autore"
                        " WHERE v.ambito = $1 AND v.cartella = $2 AND v.ultima = 1"
                        " ORDER BY v.giorno DESC, v.id DESC LIMIT $3"},
    [ISEE_OF] = {"cartella_isee_of", "SELECT persona, valore, sottoscritta, scadenza FROM isee"
                                     " WHERE ambito = $1 AND persona = $2 AND annullata IS NULL"
                                     " ORDER BY sottoscritta DESC, id DESC LIMIT $3"},
    [CARICO_LIST] = {"carico_list",
                     "SELECT p.responsabile AS utente, u.intestazione AS nome, p.stato,"
                     " count(*) AS quante FROM presa_in_carico p"
                     " JOIN cartella c ON c.id = p.cartella JOIN persona n ON n.id = c.persona"
                     " LEFT JOIN utente u ON u.id = p.responsabile"
                     " WHERE p.ambito = $1 AND p.al IS NULL AND (p.ente = $2 OR $3 = 0)"
                     " AND (c.riserbo < 5 OR " SEGUITO(
                         "$1", "c.id", "$4",
                         "$5") ")"
                               " AND (n.riservata = 0 OR " SEGUITO(
                                   "$1", "n.id", "$4",
                                   "$5") ")"
                                         " GROUP BY p.responsabile, u.intestazione, p.stato"
                                         " ORDER BY u.intestazione, p.responsabile, p.stato"},
};

const struct db_registry cartella_registry = {"cartella", cartella_sql, CARTELLA_SQL};
const struct db_schema cartella_schema = {"cartella", cartella_model_sql, cartella_changes};
