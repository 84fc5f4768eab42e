/* Names of the axes, as the audit and the golden file write them. */
#include "kit/authz/authz.h"

#include <string.h>

static const struct {
    const char *name, *title;
} roles[RUOLI] = {
    [RUOLO_NESSUNO] = {"nessuno", "Nessuno"},
    [RUOLO_CITTADINO] = {"cittadino", "Cittadino"},
    [RUOLO_SPORTELLO] = {"sportello", "Operatore di sportello"},
    [RUOLO_ASSISTENTE] = {"assistente", "Assistente sociale"},
    [RUOLO_COORDINATORE] = {"coordinatore", "Coordinatore"},
    [RUOLO_EROGATORE] = {"erogatore", "Operatore del gestore"},
    [RUOLO_UFFICIO_PIANO] = {"ufficiopiano", "Ufficio di piano"},
    [RUOLO_RAGIONERIA] = {"ragioneria", "Ragioneria"},
    [RUOLO_SINDACO] = {"sindaco", "Sindaco o delegato"},
    [RUOLO_REVISORE] = {"revisore", "Revisore (protezione dei dati)"},
    [RUOLO_AMMINISTRATORE] = {"amministratore", "Amministratore del sistema"},
    [RUOLO_LAVORO] = {"lavoro", "Lavoro del sistema"},
};

static const char *const relations[RELAZIONI] = {
    [RELAZIONE_NESSUNA] = "nessuna",
    [RELAZIONE_AMBITO] = "ambito",
    [RELAZIONE_ENTE] = "ente",
    [RELAZIONE_EQUIPE] = "equipe",
    [RELAZIONE_RESPONSABILE] = "responsabile",
    [RELAZIONE_COORDINA] = "coordina",
    [RELAZIONE_EROGA] = "eroga",
    [RELAZIONE_EROGAVA] = "erogava",
    [RELAZIONE_SE_STESSO] = "se_stesso",
    [RELAZIONE_CONFLITTO] = "conflitto",
    [RELAZIONE_EMERGENZA] = "emergenza",
};

static const char *const sensitivities[RISERVI] = {
    [RISERVO_PUBBLICO] = "pubblico",       [RISERVO_AMMINISTRATIVO] = "amministrativo",
    [RISERVO_PERSONALE] = "personale",     [RISERVO_PARTICOLARE] = "particolare",
    [RISERVO_GIUDIZIARIO] = "giudiziario", [RISERVO_ANTIVIOLENZA] = "antiviolenza",
};

static const char *const purposes[FINI] = {
    [FINE_CURA] = "cura",
    [FINE_PROCEDIMENTO] = "procedimento",
    [FINE_PROGRAMMAZIONE] = "programmazione",
    [FINE_CONTROLLO] = "controllo",
    [FINE_GESTIONE] = "gestione",
};

static const char *const actions[AZIONI] = {
    [AZIONE_ELENCA] = "elenca",         [AZIONE_LEGGI] = "leggi",   [AZIONE_CREA] = "crea",
    [AZIONE_MODIFICA] = "modifica",     [AZIONE_CHIUDI] = "chiudi", [AZIONE_ESPORTA] = "esporta",
    [AZIONE_AMMINISTRA] = "amministra",
};

const char *authz_role_name(enum authz_role role)
{
    return (unsigned)role < RUOLI ? roles[role].name : "?";
}

const char *authz_role_title(enum authz_role role)
{
    return (unsigned)role < RUOLI ? roles[role].title : "?";
}

const char *authz_relation_name(enum authz_relation relation)
{
    return (unsigned)relation < RELAZIONI ? relations[relation] : "?";
}

const char *authz_sensitivity_name(enum authz_sensitivity sensitivity)
{
    return (unsigned)sensitivity < RISERVI ? sensitivities[sensitivity] : "?";
}

const char *authz_purpose_name(enum authz_purpose purpose)
{
    return (unsigned)purpose < FINI ? purposes[purpose] : "?";
}

const char *authz_action_name(enum authz_action action)
{
    return (unsigned)action < AZIONI ? actions[action] : "?";
}

enum authz_role authz_role_parse(const char *name)
{
    for (int role = 0; role < RUOLI; role++)
        if (name != NULL && strcmp(name, roles[role].name) == 0)
            return (enum authz_role)role;
    return RUOLI;
}

enum authz_relation authz_relation_parse(const char *name)
{
    for (int relation = 0; relation < RELAZIONI; relation++)
        if (name != NULL && strcmp(name, relations[relation]) == 0)
            return (enum authz_relation)relation;
    return RELAZIONI;
}
