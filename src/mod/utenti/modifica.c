/* Acts that change an account and its roles. Each is a version more, by which the second of two
 * administrators learns of the first. */
#include "mod/utenti/modifica.h"

#include "base/text.h"

/* Nobody shuts himself out or takes a role from himself: a slip, or a way around who watches. */
static bool own_refused(struct cx *cx, struct id utente, struct utente_rifiuto *rifiuto)
{
    return cx->who->utente.n != 0 && cx->who->utente.n == utente.n &&
           utente_refuse(rifiuto, NULL,
                         "È il tuo utente: lo cambia un altro amministratore. La password e la "
                         "verifica in due passaggi sono nel tuo profilo.");
}

static bool is_admin(struct cx *cx, struct id id, bool *admin)
{
    struct list list;
    *admin = false;
    if (!incarico_list(cx, id, &list))
        return false;
    LIST_EACH (&list, struct incarico, incarico) {
        bool ended = day_known(incarico->al) && day_cmp(incarico->al, cx->today) <= 0;
        *admin = *admin || (!ended && authz_role_parse(incarico->ruolo) == RUOLO_AMMINISTRATORE);
    }
    return true;
}

/* Somebody must be left who can let people in: today, and on every day to come. */
static bool last_admin(struct cx *cx, struct id id, struct day dal, struct utente_rifiuto *rifiuto,
                       bool *refused)
{
    int64_t today, later;
    bool admin;
    *refused = false;
    if (!is_admin(cx, id, &admin) || !incarico_admins(cx, id, &today) ||
        !incarico_keepers(cx, id, dal, &later))
        return false;
    *refused = admin && (later == 0 || (today == 0 && day_cmp(dal, cx->today) <= 0));
    return !*refused ||
           utente_refuse(rifiuto, NULL,
                         "È l’ultimo amministratore senza un termine: prima danne l’incarico, "
                         "senza termine, a un altro utente.");
}

/* ---- accounts --------------------------------------------------------------------------- */

bool utente_change(struct cx *cx, struct id id, const char *intestazione, const char *email,
                   struct utente_rifiuto *rifiuto)
{
    struct utente utente;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, id, &utente))
        return false;
    if (intestazione_refused(cx, intestazione, email, rifiuto))
        return true;
    return utente_update(cx, id, intestazione, email) && utente_touch(cx, id);
}

bool utente_stale(struct cx *cx, const struct utente *utente, int64_t versione,
                  struct utente_rifiuto *rifiuto)
{
    const char *chi;
    char when[INSTANT_TEXT];
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (versione == INT_NONE || versione == utente->versione)
        return true;
    if (!utente_label(cx, utente->modificato_da, &chi))
        return false;
    const char *by = *chi != '\0' ? chi : "un comando sul server";
    return utente_refuse(rifiuto, NULL,
                         arena_printf(cx->arena,
                                      "Questo utente è stato cambiato da %s (%s) dopo che hai "
                                      "aperto la pagina: guarda com’è ora e conferma di nuovo.",
                                      by, instant_it(utente->modificato, when)));
}

bool utente_disable(struct cx *cx, struct id id, struct utente_rifiuto *rifiuto)
{
    struct utente utente;
    int64_t others;
    bool admin;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, id, &utente) || !is_admin(cx, id, &admin) ||
        !incarico_admins(cx, id, &others))
        return false;
    if (admin && others == 0)
        return utente_refuse(rifiuto, NULL,
                             "È l’ultimo amministratore: prima danne l’incarico a un altro "
                             "utente.");
    if (own_refused(cx, id, rifiuto))
        return true;
    return utente_set_active(cx, id, false) && sessione_end_all(cx, id, ID_NONE) &&
           utente_touch(cx, id);
}

bool utente_enable(struct cx *cx, struct id id)
{
    struct utente utente;
    return utente_load(cx, id, &utente) && utente_set_active(cx, id, true) && utente_touch(cx, id);
}

bool utente_reset(struct cx *cx, struct id id, const char *hash, bool totp)
{
    struct utente utente;
    static const struct bytes none = {NULL, 0};
    return utente_load(cx, id, &utente) && password_set(cx, id, hash, true) &&
           (!totp || (totp_set(cx, id, none, false) && recupero_clear(cx, id))) &&
           sessione_end_all(cx, id, ID_NONE) && utente_touch(cx, id);
}

bool utente_leave(struct cx *cx, struct id id, struct day dal, struct utente_rifiuto *rifiuto)
{
    struct utente utente;
    bool refused;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, id, &utente))
        return false;
    if (!day_known(dal) || day_cmp(dal, cx->today) < 0)
        return utente_refuse(rifiuto, "giorno", "Il giorno è da oggi in avanti.");
    if (own_refused(cx, id, rifiuto))
        return true;
    if (!last_admin(cx, id, dal, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    return incarico_leave(cx, id, dal) && utente_touch(cx, id) &&
           (day_cmp(dal, cx->today) > 0 || sessione_end_all(cx, id, ID_NONE));
}

/* ---- roles ------------------------------------------------------------------------------ */

bool incarico_save(struct cx *cx, const struct incarico *given, struct utente_rifiuto *rifiuto)
{
    struct incarico incarico = *given;
    struct utente utente;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!utente_load(cx, incarico.utente, &utente))
        return false;
    if (ruolo_refused(incarico.ruolo, rifiuto))
        return true;
    if (incarico.ente.n == 0)
        return utente_refuse(rifiuto, "ente", "Scegli l’ente per cui lavora.");
    if (!day_known(incarico.dal))
        incarico.dal = cx->today;
    if (day_known(incarico.al) && day_cmp(incarico.al, incarico.dal) <= 0)
        return utente_refuse(rifiuto, "al", "La fine viene prima dell’inizio.");
    incarico.id = cx_id(cx);
    incarico.ambito = cx->who->ambito;
    return incarico_insert(cx, &incarico) && utente_touch(cx, incarico.utente);
}

