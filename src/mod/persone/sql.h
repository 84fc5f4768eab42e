/* The statements of this room, by name; each file of the store uses its own. */
#ifndef ZONALE_MOD_PERSONE_SQL_H
#define ZONALE_MOD_PERSONE_SQL_H

#include "kit/db/db.h"
#include "mod/utenti/utenti.h"

/* What a line of a search or of a list shows. */
#define FOUND_COLUMNS                                                                              \
    "p.id, p.numero, p.cognome, p.nome, p.nascita, p.comune, e.nome AS comune_nome, p.telefono,"   \
    " p.chiave"
#define FOUND_FROM "persona p LEFT JOIN ente e ON e.id = p.comune"
/* Who is kept apart is found by those who follow her alone. $1 ambito, $2 user, $3 today: KNOWN_TO
 * as arguments. */
#define VISIBLE(p, ambito, utente, oggi)                                                           \
    p ".fusa_in IS NULL AND (" p ".riservata = 0 OR " SEGUITO(ambito, p ".id", utente, oggi) ")"
#define OPEN         "p.ambito = $1 AND " VISIBLE("p", "$1", "$2", "$3")
#define KNOWN_TO(cx) (cx)->who->ambito, (cx)->who->utente, (cx)->today

/* Every column that names a person, of all rooms: what a merge moves. A test compares it with the
 * foreign keys of the schema; a new table that names people adds its row here.
 *   X(table, column, key: a column that tells its rows apart, what else is set, which rows,
 *     when row x must stay: the one who is kept has such a row, k, already)
 * What stays is the merged person's still, and shows no more. */
#define RIFERIMENTI(X)                                                                             \
    X(persona, fusa_in, id, "", "", "FALSE")                                                       \
    X(relazione, oggetto, id, "", " AND x.oggetto_tipo = 'persona'",                               \
      "k.utente = x.utente AND k.tipo = x.tipo")                                                   \
    X(componente, persona, id, "", "",                                                             \
      "(k.dal IS NULL OR x.al IS NULL OR k.dal < x.al)"                                            \
      " AND (x.dal IS NULL OR k.al IS NULL OR x.dal < k.al) AND k.corretto IS NULL")               \
    X(contatto, persona, id, "", "", "FALSE")                                                      \
    X(invio, persona, id, "", "", "FALSE")                                                         \
    X(isee, persona, id, "", "", "k.tipo = x.tipo AND k.protocollo = x.protocollo")                \
    X(cartella, persona, id, NOME_CHIAVE, "", "FALSE")                                             \
    X(prestazione, persona, id, NOME_CHIAVE, "", "FALSE")                                          \
    X(progetto, persona, id, NOME_CHIAVE, "", "FALSE")                                             \
    X(pagante, persona, id, "", "", "FALSE")                                                       \
    X(pagante, chi_persona, id, "", "", "FALSE")                                                   \
    X(addebito, persona, id, "", "", "FALSE")                                                      \
    X(conguaglio, persona, id, "", "", "FALSE")                                                    \
    X(addebito_parte, chi, addebito, "", " AND x.chi_tipo = 'persona'",                            \
      "k.addebito = x.addebito AND k.chi_tipo = 'persona'")                                        \
    X(conguaglio_parte, chi, conguaglio, "", " AND x.chi_tipo = 'persona'",                        \
      "k.conguaglio = x.conguaglio AND k.chi_tipo = 'persona'")
/* The key of the name that goes with the person, where the table keeps it. */
#define NOME_CHIAVE ", chiave = (SELECT chiave FROM persona WHERE id = $1)"
#define RIFERIMENTO_ENUM(tavola, colonna, ...)                                                     \
    SEGNA_##tavola##_##colonna, SPOSTA_##tavola##_##colonna,

enum persone_sql {
    PERSONA_LOAD,
    PERSONA_BY_ESTERNO,
    PERSONA_BY_CODFIS,
    PERSONA_BY_NOMI,
    PERSONA_NUMERO,
    PERSONA_COUNT,
    PERSONA_INSERT,
    PERSONA_UPDATE,
    PAROLA_DELETE,
    CANDIDATE_CODFIS,
    CANDIDATE_CHIAVE,
    CANDIDATE_NASCITA,
    CANDIDATE_PAROLA,
    PERSONA_EACH,
    COMPONENTE_LIST,
    COMPONENTE_LOAD,
    COMPONENTE_HISTORY,
    COMPONENTE_INSERT,
    COMPONENTE_CLOSE,
    NUCLEO_INSERT,
    NUCLEO_AT,
    SEARCH_CHIAVE,
    SEARCH_CHIAVE2,
    SEARCH_CODFIS,
    SEARCH_NUMERO,
    SEARCH_COUNT,
    SEARCH_PAROLE,
    PERSONA_FUSA,
    PERSONA_CONTA,
    DOPPIONE_SAVE,
    DOPPIONE_DECIDE,
    DOPPIONE_PRUNE,
    DOPPIONE_ONE,
    BLOCCO_CODFIS,
    BLOCCO_NASCITA,
    BLOCCO_TELEFONO,
    BLOCCO_NOMI,
    FUSIONE_INSERT,
    FUSIONE_UNDO,
    FUSIONE_LOAD,
    FUSIONE_LIST,
    FUSIONE_COPY,
    FUSIONE_COPIED,
    RIFERIMENTI(RIFERIMENTO_ENUM) PERSONE_SQL,
};

extern const struct db_sql persone_sql[PERSONE_SQL];

#endif
