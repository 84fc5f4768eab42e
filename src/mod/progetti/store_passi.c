/* Moves, signatures and checks of a project. */
#include "mod/cartella/cartella.h"
#include "mod/progetti/sql.h"
#include "mod/progetti/store.h"

#include <string.h>

enum { MOSSE_MAX = 600, FIRME_MAX = 200 };

static struct vault_place place_of(struct cx *cx, const char *table, const char *column,
                                   struct id id)
{
    return (struct vault_place){
        .table = table, .column = column, .row = id, .ambito = cx->who->ambito};
}

/* ---- moves ---------------------------------------------------------------------------------- */

struct mossa_chiusa {
    struct progetto_mossa_riga m;
    struct bytes motivo;
};
static const struct field mossa_fields[] = {FIELD_AS(mossa_chiusa, m.id, "id"),
                                            FIELD_AS(mossa_chiusa, m.numero, "numero"),
                                            FIELD_AS(mossa_chiusa, m.da, "da"),
                                            FIELD_AS(mossa_chiusa, m.a, "a"),
                                            FIELD_AS(mossa_chiusa, m.giorno, "giorno"),
                                            FIELD_AS(mossa_chiusa, m.quando, "quando"),
                                            FIELD_AS(mossa_chiusa, m.chi, "chi"),
                                            FIELD_AS(mossa_chiusa, m.chi_nome, "chi_nome"),
                                            FIELD(mossa_chiusa, motivo),
                                            FIELD_END};

bool progetti_mossa_insert(struct cx *cx, const struct vault_key *key, struct id progetto,
                           const struct progetto_mossa_riga *m)
{
    struct id id = cx_id(cx);
    struct bytes sealed = {NULL, 0};
    struct vault_place place = place_of(cx, "progetto_mossa", "motivo", id);
    if (m->motivo != NULL && m->motivo[0] != '\0' &&
        !vault_seal_text(cx, key, &place, m->motivo, &sealed))
        return false;
    return db_do(cx, &progetti_sql[MOSSA_INSERT],
                 DB_ARGS(id, cx->who->ambito, progetto, m->numero, m->da, m->a, m->giorno, cx->now,
                         cx->who->utente, sealed),
                 NULL);
}

bool progetto_mosse_list(struct cx *cx, const struct progetto *p, struct list *list)
{
    struct list rows;
    struct vault_key key;
    size_t count = 0;
    if (!cartella_key(cx, p->cartella, &key) ||
        !db_list(cx, &progetti_sql[MOSSA_LIST], DB_ARGS(cx->who->ambito, p->id), mossa_fields,
                 sizeof(struct mossa_chiusa), MOSSE_MAX, &rows))
        return false;
    struct progetto_mossa_riga *moves =
        ARENA_NEWS(cx->arena, struct progetto_mossa_riga, rows.count + 1);
    LIST_EACH (&rows, struct mossa_chiusa, row) {
        struct vault_place place = place_of(cx, "progetto_mossa", "motivo", row->m.id);
        moves[count] = row->m;
        moves[count].motivo = NULL;
        if (row->motivo.data != NULL &&
            !vault_unseal_text(cx, &key, &place, row->motivo, &moves[count].motivo))
            return false;
        count++;
    }
    *list = (struct list){moves, count, sizeof *moves, rows.clipped};
    return true;
}

bool progetti_last_move(struct cx *cx, struct id progetto, struct day *giorno)
{
    static const struct field fields[] = {{"giorno", FIELD_DAY, 0}, FIELD_END};
    bool found;
    *giorno = DAY_NONE;
    return db_maybe(cx, &progetti_sql[MOSSA_LAST], DB_ARGS(cx->who->ambito, progetto), fields,
                    giorno, &found);
}

/* ---- signatures ----------------------------------------------------------------------------- */

