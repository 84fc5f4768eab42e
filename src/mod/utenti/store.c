#include "mod/utenti/store.h"

#include "mod/utenti/statements.h"

#include "base/text.h"

#include <string.h>

enum { HELD_MAX = 64, IDLE_DAYS = 90 };
#define DAY_US (INT64_C(24) * 3600 * 1000000)

const struct field utente_fields[] = {FIELD(utente, id),
                                      FIELD(utente, ambito),
                                      FIELD(utente, nome),
                                      FIELD(utente, intestazione),
                                      FIELD(utente, email),
                                      FIELD(utente, attivo),
                                      FIELD(utente, da_cambiare),
                                      FIELD(utente, totp_attivo),
                                      FIELD(utente, creato),
                                      FIELD(utente, ultimo_accesso),
                                      FIELD(utente, versione),
                                      FIELD(utente, modificato),
                                      FIELD(utente, modificato_da),
                                      FIELD_END};

static const struct field utente_riga_fields[] = {FIELD(utente_riga, id),
                                                  FIELD(utente_riga, ambito),
                                                  FIELD(utente_riga, nome),
                                                  FIELD(utente_riga, intestazione),
                                                  FIELD(utente_riga, chiave),
                                                  FIELD(utente_riga, email),
                                                  FIELD(utente_riga, attivo),
                                                  FIELD(utente_riga, password),
                                                  FIELD(utente_riga, da_cambiare),
                                                  FIELD(utente_riga, password_dal),
                                                  FIELD(utente_riga, totp_attivo),
                                                  FIELD(utente_riga, totp_contatore),
                                                  FIELD(utente_riga, creato),
                                                  FIELD(utente_riga, creato_da),
                                                  FIELD_END};

const struct field utente_elenco_fields[] = {FIELD(utente_elenco, id),
                                             FIELD(utente_elenco, nome),
                                             FIELD(utente_elenco, intestazione),
                                             FIELD(utente_elenco, chiave),
                                             FIELD(utente_elenco, email),
                                             FIELD(utente_elenco, ruoli),
                                             FIELD(utente_elenco, quanti),
                                             FIELD(utente_elenco, al),
                                             FIELD(utente_elenco, attivo),
                                             FIELD(utente_elenco, totp_attivo),
                                             FIELD(utente_elenco, ultimo_accesso),
                                             FIELD_END};
const struct field utente_filtro_fields[] = {
    FIELD(utente_filtro, cerca), FIELD(utente_filtro, stato), FIELD(utente_filtro, ruolo),
    FIELD(utente_filtro, ente), FIELD_END};
static const struct field utente_scelta_fields[] = {FIELD(utente_scelta, id),
                                                    FIELD(utente_scelta, intestazione), FIELD_END};

const struct field incarico_fields[] = {
    FIELD(incarico, id),   FIELD(incarico, ambito), FIELD(incarico, utente), FIELD(incarico, ruolo),
    FIELD(incarico, ente), FIELD(incarico, dal),    FIELD(incarico, al),     FIELD_END};

static const struct field relazione_tipo_fields[] = {FIELD(relazione_tipo, tipo), FIELD_END};
const struct field relazione_riga_fields[] = {
    FIELD(relazione_riga, id),           FIELD(relazione_riga, utente),
    FIELD(relazione_riga, intestazione), FIELD(relazione_riga, tipo),
    FIELD(relazione_riga, dal),          FIELD(relazione_riga, al),
    FIELD(relazione_riga, motivo),       FIELD_END};

struct only_id {
    struct id id;
};
static const struct field only_id_fields[] = {FIELD(only_id, id), FIELD_END};

/* ---- users ------------------------------------------------------------------------------ */

bool utente_insert(struct cx *cx, const struct utente_riga *riga)
{
    return db_do(cx, &utenti_sql[SQL_UTENTE_INSERT], db_args_of(cx, utente_riga_fields, riga),
                 NULL);
}

