#include "mod/persone/sql.h"

#include "mod/persone/store.h"

extern const char persone_model_sql[];
extern const struct db_change persone_changes[];

/* In the order of the fields of the row (store.c). */
#define PERSON_COLUMNS                                                                             \
    "id, versione, numero, cognome, nome, sesso, nascita, nascita_luogo, belfiore, comune, "       \
    "indirizzo, telefono, email, cittadinanza, tutela, morte, esterno, riservata"
#define ROW_COLUMNS                                                                                \
    PERSON_COLUMNS ", ambito, codfis_chiuso, codfis_indice, chiave, chiave2, cifre, creato, "      \
                   "creato_da, modificato, modificato_da, fusa_in"

#define FUSIONE                                                                                    \
    "SELECT f.id, f.tiene, f.toglie, f.fatta, f.sciolta, t.cognome, t.nome, t.numero,"             \
    " u.intestazione AS chi FROM fusione f JOIN persona t ON t.id = f.toglie"                      \
    " LEFT JOIN utente u ON u.id = f.fatta_da"
/* People who share a value that the block goes by, in its order, behind the last whole block.
 * Who is kept apart is in none. */
#define BLOCCO(name, column)                                                                       \
    {                                                                                              \
        name, "SELECT " ROW_COLUMNS " FROM persona WHERE ambito = $1 AND " column " > $2"          \
              " AND fusa_in IS NULL AND riservata = 0 ORDER BY " column ", id LIMIT $3"            \
    }
/* $1 the merge, $2 ambito, $3 who goes, $4 who stays. */
#define SEGNA(tavola, colonna, chiave, dove, resta)                                                \
    {                                                                                              \
        "fusione_segna_" tavola "_" colonna,                                                       \
            "INSERT INTO fusione_mossa (fusione, tavola, riga, ambito) SELECT CAST($1 AS @ID), "   \
            "'" tavola "." colonna "', x." chiave ", CAST($2 AS @ID) FROM " tavola                 \
            " x WHERE x." colonna " = $3 AND x." colonna " <> $4" dove                             \
            " AND NOT EXISTS (SELECT 1 FROM " tavola " k WHERE k." colonna " = $4 AND " resta ")"  \
    }
/* $1 to whom, $2 from whom, $3 the merge. */
#define SPOSTA(tavola, colonna, chiave, anche, dove)                                               \
    {                                                                                              \
        "fusione_sposta_" tavola "_" colonna,                                                      \
            "UPDATE " tavola " AS x SET " colonna " = $1" anche " WHERE x." colonna " = $2" dove   \
            " AND x." chiave " IN (SELECT riga FROM fusione_mossa WHERE fusione = $3"              \
            " AND tavola = '" tavola "." colonna "')"                                              \
    }
