/* Search and list of people: the plans are tested, no statement here may scan the table. */
#include "mod/persone/store.h"

#include "base/text.h"
#include "kit/sys/vault.h"
#include "mod/persone/sql.h"

#include <stdlib.h>
#include <string.h>

enum {
    TROVATE_MASSIMO = 200, /* of one search */
    CONTA_FINO = 2000,     /* beyond this a prefix is "common" and not counted further */
    SCORRI_FINO = 30000,   /* words of a common prefix that are looked at: about 10 ms */
    SIMILI_CANDIDATI = 200,
    SIMILI_MASSIMO = 8,
};

const struct field persona_trovata_fields[] = {
    FIELD(persona_trovata, id),          FIELD(persona_trovata, numero),
    FIELD(persona_trovata, cognome),     FIELD(persona_trovata, nome),
    FIELD(persona_trovata, nascita),     FIELD(persona_trovata, comune),
    FIELD(persona_trovata, comune_nome), FIELD(persona_trovata, telefono),
    FIELD(persona_trovata, chiave),      FIELD_END};

/* ---- search ----------------------------------------------------------------------------- */

struct found {
    struct cx *cx;
    struct persona_trovata *items;
    size_t count;
    size_t max;
};

static bool add_rows(struct found *found, const struct db_sql *statement, struct db_args args)
{
    struct list rows;
    if (!db_list(found->cx, statement, args, persona_trovata_fields, sizeof(struct persona_trovata),
                 TROVATE_MASSIMO, &rows))
        return false;
    LIST_EACH (&rows, struct persona_trovata, row) {
        bool known = found->count == found->max;
        for (size_t i = 0; i < found->count && !known; i++)
            known = found->items[i].id.n == row->id.n;
        if (!known)
            found->items[found->count++] = *row;
    }
    return true;
}

static bool full(const struct found *found)
{
    return found->count == found->max;
}

static const char *prefix_end(struct cx *cx, const char *prefix)
{
    return arena_printf(cx->arena, "%s" PREFIX_END, prefix);
}

/* Puts the word with the fewest matches first. */
static bool rarest_first(struct found *found, struct persona_ricerca *query)
{
    struct cx *cx = found->cx;
    int64_t least = CONTA_FINO + 1;
    size_t best = 0;
    for (size_t i = 0; i < query->count; i++) {
        int64_t count;
        if (!db_int(cx, &persone_sql[SEARCH_COUNT],
                    DB_ARGS(cx->who->ambito, query->parole[i], prefix_end(cx, query->parole[i]),
                            (int64_t)CONTA_FINO),
                    &count))
            return false;
        if (count < least) {
            least = count;
            best = i;
        }
    }
    const char *first = query->parole[best];
    query->parole[best] = query->parole[0];
    query->parole[0] = first;
    return true;
}

static bool search_words(struct found *found, struct persona_ricerca *query)
{
    struct cx *cx = found->cx;
    const char *like[RICERCA_PAROLE] = {"%", "%", "%", "%", "%"};
    if (query->count > 1 && !rarest_first(found, query))
        return false;
    for (size_t i = 1; i < query->count; i++)
        like[i] = arena_printf(cx->arena, "%% %s%%", query->parole[i]);
    return add_rows(found, &persone_sql[SEARCH_PAROLE],
                    DB_ARGS(KNOWN_TO(cx), query->parole[0], prefix_end(cx, query->parole[0]),
                            (int64_t)SCORRI_FINO, like[1], like[2], like[3], like[4],
                            (int64_t)TROVATE_MASSIMO));
}

static bool search_names(struct found *found, struct persona_ricerca *query)
{
    struct cx *cx = found->cx;
    const char *end = prefix_end(cx, query->intera);
    int64_t max = (int64_t)found->max;
    if (!add_rows(found, &persone_sql[SEARCH_CHIAVE],
                  DB_ARGS(KNOWN_TO(cx), query->intera, end, max)))
        return false;
    if (full(found))
        return true;
    if (!add_rows(found, &persone_sql[SEARCH_CHIAVE2],
                  DB_ARGS(KNOWN_TO(cx), query->intera, end, max)))
        return false;
    return full(found) || search_words(found, query);
}

static bool search_digits(struct found *found, const struct persona_ricerca *query)
{
    struct cx *cx = found->cx;
    if (query->numero != INT_NONE &&
        !add_rows(found, &persone_sql[SEARCH_NUMERO], DB_ARGS(KNOWN_TO(cx), query->numero)))
        return false;
    if (query->cifre == NULL || full(found))
        return true;
    return add_rows(found, &persone_sql[SEARCH_PAROLE],
                    DB_ARGS(KNOWN_TO(cx), query->cifre, prefix_end(cx, query->cifre),
                            (int64_t)SCORRI_FINO, "%", "%", "%", "%", (int64_t)TROVATE_MASSIMO));
}

