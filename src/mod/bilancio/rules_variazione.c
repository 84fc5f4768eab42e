/* Amendments: lines that move amounts, each budget the one before with its lines added. */
#include "mod/bilancio/rules.h"

#include <string.h>

/* ---- copies ----------------------------------------------------------------------------- */

void bilancio_copy(struct arena *arena, const struct bilancio *from, struct bilancio *to)
{
    *to = *from;
    to->celle_room = from->celle_count + RIGHE_MAX;
    to->voci = ARENA_NEWS(arena, struct voce, from->voci_count + 1);
    to->fonti = ARENA_NEWS(arena, struct fonte, from->fonti_count + 1);
    to->celle = ARENA_NEWS(arena, struct cella, to->celle_room);
    if (from->voci_count > 0)
        memcpy(to->voci, from->voci, from->voci_count * sizeof *from->voci);
    if (from->fonti_count > 0)
        memcpy(to->fonti, from->fonti, from->fonti_count * sizeof *from->fonti);
    if (from->celle_count > 0)
        memcpy(to->celle, from->celle, from->celle_count * sizeof *from->celle);
}

/* ---- lines ------------------------------------------------------------------------------ */

static struct cella *cella_of(struct bilancio *b, const struct variazione_riga *riga)
{
    for (size_t i = 0; i < b->celle_count; i++)
        if (b->celle[i].voce.n == riga->voce.n && b->celle[i].fonte.n == riga->fonte.n)
            return &b->celle[i];
    if (b->celle_count >= b->celle_room)
        return NULL;
    b->celle[b->celle_count] = (struct cella){riga->voce, riga->fonte, MONEY(0)};
    return &b->celle[b->celle_count++];
}

static bool apply_cell(struct bilancio *b, const struct variazione_riga *riga, struct money amount)
{
    for (size_t i = 0; i < b->voci_count; i++) {
        struct voce *voce = &b->voci[i];
        if (voce->id.n != riga->voce.n)
            continue;
        struct cella *cella = cella_of(b, riga);
        if (cella == NULL)
            return false;
        cella->importo = money_add(cella->importo, amount);
        voce->stanziato = money_add(voce->stanziato, amount);
        return true;
    }
    return false;
}

static bool apply_line(struct bilancio *b, const struct variazione_riga *riga, int sign)
{
    struct money amount = sign < 0 ? money_neg(riga->importo) : riga->importo;
    for (size_t i = 0; i < b->fonti_count; i++) {
        struct fonte *fonte = &b->fonti[i];
        if (fonte->id.n != riga->fonte.n)
            continue;
        if (riga->voce.n != 0)
            return apply_cell(b, riga, amount);
        fonte->disponibile = money_add(fonte->disponibile, amount);
        return true;
    }
    return false;
}

/* A cell that an amendment brought is not there before it: blank is not zero. */
static void drop_empty(struct bilancio *b)
{
    size_t kept = 0;
    for (size_t i = 0; i < b->celle_count; i++)
        if (b->celle[i].importo.cents != 0)
            b->celle[kept++] = b->celle[i];
    b->celle_count = kept;
}

bool variazione_apply(struct bilancio *bilancio, const struct variazione *variazione, int sign)
{
    for (size_t i = 0; i < variazione->righe_count; i++)
        if (!apply_line(bilancio, &variazione->righe[i], sign))
            return false;
    if (sign < 0)
        drop_empty(bilancio);
    return true;
}

/* ---- what forbids one --------------------------------------------------------------------- */

static bool blank(const char *text)
{
    return text == NULL || text[strspn(text, " \t")] == '\0';
}

static void atto_fault(struct bilancio_faults *faults, const char *text)
{
    bilancio_fault_add(
        faults,
        (struct bilancio_fault){INV_ATTO, ID_NONE, ID_NONE, MONEY_INVALID, MONEY_INVALID, NULL},
        "%s", text);
}

static void check_act(const struct bilancio *b, const struct variazione *v, struct day dopo,
                      struct bilancio_faults *faults)
{
    char day[DAY_TEXT];
    if (blank(v->atto))
        atto_fault(faults, "manca l’atto che approva la variazione");
    if (blank(v->motivo))
        atto_fault(faults, "manca il motivo della variazione");
    if (!day_known(v->giorno))
        atto_fault(faults, "manca la data dell’atto");
    else if (day_civil(v->giorno).year != b->anno)
        atto_fault(faults, "la data dell’atto è fuori dall’anno del bilancio");
    else if (day_known(dopo) && day_cmp(v->giorno, dopo) < 0)
        bilancio_fault_add(
            faults,
            (struct bilancio_fault){INV_ATTO, ID_NONE, ID_NONE, MONEY_INVALID, MONEY_INVALID, NULL},
            "la variazione precedente, o l’approvazione del bilancio, è del %s: questa non può "
            "venire prima",
            day_it(dopo, day));
    if (strcmp(b->stato, "chiuso") == 0)
        atto_fault(faults, "l’anno è chiuso dal suo consuntivo: non si varia più");
}

