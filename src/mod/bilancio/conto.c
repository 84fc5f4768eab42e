/* Acts on the execution of a year: movements, the statement by source, the forecast, the end. */
#include "mod/bilancio/inside.h"

#include "mod/enti/enti.h"

#include <string.h>

/* ---- movements -------------------------------------------------------------------------- */

/* What is left of a movement: itself, less its reversals and the parts that are in it. */
static bool left_of(struct cx *cx, struct id id, struct money *left)
{
    struct money net, parts;
    if (!store_scrittura_net(cx, id, &net) || !store_scrittura_parts(cx, id, &parts))
        return false;
    *left = money_sub(net, parts);
    return true;
}

/* Of an item, and of one of its cells where the source is named. */
static bool free_to_commit(struct cx *cx, const struct bilancio *b, const struct scrittura *m,
                           struct scrittura_fatti *fatti)
{
    struct voce_somma somma;
    const struct voce *voce = bilancio_voce(b, m->voce);
    const struct fonte *fonte = bilancio_fonte(b, m->fonte);
    struct money cell, taken;
    if (voce == NULL)
        return FAIL(cx, ERR_INPUT, "la voce non ha uno stanziamento in quell’anno");
    if (!store_somma(cx, b->anno, voce->id, DAY_MAX, &somma))
        return false;
    struct voce_stato before = voce_state(voce->stanziato, &somma);
    /* a commitment for services covers costs that count already */
    struct voce_somma none = somma;
    none.spese = MONEY(0);
    struct voce_stato bare = voce_state(voce->stanziato, &none);
    fatti->libero = m->servizi ? bare.disponibile : before.disponibile;
    fatti->di = arena_printf(cx->arena, "la voce «%s»", voce->nome);
    if (m->fonte.n == 0)
        return true;
    cell = bilancio_cella(b, m->voce, m->fonte);
    if (fonte == NULL || !money_ok(cell))
        return FAIL(cx, ERR_INPUT, "la fonte non paga questa voce");
    if (!store_cella_impegni(cx, b->anno, m->voce, m->fonte, &taken))
        return false;
    fatti->entro = fonte->entro;
    cell = money_sub(cell, taken);
    if (money_cmp(cell, fatti->libero) < 0) {
        fatti->libero = cell;
        fatti->di = arena_printf(cx->arena, "la fonte «%s» per «%s»", fonte->nome, voce->nome);
    }
    return true;
}

static bool take_from(struct cx *cx, struct scrittura *m, const struct scrittura *whole,
                      struct scrittura_fatti *fatti)
{
    m->anno = whole->anno;
    m->voce = whole->voce;
    m->fonte = whole->fonte;
    m->servizi = whole->servizi;
    fatti->dal = whole->giorno;
    fatti->di = arena_printf(cx->arena, "%s n. %lld", whole->tipo, (long long)whole->numero);
    return left_of(cx, whole->id, &fatti->libero);
}