bool persona_search(struct cx *cx, const char *text, size_t max, struct list *list)
{
    struct persona_ricerca query;
    if (max > TROVATE_MASSIMO)
        max = TROVATE_MASSIMO;
    struct found found = {
        .cx = cx, .items = ARENA_NEWS(cx->arena, struct persona_trovata, max + 1), .max = max};
    persona_query(cx->arena, text, &query);
    if (query.codfis_noto) {
        struct bytes index = vault_index(cx, cx->who->ambito, "codfis", query.codfis);
        if (!add_rows(&found, &persone_sql[SEARCH_CODFIS],
                      DB_ARGS(KNOWN_TO(cx), index, (int64_t)max)))
            return false;
    }
    if (!full(&found) && !search_digits(&found, &query))
        return false;
    if (!full(&found) && query.count > 0 && !search_names(&found, &query))
        return false;
    *list = (struct list){.items = found.items,
                          .count = found.count,
                          .size = sizeof(struct persona_trovata),
                          .clipped = full(&found)};
    return true;
}

/* ---- list ------------------------------------------------------------------------------- */

static void page_after(struct db_query *query, const struct persona_pagina *page)
{
    if (page->dopo == NULL)
        return;
    switch (page->ordine) {
    case ORDINE_COGNOME:
        db_query_add(query, " AND (p.chiave, p.id) > ($1, $2)", DB_ARGS(page->dopo, page->dopo_id));
        break;
    case ORDINE_NUMERO:
        db_query_add(query, " AND p.numero < $1", DB_ARGS(page->dopo_numero));
        break;
    case ORDINE_NASCITA:
        db_query_add(query, " AND (p.nascita, p.chiave, p.id) > ($1, $2, $3)",
                     DB_ARGS(page->dopo_day, page->dopo, page->dopo_id));
        break;
    }
}

static void page_order(struct db_query *query, const struct persona_pagina *page)
{
    int64_t limit = (int64_t)page->limit;
    switch (page->ordine) {
    case ORDINE_COGNOME:
        db_query_add(query, " ORDER BY p.chiave, p.id LIMIT $1", DB_ARGS(limit));
        break;
    case ORDINE_NUMERO:
        db_query_add(query, " ORDER BY p.numero DESC LIMIT $1", DB_ARGS(limit));
        break;
    case ORDINE_NASCITA:
        db_query_add(query,
                     " AND p.nascita IS NOT NULL ORDER BY p.nascita, p.chiave, p.id LIMIT $1",
                     DB_ARGS(limit));
        break;
    }
}

void persona_page_query(struct cx *cx, const struct persona_pagina *page, struct db_query *query)
{
    db_query_start(query, cx, "persona_page",
                   "SELECT " FOUND_COLUMNS " FROM " FOUND_FROM " WHERE " OPEN,
                   DB_ARGS(KNOWN_TO(cx)));
    if (page->comune.n != 0)
        db_query_add(query, " AND p.comune = $1", DB_ARGS(page->comune));
    page_after(query, page);
    page_order(query, page);
}

bool persona_page(struct cx *cx, const struct persona_pagina *page, struct list *list)
{
    struct db_query query;
    persona_page_query(cx, page, &query);
    return db_list(cx, db_query_sql(&query), db_query_args(&query), persona_trovata_fields,
                   sizeof(struct persona_trovata), page->limit, list);
}

/* ---- people who may be the same --------------------------------------------------------- */

/* Is it told to cx->who that she is known here? */
static bool may_be_told(struct cx *cx, const struct persona *persona, bool *yes)
{
    *yes = true;
    return !persona->riservata || utente_follows(cx, "persona", persona->id, yes);
}

static int weight(int why)
{
    static const int weights[] = {8, 4, 3, 2, 3, 2, -2}; /* in the order of the bits */
    int sum = 0;
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++)
        sum += (why & (1 << i)) != 0 ? weights[i] : 0;
    return sum;
}

static int likelier(const void *a, const void *b)
{
    const struct persona_simile *x = a;
    const struct persona_simile *y = b;
    int by = weight(y->perche) - weight(x->perche);
    return by != 0 ? by : strcmp(x->chi.chiave, y->chi.chiave);
}

bool persona_similar(struct cx *cx, const struct persona *persona, struct list *list)
{
    struct list all;
    if (!persona_candidates(cx, persona, SIMILI_CANDIDATI, &all))
        return false;
    struct persona_simile *found = ARENA_NEWS(cx->arena, struct persona_simile, all.count + 1);
    size_t count = 0;
    LIST_EACH (&all, struct persona, other) {
        int why = persona_likeness(cx->arena, persona, other);
        bool told;
        if (why == 0 || other->id.n == persona->id.n)
            continue;
        if (!may_be_told(cx, other, &told))
            return false;
        if (!told)
            continue;
        found[count++] = (struct persona_simile){
            .chi = {.id = other->id,
                    .numero = other->numero,
                    .cognome = other->cognome,
                    .nome = other->nome,
                    .nascita = other->nascita,
                    .comune = other->comune,
                    .telefono = other->telefono,
                    .chiave = persona_straight(cx->arena, other)},
            .perche = why,
        };
    }
    qsort(found, count, sizeof *found, likelier);
    *list = (struct list){.items = found,
                          .count = count < SIMILI_MASSIMO ? count : SIMILI_MASSIMO,
                          .size = sizeof *found,
                          .clipped = count > SIMILI_MASSIMO};
    return true;
}
