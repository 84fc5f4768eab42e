/* Acts on the stages of a year: drafts, amendments, approval, state at a date. */
#include "mod/bilancio/inside.h"

#include <string.h>

/* ---- state at a date ---------------------------------------------------------------------- */

static const struct variazione_salvata *amendment(const struct list *list, struct id id)
{
    LIST_EACH (list, const struct variazione_salvata, v)
        if (v->id.n == id.n)
            return v;
    return NULL;
}

/* Takes back the amendments of days behind `al`, and those behind a version. */
static bool take_back(struct cx *cx, const struct bilancio *today, struct day al, int64_t versione,
                      struct bilancio *b)
{
    struct list list, lines;
    if (!store_variazione_list(cx, today->anno, &list) ||
        !store_variazioni_righe(cx, today->anno, &lines))
        return false;
    bilancio_copy(cx->arena, today, b);
    for (size_t i = lines.count; i > 0; i--) {
        const struct variazione_riga_salvata *riga =
            LIST_ITEM(&lines, struct variazione_riga_salvata, i - 1);
        const struct variazione_salvata *v = amendment(&list, riga->variazione);
        struct variazione_riga line = {riga->voce, riga->fonte, riga->importo};
        struct variazione one = {.righe = &line, .righe_count = 1};
        if (v == NULL || (day_cmp(v->giorno, al) <= 0 && v->esito <= versione))
            continue;
        if (!variazione_apply(b, &one, -1))
            return FAIL(cx, ERR_INTERNAL, "variazione %lld: non si può togliere",
                        (long long)v->numero);
    }
    return true;
}

bool bilancio_load_at(struct cx *cx, int64_t anno, struct day al, struct bilancio *bilancio,
                      bool *found)
{
    struct bilancio today;
    if (!bilancio_load(cx, anno, &today, found))
        return false;
    *bilancio = today;
    return !*found || take_back(cx, &today, al, INT64_MAX, bilancio);
}

bool bilancio_load_version(struct cx *cx, int64_t anno, int64_t versione, struct bilancio *bilancio)
{
    struct bilancio today;
    bool found;
    return bilancio_load(cx, anno, &today, &found) &&
           (found || FAIL(cx, ERR_NOT_FOUND, "non c’è un bilancio per quell’anno")) &&
           take_back(cx, &today, DAY_MAX, versione, bilancio);
}

/* ---- drafts ----------------------------------------------------------------------------- */

static bool year_of(struct cx *cx, int64_t anno, struct bilancio *b)
{
    bool found;
    return bilancio_load(cx, anno, b, &found) &&
           (found || FAIL(cx, ERR_NOT_FOUND, "non c’è un bilancio per quell’anno"));
}

/* A command has no name of a user. */
static const char *writer(const struct cx *cx)
{
    return cx->who->nome != NULL ? cx->who->nome : "riga di comando";
}

bool variazione_save(struct cx *cx, struct variazione_salvata *v, const struct variazione *lines)
{
    v->scritta_da = writer(cx);
    if (v->id.n != 0)
        return store_variazione_set(cx, v, lines);
    v->id = cx_id(cx);
    v->versione = 1;
    return store_variazione_add(cx, v, lines);
}

/* Day of the amendment before, or of the budget's approval. */
static bool day_before(struct cx *cx, const struct bilancio *b, struct day *day)
{
    struct list list;
    if (!store_variazione_list(cx, b->anno, &list))
        return false;
    *day = b->giorno;
    LIST_EACH (&list, const struct variazione_salvata, v)
        if (v->numero != INT_NONE)
            *day = v->giorno;
    return true;
}

/* No item is taken below what is committed on it; one that is beyond already is not taken lower. */
static bool check_committed(struct cx *cx, const struct bilancio *b, const struct variazione *lines,
                            struct bilancio_faults *faults)
{
    struct bilancio after;
    struct voce_somma somma;
    char given[MONEY_TEXT], used[MONEY_TEXT];
    bilancio_copy(cx->arena, b, &after);
    if (!variazione_apply(&after, lines, 1))
        return true; /* said already */
    for (size_t i = 0; i < after.voci_count; i++) {
        const struct voce *voce = &after.voci[i];
        if (money_cmp(voce->stanziato, b->voci[i].stanziato) >= 0)
            continue;
        if (!store_somma(cx, b->anno, voce->id, DAY_MAX, &somma))
            return false;
        struct voce_stato stato = voce_state(voce->stanziato, &somma);
        if (stato.disponibile.cents < 0)
            bilancio_fault_add(faults,
                               (struct bilancio_fault){INV_IMPEGNATO, voce->id, ID_NONE,
                                                       voce->stanziato, stato.impegnato, NULL},
                               "la voce «%s» scende a %s euro, ma ne ha impegnati %s", voce->nome,
                               money_it(voce->stanziato, given), money_it(stato.impegnato, used));
    }
    return true;
}

bool variazione_try(struct cx *cx, const struct variazione_salvata *v, struct variazione *lines,
                    struct bilancio_faults *faults)
{
    struct bilancio b;
    struct day before;
    if (!year_of(cx, v->anno, &b) || !day_before(cx, &b, &before))
        return false;
    lines->anno = v->anno;
    lines->giorno = v->giorno;
    lines->atto = v->atto;
    lines->motivo = v->motivo;
    variazione_check(&b, lines, before, faults);
    return check_committed(cx, &b, lines, faults);
}