static bool line_known(const struct bilancio *b, const struct variazione_riga *riga)
{
    return bilancio_fonte(b, riga->fonte) != NULL &&
           (riga->voce.n == 0 || bilancio_voce(b, riga->voce) != NULL);
}

/* What comes in is what goes out. */
static void check_lines(const struct bilancio *b, const struct variazione *v,
                        struct bilancio_faults *faults)
{
    struct money in = MONEY(0), out = MONEY(0);
    char a[MONEY_TEXT], c[MONEY_TEXT];
    struct bilancio_fault what = {INV_VARIAZIONE, ID_NONE, ID_NONE, MONEY(0), MONEY(0), NULL};
    if (v->righe_count == 0)
        bilancio_fault_add(faults, what, "la variazione non ha righe");
    for (size_t i = 0; i < v->righe_count; i++) {
        const struct variazione_riga *riga = &v->righe[i];
        if (!line_known(b, riga))
            bilancio_fault_add(faults, what, "riga %zu: la voce o la fonte non sono in bilancio",
                               i + 1);
        else if (!money_ok(riga->importo) || riga->importo.cents == 0)
            bilancio_fault_add(faults, what, "riga %zu: manca l’importo, o è zero", i + 1);
        if (riga->voce.n == 0)
            in = money_add(in, riga->importo);
        else
            out = money_add(out, riga->importo);
    }
    what.trovato = out;
    what.dovuto = in;
    if (!money_ok(in) || !money_ok(out))
        bilancio_fault_add(faults, what, "gli importi non si possono sommare");
    else if (money_cmp(in, out) != 0)
        bilancio_fault_add(
            faults, what,
            "la variazione non è in pareggio: le fonti cambiano di %s euro, le voci di %s",
            money_it(in, a), money_it(out, c));
}

void variazione_check(const struct bilancio *before, const struct variazione *variazione,
                      struct day dopo, struct bilancio_faults *faults)
{
    struct bilancio after;
    check_act(before, variazione, dopo, faults);
    check_lines(before, variazione, faults);
    for (size_t i = 0; i < variazione->righe_count; i++)
        if (!line_known(before, &variazione->righe[i]))
            return;
    bilancio_copy(faults->arena, before, &after);
    if (variazione_apply(&after, variazione, 1))
        bilancio_check(&after, faults);
    else
        atto_fault(faults, "la variazione ha troppe righe");
}

/* ---- from a budget to another ------------------------------------------------------------- */

static void add_line(struct variazione *lines, struct id voce, struct id fonte, struct money from,
                     struct money to)
{
    struct money off = money_sub(money_ok(to) ? to : MONEY(0), money_ok(from) ? from : MONEY(0));
    if (off.cents != 0)
        lines->righe[lines->righe_count++] = (struct variazione_riga){voce, fonte, off};
}

void variazione_between(struct arena *arena, const struct bilancio *from, const struct bilancio *to,
                        struct variazione *lines)
{
    size_t most = from->celle_count + to->celle_count + to->fonti_count;
    *lines = (struct variazione){.anno = to->anno, .numero = INT_NONE, .giorno = DAY_NONE};
    lines->righe = ARENA_NEWS(arena, struct variazione_riga, most + 1);
    for (size_t i = 0; i < to->celle_count; i++) {
        const struct cella *cella = &to->celle[i];
        add_line(lines, cella->voce, cella->fonte, bilancio_cella(from, cella->voce, cella->fonte),
                 cella->importo);
    }
    for (size_t i = 0; i < from->celle_count; i++) {
        const struct cella *cella = &from->celle[i];
        if (!money_ok(bilancio_cella(to, cella->voce, cella->fonte)))
            add_line(lines, cella->voce, cella->fonte, cella->importo, MONEY(0));
    }
    for (size_t i = 0; i < to->fonti_count; i++) {
        const struct fonte *has = bilancio_fonte(from, to->fonti[i].id);
        add_line(lines, ID_NONE, to->fonti[i].id, has != NULL ? has->disponibile : MONEY(0),
                 to->fonti[i].disponibile);
    }
}