static bool facts_of(struct cx *cx, struct scrittura *m, struct bilancio *b,
                     struct scrittura_fatti *fatti)
{
    struct scrittura whole;
    bool found;
    *fatti = (struct scrittura_fatti){.dal = DAY_NONE, .entro = DAY_NONE, .di = ""};
    struct id of = m->storna.n != 0 ? m->storna : m->padre;
    if (of.n != 0) {
        if (!store_scrittura_load(cx, of, &whole) || !take_from(cx, m, &whole, fatti))
            return false;
        if (m->storna.n != 0 && whole.storna.n != 0)
            return FAIL(cx, ERR_INPUT, "uno storno non si storna: si scrive di nuovo");
        enum scrittura_tipo tipo = scrittura_tipo_parse(whole.tipo);
        m->tipo = scrittura_tipo_name(m->storna.n != 0 ? tipo : tipo + 1);
        m->padre = m->storna.n != 0 ? whole.padre : whole.id;
        if (scrittura_tipo_parse(m->tipo) == SCRITTURA_TIPI || (m->storna.n == 0 && whole.storna.n))
            return FAIL(cx, ERR_INPUT, "di quella scrittura non c’è una parte");
    }
    if (!bilancio_load(cx, m->anno, b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "non c’è un bilancio per quell’anno");
    fatti->chiuso = strcmp(b->stato, "chiuso") == 0;
    return of.n != 0 || free_to_commit(cx, b, m, fatti);
}

bool scrittura_save(struct cx *cx, struct scrittura *m, struct scrittura_faults *faults)
{
    struct bilancio b;
    struct scrittura_fatti fatti;
    if (!facts_of(cx, m, &b, &fatti))
        return false;
    scrittura_check(m, &fatti, faults);
    return faults->count > 0 || store_scrittura_add(cx, m);
}

/* ---- states, statement, forecast ------------------------------------------------------------ */

static struct voce_somma sum_of(const struct list *somme, struct id voce)
{
    LIST_EACH (somme, const struct voce_somma, somma)
        if (somma->voce.n == voce.n)
            return *somma;
    return (struct voce_somma){.voce = voce};
}

bool stati_load(struct cx *cx, const struct bilancio *b, struct day al, struct list *stati)
{
    struct list somme;
    if (!store_somme(cx, b->anno, al, &somme))
        return false;
    struct voce_stato *items = ARENA_NEWS(cx->arena, struct voce_stato, b->voci_count + 1);
    for (size_t i = 0; i < b->voci_count; i++) {
        struct voce_somma somma = sum_of(&somme, b->voci[i].id);
        items[i] = voce_state(b->voci[i].stanziato, &somma);
    }
    *stati = (struct list){items, b->voci_count, sizeof *items, false};
    return true;
}

static struct conto_atti acts_of(const struct list *atti, struct id voce, struct id fonte)
{
    LIST_EACH (atti, const struct cella_atti, a)
        if (a->voce.n == voce.n && a->fonte.n == fonte.n)
            return (struct conto_atti){a->impegnato, a->liquidato, a->pagato};
    return (struct conto_atti){MONEY(0), MONEY(0), MONEY(0)};
}

bool conto_load(struct cx *cx, const struct bilancio *b, struct day al, struct list *righe)
{
    struct list stati, atti;
    size_t count = 0;
    if (!stati_load(cx, b, al, &stati) || !store_cella_atti(cx, b->anno, al, &atti))
        return false;
    struct conto_riga *lines = ARENA_NEWS(cx->arena, struct conto_riga, b->celle_count + 1);
    struct conto_atti *acts = ARENA_NEWS(cx->arena, struct conto_atti, FONTI_MAX);
    for (size_t i = 0; i < b->voci_count; i++) {
        size_t first = count;
        for (size_t k = 0; k < b->fonti_count; k++) {
            struct id voce = b->voci[i].id, fonte = b->fonti[k].id;
            struct money cell = bilancio_cella(b, voce, fonte);
            if (!money_ok(cell))
                continue;
            acts[count - first] = acts_of(&atti, voce, fonte);
            lines[count++] = (struct conto_riga){.voce = voce, .fonte = fonte, .assegnato = cell};
        }
        conto_split(LIST_ITEM(&stati, struct voce_stato, i), acts, lines + first, count - first);
    }
    *righe = (struct list){lines, count, sizeof *lines, false};
    return true;
}

struct conto_riga conto_of_fonte(const struct list *righe, struct id fonte)
{
    struct conto_riga sum = {.fonte = fonte};
    LIST_EACH (righe, const struct conto_riga, riga) {
        if (riga->fonte.n != fonte.n)
            continue;
        sum.assegnato = money_add(sum.assegnato, riga->assegnato);
        sum.impegnato = money_add(sum.impegnato, riga->impegnato);
        sum.liquidato = money_add(sum.liquidato, riga->liquidato);
        sum.pagato = money_add(sum.pagato, riga->pagato);
        sum.stimato = money_add(sum.stimato, riga->stimato);
    }
    return sum;
}

bool previsione_load(struct cx *cx, const struct bilancio *b, struct day oggi, struct list *righe)
{
    struct list somme, attese;
    if (!store_somme(cx, b->anno, DAY_MAX, &somme) || !store_attese(cx, b->anno, &attese))
        return false;
    struct previsione *lines = ARENA_NEWS(cx->arena, struct previsione, b->voci_count + 1);
    for (size_t i = 0; i < b->voci_count; i++) {
        const struct voce *voce = &b->voci[i];
        struct voce_somma somma = sum_of(&somme, voce->id);
        size_t first = 0;
        while (first < attese.count &&
               LIST_ITEM(&attese, struct attesa, first)->voce.n != voce->id.n)
            first++;
        size_t last = first;
        while (last < attese.count && LIST_ITEM(&attese, struct attesa, last)->voce.n == voce->id.n)
            last++;
        previsione_compute(voce, &somma, LIST_ITEM(&attese, struct attesa, first), last - first,
                           b->anno, oggi, &lines[i]);
    }
    *righe = (struct list){lines, b->voci_count, sizeof *lines, false};
    return true;
}

/* ---- the end of the year ------------------------------------------------------------------ */

bool bilancio_close(struct cx *cx, int64_t anno, const char *atto, struct day giorno,
                    struct bilancio_faults *faults)
{
    struct bilancio b;
    struct list stati;
    struct bilancio_fault what = {INV_ATTO, ID_NONE, ID_NONE, MONEY_INVALID, MONEY_INVALID, NULL};
    bool found;
    if (!bilancio_load(cx, anno, &b, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "non c’è un bilancio per quell’anno");
    if (strcmp(b.stato, "approvato") != 0)
        bilancio_fault_add(faults, what, "si chiude solo un bilancio approvato: questo è %s",
                           b.stato);
    if (atto == NULL || *atto == '\0')
        bilancio_fault_add(faults, what, "manca l’atto che approva il consuntivo");
    if (!day_known(giorno) || day_civil(giorno).year <= anno)
        bilancio_fault_add(faults, what, "il consuntivo si approva quando l’anno è finito");
    bilancio_check(&b, faults);
    if (faults->count > 0)
        return true;
    if (!stati_load(cx, &b, DAY_MAX, &stati))
        return false;
    for (size_t i = 0; i < b.voci_count; i++) {
        const struct voce_stato *s = LIST_ITEM(&stati, struct voce_stato, i);
        struct consuntivo_riga riga = {b.voci[i].id, s->stanziato, s->impegnato, s->liquidato,
                                       s->pagato};
        if (!store_consuntivo_add(cx, anno, &riga))
            return false;
    }
    b.stato = "chiuso";
    b.consuntivo_atto = atto;
    b.consuntivo_giorno = giorno;
    return store_bilancio_touch(cx, anno, b.versione) && store_bilancio_state(cx, &b);
}

/* Commitments beyond those of the closed year: what is left of them is paid later, and that is no
 * difference. */
bool consuntivo_check(struct cx *cx, const struct bilancio *b, struct bilancio_faults *faults)
{
    struct list righe, stati;
    char was[MONEY_TEXT], is[MONEY_TEXT];
    if (strcmp(b->stato, "chiuso") != 0)
        return true;
    if (!store_consuntivo(cx, b->anno, &righe) || !stati_load(cx, b, DAY_MAX, &stati))
        return false;
    for (size_t i = 0; i < b->voci_count; i++) {
        const struct voce_stato *now = LIST_ITEM(&stati, struct voce_stato, i);
        LIST_EACH (&righe, const struct consuntivo_riga, riga) {
            if (riga->voce.n != b->voci[i].id.n || money_cmp(riga->impegnato, now->impegnato) == 0)
                continue;
            bilancio_fault_add(faults,
                               (struct bilancio_fault){INV_CONSUNTIVO, riga->voce, ID_NONE,
                                                       now->impegnato, riga->impegnato, NULL},
                               "la voce «%s» è stata chiusa con %s euro impegnati, ora sono %s",
                               b->voci[i].nome, money_it(riga->impegnato, was),
                               money_it(now->impegnato, is));
        }
    }
    return true;
}

bool bilancio_check_all(struct cx *cx, const struct bilancio *b, struct bilancio_faults *faults)
{
    struct list list;
    struct bilancio then;
    struct day before;
    bool found;
    bilancio_check(b, faults);
    if (!store_variazione_list(cx, b->anno, &list) ||
        !bilancio_load_at(cx, b->anno, DAY_MIN, &then, &found))
        return false;
    before = b->giorno;
    then.stato = "approvato"; /* it was, when they were made */
    LIST_EACH (&list, const struct variazione_salvata, v) {
        struct variazione lines = {.anno = v->anno,
                                   .numero = v->numero,
                                   .giorno = v->giorno,
                                   .atto = v->atto,
                                   .motivo = v->motivo};
        if (v->numero == INT_NONE)
            break;
        if (!store_variazione_righe(cx, v->id, &lines))
            return false;
        variazione_check(&then, &lines, before, faults);
        if (!variazione_apply(&then, &lines, 1))
            return FAIL(cx, ERR_INTERNAL, "variazione %lld", (long long)v->numero);
        before = v->giorno;
    }
    return consuntivo_check(cx, b, faults);
}

/* ---- inhabitants ------------------------------------------------------------------------ */

bool abitanti(struct cx *cx, int64_t anno, int64_t *count)
{
    struct list list;
    struct popolazione figure;
    bool found;
    *count = INT_NONE;
    if (!ente_list(cx, "comune", &list))
        return false;
    LIST_EACH (&list, const struct ente, ente) {
        if (!popolazione_at(cx, ente->id, (int)anno, &figure, &found))
            return false;
        if (found && figure.abitanti != INT_NONE)
            *count = (*count == INT_NONE ? 0 : *count) + figure.abitanti;
    }
    return true;
}
