/* What changed between two versions of a project: lines in words, matched by the longest common
 * sequence, so that a piece put in between does not shift all that stand behind it. */
#include "mod/progetti/rules.h"

#include <string.h>

struct righe {
    struct arena *arena;
    struct progetto_differenza items[PROGETTO_RIGHE_MAX];
    size_t count;
};

static void add(struct righe *righe, const char *dove, const char *testo)
{
    if (testo != NULL && righe->count < PROGETTO_RIGHE_MAX)
        righe->items[righe->count++] = (struct progetto_differenza){0, dove, testo};
}

static const char *period(struct arena *arena, struct day dal, struct day al)
{
    char from[DAY_TEXT], to[DAY_TEXT];
    return arena_printf(arena, "dal %s al %s", day_it(dal, from), day_it(al, to));
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static const char *azione_words(struct arena *arena, const struct azione *a)
{
    char day[DAY_TEXT];
    const char *chi = azione_chi_title(a->chi);
    return arena_printf(arena, "%s (%s%s%s, entro il %s)", or_empty(a->che_cosa), or_empty(chi),
                        a->nome != NULL ? ": " : "", or_empty(a->nome), day_it(a->entro, day));
}

static void add_costo(struct righe *righe, const struct costo *c)
{
    char whole[MONEY_TEXT], family[MONEY_TEXT], part[MONEY_TEXT];
    add(righe, "Costo",
        arena_printf(righe->arena, "%s: %s €, famiglia %s €%s%s", or_empty(c->che_cosa),
                     money_it(c->importo, whole), money_it(c->famiglia, family),
                     c->voce != NULL ? ", voce " : "", or_empty(c->voce)));
    for (size_t i = 0; i < c->fonti_count; i++)
        add(righe, "Fonte",
            arena_printf(righe->arena, "%s: %s € per %s", or_empty(fonte_title(c->fonti[i].chi)),
                         money_it(c->fonti[i].importo, part), or_empty(c->che_cosa)));
}

static struct righe *flat(struct arena *arena, const struct contenuto *c)
{
    struct righe *righe = ARENA_NEW(arena, struct righe);
    righe->arena = arena;
    add(righe, "Titolo", c->titolo);
    add(righe, "Bisogni", c->bisogni);
    add(righe, "Periodo", period(arena, c->dal, c->al));
    for (size_t i = 0; i < c->obiettivi_count; i++) {
        const struct obiettivo *o = &c->obiettivi[i];
        add(righe, "Obiettivo",
            o->indicatore == NULL
                ? o->testo
                : arena_printf(arena, "%s – indicatore: %s", or_empty(o->testo), o->indicatore));
        for (size_t j = 0; j < o->azioni_count; j++)
            add(righe, "Azione", azione_words(arena, &o->azioni[j]));
    }
    for (size_t i = 0; i < c->costi_count; i++)
        add_costo(righe, &c->costi[i]);
    for (size_t i = 0; i < c->fasi_count; i++)
        add(righe, "Fase",
            arena_printf(arena, "%s, %s", or_empty(c->fasi[i].nome),
                         period(arena, c->fasi[i].dal, c->fasi[i].al)));
    return righe;
}

static bool same(const struct progetto_differenza *a, const struct progetto_differenza *b)
{
    return strcmp(a->dove, b->dove) == 0 && strcmp(a->testo, b->testo) == 0;
}

/* common[i * (b + 1) + j]: how many lines the rests from i and j have in common. */
static uint16_t *common_of(struct arena *arena, const struct righe *a, const struct righe *b)
{
    size_t wide = b->count + 1;
    uint16_t *common = ARENA_NEWS(arena, uint16_t, (a->count + 1) * wide);
    for (size_t i = a->count; i-- > 0;)
        for (size_t j = b->count; j-- > 0;) {
            uint16_t down = common[(i + 1) * wide + j], right = common[i * wide + j + 1];
            if (same(&a->items[i], &b->items[j]))
                common[i * wide + j] = (uint16_t)(common[(i + 1) * wide + j + 1] + 1);
            else
                common[i * wide + j] = down > right ? down : right;
        }
    return common;
}

size_t contenuto_diff(struct arena *arena, const struct contenuto *prima,
                      const struct contenuto *dopo, struct progetto_differenza *out)
{
    const struct righe *a = flat(arena, prima), *b = flat(arena, dopo);
    const uint16_t *common = common_of(arena, a, b);
    size_t i = 0, j = 0, count = 0, wide = b->count + 1;
    while (i < a->count || j < b->count) {
        struct progetto_differenza *line = &out[count++];
        if (i < a->count && j < b->count && same(&a->items[i], &b->items[j])) {
            *line = b->items[j++];
            i++;
        } else if (i < a->count &&
                   (j == b->count || common[(i + 1) * wide + j] >= common[i * wide + j + 1])) {
            *line = a->items[i++];
            line->segno = -1;
        } else {
            *line = b->items[j++];
            line->segno = 1;
        }
    }
    return count;
}
