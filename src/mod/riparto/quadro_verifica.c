#include "mod/riparto/prospetto.h"

#include <string.h>

enum { SCARTI_MAX = 2000 };

static void add(struct arena *arena, struct list *list, struct scarto scarto)
{
    (void)arena;
    if (list->count == SCARTI_MAX) {
        list->clipped = true;
        return;
    }
    *LIST_ITEM(list, struct scarto, list->count) = scarto;
    list->count++;
}

/* ---- cells ---------------------------------------------------------------------------------- */

static void verify_cells(struct arena *arena, const struct quadro *quadro, struct list *list)
{
    const struct definizione *def = quadro->def;
    for (size_t i = 0; i < def->righe_count; i++) {
        const struct definizione_riga *riga = &def->righe[i];
        for (size_t k = 0; k < def->nomi_count; k++) {
            struct money found = riga->pubblicato[k], due = quadro_cell(quadro, i, k);
            if (money_ok(found) && money_cmp(found, due) != 0)
                add(arena, list,
                    (struct scarto){riga->line, riga->nome, def->nomi[k], found, due,
                                    quadro_explain(arena, quadro, i, k)});
        }
    }
}

/* ---- sums ------------------------------------------------------------------------------------ */

/* What the published rows add up to; rows without a figure count as they should be. */
static struct money published_sum(const struct quadro *quadro, const char *group, size_t column)
{
    const struct definizione *def = quadro->def;
    struct money sum = MONEY(0);
    for (size_t i = 0; i < def->righe_count; i++) {
        const struct definizione_riga *riga = &def->righe[i];
        if (*group != '\0' && strcmp(riga->gruppo, group) != 0)
            continue;
        sum = money_add(sum, money_ok(riga->pubblicato[column]) ? riga->pubblicato[column]
                                                                : quadro_cell(quadro, i, column));
    }
    return sum;
}

static void verify_sums(struct arena *arena, const struct quadro *quadro, struct list *list)
{
    const struct definizione *def = quadro->def;
    for (size_t s = 0; s < def->somme_count; s++) {
        const struct definizione_riga *somma = &def->somme[s];
        const char *name = strstr(somma->nome, somma->gruppo) != NULL
                               ? somma->nome
                               : arena_printf(arena, "%s %s", somma->nome, somma->gruppo);
        for (size_t k = 0; k < def->nomi_count; k++) {
            struct money found = somma->pubblicato[k];
            struct money due = published_sum(quadro, somma->gruppo, k);
            if (money_ok(found) && money_cmp(found, due) != 0)
                add(arena, list,
                    (struct scarto){somma->line, name, def->nomi[k], found, due,
                                    "somma delle righe come sono pubblicate"});
        }
    }
}

/* ---- caps and residue ------------------------------------------------------------------------ */

static void verify_caps(struct arena *arena, const struct quadro *quadro, struct list *list)
{
    const struct definizione *def = quadro->def;
    struct money all = published_sum(quadro, "", 0);
    for (size_t t = 0; t < def->tetti_count; t++) {
        struct money most, part = published_sum(quadro, def->tetti[t].gruppo, 0);
        if (tetto_check(part, all, def->tetti[t].quota, &most) == RIPARTO_TETTO)
            add(arena, list,
                (struct scarto){0, def->tetti[t].gruppo, "tetto", part, most,
                                "l’area ha più del suo tetto"});
    }
}

void quadro_verify(struct arena *arena, const struct quadro *quadro, struct list *scarti)
{
    *scarti = (struct list){.items = ARENA_NEWS(arena, struct scarto, SCARTI_MAX),
                            .size = sizeof(struct scarto)};
    verify_cells(arena, quadro, scarti);
    verify_sums(arena, quadro, scarti);
    verify_caps(arena, quadro, scarti);
    if (quadro->residuo.cents != 0)
        add(arena, scarti,
            (struct scarto){0, "TOTALE", "dovuto", quadro->totali[0], quadro->def->importo,
                            "arrotondando riga per riga la somma non è l’importo ripartito"});
}
