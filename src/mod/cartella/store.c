/* Records, prese in carico and their moves. */
#include "mod/cartella/store.h"

#include "mod/cartella/sql.h"

#include <string.h>

enum { PRESE = 60, MOSSE = 400, CARTELLE_DI_UNA_PERSONA = 20 };

const struct field cartella_fields[] = {FIELD(cartella, id),
                                        FIELD(cartella, numero),
                                        FIELD(cartella, persona),
                                        FIELD(cartella, ente),
                                        FIELD(cartella, riserbo),
                                        FIELD(cartella, stato),
                                        FIELD(cartella, tipo_utente),
                                        FIELD(cartella, responsabile),
                                        FIELD(cartella, aperta),
                                        FIELD(cartella, chiusa),
                                        FIELD_END};

const struct field presa_fields[] = {FIELD(presa_in_carico, id),
                                     FIELD(presa_in_carico, cartella),
                                     FIELD(presa_in_carico, ente),
                                     FIELD(presa_in_carico, responsabile),
                                     FIELD(presa_in_carico, tipo_utente),
                                     FIELD(presa_in_carico, stato),
                                     FIELD(presa_in_carico, sospesa_da),
                                     FIELD(presa_in_carico, dal),
                                     FIELD(presa_in_carico, al),
                                     FIELD(presa_in_carico, versione),
                                     FIELD_END};

static const struct field mossa_fields[] = {FIELD(mossa_riga, id),
                                            FIELD(mossa_riga, presa),
                                            FIELD(mossa_riga, da),
                                            FIELD(mossa_riga, a),
                                            FIELD(mossa_riga, giorno),
                                            FIELD(mossa_riga, quando),
                                            FIELD(mossa_riga, chi),
                                            FIELD(mossa_riga, chi_nome),
                                            FIELD_AS(mossa_riga, chiuso, "motivo"),
                                            FIELD_END};

struct solo_bytes {
    struct bytes chiave_avvolta;
};
static const struct field solo_bytes_fields[] = {FIELD(solo_bytes, chiave_avvolta), FIELD_END};

struct solo_giorno {
    struct day giorno;
};
static const struct field solo_giorno_fields[] = {FIELD(solo_giorno, giorno), FIELD_END};

/* ---- records ---------------------------------------------------------------------------- */

bool cartella_load(struct cx *cx, struct id id, struct cartella *cartella)
{
    return db_one(cx, &cartella_sql[CARTELLA_LOAD], DB_ARGS(cx->who->ambito, id), cartella_fields,
                  cartella);
}

/* May cx->who know that it exists? */
static bool may_know(struct cx *cx, const struct cartella *cartella, bool *yes)
{
    struct web_facts facts;
    *yes = cartella->riserbo < RISERVO_ANTIVIOLENZA;
    if (*yes)
        return true;
    if (!cartella_object.facts(cx, cartella->id, &facts))
        return false;
    *yes = facts.relation == RELAZIONE_EQUIPE || facts.relation == RELAZIONE_RESPONSABILE;
    return true;
}

bool cartella_of(struct cx *cx, struct id persona, struct id *id, bool *found)
{
    struct list list;
    *found = false;
    if (!db_list(cx, &cartella_sql[CARTELLA_OF], DB_ARGS(cx->who->ambito, persona), cartella_fields,
                 sizeof(struct cartella), CARTELLE_DI_UNA_PERSONA, &list))
        return false;
    LIST_EACH (&list, struct cartella, cartella) {
        if (!may_know(cx, cartella, found))
            return false;
        *id = cartella->id;
        if (*found)
            return true;
    }
    return true;
}

bool cartella_key(struct cx *cx, struct id id, struct vault_key *key)
{
    struct solo_bytes row;
    return db_one(cx, &cartella_sql[CARTELLA_KEY], DB_ARGS(cx->who->ambito, id), solo_bytes_fields,
                  &row) &&
           vault_key_open(cx, id, row.chiave_avvolta, key);
}

bool cartella_key_fits(struct cx *cx, bool *fits)
{
    struct wrapped {
        struct id id;
        struct bytes chiave_avvolta;
    } row;
    static const struct field fields[] = {FIELD(wrapped, id), FIELD(wrapped, chiave_avvolta),
                                          FIELD_END};
    struct vault_key key;
    bool found;
    *fits = true;
    if (!db_maybe(cx, &cartella_sql[CARTELLA_KEY_ANY], DB_NO_ARGS, fields, &row, &found))
        return false;
    if (found && !vault_key_open(cx, row.id, row.chiave_avvolta, &key)) {
        *fits = false;
        err_clear(&cx->err);
    }
    return true;
}

