/* What a household receives: months that may be read, added up by year. */
#include "mod/prestazioni/ricevuto.h"

#include "mod/persone/persone.h"
#include "mod/prestazioni/store.h"

#include <stdlib.h>
#include <string.h>

static const struct field mese_fields[] = {
    FIELD(ricevuto_mese, prestazione), FIELD(ricevuto_mese, nome),
    FIELD(ricevuto_mese, servizio),    FIELD(ricevuto_mese, variante),
    FIELD(ricevuto_mese, unita),       FIELD(ricevuto_mese, erogatore),
    FIELD(ricevuto_mese, mese),        FIELD(ricevuto_mese, quantita),
    FIELD(ricevuto_mese, retta),       FIELD(ricevuto_mese, costo),
    FIELD(ricevuto_mese, spesa),       FIELD_END};

static bool months_of(struct cx *cx, struct id persona, struct list *list)
{
    struct db_query query;
    db_query_start(&query, cx, "ricevuto_mesi",
                   "SELECT p.id AS prestazione, u.cognome || ' ' || u.nome AS nome, "
                   "s.nome AS servizio, p.variante, s.unita, e.nome AS erogatore, m.mese, "
                   "m.quantita, m.retta, m.costo, m.spesa FROM prestazione p "
                   "JOIN mensile m ON m.prestazione = p.id JOIN persona u ON u.id = p.persona "
                   "JOIN servizio s ON s.id = p.servizio JOIN ente e ON e.id = p.erogatore "
                   "WHERE p.ambito = $1 AND p.persona = $2 ORDER BY m.mese DESC, p.id LIMIT $3",
                   DB_ARGS(cx->who->ambito, persona, (int64_t)RICEVUTO_MESI + 1));
    return db_list(cx, db_query_sql(&query), db_query_args(&query), mese_fields,
                   sizeof(struct ricevuto_mese), RICEVUTO_MESI, list);
}

/* ---- added up ---------------------------------------------------------------------------- */

static int year_of(const struct ricevuto_mese *mese)
{
    return day_civil(mese->mese).year;
}

static struct ricevuto_anno *year_get(struct list *anni, const struct ricevuto_mese *mese)
{
    struct ricevuto_anno *items = (struct ricevuto_anno *)anni->items;
    for (size_t i = 0; i < anni->count; i++)
        if (items[i].anno == year_of(mese) && items[i].di->prestazione.n == mese->prestazione.n)
            return &items[i];
    items[anni->count] = (struct ricevuto_anno){.anno = year_of(mese), .di = mese};
    return &items[anni->count++];
}

void ricevuto_add(struct arena *arena, const struct list *mesi, struct list *anni)
{
    struct ricevuto_anno *items = ARENA_NEWS(arena, struct ricevuto_anno, mesi->count + 1);
    *anni = (struct list){items, 0, sizeof *items, mesi->clipped};
    LIST_EACH (mesi, const struct ricevuto_mese, mese) {
        struct ricevuto_anno *anno = year_get(anni, mese);
        anno->quantita += mese->quantita;
        anno->retta = money_add(anno->retta, mese->retta);
        anno->costo = money_add(anno->costo, mese->costo);
        anno->spesa = money_add(anno->spesa, mese->spesa);
    }
}

/* ---- what may be read -------------------------------------------------------------------- */

static bool may_read(struct cx *cx, struct id prestazione, bool *may)
{
    struct web_facts facts;
    if (!prestazione_object.facts(cx, prestazione, &facts))
        return false;
    struct authz_question question = {.role = (enum authz_role)cx->who->ruolo,
                                      .relation = facts.relation,
                                      .sensitivity = facts.sensitivity,
                                      .purpose = FINE_PROCEDIMENTO,
                                      .action = AZIONE_LEGGI};
    *may = facts.found && authz_decide(question).answer == AUTHZ_ALLOW;
    return true;
}

struct raccolta {
    struct ricevuto_mese *items;
    size_t count;
    bool clipped;
};

static bool gather(struct cx *cx, struct id persona, struct raccolta *all)
{
    struct list mesi;
    if (!months_of(cx, persona, &mesi))
        return false;
    struct id *seen = ARENA_NEWS(cx->arena, struct id, mesi.count + 1);
    bool *may = ARENA_NEWS(cx->arena, bool, mesi.count + 1);
    size_t known = 0;
    all->clipped = all->clipped || mesi.clipped;
    LIST_EACH (&mesi, const struct ricevuto_mese, mese) {
        size_t i = 0;
        while (i < known && seen[i].n != mese->prestazione.n)
            i++;
        if (i == known) {
            seen[known++] = mese->prestazione;
            if (!may_read(cx, mese->prestazione, &may[i]))
                return false;
        }
        if (may[i] && all->count < RICEVUTO_MESI)
            all->items[all->count++] = *mese;
    }
    return true;
}

static int by_year(const void *a, const void *b)
{
    const struct ricevuto_mese *x = a, *y = b;
    int year = year_of(y) - year_of(x);
    int name = strcmp(x->nome, y->nome);
    if (year != 0 || name != 0)
        return year != 0 ? year : name;
    return (x->prestazione.n > y->prestazione.n) - (x->prestazione.n < y->prestazione.n);
}

bool ricevuto_load(struct cx *cx, struct id persona, struct list *anni)
{
    struct list members;
    struct raccolta all = {ARENA_NEWS(cx->arena, struct ricevuto_mese, RICEVUTO_MESI), 0, false};
    if (!gather(cx, persona, &all) || !nucleo_at(cx, persona, cx->today, &members))
        return false;
    LIST_EACH (&members, const struct persona_convivente, member)
        if (member->persona.n != persona.n && !gather(cx, member->persona, &all))
            return false;
    qsort(all.items, all.count, sizeof *all.items, by_year);
    ricevuto_add(cx->arena, &(struct list){all.items, all.count, sizeof *all.items, all.clipped},
                 anni);
    return true;
}
