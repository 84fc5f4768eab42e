#include "mod/bilancio/bilancio.h"

#include "mod/bilancio/inside.h"
#include "mod/bilancio/store.h"

/* ---- ids of the database ------------------------------------------------------------------ */

/* The ids of a table's reader are small numbers; these are what they become. */
struct renaming {
    struct id aree[AREE_MAX + 1];
    struct id voci[VOCI_MAX + 1];
    struct id fonti[FONTI_MAX + 1];
};

static struct id renamed(const struct id *names, size_t max, struct id id)
{
    return id.n > 0 && (size_t)id.n <= max ? names[id.n] : id;
}

static bool take_aree(struct cx *cx, struct bilancio *b, struct renaming *names)
{
    for (size_t i = 0; i < b->aree_count; i++) {
        struct area *area = &b->aree[i];
        struct id *id = &names->aree[area->id.n];
        if (!store_area_find(cx, area->nome, id))
            return false;
        bool fresh = id->n == 0;
        if (fresh)
            *id = cx_id(cx);
        area->id = *id;
        if (fresh && !store_area_add(cx, area))
            return false;
    }
    return true;
}

static bool take_voci(struct cx *cx, struct bilancio *b, struct renaming *names)
{
    for (size_t i = 0; i < b->voci_count; i++) {
        struct voce *voce = &b->voci[i];
        struct id *id = &names->voci[voce->id.n];
        if (!store_voce_find(cx, voce->nome, id))
            return false;
        bool fresh = id->n == 0;
        if (fresh)
            *id = cx_id(cx);
        voce->id = *id;
        voce->area = renamed(names->aree, AREE_MAX, voce->area);
        if (fresh && !store_voce_add(cx, voce))
            return false;
    }
    return true;
}

static bool take_fonti(struct cx *cx, struct bilancio *b, struct renaming *names)
{
    for (size_t i = 0; i < b->fonti_count; i++) {
        struct fonte *fonte = &b->fonti[i];
        struct id *id = &names->fonti[fonte->id.n];
        if (!store_fonte_find(cx, fonte->nome, id))
            return false;
        bool fresh = id->n == 0;
        if (fresh)
            *id = cx_id(cx);
        fonte->id = *id;
        if (fresh && !store_fonte_add(cx, fonte))
            return false;
    }
    return true;
}

static void rename_rest(struct bilancio *b, const struct renaming *names)
{
    for (size_t i = 0; i < b->celle_count; i++) {
        b->celle[i].voce = renamed(names->voci, VOCI_MAX, b->celle[i].voce);
        b->celle[i].fonte = renamed(names->fonti, FONTI_MAX, b->celle[i].fonte);
    }
    for (size_t i = 0; i < b->vincoli_count; i++) {
        b->vincoli[i].fonte = renamed(names->fonti, FONTI_MAX, b->vincoli[i].fonte);
        b->vincoli[i].area = renamed(names->aree, AREE_MAX, b->vincoli[i].area);
        b->vincoli[i].voce = renamed(names->voci, VOCI_MAX, b->vincoli[i].voce);
    }
}

/* ---- acts ------------------------------------------------------------------------------- */

bool bilancio_save(struct cx *cx, struct bilancio *bilancio, struct bilancio_faults *faults)
{
    bool exists;
    bilancio_check(bilancio, faults);
    if (faults->count > 0)
        return true;
    if (!store_bilancio_exists(cx, bilancio->anno, &exists))
        return false;
    if (exists)
        return FAIL(cx, ERR_CONFLICT, "il %lld ha già un bilancio", (long long)bilancio->anno);
    struct renaming *names = ARENA_NEW(cx->arena, struct renaming);
    if (!take_aree(cx, bilancio, names) || !take_voci(cx, bilancio, names) ||
        !take_fonti(cx, bilancio, names))
        return false;
    rename_rest(bilancio, names);
    return store_bilancio_add(cx, bilancio);
}

bool bilancio_carry(struct cx *cx, int64_t from, int64_t to)
{
    struct bilancio bilancio;
    bool exists, found;
    if (!store_bilancio_exists(cx, to, &exists) || !bilancio_load(cx, from, &bilancio, &found))
        return false;
    if (exists || !found)
        return true;
    bilancio.anno = to;
    bilancio.stato = "provvisorio";
    bilancio.atto = NULL;
    bilancio.giorno = DAY_NONE;
    return store_bilancio_add(cx, &bilancio);
}

/* ---- the room --------------------------------------------------------------------------- */

const struct module bilancio_module = {
    .name = "bilancio",
    .schema = &bilancio_schema,
    .registry = &bilancio_registry,
    .routes = bilancio_routes,
    .commands = bilancio_commands,
    .menu = bilancio_menu,
};
