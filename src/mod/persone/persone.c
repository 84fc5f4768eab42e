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
    return componente_close(cx, componente, al);
}

bool persona_exact(struct arena *arena, const char *query)
{
    struct persona_ricerca asked;
    persona_query(arena, query, &asked);
    return asked.codfis_noto || (asked.numero != INT_NONE && asked.cifre == NULL);
}
