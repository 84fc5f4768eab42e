/* Users, their dated roles in bodies, their relations to objects, their sessions; break glass.
 *
 * Everything is scoped by cx->who->ambito. What stands here is read in the transaction of the
 * object it decides about: no cache, so what is revoked is revoked at once. */
#ifndef ZONALE_MOD_UTENTI_UTENTI_H
#define ZONALE_MOD_UTENTI_UTENTI_H

#include "kit/cx.h"
#include "kit/module.h"
#include "kit/web/web.h"

#include "mod/utenti/rules.h"

enum { UTENTI_MAX = 2000, RELAZIONI_MAX = 200 };

/* ---- users ------------------------------------------------------------------------------ */

struct utente {
    struct id id, ambito;
    const char *nome;         /* of the account: "anna.rossi", unique in the program */
    const char *intestazione; /* "Anna Rossi" */
    const char *email;
    bool attivo;
    bool da_cambiare; /* the password, at the next login */
    bool totp_attivo;
    struct instant creato, ultimo_accesso;
    int64_t versione;          /* of the account and its roles: grows with each change */
    struct instant modificato; /* by an administrator; 0: never */
    struct id modificato_da;
};
extern const struct field utente_fields[];

struct utente_nuovo {
    struct id ambito; /* ID_NONE = that of cx->who */
    const char *nome, *intestazione, *email;
    const char *ruolo; /* "assistente" */
    struct id ente;    /* the body he works for */
    struct day dal;    /* DAY_NONE = today */
    /* NULL: one is made, and *password tells it; it is to be changed at the first login in any
     * case, unless `keep` (tests and the demonstration). */
    const char *password;
    const char *hash; /* of `password`, made beforehand by utente_prepare; NULL = made here */
    bool keep;
};
/* What was wrong, beside its field; NULL = nothing. */
struct utente_rifiuto {
    const char *campo;
    const char *testo;
};
/* A refusal fills *rifiuto and saves nothing. *password: to be shown once; NULL where one was
 * given. Slow (Argon2id) unless utente_prepare was called before, off the writer thread. */
MUST_USE bool utente_prepare(struct cx *cx, struct utente_nuovo *nuovo);
MUST_USE bool utente_create(struct cx *cx, const struct utente_nuovo *nuovo, struct id *id,
                            const char **password, struct utente_rifiuto *rifiuto);
MUST_USE bool utente_load(struct cx *cx, struct id id, struct utente *utente);
MUST_USE bool utente_by_name(struct cx *cx, const char *nome, struct utente *utente, bool *found);
/* "Anna Rossi"; "" when there is no such user. */
MUST_USE bool utente_label(struct cx *cx, struct id id, const char **text);
/* Active users who hold the role today ("assistente"; NULL = any), by name; value = id text; ended
 * by {NULL, NULL}. */
MUST_USE bool utente_choices(struct cx *cx, const char *ruolo, const struct web_choice **choices);
/* Whoever an address without a login stands for: his latest role of today. found false: he may no
 * longer come in. Of any ambito. */
MUST_USE bool utente_who(struct cx *cx, struct id id, struct who *who, bool *found);
/* Ends his sessions too. The last administrator is refused. */
MUST_USE bool utente_disable(struct cx *cx, struct id id, struct utente_rifiuto *rifiuto);
MUST_USE bool utente_enable(struct cx *cx, struct id id);
/* A new password, made here and to be changed at the next login; ends his sessions; also forgets
 * the second factor when `totp`. `hash` was made by utente_prepare_password, or NULL. */
MUST_USE bool utente_reset(struct cx *cx, struct id id, const char *hash, bool totp);
/* Name and address of mail, as the administrator corrects them. */
MUST_USE bool utente_change(struct cx *cx, struct id id, const char *intestazione,
                            const char *email, struct utente_rifiuto *rifiuto);
/* He leaves: from `dal` on he holds no role any more and does not come in; what was to begin later
 * never does. Not oneself, nor the last administrator. */
MUST_USE bool utente_leave(struct cx *cx, struct id id, struct day dal,
                           struct utente_rifiuto *rifiuto);
/* Was the account or a role changed since `versione` was read (INT_NONE: not asked)? Then *rifiuto
 * says by whom and when. */
MUST_USE bool utente_stale(struct cx *cx, const struct utente *utente, int64_t versione,
                           struct utente_rifiuto *rifiuto);
/* Records that he is responsible for today. */
MUST_USE bool utente_leads(struct cx *cx, struct id id, int64_t *count);
/* Makes a first password and its hash: slow, off the writer thread. */
MUST_USE bool utente_prepare_password(struct cx *cx, const char **password, const char **hash);

struct incarico {
    struct id id, ambito, utente;
    const char *ruolo;
    struct id ente;
    struct day dal, al; /* al: the first day on which it no longer holds; DAY_NONE = open */
};
extern const struct field incarico_fields[];
/* Adds a role from `dal` on. */
MUST_USE bool incarico_save(struct cx *cx, const struct incarico *incarico,
                            struct utente_rifiuto *rifiuto);
/* What the office wants of a role from `dal` on (DAY_NONE: today). The past is not written anew:
 * where role or body are others, the old one ends on that day and a new one begins. Not one's own,
 * nor the last administrator's. Ends all his sessions when it holds today. */
