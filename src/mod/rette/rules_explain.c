/* A fee in words: each line says one thing, with the numbers that led to it. */
#include "mod/rette/rules.h"

#include <string.h>

static const struct {
    const char *unita, *each;
} units[] = {
    {"ora", "all’ora"}, {"giorno", "al giorno"}, {"mese", "al mese"}, {"pasto", "a pasto"}};

const char *unita_each(const char *unita)
{
    for (size_t i = 0; unita != NULL && i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].unita, unita) == 0)
            return units[i].each;
    return "";
}

const char *fascia_words(struct arena *arena, const struct fascia *fascia)
{
    char from[MONEY_TEXT], to[MONEY_TEXT];
    if (money_ok(fascia->a))
        return arena_printf(arena, "da %s a %s euro", money_it(fascia->da, from),
                            money_it(fascia->a, to));
    if (fascia->da.cents <= 0)
        return "qualunque ISEE";
    return arena_printf(arena, "oltre %s euro", money_it(money_sub(fascia->da, MONEY(1)), from));
}

const char *variante_words(struct arena *arena, const char *variante)
{
    char *words = arena_strdup(arena, variante);
    for (char *p = words; *p != '\0'; p++)
        *p = *p == '_' ? ' ' : *p;
    return words;
}

const char *piano_words(struct arena *arena, const char *servizio, const char *nome,
                        const char *variante)
{
    return arena_printf(arena, "%s, %s", nome != NULL ? nome : servizio,
                        variante_words(arena, variante));
}

/* "5", "12,5": a share as a percentage, to the hundredth where it does not end. */
static const char *percent(struct arena *arena, struct rate rate)
{
    char text[MONEY_TEXT];
    struct money hundredths = money_share(MONEY(10000), rate, STEP_CENT);
    money_it(hundredths, text);
    size_t size = strlen(text);
    while (size > 0 && text[size - 1] == '0' && strchr(text, ',') != NULL)
        size--;
    if (size > 0 && text[size - 1] == ',')
        size--;
    return arena_strndup(arena, text, size);
}

static void say(struct retta *retta, const char *line)
{
    if (retta->righe < RETTA_RIGHE)
        retta->spiegazione[retta->righe++] = line;
}

static void say_piano(struct arena *arena, const struct piano *piano, struct retta *retta)
{
    char from[DAY_TEXT];
    say(retta, arena_printf(arena, "%s: piano in vigore dal %s (%s).",
                            piano_words(arena, piano->servizio, piano->nome, piano->variante),
                            day_it(piano->validita.from, from), piano->atto));
}

static const char *isee_words(struct arena *arena, const struct isee *isee)
{
    char value[MONEY_TEXT];
    if (isee->protocollo == NULL || *isee->protocollo == '\0')
        return arena_printf(arena, "%s di %s euro", isee_tipo_title(isee->tipo),
                            money_it(isee->valore, value));
    return arena_printf(arena, "%s di %s euro (protocollo %s)", isee_tipo_title(isee->tipo),
                        money_it(isee->valore, value), isee->protocollo);
}

static void say_isee(struct arena *arena, const struct piano *piano, struct retta *retta)
{
    char day[DAY_TEXT];
    const struct isee *isee = retta->isee;
    switch (retta->uso) {
    case RETTA_ISEE_NON_SERVE:
        return;
    case RETTA_ISEE_ASSENTE:
        say(retta, "Non risulta un ISEE valido in quel giorno.");
        return;
    case RETTA_ISEE_USATO:
        say(retta, arena_printf(arena, "%s, valido fino al %s.", isee_words(arena, isee),
                                day_it(isee->scadenza, day)));
        return;
    case RETTA_ISEE_FUTURO:
        say(retta, arena_printf(arena, "%s non conta: la DSU è del %s, dopo quel giorno.",
                                isee_words(arena, isee), day_it(isee->sottoscritta, day)));
        return;
    case RETTA_ISEE_SCADUTO:
        say(retta, arena_printf(arena, "%s non conta: è scaduto il %s.", isee_words(arena, isee),
                                day_it(isee->scadenza, day)));
        return;
    case RETTA_ISEE_NON_AMMESSO:
        say(retta,
            arena_printf(arena, "%s non conta: il servizio accetta %s.", isee_words(arena, isee),
                         isee_tipi_words(arena, piano->isee_ammessi)));
        return;
    }
}