bool utente_update(struct cx *cx, struct id id, const char *intestazione, const char *email)
{
    return db_do(
        cx, &utenti_sql[SQL_UTENTE_UPDATE],
        DB_ARGS(cx->who->ambito, id, intestazione, text_fold(cx->arena, intestazione), email),
        NULL);
}

bool utente_touch(struct cx *cx, struct id id)
{
    return db_do(cx, &utenti_sql[SQL_UTENTE_TOUCH],
                 DB_ARGS(cx->who->ambito, id, cx->now, cx->who->utente), NULL);
}

bool utente_leads(struct cx *cx, struct id id, int64_t *count)
{
    return db_int(cx, &utenti_sql[SQL_UTENTE_LEADS], DB_ARGS(cx->who->ambito, id, cx->today),
                  count);
}

bool utente_set_active(struct cx *cx, struct id id, bool attivo)
{
    return db_do(cx, &utenti_sql[SQL_UTENTE_ACTIVE], DB_ARGS(cx->who->ambito, id, attivo), NULL);
}

bool utente_load(struct cx *cx, struct id id, struct utente *utente)
{
    return db_one(cx, &utenti_sql[SQL_UTENTE_LOAD], DB_ARGS(cx->who->ambito, id), utente_fields,
                  utente);
}

bool utente_by_name(struct cx *cx, const char *nome, struct utente *utente, bool *found)
{
    return db_maybe(cx, &utenti_sql[SQL_UTENTE_BY_NAME], DB_ARGS(cx->who->ambito, nome),
                    utente_fields, utente, found);
}

bool utente_name_taken(struct cx *cx, const char *nome, bool *taken)
{
    const struct who *who = cx->who;
    int64_t count;
    cx->who = NULL; /* a name is unique in the program: all ambiti are looked at */
    bool done = db_int(cx, &utenti_sql[SQL_UTENTE_TAKEN], DB_ARGS(nome), &count);
    cx->who = who;
    if (!done)
        return false;
    *taken = count > 0;
    return true;
}

bool utente_label(struct cx *cx, struct id id, const char **text)
{
    struct utente_scelta row;
    bool found;
    *text = "";
    if (!db_maybe(cx, &utenti_sql[SQL_UTENTE_LABEL], DB_ARGS(cx->who->ambito, id),
                  utente_scelta_fields, &row, &found))
        return false;
    if (found)
        *text = row.intestazione;
    return true;
}

bool utente_of_role(struct cx *cx, const char *ruolo, struct list *list)
{
    struct id ambito = cx->who->ambito;
    int64_t max = UTENTI_MAX;
    if (ruolo == NULL)
        return db_list(cx, &utenti_sql[SQL_UTENTE_OF_ALL], DB_ARGS(ambito, max),
                       utente_scelta_fields, sizeof(struct utente_scelta), UTENTI_MAX, list);
    return db_list(cx, &utenti_sql[SQL_UTENTE_OF_ROLE], DB_ARGS(ambito, ruolo, cx->today, max),
                   utente_scelta_fields, sizeof(struct utente_scelta), UTENTI_MAX, list);
}

/* Who holds today a role that... */
#define HELD                                                                                       \
    " AND EXISTS (SELECT 1 FROM incarico i WHERE i.utente = u.id AND i.dal <= $1"                  \
    " AND (i.al IS NULL OR i.al > $1)"
bool utente_coordinators(struct cx *cx, struct id ente, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_UTENTE_COORDINATORS],
                   DB_ARGS(cx->who->ambito, ente, cx->today, (int64_t)UTENTI_MAX),
                   utente_scelta_fields, sizeof(struct utente_scelta), UTENTI_MAX, list);
}

#define OF_TODAY " WHERE i.utente = u.id AND i.dal <= $2 AND (i.al IS NULL OR i.al > $2)"