struct firma_chiusa {
    struct progetto_firma f;
    struct bytes nome;
};
static const struct field firma_fields[] = {FIELD_AS(firma_chiusa, f.id, "id"),
                                            FIELD_AS(firma_chiusa, f.numero, "numero"),
                                            FIELD_AS(firma_chiusa, f.ruolo, "ruolo"),
                                            FIELD(firma_chiusa, nome),
                                            FIELD_AS(firma_chiusa, f.giorno, "giorno"),
                                            FIELD_AS(firma_chiusa, f.modo, "modo"),
                                            FIELD_AS(firma_chiusa, f.quando, "quando"),
                                            FIELD_AS(firma_chiusa, f.chi_nome, "chi_nome"),
                                            FIELD_AS(firma_chiusa, f.annullata, "annullata"),
                                            FIELD_END};

bool firma_list(struct cx *cx, const struct progetto *p, int64_t numero, struct list *list)
{
    struct list rows;
    struct vault_key key;
    size_t count = 0;
    if (!cartella_key(cx, p->cartella, &key) ||
        !db_list(cx, &progetti_sql[FIRMA_LIST], DB_ARGS(cx->who->ambito, p->id, numero),
                 firma_fields, sizeof(struct firma_chiusa), FIRME_MAX, &rows))
        return false;
    struct progetto_firma *firme = ARENA_NEWS(cx->arena, struct progetto_firma, rows.count + 1);
    LIST_EACH (&rows, struct firma_chiusa, row) {
        struct vault_place place = place_of(cx, "progetto_firma", "nome", row->f.id);
        firme[count] = row->f;
        if (!vault_unseal_text(cx, &key, &place, row->nome, &firme[count].nome))
            return false;
        count++;
    }
    *list = (struct list){firme, count, sizeof *firme, rows.clipped};
    return true;
}

bool progetti_firma_insert(struct cx *cx, const struct vault_key *key, struct id progetto,
                           const struct progetto_firma *f)
{
    struct id id = cx_id(cx);
    struct bytes sealed;
    struct vault_place place = place_of(cx, "progetto_firma", "nome", id);
    return vault_seal_text(cx, key, &place, f->nome, &sealed) &&
           db_do(cx, &progetti_sql[FIRMA_INSERT],
                 DB_ARGS(id, cx->who->ambito, progetto, f->numero, f->ruolo, sealed, f->giorno,
                         f->modo, cx->now, cx->who->utente),
                 NULL);
}

bool progetti_firme_void(struct cx *cx, struct id progetto, int64_t numero)
{
    return db_do(cx, &progetti_sql[FIRMA_VOID], DB_ARGS(cx->who->ambito, progetto, numero), NULL);
}

/* ---- checks --------------------------------------------------------------------------------- */

struct verifica_chiusa {
    struct progetto_verifica v;
    struct bytes testo;
};
static const struct field verifica_fields[] = {FIELD_AS(verifica_chiusa, v.id, "id"),
                                               FIELD_AS(verifica_chiusa, v.prevista, "prevista"),
                                               FIELD_AS(verifica_chiusa, v.fatta, "fatta"),
                                               FIELD_AS(verifica_chiusa, v.numero, "numero"),
                                               FIELD_AS(verifica_chiusa, v.chi_nome, "chi_nome"),
                                               FIELD(verifica_chiusa, testo),
                                               FIELD_END};

static bool verifica_unseal(struct cx *cx, const struct vault_key *key, struct verifica_chiusa *row)
{
    struct vault_place place = place_of(cx, "progetto_verifica", "testo", row->v.id);
    const char *text;
    row->v.avanzamento = NULL;
    if (row->testo.data == NULL)
        return true;
    if (!vault_unseal_text(cx, key, &place, row->testo, &text))
        return false;
    row->v.avanzamento = ARENA_NEW(cx->arena, struct avanzamento);
    return avanzamento_read(cx->arena, text, row->v.avanzamento) ||
           FAIL(cx, ERR_INTERNAL, "una verifica del progetto non si legge");
}