static bool ended_refused(const struct incarico *incarico, struct day today,
                          struct utente_rifiuto *rifiuto)
{
    return day_known(incarico->al) && day_cmp(incarico->al, today) <= 0 &&
           utente_refuse(rifiuto, NULL, "Questo incarico è già finito: resta com’è.");
}

/* The administration may lose this role on `al`. */
static bool end_refused(struct cx *cx, const struct incarico *incarico, struct day al,
                        struct utente_rifiuto *rifiuto, bool *refused)
{
    *refused = own_refused(cx, incarico->utente, rifiuto);
    if (*refused || authz_role_parse(incarico->ruolo) != RUOLO_AMMINISTRATORE)
        return true;
    return last_admin(cx, incarico->utente, al, rifiuto, refused);
}

bool incarico_end(struct cx *cx, struct id id, struct day al, struct utente_rifiuto *rifiuto)
{
    struct incarico incarico;
    bool refused;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!incarico_load(cx, id, &incarico))
        return false;
    if (ended_refused(&incarico, cx->today, rifiuto))
        return true;
    if (!end_refused(cx, &incarico, al, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    if (day_cmp(al, incarico.dal) < 0) /* it has not begun: it never will */
        al = incarico.dal;
    return incarico_set_end(cx, id, al) && utente_touch(cx, incarico.utente) &&
           (day_cmp(al, cx->today) > 0 || sessione_end_all(cx, incarico.utente, ID_NONE));
}

static bool change_refused(const struct incarico *was, const struct incarico_cambio *want,
                           struct day today, struct utente_rifiuto *rifiuto)
{
    if (ended_refused(was, today, rifiuto) || ruolo_refused(want->ruolo, rifiuto))
        return true;
    if (want->ente.n == 0)
        return utente_refuse(rifiuto, "ente", "Scegli l’ente per cui lavora.");
    if (day_cmp(want->dal, today) < 0)
        return utente_refuse(rifiuto, "dal", "Il passato non si riscrive: da oggi in avanti.");
    if (day_known(was->al) && day_cmp(want->dal, was->al) >= 0)
        return utente_refuse(rifiuto, "dal", "A quel giorno l’incarico è già finito.");
    if (day_known(want->al) && day_cmp(want->al, want->dal) < 0)
        return utente_refuse(rifiuto, "al", "La fine viene prima del cambio.");
    return false;
}

/* Another role or body: the old one up to that day, a new one from it on. */
static bool replace(struct cx *cx, const struct incarico *was, const struct incarico_cambio *want)
{
    struct incarico fresh = {.id = cx_id(cx),
                             .ambito = was->ambito,
                             .utente = was->utente,
                             .ruolo = want->ruolo,
                             .ente = want->ente,
                             .dal = day_cmp(want->dal, was->dal) > 0 ? want->dal : was->dal,
                             .al = want->al};
    return incarico_set_end(cx, was->id, fresh.dal) && incarico_insert(cx, &fresh);
}

bool incarico_change(struct cx *cx, struct id id, const struct incarico_cambio *given,
                     struct utente_rifiuto *rifiuto)
{
    struct incarico_cambio want = *given;
    struct incarico was;
    bool refused = false;
    *rifiuto = (struct utente_rifiuto){NULL, NULL};
    if (!incarico_load(cx, id, &was))
        return false;
    if (!day_known(want.dal))
        want.dal = cx->today;
    if (change_refused(&was, &want, cx->today, rifiuto) || own_refused(cx, was.utente, rifiuto))
        return true;
    bool other =
        authz_role_parse(want.ruolo) != authz_role_parse(was.ruolo) || want.ente.n != was.ente.n;
    bool open = !day_known(want.al) && !day_known(was.al);
    if (!other && (open || (day_known(want.al) && day_known(was.al) && want.al.n == was.al.n)))
        return utente_refuse(rifiuto, NULL, "Non hai cambiato nulla.");
    bool loses = authz_role_parse(want.ruolo) != RUOLO_AMMINISTRATORE || day_known(want.al);
    struct day from = other ? want.dal : want.al;
    if (loses && !end_refused(cx, &was, from, rifiuto, &refused))
        return false;
    if (refused)
        return true;
    return (other ? replace(cx, &was, &want) : incarico_set_end(cx, id, want.al)) &&
           utente_touch(cx, was.utente) &&
           (!day_known(from) || day_cmp(from, cx->today) > 0 ||
            sessione_end_all(cx, was.utente, ID_NONE));
}
