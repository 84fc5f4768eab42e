/* Rules of a plan as rows: names, what is wrong with one, what it says; and the special periods. */
#include "mod/fatturazione/rules.h"

#include <string.h>

static const char *const tipo_names[REGOLA_TIPI] = {"assenza",  "assenza_lunga", "assenza_mese",
                                                    "chiusura", "periodo",       "comune"};
static const char *const base_names[REGOLA_BASI] = {"retta", "costo"};

const char *regola_tipo_name(enum regola_tipo tipo)
{
    return tipo < REGOLA_TIPI ? tipo_names[tipo] : "";
}

enum regola_tipo regola_tipo_parse(const char *name)
{
    int at = 0;
    while (at < REGOLA_TIPI && strcmp(tipo_names[at], name) != 0)
        at++;
    return (enum regola_tipo)at;
}

const char *regola_base_name(enum regola_base base)
{
    return base < REGOLA_BASI ? base_names[base] : "";
}

enum regola_base regola_base_parse(const char *name)
{
    int at = 0;
    while (at < REGOLA_BASI && strcmp(base_names[at], name) != 0)
        at++;
    return (enum regola_base)at;
}

/* ---- check --------------------------------------------------------------------------------- */

/* What each kind must state, and what it may. */
enum {
    VUOLE_DA = 1,
    VUOLE_IMPORTO = 2,
    VUOLE_QUOTA = 4,
    VUOLE_NOME = 8,
    HA_A = 16,
    HA_GIORNI = 32,
    HA_IMPORTO = 64
};
static const unsigned wants[REGOLA_TIPI] = {
    [REGOLA_ASSENZA] = VUOLE_DA | VUOLE_IMPORTO | HA_A,
    [REGOLA_ASSENZA_LUNGA] = VUOLE_DA | VUOLE_QUOTA,
    [REGOLA_ASSENZA_MESE] = VUOLE_QUOTA,
    [REGOLA_CHIUSURA] = VUOLE_QUOTA,
    [REGOLA_PERIODO] = VUOLE_NOME | HA_GIORNI | HA_IMPORTO,
    [REGOLA_COMUNE] = VUOLE_QUOTA,
};

struct test {
    bool wrong;
    const char *campo, *testo;
};

