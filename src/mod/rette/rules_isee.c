/* The attestation: its kinds, how long it is valid, which of several is the one to use. */
#include "mod/rette/rules.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *title;
    int rank; /* which goes before the others, all being valid */
} kinds[ISEE_TIPI] = {
    [ISEE_ORDINARIO] = {"ordinario", "ISEE ordinario", 0},
    [ISEE_SOCIOSANITARIO] = {"sociosanitario", "ISEE sociosanitario", 1},
    [ISEE_RESIDENZE] = {"residenze", "ISEE sociosanitario residenze", 1},
    [ISEE_MINORENNI] = {"minorenni", "ISEE minorenni", 1},
    [ISEE_CORRENTE] = {"corrente", "ISEE corrente", 2},
};

const char *isee_tipo_name(enum isee_tipo tipo)
{
    return tipo < ISEE_TIPI ? kinds[tipo].name : "";
}

const char *isee_tipo_title(enum isee_tipo tipo)
{
    return tipo < ISEE_TIPI ? kinds[tipo].title : "";
}

enum isee_tipo isee_tipo_parse(const char *name)
{
    enum isee_tipo tipo = 0;
    while (tipo < ISEE_TIPI && (name == NULL || strcmp(kinds[tipo].name, name) != 0))
        tipo++;
    return tipo;
}

bool isee_tipi_parse(const char *names, unsigned *tipi)
{
    *tipi = 0;
    for (int words = 0; words < ISEE_TIPI; words++) {
        size_t size = strcspn(names, ",");
        char name[24];
        if (size == 0 || size >= sizeof name)
            return false;
        memcpy(name, names, size);
        name[size] = '\0';
        enum isee_tipo tipo = isee_tipo_parse(name);
        if (tipo == ISEE_TIPI)
            return false;
        *tipi |= ISEE_BIT(tipo);
        if (names[size] == '\0')
            return true;
        names += size + 1;
    }
    return false;
}

static const char *tipi_joined(struct arena *arena, unsigned tipi, const char *between)
{
    const char *names = "";
    for (enum isee_tipo tipo = 0; tipo < ISEE_TIPI; tipo++)
        if (tipi & ISEE_BIT(tipo))
            names = arena_printf(arena, "%s%s%s", names, *names == '\0' ? "" : between,
                                 kinds[tipo].name);
    return names;
}

const char *isee_tipi_names(struct arena *arena, unsigned tipi)
{
    return tipi_joined(arena, tipi, ",");
}

const char *isee_tipi_words(struct arena *arena, unsigned tipi)
{
    return tipi_joined(arena, tipi, ", ");
}

struct day isee_expiry(enum isee_tipo tipo, struct day sottoscritta)
{
    enum { CORRENTE_MONTHS = 6 };
    if (!day_known(sottoscritta))
        return DAY_NONE;
    if (tipo == ISEE_CORRENTE)
        return day_add(day_add_months(sottoscritta, CORRENTE_MONTHS), -1);
    return day_of(day_civil(sottoscritta).year, 12, 31);
}

bool isee_valid(const struct isee *isee, struct day giorno)
{
    return day_cmp(giorno, isee->sottoscritta) >= 0 && day_cmp(giorno, isee->scadenza) <= 0;
}

static bool isee_before(const struct isee *a, const struct isee *b)
{
    if (kinds[a->tipo].rank != kinds[b->tipo].rank)
        return kinds[a->tipo].rank > kinds[b->tipo].rank;
    int order = day_cmp(a->sottoscritta, b->sottoscritta);
    return order != 0 ? order > 0 : a->id.n > b->id.n;
}

const struct isee *isee_choose(const struct isee *list, size_t count, unsigned tipi,
                               struct day giorno)
{
    const struct isee *chosen = NULL;
    for (size_t i = 0; i < count; i++) {
        if ((ISEE_BIT(list[i].tipo) & tipi) == 0 || !isee_valid(&list[i], giorno))
            continue;
        if (chosen == NULL || isee_before(&list[i], chosen))
            chosen = &list[i];
    }
    return chosen;
}

void isee_check(const struct isee *isee, struct day today, struct rette_faults *faults)
{
    enum { PROTOCOLLO_MAX = 60, MILLION_CENTS = 100 * 1000 * 1000 };
    if (isee->tipo >= ISEE_TIPI)
        rette_fault(faults, "tipo", "scegliere il tipo di ISEE");
    if (!money_ok(isee->valore) || isee->valore.cents < 0)
        rette_fault(faults, "valore", "indicare il valore, zero compreso");
    else if (isee->valore.cents > MILLION_CENTS)
        rette_fault(faults, "valore", "un ISEE di oltre un milione di euro va verificato");
    if (isee->protocollo == NULL || strlen(isee->protocollo) > PROTOCOLLO_MAX)
        rette_fault(faults, "protocollo", "indicare il protocollo INPS della DSU");
    if (!day_known(isee->sottoscritta))
        rette_fault(faults, "sottoscritta", "indicare il giorno di sottoscrizione della DSU");
    else if (day_cmp(isee->sottoscritta, today) > 0)
        rette_fault(faults, "sottoscritta", "la DSU non può essere sottoscritta nel futuro");
    else if (!day_known(isee->scadenza) || day_cmp(isee->scadenza, isee->sottoscritta) < 0)
        rette_fault(faults, "scadenza", "la scadenza viene prima della sottoscrizione");
    else if (day_cmp(isee->scadenza, isee_expiry(ISEE_ORDINARIO, isee->sottoscritta)) > 0 &&
             isee->tipo != ISEE_CORRENTE)
        rette_fault(faults, "scadenza", "un %s vale fino al 31 dicembre dell’anno della DSU",
                    isee_tipo_title(isee->tipo));
}
