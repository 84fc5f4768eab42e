#include "mod/calendario/rules.h"

static const struct {
    const char *code, *one, *many; /* many: behind the number */
} kinds[SCADENZE_TIPI] = {
    [SCADENZA_ISEE] = {"isee", "Un ISEE in scadenza", " ISEE in scadenza"},
    [SCADENZA_PRESTAZIONE] = {"prestazione", "Una prestazione finisce", " prestazioni finiscono"},
    [SCADENZA_CARTELLA] = {"cartella", "Una scadenza in cartella", " scadenze in cartella"},
    [SCADENZA_VERIFICA] = {"verifica", "Un progetto da verificare", " progetti da verificare"},
};

const char *calendario_words(struct arena *arena, enum calendario_tipo tipo, size_t quante)
{
    if (quante == 1)
        return kinds[tipo].one;
    return arena_printf(arena, "%zu%s", quante, kinds[tipo].many);
}

const char *calendario_code(enum calendario_tipo tipo)
{
    return kinds[tipo].code;
}

size_t calendario_tally(enum calendario_tipo tipo, const struct list *days,
                        struct calendario_giorno *giorni, size_t count, size_t room)
{
    size_t first = count;
    LIST_EACH (days, struct day, day) {
        if (count > first && giorni[count - 1].giorno.n == day->n) {
            giorni[count - 1].quante++;
            continue;
        }
        if (count == room)
            break;
        giorni[count++] = (struct calendario_giorno){tipo, *day, 1};
    }
    return count;
}