const char *regola_check(const struct regola *regola, const char **campo)
{
    unsigned want = regola->tipo < REGOLA_TIPI ? wants[regola->tipo] : 0;
    bool da = regola->da != INT_NONE, a = regola->a != INT_NONE;
    bool importo = money_ok(regola->importo), quota = rate_ok(regola->quota);
    bool fuori = money_ok(regola->non_residenti);
    const struct test tests[] = {
        {regola->tipo >= REGOLA_TIPI, "regola", "non è una regola conosciuta"},
        {regola->base >= REGOLA_BASI, "base", "si scrive retta o costo"},
        {(want & VUOLE_DA) != 0 && (!da || regola->da < 1), "da", "serve il giorno, da 1 in su"},
        {(want & VUOLE_DA) == 0 && da, "da", "questa regola non ha giorni di assenza"},
        {a && ((want & HA_A) == 0 || regola->a < regola->da), "a", "non va con «da»"},
        {(want & VUOLE_IMPORTO) != 0 && !importo, "importo", "serve un importo"},
        {importo && regola->importo.cents < 0, "importo", "non può essere negativo"},
        {importo && (want & (VUOLE_IMPORTO | HA_IMPORTO)) == 0, "importo",
         "questa regola ha una quota, non un importo"},
        {fuori && ((want & HA_IMPORTO) == 0 || !importo || regola->non_residenti.cents < 0),
         "non_residenti", "va accanto all’importo di un periodo"},
        {(want & VUOLE_QUOTA) != 0 && !quota, "quota", "serve una quota: 25 % oppure 12/235"},
        {quota && (want & VUOLE_QUOTA) == 0, "quota", "questa regola non ha una quota"},
        {quota && (regola->quota.num < 0 || rate_cmp(regola->quota, RATE_ONE) > 0), "quota",
         "va da 0 al 100 %"},
        {(want & VUOLE_NOME) != 0 && (regola->nome == NULL || *regola->nome == '\0'), "nome",
         "serve il nome del periodo"},
        {regola->giorni != INT_NONE && ((want & HA_GIORNI) == 0 || regola->giorni < 1), "giorni",
         "serve un numero di giorni, e solo per un periodo"},
        {regola->proroghe != INT_NONE &&
             (regola->giorni == INT_NONE || regola->proroghe < 0 || regola->proroghe > 1),
         "proroghe", "si scrive 0 o 1, accanto ai giorni"},
        {day_cmp(regola->validita.to, regola->validita.from) <= 0, "al", "finisce prima di dal"},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (tests[i].wrong) {
            *campo = tests[i].campo;
            return tests[i].testo;
        }
    return NULL;
}

/* ---- words --------------------------------------------------------------------------------- */

static const char *quota_text(struct arena *arena, struct rate quota)
{
    char text[RATE_TEXT];
    struct rate hundred = rate_mul(quota, RATE(100, 1));
    if (hundred.den == 1)
        return arena_printf(arena, "%lld %%", (long long)hundred.num);
    return arena_strdup(arena, rate_machine(quota, text));
}

static const char *periodo_text(struct arena *arena, const struct regola *r)
{
    char text[MONEY_TEXT];
    const char *words = arena_printf(arena, "Periodo «%s»: %s", periodo_words(arena, r->nome),
                                     !money_ok(r->importo)   ? "si paga la retta ordinaria"
                                     : r->importo.cents == 0 ? "gratuito"
                                                             : money_it(r->importo, text));
    if (money_ok(r->non_residenti))
        words = arena_printf(arena, "%s (%s per chi non risiede nell’ambito)", words,
                             money_it(r->non_residenti, text));
    if (r->giorni != INT_NONE)
        words = arena_printf(arena, "%s; al massimo %lld giorni%s", words, (long long)r->giorni,
                             r->proroghe > 0 ? ", prorogabili una volta" : "");
    return words;
}

static const char *assenza_text(struct arena *arena, const struct regola *r)
{
    char text[MONEY_TEXT];
    if (r->a == INT_NONE)
        return arena_printf(arena, "Dal %lld° giorno di assenza: %s euro al giorno in meno",
                            (long long)r->da, money_it(r->importo, text));
    return arena_printf(arena, "Dal %lld° al %lld° giorno di assenza: %s euro al giorno in meno",
                        (long long)r->da, (long long)r->a, money_it(r->importo, text));
}

const char *regola_words(struct arena *arena, const struct regola *r)
{
    const char *quota = rate_ok(r->quota) ? quota_text(arena, r->quota) : "";
    const char *su = r->base == SU_COSTO ? "sul costo, diviso con la famiglia" : "sulla retta";
    switch (r->tipo) {
    case REGOLA_ASSENZA:
        return arena_printf(arena, "%s, %s", assenza_text(arena, r), su);
    case REGOLA_ASSENZA_LUNGA:
        return arena_printf(arena,
                            "Più di %lld giorni di servizio di assenza di fila: %s del "
                            "mese in meno, %s",
                            (long long)r->da, quota, su);
    case REGOLA_ASSENZA_MESE:
        return arena_printf(arena, "Mese intero di assenza annunciato prima: %s in meno, %s", quota,
                            su);
    case REGOLA_CHIUSURA:
        return arena_printf(arena, "Giorno di chiusura: %s del mese in meno, %s", quota, su);
    case REGOLA_PERIODO:
        return periodo_text(arena, r);
    case REGOLA_COMUNE:
        return arena_printf(arena, "Di quanto la retta non copre, il comune paga il %s", quota);
    case REGOLA_TIPI:
        break;
    }
    return "";
}

/* ---- periods ------------------------------------------------------------------------------- */

struct day periodo_end(const struct periodo *periodo)
{
    if (day_known(periodo->proroga))
        return periodo->proroga;
    return day_known(periodo->al) ? periodo->al : DAY_MAX;
}

const char *periodo_words(struct arena *arena, const char *nome)
{
    char *words = arena_strdup(arena, nome);
    for (char *c = words; *c != '\0'; c++)
        if (*c == '_')
            *c = ' ';
    return words;
}

const char *periodo_check(struct arena *arena, const struct periodo *periodo,
                          const struct regola *regola, const char **campo)
{
    bool outside = strcmp(periodo->nome, PERIODO_FUORI) == 0;
    bool extended = day_known(periodo->proroga), closed = day_known(periodo->al);
    int64_t most = regola != NULL && regola->giorni != INT_NONE ? regola->giorni : INT32_MAX;
    bool may = regola != NULL && regola->proroghe > 0;
    const struct test tests[] = {
        {!outside && regola == NULL, "nome", "questo servizio non ha periodi di questo tipo"},
        {!day_known(periodo->dal), "dal", "serve il primo giorno"},
        {!closed && !outside, "al", "serve l’ultimo giorno"},
        {closed && day_cmp(periodo->al, periodo->dal) < 0, "al", "finisce prima di cominciare"},
        {closed && (int64_t)periodo->al.n - periodo->dal.n >= most, "al",
         arena_printf(arena, "dura al massimo %lld giorni", (long long)most)},
        {extended && !may, "proroga", "non si può prorogare"},
        {extended && (!closed || day_cmp(periodo->proroga, periodo->al) <= 0), "proroga",
         "va oltre l’ultimo giorno"},
        {extended && closed && (int64_t)periodo->proroga.n - periodo->al.n > most, "proroga",
         arena_printf(arena, "si proroga una volta, di al massimo %lld giorni", (long long)most)},
    };
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        if (tests[i].wrong) {
            *campo = tests[i].campo;
            return tests[i].testo;
        }
    return NULL;
}
