/* Lines of an amendment, and attributes of sources, as tables. */
#include "mod/bilancio/prospetto.h"

#include "base/tsv.h"

#include <string.h>

static void take(struct arena *arena, struct err *err, struct prospetto_faults *faults)
{
    if (err->code != ERR_NONE && faults->count < PROSPETTO_FAULTS)
        faults->items[faults->count++] = arena_strdup(arena, err->text);
    err_clear(err);
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static struct fonte *fonte_named(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (is(b->fonti[i].nome, nome))
            return &b->fonti[i];
    return NULL;
}

/* ---- amendments ------------------------------------------------------------------------- */

static bool add_line(const struct bilancio *b, struct tsv *tsv, struct variazione *lines)
{
    const char *voce = tsv_text(tsv, "voce"), *nome = tsv_text(tsv, "fonte");
    struct variazione_riga riga = {ID_NONE, ID_NONE, tsv_money(tsv, "importo")};
    const struct fonte *fonte = fonte_named(b, nome);
    if (tsv->err->code != ERR_NONE)
        return false;
    for (size_t i = 0; i < b->voci_count; i++)
        if (is(b->voci[i].nome, voce))
            riga.voce = b->voci[i].id;
    if (*voce != '\0' && riga.voce.n == 0)
        return tsv_fail(tsv, "voce", "non c’è una voce con questo nome nel bilancio");
    if (fonte == NULL)
        return tsv_fail(tsv, "fonte", "non c’è una fonte con questo nome nel bilancio");
    if (!money_ok(riga.importo) || riga.importo.cents == 0)
        return tsv_fail(tsv, "importo", "manca, o è zero");
    if (lines->righe_count == RIGHE_MAX)
        return tsv_fail(tsv, NULL, "le righe sono troppe");
    riga.fonte = fonte->id;
    lines->righe[lines->righe_count++] = riga;
    return true;
}

void prospetto_read_variazione(struct arena *arena, const char *name, const char *text,
                               const struct bilancio *bilancio, struct variazione *lines,
                               struct prospetto_faults *faults)
{
    struct err err = {ERR_NONE, ""};
    struct tsv tsv;
    *lines = (struct variazione){.anno = bilancio->anno, .numero = INT_NONE, .giorno = DAY_NONE};
    lines->righe = ARENA_NEWS(arena, struct variazione_riga, RIGHE_MAX);
    if (!tsv_start(&tsv, arena, &err, name, text)) {
        take(arena, &err, faults);
        return;
    }
    do {
        if (tsv_next(&tsv))
            (void)add_line(bilancio, &tsv, lines);
        take(arena, &err, faults);
    } while (*tsv.rest != '\0' && faults->count < PROSPETTO_FAULTS);
}

/* ---- sources ---------------------------------------------------------------------------- */

static bool read_day(struct tsv *tsv, const char *column, struct day *day)
{
    const char *text = tsv_text(tsv, column);
    *day = DAY_NONE;
    return *text == '\0' || day_parse(text, day) || tsv_fail(tsv, column, "non è una data");
}

static bool set_fonte(struct arena *arena, struct bilancio *b, struct tsv *tsv)
{
    struct fonte *fonte = fonte_named(b, tsv_text(tsv, "fonte"));
    const char *natura = tsv_text(tsv, "natura"), *atto = tsv_text(tsv, "atto");
    int64_t avanzo = tsv_int(tsv, "avanzo"), competenza = tsv_int(tsv, "competenza");
    if (tsv->err->code != ERR_NONE)
        return false;
    if (fonte == NULL)
        return tsv_fail(tsv, "fonte", "non c’è una fonte con questo nome nel bilancio");
    if (*natura != '\0' && !is(natura, "legge") && !is(natura, "trasferimento"))
        return tsv_fail(tsv, "natura", "può essere legge o trasferimento");
    if (!read_day(tsv, "entro", &fonte->entro) || !read_day(tsv, "rendiconto", &fonte->rendiconto))
        return false;
    fonte->natura = *natura != '\0' ? arena_strdup(arena, natura) : NULL;
    fonte->atto = *atto != '\0' ? arena_strdup(arena, atto) : NULL;
    fonte->avanzo = avanzo;
    fonte->competenza = competenza;
    return true;
}

void prospetto_read_fonti(struct arena *arena, const char *name, const char *text,
                          struct bilancio *bilancio, struct prospetto_faults *faults)
{
    struct err err = {ERR_NONE, ""};
    struct tsv tsv;
    if (!tsv_start(&tsv, arena, &err, name, text)) {
        take(arena, &err, faults);
        return;
    }
    do {
        if (tsv_next(&tsv))
            (void)set_fonte(arena, bilancio, &tsv);
        take(arena, &err, faults);
    } while (*tsv.rest != '\0' && faults->count < PROSPETTO_FAULTS);
}
