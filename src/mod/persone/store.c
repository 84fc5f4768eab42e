#include "mod/persone/store.h"

#include "kit/sys/vault.h"
#include "mod/persone/sql.h"

#include <string.h>

enum { CONVIVENTI = 60, FATTI = 200 };

/* ---- rows ------------------------------------------------------------------------------- */

#define PERSON_FIELDS(tag, member)                                                                 \
    FIELD_AS(tag, member id, "id"), FIELD_AS(tag, member versione, "versione"),                    \
        FIELD_AS(tag, member numero, "numero"), FIELD_AS(tag, member cognome, "cognome"),          \
        FIELD_AS(tag, member nome, "nome"), FIELD_AS(tag, member sesso, "sesso"),                  \
        FIELD_AS(tag, member nascita, "nascita"),                                                  \
        FIELD_AS(tag, member nascita_luogo, "nascita_luogo"),                                      \
        FIELD_AS(tag, member belfiore, "belfiore"), FIELD_AS(tag, member comune, "comune"),        \
        FIELD_AS(tag, member indirizzo, "indirizzo"), FIELD_AS(tag, member telefono, "telefono"),  \
        FIELD_AS(tag, member email, "email"), FIELD_AS(tag, member cittadinanza, "cittadinanza"),  \
        FIELD_AS(tag, member tutela, "tutela"), FIELD_AS(tag, member morte, "morte"),              \
        FIELD_AS(tag, member esterno, "esterno"), FIELD_AS(tag, member riservata, "riservata")

const struct field persona_fields[] = {PERSON_FIELDS(persona, ), FIELD(persona, codfis), FIELD_END};

const struct field persona_riga_fields[] = {
    PERSON_FIELDS(persona_riga, p.),
    FIELD(persona_riga, ambito),
    FIELD(persona_riga, codfis_chiuso),
    FIELD(persona_riga, codfis_indice),
    FIELD(persona_riga, chiave),
    FIELD(persona_riga, chiave2),
    FIELD(persona_riga, cifre),
    FIELD(persona_riga, creato),
    FIELD(persona_riga, creato_da),
    FIELD(persona_riga, modificato),
    FIELD(persona_riga, modificato_da),
    FIELD_AS(persona_riga, p.fusa_in, "fusa_in"),
    FIELD_END,
};

struct solo_id {
    struct id id;
};
static const struct field solo_id_fields[] = {FIELD(solo_id, id), FIELD_END};

static const struct field componente_fields[] = {FIELD(componente, id),
                                                 FIELD(componente, nucleo),
                                                 FIELD(componente, persona),
                                                 FIELD(componente, parentela),
                                                 FIELD(componente, dal),
                                                 FIELD(componente, al),
                                                 FIELD_END};

const struct field persona_convivente_fields[] = {
    FIELD(persona_convivente, id),        FIELD(persona_convivente, nucleo),
    FIELD(persona_convivente, persona),   FIELD(persona_convivente, cognome),
    FIELD(persona_convivente, nome),      FIELD(persona_convivente, nascita),
    FIELD(persona_convivente, parentela), FIELD(persona_convivente, dal),
    FIELD(persona_convivente, al),        FIELD_END};

/* ---- secrets ---------------------------------------------------------------------------- */

static struct vault_place codfis_place(struct cx *cx, struct id id)
{
    return (struct vault_place){
        .table = "persona", .column = "codfis", .row = id, .ambito = cx->who->ambito};
}

static bool codfis_seal(struct cx *cx, struct persona_riga *row)
{
    row->codfis_chiuso = (struct bytes){0};
    row->codfis_indice = (struct bytes){0};
    if (row->p.codfis == NULL)
        return true;
    struct vault_place place = codfis_place(cx, row->p.id);
    row->codfis_indice = vault_index(cx, cx->who->ambito, "codfis", row->p.codfis);
    return vault_seal_text(cx, NULL, &place, row->p.codfis, &row->codfis_chiuso);
}

bool persona_riga_open(struct cx *cx, struct persona_riga *row)
{
    row->p.codfis = NULL;
    if (row->codfis_chiuso.data == NULL)
        return true;
    struct vault_place place = codfis_place(cx, row->p.id);
    return vault_unseal_text(cx, NULL, &place, row->codfis_chiuso, &row->p.codfis);
}

