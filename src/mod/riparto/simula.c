#include "mod/riparto/simula.h"

#include "mod/riparto/riparto.h"

#include <string.h>

static void fault(struct definizione_faults *faults, const char *text)
{
    faults->items[0].line = 0;
    faults->items[0].column = "";
    faults->items[0].text = text;
    faults->count = 1;
}

void simula_add(struct arena *arena, struct simula *simula, struct bytes text,
                const struct ipotesi *ipotesi, struct definizione_faults *faults)
{
    struct definizione *def = ARENA_NEW(arena, struct definizione);
    struct quadro *quadro = ARENA_NEW(arena, struct quadro);
    struct bytes changed = text;
    const char *dove;
    faults->count = 0;
    if (ipotesi != NULL)
        ipotesi_apply(arena, text, ipotesi, &changed, faults);
    if (faults->count > 0)
        return;
    definizione_read(arena, (const char *)changed.data, changed.size, NULL, def, faults);
    if (faults->count > 0)
        return;
    bool brought = ipotesi != NULL && ipotesi_balance(arena, def);
    enum riparto_esito esito = quadro_compute(arena, def, quadro, &dove);
    if (esito != RIPARTO_OK) {
        fault(faults, arena_printf(arena, "%s%s%s", dove, *dove == '\0' ? "" : ": ",
                                   riparto_esito_text(esito)));
        return;
    }
    simula->portati = simula->portati || brought;
    simula->nomi[simula->count] =
        simula->count == 0 ? "Com’è" : arena_printf(arena, "Ipotesi %zu", simula->count);
    simula->cambia[simula->count] = ipotesi == NULL ? "" : ipotesi_words(arena, ipotesi);
    simula->quadri[simula->count++] = quadro;
}

void simula_compare(struct arena *arena, struct simula *simula)
{
    ipotesi_compare(arena, simula->quadri, simula->count, &simula->righe, &simula->totale);
}

static const char *join(struct arena *arena, const char *words, const char *what, const char *value)
{
    return arena_printf(arena, "%s%s%s %s", words, *words == '\0' ? "" : "; ", what, value);
}

const char *ipotesi_words(struct arena *arena, const struct ipotesi *i)
{
    char amount[MONEY_TEXT];
    const char *words = "";
    if (money_ok(i->quota))
        words = join(arena, words, "quota", money_it(i->quota, amount));
    if (money_ok(i->importo))
        words = join(arena, words, "importo", money_it(i->importo, amount));
    if (i->pesi != NULL)
        words = join(arena, words, "criteri", i->pesi);
    if (i->arrotonda != NULL)
        words = join(arena, words, "arrotondato",
                     strcmp(i->arrotonda, "resti") == 0 ? "secondo i resti" : "per riga");
    if (i->passo != NULL)
        words = join(arena, words, "arrotondato a", i->passo);
    if (i->esce != NULL)
        words = join(arena, words, "senza", i->esce);
    return words;
}
