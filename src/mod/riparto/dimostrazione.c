/* The demonstration: tables that were published, and a ledger as it stands in a real year: almost
 * all is paid, an instalment is late, another is paid in part, an entry was reversed. */
#include "mod/riparto/riparto.h"

#include <string.h>

extern const char aree_2025_tsv[], costi_struttura_2024_tsv[], fondo_sociale_2025_tsv[],
    fsr_2024_tsv[], pal_2023_tsv[], sad_2025_tsv[];

static bool add(struct cx *cx, int64_t anno, const char *text, struct prospetto *p)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    *p = (struct prospetto){.anno = anno};
    if (!prospetto_save(cx, p, text, strlen(text), faults))
        return false;
    return faults->count == 0 || FAIL(cx, ERR_INTERNAL, "%s", faults->items[0].text);
}

/* An entry of a day that is still to come is left out: the demonstration has its own today. */
static bool enter(struct cx *cx, const struct movimento_nuovo *nuovo, struct id *id)
{
    enum movimento_esito esito;
    struct money fits;
    *id = ID_NONE;
    if (day_cmp(nuovo->giorno, cx->today) > 0)
        return true;
    if (!movimento_add(cx, nuovo, id, &esito, &fits))
        return false;
    return esito == MOVIMENTO_OK || FAIL(cx, ERR_INTERNAL, "%s", movimento_esito_text(esito));
}

static const struct {
    const char *pagante;
    int64_t numero;
    enum rata_parte paid; /* what of it came in; PARTI = nothing */
} open[] = {{"Gandellino", 4, PARTI}, {"Parre", 4, PARTE_TRASFERIMENTO}};

static bool pay(struct cx *cx, const struct conto *conto, size_t number)
{
    struct movimento_nuovo nuovo = {.prospetto = conto->prospetto,
                                    .pagante = conto->pagante,
                                    .tipo = MOVIMENTO_INCASSO,
                                    .giorno = day_add(conto->scadenza, -(int)(number % 6)),
                                    .importo = conto_dovuto(conto),
                                    .numero = conto->numero,
                                    .parte = PARTI,
                                    .riferimento =
                                        arena_printf(cx->arena, "reversale %zu", 100 + number)};
    struct id id;
    for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
        if (strcmp(conto->pagante, open[i].pagante) != 0 || conto->numero != open[i].numero)
            continue;
        if (open[i].paid == PARTI)
            return true;
        nuovo.parte = open[i].paid;
        nuovo.importo = conto->dovuto[open[i].paid];
    }
    return enter(cx, &nuovo, &id);
}

static bool invoice(struct cx *cx, const struct conto *conto, size_t number)
{
    const struct movimento_nuovo nuovo = {.prospetto = conto->prospetto,
                                          .pagante = conto->pagante,
                                          .tipo = MOVIMENTO_FATTURA,
                                          .giorno = day_add(conto->scadenza, -30),
                                          .importo = conto->dovuto[PARTE_FATTURA],
                                          .numero = conto->numero,
                                          .parte = PARTE_FATTURA,
                                          .riferimento =
                                              arena_printf(cx->arena, "FE %zu", 1 + number)};
    struct id id;
    return enter(cx, &nuovo, &id);
}

/* A sum put on the wrong payer, and taken back. */
static bool mistake(struct cx *cx, struct id prospetto)
{
    const struct movimento_nuovo nuovo = {.prospetto = prospetto,
                                          .pagante = "Clusone",
                                          .tipo = MOVIMENTO_INCASSO,
                                          .giorno = day_of(2025, 3, 3),
                                          .importo = MONEY(985262),
                                          .parte = PARTI,
                                          .riferimento = "reversale 99"};
    enum movimento_esito esito;
    struct id id;
    if (!enter(cx, &nuovo, &id))
        return false;
    return id.n == 0 || movimento_reverse(cx, id, "era di Premolo", &esito);
}

static bool ledger(struct cx *cx, struct prospetto *p)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    const struct rata_filtro filtro = {p->id, INT_NONE, NULL};
    struct list conti;
    if (!prospetto_approve(cx, p, "Assemblea dei Sindaci, atto di dimostrazione",
                           day_of(2025, 2, 10), faults) ||
        !mistake(cx, p->id) || !conto_list(cx, &filtro, &conti))
        return false;
    for (size_t i = 0; i < conti.count; i++) {
        const struct conto *conto = LIST_ITEM(&conti, struct conto, i);
        if (!invoice(cx, conto, i) || !pay(cx, conto, i))
            return false;
    }
    return true;
}

bool riparto_demo(struct cx *cx)
{
    struct prospetto fondo, other;
    return add(cx, 2025, fondo_sociale_2025_tsv, &fondo) && add(cx, 2025, sad_2025_tsv, &other) &&
           add(cx, 2025, aree_2025_tsv, &other) && add(cx, 2024, fsr_2024_tsv, &other) &&
           add(cx, 2024, costi_struttura_2024_tsv, &other) && add(cx, 2023, pal_2023_tsv, &other) &&
           ledger(cx, &fondo);
}
