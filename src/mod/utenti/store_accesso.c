#include "mod/utenti/store_accesso.h"

#include "mod/utenti/statements.h"

enum { ROLES_NOW = 20, SESSIONS = 50 };
#define MONTH (INT64_C(30) * 24 * 3600 * 1000000)

static const struct field credenziali_fields[] = {FIELD(credenziali, id),
                                                  FIELD(credenziali, ambito),
                                                  FIELD(credenziali, nome),
                                                  FIELD(credenziali, intestazione),
                                                  FIELD(credenziali, attivo),
                                                  FIELD(credenziali, password),
                                                  FIELD(credenziali, da_cambiare),
                                                  FIELD(credenziali, totp_chiuso),
                                                  FIELD(credenziali, totp_attivo),
                                                  FIELD(credenziali, totp_contatore),
                                                  FIELD_END};
static const struct field tentativo_fields[] = {FIELD(tentativo, falliti), FIELD(tentativo, ultimo),
                                                FIELD_END};
static const struct field sessione_attiva_fields[] = {FIELD(sessione_attiva, id),
                                                      FIELD(sessione_attiva, utente),
                                                      FIELD(sessione_attiva, ambito),
                                                      FIELD(sessione_attiva, ente),
                                                      FIELD(sessione_attiva, ruolo),
                                                      FIELD(sessione_attiva, intestazione),
                                                      FIELD(sessione_attiva, csrf),
                                                      FIELD(sessione_attiva, avviso),
                                                      FIELD(sessione_attiva, accesso),
                                                      FIELD(sessione_attiva, da_cambiare),
                                                      FIELD_END};
static const struct field sessione_nuova_fields[] = {FIELD(sessione_nuova, id),
                                                     FIELD(sessione_nuova, ambito),
                                                     FIELD(sessione_nuova, utente),
                                                     FIELD(sessione_nuova, incarico),
                                                     FIELD(sessione_nuova, impronta),
                                                     FIELD(sessione_nuova, csrf),
                                                     FIELD(sessione_nuova, creata),
                                                     FIELD(sessione_nuova, accesso),
                                                     FIELD(sessione_nuova, vista),
                                                     FIELD(sessione_nuova, rete),
                                                     FIELD_END};
const struct field sessione_riga_fields[] = {FIELD(sessione_riga, id), FIELD(sessione_riga, creata),
                                             FIELD(sessione_riga, vista),
                                             FIELD(sessione_riga, rete), FIELD_END};

static struct instant before(struct cx *cx, int64_t us)
{
    return (struct instant){cx->now.us - us};
}

static bool run(struct cx *cx, enum utenti_statement statement, struct db_args args)
{
    return db_do(cx, &utenti_sql[statement], args, NULL);
}

/* ---- logins ----------------------------------------------------------------------------- */

bool credenziali_load(struct cx *cx, const char *nome, struct credenziali *credenziali, bool *found)
{
    return db_maybe(cx, &utenti_sql[SQL_CREDENZIALI_LOAD], DB_ARGS(nome), credenziali_fields,
                    credenziali, found);
}

bool credenziali_of(struct cx *cx, struct id id, struct credenziali *credenziali)
{
    return db_one(cx, &utenti_sql[SQL_CREDENZIALI_OF], DB_ARGS(id), credenziali_fields,
                  credenziali);
}

bool incarico_now(struct cx *cx, struct id utente, struct list *list)
{
    return db_list(cx, &utenti_sql[SQL_INCARICO_NOW],
                   DB_ARGS(utente, cx->today, (int64_t)ROLES_NOW), incarico_fields,
                   sizeof(struct incarico), ROLES_NOW, list);
}

bool password_set(struct cx *cx, struct id utente, const char *hash, bool da_cambiare)
{
    return run(cx, SQL_PASSWORD_SET, DB_ARGS(utente, hash, da_cambiare, cx->now));
}

bool accesso_done(struct cx *cx, struct id utente)
{
    return run(cx, SQL_ACCESSO_DONE, DB_ARGS(utente, cx->now));
}

bool tentativo_load(struct cx *cx, const char *chiave, struct tentativo *tentativo)
{
    bool found;
    if (!db_maybe(cx, &utenti_sql[SQL_TENTATIVO_LOAD], DB_ARGS(chiave), tentativo_fields, tentativo,
                  &found))
        return false;
    if (!found || tentativo->ultimo.us < before(cx, WAIT_FORGET).us)
        *tentativo = (struct tentativo){.falliti = 0};
    return true;
}

bool tentativo_fail(struct cx *cx, const char *chiave)
{
    return run(cx, SQL_TENTATIVO_FAIL, DB_ARGS(chiave, cx->now, before(cx, WAIT_FORGET)));
}

