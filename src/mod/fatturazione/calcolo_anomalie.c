/* What a run says it could not do, or did with a doubt. */
#include "mod/fatturazione/calcolo.h"

#include <string.h>

static const struct {
    const char *name, *title;
    bool blocks;
} anomalie[ANOMALIE] = {
    [ANOMALIA_PIANO] = {"senza_piano", "Nessun piano tariffario", true},
    [ANOMALIA_ORE] = {"senza_ore", "Nessuna quantità registrata", true},
    [ANOMALIA_ISEE] = {"senza_isee", "ISEE mancante", false},
    [ANOMALIA_VERIFICA] = {"da_verificare", "Mese da verificare", false},
    [ANOMALIA_COMUNE] = {"senza_comune", "Comune di residenza non indicato", false},
    [ANOMALIA_PARZIALE] = {"mese_parziale", "Mese parziale", false},
};

const char *anomalia_name(enum anomalia_tipo tipo)
{
    return tipo < ANOMALIE ? anomalie[tipo].name : "";
}

static int anomalia_at(const char *name)
{
    int at = 0;
    while (at + 1 < ANOMALIE && strcmp(anomalie[at].name, name) != 0)
        at++;
    return at;
}

const char *anomalia_title(const char *name)
{
    return anomalie[anomalia_at(name)].title;
}

bool anomalia_blocks(const char *name)
{
    return anomalie[anomalia_at(name)].blocks;
}
