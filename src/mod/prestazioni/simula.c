#include "mod/prestazioni/simula.h"

#include "mod/enti/enti.h"
#include "mod/prestazioni/store.h"

#include <stdlib.h>
#include <string.h>

enum { WEEKS = 52, MONTHS = 12, RISERBO_TACIUTO = 5 };

struct loading {
    struct simula_utente *utenti;
    struct simula_chi *chi;
    size_t count, room;
    const struct id *enti; /* sorted: a municipality's place is its index */
    size_t enti_count;
    int64_t times;       /* quantities of a week, or month, in a year */
    const char *festivo; /* the variant of holidays, or NULL */
    const struct isee *isee;
    size_t isee_count, isee_at;
};

static int by_id(const void *a, const void *b)
{
    const struct id *one = a, *two = b;
    return (one->n > two->n) - (one->n < two->n);
}

static size_t comune_index(const struct loading *loading, struct id comune)
{
    const struct id *found = NULL;
    if (loading->enti_count > 0)
        found = bsearch(&comune, loading->enti, loading->enti_count, sizeof comune, by_id);
    return found == NULL ? loading->enti_count : (size_t)(found - loading->enti);
}

/* The attestations of a person: both lists are sorted by person. */
static void isee_of(struct loading *loading, struct id persona, struct simula_utente *utente)
{
    while (loading->isee_at < loading->isee_count &&
           loading->isee[loading->isee_at].persona.n < persona.n)
        loading->isee_at++;
    utente->isee = loading->isee_at;
    while (utente->isee + utente->isee_count < loading->isee_count &&
           loading->isee[utente->isee + utente->isee_count].persona.n == persona.n)
        utente->isee_count++;
}

/* Several services of one person are one user. */
static bool add_user(struct cx *cx, void *object, void *data)
{
    const struct servito_riga *riga = object;
    struct loading *loading = data;
    size_t last = loading->count - 1;
    (void)cx;
    if (loading->count == 0 || loading->chi[last].persona.n != riga->persona.n) {
        if (loading->count == loading->room)
            return true;
        last = loading->count++;
        loading->utenti[last] =
            (struct simula_utente){.comune = comune_index(loading, riga->comune)};
        loading->chi[last] =
            (struct simula_chi){riga->persona, riga->prestazione, riga->ente, riga->riservata};
        isee_of(loading, riga->persona, &loading->utenti[last]);
    }
    bool festivo = loading->festivo != NULL && strcmp(riga->variante, loading->festivo) == 0;
    loading->utenti[last].quantita[festivo] += riga->previsti * loading->times;
    loading->chi[last].nascosto |= riga->riserbo >= RISERBO_TACIUTO;
    return true;
}

/* The municipalities by id, with their names and one more for all others. */
static bool load_comuni(struct cx *cx, struct loading *loading, struct simula_caricati *out)
{
    struct list list;
    if (!ente_list(cx, "comune", &list))
        return false;
    struct id *ids = ARENA_NEWS(cx->arena, struct id, list.count);
    size_t at = 0;
    LIST_EACH (&list, struct ente, ente)
        ids[at++] = ente->id;
    qsort(ids, list.count, sizeof *ids, by_id);
    loading->enti = ids;
    loading->enti_count = list.count;
    out->comuni = ARENA_NEWS(cx->arena, const char *, list.count + 1);
    LIST_EACH (&list, struct ente, own)
        out->comuni[comune_index(loading, own->id)] = own->nome;
    out->comuni[list.count] = "altro, o non indicato";
    return true;
}

static bool load_users(struct cx *cx, const struct piano *piano, struct day giorno,
                       struct loading *loading)
{
    struct servizio servizio;
    int64_t count;
    bool found;
    if (!servizio_by_code(cx, piano->servizio, &servizio, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "no such service");
    const struct utenti_di di = {servizio.id, piano->variante,
                                 loading->festivo != NULL ? loading->festivo : piano->variante,
                                 giorno};
    if (!store_users_count(cx, &di, &count))
        return false;
    if (count > UTENTI_MAX)
        return FAIL(cx, ERR_INPUT, "gli utenti del servizio sono più di %d", UTENTI_MAX);
    loading->room = (size_t)count;
    loading->utenti = ARENA_NEWS(cx->arena, struct simula_utente, loading->room);
    loading->chi = ARENA_NEWS(cx->arena, struct simula_chi, loading->room);
    return store_users(cx, &di, add_user, loading);
}

bool simula_load(struct cx *cx, const struct piano *piano, struct day giorno,
                 struct simula_caricati *out, bool *found)
{
    struct isee *isee;
    struct loading loading = {0};
    bool festivo;
    enum unita unita = unita_parse(piano->unita);
    if (!piano_in_force(cx, piano->servizio, piano->variante, giorno, &out->prima, &festivo, found))
        return false;
    if (!*found)
        return true;
    loading.times = unita == UNITA_MESE ? MONTHS : WEEKS;
    if (strcmp(piano->variante, "feriale") == 0 && rate_ok(piano->festivo))
        loading.festivo = "festivo";
    if (!load_comuni(cx, &loading, out) || !isee_valid_all(cx, giorno, &isee, &loading.isee_count))
        return false;
    loading.isee = isee;
    if (!load_users(cx, piano, giorno, &loading))
        return false;
    out->chi = loading.chi;
    out->dati = (struct simula_dati){.utenti = loading.utenti,
                                     .count = loading.count,
                                     .isee = isee,
                                     .comuni = loading.enti_count + 1,
                                     .per = unita == UNITA_ORA ? 60 : 1,
                                     .giorno = giorno};
    return true;
}
