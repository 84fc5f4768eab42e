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
#define OPEN         "p.ambito = $1 AND (p.riservata = 0 OR " SEGUITO("$1", "p.id", "$2", "$3") ")"
#define KNOWN_TO(cx) (cx)->who->ambito, (cx)->who->utente, (cx)->today

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
    PERSONE_SQL,
};

extern const struct db_sql persone_sql[PERSONE_SQL];

#endif
