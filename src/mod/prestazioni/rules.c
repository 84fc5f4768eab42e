#include "rules.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- units ------------------------------------------------------------------------------- */

enum { MINUTI_GIORNO = 24 * 60, MINUTI_ORA = 60, CELLA_MAX = 9, SETTIMANA = 7 };

static const struct {
    const char *name, *uno, *molti;
} unita_words[UNITE] = {
    [UNITA_ORA] = {"ora", "ora", "ore"},
    [UNITA_GIORNO] = {"giorno", "giorno", "giorni"},
    [UNITA_PASTO] = {"pasto", "pasto", "pasti"},
    [UNITA_MESE] = {"mese", "mese", "mesi"},
};

const char *unita_name(enum unita unita)
{
    return unita < UNITE ? unita_words[unita].name : "";
}

enum unita unita_parse(const char *name)
{
    for (int i = 0; name != NULL && i < UNITE; i++)
        if (strcmp(unita_words[i].name, name) == 0)
            return (enum unita)i;
    return UNITE;
}

const char *quantita_words(struct arena *arena, enum unita unita, int64_t quantita)
{
    char text[MINUTES_TEXT];
    if (unita >= UNITE)
        return "";
    if (unita == UNITA_ORA)
        return arena_printf(arena, "%s ore", minutes_it((struct minutes){(int32_t)quantita}, text));
    return arena_printf(arena, "%lld %s", (long long)quantita,
                        quantita == 1 ? unita_words[unita].uno : unita_words[unita].molti);
}

static bool minutes_cell(const char *text, int64_t *quantita)
{
    struct minutes minutes;
    if (!minutes_parse(text, &minutes) || minutes.n < 0 || minutes.n > MINUTI_GIORNO)
        return false;
    *quantita = minutes.n;
    return true;
}

bool quantita_parse(enum unita unita, const char *text, int64_t *quantita)
{
    *quantita = 0;
    if (*text == '\0')
        return true;
    if (unita == UNITA_ORA)
        return minutes_cell(text, quantita);
    if (text[1] != '\0')
        return false;
    if (*text == 'x' || *text == 'X')
        *quantita = 1;
    else if (*text >= '0' && *text <= '9')
        *quantita = *text - '0';
    else
        return false;
    return true;
}

bool previsti_parse(enum unita unita, const char *text, int64_t *previsti)
{
    struct minutes minutes;
    *previsti = 0;
    if (unita != UNITA_ORA) {
        size_t digits = strspn(text, "0123456789");
        if (digits == 0 || digits > 3 || text[digits] != '\0')
            return false;
        for (; *text != '\0'; text++)
            *previsti = *previsti * 10 + (*text - '0');
        return true;
    }
    if (!minutes_parse(text, &minutes))
        return false;
    *previsti = minutes.n;
    return true;
}

const char *quantita_cell(struct arena *arena, enum unita unita, int64_t quantita)
{
    char text[MINUTES_TEXT];
    if (quantita == 0)
        return "";
    if (unita == UNITA_ORA)
        return arena_strdup(arena, minutes_it((struct minutes){(int32_t)quantita}, text));
    return arena_printf(arena, "%lld", (long long)quantita);
}

void prestazione_fault(struct prestazione_faults *faults, const char *field, const char *format,
                       ...)
{
    va_list args;
    if (faults->count == PRESTAZIONE_FAULTS)
        return;
    va_start(args, format);
    faults->items[faults->count++] =
        (struct prestazione_fault){field, arena_vprintf(faults->arena, format, args)};
    va_end(args);
}

/* ---- what is agreed ---------------------------------------------------------------------- */

static void check_period(const struct prestazione_proposta *p, struct prestazione_faults *faults)
{
    char day[DAY_TEXT];
    if (!day_known(p->dal)) {
        prestazione_fault(faults, "dal", "indica da quando");
        return;
    }
    if (day_known(p->al) && day_cmp(p->al, p->dal) < 0)
        prestazione_fault(faults, "al", "viene prima dell’inizio");
    if (!p->cartella_aperta)
        prestazione_fault(faults, NULL, "la cartella è chiusa: non si aggiungono prestazioni");
    if (day_known(p->cartella_dal) && day_cmp(p->dal, p->cartella_dal) < 0)
        prestazione_fault(faults, "dal", "la cartella è aperta dal %s",
                          day_it(p->cartella_dal, day));
    if (day_known(p->doppione_dal))
        prestazione_fault(faults, "dal",
                          "lo stesso servizio dello stesso erogatore c’è già dal %s in questo "
                          "periodo",
                          day_it(p->doppione_dal, day));
    if (day_known(p->erogata_fino) && day_known(p->al) && day_cmp(p->al, p->erogata_fino) < 0)
        prestazione_fault(faults, "al", "ci sono già prestazioni registrate fino al %s",
                          day_it(p->erogata_fino, day));
}

