#include "mod/progetti/rules.h"

#include <string.h>

/* ---- kinds ---------------------------------------------------------------------------------- */

/* A pact is looked at again every ninety days (D.L. 48/2023 art. 4, c. 5). */
static const struct {
    const char *name, *title;
    int giorni;
} tipi[PROGETTO_TIPI] = {
    [TIPO_INDIVIDUALE] = {"individuale", "Progetto individuale", 0},
    [TIPO_PAI] = {"pai", "Piano assistenziale individualizzato (PAI)", 0},
    [TIPO_PATTO] = {"patto", "Patto per l’inclusione sociale", 90},
    [TIPO_VITA] = {"vita", "Progetto di vita", 0},
    [TIPO_QUADRO] = {"quadro", "Progetto quadro", 0},
};

const char *progetto_tipo_name(enum progetto_tipo tipo)
{
    return (unsigned)tipo < PROGETTO_TIPI ? tipi[tipo].name : "";
}

const char *progetto_tipo_title(enum progetto_tipo tipo)
{
    return (unsigned)tipo < PROGETTO_TIPI ? tipi[tipo].title : "";
}

enum progetto_tipo progetto_tipo_parse(const char *name)
{
    int i = 0;
    while (i < PROGETTO_TIPI && (name == NULL || strcmp(tipi[i].name, name) != 0))
        i++;
    return (enum progetto_tipo)i;
}

int progetto_tipo_giorni(enum progetto_tipo tipo)
{
    return (unsigned)tipo < PROGETTO_TIPI ? tipi[tipo].giorni : 0;
}

/* ---- states --------------------------------------------------------------------------------- */

static const struct {
    const char *name, *title;
    int rank; /* among the versions of a project the highest is shown */
    bool closed, running;
} stati[PROGETTO_STATI] = {
    [PROGETTO_BOZZA] = {"bozza", "In preparazione", 3, false, false},
    [PROGETTO_DA_FIRMARE] = {"da_firmare", "Da firmare", 4, false, false},
    [PROGETTO_IN_CORSO] = {"in_corso", "In corso", 6, false, true},
    [PROGETTO_SOSPESO] = {"sospeso", "Sospeso", 5, false, true},
    [PROGETTO_CONCLUSO] = {"concluso", "Concluso", 2, true, false},
    [PROGETTO_ANNULLATO] = {"annullato", "Annullato", 1, true, false},
    [PROGETTO_SOSTITUITO] = {"sostituito", "Sostituito", 0, true, false},
};

const char *progetto_stato_name(enum progetto_stato stato)
{
    return (unsigned)stato < PROGETTO_STATI ? stati[stato].name : "";
}

const char *progetto_stato_title(enum progetto_stato stato)
{
    return (unsigned)stato < PROGETTO_STATI ? stati[stato].title : "";
}

enum progetto_stato progetto_stato_parse(const char *name)
{
    int i = 0;
    while (i < PROGETTO_STATI && (name == NULL || strcmp(stati[i].name, name) != 0))
        i++;
    return (enum progetto_stato)i;
}

bool progetto_stato_closed(enum progetto_stato stato)
{
    return (unsigned)stato < PROGETTO_STATI && stati[stato].closed;
}

bool progetto_stato_running(enum progetto_stato stato)
{
    return (unsigned)stato < PROGETTO_STATI && stati[stato].running;
}

/* ---- moves ---------------------------------------------------------------------------------- */

