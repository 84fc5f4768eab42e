#include "mod/invii/rules.h"

#include <string.h>

enum { ANNO = 366 };

/* clang-format off */
const struct invio_mossa invio_mosse[] = {
    {"accetta", "inviato", "accettato", LATO_RICEVE, false, "Accetta l’invio", "Nota",
     "Un invio è stato accettato."},
    {"rifiuta", "inviato", "rifiutato", LATO_RICEVE, true, "Rifiuta l’invio", "Motivo del rifiuto",
     "Un invio è stato rifiutato."},
    {"ritira", "inviato", "ritirato", LATO_MANDA, true, "Ritira l’invio", "Motivo del ritiro",
     "Un invio è stato ritirato."},
    {"concludi", "accettato", "concluso", LATO_RICEVE, true, "Scrivi l’esito", "Esito",
     "È arrivato l’esito di un invio."},
};
/* clang-format on */
const size_t invio_mosse_count = sizeof invio_mosse / sizeof *invio_mosse;

static const struct {
    const char *stato, *titolo;
} stati[] = {
    {"inviato", "Da accettare"}, {"accettato", "Accettato"}, {"rifiutato", "Rifiutato"},
    {"ritirato", "Ritirato"},    {"concluso", "Concluso"},
};
const char *const invio_stati[] = {"inviato",  "accettato", "rifiutato",
                                   "ritirato", "concluso",  NULL};

const char *invio_stato_title(const char *stato)
{
    for (size_t i = 0; stato != NULL && i < sizeof stati / sizeof *stati; i++)
        if (strcmp(stati[i].stato, stato) == 0)
            return stati[i].titolo;
    return NULL;
}

bool invio_closed(const char *stato)
{
    for (size_t i = 0; i < invio_mosse_count; i++)
        if (strcmp(invio_mosse[i].da, stato) == 0)
            return false;
    return true;
}

static bool written(const char *testo)
{
    return testo != NULL && testo[0] != '\0';
}

enum invio_fault invio_check(const struct invio_chiesto *c)
{
    if (c->riservata)
        return INVIO_RISERVATA;
    if (c->a.n == 0 || c->a.n == c->da.n)
        return INVIO_ENTE;
    if (!day_known(c->termine) || day_cmp(c->termine, c->oggi) < 0 ||
        day_cmp(c->termine, day_add(c->oggi, ANNO)) > 0)
        return INVIO_TERMINE;
    return written(c->testo) ? INVIO_OK : INVIO_TESTO;
}

enum invio_fault invio_mossa_check(const struct invio_mossa *mossa, const char *stato,
                                   enum invio_lato lato, const char *testo)
{
    if (strcmp(mossa->da, stato) != 0)
        return INVIO_MOSSA;
    if (mossa->lato != lato)
        return INVIO_LATO;
    return mossa->testo && !written(testo) ? INVIO_TESTO : INVIO_OK;
}
