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

static const char few[] = "meno di 5";
static const char withheld[] = "riservato";

bool conteggio_hidden(const char *text)
{
    return text == few || text == withheld;
}

/* The smallest count that is shown and not zero; `size` when there is none. */
static size_t smallest_shown(const int64_t *counts, size_t size)
{
    size_t best = size;
    for (size_t i = 0; i < size; i++)
        if (counts[i] >= CONTEGGIO_MINIMO && (best == size || counts[i] < counts[best]))
            best = i;
    return best;
}

const char *conteggi_text(struct arena *arena, const int64_t *counts, size_t size,
                          const char **texts)
{
    int64_t shown = 0;
    size_t hidden = 0;
    for (size_t i = 0; i < size; i++)
        hidden += counts[i] > 0 && counts[i] < CONTEGGIO_MINIMO;
    size_t also = hidden == 1 ? smallest_shown(counts, size) : size;
    for (size_t i = 0; i < size; i++) {
        if (counts[i] > 0 && counts[i] < CONTEGGIO_MINIMO) {
            texts[i] = few;
        } else if (i == also) {
            texts[i] = withheld;
        } else {
            texts[i] = arena_printf(arena, "%" PRId64, counts[i]);
            shown += counts[i];
        }
    }
    return arena_printf(arena, hidden > 0 ? "almeno %" PRId64 : "%" PRId64, shown);
}
