#include "mod/persone/doppioni.h"

#include "mod/persone/sql.h"
#include "mod/persone/store.h"

#include <string.h>

enum {
    PAGINA = 1000,  /* people of a step */
    VICINI = 250,   /* of a block greater than this, each is compared with the next so many */
    COPPIE = 20000, /* of a step, at most */
    PASSO_MEMORIA = 512 << 20,
};

/* ---- the queue ---------------------------------------------------------------------------- */

const struct field doppione_fields[] = {FIELD(doppione, a),      FIELD(doppione, b),
                                        FIELD(doppione, punti),  FIELD(doppione, motivi),
                                        FIELD(doppione, nome_a), FIELD(doppione, nascita_a),
                                        FIELD(doppione, nome_b), FIELD(doppione, nascita_b),
                                        FIELD(doppione, perche), FIELD_END};

bool doppione_page(struct cx *cx, const struct doppione_pagina *page, struct list *list)
{
    struct db_query query;
    db_query_start(&query, cx, "doppione_page",
                   "SELECT d.a, d.b, d.punti, d.perche AS motivi, NULL AS perche,"
                   " p.cognome || ' ' || p.nome AS nome_a, p.nascita AS nascita_a,"
                   " q.cognome || ' ' || q.nome AS nome_b, q.nascita AS nascita_b"
                   " FROM doppione d JOIN persona p ON p.id = d.a JOIN persona q ON q.id = d.b"
                   " WHERE d.ambito = $1 AND d.stato = $4 AND " VISIBLE(
                       "p", "$1", "$2", "$3") " AND " VISIBLE("q", "$1", "$2", "$3"),
                   DB_ARGS(KNOWN_TO(cx), page->stato));
    if (page->dopo != NULL)
        db_query_add(&query, " AND (d.punti, d.a, d.b) < ($1, $2, $3)",
                     DB_ARGS(page->dopo_punti, page->dopo_a, page->dopo_b));
    db_query_add(&query, " ORDER BY d.punti DESC, d.a DESC, d.b DESC LIMIT $1",
                 DB_ARGS((int64_t)page->limit));
    return db_list(cx, db_query_sql(&query), db_query_args(&query), doppione_fields,
                   sizeof(struct doppione), page->limit, list);
}

bool doppione_decide(struct cx *cx, const struct persona *a, const struct persona *b, bool diverse)
{
    struct doppione_giudizio judged = doppione_judge(cx->arena, a, b);
    bool turned = a->id.n > b->id.n;
    return db_do(cx, &persone_sql[DOPPIONE_DECIDE],
                 DB_ARGS(cx->who->ambito, turned ? b->id : a->id, turned ? a->id : b->id,
                         judged.punti, judged.perche, diverse ? "diverse" : "aperto", cx->now,
                         cx->who->utente),
                 NULL);
}

struct stato {
    const char *stato;
};
static const struct field stato_fields[] = {FIELD(stato, stato), FIELD_END};

bool doppione_diverse(struct cx *cx, struct id a, struct id b, bool *yes)
{
    struct stato row = {NULL};
    bool found;
    bool turned = a.n > b.n;
    if (!db_maybe(cx, &persone_sql[DOPPIONE_ONE],
                  DB_ARGS(cx->who->ambito, turned ? b : a, turned ? a : b), stato_fields, &row,
                  &found))
        return false;
    *yes = found && strcmp(row.stato, "diverse") == 0;
    return true;
}

/* ---- blocks ------------------------------------------------------------------------------- */

enum giro { GIRO_CODFIS, GIRO_NASCITA, GIRO_TELEFONO, GIRO_NOMI, GIRI };

struct ricerca {
    struct cx *cx;
    struct job *job;
    struct arena *kept; /* of the whole job */
    enum giro giro;
    struct persona_riga after; /* last of the block that was done: only its key is kept */
    struct instant start;
    int64_t done;
    int64_t total;
    bool more;
    struct doppione *coppie; /* found in this step */
    size_t count;
};

static bool load_page(struct ricerca *r, struct list *rows)
{
    struct cx *cx = r->cx;
    const struct persona_riga *after = &r->after;
    struct id ambito = cx->who->ambito;
    int64_t limit = PAGINA;
    size_t size = sizeof(struct persona_riga);
    const struct field *fields = persona_riga_fields;
    switch (r->giro) {
    case GIRO_CODFIS:
        return db_list(cx, &persone_sql[BLOCCO_CODFIS],
                       DB_ARGS(ambito, after->codfis_indice, limit), fields, size, PAGINA, rows);
    case GIRO_NASCITA:
        return db_list(cx, &persone_sql[BLOCCO_NASCITA], DB_ARGS(ambito, after->p.nascita, limit),
                       fields, size, PAGINA, rows);
    case GIRO_TELEFONO:
        return db_list(cx, &persone_sql[BLOCCO_TELEFONO], DB_ARGS(ambito, after->cifre, limit),
                       fields, size, PAGINA, rows);
    case GIRO_NOMI:
    case GIRI:
        break;
    }
    return db_list(cx, &persone_sql[BLOCCO_NOMI], DB_ARGS(ambito, after->chiave, limit), fields,
                   size, PAGINA, rows);
}

