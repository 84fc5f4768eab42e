/* SQL of users, roles, relations. Sessions and logins: store_accesso.h. */
#ifndef ZONALE_MOD_UTENTI_STORE_H
#define ZONALE_MOD_UTENTI_STORE_H

#include "mod/utenti/utenti.h"

extern const struct db_schema utenti_schema;

/* ---- users ---- */
struct utente_riga { /* as it is inserted */
    struct id id, ambito;
    const char *nome, *intestazione, *chiave, *email;
    bool attivo;
    const char *password;
    bool da_cambiare;
    struct instant password_dal;
    bool totp_attivo;
    int64_t totp_contatore;
    struct instant creato;
    struct id creato_da;
};
MUST_USE bool utente_insert(struct cx *cx, const struct utente_riga *riga);
MUST_USE bool utente_update(struct cx *cx, struct id id, const char *intestazione,
                            const char *email);
/* It was changed now, by cx->who: the next version. */
MUST_USE bool utente_touch(struct cx *cx, struct id id);
MUST_USE bool utente_set_active(struct cx *cx, struct id id, bool attivo);
/* In all ambiti: names of accounts are unique in the program. */
MUST_USE bool utente_name_taken(struct cx *cx, const char *nome, bool *taken);

struct utente_elenco { /* a row of the administrator's list */
    struct id id;
    const char *nome, *intestazione, *chiave, *email;
    const char *ruoli; /* one of those held today */
    int64_t quanti;    /* how many */
    struct day al;     /* the first day without any; DAY_NONE: none is foreseen */
    bool attivo, totp_attivo;
    struct instant ultimo_accesso;
};
extern const struct field utente_elenco_fields[];
struct utente_filtro {
    const char *cerca;
    const char *stato; /* "attivi", "disattivati"; of the former: "senza" a role today, "fermi"
                          since 90 days, "un_passaggio" without the second factor */
    const char *ruolo; /* held today */
    struct id ente;    /* for which it is held */
};
extern const struct field utente_filtro_fields[];
struct utente_chiave {
    const char *chiave;
    struct id id;
};
MUST_USE bool utente_list(struct cx *cx, const struct utente_filtro *filtro,
                          const struct utente_chiave *after, size_t limit, struct list *list);
struct utente_scelta {
    struct id id;
    const char *intestazione;
};
MUST_USE bool utente_of_role(struct cx *cx, const char *ruolo, struct list *list);
/* Who coordinates a body, or the whole ambito, today. */
MUST_USE bool utente_coordinators(struct cx *cx, struct id ente, struct list *list);

/* ---- roles ---- */
MUST_USE bool incarico_insert(struct cx *cx, const struct incarico *incarico);
MUST_USE bool incarico_load(struct cx *cx, struct id id, struct incarico *incarico);
MUST_USE bool incarico_set_end(struct cx *cx, struct id id, struct day al);
/* Another user who may administer today: the last one is not taken away. */
MUST_USE bool incarico_admins(struct cx *cx, struct id but, int64_t *count);

/* Others who may administer on that day and without an end: the administration is not left alone on
 * a day to come. */
MUST_USE bool incarico_keepers(struct cx *cx, struct id but, struct day day, int64_t *count);
/* Ends on `al` every role that would hold longer. */
MUST_USE bool incarico_leave(struct cx *cx, struct id utente, struct day al);

/* ---- relations ---- */
struct relazione_tipo {
    const char *tipo;
};
MUST_USE bool relazione_held(struct cx *cx, const char *oggetto_tipo, struct id oggetto,
                             struct list *list);
/* One that begins no later and ends no sooner: there is nothing to add to it. */
MUST_USE bool relazione_find(struct cx *cx, const struct relazione *relazione, struct id *id,
                             bool *found);
MUST_USE bool relazione_insert(struct cx *cx, const struct relazione *relazione);
/* Who has one of these relations to the object today: for notices. */
MUST_USE bool relazione_holders(struct cx *cx, struct id oggetto, const char *tipo,
                                struct list *list);

#endif
