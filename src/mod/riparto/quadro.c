#include "mod/riparto/prospetto.h"

#include <string.h>

struct money quadro_cell(const struct quadro *quadro, size_t riga, size_t colonna)
{
    return quadro->celle[riga * quadro->def->nomi_count + colonna];
}

struct money quadro_due(const struct quadro *quadro, size_t riga)
{
    struct money sum = quadro_cell(quadro, riga, 0);
    if (quadro->def->metodo == METODO_MARGINI)
        for (size_t k = 1; k < quadro->def->nomi_count; k++)
            sum = money_add(sum, quadro_cell(quadro, riga, k));
    return sum;
}

static struct money *cell_of(struct quadro *quadro, size_t row, size_t column)
{
    return &quadro->celle[row * quadro->def->nomi_count + column];
}

/* ---- methods --------------------------------------------------------------------------------- */

static enum riparto_esito by_criteria(struct arena *arena, struct quadro *quadro, const char **dove)
{
    const struct definizione *def = quadro->def;
    struct criterio criteri[RIPARTO_CRITERI];
    size_t where = 0;
    struct money *due = ARENA_NEWS(arena, struct money, def->righe_count);
    for (size_t k = 0; k < def->criteri_count; k++) {
        int64_t *weights = ARENA_NEWS(arena, int64_t, def->righe_count);
        for (size_t i = 0; i < def->righe_count; i++)
            weights[i] = def->righe[i].pesi[k];
        criteri[k] = (struct criterio){def->criteri[k].nome, def->criteri[k].quota, weights};
    }
    const struct riparto riparto = {def->importo,     criteri,    def->criteri_count,
                                    def->righe_count, def->passo, def->modo};
    enum riparto_esito esito = riparto_compute(arena, &riparto, due, &quadro->residuo, &where);
    if (esito != RIPARTO_OK) {
        *dove = def->criteri_count > 0 ? def->criteri[where].nome : "";
        return esito;
    }
    for (size_t i = 0; i < def->righe_count; i++)
        *cell_of(quadro, i, 0) = due[i];
    return RIPARTO_OK;
}

struct money definizione_row_total(const struct definizione *def, size_t riga)
{
    const struct definizione_riga *row = &def->righe[riga];
    return money_ok(def->quota) ? money_times(def->quota, row->pesi[0] / 100) : row->importi[0];
}

static enum riparto_esito between_margins(struct arena *arena, struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    struct money *rows = ARENA_NEWS(arena, struct money, def->righe_count);
    struct money *columns = ARENA_NEWS(arena, struct money, def->colonne_count);
    for (size_t i = 0; i < def->righe_count; i++)
        rows[i] = definizione_row_total(def, i);
    for (size_t k = 0; k < def->colonne_count; k++)
        columns[k] = def->colonne[k].totale;
    const struct margini margini = {rows, def->righe_count, columns, def->colonne_count};
    return margini_round(arena, &margini, quadro->celle);
}

static enum riparto_esito one_row(const struct definizione *def,
                                  const struct definizione_riga *riga, struct money *due)
{
    switch (def->metodo) {
    case METODO_PRO_CAPITE: {
        int64_t heads = riga->pesi[0] / 100;
        return riparto_pro_capite(def->quota, &heads, 1, due);
    }
    case METODO_ORE:
        return ore_compute(riga->pesi[0], def->settimane, riga->importi[0], riga->quota, due);
    case METODO_UNITA:
        return unita_compute(riga->importi[0], riga->pesi[0], riga->importi[1], due);
    case METODO_COSTI:
        return costo_compute(riga->importi[0], riga->quota, due);
    case METODO_CRITERI:
    case METODO_MARGINI:
    case METODI:
        break;
    }
    return RIPARTO_VUOTO;
}

static enum riparto_esito row_by_row(struct quadro *quadro, const char **dove)
{
    const struct definizione *def = quadro->def;
    for (size_t i = 0; i < def->righe_count; i++) {
        enum riparto_esito esito = one_row(def, &def->righe[i], cell_of(quadro, i, 0));
        *dove = def->righe[i].nome;
        if (esito != RIPARTO_OK)
            return esito;
    }
    *dove = "";
    return RIPARTO_OK;
}

/* ---- what follows from the amount due -------------------------------------------------------- */

static enum riparto_esito follow(struct quadro *quadro, size_t row)
{
    const struct definizione *def = quadro->def;
    struct rata rate[RIPARTO_RATE];
    struct money due = quadro_cell(quadro, row, 0);
    size_t column = 1;
    enum riparto_esito esito = RIPARTO_OK;
    if (def->mesi > 0)
        esito = mesi_compute(due, def->mesi, def->mesi_passo, cell_of(quadro, row, column++));
    if (esito == RIPARTO_OK && def->rate_count > 0)
        esito = rate_compute(due, def->rate, def->rate_count, def->trasferimento, rate);
    for (size_t i = 0; esito == RIPARTO_OK && i < def->rate_count; i++) {
        *cell_of(quadro, row, column++) = rate[i].totale;
        *cell_of(quadro, row, column++) = rate[i].fattura;
        *cell_of(quadro, row, column++) = rate[i].trasferimento;
    }
    return esito;
}

static enum riparto_esito sum_up(struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    for (size_t k = 0; k < def->nomi_count; k++) {
        for (size_t i = 0; i < def->righe_count; i++)
            quadro->totali[k] = money_add(quadro->totali[k], quadro_cell(quadro, i, k));
        if (!money_ok(quadro->totali[k]))
            return RIPARTO_SMISURATO;
    }
    return RIPARTO_OK;
}

static enum riparto_esito group_up(struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    struct money all = MONEY(0);
    for (size_t i = 0; i < def->righe_count; i++) {
        const char *name = def->righe[i].gruppo;
        size_t g = 0;
        while (g < quadro->gruppi_count && strcmp(quadro->gruppi[g].nome, name) != 0)
            g++;
        if (g == QUADRO_GRUPPI)
            return RIPARTO_TROPPI;
        if (g == quadro->gruppi_count) {
            quadro->gruppi[g].nome = name;
            quadro->gruppi[g].totale = MONEY(0);
            quadro->gruppi_count++;
        }
        quadro->gruppi[g].totale = money_add(quadro->gruppi[g].totale, quadro_due(quadro, i));
        all = money_add(all, quadro_due(quadro, i));
    }
    for (size_t g = 0; g < quadro->gruppi_count; g++)
        quadro->gruppi[g].percento = riparto_percento(quadro->gruppi[g].totale, all);
    return RIPARTO_OK;
}

enum riparto_esito quadro_compute(struct arena *arena, const struct definizione *def,
                                  struct quadro *quadro, const char **dove)
{
    *quadro = (struct quadro){.def = def, .residuo = MONEY(0)};
    quadro->celle = ARENA_NEWS(arena, struct money, def->righe_count * def->nomi_count);
    *dove = "";
    enum riparto_esito esito = def->metodo == METODO_CRITERI   ? by_criteria(arena, quadro, dove)
                               : def->metodo == METODO_MARGINI ? between_margins(arena, quadro)
                                                               : row_by_row(quadro, dove);
    for (size_t i = 0; esito == RIPARTO_OK && i < def->righe_count; i++) {
        if (def->metodo != METODO_MARGINI)
            esito = follow(quadro, i);
    }
    if (esito == RIPARTO_OK)
        esito = sum_up(quadro);
    return esito == RIPARTO_OK ? group_up(quadro) : esito;
}