static bool same_block(enum giro giro, const struct persona_riga *a, const struct persona_riga *b)
{
    switch (giro) {
    case GIRO_CODFIS:
        return a->codfis_indice.size == b->codfis_indice.size &&
               memcmp(a->codfis_indice.data, b->codfis_indice.data, a->codfis_indice.size) == 0;
    case GIRO_NASCITA:
        return day_cmp(a->p.nascita, b->p.nascita) == 0;
    case GIRO_TELEFONO:
        return strcmp(a->cifre, b->cifre) == 0;
    case GIRO_NOMI:
    case GIRI:
        break;
    }
    return strcmp(a->chiave, b->chiave) == 0;
}

/* What lies before every block. */
static void first_key(struct ricerca *r)
{
    static const unsigned char nothing[1] = {0};
    r->after = (struct persona_riga){.codfis_indice = {nothing, 1}, .cifre = "", .chiave = ""};
    r->after.p.nascita = DAY_MIN;
}

static void keep_key(struct ricerca *r, const struct persona_riga *last)
{
    struct bytes index = last->codfis_indice;
    r->after.p.nascita = last->p.nascita;
    r->after.chiave = arena_strdup(r->kept, last->chiave);
    r->after.cifre = last->cifre != NULL ? arena_strdup(r->kept, last->cifre) : NULL;
    if (index.data != NULL)
        r->after.codfis_indice = (struct bytes){
            (unsigned char *)arena_strndup(r->kept, (const char *)index.data, index.size),
            index.size};
}

static void compare(struct ricerca *r, const struct persona *a, const struct persona *b)
{
    struct doppione_giudizio judged = doppione_judge(r->cx->arena, a, b);
    bool turned = a->id.n > b->id.n;
    if (judged.punti < DOPPIONE_SOGLIA || r->count == COPPIE)
        return;
    r->coppie[r->count++] = (struct doppione){.a = turned ? b->id : a->id,
                                              .b = turned ? a->id : b->id,
                                              .punti = judged.punti,
                                              .motivi = judged.perche};
}

/* How many rows are of blocks that are wholly in the page; a block greater than a page is cut. */
static size_t whole_blocks(const struct ricerca *r, const struct list *rows)
{
    const struct persona_riga *items = rows->items;
    size_t whole = rows->count;
    if (rows->count < PAGINA)
        return whole;
    while (whole > 0 && same_block(r->giro, &items[whole - 1], &items[rows->count - 1]))
        whole--;
    return whole > 0 ? whole : rows->count;
}

static bool save_pairs(struct cx *cx, void *data)
{
    const struct ricerca *r = data;
    for (size_t i = 0; i < r->count; i++)
        if (!db_do(cx, &persone_sql[DOPPIONE_SAVE],
                   DB_ARGS(cx->who->ambito, r->coppie[i].a, r->coppie[i].b, r->coppie[i].punti,
                           r->coppie[i].motivi, r->start),
                   NULL))
            return false;
    return true;
}

static bool compare_page(struct ricerca *r)
{
    struct list rows;
    if (!load_page(r, &rows))
        return false;
    struct persona_riga *items = rows.items;
    size_t whole = whole_blocks(r, &rows);
    r->more = rows.count == PAGINA;
    r->coppie = ARENA_NEWS(r->cx->arena, struct doppione, COPPIE);
    r->count = 0;
    for (size_t i = 0; i < whole; i++)
        if (!persona_riga_open(r->cx, &items[i]))
            return false;
    for (size_t i = 0; i < whole; i++)
        for (size_t k = i + 1; k < whole && k <= i + VICINI; k++) {
            if (!same_block(r->giro, &items[i], &items[k]))
                break;
            compare(r, &items[i].p, &items[k].p);
        }
    if (whole > 0)
        keep_key(r, &items[whole - 1]);
    r->done += (int64_t)whole;
    if (r->done >= r->total) /* some have come meanwhile */
        r->total = r->done + 1;
    return job_write(r->cx, r->job, save_pairs, r, r->done, r->total);
}

/* One page in an arena of its own: a search of any length takes the memory of one page. */
static bool step(struct ricerca *r)
{
    struct cx *cx = r->cx;
    struct arena scratch;
    arena_init(&scratch, PASSO_MEMORIA);
    scratch.escape = r->kept->escape;
    cx->arena = &scratch;
    bool ok = compare_page(r);
    cx->arena = r->kept;
    arena_release(&scratch);
    return ok;
}

/* ---- the job ------------------------------------------------------------------------------ */

static bool prune(struct cx *cx, void *data)
{
    const struct ricerca *r = data;
    return db_do(cx, &persone_sql[DOPPIONE_PRUNE], DB_ARGS(cx->who->ambito, r->start), NULL);
}

static bool run(struct cx *cx, struct job *job)
{
    int64_t people;
    struct ricerca r = {.cx = cx, .job = job, .kept = cx->arena, .start = cx->now};
    if (!persona_count(cx, &people))
        return false;
    r.total = people * GIRI + 1;
    /* A run taken up again begins anew: what it saved is saved again, the same. */
    for (r.giro = GIRO_CODFIS; r.giro < GIRI; r.giro++) {
        first_key(&r);
        do
            if (!step(&r))
                return false;
        while (r.more);
    }
    if (!job_write(cx, job, prune, &r, r.total, r.total))
        return false;
    job_result(job, "La ricerca è finita: le coppie da guardare sono in Doppioni.");
    return true;
}

const struct job_kind doppioni_kind = {"persone.doppioni", "Ricerca di doppioni", run, 3};
const struct job_kind *const persone_jobs[] = {&doppioni_kind, NULL};