#define RIFERIMENTO_SQL(tavola, colonna, chiave, anche, dove, resta)                               \
    [SEGNA_##tavola##_##colonna] = SEGNA(#tavola, #colonna, #chiave, dove, resta),                 \
    [SPOSTA_##tavola##_##colonna] = SPOSTA(#tavola, #colonna, #chiave, anche, dove),

const struct db_sql persone_sql[PERSONE_SQL] = {
    [PERSONA_LOAD] = {"persona_load",
                      "SELECT " ROW_COLUMNS " FROM persona WHERE ambito = $1 AND id = $2"},
    [PERSONA_BY_ESTERNO] = {"persona_by_esterno", "SELECT coalesce(fusa_in, id) AS id FROM persona"
                                                  " WHERE ambito = $1 AND esterno = $2"},
    [PERSONA_BY_CODFIS] = {"persona_by_codfis",
                           "SELECT coalesce(fusa_in, id) AS id FROM persona"
                           " WHERE ambito = $1 AND codfis_indice = $2"
                           " ORDER BY fusa_in IS NOT NULL, persona.id LIMIT 1"},
    [PERSONA_BY_NOMI] = {"persona_by_nomi",
                         "SELECT coalesce(fusa_in, id) AS id FROM persona"
                         " WHERE ambito = $1 AND chiave = $2"
                         " AND codfis_indice IS NULL AND nascita IS NOT DISTINCT FROM $3"
                         " ORDER BY fusa_in IS NOT NULL, persona.id LIMIT 1"},
    [PERSONA_NUMERO] = {"persona_numero",
                        "INSERT INTO persona_contatore (ambito, numero, quante) VALUES ($1, 1, 1)"
                        " ON CONFLICT (ambito) DO UPDATE SET"
                        " numero = persona_contatore.numero + 1,"
                        " quante = persona_contatore.quante + 1 RETURNING numero"},
    [PERSONA_COUNT] =
        {"persona_count",
         "SELECT coalesce((SELECT quante FROM persona_contatore WHERE ambito = $1), 0)"
         " - (SELECT count(*) FROM persona p WHERE p.ambito = $1"
         " AND p.riservata = 1 AND p.fusa_in IS NULL AND NOT " SEGUITO("$1", "p.id", "$2",
                                                                       "$3") ")"},
    [PERSONA_INSERT] = {"persona_insert",
                        "INSERT INTO persona (" ROW_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7,"
                        " $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,"
                        " $23, $24, $25, $26, $27, $28, $29)"},
    [PERSONA_UPDATE] =
        {"persona_update",
         "UPDATE persona SET versione = versione + 1, cognome = $4, nome = $5,"
         " sesso = $6, nascita = $7, nascita_luogo = $8, belfiore = $9, comune = $10,"
         " indirizzo = $11, telefono = $12, email = $13, cittadinanza = $14,"
         " tutela = $15, morte = $16, esterno = $17, riservata = $18,"
         " codfis_chiuso = $19, codfis_indice = $20, chiave = $21, chiave2 = $22,"
         " cifre = $23, modificato = $24, modificato_da = $25"
         " WHERE ambito = $1 AND id = $2 AND versione = $3"},
    [PAROLA_DELETE] = {"persona_parola_delete",
                       "DELETE FROM persona_parola"
                       " WHERE ambito = $1 AND parola = $2 AND chiave = $3 AND persona = $4"},
    [CANDIDATE_CODFIS] = {"persona_candidate_codfis",
                          "SELECT " ROW_COLUMNS " FROM persona"
                          " WHERE ambito = $1 AND codfis_indice = $2 AND fusa_in IS NULL LIMIT $3"},
    [CANDIDATE_CHIAVE] = {"persona_candidate_chiave",
                          "SELECT " ROW_COLUMNS " FROM persona"
                          " WHERE ambito = $1 AND chiave >= $2 AND chiave < $3 AND fusa_in IS NULL"
                          " ORDER BY chiave, id LIMIT $4"},
    [CANDIDATE_NASCITA] = {"persona_candidate_nascita",
                           "SELECT " ROW_COLUMNS " FROM persona"
                           " WHERE ambito = $1 AND nascita = $2 AND fusa_in IS NULL"
                           " ORDER BY chiave, id LIMIT $3"},
    [CANDIDATE_PAROLA] = {"persona_candidate_parola",
                          "SELECT " ROW_COLUMNS " FROM persona WHERE id IN (SELECT persona"
                          " FROM persona_parola WHERE ambito = $1 AND parola = $2 LIMIT $3)"},
    [PERSONA_EACH] = {"persona_each", "SELECT " ROW_COLUMNS " FROM persona"
                                      " WHERE ambito = $1 AND fusa_in IS NULL ORDER BY numero"},
    [COMPONENTE_LIST] = {"componente_list",
                         "SELECT id, nucleo, persona, parentela, dal, al FROM componente"
                         " WHERE ambito = $1 AND persona = $2 AND corretto IS NULL"
                         " ORDER BY dal, id"},
    [COMPONENTE_LOAD] = {"componente_load",
                         "SELECT id, nucleo, persona, parentela, dal, al FROM componente"
                         " WHERE ambito = $1 AND id = $2 AND corretto IS NULL"},
    [COMPONENTE_HISTORY] =
        {"componente_history",
         "SELECT c.id, c.nucleo, c.parentela, c.dal, c.al, c.scritto, c.corretto,"
         " u.intestazione AS scritto_da, v.intestazione AS corretto_da FROM componente c"
         " LEFT JOIN utente u ON u.id = c.scritto_da LEFT JOIN utente v ON v.id = c.corretto_da"
         " WHERE c.ambito = $1 AND c.persona = $2 ORDER BY c.scritto DESC, c.id DESC"},
    [COMPONENTE_INSERT] = {"componente_insert",
                           "INSERT INTO componente (id, nucleo, persona, parentela, dal, al,"
                           " ambito, scritto, scritto_da)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"},
    [COMPONENTE_CLOSE] = {"componente_close",
                          "UPDATE componente SET corretto = $3, corretto_da = $4"
                          " WHERE ambito = $1 AND id = $2 AND corretto IS NULL"},
    [NUCLEO_INSERT] = {"nucleo_insert", "INSERT INTO nucleo (id, ambito, creato, creato_da)"
                                        " VALUES ($1, $2, $3, $4)"},
    [NUCLEO_AT] = {"nucleo_at",
                   "SELECT c.id, c.nucleo, c.persona, p.cognome, p.nome, p.nascita, c.parentela,"
                   " c.dal, c.al FROM componente q"
                   " JOIN componente c ON c.nucleo = q.nucleo"
                   " JOIN persona p ON p.id = c.persona"
                   " WHERE q.ambito = $1 AND q.persona = $2"
                   " AND q.corretto IS NULL AND c.corretto IS NULL"
                   " AND (q.dal IS NULL OR q.dal <= $3) AND (q.al IS NULL OR q.al > $3)"
                   " AND (c.dal IS NULL OR c.dal <= $3) AND (c.al IS NULL OR c.al > $3)"
                   " AND p.fusa_in IS NULL"
                   " AND (p.riservata = 0 OR c.persona = q.persona OR " SEGUITO(
                       "$1", "p.id", "$4", "$5") ")"
                                                 " ORDER BY p.nascita, c.id"},
    [SEARCH_CHIAVE] = {"persona_search_chiave",
                       "SELECT " FOUND_COLUMNS " FROM " FOUND_FROM " WHERE " OPEN
                       " AND p.chiave >= $4 AND p.chiave < $5 ORDER BY p.chiave, p.id LIMIT $6"},
    [SEARCH_CHIAVE2] = {"persona_search_chiave2",
                        "SELECT " FOUND_COLUMNS " FROM " FOUND_FROM " WHERE " OPEN
                        " AND p.chiave2 >= $4 AND p.chiave2 < $5"
                        " ORDER BY p.chiave2, p.id LIMIT $6"},
    [SEARCH_CODFIS] = {"persona_search_codfis",
                       "SELECT " FOUND_COLUMNS " FROM " FOUND_FROM " WHERE " OPEN
                       " AND p.codfis_indice = $4 ORDER BY p.id LIMIT $5"},
    [SEARCH_NUMERO] = {"persona_search_numero", "SELECT " FOUND_COLUMNS " FROM " FOUND_FROM
                                                " WHERE " OPEN " AND p.numero = $4"},
    [SEARCH_COUNT] = {"persona_search_count",
                      "SELECT count(*) FROM (SELECT 1 FROM persona_parola WHERE ambito = $1"
                      " AND parola >= $2 AND parola < $3 LIMIT $4) AS few"},
    /* Inside the index of the rarest word: the whole key stands beside each word. */
    [SEARCH_PAROLE] = {"persona_search_parole",
                       "SELECT " FOUND_COLUMNS " FROM (SELECT DISTINCT persona FROM"
                       " (SELECT persona, chiave FROM persona_parola WHERE ambito = $1"
                       " AND parola >= $4 AND parola < $5 ORDER BY parola, chiave, persona"
                       " LIMIT $6) AS scorsa"
                       " WHERE (' ' || chiave) LIKE $7 AND (' ' || chiave) LIKE $8"
                       " AND (' ' || chiave) LIKE $9 AND (' ' || chiave) LIKE $10 LIMIT $11) AS w"
                       " JOIN persona p ON p.id = w.persona LEFT JOIN ente e ON e.id = p.comune"
                       " WHERE " OPEN " ORDER BY p.chiave, p.id"},
    [PERSONA_FUSA] = {"persona_fusa", "UPDATE persona SET versione = versione + 1, fusa_in = $3,"
                                      " modificato = $4, modificato_da = $5"
                                      " WHERE ambito = $1 AND id = $2"},
    [PERSONA_CONTA] = {"persona_conta",
                       "UPDATE persona_contatore SET quante = quante + $2 WHERE ambito = $1"},
    [DOPPIONE_SAVE] = {"doppione_save",
                       "INSERT INTO doppione (ambito, a, b, punti, perche, stato, trovato)"
                       " VALUES ($1, $2, $3, $4, $5, 'aperto', $6)"
                       " ON CONFLICT (ambito, a, b) DO UPDATE SET punti = excluded.punti,"
                       " perche = excluded.perche, trovato = excluded.trovato"},
    [DOPPIONE_DECIDE] =
        {"doppione_decide",
         "INSERT INTO doppione (ambito, a, b, punti, perche, stato, trovato, deciso, deciso_da)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)"
         " ON CONFLICT (ambito, a, b) DO UPDATE SET stato = excluded.stato,"
         " deciso = excluded.deciso, deciso_da = excluded.deciso_da"},
    [DOPPIONE_PRUNE] = {"doppione_prune", "DELETE FROM doppione WHERE ambito = $1"
                                          " AND stato = 'aperto' AND trovato < $2"},
    [DOPPIONE_ONE] = {"doppione_one",
                      "SELECT stato FROM doppione WHERE ambito = $1 AND a = $2 AND b = $3"},
    [BLOCCO_CODFIS] = BLOCCO("blocco_codfis", "codfis_indice"),
    [BLOCCO_NASCITA] = BLOCCO("blocco_nascita", "nascita"),
    [BLOCCO_TELEFONO] = BLOCCO("blocco_telefono", "cifre"),
    [BLOCCO_NOMI] = BLOCCO("blocco_nomi", "chiave"),
    [FUSIONE_INSERT] = {"fusione_insert",
                        "INSERT INTO fusione (id, ambito, tiene, toglie, fatta, fatta_da)"
                        " VALUES ($1, $2, $3, $4, $5, $6)"},
    [FUSIONE_UNDO] = {"fusione_undo", "UPDATE fusione SET sciolta = $3, sciolta_da = $4"
                                      " WHERE ambito = $1 AND id = $2 AND sciolta IS NULL"},
    [FUSIONE_LOAD] = {"fusione_load", FUSIONE " WHERE f.ambito = $1 AND f.id = $2"},
    [FUSIONE_LIST] = {"fusione_list", FUSIONE " WHERE f.ambito = $1 AND f.tiene = $2"
                                              " ORDER BY f.id DESC"},
    [FUSIONE_COPY] = {"fusione_copy", "INSERT INTO persona_prima (fusione, momento, " ROW_COLUMNS
                                      ") SELECT CAST($1 AS @ID), CAST($2 AS TEXT), " ROW_COLUMNS
                                      " FROM persona WHERE ambito = $3 AND id = $4"},
    [FUSIONE_COPIED] = {"fusione_copied", "SELECT " ROW_COLUMNS " FROM persona_prima"
                                          " WHERE ambito = $1 AND fusione = $2 AND momento = $3"},
    RIFERIMENTI(RIFERIMENTO_SQL)};

const struct db_registry persone_registry = {"persone", persone_sql, PERSONE_SQL};

const struct db_schema persone_schema = {"persone", persone_model_sql, persone_changes};
