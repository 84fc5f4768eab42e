/* How users stand to objects. */
#include "mod/utenti/store.h"

/* From the weakest to the strongest; a conflict is told apart before. */
static const enum authz_relation order[] = {
    RELAZIONE_NESSUNA,   RELAZIONE_AMBITO,       RELAZIONE_ENTE,      RELAZIONE_EROGAVA,
    RELAZIONE_EMERGENZA, RELAZIONE_EROGA,        RELAZIONE_SE_STESSO, RELAZIONE_COORDINA,
    RELAZIONE_EQUIPE,    RELAZIONE_RESPONSABILE, RELAZIONE_CONFLITTO};

static size_t rank(enum authz_relation relation)
{
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i] == relation)
            return i;
    return 0; /* not known: gives nothing */
}

enum authz_relation relazione_stronger(enum authz_relation a, enum authz_relation b)
{
    return rank(a) >= rank(b) ? a : b;
}

bool utente_relation(struct cx *cx, const char *oggetto_tipo, struct id oggetto,
                     enum authz_relation *relation)
{
    struct list list;
    *relation = RELAZIONE_AMBITO;
    if (!relazione_held(cx, oggetto_tipo, oggetto, &list))
        return false;
    LIST_EACH (&list, struct relazione_tipo, held)
        *relation = relazione_stronger(*relation, authz_relation_parse(held->tipo));
    return true;
}

bool utente_relation_ente(struct cx *cx, struct id ente, enum authz_relation *relation)
{
    if (!utente_relation(cx, "ente", ente, relation))
        return false;
    bool works = ente.n != 0 && cx->who->ente.n == ente.n;
    if (works)
        *relation = relazione_stronger(
            *relation, cx->who->ruolo == RUOLO_COORDINATORE ? RELAZIONE_COORDINA : RELAZIONE_ENTE);
    return true;
}

static bool follows(enum authz_relation relation)
{
    return relation == RELAZIONE_EQUIPE || relation == RELAZIONE_RESPONSABILE;
}

bool utente_follows(struct cx *cx, const char *oggetto_tipo, struct id oggetto, bool *yes)
{
    enum authz_relation relation;
    if (!utente_relation(cx, oggetto_tipo, oggetto, &relation))
        return false;
    *yes = follows(relation);
    return true;
}

bool utente_followed(struct cx *cx, struct id oggetto, bool *yes)
{
    struct list list;
    *yes = false;
    if (!relazione_list(cx, oggetto, &list))
        return false;
    LIST_EACH (&list, struct relazione_riga, row) {
        bool today = day_cmp(row->dal, cx->today) <= 0 &&
                     (!day_known(row->al) || day_cmp(row->al, cx->today) > 0);
        *yes = *yes || (today && follows(authz_relation_parse(row->tipo)));
    }
    return true;
}

bool relazione_save(struct cx *cx, const struct relazione *relazione, struct id *id)
{
    struct relazione row = *relazione;
    bool found;
    if (row.tipo <= RELAZIONE_AMBITO || row.tipo >= RELAZIONI || row.tipo == RELAZIONE_EMERGENZA)
        return FAIL(cx, ERR_INTERNAL, "una relazione %s non si registra",
                    authz_relation_name(row.tipo));
    row.ambito = cx->who->ambito;
    if (!day_known(row.dal))
        row.dal = cx->today;
    if (day_known(row.al) && day_cmp(row.al, row.dal) <= 0)
        return FAIL(cx, ERR_INPUT, "La relazione finisce prima di cominciare.");
    if (!relazione_find(cx, &row, id, &found))
        return false;
    if (found)
        return true;
    *id = row.id = cx_id(cx);
    return relazione_insert(cx, &row);
}
