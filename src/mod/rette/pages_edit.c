/* The editor of a plan: every fault beside its field, everything typed kept. */
#include "mod/rette/pages.h"

#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"

#include <string.h>

/* ---- form ------------------------------------------------------------------------------- */

enum { RIGHE = FASCE_MAX, RIGHE_NUOVE = 6 }; /* bands of the form; rows of an empty one */

struct riga { /* texts: a percentage may be typed as "5" or "12,5 %" */
    struct money da;
    struct money a;
    struct money importo;
    const char *quota;
};

struct piano_modulo {
    const char *servizio, *variante, *nome, *unita, *atto, *tipo, *senza, *festivo;
    struct day dal, al;
    struct money isee_min, isee_max, retta_min, retta_max;
    struct money forfait, costo, importo_senza, importo_non_residenti, isee_tetto;
    bool isee_ordinario, isee_sociosanitario, isee_residenze, isee_minorenni, isee_corrente;
    bool bozza;
    int64_t versione;
    int64_t mostra;     /* rows of bands that the page has */
    const char *azione; /* a button of a row, or the one that adds: pages_fasce.c */
    struct riga righe[RIGHE];
};

static const struct web_choice unita[] = {
    {"ora", "Ora"}, {"giorno", "Giorno"}, {"mese", "Mese"}, {"pasto", "Pasto"}, {NULL, NULL}};
static const struct web_choice tipi[] = {{"fasce", "A fasce di ISEE"},
                                         {"lineare", "Lineare fra due ISEE"},
                                         {"forfait", "Un importo per tutti"},
                                         {NULL, NULL}};
static const struct web_choice senze[] = {
    {"massima", "La retta più alta"}, {"importo", "Un importo suo"}, {NULL, NULL}};

enum { EURO_MAX = 1000000000 }; /* cents: ten million euro */
#define EURO(member, label, help)                                                                  \
    {                                                                                              \
        FIELD(piano_modulo, member), label, INPUT_MONEY, false, 0, EURO_MAX, NULL, help            \
    }
#define CHECK(member, label)                                                                       \
    {                                                                                              \
        FIELD(piano_modulo, member), label, INPUT_CHECK, false, 0, 0, NULL, NULL                   \
    }
