#include "mod/rette/rette.h"

#include "mod/enti/enti.h"
#include "mod/rette/inside.h"
#include "mod/rette/store.h"

#include <string.h>

/* ---- questions -------------------------------------------------------------------------- */

bool retta_load_plan(struct cx *cx, struct id id, struct piano *piano)
{
    struct piano_salvato salvato;
    if (!store_piano_load(cx, id, &salvato))
        return false;
    *piano = salvato.piano;
    return true;
}

bool piano_in_force(struct cx *cx, const char *servizio, const char *variante, struct day giorno,
                    struct piano *piano, bool *festivo, bool *found)
{
    struct piano *piani;
    size_t count;
    *found = false;
    if (!store_piano_at(cx, servizio, giorno, &piani, &count))
        return false;
    const struct piano *chosen = piano_at(piani, count, servizio, variante, giorno, festivo);
    if (chosen != NULL)
        *piano = *chosen;
    *found = chosen != NULL;
    return true;
}

bool piani_between(struct cx *cx, const char *servizio, struct day dal, struct day al,
                   const struct piano **piani, size_t *count)
{
    struct piano *list;
    if (!store_piano_between(cx, servizio, dal, al, &list, count))
        return false;
    *piani = list;
    return true;
}

bool isee_at(struct cx *cx, struct id persona, struct day giorno, const char *servizio,
             struct isee *isee, bool *found)
{
    struct piano *piani;
    struct isee *list;
    size_t piani_count, count;
    unsigned tipi = 0;
    *found = false;
    if (!store_piano_at(cx, servizio, giorno, &piani, &piani_count) ||
        !store_isee_list(cx, persona, &list, &count))
        return false;
    for (size_t i = 0; i < piani_count; i++)
        tipi |= piani[i].isee_ammessi;
    const struct isee *chosen = isee_choose(list, count, tipi, giorno);
    if (chosen != NULL)
        *isee = *chosen;
    *found = chosen != NULL;
    return true;
}

bool isee_valid_all(struct cx *cx, struct day giorno, struct isee **list, size_t *count)
{
    return store_isee_valid(cx, giorno, list, count);
}

bool retta_unitaria(struct cx *cx, const char *servizio, const char *variante, struct id persona,
                    struct day giorno, struct retta *out, bool *found)
{
    struct piano piano;
    struct isee *list;
    size_t count;
    struct retta_caso caso = {.giorno = giorno};
    if (!piano_in_force(cx, servizio, variante, giorno, &piano, &caso.festivo, found))
        return false;
    if (!*found)
        return true;
    if (!store_isee_list(cx, persona, &list, &count))
        return false;
    caso.isee = isee_choose(list, count, piano.isee_ammessi, giorno);
    if (caso.isee == NULL && count > 0)
        caso.isee = &list[0]; /* the last one signed: the explanation says why it does not count */
    retta_compute(&piano, &caso, out);
    retta_explain(cx->arena, &piano, out);
    return true;
}

/* ---- attestations ----------------------------------------------------------------------- */

bool isee_record(struct cx *cx, struct isee *isee, struct rette_faults *faults)
{
    bool clash;
    if (!day_known(isee->scadenza))
        isee->scadenza = isee_expiry(isee->tipo, isee->sottoscritta);
    isee_check(isee, cx->today, faults);
    if (faults->count > 0)
        return true;
    if (!store_isee_add(cx, isee, &clash))
        return false;
    if (clash)
        rette_fault(faults, "protocollo", "questa attestazione è già registrata");
    return true;
}

bool isee_annul(struct cx *cx, struct id persona, struct id isee)
{
    return store_isee_annul(cx, persona, isee, cx->today);
}

/* ---- plans ------------------------------------------------------------------------------ */

static bool check_service(struct cx *cx, const struct piano *piano, struct rette_faults *faults)
{
    struct servizio servizio;
    bool found;
    if (!servizio_by_code(cx, piano->servizio, &servizio, &found))
        return false;
    if (!found)
        rette_fault(faults, "servizio", "non c’è un servizio «%s»", piano->servizio);
    return true;
}