const struct progetto_mossa progetto_mosse[] = {
    /* from, to, label, reason, complete, signed, outcomes */
    {PROGETTO_BOZZA, PROGETTO_DA_FIRMARE, "Proponi alla firma", false, true, false, false},
    {PROGETTO_BOZZA, PROGETTO_ANNULLATO, "Annulla", true, false, false, false},
    {PROGETTO_DA_FIRMARE, PROGETTO_IN_CORSO, "Avvia", false, true, true, false},
    {PROGETTO_DA_FIRMARE, PROGETTO_BOZZA, "Riporta in preparazione", true, false, false, false},
    {PROGETTO_DA_FIRMARE, PROGETTO_ANNULLATO, "Annulla", true, false, false, false},
    {PROGETTO_IN_CORSO, PROGETTO_SOSPESO, "Sospendi", true, false, false, false},
    {PROGETTO_IN_CORSO, PROGETTO_CONCLUSO, "Concludi", true, false, false, true},
    {PROGETTO_SOSPESO, PROGETTO_IN_CORSO, "Riprendi", false, false, false, false},
    {PROGETTO_SOSPESO, PROGETTO_CONCLUSO, "Concludi", true, false, false, true},
    {PROGETTO_IN_CORSO, PROGETTO_SOSTITUITO, NULL, false, false, false, false},
    {PROGETTO_SOSPESO, PROGETTO_SOSTITUITO, NULL, false, false, false, false},
};
const size_t progetto_mosse_count = sizeof progetto_mosse / sizeof *progetto_mosse;

const struct progetto_mossa *progetto_mossa_find(enum progetto_stato da, enum progetto_stato a)
{
    for (size_t i = 0; i < progetto_mosse_count; i++)
        if (progetto_mosse[i].da == da && progetto_mosse[i].a == a)
            return &progetto_mosse[i];
    return NULL;
}

enum progetto_guasto progetto_mossa_check(const struct progetto_chiesta *asked)
{
    const struct progetto_mossa *move = progetto_mossa_find(asked->da, asked->a);
    if (move == NULL || move->label == NULL)
        return PROGETTO_NON_PREVISTA;
    if (!day_known(asked->giorno) || day_cmp(asked->giorno, asked->oggi) > 0)
        return PROGETTO_FUTURO;
    if (day_known(asked->ultima) && day_cmp(asked->giorno, asked->ultima) < 0)
        return PROGETTO_PRIMA;
    if (move->completo && !asked->completo)
        return PROGETTO_INCOMPLETO;
    if (move->firme && !asked->firmato)
        return PROGETTO_FIRME;
    if (move->esiti && !asked->valutato)
        return PROGETTO_ESITI;
    if (move->motivo && (asked->motivo == NULL || asked->motivo[0] == '\0'))
        return PROGETTO_MOTIVO;
    return PROGETTO_OK;
}

void progetto_apply(enum progetto_stato *all, size_t count, size_t which, enum progetto_stato to)
{
    bool starts = all[which] == PROGETTO_DA_FIRMARE && to == PROGETTO_IN_CORSO;
    for (size_t i = 0; i < count; i++) {
        if (i != which && starts && progetto_stato_running(all[i]))
            all[i] = PROGETTO_SOSTITUITO;
        if (i != which && to == PROGETTO_CONCLUSO && !progetto_stato_closed(all[i]))
            all[i] = PROGETTO_ANNULLATO;
    }
    all[which] = to;
}

enum progetto_guasto progetto_nuova_check(const enum progetto_stato *all, size_t count)
{
    bool running = false;
    for (size_t i = 0; i < count; i++) {
        if (all[i] == PROGETTO_BOZZA || all[i] == PROGETTO_DA_FIRMARE)
            return PROGETTO_GIA_BOZZA;
        running = running || progetto_stato_running(all[i]);
    }
    return running && count < PROGETTO_VERSIONI ? PROGETTO_OK : PROGETTO_FERMO;
}

size_t progetto_corrente(const enum progetto_stato *all, size_t count)
{
    size_t best = 0;
    for (size_t i = 1; i < count; i++)
        if (stati[all[i]].rank >= stati[all[best]].rank)
            best = i;
    return best;
}

/* ---- signatures ----------------------------------------------------------------------------- */

static const struct {
    const char *name, *title;
} ruoli[FIRMA_RUOLI] = {
    [FIRMA_PERSONA] = {"persona", "La persona"},
    [FIRMA_RAPPRESENTANTE] = {"rappresentante", "Tutore o amministratore di sostegno"},
    [FIRMA_GENITORI] = {"genitori", "Chi esercita la responsabilità genitoriale"},
    [FIRMA_ASSISTENTE] = {"assistente", "Assistente sociale responsabile"},
    [FIRMA_SANITARIO] = {"sanitario", "Referente sanitario"},
    [FIRMA_COORDINATORE] = {"coordinatore", "Coordinatore"},
    [FIRMA_FAMILIARE] = {"familiare", "Un familiare"},
    [FIRMA_EROGATORE] = {"erogatore", "Ente che eroga"},
};