static bool count_add(struct cx *cx, const struct cartella *c, int64_t by)
{
    return db_do(cx, &cartella_sql[CONTATORE_ADD],
                 DB_ARGS(cx->who->ambito, c->ente, c->stato, c->tipo_utente,
                         (bool)(c->riserbo < RISERVO_ANTIVIOLENZA), by),
                 NULL);
}

bool cartella_insert(struct cx *cx, struct cartella *c, const char *chiave, int64_t numero)
{
    struct vault_key key;
    struct bytes wrapped;
    c->id = cx_id(cx);
    c->numero = numero;
    if (!vault_key_new(cx, c->id, &key, &wrapped))
        return false;
    return db_do(cx, &cartella_sql[CARTELLA_INSERT],
                 DB_ARGS(c->id, c->numero, c->persona, c->ente, c->riserbo, c->stato,
                         c->tipo_utente, c->responsabile, c->aperta, c->chiusa, cx->who->ambito,
                         chiave, wrapped, cx->now, cx->who->utente),
                 NULL) &&
           count_add(cx, c, 1);
}

bool cartella_update(struct cx *cx, const struct cartella *before, const struct cartella *after)
{
    return db_do(cx, &cartella_sql[CARTELLA_UPDATE],
                 DB_ARGS(cx->who->ambito, after->id, after->stato, after->tipo_utente,
                         after->responsabile, after->chiusa, after->ente),
                 NULL) &&
           count_add(cx, before, -1) && count_add(cx, after, 1);
}

/* ---- prese in carico -------------------------------------------------------------------- */

bool presa_load(struct cx *cx, struct id id, struct presa_in_carico *presa)
{
    return db_one(cx, &cartella_sql[PRESA_LOAD], DB_ARGS(cx->who->ambito, id), presa_fields, presa);
}

bool presa_list(struct cx *cx, struct id cartella, struct list *list)
{
    return db_list(cx, &cartella_sql[PRESA_LIST], DB_ARGS(cx->who->ambito, cartella), presa_fields,
                   sizeof(struct presa_in_carico), PRESE, list);
}

bool presa_insert(struct cx *cx, const struct presa_in_carico *p)
{
    return db_do(cx, &cartella_sql[PRESA_INSERT],
                 DB_ARGS(p->id, p->cartella, p->ente, p->responsabile, p->tipo_utente, p->stato,
                         p->sospesa_da, p->dal, p->al, p->versione, cx->who->ambito),
                 NULL);
}

bool presa_update(struct cx *cx, const struct presa_in_carico *p)
{
    int64_t changed = 0;
    if (!db_do(cx, &cartella_sql[PRESA_UPDATE],
               DB_ARGS(cx->who->ambito, p->id, p->versione, p->responsabile, p->stato,
                       p->sospesa_da, p->al),
               &changed))
        return false;
    return changed == 1 ||
           FAIL(cx, ERR_CONFLICT, "la presa in carico è stata modificata nel frattempo");
}

/* ---- moves ------------------------------------------------------------------------------ */

static struct vault_place reason_place(struct cx *cx, struct id id)
{
    return (struct vault_place){
        .table = "presa_mossa", .column = "motivo", .row = id, .ambito = cx->who->ambito};
}

bool mossa_insert(struct cx *cx, const struct vault_key *key, const struct mossa_riga *m)
{
    struct id id = cx_id(cx);
    struct bytes sealed = {0};
    struct vault_place place = reason_place(cx, id);
    if (m->motivo != NULL && !vault_seal_text(cx, key, &place, m->motivo, &sealed))
        return false;
    return db_do(cx, &cartella_sql[MOSSA_INSERT],
                 DB_ARGS(id, m->presa, m->da, m->a, m->giorno, cx->now, cx->who->utente, sealed,
                         cx->who->ambito),
                 NULL);
}

bool mossa_list(struct cx *cx, const struct vault_key *key, struct id cartella, struct list *list)
{
    if (!db_list(cx, &cartella_sql[MOSSA_LIST], DB_ARGS(cx->who->ambito, cartella), mossa_fields,
                 sizeof(struct mossa_riga), MOSSE, list))
        return false;
    LIST_EACH (list, struct mossa_riga, move) {
        struct vault_place place = reason_place(cx, move->id);
        move->motivo = NULL;
        if (move->chiuso.data != NULL &&
            !vault_unseal_text(cx, key, &place, move->chiuso, &move->motivo))
            return false;
    }
    return true;
}

bool mossa_last_day(struct cx *cx, struct id presa, struct day *day)
{
    struct solo_giorno row = {DAY_NONE};
    bool found;
    if (!db_maybe(cx, &cartella_sql[MOSSA_LAST_DAY], DB_ARGS(cx->who->ambito, presa),
                  solo_giorno_fields, &row, &found))
        return false;
    *day = found ? row.giorno : DAY_NONE;
    return true;
}
