#include "kit/authz/rules.h"

#define BIT(value) (1u << (value))
#define ALL(count) ((1u << (count)) - 1)

enum {
    /* roles */
    CHIUNQUE = ALL(RUOLI),
    PERSONALE = BIT(RUOLO_SPORTELLO) | BIT(RUOLO_ASSISTENTE) | BIT(RUOLO_COORDINATORE) |
                BIT(RUOLO_EROGATORE) | BIT(RUOLO_UFFICIO_PIANO) | BIT(RUOLO_RAGIONERIA) |
                BIT(RUOLO_SINDACO) | BIT(RUOLO_REVISORE),
    SOCIALE = BIT(RUOLO_ASSISTENTE) | BIT(RUOLO_COORDINATORE),
    CONTI = BIT(RUOLO_UFFICIO_PIANO) | BIT(RUOLO_RAGIONERIA),
    /* relations */
    QUALSIASI = ALL(RELAZIONI),
    TEAM = BIT(RELAZIONE_EQUIPE) | BIT(RELAZIONE_RESPONSABILE),
    CASA = BIT(RELAZIONE_AMBITO) | BIT(RELAZIONE_ENTE),
    /* everyone who is inside an ambito, whatever closer tie he has as well */
    DENTRO = QUALSIASI & ~(BIT(RELAZIONE_NESSUNA) | BIT(RELAZIONE_CONFLITTO)),
    SE_STESSO = BIT(RELAZIONE_SE_STESSO),
    /* purposes */
    OGNI_FINE = ALL(FINI),
    CURA = BIT(FINE_CURA),
    PROCEDIMENTO = BIT(FINE_PROCEDIMENTO),
    PROGRAMMAZIONE = BIT(FINE_PROGRAMMAZIONE),
    CONTROLLO = BIT(FINE_CONTROLLO),
    GESTIONE = BIT(FINE_GESTIONE),
    /* actions */
    OGNI_AZIONE = ALL(AZIONI),
    VEDE = BIT(AZIONE_ELENCA) | BIT(AZIONE_LEGGI),
    CREA = BIT(AZIONE_CREA),
    SCRIVE = BIT(AZIONE_CREA) | BIT(AZIONE_MODIFICA),
    CHIUDE = BIT(AZIONE_CHIUDI),
    ESPORTA = BIT(AZIONE_ESPORTA),
};