void prestazione_check(const struct prestazione_proposta *p, struct prestazione_faults *faults)
{
    static const int64_t most[UNITE] = {[UNITA_ORA] = MINUTI_GIORNO * SETTIMANA,
                                        [UNITA_GIORNO] = SETTIMANA,
                                        [UNITA_PASTO] = SETTIMANA * CELLA_MAX,
                                        [UNITA_MESE] = 1};
    check_period(p, faults);
    if (p->unita >= UNITE) {
        prestazione_fault(faults, "servizio", "scegli un servizio");
        return;
    }
    if (p->previsti <= 0 || p->previsti > most[p->unita])
        prestazione_fault(faults, "previsti", "da 1 a %s",
                          quantita_words(faults->arena, p->unita, most[p->unita]));
    if (!money_ok(p->costo) || p->costo.cents < 0)
        prestazione_fault(faults, "costo", "indica il costo unitario, IVA compresa");
    if (!p->variante_nota)
        prestazione_fault(faults, "variante",
                          "nessun piano tariffario in vigore ha questa variante");
}

static struct day later(struct day a, struct day b)
{
    return day_cmp(a, b) >= 0 ? a : b;
}

static struct day earlier(struct day a, struct day b)
{
    return day_cmp(a, b) <= 0 ? a : b;
}

/* Days of the month on which the service is in force. */
static int days_in_force(struct day dal, struct day al, struct day mese)
{
    if (!day_known(mese))
        return 0; /* the month behind the last one of the calendar */
    struct day from = later(dal, day_month_first(mese));
    struct day to = day_month_last(mese);
    if (day_known(al))
        to = earlier(al, to);
    int days = to.n - from.n + 1;
    return days > 0 ? days : 0;
}

bool prestazione_in_month(struct day dal, struct day al, struct day mese)
{
    return days_in_force(dal, al, mese) > 0;
}

int64_t prestazione_expected(enum unita unita, int64_t previsti, struct day dal, struct day al,
                             struct day mese)
{
    int64_t days = days_in_force(dal, al, mese);
    if (days == 0)
        return 0;
    if (unita == UNITA_MESE)
        return previsti;
    return (previsti * days * 2 + SETTIMANA) / (SETTIMANA * 2);
}

/* ---- what is delivered ------------------------------------------------------------------- */

bool mese_parse(const char *text, struct day *mese)
{
    char first[DAY_TEXT];
    *mese = DAY_NONE;
    if (text == NULL || strlen(text) != 7)
        return false;
    snprintf(first, sizeof first, "%s-01", text);
    return day_parse_iso(first, mese);
}

const char *mese_iso(struct day mese, char text[static MESE_TEXT])
{
    struct civil civil = day_civil(mese);
    snprintf(text, MESE_TEXT, "%04d-%02d", civil.year, civil.month);
    return text;
}

const char *mese_words(struct day mese, char text[static MESE_TEXT])
{
    static const char *const names[] = {"gennaio",   "febbraio", "marzo",    "aprile",
                                        "maggio",    "giugno",   "luglio",   "agosto",
                                        "settembre", "ottobre",  "novembre", "dicembre"};
    struct civil civil = day_civil(mese);
    snprintf(text, MESE_TEXT, "%s %d", names[civil.month - 1], civil.year);
    return text;
}

int griglia_days(const struct griglia *griglia)
{
    return day_civil(day_month_last(griglia->mese)).day;
}

void griglia_check(const struct griglia *griglia, enum unita unita, struct day dal, struct day al,
                   struct day today, struct prestazione_faults *faults)
{
    char text[DAY_TEXT];
    int64_t sum = 0;
    for (int i = 0; i < GIORNI_MESE; i++) {
        struct day day = day_add(griglia->mese, i);
        const char *field = arena_printf(faults->arena, "g%d", i + 1);
        if (griglia->quantita[i] == 0)
            continue;
        if (i >= griglia_days(griglia))
            prestazione_fault(faults, field, "il mese non ha questo giorno");
        else if (day_cmp(day, dal) < 0)
            prestazione_fault(faults, field, "il servizio comincia il %s", day_it(dal, text));
        else if (day_known(al) && day_cmp(day, al) > 0)
            prestazione_fault(faults, field, "il servizio finisce il %s", day_it(al, text));
        else if (day_cmp(day, today) > 0)
            prestazione_fault(faults, field, "è un giorno che deve ancora venire");
        else if (griglia->quantita[i] < 0 ||
                 griglia->quantita[i] > (unita == UNITA_ORA ? MINUTI_GIORNO : CELLA_MAX))
            prestazione_fault(faults, field, "troppo per un giorno solo");
        else if (unita == UNITA_MESE && (sum += griglia->quantita[i]) > 1)
            prestazione_fault(faults, field, "il mese conta una volta sola");
    }
}

