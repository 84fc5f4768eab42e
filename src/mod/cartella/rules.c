#include "mod/cartella/rules.h"

#include <string.h>

/* ---- states ----------------------------------------------------------------------------- */

static const struct {
    const char *name;
    const char *title;
    int rank; /* among the prese of a record the highest is shown */
    bool closed;
} stati[STATI] = {
    [STATO_SEGNALATA] = {"segnalata", "Segnalata", 5, false},
    [STATO_ACCOLTA] = {"accolta", "Accolta", 6, false},
    [STATO_IN_VALUTAZIONE] = {"in_valutazione", "In valutazione", 7, false},
    [STATO_CON_PROGETTO] = {"con_progetto", "Con progetto", 8, false},
    [STATO_IN_MONITORAGGIO] = {"in_monitoraggio", "In monitoraggio", 9, false},
    [STATO_SOSPESA] = {"sospesa", "Sospesa", 4, false},
    [STATO_CONCLUSA] = {"conclusa", "Conclusa", 3, true},
    [STATO_TRASFERITA] = {"trasferita", "Trasferita", 2, true},
    [STATO_RIFIUTATA] = {"rifiutata", "Rifiutata", 1, true},
};

static bool known(enum presa_stato stato)
{
    return (unsigned)stato < STATI;
}

const char *presa_stato_name(enum presa_stato stato)
{
    return known(stato) ? stati[stato].name : "";
}

const char *presa_stato_title(enum presa_stato stato)
{
    return known(stato) ? stati[stato].title : "";
}

enum presa_stato presa_stato_parse(const char *name)
{
    for (int i = 0; name != NULL && i < STATI; i++)
        if (strcmp(stati[i].name, name) == 0)
            return (enum presa_stato)i;
    return STATI;
}

bool presa_stato_closed(enum presa_stato stato)
{
    return known(stato) && stati[stato].closed;
}

enum presa_stato cartella_stato(const enum presa_stato *all, size_t count)
{
    enum presa_stato best = STATI;
    for (size_t i = 0; i < count; i++)
        if (known(all[i]) && (best == STATI || stati[all[i]].rank > stati[best].rank))
            best = all[i];
    return best == STATI ? STATO_SEGNALATA : best;
}

/* ---- moves ------------------------------------------------------------------------------ */

const struct mossa mosse[] = {
    {STATO_SEGNALATA, STATO_ACCOLTA, "Accogli", false, true},
    {STATO_SEGNALATA, STATO_RIFIUTATA, "Rifiuta", true, false},
    {STATO_SEGNALATA, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_ACCOLTA, STATO_IN_VALUTAZIONE, "Avvia la valutazione", false, true},
    {STATO_ACCOLTA, STATO_SOSPESA, "Sospendi", true, false},
    {STATO_ACCOLTA, STATO_CONCLUSA, "Concludi", true, false},
    {STATO_ACCOLTA, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_IN_VALUTAZIONE, STATO_CON_PROGETTO, "Passa al progetto", false, true},
    {STATO_IN_VALUTAZIONE, STATO_SOSPESA, "Sospendi", true, false},
    {STATO_IN_VALUTAZIONE, STATO_CONCLUSA, "Concludi", true, false},
    {STATO_IN_VALUTAZIONE, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_CON_PROGETTO, STATO_IN_MONITORAGGIO, "Passa al monitoraggio", false, true},
    {STATO_CON_PROGETTO, STATO_IN_VALUTAZIONE, "Torna in valutazione", true, true},
    {STATO_CON_PROGETTO, STATO_SOSPESA, "Sospendi", true, false},
    {STATO_CON_PROGETTO, STATO_CONCLUSA, "Concludi", true, false},
    {STATO_CON_PROGETTO, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_IN_MONITORAGGIO, STATO_CON_PROGETTO, "Rivedi il progetto", true, true},
    {STATO_IN_MONITORAGGIO, STATO_IN_VALUTAZIONE, "Torna in valutazione", true, true},
    {STATO_IN_MONITORAGGIO, STATO_SOSPESA, "Sospendi", true, false},
    {STATO_IN_MONITORAGGIO, STATO_CONCLUSA, "Concludi", true, false},
    {STATO_IN_MONITORAGGIO, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_SOSPESA, STATO_ACCOLTA, "Riprendi", false, true},
    {STATO_SOSPESA, STATO_IN_VALUTAZIONE, "Riprendi la valutazione", false, true},
    {STATO_SOSPESA, STATO_CON_PROGETTO, "Riprendi il progetto", false, true},
    {STATO_SOSPESA, STATO_IN_MONITORAGGIO, "Riprendi il monitoraggio", false, true},
    {STATO_SOSPESA, STATO_CONCLUSA, "Concludi", true, false},
    {STATO_SOSPESA, STATO_TRASFERITA, "Trasferisci ad altro ente", true, false},
    {STATO_CONCLUSA, STATO_ACCOLTA, "Riapri", true, true},
    {STATO_RIFIUTATA, STATO_SEGNALATA, "Riesamina", true, false},
};
const size_t mosse_count = sizeof mosse / sizeof *mosse;