/* ---- one person ------------------------------------------------------------------------- */

bool persona_riga_load(struct cx *cx, struct id id, struct persona_riga *row)
{
    return db_one(cx, &persone_sql[PERSONA_LOAD], DB_ARGS(cx->who->ambito, id), persona_riga_fields,
                  row) &&
           persona_riga_open(cx, row);
}

bool persona_load(struct cx *cx, struct id id, struct persona *persona)
{
    struct persona_riga row;
    if (!persona_riga_load(cx, id, &row))
        return false;
    *persona = row.p;
    return true;
}

static bool find_id(struct cx *cx, const struct db_sql *statement, struct db_args args,
                    struct id *id, bool *found)
{
    struct solo_id row = {ID_NONE};
    if (!db_maybe(cx, statement, args, solo_id_fields, &row, found))
        return false;
    *id = row.id;
    return true;
}

bool persona_by_esterno(struct cx *cx, const char *esterno, struct id *id, bool *found)
{
    return find_id(cx, &persone_sql[PERSONA_BY_ESTERNO], DB_ARGS(cx->who->ambito, esterno), id,
                   found);
}

bool persona_by_codfis(struct cx *cx, const char *codfis, struct id *id, bool *found)
{
    struct bytes index = vault_index(cx, cx->who->ambito, "codfis", codfis);
    return find_id(cx, &persone_sql[PERSONA_BY_CODFIS], DB_ARGS(cx->who->ambito, index), id, found);
}

bool persona_by_nomi(struct cx *cx, const struct persona *persona, struct id *id, bool *found)
{
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    return find_id(cx, &persone_sql[PERSONA_BY_NOMI],
                   DB_ARGS(cx->who->ambito, keys.chiave, persona->nascita), id, found);
}

static bool words_insert(struct cx *cx, struct id id, const struct persona_chiavi *keys)
{
    if (keys->count == 0)
        return true;
    struct id ambito = cx->who->ambito;
    struct db_query query;
    db_query_start(&query, cx, "persona_parola_insert",
                   "INSERT INTO persona_parola (ambito, parola, chiave, persona)"
                   " VALUES ($1, $2, $3, $4)",
                   DB_ARGS(ambito, keys->parole[0], keys->chiave, id));
    for (size_t i = 1; i < keys->count; i++)
        db_query_add(&query, ", ($1, $2, $3, $4)",
                     DB_ARGS(ambito, keys->parole[i], keys->chiave, id));
    return db_do(cx, db_query_sql(&query), db_query_args(&query), NULL);
}

static bool words_delete(struct cx *cx, struct id id, const struct persona_chiavi *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        if (!db_do(cx, &persone_sql[PAROLA_DELETE],
                   DB_ARGS(cx->who->ambito, keys->parole[i], keys->chiave, id), NULL))
            return false;
    return true;
}

static bool row_fill(struct cx *cx, const struct persona *persona,
                     const struct persona_chiavi *keys, struct persona_riga *row)
{
    *row = (struct persona_riga){
        .p = *persona,
        .ambito = cx->who->ambito,
        .chiave = keys->chiave,
        .chiave2 = keys->chiave2,
        .cifre = keys->cifre,
        .creato = cx->now,
        .creato_da = cx->who->utente,
        .modificato = cx->now,
        .modificato_da = cx->who->utente,
    };
    return codfis_seal(cx, row);
}

bool persona_insert(struct cx *cx, struct persona *persona)
{
    persona->id = cx_id(cx);
    persona->versione = 1;
    if (!db_int(cx, &persone_sql[PERSONA_NUMERO], DB_ARGS(cx->who->ambito), &persona->numero))
        return false;
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    struct persona_riga row;
    return row_fill(cx, persona, &keys, &row) &&
           db_do(cx, &persone_sql[PERSONA_INSERT], db_args_of(cx, persona_riga_fields, &row),
                 NULL) &&
           words_insert(cx, persona->id, &keys);
}