static const struct {
    const char *name, *title;
} stati[MENSILI] = {
    [MENSILE_APERTO] = {"aperto", "da verificare"},
    [MENSILE_VERIFICATO] = {"verificato", "verificato"},
};

const char *mensile_stato_name(enum mensile_stato stato)
{
    return stato < MENSILI ? stati[stato].name : "";
}

const char *mensile_stato_title(enum mensile_stato stato)
{
    return stato < MENSILI ? stati[stato].title : "";
}

enum mensile_stato mensile_stato_parse(const char *name)
{
    for (int i = 0; name != NULL && i < MENSILI; i++)
        if (strcmp(stati[i].name, name) == 0)
            return (enum mensile_stato)i;
    return MENSILI;
}

/* ---- what it costs ----------------------------------------------------------------------- */

static struct money priced(enum unita unita, struct money unitaria, int64_t quantita)
{
    if (!money_ok(unitaria))
        return MONEY_INVALID;
    if (unita == UNITA_ORA)
        return money_share(unitaria, rate_of(quantita, MINUTI_ORA), STEP_CENT);
    return money_times(unitaria, quantita);
}

static bool same_line(const struct mensile_riga *riga, const struct prezzo *prezzo)
{
    return riga->festivo == prezzo->festivo && riga->unitaria.cents == prezzo->unitaria.cents &&
           strcmp(riga->perche, prezzo->perche) == 0;
}

static void add_day(struct mensile *out, int64_t quantita, const struct prezzo *prezzo)
{
    size_t i = 0;
    while (i < out->righe_count && !same_line(&out->righe[i], prezzo))
        i++;
    struct mensile_riga *riga = &out->righe[i];
    if (i == out->righe_count) {
        *riga = (struct mensile_riga){
            .festivo = prezzo->festivo, .unitaria = prezzo->unitaria, .perche = prezzo->perche};
        out->righe_count++;
    }
    riga->quantita += quantita;
    riga->giorni++;
    out->quantita += quantita;
}

void mensile_compute(const struct griglia *griglia, enum unita unita,
                     const struct prezzo prezzi[static GIORNI_MESE], struct money costo,
                     struct mensile *out)
{
    *out = (struct mensile){.unita = unita, .mese = griglia->mese, .retta = MONEY(0)};
    for (int i = 0; i < griglia_days(griglia); i++)
        if (griglia->quantita[i] > 0)
            add_day(out, griglia->quantita[i], &prezzi[i]);
    for (size_t i = 0; i < out->righe_count; i++) {
        struct mensile_riga *riga = &out->righe[i];
        riga->importo = priced(unita, riga->unitaria, riga->quantita);
        out->retta = money_add(out->retta, riga->importo);
    }
    out->costo = priced(unita, costo, out->quantita);
    out->spesa = money_ok(out->retta) ? money_sub(out->costo, out->retta) : out->costo;
    if (money_ok(out->spesa) && out->spesa.cents < 0)
        out->spesa = MONEY(0);
}

static const char *riga_words(struct arena *arena, const struct mensile *mensile,
                              const struct mensile_riga *riga)
{
    char unitaria[MONEY_TEXT], importo[MONEY_TEXT];
    const char *quantita = quantita_words(arena, mensile->unita, riga->quantita);
    const char *festivo = riga->festivo ? " in giorni festivi" : "";
    if (!money_ok(riga->unitaria))
        return arena_printf(arena, "%s%s: senza prezzo. %s\n", quantita, festivo, riga->perche);
    return arena_printf(arena, "%s%s × %s euro = %s euro. %s\n", quantita, festivo,
                        money_it(riga->unitaria, unitaria), money_it(riga->importo, importo),
                        riga->perche);
}

const char *mensile_explain(struct arena *arena, const struct mensile *mensile)
{
    const char *text = "";
    char retta[MONEY_TEXT];
    for (size_t i = 0; i < mensile->righe_count; i++)
        text = arena_printf(arena, "%s%s", text, riga_words(arena, mensile, &mensile->righe[i]));
    if (!money_ok(mensile->retta))
        return arena_printf(arena, "%sLa retta del mese non si può calcolare.", text);
    return arena_printf(arena, "%sRetta del mese: %s euro.", text, money_it(mensile->retta, retta));
}
