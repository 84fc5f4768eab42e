/* The diary: sealed by the key of its record, a correction is a further row. */
#include "mod/cartella/sql.h"
#include "mod/cartella/store.h"

#include <string.h>

enum { VERSIONI = 200 };

struct diario_chiuso {
    struct diario d;
    struct bytes presenti;
    struct bytes testo;
};

#define PLAIN_FIELDS(tag, member)                                                                  \
    FIELD_AS(tag, member id, "id"), FIELD_AS(tag, member cartella, "cartella"),                    \
        FIELD_AS(tag, member voce, "voce"), FIELD_AS(tag, member versione, "versione"),            \
        FIELD_AS(tag, member giorno, "giorno"), FIELD_AS(tag, member tipo, "tipo"),                \
        FIELD_AS(tag, member riserbo, "riserbo"), FIELD_AS(tag, member autore, "autore"),          \
        FIELD_AS(tag, member autore_nome, "autore_nome"), FIELD_AS(tag, member scritto, "scritto")

const struct field diario_fields[] = {PLAIN_FIELDS(diario, ), FIELD(diario, presenti),
                                      FIELD(diario, testo), FIELD_END};

static const struct field chiuso_fields[] = {PLAIN_FIELDS(diario_chiuso, d.),
                                             FIELD(diario_chiuso, presenti),
                                             FIELD(diario_chiuso, testo), FIELD_END};

static struct vault_place place_of(struct cx *cx, const char *column, struct id id)
{
    return (struct vault_place){
        .table = "diario", .column = column, .row = id, .ambito = cx->who->ambito};
}

static bool note_open(struct cx *cx, const struct vault_key *key, struct diario_chiuso *row)
{
    struct vault_place text = place_of(cx, "testo", row->d.id);
    struct vault_place present = place_of(cx, "presenti", row->d.id);
    row->d.presenti = NULL;
    return vault_unseal_text(cx, key, &text, row->testo, &row->d.testo) &&
           (row->presenti.data == NULL ||
            vault_unseal_text(cx, key, &present, row->presenti, &row->d.presenti));
}

static bool notes_open(struct cx *cx, struct list *rows, struct list *list)
{
    struct diario *notes = ARENA_NEWS(cx->arena, struct diario, rows->count + 1);
    struct vault_key key;
    struct id open = ID_NONE; /* whose key it is */
    size_t count = 0;
    LIST_EACH (rows, struct diario_chiuso, row) {
        if (open.n != row->d.cartella.n && !cartella_key(cx, row->d.cartella, &key))
            return false;
        open = row->d.cartella;
        if (!note_open(cx, &key, row))
            return false;
        notes[count++] = row->d;
    }
    *list = (struct list){
        .items = notes, .count = count, .size = sizeof *notes, .clipped = rows->clipped};
    return true;
}

static bool notes_list(struct cx *cx, const struct db_sql *statement, struct db_args args,
                       size_t max, struct list *list)
{
    struct list rows;
    return db_list(cx, statement, args, chiuso_fields, sizeof(struct diario_chiuso), max, &rows) &&
           notes_open(cx, &rows, list);
}

bool diario_list(struct cx *cx, struct id cartella, const struct diario *after, size_t max,
                 struct list *list)
{
    int64_t limit = (int64_t)max;
    if (after == NULL)
        return notes_list(cx, &cartella_sql[DIARIO_LIST], DB_ARGS(cx->who->ambito, cartella, limit),
                          max, list);
    return notes_list(cx, &cartella_sql[DIARIO_LIST_AFTER],
                      DB_ARGS(cx->who->ambito, cartella, limit, after->giorno, after->id), max,
                      list);
}

bool diario_versions(struct cx *cx, struct id voce, struct list *list)
{
    return notes_list(cx, &cartella_sql[DIARIO_VERSIONS], DB_ARGS(cx->who->ambito, voce), VERSIONI,
                      list);
}

bool diario_last(struct cx *cx, struct id voce, struct diario *diario, bool *found)
{
    struct list list;
    if (!notes_list(cx, &cartella_sql[DIARIO_LAST], DB_ARGS(cx->who->ambito, voce), 1, &list))
        return false;
    *found = list.count > 0;
    if (*found)
        *diario = *LIST_ITEM(&list, struct diario, 0);
    return true;
}

/* The version before it is no longer the last one: whoever finds it so already was second. */
static bool step_aside(struct cx *cx, const struct diario *d)
{
    int64_t changed = 0;
    if (d->versione == 1)
        return true;
    if (!db_do(cx, &cartella_sql[DIARIO_NOT_LAST],
               DB_ARGS(cx->who->ambito, d->voce, d->versione - 1), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "la nota è stata corretta nel frattempo");
}

bool diario_insert(struct cx *cx, const struct diario *d)
{
    struct vault_key key;
    struct bytes text;
    struct bytes present = {0};
    struct vault_place text_place = place_of(cx, "testo", d->id);
    struct vault_place present_place = place_of(cx, "presenti", d->id);
    if (!cartella_key(cx, d->cartella, &key) ||
        !vault_seal_text(cx, &key, &text_place, d->testo, &text) ||
        (d->presenti != NULL &&
         !vault_seal_text(cx, &key, &present_place, d->presenti, &present)) ||
        !step_aside(cx, d))
        return false;
    return db_do(cx, &cartella_sql[DIARIO_INSERT],
                 DB_ARGS(d->id, cx->who->ambito, d->cartella, d->voce, d->versione, d->giorno,
                         d->tipo, d->riserbo, cx->who->utente, cx->now, present, text),
                 NULL);
}
