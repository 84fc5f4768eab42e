#include "kit/authz/test/oracle.h"

/* ---- words ------------------------------------------------------------------------------ */

static bool looks(struct authz_question q)
{
    return q.action == AZIONE_ELENCA || q.action == AZIONE_LEGGI;
}

static bool writes(struct authz_question q)
{
    return q.action == AZIONE_CREA || q.action == AZIONE_MODIFICA;
}

static bool inside_team(struct authz_question q)
{
    return q.relation == RELAZIONE_EQUIPE || q.relation == RELAZIONE_RESPONSABILE;
}

static bool colleague(struct authz_question q) /* of the place, but not of the case */
{
    return q.relation == RELAZIONE_AMBITO || q.relation == RELAZIONE_ENTE;
}

static bool works_here(struct authz_question q)
{
    return q.relation != RELAZIONE_NESSUNA && q.role != RUOLO_NESSUNO &&
           q.role != RUOLO_CITTADINO && q.role != RUOLO_AMMINISTRATORE && q.role != RUOLO_LAVORO;
}

static bool for_case_work(struct authz_question q)
{
    return q.purpose == FINE_CURA || q.purpose == FINE_PROCEDIMENTO;
}

static bool no_names(struct authz_question q)
{
    return q.sensitivity <= RISERVO_AMMINISTRATIVO;
}

static enum authz_answer yes_if(bool condition)
{
    return condition ? AUTHZ_ALLOW : AUTHZ_DENY;
}

static enum authz_answer masked_if(bool condition)
{
    return condition ? AUTHZ_MASKED : AUTHZ_DENY;
}

/* ---- one sentence a role ---------------------------------------------------------------- */

static enum authz_answer of_the_case(struct authz_question q)
{
    switch ((int)q.relation) {
    case RELAZIONE_RESPONSABILE: /* everything of the case but handing out rights */
        return yes_if(for_case_work(q) && q.action != AZIONE_AMMINISTRA);
    case RELAZIONE_EQUIPE: /* court and violence stay out of money procedures */
        if (q.purpose == FINE_PROCEDIMENTO && q.sensitivity >= RISERVO_GIUDIZIARIO)
            return AUTHZ_DENY;
        return yes_if(for_case_work(q) && (looks(q) || writes(q)));
    case RELAZIONE_EMERGENZA: /* reading, for care, and nothing else */
        return yes_if(q.purpose == FINE_CURA && looks(q));
    case RELAZIONE_COORDINA:
        if (q.role != RUOLO_COORDINATORE) /* a worker is a colleague of that body */
            return yes_if(for_case_work(q) && q.sensitivity <= RISERVO_PERSONALE &&
                          (looks(q) || writes(q)));
        if (q.sensitivity == RISERVO_GIUDIZIARIO)
            return masked_if(q.purpose == FINE_CURA && looks(q));
        return yes_if(for_case_work(q) && (looks(q) || writes(q) || q.action == AZIONE_CHIUDI));
    default:
        return AUTHZ_DENY;
    }
}

static enum authz_answer of_the_people(struct authz_question q)
{
    if (q.sensitivity > RISERVO_PERSONALE || !for_case_work(q))
        return AUTHZ_DENY;
    if (q.relation == RELAZIONE_ENTE)
        return yes_if(looks(q) || writes(q));
    if (q.relation != RELAZIONE_AMBITO)
        return AUTHZ_DENY;
    if (q.sensitivity == RISERVO_PERSONALE && looks(q))
        return AUTHZ_MASKED;
    return yes_if(looks(q) || q.action == AZIONE_CREA);
}

static enum authz_answer social_worker(struct authz_question q)
{
    bool leads = q.role == RUOLO_COORDINATORE && q.relation == RELAZIONE_COORDINA;
    if (q.purpose == FINE_PROGRAMMAZIONE)
        return yes_if(no_names(q) && (looks(q) || (q.action == AZIONE_ESPORTA && leads)) &&
                      (inside_team(q) || colleague(q) || q.relation == RELAZIONE_COORDINA));
    if (q.purpose == FINE_CONTROLLO)
        return yes_if((q.relation == RELAZIONE_RESPONSABILE && looks(q)) ||
                      (leads && (looks(q) || q.action == AZIONE_MODIFICA)));
    return colleague(q) ? of_the_people(q) : of_the_case(q);
}

static enum authz_answer front_desk(struct authz_question q)
{
    if (q.sensitivity > RISERVO_PERSONALE || !colleague(q))
        return AUTHZ_DENY;
    if (q.purpose == FINE_PROCEDIMENTO)
        return yes_if(q.relation == RELAZIONE_ENTE && (looks(q) || writes(q)));
    if (q.purpose != FINE_CURA)
        return AUTHZ_DENY;
    if (q.action == AZIONE_CREA)
        return AUTHZ_ALLOW;
    if (q.relation == RELAZIONE_ENTE && q.sensitivity == RISERVO_AMMINISTRATIVO)
        return yes_if(looks(q));
    return masked_if(looks(q) && q.sensitivity != RISERVO_PUBBLICO);
}

