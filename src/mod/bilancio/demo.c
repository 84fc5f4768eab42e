/* The demonstration: the published budget of 2025, and a life around it. */
#include "mod/bilancio/inside.h"

#include "base/tsv.h"

#include <string.h>

enum { YEAR = 2025, CLOSED_ON_YEAR = 2026, KEYS_MAX = 200, KEY = 16 };

extern const char bilancio_2025_tsv[];
extern const char vincoli_2025_tsv[];
extern const char fonti_2025_tsv[];
extern const char variazioni_tsv[];
extern const char scritture_tsv[];

bool bilancio_read_2025(struct cx *cx)
{
    struct bilancio bilancio;
    struct prospetto_faults read = {.count = 0};
    struct bilancio_faults faults = {.arena = cx->arena};
    bool exists = false;
    if (!store_bilancio_exists(cx, YEAR, &exists) || exists)
        return exists;
    prospetto_read(cx->arena, "bilancio_2025.tsv", bilancio_2025_tsv, YEAR, &bilancio, &read);
    prospetto_read_vincoli(cx->arena, "vincoli_2025.tsv", vincoli_2025_tsv, &bilancio, &read);
    prospetto_read_fonti(cx->arena, "fonti_2025.tsv", fonti_2025_tsv, &bilancio, &read);
    if (read.count > 0)
        return FAIL(cx, ERR_INTERNAL, "%s", read.items[0]);
    if (!bilancio_save(cx, &bilancio, &faults))
        return false;
    return faults.count == 0 || FAIL(cx, ERR_INTERNAL, "%s", faults.items[0].text);
}

/* ---- amendments ------------------------------------------------------------------------- */

struct riga_demo {
    int64_t anno, numero;
    const char *giorno, *atto, *motivo, *voce, *fonte;
    struct money importo;
};

static bool read_line(struct tsv *tsv, struct riga_demo *r)
{
    *r = (struct riga_demo){tsv_int(tsv, "anno"),    tsv_int(tsv, "numero"),
                            tsv_text(tsv, "giorno"), tsv_text(tsv, "atto"),
                            tsv_text(tsv, "motivo"), tsv_text(tsv, "voce"),
                            tsv_text(tsv, "fonte"),  tsv_money(tsv, "importo")};
    return tsv->err->code == ERR_NONE;
}

static struct id fonte_named(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (strcmp(b->fonti[i].nome, nome) == 0)
            return b->fonti[i].id;
    return ID_NONE;
}

static bool line_of(struct cx *cx, const struct riga_demo *r, struct variazione_riga *line)
{
    struct bilancio b;
    bool found, named = true;
    *line = (struct variazione_riga){ID_NONE, ID_NONE, r->importo};
    if (!bilancio_load(cx, r->anno, &b, &found) ||
        (*r->voce != '\0' && !voce_by_name(cx, r->anno, r->voce, &line->voce, &named)))
        return false;
    line->fonte = fonte_named(&b, r->fonte);
    return (named && line->fonte.n != 0) ||
           FAIL(cx, ERR_INTERNAL, "variazioni.tsv: «%s», «%s»", r->voce, r->fonte);
}

static bool amend(struct cx *cx, const struct riga_demo *r, const struct variazione *lines)
{
    struct bilancio b;
    struct bilancio_faults faults = {.arena = cx->arena};
    struct variazione_salvata v = {
        .anno = r->anno, .numero = INT_NONE, .atto = r->atto, .motivo = r->motivo};
    bool found;
    if (!day_parse_iso(r->giorno, &v.giorno))
        return FAIL(cx, ERR_INTERNAL, "variazioni.tsv: «%s»", r->giorno);
    if (!bilancio_load(cx, r->anno, &b, &found))
        return false;
    v.base = b.versione;
    if (!variazione_save(cx, &v, lines) || !variazione_approve(cx, &v, b.versione, &faults))
        return false;
    return faults.count == 0 || FAIL(cx, ERR_INTERNAL, "%s", faults.items[0].text);
}

static bool amendments(struct cx *cx)
{
    struct tsv tsv;
    struct riga_demo row, last = {.anno = INT_NONE, .numero = INT_NONE};
    struct variazione lines = {.numero = INT_NONE};
    enum { LINES = 16 };
    lines.righe = ARENA_NEWS(cx->arena, struct variazione_riga, LINES);
    if (!tsv_start(&tsv, cx->arena, &cx->err, "variazioni.tsv", variazioni_tsv))
        return false;
    while (tsv_next(&tsv) && read_line(&tsv, &row)) {
        bool fresh = row.anno != last.anno || row.numero != last.numero;
        if (fresh && lines.righe_count > 0 && !amend(cx, &last, &lines))
            return false;
        if (fresh)
            lines.righe_count = 0;
        if (lines.righe_count == LINES || !line_of(cx, &row, &lines.righe[lines.righe_count++]))
            return false;
        last = row;
    }
    return cx->err.code == ERR_NONE && (lines.righe_count == 0 || amend(cx, &last, &lines));
}