static const struct mossa *mossa_find(enum presa_stato from, enum presa_stato to)
{
    for (size_t i = 0; i < mosse_count; i++)
        if (mosse[i].da == from && mosse[i].a == to)
            return &mosse[i];
    return NULL;
}

enum mossa_fault mossa_check(const struct mossa_chiesta *asked)
{
    const struct mossa *move = mossa_find(asked->da, asked->a);
    if (move == NULL)
        return MOSSA_NON_PREVISTA;
    if (asked->da == STATO_SOSPESA && !presa_stato_closed(asked->a) &&
        asked->a != asked->sospesa_da)
        return MOSSA_RIPRESA;
    if (!day_known(asked->giorno) || day_cmp(asked->giorno, asked->oggi) > 0)
        return MOSSA_FUTURO;
    if (day_known(asked->ultima) && day_cmp(asked->giorno, asked->ultima) < 0)
        return MOSSA_PRIMA;
    if (move->responsabile && !asked->responsabile)
        return MOSSA_RESPONSABILE;
    if (move->motivo && (asked->motivo == NULL || asked->motivo[0] == '\0'))
        return MOSSA_MOTIVO;
    return MOSSA_OK;
}

/* ---- words ------------------------------------------------------------------------------ */

struct parola {
    const char *name;
    const char *title;
};
#define PAROLA(name, title) {name, title},
static const struct parola tipi_utente[] = {TIPI_UTENTE(PAROLA){NULL, NULL}};
static const struct parola diario_tipi[] = {DIARIO_TIPI(PAROLA){NULL, NULL}};

static const char *title_of(const struct parola *words, const char *name)
{
    for (; name != NULL && words->name != NULL; words++)
        if (strcmp(words->name, name) == 0)
            return words->title;
    return NULL;
}

const char *tipo_utente_title(const char *name)
{
    return title_of(tipi_utente, name);
}

const char *diario_tipo_title(const char *name)
{
    return title_of(diario_tipi, name);
}

/* ---- diary ------------------------------------------------------------------------------ */

static bool same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

enum diario_fault diario_check(const struct diario_nota *note, const struct diario_nota *before,
                               struct day today)
{
    if (note->testo == NULL || note->testo[0] == '\0')
        return DIARIO_VUOTO;
    if (diario_tipo_title(note->tipo) == NULL)
        return DIARIO_TIPO;
    if (!day_known(note->giorno) || day_cmp(note->giorno, today) > 0)
        return DIARIO_FUTURO;
    if (before != NULL && same(note->testo, before->testo) && same(note->tipo, before->tipo) &&
        same(note->presenti, before->presenti) && day_cmp(note->giorno, before->giorno) == 0 &&
        note->riserbo == before->riserbo)
        return DIARIO_UGUALE;
    return DIARIO_OK;
}
