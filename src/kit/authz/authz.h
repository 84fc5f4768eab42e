/* Who may do what: a pure decision over small enums. Deny by default; an unknown value is a deny.
 *
 *     role x relation x sensitivity x purpose x action -> deny | allow | allow masked, and the rule
 *
 * The rules are rows of one table (rules.c beside this); tests/ holds the whole matrix as a golden
 * file and a second, independent statement of the same rules. Facts (the relation of this user to
 * this object, today) are loaded by the caller in the same transaction as the object.
 */
#ifndef ZONALE_KIT_AUTHZ_AUTHZ_H
#define ZONALE_KIT_AUTHZ_AUTHZ_H

#include <stdbool.h>

enum authz_role {
    RUOLO_NESSUNO,        /* not logged in */
    RUOLO_CITTADINO,      /* served person, or who acts for him */
    RUOLO_SPORTELLO,      /* front desk of a municipality or PUA */
    RUOLO_ASSISTENTE,     /* social worker */
    RUOLO_COORDINATORE,   /* coordinator of a municipality or area */
    RUOLO_EROGATORE,      /* operator of a provider */
    RUOLO_UFFICIO_PIANO,  /* planning office: counts and money */
    RUOLO_RAGIONERIA,     /* accountant */
    RUOLO_SINDACO,        /* mayor or delegate: published aggregates */
    RUOLO_REVISORE,       /* data protection officer, auditor: the log, not the content */
    RUOLO_AMMINISTRATORE, /* users and settings, no content */
    RUOLO_LAVORO,         /* background job, with its requester's rights on top */
    RUOLI
};

enum authz_relation {
    RELAZIONE_NESSUNA,
    RELAZIONE_AMBITO,       /* same ambito, nothing closer */
    RELAZIONE_ENTE,         /* same body */
    RELAZIONE_EQUIPE,       /* of the team of the case */
    RELAZIONE_RESPONSABILE, /* responsible for the case */
    RELAZIONE_COORDINA,     /* coordinates the body that has the case */
    RELAZIONE_EROGA,        /* provider of a service of the case, now */
    RELAZIONE_EROGAVA,      /* was, and no longer is */
    RELAZIONE_SE_STESSO,    /* the person itself */
    RELAZIONE_CONFLITTO,    /* declared conflict of interest: blocks */
    RELAZIONE_EMERGENZA,    /* break glass, open now */
    RELAZIONI
};

enum authz_sensitivity {
    RISERVO_PUBBLICO,
    RISERVO_AMMINISTRATIVO, /* that a procedure exists; amounts */
    RISERVO_PERSONALE,      /* names, addresses, household */
    RISERVO_PARTICOLARE,    /* diary, health, assessments */
    RISERVO_GIUDIZIARIO,    /* court measures */
    RISERVO_ANTIVIOLENZA,   /* never outside its team, nor by its absence */
    RISERVI
};

enum authz_purpose {
    FINE_CURA,           /* care of the case */
    FINE_PROCEDIMENTO,   /* benefit administration, money */
    FINE_PROGRAMMAZIONE, /* planning, statistics */
    FINE_CONTROLLO,      /* audit */
    FINE_GESTIONE,       /* users, settings */
    FINI
};

enum authz_action {
    AZIONE_ELENCA,
    AZIONE_LEGGI,
    AZIONE_CREA,
    AZIONE_MODIFICA,
    AZIONE_CHIUDI,
    AZIONE_ESPORTA,
    AZIONE_AMMINISTRA,
    AZIONI
};

struct authz_question {
    enum authz_role role;
    enum authz_relation relation;
    enum authz_sensitivity sensitivity;
    enum authz_purpose purpose;
    enum authz_action action;
};

enum authz_answer { AUTHZ_DENY, AUTHZ_ALLOW, AUTHZ_MASKED };

struct authz_decision {
    enum authz_answer answer;
    const char *rule; /* its name, for the audit row; "nega" when no rule allows */
};

struct authz_decision authz_decide(struct authz_question question);

const char *authz_role_name(enum authz_role role);  /* "assistente" */
const char *authz_role_title(enum authz_role role); /* "Assistente sociale" */
const char *authz_relation_name(enum authz_relation relation);
const char *authz_sensitivity_name(enum authz_sensitivity sensitivity);
const char *authz_purpose_name(enum authz_purpose purpose);
const char *authz_action_name(enum authz_action action);
/* RUOLI when there is no such role. */
enum authz_role authz_role_parse(const char *name);
/* RELAZIONI when there is no such relation. */
enum authz_relation authz_relation_parse(const char *name);

#endif