const char *firma_ruolo_name(enum firma_ruolo ruolo)
{
    return (unsigned)ruolo < FIRMA_RUOLI ? ruoli[ruolo].name : "";
}

const char *firma_ruolo_title(enum firma_ruolo ruolo)
{
    return (unsigned)ruolo < FIRMA_RUOLI ? ruoli[ruolo].title : "";
}

enum firma_ruolo firma_ruolo_parse(const char *name)
{
    int i = 0;
    while (i < FIRMA_RUOLI && (name == NULL || strcmp(ruoli[i].name, name) != 0))
        i++;
    return (enum firma_ruolo)i;
}

enum chi_e { ADULTA = 1, TUTELATA = 2, MINORE = 4, CHIUNQUE = ADULTA | TUTELATA | MINORE };

/* Which roles must sign, by kind of project and by who decides for the person. The person under
 * protection is heard and may sign; who decides for her must (c.c. art. 357, 405, 320). */
static const struct {
    enum firma_ruolo ruolo;
    unsigned tipi;   /* bit set of enum progetto_tipo */
    unsigned di_chi; /* bit set of enum chi_e */
} firme[] = {
    {FIRMA_PERSONA, ~0u, ADULTA},
    {FIRMA_RAPPRESENTANTE, ~0u, TUTELATA},
    {FIRMA_GENITORI, ~0u, MINORE},
    {FIRMA_ASSISTENTE, ~0u, CHIUNQUE},
    {FIRMA_SANITARIO, 1u << TIPO_VITA | 1u << TIPO_INDIVIDUALE, CHIUNQUE},
    {FIRMA_COORDINATORE, 1u << TIPO_QUADRO, CHIUNQUE},
};
enum { FIRME = sizeof firme / sizeof *firme };

bool firma_required(const struct firma_caso *caso, enum firma_ruolo ruolo)
{
    unsigned who = caso->tutelata ? TUTELATA : caso->minore ? MINORE : ADULTA;
    for (size_t i = 0; i < FIRME; i++)
        if (firme[i].ruolo == ruolo && (firme[i].tipi >> caso->tipo & 1) != 0 &&
            (firme[i].di_chi & who) != 0)
            return true;
    return false;
}

bool firme_complete(const struct firma_caso *caso, unsigned firmato)
{
    for (int ruolo = 0; ruolo < FIRMA_RUOLI; ruolo++)
        if (firma_required(caso, (enum firma_ruolo)ruolo) && (firmato >> ruolo & 1) == 0)
            return false;
    return true;
}

/* ---- words ---------------------------------------------------------------------------------- */

struct parola {
    const char *name, *title;
};
#define PAROLA(name, title) {name, title},
static const struct parola modi[] = {FIRMA_MODI(PAROLA){NULL, NULL}};
static const struct parola chi[] = {AZIONE_CHI(PAROLA){NULL, NULL}};
static const struct parola azioni[] = {AZIONE_STATI(PAROLA){NULL, NULL}};
static const struct parola esiti[] = {OBIETTIVO_ESITI(PAROLA){NULL, NULL}};
static const struct parola fonti[] = {FONTI(PAROLA){NULL, NULL}};

static const char *title_of(const struct parola *words, const char *name)
{
    for (; name != NULL && words->name != NULL; words++)
        if (strcmp(words->name, name) == 0)
            return words->title;
    return NULL;
}

const char *firma_modo_title(const char *name)
{
    return title_of(modi, name);
}

const char *azione_chi_title(const char *name)
{
    return title_of(chi, name);
}

const char *azione_stato_title(const char *name)
{
    return title_of(azioni, name);
}

const char *obiettivo_esito_title(const char *name)
{
    return title_of(esiti, name);
}

const char *fonte_title(const char *name)
{
    return title_of(fonti, name);
}
