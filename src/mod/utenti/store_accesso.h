/* Logins, sessions, second factor, break glass, notices, drafts: what their tables hold. */
#ifndef ZONALE_MOD_UTENTI_STORE_ACCESSO_H
#define ZONALE_MOD_UTENTI_STORE_ACCESSO_H

#include "mod/utenti/store.h"

/* Text being written is forgotten after two weeks; saved filters are not. */
#define DRAFT_AGE (INT64_C(14) * 24 * 3600 * 1000000)

/* ---- logins ---- */
struct credenziali {
    struct id id, ambito;
    const char *nome, *intestazione;
    bool attivo;
    const char *password;
    bool da_cambiare;
    struct bytes totp_chiuso;
    bool totp_attivo;
    int64_t totp_contatore;
};
MUST_USE bool credenziali_load(struct cx *cx, const char *nome, struct credenziali *credenziali,
                               bool *found);
MUST_USE bool credenziali_of(struct cx *cx, struct id id, struct credenziali *credenziali);
/* The roles that a user holds today, the latest first. */
MUST_USE bool incarico_now(struct cx *cx, struct id utente, struct list *list);
MUST_USE bool password_set(struct cx *cx, struct id utente, const char *hash, bool da_cambiare);
MUST_USE bool accesso_done(struct cx *cx, struct id utente);

struct tentativo {
    int64_t falliti;
    struct instant ultimo;
};
/* falliti 0 when there is none. */
MUST_USE bool tentativo_load(struct cx *cx, const char *chiave, struct tentativo *tentativo);
MUST_USE bool tentativo_fail(struct cx *cx, const char *chiave);
MUST_USE bool tentativo_clear(struct cx *cx, const char *chiave);

/* ---- sessions ---- */
struct sessione_attiva {
    struct id id, utente, ambito, ente;
    const char *ruolo, *intestazione, *csrf, *avviso;
    struct instant accesso;
    bool da_cambiare;
};
/* Found only while it lasts: not left nor revoked, neither limit reached, user and role in force.
 */
MUST_USE bool sessione_load(struct cx *cx, struct bytes impronta, struct sessione_attiva *sessione,
                            bool *found);
struct sessione_nuova {
    struct id id, ambito, utente, incarico;
    struct bytes impronta;
    const char *csrf;
    struct instant creata, accesso, vista;
    const char *rete;
};
MUST_USE bool sessione_insert(struct cx *cx, const struct sessione_nuova *sessione);
MUST_USE bool sessione_touch(struct cx *cx, struct id id);
MUST_USE bool sessione_notice(struct cx *cx, struct id id, const char *text);
/* The password was asked again: a new token for the same session. */
MUST_USE bool sessione_confirm(struct cx *cx, struct id id, struct bytes impronta);
struct sessione_riga {
    struct id id;
    struct instant creata, vista;
    const char *rete;
};
extern const struct field sessione_riga_fields[];
MUST_USE bool sessione_list(struct cx *cx, struct id utente, struct list *list);
MUST_USE bool sessione_end(struct cx *cx, struct id utente, struct id id);
/* All of a user but one (ID_NONE: all). */
MUST_USE bool sessione_end_all(struct cx *cx, struct id utente, struct id but);
MUST_USE bool sessione_end_role(struct cx *cx, struct id utente, struct id incarico);
/* Rows that nobody needs any more: sessions of a month ago, failures of yesterday, old drafts. */
MUST_USE bool accesso_forget(struct cx *cx);

/* ---- second factor ---- */
MUST_USE bool totp_set(struct cx *cx, struct id utente, struct bytes chiuso, bool attivo);
/* *fresh false: this step, or a later one, was used before. */
MUST_USE bool totp_used(struct cx *cx, struct id utente, int64_t contatore, bool *fresh);
MUST_USE bool recupero_insert(struct cx *cx, struct id ambito, struct id utente,
                              struct bytes indice);
MUST_USE bool recupero_find(struct cx *cx, struct id utente, struct bytes indice, bool *found);
MUST_USE bool recupero_use(struct cx *cx, struct id utente, struct bytes indice, bool *fresh);
MUST_USE bool recupero_left(struct cx *cx, struct id utente, int64_t *count);
MUST_USE bool recupero_clear(struct cx *cx, struct id utente);

#endif
