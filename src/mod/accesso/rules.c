#include "mod/accesso/rules.h"

#include <inttypes.h>
#include <string.h>

enum { GIORNATA = 12 * 60, ANNO = 366 };

#define PAROLA(codice, testo) {codice, testo},
const struct parola contatto_canali[] = {CONTATTO_CANALI(PAROLA){NULL, NULL}};
const struct parola contatto_aree[] = {CONTATTO_AREE(PAROLA){NULL, NULL}};
const struct parola contatto_esiti[] = {CONTATTO_ESITI(PAROLA){NULL, NULL}};

const char *parola_text(const struct parola *parole, const char *codice)
{
    for (; codice != NULL && parole->codice != NULL; parole++)
        if (strcmp(parole->codice, codice) == 0)
            return parole->testo;
    return NULL;
}

enum contatto_fault contatto_check(const struct contatto *contatto, struct day today)
{
    if (!day_known(contatto->giorno) || day_cmp(contatto->giorno, today) > 0)
        return CONTATTO_FUTURO;
    if (day_cmp(contatto->giorno, day_add(today, -ANNO)) < 0)
        return CONTATTO_REMOTO;
    if (parola_text(contatto_canali, contatto->canale) == NULL)
        return CONTATTO_CANALE;
    if (parola_text(contatto_aree, contatto->area) == NULL)
        return CONTATTO_AREA;
    if (parola_text(contatto_esiti, contatto->esito) == NULL)
        return CONTATTO_ESITO;
    if (strcmp(contatto->esito, "cartella") == 0 && contatto->persona.n == 0)
        return CONTATTO_ANONIMO;
    if (contatto->minuti.n != MINUTES_NONE.n &&
        (contatto->minuti.n < 1 || contatto->minuti.n > GIORNATA))
        return CONTATTO_MINUTI;
    return CONTATTO_OK;
}

static bool hidden(int64_t count)
{
    return count > 0 && count < CONTEGGIO_MINIMO;
}

const char *conteggio_text(struct arena *arena, int64_t count)
{
    if (hidden(count))
        return "meno di 5";
    return arena_printf(arena, "%" PRId64, count);
}

const char *conteggio_total(struct arena *arena, const int64_t *counts, size_t size)
{
    int64_t shown = 0;
    bool some = false;
    for (size_t i = 0; i < size; i++) {
        some = some || hidden(counts[i]);
        shown += hidden(counts[i]) ? 0 : counts[i];
    }
    return some ? arena_printf(arena, "almeno %" PRId64, shown)
                : arena_printf(arena, "%" PRId64, shown);
}