bool variazione_approve(struct cx *cx, struct variazione_salvata *v, int64_t base,
                        struct bilancio_faults *faults)
{
    struct variazione lines = {.numero = INT_NONE};
    if (v->numero != INT_NONE)
        return FAIL(cx, ERR_CONFLICT, "la variazione è già approvata");
    if (!store_variazione_righe(cx, v->id, &lines) || !variazione_try(cx, v, &lines, faults))
        return false;
    if (faults->count > 0)
        return true;
    v->base = base;
    v->scritta_da = writer(cx);
    return store_variazione_close(cx, v, &lines);
}

bool variazione_since(struct cx *cx, int64_t anno, int64_t base, struct list *list)
{
    size_t kept = 0;
    if (!store_variazione_list(cx, anno, list))
        return false;
    LIST_EACH (list, const struct variazione_salvata, v)
        if (v->numero != INT_NONE && v->esito > base)
            *LIST_ITEM(list, struct variazione_salvata, kept++) = *v;
    list->count = kept;
    return true;
}

const char *variazione_riga_words(struct cx *cx, const struct bilancio *b,
                                  const struct variazione_riga *riga)
{
    char amount[MONEY_TEXT];
    const struct voce *voce = bilancio_voce(b, riga->voce);
    const struct fonte *fonte = bilancio_fonte(b, riga->fonte);
    const char *source = fonte != NULL ? fonte->nome : "?";
    money_it(riga->importo, amount);
    const char *sign = riga->importo.cents > 0 ? "+" : "";
    if (riga->voce.n == 0)
        return arena_printf(cx->arena, "la fonte «%s»: %s%s", source, sign, amount);
    return arena_printf(cx->arena, "«%s» dalla fonte «%s»: %s%s", voce != NULL ? voce->nome : "?",
                        source, sign, amount);
}

/* ---- the year --------------------------------------------------------------------------- */

static void act_fault(struct bilancio_faults *faults, const char *text)
{
    bilancio_fault_add(
        faults,
        (struct bilancio_fault){INV_ATTO, ID_NONE, ID_NONE, MONEY_INVALID, MONEY_INVALID, NULL},
        "%s", text);
}

bool bilancio_approve(struct cx *cx, int64_t anno, const char *atto, struct day giorno,
                      struct bilancio_faults *faults)
{
    struct bilancio b;
    if (!year_of(cx, anno, &b))
        return false;
    if (strcmp(b.stato, "provvisorio") != 0)
        act_fault(faults, "il bilancio non è provvisorio");
    if (atto == NULL || *atto == '\0')
        act_fault(faults, "manca l’atto che approva il bilancio");
    if (!day_known(giorno))
        act_fault(faults, "manca la data dell’atto");
    bilancio_check(&b, faults);
    if (faults->count > 0)
        return true;
    b.stato = "approvato";
    b.atto = atto;
    b.giorno = giorno;
    return store_bilancio_touch(cx, anno, b.versione) && store_bilancio_state(cx, &b);
}

bool bilancio_add_voce(struct cx *cx, int64_t anno, const char *area, const char *voce)
{
    struct bilancio b;
    struct area where = {ID_NONE, area, 0};
    struct voce what = {.nome = voce, .stanziato = MONEY(0)};
    if (!year_of(cx, anno, &b) || !store_area_find(cx, area, &where.id) ||
        !store_voce_find(cx, voce, &what.id))
        return false;
    if (where.id.n == 0) {
        where.id = cx_id(cx);
        where.ordine = (int64_t)b.aree_count + 1;
        if (b.aree_count == AREE_MAX)
            return FAIL(cx, ERR_INPUT, "le aree sono troppe");
        if (!store_area_add(cx, &where))
            return false;
    }
    if (b.voci_count == VOCI_MAX)
        return FAIL(cx, ERR_INPUT, "le voci sono troppe");
    if (what.id.n == 0) {
        what.id = cx_id(cx);
        what.area = where.id;
        what.ordine = (int64_t)b.voci_count + 1;
        if (!store_voce_add(cx, &what))
            return false;
    }
    return bilancio_voce(&b, what.id) != NULL || (store_stanziamento_open(cx, anno, what.id) &&
                                                  store_bilancio_touch(cx, anno, b.versione));
}

bool bilancio_add_fonte(struct cx *cx, int64_t anno, const char *fonte)
{
    struct bilancio b;
    struct fonte what = {.nome = fonte, .avanzo = INT_NONE};
    if (!year_of(cx, anno, &b) || !store_fonte_find(cx, fonte, &what.id))
        return false;
    if (b.fonti_count == FONTI_MAX)
        return FAIL(cx, ERR_INPUT, "le fonti sono troppe");
    if (what.id.n == 0) {
        what.id = cx_id(cx);
        what.ordine = (int64_t)b.fonti_count + 1;
        if (!store_fonte_add(cx, &what))
            return false;
    }
    return bilancio_fonte(&b, what.id) != NULL || (store_disponibilita_open(cx, anno, what.id) &&
                                                   store_bilancio_touch(cx, anno, b.versione));
}
