/* Deadlines as events that name nobody: pure. */
#ifndef ZONALE_MOD_CALENDARIO_RULES_H
#define ZONALE_MOD_CALENDARIO_RULES_H

#include "base/arena.h"
#include "base/day.h"
#include "base/field.h"

enum calendario_tipo {
    SCADENZA_ISEE,
    SCADENZA_PRESTAZIONE,
    SCADENZA_CARTELLA,
    SCADENZA_VERIFICA,
    SCADENZE_TIPI
};

/* "Un ISEE in scadenza", "3 ISEE in scadenza". */
const char *calendario_words(struct arena *arena, enum calendario_tipo tipo, size_t quante);
/* Part of the name that an event keeps for life: "isee". */
const char *calendario_code(enum calendario_tipo tipo);

/* How many deadlines of a kind a day has. */
struct calendario_giorno {
    enum calendario_tipo tipo;
    struct day giorno;
    size_t quante;
};
/* Days in order (struct day each), equal ones counted together, added to `giorni` of `room`
 * places; how many places are taken in all, `count` being those that were. */
size_t calendario_tally(enum calendario_tipo tipo, const struct list *days,
                        struct calendario_giorno *giorni, size_t count, size_t room);

#endif