static void add_state(struct db_query *q, struct cx *cx, const char *stato)
{
    const struct instant idle = {cx->now.us - IDLE_DAYS * DAY_US};
    if (stato == NULL)
        return;
    db_query_add(q, " AND u.attivo = $1", DB_ARGS(strcmp(stato, "disattivati") != 0));
    if (strcmp(stato, "senza") == 0)
        db_query_add(q,
                     " AND NOT EXISTS (SELECT 1 FROM incarico i WHERE i.utente = u.id AND i.dal "
                     "<= $1 AND (i.al IS NULL OR i.al > $1))",
                     DB_ARGS(cx->today));
    if (strcmp(stato, "fermi") == 0)
        db_query_add(q, " AND coalesce(u.ultimo_accesso, u.creato) < $1", DB_ARGS(idle));
    if (strcmp(stato, "un_passaggio") == 0)
        db_query_add(q, " AND u.totp_attivo = $1", DB_ARGS(false));
}

bool utente_list(struct cx *cx, const struct utente_filtro *filtro,
                 const struct utente_chiave *after, size_t limit, struct list *list)
{
    struct db_query q;
    db_query_start(&q, cx, "utente_list",
                   "SELECT u.id AS id, u.nome AS nome, u.intestazione AS intestazione, u.chiave AS "
                   "chiave, u.email AS email, (SELECT max(i.ruolo) FROM incarico i" OF_TODAY
                   ") AS ruoli, (SELECT count(*) FROM incarico i" OF_TODAY
                   ") AS quanti, CASE WHEN EXISTS (SELECT 1 FROM incarico i WHERE i.utente = u.id "
                   "AND i.al IS NULL) THEN NULL ELSE (SELECT max(i.al) FROM incarico i WHERE "
                   "i.utente = u.id) END AS al, u.attivo AS attivo, u.totp_attivo AS totp_attivo, "
                   "u.ultimo_accesso AS ultimo_accesso FROM utente u WHERE u.ambito = $1",
                   DB_ARGS(cx->who->ambito, cx->today));
    if (filtro->cerca != NULL) {
        const char *from = text_fold(cx->arena, filtro->cerca);
        db_query_add(&q, " AND u.chiave >= $1 AND u.chiave < $2",
                     DB_ARGS(from, arena_printf(cx->arena, "%s\x7f", from)));
    }
    add_state(&q, cx, filtro->stato);
    if (filtro->ruolo != NULL)
        db_query_add(&q, HELD " AND i.ruolo = $2)", DB_ARGS(cx->today, filtro->ruolo));
    if (filtro->ente.n != 0)
        db_query_add(&q, HELD " AND i.ente = $2)", DB_ARGS(cx->today, filtro->ente));
    if (after->chiave != NULL)
        db_query_add(&q, " AND (u.chiave, u.id) > ($1, $2)", DB_ARGS(after->chiave, after->id));
    db_query_add(&q, " ORDER BY u.chiave, u.id LIMIT $1", DB_ARGS((int64_t)limit));
    return db_list(cx, db_query_sql(&q), db_query_args(&q), utente_elenco_fields,
                   sizeof(struct utente_elenco), limit, list);
}

/* ---- roles ------------------------------------------------------------------------------ */

bool incarico_insert(struct cx *cx, const struct incarico *incarico)
{
    struct id by = cx->who != NULL ? cx->who->utente : ID_NONE;
    return db_do(cx, &utenti_sql[SQL_INCARICO_INSERT],
                 DB_ARGS(incarico->id, incarico->ambito, incarico->utente, incarico->ruolo,
                         incarico->ente, incarico->dal, incarico->al, cx->now, by),
                 NULL);
}

bool incarico_load(struct cx *cx, struct id id, struct incarico *incarico)
{
    return db_one(cx, &utenti_sql[SQL_INCARICO_LOAD], DB_ARGS(cx->who->ambito, id), incarico_fields,
                  incarico);
}

bool incarico_list(struct cx *cx, struct id utente, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_INCARICO_LIST],
                   DB_ARGS(cx->who->ambito, utente, (int64_t)RELAZIONI_MAX), incarico_fields,
                   sizeof(struct incarico), RELAZIONI_MAX, list);
}

