/* Importing a budget: a new year as it is, a year that is there as the lines that lead to it. */
#include "mod/bilancio/inside.h"

#include "kit/doc/sheet_read.h"

#include <string.h>

/* ---- the file --------------------------------------------------------------------------- */

bool importa_read(struct cx *cx, const char *name, struct bytes file, int64_t anno,
                  struct importazione *in)
{
    struct bytes text = file;
    if (sheet_is(file) && !sheet_to_text(cx->arena, file, PROSPETTO_SIZE, &text, &cx->err))
        return false;
    if (text.size > PROSPETTO_SIZE)
        return FAIL(cx, ERR_INPUT, "il file ha più di 4 MB");
    *in = (struct importazione){.read.count = 0};
    prospetto_read_table(cx->arena, name, (const char *)text.data, text.size, anno, &in->file,
                         &in->versione, &in->read);
    return true;
}

/* ---- onto a year that is there ----------------------------------------------------------------
 */

static const struct voce *voce_named(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (strcmp(b->voci[i].nome, nome) == 0)
            return &b->voci[i];
    return NULL;
}

static const struct fonte *fonte_named(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (strcmp(b->fonti[i].nome, nome) == 0)
            return &b->fonti[i];
    return NULL;
}

/* Items and sources of the file that the year does not have yet; in a dry run with numbers below
 * zero, which are in no database. */
static bool open_new(struct cx *cx, const struct bilancio *file, bool prova, struct bilancio *now)
{
    for (size_t i = 0; i < file->voci_count; i++) {
        const struct voce *voce = &file->voci[i];
        const struct area *area = bilancio_area(file, voce->area);
        if (voce_named(now, voce->nome) != NULL)
            continue;
        if (!prova && !bilancio_add_voce(cx, now->anno, area->nome, voce->nome))
            return false;
        if (prova && now->voci_count < VOCI_MAX)
            now->voci[now->voci_count++] =
                (struct voce){{-(int64_t)i - 1}, ID_NONE, voce->nome, 0, MONEY(0)};
    }
    for (size_t i = 0; i < file->fonti_count; i++) {
        const struct fonte *fonte = &file->fonti[i];
        if (fonte_named(now, fonte->nome) != NULL)
            continue;
        if (!prova && !bilancio_add_fonte(cx, now->anno, fonte->nome))
            return false;
        if (prova && now->fonti_count < FONTI_MAX)
            now->fonti[now->fonti_count++] = (struct fonte){
                .id = {-(int64_t)i - 1}, .nome = fonte->nome, .disponibile = MONEY(0)};
    }
    return true;
}

/* With room for the items and sources of a file. */
static void room_for(struct cx *cx, const struct bilancio *from, struct bilancio *to)
{
    bilancio_copy(cx->arena, from, to);
    to->voci = ARENA_NEWS(cx->arena, struct voce, VOCI_MAX);
    to->fonti = ARENA_NEWS(cx->arena, struct fonte, FONTI_MAX);
    memcpy(to->voci, from->voci, from->voci_count * sizeof *from->voci);
    memcpy(to->fonti, from->fonti, from->fonti_count * sizeof *from->fonti);
}

/* The file as a budget with the ids of the year. What a source has beyond what it gives stays. A
 * cell that the file does not have goes, or stays when only a part of the file could be read. */
static void target(struct cx *cx, const struct bilancio *base, const struct bilancio *file,
                   bool parziale, struct bilancio *to)
{
    bilancio_copy(cx->arena, base, to);
    to->celle = ARENA_NEWS(cx->arena, struct cella, file->celle_count + base->celle_count + 1);
    to->celle_count = 0;
    for (size_t i = 0; i < file->celle_count; i++) {
        const struct cella *cella = &file->celle[i];
        to->celle[to->celle_count++] = (struct cella){
            voce_named(base, bilancio_voce(file, cella->voce)->nome)->id,
            fonte_named(base, bilancio_fonte(file, cella->fonte)->nome)->id, cella->importo};
    }
    for (size_t i = 0; parziale && i < base->celle_count; i++)
        if (!money_ok(bilancio_cella(to, base->celle[i].voce, base->celle[i].fonte)))
            to->celle[to->celle_count++] = base->celle[i];
    for (size_t i = 0; i < to->fonti_count; i++) {
        struct fonte *fonte = &to->fonti[i];
        struct money off =
            money_sub(bilancio_sum_fonte(to, fonte->id), bilancio_sum_fonte(base, fonte->id));
        fonte->disponibile = money_add(fonte->disponibile, off);
    }
}

static bool import_lines(struct cx *cx, struct importazione *in, int64_t anno, bool prova,
                         bool parziale)
{
    struct bilancio now, base, to;
    bool found;
    if (!bilancio_load(cx, anno, &now, &found))
        return false;
    if (in->versione == INT_NONE)
        in->versione = now.versione;
    if (in->versione > now.versione)
        return FAIL(cx, ERR_INPUT, "il foglio è di una versione che non c’è ancora");
    if (!prova && !open_new(cx, &in->file, false, &now))
        return false;
    bool latest = in->versione == now.versione;
    if (!bilancio_load_version(cx, anno, in->versione, &base))
        return false;
    if (latest) /* what was opened has moved it on */
        in->versione = base.versione;
    room_for(cx, &base, &now);
    if (prova && !open_new(cx, &in->file, true, &now))
        return false;
    target(cx, &now, &in->file, parziale, &to);
    variazione_between(cx->arena, &now, &to, &in->righe);
    in->righe.anno = anno;
    in->b = ARENA_NEW(cx->arena, struct bilancio);
    *in->b = to;
    return true;
}

bool importa_apply(struct cx *cx, struct importazione *in, int64_t anno, bool prova, bool parziale,
                   struct bilancio_faults *faults)
{
    bool exists;
    if (in->read.count > 0 && !parziale)
        return true;
    if (in->file.celle_count == 0)
        return true;
    if (!store_bilancio_exists(cx, anno, &exists))
        return false;
    in->nuovo = !exists;
    if (exists)
        return import_lines(cx, in, anno, prova, parziale);
    bilancio_check(&in->file, faults);
    in->b = &in->file;
    return prova || faults->count > 0 || bilancio_save(cx, &in->file, faults);
}