static enum authz_answer provider(struct authz_question q)
{
    bool now = q.relation == RELAZIONE_EROGA, ever = now || q.relation == RELAZIONE_EROGAVA;
    bool accounts = no_names(q) && q.purpose == FINE_PROCEDIMENTO;
    if (accounts && ever && (looks(q) || q.action == AZIONE_ESPORTA))
        return AUTHZ_ALLOW;
    if (!now || q.sensitivity > RISERVO_PERSONALE)
        return AUTHZ_DENY;
    return yes_if((q.purpose == FINE_CURA && looks(q)) ||
                  (q.purpose == FINE_PROCEDIMENTO && (looks(q) || writes(q))));
}

static enum authz_answer office(struct authz_question q) /* planning office and accountants */
{
    if (q.purpose == FINE_PROCEDIMENTO && looks(q) && q.sensitivity <= RISERVO_PERSONALE) {
        if (q.relation == RELAZIONE_EQUIPE)
            return AUTHZ_ALLOW;
        if (q.role == RUOLO_RAGIONERIA && q.relation == RELAZIONE_ENTE && !no_names(q))
            return AUTHZ_MASKED;
    }
    if (!colleague(q) || !no_names(q) || q.action == AZIONE_AMMINISTRA)
        return AUTHZ_DENY;
    if (q.purpose == FINE_PROGRAMMAZIONE && q.role == RUOLO_RAGIONERIA)
        return yes_if(looks(q) || q.action == AZIONE_ESPORTA);
    return yes_if(q.purpose == FINE_PROCEDIMENTO || q.purpose == FINE_PROGRAMMAZIONE);
}

static enum authz_answer citizen(struct authz_question q)
{
    if (q.relation != RELAZIONE_SE_STESSO || q.sensitivity > RISERVO_PARTICOLARE)
        return AUTHZ_DENY;
    if (q.purpose == FINE_CONTROLLO)
        return yes_if(q.action == AZIONE_LEGGI);
    if (q.sensitivity == RISERVO_PARTICOLARE)
        return masked_if(q.purpose == FINE_CURA && q.action == AZIONE_LEGGI);
    return yes_if(for_case_work(q) &&
                  (looks(q) || q.action == AZIONE_ESPORTA ||
                   (q.action == AZIONE_CREA && q.purpose == FINE_PROCEDIMENTO)));
}

static enum authz_answer auditor(struct authz_question q)
{
    if (q.purpose != FINE_CONTROLLO || !colleague(q))
        return AUTHZ_DENY;
    if (no_names(q))
        return yes_if(looks(q) || q.action == AZIONE_ESPORTA);
    return masked_if(looks(q));
}

static enum authz_answer by_role(struct authz_question q)
{
    switch (q.role) {
    case RUOLO_ASSISTENTE:
    case RUOLO_COORDINATORE:
        return social_worker(q);
    case RUOLO_SPORTELLO:
        return front_desk(q);
    case RUOLO_EROGATORE:
        return provider(q);
    case RUOLO_UFFICIO_PIANO:
    case RUOLO_RAGIONERIA:
        return office(q);
    case RUOLO_CITTADINO:
        return citizen(q);
    case RUOLO_REVISORE:
        return auditor(q);
    case RUOLO_AMMINISTRATORE: /* users and settings; content never */
        return yes_if(q.purpose == FINE_GESTIONE && colleague(q) && no_names(q));
    case RUOLO_LAVORO:
        return yes_if((q.purpose == FINE_PROCEDIMENTO || q.purpose == FINE_PROGRAMMAZIONE) &&
                      colleague(q) && no_names(q) && (looks(q) || writes(q)));
    case RUOLO_NESSUNO:
    case RUOLO_SINDACO: /* only what is published */
    case RUOLI:
    default:
        return AUTHZ_DENY;
    }
}

enum authz_answer oracle_answer(struct authz_question q)
{
    if (q.relation == RELAZIONE_CONFLITTO)
        return AUTHZ_DENY;
    if (q.sensitivity == RISERVO_ANTIVIOLENZA && !inside_team(q))
        return AUTHZ_DENY;
    if (q.sensitivity == RISERVO_PUBBLICO) {
        bool known_to_all = q.purpose == FINE_PROCEDIMENTO || q.purpose == FINE_PROGRAMMAZIONE;
        if (looks(q) && known_to_all)
            return AUTHZ_ALLOW;
        if (works_here(q) && ((q.purpose == FINE_PROGRAMMAZIONE && q.action == AZIONE_ESPORTA) ||
                              (q.purpose == FINE_CURA && looks(q))))
            return AUTHZ_ALLOW;
    }
    return by_role(q);
}
