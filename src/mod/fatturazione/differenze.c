/* Differences between a closed run and what the same month comes to now. */
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/inside.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/prestazioni.h"

#include <string.h>

#define D(member) FIELD(differenza, member)
const struct field differenza_fields[] = {
    D(fatturazione), D(prestazione),  D(persona),     D(mese),  D(chiave),
    D(nome),         D(prima),        D(dopo),        D(retta), D(costo),
    D(comune),       D(quota_ambito), D(spiegazione), FIELD_END};
#undef D

enum { PARTI_MAX = 2 * (PAGANTI_MAX + 1) };

struct confronto {
    struct cx *cx;
    struct fatturazione f;
    struct calcolo calcolo;
    struct list fatturati; /* fatturato, by service */
    struct list parti;     /* fatturato_parte, by service */
    size_t parte;
    struct differenza *items;
    size_t count;
};

/* ---- payers -------------------------------------------------------------------------------- */

static void add_part(struct parte *parti, size_t *count, const char *tipo, struct id chi,
                     struct money importo)
{
    for (size_t i = 0; i < *count; i++)
        if (parti[i].chi.n == chi.n && strcmp(parti[i].chi_tipo, tipo) == 0) {
            parti[i].importo = money_add(parti[i].importo, importo);
            return;
        }
    if (*count < PARTI_MAX)
        parti[(*count)++] = (struct parte){tipo, chi, importo};
}

/* What each payer owes now less what was billed to it. */
static void compare_parts(struct confronto *c, struct differenza *d, const struct calcolo_riga *now)
{
    struct parte *parti = ARENA_NEWS(c->cx->arena, struct parte, PARTI_MAX);
    size_t count = 0, kept = 0;
    for (size_t i = 0; now != NULL && i < now->parti_count; i++)
        add_part(parti, &count, now->parti[i].chi_tipo, now->parti[i].chi, now->parti[i].importo);
    for (; c->parte < c->parti.count; c->parte++) {
        const struct fatturato_parte *p = LIST_ITEM(&c->parti, struct fatturato_parte, c->parte);
        if (p->prestazione.n > d->prestazione.n)
            break;
        if (p->prestazione.n == d->prestazione.n)
            add_part(parti, &count, p->chi_tipo, p->chi, money_neg(p->importo));
    }
    for (size_t i = 0; i < count; i++)
        if (parti[i].importo.cents != 0)
            parti[kept++] = parti[i];
    d->parti = parti;
    d->parti_count = kept;
}

/* ---- one service --------------------------------------------------------------------------- */

static const char *difference_words(struct confronto *c, const struct differenza *d,
                                    const struct calcolo_riga *now)
{
    char month[MESE_TEXT], a[MONEY_TEXT], b[MONEY_TEXT], e[MONEY_TEXT];
    struct arena *arena = c->cx->arena;
    return arena_printf(
        arena, "Conguaglio di %s: dovuti %s euro, già addebitati %s euro, %s %s euro.\n%s",
        mese_words(c->f.mese, month), money_it(d->dopo, a), money_it(d->prima, b),
        d->retta.cents < 0 ? "da restituire" : "da pagare",
        money_it(d->retta.cents < 0 ? money_neg(d->retta) : d->retta, e),
        now != NULL ? now->addebito.spiegazione : "Il servizio non risulta più in questo mese.");
}

static void compare(struct confronto *c, const struct fatturato *before,
                    const struct calcolo_riga *now)
{
    const struct money zero = MONEY(0);
    struct differenza *d = &c->items[c->count];
    const struct addebito *a = now != NULL ? &now->addebito : NULL;
    *d = (struct differenza){
        .fatturazione = c->f.id,
        .mese = c->f.mese,
        .prestazione = a != NULL ? a->prestazione : before->prestazione,
        .persona = a != NULL ? a->persona : before->persona,
        .chiave = a != NULL ? a->chiave : before->chiave,
        .prima = before != NULL ? before->retta : zero,
        .dopo = a != NULL ? a->retta : zero,
    };
    d->retta = money_sub(d->dopo, d->prima);
    d->costo = money_sub(a != NULL ? a->costo : zero, before != NULL ? before->costo : zero);
    d->comune = money_sub(a != NULL ? a->comune : zero, before != NULL ? before->comune : zero);
    d->quota_ambito =
        money_sub(a != NULL ? a->quota_ambito : zero, before != NULL ? before->quota_ambito : zero);
    compare_parts(c, d, now);
    if (d->retta.cents == 0 && d->costo.cents == 0 && d->comune.cents == 0 &&
        d->quota_ambito.cents == 0 && d->parti_count == 0)
        return;
    d->spiegazione = difference_words(c, d, now);
    c->count++;
}