/* clang-format off */
#define RIGA(n) \
    {FIELD_AS(piano_modulo, righe[n - 1].da, "da_" #n), "Fascia " #n ", da", INPUT_MONEY, false, 0, EURO_MAX, NULL, NULL}, \
    {FIELD_AS(piano_modulo, righe[n - 1].a, "a_" #n), "Fascia " #n ", a", INPUT_MONEY, false, 0, EURO_MAX, NULL, NULL}, \
    {FIELD_AS(piano_modulo, righe[n - 1].importo, "importo_" #n), "Fascia " #n ", importo", INPUT_MONEY, false, 0, EURO_MAX, NULL, NULL}, \
    {FIELD_AS(piano_modulo, righe[n - 1].quota, "quota_" #n), "Fascia " #n ", percentuale", INPUT_TEXT, false, 0, 12, NULL, NULL}

static const struct web_field fields[] = {
    {FIELD(piano_modulo, servizio), "Servizio", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(piano_modulo, variante), "Variante", INPUT_TEXT, true, 1, 40, NULL, "Per esempio feriale; per la tariffa festiva basta la maggiorazione"},
    {FIELD(piano_modulo, nome), "Nome per chi legge", INPUT_TEXT, false, 0, 120, NULL, "Per esempio Assistenza domiciliare"},
    {FIELD(piano_modulo, unita), "Si paga per", INPUT_CHOICE, true, 0, 0, unita, NULL},
    {FIELD(piano_modulo, atto), "Atto che lo approva", INPUT_TEXT, false, 0, 200, NULL, "Organo, numero e data"},
    {FIELD(piano_modulo, tipo), "Calcolo", INPUT_CHOICE, true, 0, 0, tipi, NULL},
    {FIELD(piano_modulo, dal), "Vale dal", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(piano_modulo, al), "Vale fino al", INPUT_DAY, false, 0, 0, NULL, "Compreso; vuoto: fino a una nuova versione"},
    RIGA(1), RIGA(2), RIGA(3), RIGA(4), RIGA(5), RIGA(6), RIGA(7), RIGA(8),
    RIGA(9), RIGA(10), RIGA(11), RIGA(12), RIGA(13), RIGA(14), RIGA(15), RIGA(16),
    RIGA(17), RIGA(18), RIGA(19), RIGA(20), RIGA(21), RIGA(22), RIGA(23), RIGA(24),
    RIGA(25), RIGA(26), RIGA(27), RIGA(28), RIGA(29), RIGA(30), RIGA(31), RIGA(32),
    RIGA(33), RIGA(34), RIGA(35), RIGA(36), RIGA(37), RIGA(38), RIGA(39), RIGA(40),
    RIGA(41), RIGA(42), RIGA(43), RIGA(44), RIGA(45), RIGA(46), RIGA(47), RIGA(48),
    RIGA(49), RIGA(50), RIGA(51), RIGA(52), RIGA(53), RIGA(54), RIGA(55), RIGA(56),
    RIGA(57), RIGA(58), RIGA(59), RIGA(60), RIGA(61), RIGA(62), RIGA(63), RIGA(64),
    EURO(isee_min, "ISEE minimo", NULL), EURO(isee_max, "ISEE massimo", NULL),
    EURO(retta_min, "Retta minima", NULL), EURO(retta_max, "Retta massima", NULL),
    EURO(forfait, "Importo per tutti", "Solo per il calcolo a forfait"),
    EURO(costo, "Costo unitario", "Serve alle percentuali e oltre il tetto di ISEE"),
    {FIELD(piano_modulo, senza), "Chi non ha un ISEE valido paga", INPUT_CHOICE, true, 0, 0, senze, NULL},
    EURO(importo_senza, "Importo senza ISEE valido", NULL),
    EURO(importo_non_residenti, "Importo per chi non risiede nell’ambito", "Vuoto: come i residenti"),
    {FIELD(piano_modulo, festivo), "Maggiorazione festiva", INPUT_TEXT, false, 0, 12, NULL, "In percentuale: 5"},
    EURO(isee_tetto, "Tetto di ISEE", "Oltre, si paga il costo intero"),
    CHECK(isee_ordinario, "ISEE ordinario"), CHECK(isee_sociosanitario, "ISEE sociosanitario"),
    CHECK(isee_residenze, "ISEE sociosanitario residenze"),
    CHECK(isee_minorenni, "ISEE minorenni"), CHECK(isee_corrente, "ISEE corrente"),
    {FIELD(piano_modulo, bozza), "Salva anche se non è in ordine: resta una bozza", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(piano_modulo, versione), "Versione", INPUT_INT, false, 0, INT32_MAX, NULL, NULL},
    {FIELD(piano_modulo, mostra), "Fasce mostrate", INPUT_INT, false, 1, RIGHE, NULL, NULL},
    {FIELD(piano_modulo, azione), "Azione", INPUT_TEXT, false, 0, 20, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form piano_form = {"piano", fields, sizeof(struct piano_modulo), 0};

/* ---- plan to form and back -------------------------------------------------------------- */

static const char *percent_or_null(struct cx *cx, struct rate rate)
{
    return rate_ok(rate) ? percent_it(cx, rate) : NULL;
}

static void to_form(struct cx *cx, const struct piano *piano, struct piano_modulo *form)
{
    unsigned tipi_ammessi = piano->isee_ammessi;
    *form = (struct piano_modulo){
        .servizio = piano->servizio,
        .variante = piano->variante,
        .nome = piano->nome,
        .unita = piano->unita,
        .atto = piano->atto,
        .tipo = piano_tipo_name(piano->tipo),
        .senza = senze[piano->senza].value,
        .festivo = percent_or_null(cx, piano->festivo),
        .dal = piano->validita.from,
        .al =
            day_cmp(piano->validita.to, DAY_MAX) >= 0 ? DAY_NONE : day_add(piano->validita.to, -1),
        .isee_min = piano->isee_min,
        .isee_max = piano->isee_max,
        .retta_min = piano->retta_min,
        .retta_max = piano->retta_max,
        .forfait = piano->forfait,
        .costo = piano->costo,
        .importo_senza = piano->importo_senza,
        .importo_non_residenti = piano->importo_non_residenti,
        .isee_tetto = piano->isee_tetto,
        .isee_ordinario = (tipi_ammessi & ISEE_BIT(ISEE_ORDINARIO)) != 0,
        .isee_sociosanitario = (tipi_ammessi & ISEE_BIT(ISEE_SOCIOSANITARIO)) != 0,
        .isee_residenze = (tipi_ammessi & ISEE_BIT(ISEE_RESIDENZE)) != 0,
        .isee_minorenni = (tipi_ammessi & ISEE_BIT(ISEE_MINORENNI)) != 0,
        .isee_corrente = (tipi_ammessi & ISEE_BIT(ISEE_CORRENTE)) != 0,
    };
    form->mostra = piano->fasce_count > 0 ? (int64_t)piano->fasce_count : RIGHE_NUOVE;
    for (size_t i = 0; i < RIGHE; i++) {
        bool there = i < piano->fasce_count;
        const struct fascia *fascia = there ? &piano->fasce[i] : NULL;
        form->righe[i] =
            (struct riga){there ? fascia->da : MONEY_INVALID, there ? fascia->a : MONEY_INVALID,
                          there ? fascia->importo : MONEY_INVALID,
                          there ? percent_or_null(cx, fascia->quota) : NULL};
    }
}

/* "5", "12,5 %" typed beside `field`; den 0 when nothing was. */
static struct rate percent_of(struct cx *cx, struct web_req *req, const char *field,
                              const char *text)
{
    struct rate rate = RATE(0, 0);
    if (text == NULL || *text == '\0')
        return rate;
    const char *number = arena_strndup(cx->arena, text, strcspn(text, "% "));
    if (!rate_parse(arena_printf(cx->arena, "%s %%", number), &rate)) {
        web_fault(req, field, "%s", message("rette.percentuale"));
        return RATE(0, 0);
    }
    return rate;
}

static unsigned kinds_of(const struct piano_modulo *form)
{
    return (form->isee_ordinario ? ISEE_BIT(ISEE_ORDINARIO) : 0) |
           (form->isee_sociosanitario ? ISEE_BIT(ISEE_SOCIOSANITARIO) : 0) |
           (form->isee_residenze ? ISEE_BIT(ISEE_RESIDENZE) : 0) |
           (form->isee_minorenni ? ISEE_BIT(ISEE_MINORENNI) : 0) |
           (form->isee_corrente ? ISEE_BIT(ISEE_CORRENTE) : 0);
}

/* Rows with nothing in them are no bands, also in the middle. `place` tells the row of each. */
static void fasce_of(struct cx *cx, struct web_req *req, const struct piano_modulo *form,
                     struct piano *piano, size_t place[static RIGHE])
{
    struct fascia *fasce = ARENA_NEWS(cx->arena, struct fascia, RIGHE);
    piano->fasce = fasce;
    for (size_t i = 0; i < RIGHE; i++) {
        const struct riga *riga = &form->righe[i];
        bool share = riga->quota != NULL && *riga->quota != '\0';
        if (!money_ok(riga->da) && !money_ok(riga->a) && !money_ok(riga->importo) && !share)
            continue;
        const char *field = arena_printf(cx->arena, "quota_%zu", i + 1);
        place[piano->fasce_count] = i;
        fasce[piano->fasce_count++] = (struct fascia){riga->da, riga->a, riga->importo,
                                                      percent_of(cx, req, field, riga->quota)};
    }
}

static void of_form(struct cx *cx, struct web_req *req, const struct piano_modulo *form,
                    struct piano *piano, size_t place[static RIGHE])
{
    struct id id = piano->id;
    piano_blank(piano);
    piano->id = id;
    piano->servizio = form->servizio;
    piano->variante = form->variante;
    piano->nome = form->nome;
    piano->unita = form->unita;
    piano->atto = form->atto;
    piano->tipo = piano_tipo_parse(form->tipo);
    piano->senza = strcmp(form->senza, "importo") == 0 ? SENZA_IMPORTO : SENZA_MASSIMA;
    piano->festivo = percent_of(cx, req, "festivo", form->festivo);
    piano->validita.from = form->dal;
    if (day_known(form->al))
        piano->validita.to = day_add(form->al, 1);
    piano->isee_min = form->isee_min;
    piano->isee_max = form->isee_max;
    piano->retta_min = form->retta_min;
    piano->retta_max = form->retta_max;
    piano->forfait = form->forfait;
    piano->costo = form->costo;
    piano->importo_senza = form->importo_senza;
    piano->importo_non_residenti = form->importo_non_residenti;
    piano->isee_tetto = form->isee_tetto;
    piano->isee_ammessi = kinds_of(form);
    fasce_of(cx, req, form, piano, place);
}

/* ---- pages ------------------------------------------------------------------------------ */

static bool editor(struct cx *cx, struct web_req *req, struct web_res *res, const char *title,
                   const struct piano_modulo *values, const char *action, int64_t versione)
{
    const struct web_choice *services;
    struct list list;
    if (!servizio_list(cx, &list))
        return false;
    struct web_choice *made = ARENA_NEWS(cx->arena, struct web_choice, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct servizio *servizio = LIST_ITEM(&list, struct servizio, i);
        made[i] = (struct web_choice){
            servizio->codice, arena_printf(cx->arena, "%s – %s", servizio->codice, servizio->nome)};
    }
    services = made;
    struct tv *page = web_page(res, "rette/modulo", title);
    web_crumb(res, "/rette", "Rette");
    web_crumb(res, NULL, title);
    web_choices(req, "servizio", services);
    tv_text(page, "percorso", action);
    tv_text(page, "annulla", "/rette");
    tv_printf(page, "versione", "%lld", (long long)versione);
    if (*web_typed(req, "azione") != '\0') {
        fasce_change(cx, req, web_typed(req, "azione"));
        web_faults_drop(req);
    }
    web_form_show(req, page, "form", &piano_form, values);
    fasce_show(req, page, values->mostra);
    return true;
}

bool piano_nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct piano piano;
    struct piano_modulo values;
    piano_blank(&piano);
    piano.tipo = PIANO_FASCE;
    to_form(cx, &piano, &values);
    values.dal = DAY_NONE;
    return editor(cx, req, res, "Piano nuovo", &values, "/rette/nuovo", 0);
}

bool piano_copia_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct piano_salvato salvato;
    struct piano_modulo values;
    if (!store_piano_load(cx, web_id(req), &salvato))
        return false;
    to_form(cx, &salvato.piano, &values);
    values.dal = values.al = DAY_NONE;
    values.atto = NULL;
    return editor(cx, req, res,
                  arena_printf(cx->arena, "Nuova versione: %s", piano_title(cx, &salvato.piano)),
                  &values, "/rette/nuovo", 0);
}

bool piano_modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct piano_salvato salvato;
    struct piano_modulo values;
    if (!store_piano_load(cx, web_id(req), &salvato))
        return false;
    if (salvato.stato == STATO_VIGENTE)
        return FAIL(cx, ERR_INPUT, "%s", message("rette.vigente_immutabile"));
    to_form(cx, &salvato.piano, &values);
    return editor(cx, req, res,
                  arena_printf(cx->arena, "Modifica: %s", piano_title(cx, &salvato.piano)), &values,
                  piano_href(cx, salvato.piano.id, "/modifica"), salvato.versione);
}

/* The rule speaks of band 3; the form has it in its n-th row. */
static const char *field_of(struct cx *cx, const char *field, const size_t place[static RIGHE])
{
    static const char band[] = "fascia_";
    size_t nr = 0;
    if (strncmp(field, band, strlen(band)) != 0)
        return strcmp(field, "isee_ammessi") == 0 ? "isee_ordinario" : field;
    for (const char *p = field + strlen(band); *p >= '0' && *p <= '9'; p++)
        nr = nr * 10 + (size_t)(*p - '0');
    return arena_printf(cx->arena, "da_%zu", nr > 0 && nr <= RIGHE ? place[nr - 1] + 1 : 1);
}

static bool save(struct cx *cx, struct web_req *req, struct web_res *res,
                 struct piano_salvato *salvato)
{
    const struct piano_modulo *form = web_form(req);
    struct rette_faults faults = {.arena = cx->arena};
    size_t place[RIGHE] = {0};
    if (form->azione != NULL) { /* nothing is saved: the page is shown again, a row more or less */
        web_fault(req, NULL, "%s", message("rette.fasce_cambiate"));
        return false;
    }
    of_form(cx, req, form, &salvato->piano, place);
    if (web_faulty(req))
        return false;
    if (!piano_save(cx, salvato, form->bozza, &faults))
        return false;
    for (size_t i = 0; i < faults.count; i++)
        web_fault(req, field_of(cx, faults.items[i].field, place), "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_audit_object(req, "piano", salvato->piano.id);
    web_notice(req, "%s", message(salvato->stato == STATO_BOZZA ? "rette.bozza" : "rette.salvato"));
    web_redirect(res, "%s", piano_href(cx, salvato->piano.id, ""));
    return true;
}

bool piano_nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct piano_salvato salvato = {.piano = {.id = ID_NONE}};
    return save(cx, req, res, &salvato);
}

bool piano_modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct piano_modulo *form = web_form(req);
    struct piano_salvato salvato;
    if (!store_piano_load(cx, web_id(req), &salvato))
        return false;
    if (form->versione != salvato.versione || salvato.stato == STATO_VIGENTE) {
        web_fault(req, NULL, "%s", message("rette.versione"));
        return false;
    }
    return save(cx, req, res, &salvato);
}