bool tentativo_clear(struct cx *cx, const char *chiave)
{
    return run(cx, SQL_TENTATIVO_CLEAR, DB_ARGS(chiave));
}

/* ---- sessions --------------------------------------------------------------------------- */

bool sessione_load(struct cx *cx, struct bytes impronta, struct sessione_attiva *sessione,
                   bool *found)
{
    return db_maybe(
        cx, &utenti_sql[SQL_SESSIONE_LOAD],
        DB_ARGS(impronta, before(cx, SESSION_IDLE), before(cx, SESSION_LENGTH), cx->today),
        sessione_attiva_fields, sessione, found);
}

bool sessione_insert(struct cx *cx, const struct sessione_nuova *sessione)
{
    return run(cx, SQL_SESSIONE_INSERT, db_args_of(cx, sessione_nuova_fields, sessione));
}

bool sessione_touch(struct cx *cx, struct id id)
{
    return run(cx, SQL_SESSIONE_TOUCH, DB_ARGS(id, cx->now));
}

bool sessione_notice(struct cx *cx, struct id id, const char *text)
{
    return run(cx, SQL_SESSIONE_NOTICE, DB_ARGS(id, text));
}

bool sessione_confirm(struct cx *cx, struct id id, struct bytes impronta)
{
    return run(cx, SQL_SESSIONE_CONFIRM, DB_ARGS(id, cx->now, impronta));
}

bool sessione_list(struct cx *cx, struct id utente, struct list *list)
{
    return db_list(
        cx, &utenti_sql[SQL_SESSIONE_LIST],
        DB_ARGS(utente, before(cx, SESSION_IDLE), before(cx, SESSION_LENGTH), (int64_t)SESSIONS),
        sessione_riga_fields, sizeof(struct sessione_riga), SESSIONS, list);
}

bool sessione_end(struct cx *cx, struct id utente, struct id id)
{
    return run(cx, SQL_SESSIONE_END, DB_ARGS(utente, id, cx->now));
}

bool sessione_end_all(struct cx *cx, struct id utente, struct id but)
{
    return run(cx, SQL_SESSIONE_END_ALL, DB_ARGS(utente, cx->now, (int64_t)but.n));
}

bool sessione_end_role(struct cx *cx, struct id utente, struct id incarico)
{
    return run(cx, SQL_SESSIONE_END_ROLE, DB_ARGS(utente, cx->now, incarico));
}

bool accesso_forget(struct cx *cx)
{
    return run(cx, SQL_SESSIONE_FORGET, DB_ARGS(before(cx, MONTH))) &&
           run(cx, SQL_TENTATIVO_FORGET, DB_ARGS(before(cx, WAIT_FORGET))) &&
           run(cx, SQL_BOZZA_FORGET, DB_ARGS(before(cx, DRAFT_AGE)));
}

/* ---- second factor ---------------------------------------------------------------------- */

bool totp_set(struct cx *cx, struct id utente, struct bytes chiuso, bool attivo)
{
    return run(cx, SQL_TOTP_SET, DB_ARGS(utente, chiuso, attivo, (int64_t)0));
}

bool totp_used(struct cx *cx, struct id utente, int64_t contatore, bool *fresh)
{
    int64_t changed = 0;
    if (!db_do(cx, &utenti_sql[SQL_TOTP_USED], DB_ARGS(utente, contatore), &changed))
        return false;
    *fresh = changed == 1;
    return true;
}

bool recupero_insert(struct cx *cx, struct id ambito, struct id utente, struct bytes indice)
{
    return run(cx, SQL_RECUPERO_INSERT, DB_ARGS(cx_id(cx), ambito, utente, indice));
}

bool recupero_find(struct cx *cx, struct id utente, struct bytes indice, bool *found)
{
    int64_t count;
    if (!db_int(cx, &utenti_sql[SQL_RECUPERO_FIND], DB_ARGS(utente, indice), &count))
        return false;
    *found = count > 0;
    return true;
}

bool recupero_use(struct cx *cx, struct id utente, struct bytes indice, bool *fresh)
{
    int64_t changed = 0;
    if (!db_do(cx, &utenti_sql[SQL_RECUPERO_USE], DB_ARGS(utente, indice, cx->now), &changed))
        return false;
    *fresh = changed == 1;
    return true;
}

bool recupero_left(struct cx *cx, struct id utente, int64_t *count)
{
    return db_int(cx, &utenti_sql[SQL_RECUPERO_LEFT], DB_ARGS(utente), count);
}

bool recupero_clear(struct cx *cx, struct id utente)
{
    return run(cx, SQL_RECUPERO_CLEAR, DB_ARGS(utente));
}