/* ---- movements -------------------------------------------------------------------------- */

struct chiavi {
    struct {
        char name[KEY];
        struct id id;
    } items[KEYS_MAX];
    size_t count;
};

static struct id id_of(const struct chiavi *keys, const char *name)
{
    for (size_t i = 0; i < keys->count; i++)
        if (strcmp(keys->items[i].name, name) == 0)
            return keys->items[i].id;
    return ID_NONE;
}

static bool entry_of(struct cx *cx, struct tsv *tsv, const struct chiavi *keys, struct scrittura *m)
{
    struct bilancio b;
    bool found = true;
    const char *fonte = tsv_text(tsv, "fonte");
    *m = (struct scrittura){.anno = tsv_int(tsv, "anno"),
                            .tipo = scrittura_tipo_name(SCR_IMPEGNO),
                            .padre = id_of(keys, tsv_text(tsv, "parte_di")),
                            .servizi = *tsv_text(tsv, "servizi") != '\0',
                            .atto = tsv_text(tsv, "atto"),
                            .descrizione = tsv_text(tsv, "descrizione"),
                            .importo = tsv_money(tsv, "importo")};
    if (!day_parse_iso(tsv_text(tsv, "giorno"), &m->giorno))
        return FAIL(cx, ERR_INTERNAL, "scritture.tsv: giorno");
    if (day_cmp(m->giorno, cx->today) > 0) /* it has not happened yet */
        return true;
    if (m->padre.n != 0)
        return true;
    if (!bilancio_load(cx, m->anno, &b, &found) ||
        !voce_by_name(cx, m->anno, tsv_text(tsv, "voce"), &m->voce, &found))
        return false;
    m->fonte = *fonte != '\0' ? fonte_named(&b, fonte) : ID_NONE;
    return found || FAIL(cx, ERR_INTERNAL, "scritture.tsv: «%s»", tsv_text(tsv, "voce"));
}

static bool entries(struct cx *cx)
{
    struct tsv tsv;
    struct scrittura m;
    struct chiavi *keys = ARENA_NEW(cx->arena, struct chiavi);
    if (!tsv_start(&tsv, cx->arena, &cx->err, "scritture.tsv", scritture_tsv))
        return false;
    while (tsv_next(&tsv)) {
        struct scrittura_faults faults = {.arena = cx->arena};
        if (!entry_of(cx, &tsv, keys, &m))
            return false;
        if (day_cmp(m.giorno, cx->today) > 0)
            continue;
        if (!scrittura_save(cx, &m, &faults))
            return false;
        if (faults.count > 0 || keys->count == KEYS_MAX)
            return FAIL(cx, ERR_INTERNAL, "scritture.tsv: %s", faults.items[0].text);
        snprintf(keys->items[keys->count].name, KEY, "%s", tsv_text(&tsv, "chiave"));
        keys->items[keys->count++].id = m.id;
    }
    return cx->err.code == ERR_NONE;
}

/* ---- the years -------------------------------------------------------------------------- */

static bool approve(struct cx *cx, int64_t anno)
{
    struct bilancio_faults faults = {.arena = cx->arena};
    return bilancio_approve(cx, anno, "Assemblea dei sindaci, delibera 1", day_of((int)anno, 2, 10),
                            &faults);
}

static bool close_2025(struct cx *cx)
{
    struct bilancio_faults faults = {.arena = cx->arena};
    if (day_civil(cx->today).year < CLOSED_ON_YEAR)
        return true;
    return bilancio_close(cx, YEAR, "Assemblea dei sindaci, delibera 3",
                          day_of(CLOSED_ON_YEAR, 4, 28), &faults);
}

bool bilancio_demo(struct cx *cx)
{
    bool exists = false;
    if (!store_bilancio_exists(cx, YEAR, &exists) || exists)
        return exists;
    return bilancio_read_2025(cx) && bilancio_carry(cx, YEAR, YEAR + 1) &&
           bilancio_carry(cx, YEAR, YEAR + 2) && approve(cx, YEAR + 1) && amendments(cx) &&
           entries(cx) && close_2025(cx) && bilancio_carry(cx, YEAR, day_civil(cx->today).year);
}
