#include "mod/persone/fusione.h"

#include "mod/persone/sql.h"
#include "mod/persone/store.h"

enum { FUSIONI_MASSIMO = 100 };

#define RIFERIMENTO_NOME(tavola, colonna, ...) #tavola "." #colonna,
const char *const persona_riferimenti[] = {RIFERIMENTI(RIFERIMENTO_NOME) NULL};

#define RIFERIMENTO_COPPIA(tavola, colonna, ...)                                                   \
    {SEGNA_##tavola##_##colonna, SPOSTA_##tavola##_##colonna},
static const struct {
    enum persone_sql segna;
    enum persone_sql sposta;
} coppie[] = {RIFERIMENTI(RIFERIMENTO_COPPIA)};
enum { COPPIE = sizeof coppie / sizeof *coppie };

static const struct field fusione_fields[] = {FIELD(fusione, id),      FIELD(fusione, tiene),
                                              FIELD(fusione, toglie),  FIELD(fusione, fatta),
                                              FIELD(fusione, sciolta), FIELD(fusione, cognome),
                                              FIELD(fusione, nome),    FIELD(fusione, numero),
                                              FIELD(fusione, chi),     FIELD_END};

bool fusione_load(struct cx *cx, struct id id, struct fusione *fusione)
{
    return db_one(cx, &persone_sql[FUSIONE_LOAD], DB_ARGS(cx->who->ambito, id), fusione_fields,
                  fusione);
}

bool fusione_list(struct cx *cx, struct id tiene, struct list *list)
{
    return db_list(cx, &persone_sql[FUSIONE_LIST], DB_ARGS(cx->who->ambito, tiene), fusione_fields,
                   sizeof(struct fusione), FUSIONI_MASSIMO, list);
}

static bool copy(struct cx *cx, struct id fusione, const char *moment, struct id persona)
{
    return db_do(cx, &persone_sql[FUSIONE_COPY], DB_ARGS(fusione, moment, cx->who->ambito, persona),
                 NULL);
}

static bool copied(struct cx *cx, struct id fusione, const char *moment, struct persona *persona)
{
    struct persona_riga row;
    if (!db_one(cx, &persone_sql[FUSIONE_COPIED], DB_ARGS(cx->who->ambito, fusione, moment),
                persona_riga_fields, &row) ||
        !persona_riga_open(cx, &row))
        return false;
    *persona = row.p;
    return true;
}

static bool load_living(struct cx *cx, struct id id, struct persona *persona)
{
    if (!persona_load(cx, id, persona))
        return false;
    return persona->fusa_in.n == 0 || FAIL(cx, ERR_NOT_FOUND, "la persona è già unita a un’altra");
}

/* ---- together ----------------------------------------------------------------------------- */

static bool move_all(struct cx *cx, struct id fusione, struct id from, struct id to)
{
    for (int i = 0; i < COPPIE; i++)
        if (!db_do(cx, &persone_sql[coppie[i].segna], DB_ARGS(fusione, cx->who->ambito, from, to),
                   NULL) ||
            !db_do(cx, &persone_sql[coppie[i].sposta], DB_ARGS(to, from, fusione), NULL))
            return false;
    return true;
}

bool persona_fuse(struct cx *cx, struct id tiene, struct id toglie,
                  const bool altra[static FUSIONE_CAMPI], struct id *fusione)
{
    struct persona kept;
    struct persona gone;
    if (tiene.n == toglie.n)
        return FAIL(cx, ERR_INPUT, "è la stessa scheda");
    if (!load_living(cx, tiene, &kept) || !load_living(cx, toglie, &gone))
        return false;
    *fusione = cx_id(cx);
    struct persona one = fusione_merge(&kept, &gone, altra);
    return db_do(cx, &persone_sql[FUSIONE_INSERT],
                 DB_ARGS(*fusione, cx->who->ambito, tiene, toglie, cx->now, cx->who->utente),
                 NULL) &&
           copy(cx, *fusione, "prima", tiene) && persona_update(cx, &one) &&
           copy(cx, *fusione, "dopo", tiene) && persona_hide(cx, &gone, tiene) &&
           move_all(cx, *fusione, toglie, tiene);
}

/* ---- apart -------------------------------------------------------------------------------- */

static bool refused(struct cx *cx, const struct fusione *f, const char **reason)
{
    struct persona kept;
    struct list all;
    *reason = NULL;
    if (!persona_load(cx, f->tiene, &kept) || !fusione_list(cx, f->tiene, &all))
        return false;
    if (f->sciolta.us != 0)
        *reason = "persone.fusione_sciolta";
    else if (kept.fusa_in.n != 0)
        *reason = "persone.fusione_ultima";
    LIST_EACH (&all, struct fusione, other) {
        if (*reason == NULL && other->id.n > f->id.n && other->sciolta.us == 0)
            *reason = "persone.fusione_ultima";
    }
    return true;
}

static bool move_back(struct cx *cx, const struct fusione *f)
{
    for (int i = COPPIE; i-- > 0;)
        if (!db_do(cx, &persone_sql[coppie[i].sposta], DB_ARGS(f->toglie, f->tiene, f->id), NULL))
            return false;
    return true;
}

static bool fields_back(struct cx *cx, const struct fusione *f)
{
    struct persona before;
    struct persona after;
    struct persona now;
    if (!copied(cx, f->id, "prima", &before) || !copied(cx, f->id, "dopo", &after) ||
        !persona_load(cx, f->tiene, &now))
        return false;
    struct persona back = fusione_undo(cx->arena, &before, &after, &now);
    return persona_update(cx, &back);
}

bool persona_unfuse(struct cx *cx, struct id fusione, const char **reason)
{
    struct fusione f;
    struct persona gone;
    if (!fusione_load(cx, fusione, &f) || !refused(cx, &f, reason))
        return false;
    if (*reason != NULL)
        return true;
    return persona_load(cx, f.toglie, &gone) && persona_unhide(cx, &gone) && move_back(cx, &f) &&
           fields_back(cx, &f) &&
           db_do(cx, &persone_sql[FUSIONE_UNDO],
                 DB_ARGS(cx->who->ambito, fusione, cx->now, cx->who->utente), NULL);
}
