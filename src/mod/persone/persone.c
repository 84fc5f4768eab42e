/* Acts on people: load, decide, save. */
#include "mod/persone/persone.h"

#include "mod/persone/store.h"

bool persona_save(struct cx *cx, struct persona *persona)
{
    return persona->id.n == 0 ? persona_insert(cx, persona) : persona_update(cx, persona);
}

bool persona_label(struct cx *cx, struct id id, const char **text)
{
    struct persona persona;
    if (!persona_load(cx, id, &persona))
        return false;
    *text = arena_printf(cx->arena, "%s %s", persona.cognome, persona.nome);
    return true;
}

bool nucleo_join(struct cx *cx, struct componente *componente, const char **reason)
{
    struct list others;
    *reason = NULL;
    if (!componente_list(cx, componente->persona, &others))
        return false;
    if (componente_clash(others.items, others.count, componente) >= 0) {
        *reason = "persone.nucleo_altro";
        return true;
    }
    if (componente->nucleo.n == 0 && !nucleo_insert(cx, &componente->nucleo))
        return false;
    return componente_insert(cx, componente);
}

bool nucleo_leave(struct cx *cx, struct id componente, struct day al)
{
    struct componente left;
    const char *reason;
    if (!componente_load(cx, componente, &left))
        return false;
    left.al = al;
    return nucleo_correct(cx, componente, &left, &reason) &&
           (reason == NULL || FAIL(cx, ERR_INPUT, "le date non stanno in fila"));
}

/* Both days known and in order: a household is lived in for a day at least. */
static bool in_order(const struct componente *c)
{
    return !day_known(c->dal) || !day_known(c->al) || day_cmp(c->dal, c->al) < 0;
}

bool nucleo_correct(struct cx *cx, struct id componente, const struct componente *right,
                    const char **reason)
{
    struct componente old;
    struct list others;
    *reason = NULL;
    if (!componente_load(cx, componente, &old) || !componente_list(cx, old.persona, &others))
        return false;
    if (right == NULL)
        return componente_annul(cx, componente);
    struct componente fresh = {.id = old.id,
                               .nucleo = old.nucleo,
                               .persona = old.persona,
                               .parentela = right->parentela,
                               .dal = right->dal,
                               .al = right->al};
    if (!in_order(&fresh))
        *reason = "persone.nucleo_date";
    else if (componente_clash(others.items, others.count, &fresh) >= 0)
        *reason = "persone.nucleo_altro";
    return *reason != NULL || (componente_annul(cx, componente) && componente_insert(cx, &fresh));
}

bool persona_exact(struct arena *arena, const char *query)
{
    struct persona_ricerca asked;
    persona_query(arena, query, &asked);
    return asked.codfis_noto || (asked.numero != INT_NONE && asked.cifre == NULL);
}