static bool row_update(struct cx *cx, const struct persona_riga *row)
{
    const struct persona *p = &row->p;
    int64_t changed = 0;
    if (!db_do(cx, &persone_sql[PERSONA_UPDATE],
               DB_ARGS(row->ambito, p->id, p->versione, p->cognome, p->nome, p->sesso, p->nascita,
                       p->nascita_luogo, p->belfiore, p->comune, p->indirizzo, p->telefono,
                       p->email, p->cittadinanza, p->tutela, p->morte, p->esterno, p->riservata,
                       row->codfis_chiuso, row->codfis_indice, row->chiave, row->chiave2,
                       row->cifre, row->modificato, row->modificato_da),
               &changed))
        return false;
    if (changed != 1)
        return FAIL(cx, ERR_CONFLICT, "la persona è stata modificata nel frattempo");
    return true;
}

bool persona_update(struct cx *cx, struct persona *persona)
{
    struct persona_riga old;
    struct persona_riga row;
    if (!persona_riga_load(cx, persona->id, &old))
        return false;
    struct persona_chiavi before = persona_keys(cx->arena, &old.p);
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    if (!row_fill(cx, persona, &keys, &row) || !row_update(cx, &row))
        return false;
    persona->versione++;
    return words_delete(cx, persona->id, &before) && words_insert(cx, persona->id, &keys);
}

/* How one more or one less is counted and found. */
static bool fusa(struct cx *cx, const struct persona *persona, struct id into, int64_t counted)
{
    return db_do(cx, &persone_sql[PERSONA_FUSA],
                 DB_ARGS(cx->who->ambito, persona->id, into, cx->now, cx->who->utente), NULL) &&
           db_do(cx, &persone_sql[PERSONA_CONTA], DB_ARGS(cx->who->ambito, counted), NULL);
}

bool persona_hide(struct cx *cx, const struct persona *persona, struct id into)
{
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    return words_delete(cx, persona->id, &keys) && fusa(cx, persona, into, -1);
}

bool persona_unhide(struct cx *cx, const struct persona *persona)
{
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    return words_insert(cx, persona->id, &keys) && fusa(cx, persona, ID_NONE, 1);
}

bool persona_count(struct cx *cx, int64_t *count)
{
    return db_int(cx, &persone_sql[PERSONA_COUNT], DB_ARGS(KNOWN_TO(cx)), count);
}

struct each {
    bool (*run)(struct cx *cx, const struct persona *persona, void *data);
    void *data;
};

static bool each_row(struct cx *cx, void *object, void *data)
{
    struct persona_riga *row = object;
    const struct each *each = data;
    return persona_riga_open(cx, row) && each->run(cx, &row->p, each->data);
}

bool persona_each(struct cx *cx,
                  bool (*run)(struct cx *cx, const struct persona *persona, void *data), void *data)
{
    struct each each = {run, data};
    return db_each(cx, &persone_sql[PERSONA_EACH], DB_ARGS(cx->who->ambito), persona_riga_fields,
                   sizeof(struct persona_riga), each_row, &each);
}

/* ---- candidates of likeness ------------------------------------------------------------- */

struct candidates {
    struct persona *items;
    size_t count;
    size_t max;
};

static bool candidates_add(struct cx *cx, const struct db_sql *statement, struct db_args args,
                           size_t max, struct candidates *all)
{
    struct list rows;
    if (!db_list(cx, statement, args, persona_riga_fields, sizeof(struct persona_riga), max, &rows))
        return false;
    LIST_EACH (&rows, struct persona_riga, row) {
        bool known = all->count == all->max;
        for (size_t i = 0; i < all->count && !known; i++)
            known = all->items[i].id.n == row->p.id.n;
        if (known)
            continue;
        if (!persona_riga_open(cx, row))
            return false;
        all->items[all->count++] = row->p;
    }
    return true;
}

static bool candidates_prefix(struct cx *cx, const char *key, size_t max, struct candidates *all)
{
    return candidates_add(
        cx, &persone_sql[CANDIDATE_CHIAVE],
        DB_ARGS(cx->who->ambito, key, arena_printf(cx->arena, "%s" PREFIX_END, key), (int64_t)max),
        max, all);
}