static const char *fascia_line(struct arena *arena, const struct piano *piano,
                               const struct retta *retta)
{
    char amount[MONEY_TEXT], cost[MONEY_TEXT];
    const struct fascia *fascia = &piano->fasce[retta->fascia];
    money_it(retta->base, amount);
    const char *words = fascia_words(arena, fascia);
    const char *each = unita_each(piano->unita);
    if (money_ok(fascia->importo))
        return arena_printf(arena, "Fascia %d, ISEE %s: %s euro %s.", retta->fascia + 1, words,
                            amount, each);
    return arena_printf(arena, "Fascia %d, ISEE %s: %s %% del costo di %s euro = %s euro %s.",
                        retta->fascia + 1, words, percent(arena, fascia->quota),
                        money_it(piano->costo, cost), amount, each);
}

static const char *line_line(struct arena *arena, const struct piano *piano,
                             const struct retta *retta)
{
    char isee[MONEY_TEXT], from[MONEY_TEXT], to[MONEY_TEXT];
    char least[MONEY_TEXT], most[MONEY_TEXT], amount[MONEY_TEXT];
    money_it(piano->isee_min, from);
    money_it(piano->isee_max, to);
    money_it(piano->retta_min, least);
    money_it(piano->retta_max, most);
    return arena_printf(arena,
                        "Formula lineare: %s + (%s − %s) × (%s − %s) ÷ (%s − %s) = %s euro %s.",
                        least, money_it(retta->isee->valore, isee), from, most, least, to, from,
                        money_it(retta->base, amount), unita_each(piano->unita));
}

static const char *base_line(struct arena *arena, const struct piano *piano,
                             const struct retta *retta)
{
    char amount[MONEY_TEXT], limit[MONEY_TEXT];
    const char *each = unita_each(piano->unita);
    money_it(retta->base, amount);
    switch (retta->da) {
    case BASE_FASCIA:
        return fascia_line(arena, piano, retta);
    case BASE_LINEARE:
        return line_line(arena, piano, retta);
    case BASE_LINEARE_MINIMA:
        return arena_printf(arena, "Fino a un ISEE di %s euro la retta è la minima: %s euro %s.",
                            money_it(piano->isee_min, limit), amount, each);
    case BASE_LINEARE_MASSIMA:
        return arena_printf(arena, "Da un ISEE di %s euro la retta è la massima: %s euro %s.",
                            money_it(piano->isee_max, limit), amount, each);
    case BASE_FORFAIT:
        return arena_printf(arena, "Importo uguale per tutti: %s euro %s.", amount, each);
    case BASE_NON_RESIDENTE:
        return arena_printf(arena, "Per chi non risiede nell’ambito: %s euro %s.", amount, each);
    case BASE_SENZA_IMPORTO:
        return arena_printf(arena, "Senza ISEE valido: %s euro %s.", amount, each);
    case BASE_SENZA_MASSIMA:
        return arena_printf(arena, "Senza ISEE valido si paga la retta più alta: %s euro %s.",
                            amount, each);
    case BASE_TETTO:
        return arena_printf(arena,
                            "L’ISEE supera il tetto di %s euro: si paga il costo intero, %s euro "
                            "%s.",
                            money_it(piano->isee_tetto, limit), amount, each);
    }
    return "";
}

static void say_refusal(struct arena *arena, const struct piano *piano, struct retta *retta)
{
    char from[DAY_TEXT];
    switch (retta->esito) {
    case RETTA_DOVUTA:
        return;
    case RETTA_FUORI_PERIODO:
        say(retta, arena_printf(arena, "Il piano che vale dal %s non è in vigore in quel giorno.",
                                day_it(piano->validita.from, from)));
        return;
    case RETTA_NON_FESTIVA:
        say(retta, "Il piano non prevede una tariffa festiva.");
        return;
    case RETTA_INCALCOLABILE:
        say(retta, "Il piano non permette di calcolare la retta: va verificato.");
        return;
    }
}

void retta_explain(struct arena *arena, const struct piano *piano, struct retta *retta)
{
    char before[MONEY_TEXT], amount[MONEY_TEXT];
    retta->righe = 0;
    if (retta->esito != RETTA_DOVUTA) {
        say_refusal(arena, piano, retta);
        return;
    }
    const char *each = unita_each(piano->unita);
    money_it(retta->importo, amount);
    say_piano(arena, piano, retta);
    say_isee(arena, piano, retta);
    say(retta, base_line(arena, piano, retta));
    if (retta->festivo)
        say(retta, arena_printf(arena, "Giorno festivo: %s + %s %% = %s euro %s.",
                                money_it(retta->base, before), percent(arena, piano->festivo),
                                amount, each));
    say(retta, arena_printf(arena, "Retta dovuta: %s euro %s.", amount, each));
}

const char *retta_text(struct arena *arena, const struct retta *retta)
{
    const char *text = "";
    for (size_t i = 0; i < retta->righe; i++)
        text = arena_printf(arena, "%s%s%s", text, i == 0 ? "" : " ", retta->spiegazione[i]);
    return text;
}