/* Both lists are in the order of the services. */
static void walk(struct confronto *c)
{
    size_t i = 0, j = 0;
    while (i < c->fatturati.count || j < c->calcolo.count) {
        const struct fatturato *before =
            i < c->fatturati.count ? LIST_ITEM(&c->fatturati, struct fatturato, i) : NULL;
        const struct calcolo_riga *now = j < c->calcolo.count ? &c->calcolo.righe[j] : NULL;
        if (before != NULL && now != NULL && before->prestazione.n != now->addebito.prestazione.n) {
            if (before->prestazione.n < now->addebito.prestazione.n)
                now = NULL;
            else
                before = NULL;
        }
        compare(c, before, now);
        i += before != NULL;
        j += now != NULL;
    }
}

/* ---- the list ------------------------------------------------------------------------------ */

static bool add_names(struct cx *cx, struct confronto *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (!persona_label(cx, c->items[i].persona, &c->items[i].nome))
            return false;
    return true;
}

bool differenze_of(struct cx *cx, struct id fatturazione, struct id persona, struct list *list)
{
    struct confronto *c = ARENA_NEW(cx->arena, struct confronto);
    struct servizio servizio;
    c->cx = cx;
    *list = (struct list){.size = sizeof(struct differenza)};
    if (!fatturazione_load(cx, fatturazione, &c->f))
        return false;
    if (!fatturazione_closed(&c->f))
        return true;
    if (!servizio_load(cx, c->f.servizio, &servizio) ||
        !calcolo_run(cx, &servizio, c->f.mese, persona, &c->calcolo) ||
        !store_fatturato(cx, fatturazione, persona, &c->fatturati) ||
        !store_fatturato_parti(cx, fatturazione, persona, &c->parti))
        return false;
    c->items = ARENA_NEWS(cx->arena, struct differenza, c->fatturati.count + c->calcolo.count + 1);
    walk(c);
    if (!add_names(cx, c))
        return false;
    list->items = c->items;
    list->count = c->count;
    return true;
}

bool differenze_persona(struct cx *cx, struct id persona, struct list *list)
{
    struct list runs, some;
    size_t room = 0, count = 0;
    if (!store_runs_of(cx, persona, day_add_months(day_month_first(cx->today), -CONGUAGLI_MESI),
                       &runs))
        return false;
    struct list *parts = ARENA_NEWS(cx->arena, struct list, runs.count + 1);
    for (size_t i = 0; i < runs.count; i++) {
        if (!differenze_of(cx, *LIST_ITEM(&runs, struct id, i), persona, &some))
            return false;
        parts[i] = some;
        room += some.count;
    }
    struct differenza *items = ARENA_NEWS(cx->arena, struct differenza, room + 1);
    for (size_t i = 0; i < runs.count; i++)
        LIST_EACH (&parts[i], const struct differenza, d)
            items[count++] = *d;
    *list = (struct list){items, count, sizeof *items, false};
    return true;
}

/* ---- confirming ---------------------------------------------------------------------------- */

struct conferma {
    struct id fatturazione, persona;
    size_t quante;
};

static bool confirm(struct cx *cx, void *data)
{
    struct conferma *conferma = data;
    struct fatturazione f;
    struct list list;
    if (!fatturazione_load(cx, conferma->fatturazione, &f) ||
        !differenze_of(cx, conferma->fatturazione, conferma->persona, &list))
        return false;
    conferma->quante = list.count;
    LIST_EACH (&list, const struct differenza, d)
        if (!store_conguaglio_add(cx, f.servizio, d))
            return false;
    return true;
}

bool differenze_conferma(struct cx *cx, struct id fatturazione, struct id persona, size_t *quante)
{
    struct conferma conferma = {fatturazione, persona, 0};
    if (!in_scratch(cx, confirm, &conferma))
        return false;
    *quante = conferma.quante;
    return true;
}