bool persona_candidates(struct cx *cx, const struct persona *persona, size_t max, struct list *list)
{
    struct candidates all = {.items = ARENA_NEWS(cx->arena, struct persona, max), .max = max};
    struct id ambito = cx->who->ambito;
    struct persona_chiavi keys = persona_keys(cx->arena, persona);
    int64_t each = (int64_t)(max / 4);
    if (persona->codfis != NULL) {
        struct bytes index = vault_index(cx, ambito, "codfis", persona->codfis);
        if (!candidates_add(cx, &persone_sql[CANDIDATE_CODFIS], DB_ARGS(ambito, index, each), max,
                            &all))
            return false;
    }
    const char *straight = persona_straight(cx->arena, persona);
    if (!candidates_prefix(cx, straight, max / 4, &all) ||
        !candidates_prefix(cx, keys.chiave2, max / 4, &all))
        return false;
    if (keys.cifre != NULL && !candidates_add(cx, &persone_sql[CANDIDATE_PAROLA],
                                              DB_ARGS(ambito, keys.cifre, each), max, &all))
        return false;
    if (day_known(persona->nascita) &&
        !candidates_add(cx, &persone_sql[CANDIDATE_NASCITA],
                        DB_ARGS(ambito, persona->nascita, (int64_t)max), max, &all))
        return false;
    *list = (struct list){.items = all.items, .count = all.count, .size = sizeof(struct persona)};
    return true;
}

/* ---- households ------------------------------------------------------------------------- */

bool componente_list(struct cx *cx, struct id persona, struct list *list)
{
    return db_list(cx, &persone_sql[COMPONENTE_LIST], DB_ARGS(cx->who->ambito, persona),
                   componente_fields, sizeof(struct componente), CONVIVENTI, list);
}

bool componente_insert(struct cx *cx, struct componente *c)
{
    c->id = cx_id(cx);
    return db_do(cx, &persone_sql[COMPONENTE_INSERT],
                 DB_ARGS(c->id, c->nucleo, c->persona, c->parentela, c->dal, c->al, cx->who->ambito,
                         cx->now, cx->who->utente),
                 NULL);
}

bool componente_load(struct cx *cx, struct id id, struct componente *componente)
{
    return db_one(cx, &persone_sql[COMPONENTE_LOAD], DB_ARGS(cx->who->ambito, id),
                  componente_fields, componente);
}

bool componente_annul(struct cx *cx, struct id id)
{
    int64_t changed = 0;
    if (!db_do(cx, &persone_sql[COMPONENTE_CLOSE],
               DB_ARGS(cx->who->ambito, id, cx->now, cx->who->utente), &changed))
        return false;
    return changed == 1 || FAIL(cx, ERR_CONFLICT, "il nucleo è stato corretto nel frattempo");
}

static const struct field nucleo_fatto_fields[] = {
    FIELD(nucleo_fatto, id),          FIELD(nucleo_fatto, nucleo),
    FIELD(nucleo_fatto, parentela),   FIELD(nucleo_fatto, dal),
    FIELD(nucleo_fatto, al),          FIELD(nucleo_fatto, scritto),
    FIELD(nucleo_fatto, corretto),    FIELD(nucleo_fatto, scritto_da),
    FIELD(nucleo_fatto, corretto_da), FIELD_END};

bool nucleo_history(struct cx *cx, struct id persona, struct list *list)
{
    return db_list(cx, &persone_sql[COMPONENTE_HISTORY], DB_ARGS(cx->who->ambito, persona),
                   nucleo_fatto_fields, sizeof(struct nucleo_fatto), FATTI, list);
}

bool nucleo_insert(struct cx *cx, struct id *nucleo)
{
    *nucleo = cx_id(cx);
    return db_do(cx, &persone_sql[NUCLEO_INSERT],
                 DB_ARGS(*nucleo, cx->who->ambito, cx->now, cx->who->utente), NULL);
}

bool nucleo_at(struct cx *cx, struct id persona, struct day day, struct list *list)
{
    return db_list(cx, &persone_sql[NUCLEO_AT],
                   DB_ARGS(cx->who->ambito, persona, day, cx->who->utente, cx->today),
                   persona_convivente_fields, sizeof(struct persona_convivente), CONVIVENTI, list);
}
