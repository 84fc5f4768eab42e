/* What must hold in a project before people sign it. */
#include "mod/progetti/rules.h"

#include <string.h>

void progetto_rifiuta(struct progetto_rifiuti *rifiuti, const char *campo, const char *format, ...)
{
    va_list args;
    if (rifiuti->count == RIFIUTI_MAX)
        return;
    va_start(args, format);
    rifiuti->items[rifiuti->count++] =
        (struct progetto_rifiuto){campo, arena_vprintf(rifiuti->arena, format, args)};
    va_end(args);
}

static bool blank(const char *text)
{
    return text == NULL || text[0] == '\0';
}

/* The name of a field in its row: "entro_2". */
static const char *field_of(const struct progetto_rifiuti *rifiuti, const char *name, size_t row)
{
    return arena_printf(rifiuti->arena, "%s_%zu", name, row + 1);
}

/* ---- objectives ----------------------------------------------------------------------------- */

static void azione_check(const struct azione *azione, size_t row, struct day dal, struct day al,
                         struct progetto_rifiuti *rifiuti)
{
    if (blank(azione->che_cosa))
        progetto_rifiuta(rifiuti, field_of(rifiuti, "che_cosa", row), "Scrivi che cosa si fa.");
    if (azione_chi_title(azione->chi) == NULL)
        progetto_rifiuta(rifiuti, field_of(rifiuti, "chi", row), "Scegli chi lo fa.");
    if (!day_known(azione->entro))
        progetto_rifiuta(rifiuti, field_of(rifiuti, "entro", row), "Scrivi entro quando.");
    else if (day_cmp(azione->entro, dal) < 0 || (day_known(al) && day_cmp(azione->entro, al) > 0))
        progetto_rifiuta(rifiuti, field_of(rifiuti, "entro", row),
                         "Il termine è fuori dal periodo del progetto.");
}

void obiettivo_check(const struct obiettivo *obiettivo, struct day dal, struct day al,
                     struct progetto_rifiuti *rifiuti)
{
    if (blank(obiettivo->testo))
        progetto_rifiuta(rifiuti, "testo", "Scrivi l’obiettivo.");
    for (size_t i = 0; i < obiettivo->azioni_count; i++)
        azione_check(&obiettivo->azioni[i], i, dal, al, rifiuti);
}

/* ---- budget --------------------------------------------------------------------------------- */

static void fonti_check(const struct costo *costo, struct progetto_rifiuti *rifiuti)
{
    for (size_t i = 0; i < costo->fonti_count; i++) {
        const struct costo_fonte *fonte = &costo->fonti[i];
        if (fonte_title(fonte->chi) == NULL)
            progetto_rifiuta(rifiuti, field_of(rifiuti, "fonte", i), "Scegli chi paga.");
        if (!money_ok(fonte->importo) || fonte->importo.cents <= 0)
            progetto_rifiuta(rifiuti, field_of(rifiuti, "quota", i), "Scrivi quanto paga.");
        for (size_t j = 0; j < i; j++)
            if (fonte->chi != NULL && costo->fonti[j].chi != NULL &&
                strcmp(fonte->chi, costo->fonti[j].chi) == 0)
                progetto_rifiuta(rifiuti, field_of(rifiuti, "fonte", i), "È già fra le fonti.");
    }
}

static struct money covered(const struct costo *costo)
{
    struct money sum = costo->famiglia;
    for (size_t i = 0; i < costo->fonti_count; i++)
        sum = money_add(sum, costo->fonti[i].importo);
    return sum;
}

void costo_check(const struct costo *costo, struct progetto_rifiuti *rifiuti)
{
    size_t before = rifiuti->count;
    char whole[MONEY_TEXT], parts[MONEY_TEXT], rest[MONEY_TEXT];
    if (blank(costo->che_cosa))
        progetto_rifiuta(rifiuti, "che_cosa", "Scrivi per che cosa.");
    if (!money_ok(costo->importo) || costo->importo.cents <= 0)
        progetto_rifiuta(rifiuti, "importo", "Scrivi quanto costa.");
    if (!money_ok(costo->famiglia) || costo->famiglia.cents < 0)
        progetto_rifiuta(rifiuti, "famiglia", "Scrivi la quota della famiglia, anche 0.");
    fonti_check(costo, rifiuti);
    if (rifiuti->count > before)
        return;
    struct money sum = covered(costo);
    if (!money_ok(sum) || money_cmp(sum, costo->importo) != 0)
        progetto_rifiuta(rifiuti, "importo",
                         "Fonti e famiglia danno %s euro, il costo è %s: la differenza è %s.",
                         money_it(sum, parts), money_it(costo->importo, whole),
                         money_it(money_sub(costo->importo, sum), rest));
}

struct bilancio_di_progetto contenuto_budget(const struct contenuto *contenuto)
{
    struct bilancio_di_progetto sums = {MONEY(0), MONEY(0), MONEY(0)};
    for (size_t i = 0; i < contenuto->costi_count; i++) {
        sums.totale = money_add(sums.totale, contenuto->costi[i].importo);
        sums.famiglia = money_add(sums.famiglia, contenuto->costi[i].famiglia);
    }
    sums.pubblico = money_sub(sums.totale, sums.famiglia);
    return sums;
}