bool piano_save(struct cx *cx, struct piano_salvato *salvato, bool as_draft,
                struct rette_faults *faults)
{
    if (!check_service(cx, &salvato->piano, faults))
        return false;
    if (faults->count > 0)
        return true;
    piano_check(&salvato->piano, faults);
    if (faults->count > 0 && !as_draft)
        return true;
    salvato->stato = faults->count > 0 ? STATO_BOZZA : STATO_VERIFICATO;
    faults->count = 0;
    return store_piano_put(cx, salvato);
}

static bool enact(struct cx *cx, const struct piano_salvato *salvato, struct rette_faults *faults)
{
    const struct piano *piano = &salvato->piano;
    struct piano *vigenti;
    size_t count;
    if (!store_piano_versions(cx, piano->servizio, piano->variante, &vigenti, &count))
        return false;
    const struct piano *before = piano_predecessor(vigenti, count, piano, faults);
    if (faults->count > 0)
        return true;
    if (before != NULL && !store_piano_end(cx, before->id, day_add(piano->validita.from, -1)))
        return false;
    return store_piano_enact(cx, piano->id, salvato->versione);
}

bool piano_enact(struct cx *cx, struct id id, struct rette_faults *faults)
{
    struct piano_salvato salvato;
    if (!store_piano_load(cx, id, &salvato))
        return false;
    piano_check(&salvato.piano, faults);
    if (faults->count > 0)
        return true;
    return enact(cx, &salvato, faults);
}

/* ---- import ----------------------------------------------------------------------------- */

static void refuse(struct tariffe *tariffe, const struct rette_faults *faults)
{
    for (size_t i = 0; i < faults->count && tariffe->fault_count < TARIFFE_FAULTS; i++)
        tariffe->faults[tariffe->fault_count++] =
            (struct tariffe_fault){0, faults->items[i].field, faults->items[i].text};
}

static bool import_piano(struct cx *cx, const struct piano *piano, bool prova,
                         struct rette_faults *faults, struct rette_importazione *esito)
{
    struct piano *vigenti;
    size_t count;
    if (!check_service(cx, piano, faults))
        return false;
    if (faults->count > 0)
        return true;
    if (!store_piano_versions(cx, piano->servizio, piano->variante, &vigenti, &count))
        return false;
    for (size_t i = 0; i < count; i++)
        if (piano_same(&vigenti[i], piano)) {
            esito->presenti++;
            return true;
        }
    esito->nuovi++;
    if (prova) {
        piano_predecessor(vigenti, count, piano, faults);
        return true;
    }
    struct piano_salvato salvato = {.piano = *piano, .stato = STATO_VERIFICATO};
    salvato.piano.id = ID_NONE;
    return store_piano_put(cx, &salvato) && enact(cx, &salvato, faults);
}

bool rette_import(struct cx *cx, struct tariffe *tariffe, bool prova,
                  struct rette_importazione *esito)
{
    *esito = (struct rette_importazione){0, 0};
    for (size_t i = 0; i < tariffe->count; i++) {
        struct rette_faults faults = {.arena = cx->arena};
        if (!import_piano(cx, &tariffe->piani[i], prova, &faults, esito))
            return false;
        refuse(tariffe, &faults);
    }
    return true;
}

extern const char tariffe_2025_tsv[];

bool rette_demo(struct cx *cx)
{
    struct tariffe tariffe;
    struct rette_importazione esito;
    tariffe_read(cx->arena, tariffe_2025_tsv, strlen(tariffe_2025_tsv), NULL, DAY_NONE, &tariffe);
    if (tariffe.fault_count == 0 && !rette_import(cx, &tariffe, false, &esito))
        return false;
    return tariffe.fault_count == 0 ||
           FAIL(cx, ERR_INTERNAL, "tariffe_2025.tsv, riga %zu, %s: %s", tariffe.faults[0].line,
                tariffe.faults[0].column, tariffe.faults[0].text);
}

/* ---- the room --------------------------------------------------------------------------- */

const struct module rette_module = {
    .name = "rette",
    .schema = &rette_schema,
    .registry = &rette_registry,
    .routes = rette_routes,
    .commands = rette_commands,
    .menu = rette_menu,
};
