/* What only the whole form shows, once all of its lines are read. */
#include "mod/valutazioni/lettura.h"

#include <string.h>

static void check_voce(struct lettura *l, struct scheda_voce *voce, long line)
{
    bool first = true;
    if (voce->tipo != VOCE_SCELTA)
        return;
    if (voce->scelte_count < 2) {
        scheda_fault_at(l, line, "scelta", "la voce ha meno di due scelte");
        return;
    }
    for (size_t i = 0; i < voce->scelte_count; i++) {
        const struct scheda_scelta *scelta = &voce->scelte[i];
        if (!scelta->conta)
            continue;
        if (first || scelta->punti < voce->minimo)
            voce->minimo = scelta->punti;
        if (first || scelta->punti > voce->massimo)
            voce->massimo = scelta->punti;
        first = false;
    }
    if (first)
        scheda_fault_at(l, line, "scelta", "nessuna scelta dà punti");
}

/* An item that may be left out adds nothing: the sum may be as low (or as high) as without it. */
static bool may_be_out(const struct scheda_voce *voce)
{
    for (size_t i = 0; i < voce->scelte_count; i++)
        if (!voce->scelte[i].conta)
            return true;
    return false;
}

/* Ten-thousandths (points x weight) to hundredths, half away from zero. */
static int64_t hundredths(int64_t value)
{
    return (value + (value < 0 ? -50 : 50)) / 100;
}

static void range_of_sum(const struct scheda_regole *s, struct scheda_totale *totale)
{
    int64_t low = 0, high = 0;
    for (size_t i = 0; i < s->voci_count; i++) {
        const struct scheda_voce *v = &s->voci[i];
        bool out = may_be_out(v);
        if (!totale->voci[i])
            continue;
        low += (out && v->minimo > 0 ? 0 : v->minimo) * v->peso;
        high += (out && v->massimo < 0 ? 0 : v->massimo) * v->peso;
    }
    totale->minimo = hundredths(low);
    totale->massimo = hundredths(high);
}

static void range_of_points(const struct scheda_regole *s, struct scheda_totale *totale)
{
    bool first = true;
    for (size_t i = 0; i < s->voci_count; i++) {
        const struct scheda_voce *v = &s->voci[i];
        if (!totale->voci[i])
            continue;
        if (first || v->minimo < totale->minimo)
            totale->minimo = v->minimo;
        if (first || v->massimo > totale->massimo)
            totale->massimo = v->massimo;
        first = false;
    }
}

static void check_totale(struct lettura *l, struct scheda_totale *totale, long line)
{
    bool any = false;
    for (size_t i = 0; i < l->scheda->voci_count; i++)
        any = any || totale->voci[i];
    if (!any) {
        scheda_fault_at(l, line, "voci", "nessuna voce che dia punti");
        return;
    }
    if (totale->calcolo == CALCOLO_SOMMA)
        range_of_sum(l->scheda, totale);
    else
        range_of_points(l->scheda, totale);
    if (totale->fasce_count > 0 && totale->fasce[0].da > totale->minimo) {
        char text[PUNTI_TEXT];
        scheda_fault_at(l, line, "fascia",
                        arena_printf(l->arena,
                                     "la prima fascia comincia dopo il punteggio più basso, %s",
                                     punti_it(totale->minimo, text)));
    }
    if (totale->fasce_count > 0 && totale->fasce[totale->fasce_count - 1].da > totale->massimo)
        scheda_fault_at(l, line, "fascia", "l’ultima fascia è oltre il punteggio più alto");
}

void scheda_controlla(struct lettura *l)
{
    struct scheda_regole *s = l->scheda;
    if (l->faults->count > 0)
        return;
    if (*s->codice == '\0')
        scheda_fault_at(l, 1, "scheda", "manca");
    else if (*s->titolo == '\0')
        scheda_fault_at(l, 1, "titolo", "manca");
    else if (s->voci_count == 0)
        scheda_fault_at(l, l->csv.line, "voce", "non c’è nessuna voce");
    for (size_t i = 0; i < s->voci_count; i++)
        check_voce(l, &s->voci[i], l->voci_line[i]);
    for (size_t i = 0; i < s->totali_count && l->faults->count == 0; i++)
        check_totale(l, &s->totali[i], l->totali_line[i]);
}