/* ---- phases ---------------------------------------------------------------------------------- */

void fasi_check(const struct contenuto *contenuto, struct progetto_rifiuti *rifiuti)
{
    for (size_t i = 0; i < contenuto->fasi_count; i++) {
        const struct fase *fase = &contenuto->fasi[i];
        if (blank(fase->nome))
            progetto_rifiuta(rifiuti, field_of(rifiuti, "nome", i), "Scrivi come si chiama.");
        if (!day_known(fase->dal) || !day_known(fase->al) || day_cmp(fase->al, fase->dal) < 0)
            progetto_rifiuta(rifiuti, field_of(rifiuti, "dal", i),
                             "La fase vuole un inizio e una fine che non venga prima.");
        else if (day_cmp(fase->dal, contenuto->dal) < 0 || day_cmp(fase->al, contenuto->al) > 0)
            progetto_rifiuta(rifiuti, field_of(rifiuti, "dal", i),
                             "La fase è fuori dal periodo del progetto.");
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void whole_facts(const struct contenuto *c, struct progetto_rifiuti *rifiuti)
{
    if (blank(c->titolo))
        progetto_rifiuta(rifiuti, NULL, "Manca il titolo.");
    if (blank(c->bisogni))
        progetto_rifiuta(rifiuti, NULL, "Mancano i bisogni da cui parte il progetto.");
    if (!day_known(c->dal) || !day_known(c->al) || day_cmp(c->al, c->dal) < 0)
        progetto_rifiuta(rifiuti, NULL, "Il progetto vuole un inizio e una fine.");
    if (c->obiettivi_count == 0)
        progetto_rifiuta(rifiuti, NULL, "Serve almeno un obiettivo.");
}

/* A piece that was right may no longer be: the period of the project moves under it. */
static void whole_pieces(const struct contenuto *c, struct progetto_rifiuti *rifiuti)
{
    for (size_t i = 0; i < c->obiettivi_count; i++) {
        struct progetto_rifiuti own = {.arena = rifiuti->arena};
        obiettivo_check(&c->obiettivi[i], c->dal, c->al, &own);
        if (c->obiettivi[i].azioni_count == 0)
            progetto_rifiuta(rifiuti, NULL, "Obiettivo %zu: serve almeno un’azione.", i + 1);
        if (own.count > 0)
            progetto_rifiuta(rifiuti, NULL, "Obiettivo %zu: %s", i + 1, own.items[0].testo);
    }
    for (size_t i = 0; i < c->costi_count; i++) {
        struct progetto_rifiuti own = {.arena = rifiuti->arena};
        costo_check(&c->costi[i], &own);
        if (own.count > 0)
            progetto_rifiuta(rifiuti, NULL, "Costo %zu: %s", i + 1, own.items[0].testo);
    }
    struct progetto_rifiuti own = {.arena = rifiuti->arena};
    fasi_check(c, &own);
    if (own.count > 0)
        progetto_rifiuta(rifiuti, NULL, "Fasi: %s", own.items[0].testo);
}

static void whole_checks(const struct contenuto *c, int most, const struct day *days, size_t count,
                         struct progetto_rifiuti *rifiuti)
{
    struct day last = c->dal;
    char text[DAY_TEXT];
    bool within = false;
    for (size_t i = 0; i < count; i++) {
        if (day_cmp(days[i], c->dal) < 0 || day_cmp(days[i], c->al) > 0)
            continue;
        within = true;
        if (most > 0 && days[i].n - last.n > most)
            progetto_rifiuta(rifiuti, NULL,
                             "Fino al %s passano più di %d giorni senza una verifica.",
                             day_it(days[i], text), most);
        last = days[i];
    }
    if (!within)
        progetto_rifiuta(rifiuti, NULL, "Serve almeno una verifica dentro il periodo.");
    else if (most > 0 && c->al.n - last.n > most)
        progetto_rifiuta(rifiuti, NULL, "Dopo il %s passano più di %d giorni senza una verifica.",
                         day_it(last, text), most);
}

void contenuto_check(const struct contenuto *contenuto, enum progetto_tipo tipo,
                     const struct day *verifiche, size_t count, struct progetto_rifiuti *rifiuti)
{
    size_t before = rifiuti->count;
    whole_facts(contenuto, rifiuti);
    if (rifiuti->count > before)
        return;
    whole_pieces(contenuto, rifiuti);
    whole_checks(contenuto, progetto_tipo_giorni(tipo), verifiche, count, rifiuti);
}

/* ---- a check of the project --------------------------------------------------------------------
 */

void avanzamento_check(const struct avanzamento *a, struct day giorno, struct day oggi,
                       struct progetto_rifiuti *rifiuti)
{
    if (blank(a->testo))
        progetto_rifiuta(rifiuti, "testo", "Scrivi che cosa è emerso.");
    if (!day_known(giorno) || day_cmp(giorno, oggi) > 0)
        progetto_rifiuta(rifiuti, "fatta", "Il giorno della verifica non è ancora venuto.");
}

bool avanzamento_whole(const struct avanzamento *a, const struct contenuto *contenuto)
{
    for (size_t i = 0; i < contenuto->obiettivi_count; i++)
        if (obiettivo_esito_title(a->esiti[i]) == NULL)
            return false;
    return true;
}
