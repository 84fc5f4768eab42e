#include "mod/scadenze/rules.h"

#include <string.h>

enum { TRENTA = 30, QUINDICI = 15, ANNI_MASSIMO = 5, MESI = 12 };

/* clang-format off */
const struct scadenza_tipo scadenza_tipi[] = {
    {"adi_primo", "ADI: primo incontro", "Firma del patto di attivazione digitale", 0, 120,
     "adi_incontro", "D.L. 48/2023, art. 4", false},
    {"adi_incontro", "ADI: incontro di aggiornamento", "Ultimo incontro", 0, 90, "adi_incontro",
     "D.L. 48/2023, art. 4", false},
    {"dimissione", "Dimissione protetta: attivazione", "Dimissione", 0, 3, "dimissione_verifica",
     "Linee guida regionali: 72 ore", false},
    {"dimissione_verifica", "Dimissione protetta: verifica", "Attivazione", 6, 0, NULL,
     "Linee guida regionali: sei mesi", false},
    {"progetto", "Verifica del progetto", "Ultima verifica, o avvio del progetto", 6, 0, "progetto",
     NULL, false},
    {"ricorso", "Ricorso: decisione", "Arrivo del ricorso", 0, 90, NULL,
     "D.P.R. 1199/1971, art. 6", false},
    {"risposta", "Risposta attesa da un altro ente", "Richiesta", 0, 30, NULL,
     "L. 241/1990, art. 2", false},
    {"libera", "Altra scadenza", NULL, 0, 0, NULL, NULL, false},
    {"isee", "ISEE in scadenza", NULL, 0, 0, NULL, "D.P.C.M. 159/2013, art. 10", true},
    {"prestazione", "Prestazione che finisce", NULL, 0, 0, NULL, NULL, true},
    {NULL, NULL, NULL, 0, 0, NULL, NULL, false},
};
/* clang-format on */

static const struct {
    const char *name, *title;
} luci[LUCI] = {
    [LUCE_LONTANA] = {"lontana", "Fra più di 30 giorni"},
    [LUCE_TRENTA] = {"trenta", "Entro 30 giorni"},
    [LUCE_QUINDICI] = {"quindici", "Entro 15 giorni"},
    [LUCE_SCADUTA] = {"scaduta", "Oggi o già passata"},
};

static const char *const azioni[PASSI] = {
    [PASSO_FATTA] = "fatta", [PASSO_RINVIATA] = "rinviata", [PASSO_ANNULLATA] = "annullata"};

const struct scadenza_tipo *scadenza_tipo_find(const char *codice)
{
    for (size_t i = 0; codice != NULL && scadenza_tipi[i].codice != NULL; i++)
        if (strcmp(scadenza_tipi[i].codice, codice) == 0)
            return &scadenza_tipi[i];
    return NULL;
}

struct day scadenza_due(const struct scadenza_tipo *tipo, struct day da)
{
    if (!day_known(da))
        return DAY_NONE;
    return day_add(tipo->mesi != 0 ? day_add_months(da, tipo->mesi) : da, tipo->giorni);
}

enum scadenza_luce scadenza_luce_at(struct day giorno, struct day oggi)
{
    int32_t left = giorno.n - oggi.n;
    if (left <= 0)
        return LUCE_SCADUTA;
    if (left <= QUINDICI)
        return LUCE_QUINDICI;
    return left <= TRENTA ? LUCE_TRENTA : LUCE_LONTANA;
}

const char *scadenza_luce_name(enum scadenza_luce luce)
{
    return luci[luce].name;
}

const char *scadenza_luce_title(enum scadenza_luce luce)
{
    return luci[luce].title;
}

enum scadenza_luce scadenza_luce_parse(const char *name)
{
    for (int i = 0; name != NULL && i < LUCI; i++)
        if (strcmp(luci[i].name, name) == 0)
            return (enum scadenza_luce)i;
    return LUCI;
}

void scadenza_luce_days(enum scadenza_luce luce, struct day oggi, struct day *dal, struct day *al)
{
    static const int after[LUCI] = {
        [LUCE_LONTANA] = TRENTA, [LUCE_TRENTA] = QUINDICI, [LUCE_QUINDICI] = 0};
    static const int until[LUCI] = {[LUCE_TRENTA] = TRENTA, [LUCE_QUINDICI] = QUINDICI};
    *dal = luce == LUCE_SCADUTA ? DAY_MIN : day_add(oggi, after[luce] + 1);
    *al = luce == LUCE_LONTANA ? DAY_MAX : day_add(oggi, until[luce]);
}

enum scadenza_fault scadenza_check(const char *codice, struct day da, struct day giorno,
                                   struct day oggi)
{
    const struct scadenza_tipo *tipo = scadenza_tipo_find(codice);
    if (tipo == NULL || tipo->altrove)
        return SCADENZA_TIPO;
    if (!day_known(tipo->da != NULL ? da : giorno))
        return SCADENZA_DA;
    if (tipo->da != NULL && day_cmp(da, oggi) > 0)
        return SCADENZA_FUTURO;
    struct day due = tipo->da != NULL ? scadenza_due(tipo, da) : giorno;
    if (day_cmp(due, day_add_months(oggi, MESI * ANNI_MASSIMO)) > 0 ||
        day_cmp(due, day_add_months(oggi, -MESI * ANNI_MASSIMO)) < 0)
        return SCADENZA_LONTANA;
    return SCADENZA_OK;
}

const char *scadenza_azione_name(enum scadenza_azione azione)
{
    return azioni[azione];
}

static enum scadenza_fault done_check(const struct scadenza_passo_chiesto *c)
{
    if (!day_known(c->nuovo) || day_cmp(c->nuovo, c->oggi) > 0)
        return SCADENZA_FUTURO;
    return day_known(c->da) && day_cmp(c->nuovo, c->da) < 0 ? SCADENZA_PRIMA : SCADENZA_OK;
}

enum scadenza_fault scadenza_passo_check(const struct scadenza_passo_chiesto *c)
{
    if (!c->aperta)
        return SCADENZA_CHIUSA;
    if (c->azione == PASSO_FATTA)
        return done_check(c);
    if (c->motivo == NULL || c->motivo[0] == '\0')
        return SCADENZA_MOTIVO;
    if (c->azione == PASSO_ANNULLATA)
        return SCADENZA_OK;
    if (!day_known(c->nuovo) || day_cmp(c->nuovo, c->giorno) <= 0 || day_cmp(c->nuovo, c->oggi) < 0)
        return SCADENZA_PRIMA;
    return day_cmp(c->nuovo, day_add_months(c->oggi, MESI * ANNI_MASSIMO)) > 0 ? SCADENZA_LONTANA
                                                                               : SCADENZA_OK;
}