/* clang-format off */
const struct authz_rule authz_rules[] = {
    /* ---- blocks ---- */
    {"conflitto", "Conflitto di interessi dichiarato: nessun accesso.",
     CHIUNQUE, BIT(RELAZIONE_CONFLITTO), OGNI_FINE, OGNI_AZIONE,
     RISERVO_PUBBLICO, RISERVO_ANTIVIOLENZA, AUTHZ_DENY},
    {"antiviolenza", "I fatti di violenza si vedono solo dentro l’équipe che li segue.",
     CHIUNQUE, QUALSIASI & ~TEAM, OGNI_FINE, OGNI_AZIONE,
     RISERVO_ANTIVIOLENZA, RISERVO_ANTIVIOLENZA, AUTHZ_DENY},

    /* ---- what is published ---- */
    {"pubblico", "È pubblicato: chiunque lo può leggere.",
     CHIUNQUE, QUALSIASI, PROCEDIMENTO | PROGRAMMAZIONE, VEDE,
     RISERVO_PUBBLICO, RISERVO_PUBBLICO, AUTHZ_ALLOW},
    {"pubblico-esporta", "Chi lavora nell’ambito esporta i dati pubblicati.",
     PERSONALE, DENTRO, PROGRAMMAZIONE, ESPORTA,
     RISERVO_PUBBLICO, RISERVO_PUBBLICO, AUTHZ_ALLOW},
    {"strumenti", "Gli strumenti comuni di lavoro sono di tutti gli operatori.",
     PERSONALE, DENTRO, CURA, VEDE,
     RISERVO_PUBBLICO, RISERVO_PUBBLICO, AUTHZ_ALLOW},

    /* ---- the case: team, responsible worker, coordinator ---- */
    {"responsabile", "Il responsabile del caso vede, scrive, chiude ed esporta.",
     SOCIALE, BIT(RELAZIONE_RESPONSABILE), CURA | PROCEDIMENTO, VEDE | SCRIVE | CHIUDE | ESPORTA,
     RISERVO_PUBBLICO, RISERVO_ANTIVIOLENZA, AUTHZ_ALLOW},
    {"equipe", "Chi è nell’équipe del caso vede e scrive.",
     SOCIALE, BIT(RELAZIONE_EQUIPE), CURA, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_ANTIVIOLENZA, AUTHZ_ALLOW},
    {"equipe-procedimento", "Chi è nell’équipe tratta i procedimenti del caso.",
     SOCIALE, BIT(RELAZIONE_EQUIPE), PROCEDIMENTO, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_PARTICOLARE, AUTHZ_ALLOW},
    {"coordina", "Chi coordina vede il caso, lo assegna, lo chiude.",
     BIT(RUOLO_COORDINATORE), BIT(RELAZIONE_COORDINA), CURA | PROCEDIMENTO, VEDE | SCRIVE | CHIUDE,
     RISERVO_PUBBLICO, RISERVO_PARTICOLARE, AUTHZ_ALLOW},
    {"coordina-giudiziario", "Chi coordina sa che un provvedimento c’è, non che cosa dice.",
     BIT(RUOLO_COORDINATORE), BIT(RELAZIONE_COORDINA), CURA, VEDE,
     RISERVO_GIUDIZIARIO, RISERVO_GIUDIZIARIO, AUTHZ_MASKED},
    {"emergenza", "Accesso d’emergenza aperto: si legge, non si scrive e non si esporta.",
     SOCIALE, BIT(RELAZIONE_EMERGENZA), CURA, VEDE,
     RISERVO_PUBBLICO, RISERVO_GIUDIZIARIO, AUTHZ_ALLOW},

    /* ---- people, before and outside a case ---- */
    {"sociale-ente", "L’assistente sociale tratta l’anagrafica delle persone del suo ente.",
     SOCIALE, BIT(RELAZIONE_ENTE) | BIT(RELAZIONE_COORDINA), CURA | PROCEDIMENTO, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"sociale-ambito", "Chi si presenta in un altro comune si accoglie.",
     SOCIALE, BIT(RELAZIONE_AMBITO), CURA | PROCEDIMENTO, CREA,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"sociale-ambito-esiste", "Si vede che un procedimento c’è, in tutto l’ambito.",
     SOCIALE, BIT(RELAZIONE_AMBITO), CURA | PROCEDIMENTO, VEDE,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"sociale-ambito-nomi", "Delle persone di altri enti si vede il minimo per riconoscerle.",
     SOCIALE, BIT(RELAZIONE_AMBITO), CURA | PROCEDIMENTO, VEDE,
     RISERVO_PERSONALE, RISERVO_PERSONALE, AUTHZ_MASKED},
    {"sportello", "Lo sportello registra persone, contatti e domande del suo ente.",
     BIT(RUOLO_SPORTELLO), BIT(RELAZIONE_ENTE), PROCEDIMENTO, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"sportello-accoglie", "Lo sportello accoglie chiunque si presenti.",
     BIT(RUOLO_SPORTELLO), CASA, CURA, CREA,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"sportello-esiste", "Lo sportello vede che nel suo ente un procedimento c’è.",
     BIT(RUOLO_SPORTELLO), BIT(RELAZIONE_ENTE), CURA, VEDE,
     RISERVO_AMMINISTRATIVO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"sportello-nomi", "Lo sportello vede il minimo per riconoscere la persona.",
     BIT(RUOLO_SPORTELLO), CASA, CURA, VEDE,
     RISERVO_AMMINISTRATIVO, RISERVO_PERSONALE, AUTHZ_MASKED},

    /* ---- providers ---- */
    {"eroga", "Il gestore vede le persone dei servizi che gli sono affidati.",
     BIT(RUOLO_EROGATORE), BIT(RELAZIONE_EROGA), CURA, VEDE,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"eroga-ore", "Il gestore registra le prestazioni dei servizi che gli sono affidati.",
     BIT(RUOLO_EROGATORE), BIT(RELAZIONE_EROGA), PROCEDIMENTO, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"eroga-conti", "Il gestore rilegge ed esporta i conti dei suoi servizi, anche finiti.",
     BIT(RUOLO_EROGATORE), BIT(RELAZIONE_EROGA) | BIT(RELAZIONE_EROGAVA), PROCEDIMENTO,
     VEDE | ESPORTA, RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},

    /* ---- numbers and money ---- */
    {"piano", "L’ufficio di piano tratta conteggi e denaro, non persone.",
     BIT(RUOLO_UFFICIO_PIANO), CASA, PROCEDIMENTO | PROGRAMMAZIONE,
     VEDE | SCRIVE | CHIUDE | ESPORTA, RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"ragioneria", "La ragioneria tratta somme e atti.",
     BIT(RUOLO_RAGIONERIA), CASA, PROCEDIMENTO, VEDE | SCRIVE | CHIUDE | ESPORTA,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"ragioneria-riepiloghi", "La ragioneria legge i riepiloghi.",
     BIT(RUOLO_RAGIONERIA), CASA, PROGRAMMAZIONE, VEDE | ESPORTA,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"ragioneria-creditori", "La ragioneria vede il minimo per pagare chi deve.",
     BIT(RUOLO_RAGIONERIA), BIT(RELAZIONE_ENTE), PROCEDIMENTO, VEDE,
     RISERVO_PERSONALE, RISERVO_PERSONALE, AUTHZ_MASKED},
    {"conti-assegnato", "I nomi si vedono solo nelle pratiche assegnate.",
     CONTI, BIT(RELAZIONE_EQUIPE), PROCEDIMENTO, VEDE,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"sociale-riepiloghi", "I riepiloghi del proprio lavoro e del proprio ente.",
     SOCIALE, CASA | TEAM | BIT(RELAZIONE_COORDINA), PROGRAMMAZIONE, VEDE,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"coordina-riepiloghi", "Chi coordina esporta i riepiloghi del suo ente.",
     BIT(RUOLO_COORDINATORE), BIT(RELAZIONE_COORDINA), PROGRAMMAZIONE, ESPORTA,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"lavoro", "Un lavoro del sistema tratta conteggi e somme.",
     BIT(RUOLO_LAVORO), CASA, PROCEDIMENTO | PROGRAMMAZIONE, VEDE | SCRIVE,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},

    /* ---- the person itself ---- */
    {"se-stesso", "Ciascuno vede i propri dati e ne ha copia.",
     BIT(RUOLO_CITTADINO), SE_STESSO, CURA | PROCEDIMENTO, VEDE | ESPORTA,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"se-stesso-domande", "Ciascuno presenta le proprie domande.",
     BIT(RUOLO_CITTADINO), SE_STESSO, PROCEDIMENTO, CREA,
     RISERVO_PUBBLICO, RISERVO_PERSONALE, AUTHZ_ALLOW},
    {"se-stesso-cartella", "Della propria cartella si legge ciò che non riguarda altri.",
     BIT(RUOLO_CITTADINO), SE_STESSO, CURA, BIT(AZIONE_LEGGI),
     RISERVO_PARTICOLARE, RISERVO_PARTICOLARE, AUTHZ_MASKED},
    {"se-stesso-accessi", "Ciascuno può sapere chi ha letto i propri dati.",
     BIT(RUOLO_CITTADINO), SE_STESSO, CONTROLLO, BIT(AZIONE_LEGGI),
     RISERVO_PUBBLICO, RISERVO_PARTICOLARE, AUTHZ_ALLOW},

    /* ---- control and management ---- */
    {"revisore-registro", "Il revisore legge ed esporta il registro degli accessi.",
     BIT(RUOLO_REVISORE), CASA, CONTROLLO, VEDE | ESPORTA,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
    {"revisore-accessi", "Il revisore vede chi ha letto, non che cosa c’era scritto.",
     BIT(RUOLO_REVISORE), CASA, CONTROLLO, VEDE,
     RISERVO_PERSONALE, RISERVO_GIUDIZIARIO, AUTHZ_MASKED},
    {"responsabile-accessi", "Il responsabile del caso vede chi lo ha letto.",
     SOCIALE, BIT(RELAZIONE_RESPONSABILE), CONTROLLO, VEDE,
     RISERVO_PUBBLICO, RISERVO_ANTIVIOLENZA, AUTHZ_ALLOW},
    {"coordina-accessi", "Chi coordina riesamina gli accessi d’emergenza.",
     BIT(RUOLO_COORDINATORE), BIT(RELAZIONE_COORDINA), CONTROLLO, VEDE | BIT(AZIONE_MODIFICA),
     RISERVO_PUBBLICO, RISERVO_GIUDIZIARIO, AUTHZ_ALLOW},
    {"amministra", "L’amministratore gestisce utenti e impostazioni, mai i contenuti.",
     BIT(RUOLO_AMMINISTRATORE), CASA, GESTIONE, OGNI_AZIONE,
     RISERVO_PUBBLICO, RISERVO_AMMINISTRATIVO, AUTHZ_ALLOW},
};
/* clang-format on */
const size_t authz_rules_count = sizeof authz_rules / sizeof *authz_rules;

static bool known(struct authz_question q)
{
    return (unsigned)q.role < RUOLI && (unsigned)q.relation < RELAZIONI &&
           (unsigned)q.sensitivity < RISERVI && (unsigned)q.purpose < FINI &&
           (unsigned)q.action < AZIONI;
}

static bool fits(const struct authz_rule *rule, struct authz_question q)
{
    return (rule->roles & BIT(q.role)) != 0 && (rule->relations & BIT(q.relation)) != 0 &&
           (rule->purposes & BIT(q.purpose)) != 0 && (rule->actions & BIT(q.action)) != 0 &&
           q.sensitivity >= rule->least && q.sensitivity <= rule->most;
}

struct authz_decision authz_decide_by(const struct authz_rule *rules, size_t count,
                                      struct authz_question question)
{
    for (size_t i = 0; known(question) && i < count; i++)
        if (fits(&rules[i], question))
            return (struct authz_decision){rules[i].answer, rules[i].name};
    return (struct authz_decision){AUTHZ_DENY, "nega"};
}

struct authz_decision authz_decide(struct authz_question question)
{
    return authz_decide_by(authz_rules, authz_rules_count, question);
}