bool verifica_list(struct cx *cx, const struct progetto *p, struct list *list)
{
    struct list rows;
    struct vault_key key;
    size_t count = 0;
    if (!cartella_key(cx, p->cartella, &key) ||
        !db_list(cx, &progetti_sql[VERIFICA_LIST], DB_ARGS(cx->who->ambito, p->id), verifica_fields,
                 sizeof(struct verifica_chiusa), VERIFICHE_MAX, &rows))
        return false;
    struct progetto_verifica *checks =
        ARENA_NEWS(cx->arena, struct progetto_verifica, rows.count + 1);
    LIST_EACH (&rows, struct verifica_chiusa, row) {
        if (!verifica_unseal(cx, &key, row))
            return false;
        checks[count++] = row->v;
    }
    *list = (struct list){checks, count, sizeof *checks, rows.clipped};
    return true;
}

bool progetti_verifica_insert(struct cx *cx, struct id progetto, struct day prevista)
{
    return db_do(cx, &progetti_sql[VERIFICA_INSERT],
                 DB_ARGS(cx_id(cx), cx->who->ambito, progetto, prevista, cx->now, cx->who->utente),
                 NULL);
}

bool progetti_verifica_drop(struct cx *cx, struct id progetto, struct id verifica, bool *dropped)
{
    int64_t changed = 0;
    if (!db_do(cx, &progetti_sql[VERIFICA_DROP], DB_ARGS(cx->who->ambito, progetto, verifica),
               &changed))
        return false;
    *dropped = changed == 1;
    return true;
}

bool progetti_verifica_record(struct cx *cx, const struct vault_key *key, const struct progetto *p,
                              const struct progetto_verifica *v, bool *recorded)
{
    int64_t changed = 0;
    struct bytes sealed;
    struct vault_place place = place_of(cx, "progetto_verifica", "testo", v->id);
    if (!vault_seal_text(cx, key, &place, avanzamento_write(cx->arena, v->avanzamento), &sealed) ||
        !db_do(cx, &progetti_sql[VERIFICA_RECORD],
               DB_ARGS(cx->who->ambito, p->id, v->id, v->fatta, v->numero, cx->now, cx->who->utente,
                       sealed),
               &changed))
        return false;
    *recorded = changed == 1;
    return true;
}

/* ---- for the agenda ---------------------------------------------------------------------------
 */

static const struct field scadenza_fields[] = {
    FIELD(progetto_scadenza, giorno),   FIELD(progetto_scadenza, progetto),
    FIELD(progetto_scadenza, cartella), FIELD(progetto_scadenza, persona),
    FIELD(progetto_scadenza, tipo),     FIELD_END};

bool progetto_scadenze(struct cx *cx, struct day dal, struct day al, struct list *list)
{
    if (!db_list(
            cx, &progetti_sql[SCADENZE],
            DB_ARGS(cx->who->ambito, cx->who->utente, dal, al, (int64_t)SCADENZE_PROGETTI_MAX + 1),
            scadenza_fields, sizeof(struct progetto_scadenza), SCADENZE_PROGETTI_MAX, list))
        return false;
    LIST_EACH (list, struct progetto_scadenza, due)
        due->tipo = progetto_tipo_title(progetto_tipo_parse(due->tipo));
    return true;
}

bool progetto_verifiche_due(struct cx *cx, struct day dal, struct day al, size_t max,
                            struct list *days)
{
    struct list due;
    if (!progetto_scadenze(cx, dal, al, &due))
        return false;
    size_t count = due.count < max ? due.count : max;
    struct day *items = ARENA_NEWS(cx->arena, struct day, count + 1);
    for (size_t i = 0; i < count; i++)
        items[i] = LIST_ITEM(&due, struct progetto_scadenza, i)->giorno;
    *days = (struct list){items, count, sizeof *items, due.clipped || due.count > max};
    return true;
}