bool incarico_set_end(struct cx *cx, struct id id, struct day al)
{
    return db_do(cx, &utenti_sql[SQL_INCARICO_END], DB_ARGS(cx->who->ambito, id, al), NULL);
}

bool incarico_leave(struct cx *cx, struct id utente, struct day al)
{
    return db_do(cx, &utenti_sql[SQL_INCARICO_LEAVE], DB_ARGS(cx->who->ambito, utente, al), NULL);
}

bool incarico_keepers(struct cx *cx, struct id but, struct day day, int64_t *count)
{
    return db_int(cx, &utenti_sql[SQL_INCARICO_KEEPERS], DB_ARGS(cx->who->ambito, but, day), count);
}

bool incarico_admins(struct cx *cx, struct id but, int64_t *count)
{
    return db_int(cx, &utenti_sql[SQL_INCARICO_ADMINS], DB_ARGS(cx->who->ambito, but, cx->today),
                  count);
}

/* ---- relations -------------------------------------------------------------------------- */

bool relazione_held(struct cx *cx, const char *oggetto_tipo, struct id oggetto, struct list *list)
{
    return db_list(
        cx, &utenti_sql[SQL_RELAZIONE_HELD],
        DB_ARGS(cx->who->ambito, oggetto, cx->who->utente, oggetto_tipo, cx->today, cx->now),
        relazione_tipo_fields, sizeof(struct relazione_tipo), HELD_MAX, list);
}

bool relazione_find(struct cx *cx, const struct relazione *relazione, struct id *id, bool *found)
{
    struct only_id row;
    if (!db_maybe(cx, &utenti_sql[SQL_RELAZIONE_FIND],
                  DB_ARGS(relazione->ambito, relazione->oggetto, relazione->utente,
                          authz_relation_name(relazione->tipo), relazione->oggetto_tipo,
                          relazione->dal, relazione->al),
                  only_id_fields, &row, found))
        return false;
    *id = *found ? row.id : ID_NONE;
    return true;
}

bool relazione_insert(struct cx *cx, const struct relazione *r)
{
    return db_do(cx, &utenti_sql[SQL_RELAZIONE_INSERT],
                 DB_ARGS(r->id, r->ambito, r->utente, authz_relation_name(r->tipo), r->oggetto_tipo,
                         r->oggetto, r->dal, r->al, r->motivo, cx->now, cx->who->utente),
                 NULL);
}

bool relazione_end(struct cx *cx, struct id id, struct day al)
{
    return db_do(cx, &utenti_sql[SQL_RELAZIONE_END], DB_ARGS(cx->who->ambito, id, al), NULL);
}

bool relazione_end_of(struct cx *cx, enum authz_relation tipo, struct id oggetto, struct id utente,
                      struct day al)
{
    struct id ambito = cx->who->ambito;
    const char *name = authz_relation_name(tipo);
    if (utente.n == 0)
        return db_do(cx, &utenti_sql[SQL_RELAZIONE_END_ALL], DB_ARGS(ambito, oggetto, name, al),
                     NULL);
    return db_do(cx, &utenti_sql[SQL_RELAZIONE_END_ONE], DB_ARGS(ambito, oggetto, name, al, utente),
                 NULL);
}

bool relazione_list(struct cx *cx, struct id oggetto, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_RELAZIONE_LIST],
                   DB_ARGS(cx->who->ambito, oggetto, cx->today, (int64_t)RELAZIONI_MAX),
                   relazione_riga_fields, sizeof(struct relazione_riga), RELAZIONI_MAX, list);
}

bool relazione_holders(struct cx *cx, struct id oggetto, const char *tipo, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_RELAZIONE_HOLDERS],
                   DB_ARGS(cx->who->ambito, oggetto, tipo, cx->today, (int64_t)HELD_MAX),
                   utente_scelta_fields, sizeof(struct utente_scelta), HELD_MAX, list);
}