struct incarico_cambio {
    const char *ruolo;
    struct id ente;
    struct day dal, al;
};
MUST_USE bool incarico_change(struct cx *cx, struct id id, const struct incarico_cambio *cambio,
                              struct utente_rifiuto *rifiuto);
/* Ends it on `al`; from today on, his sessions too. Not one's own. */
MUST_USE bool incarico_end(struct cx *cx, struct id id, struct day al,
                           struct utente_rifiuto *rifiuto);
MUST_USE bool incarico_list(struct cx *cx, struct id utente, struct list *list);

/* May this role use this permission at all (permessi.tsv)? "tutti" is for everybody logged in. */
bool ruolo_permitted(enum authz_role role, const char *permission);
bool utente_permitted(const struct who *who, const char *permission);

/* ---- relations -------------------------------------------------------------------------- */

struct relazione {
    struct id id, ambito, utente;
    enum authz_relation tipo;
    const char *oggetto_tipo; /* "cartella", "ente" */
    struct id oggetto;
    struct day dal, al; /* al: the first day on which it no longer holds; DAY_NONE = open */
    const char *motivo;
};
/* How cx->who stands today to an object of his ambito: a conflict of interest before everything,
 * then the strongest of his dated relations and of an open emergency; RELAZIONE_AMBITO when there
 * is none. The caller has loaded the object within the ambito. */
MUST_USE bool utente_relation(struct cx *cx, const char *oggetto_tipo, struct id oggetto,
                              enum authz_relation *relation);
/* How he stands to a body: RELAZIONE_COORDINA when he coordinates it (a coordinator of that body,
 * or with such a relation to it), RELAZIONE_ENTE when he works for it, else RELAZIONE_AMBITO. */
MUST_USE bool utente_relation_ente(struct cx *cx, struct id ente, enum authz_relation *relation);
/* The stronger of two; a conflict wins over everything. */
enum authz_relation relazione_stronger(enum authz_relation a, enum authz_relation b);
/* In SQL: the user follows the object (responsible for it or of its team, and no conflict about it)
 * on that day. For lists of what only those who follow it may know of: what they show is then what
 * the object's facts would allow. The arguments are SQL: a column, or $n. */
#define SEGUITO(ambito, oggetto, utente, oggi)                                                     \
    "(" HA_RELAZIONE(ambito, oggetto, utente, oggi,                                                \
                     "'equipe', 'responsabile'") " AND NOT " HA_RELAZIONE(ambito, oggetto, utente, \
                                                                          oggi, "'conflitto'") ")"
#define HA_RELAZIONE(ambito, oggetto, utente, oggi, tipi)                                          \
    "EXISTS (SELECT 1 FROM relazione WHERE relazione.ambito = " ambito                             \
    " AND relazione.oggetto = " oggetto " AND relazione.utente = " utente                          \
    " AND relazione.dal <= " oggi " AND (relazione.al IS NULL OR relazione.al > " oggi ")"         \
    " AND relazione.tipo IN (" tipi "))"
/* Does cx->who follow it so today? */
MUST_USE bool utente_follows(struct cx *cx, const char *oggetto_tipo, struct id oggetto, bool *yes);
/* Does anybody? */
MUST_USE bool utente_followed(struct cx *cx, struct id oggetto, bool *yes);
/* A relation that he already has, open, is left as it is. The id is given back. */
MUST_USE bool relazione_save(struct cx *cx, const struct relazione *relazione, struct id *id);
MUST_USE bool relazione_end(struct cx *cx, struct id id, struct day al);
/* Ends the open relations of this kind to the object, of one user or (ID_NONE) of all. */
MUST_USE bool relazione_end_of(struct cx *cx, enum authz_relation tipo, struct id oggetto,
                               struct id utente, struct day al);
struct relazione_riga {
    struct id id, utente;
    const char *intestazione;
    const char *tipo;
    struct day dal, al;
    const char *motivo;
};
extern const struct field relazione_riga_fields[];
/* Of an object, those of today first, then the past ones. */
MUST_USE bool relazione_list(struct cx *cx, struct id oggetto, struct list *list);

/* ---- notices ---------------------------------------------------------------------------- */

/* Shown on the user's start page until he reads it. `href` may be NULL. */
MUST_USE bool avviso_save(struct cx *cx, struct id utente, const char *testo, const char *href);
struct avviso {
    struct id id;
    const char *testo, *href;
    struct instant creato;
};
MUST_USE bool avviso_list(struct cx *cx, size_t max, struct list *list); /* not yet read */
MUST_USE bool avviso_read(struct cx *cx, struct id id);                  /* one of his own */

/* ---- for the funnel and the program -------------------------------------------------------- */

/* The whole host. Its `layout` fills in ambito, avviso, utente and cerca, and leaves `menu` empty:
 * the program, which knows the rooms, wraps it and calls utente_menu. */
extern const struct web_host utenti_host;
extern const char *const menu_groups[]; /* in the order of the menu; ended by NULL */
void utente_menu(const struct who *who, const struct module *const *modules, struct tv *layout);

/* A session for a user as if he had just logged in, in a write: for tests and the demonstration.
 * *token goes into the cookie. */
MUST_USE bool sessione_open(struct cx *cx, struct id utente, const char *rete, const char **token);

extern const struct module utenti_module;

#endif
