#include "mod/bilancio/prospetto.h"

#include "base/text.h"
#include "base/tsv.h"

#include <string.h>

/* A complaint of the reader becomes one of ours, and the reading goes on. */
static bool take(struct arena *arena, struct err *err, struct prospetto_faults *faults)
{
    if (err->code == ERR_NONE)
        return false;
    if (faults->count < PROSPETTO_FAULTS)
        faults->items[faults->count++] = arena_strdup(arena, err->text);
    err_clear(err);
    return true;
}

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

/* ---- the parts, found or added ------------------------------------------------------------ */

static bool area_of(struct bilancio *b, const char *nome, struct id *id)
{
    for (size_t i = 0; i < b->aree_count; i++)
        if (is(b->aree[i].nome, nome)) {
            *id = b->aree[i].id;
            return true;
        }
    if (b->aree_count == AREE_MAX)
        return false;
    *id = (struct id){(int64_t)b->aree_count + 1};
    b->aree[b->aree_count++] = (struct area){*id, nome, id->n};
    return true;
}

static struct voce *voce_of(struct bilancio *b, struct id area, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (is(b->voci[i].nome, nome))
            return &b->voci[i];
    if (b->voci_count == VOCI_MAX)
        return NULL;
    struct id id = {(int64_t)b->voci_count + 1};
    b->voci[b->voci_count] = (struct voce){id, area, nome, id.n, MONEY(0)};
    return &b->voci[b->voci_count++];
}

static struct fonte *fonte_of(struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->fonti_count; i++)
        if (is(b->fonti[i].nome, nome))
            return &b->fonti[i];
    if (b->fonti_count == FONTI_MAX)
        return NULL;
    struct id id = {(int64_t)b->fonti_count + 1};
    b->fonti[b->fonti_count] = (struct fonte){.id = id,
                                              .nome = nome,
                                              .ordine = id.n,
                                              .avanzo = INT_NONE,
                                              .competenza = INT_NONE,
                                              .disponibile = MONEY(0),
                                              .entro = DAY_NONE,
                                              .rendiconto = DAY_NONE};
    return &b->fonti[b->fonti_count++];
}

/* ---- cells ------------------------------------------------------------------------------ */

static bool read_row(struct arena *arena, struct tsv *tsv, struct prospetto_riga *row)
{
    row->area = text_clean(arena, tsv_text(tsv, "area"), false);
    row->voce = text_clean(arena, tsv_text(tsv, "voce_spesa"), false);
    row->fonte = text_clean(arena, tsv_text(tsv, "fonte"), false);
    row->importo = tsv_money(tsv, "importo");
    if (tsv->err->code != ERR_NONE)
        return false;
    if (*row->area == '\0')
        return tsv_fail(tsv, "area", "manca l’area");
    if (*row->voce == '\0')
        return tsv_fail(tsv, "voce_spesa", "manca la voce");
    if (*row->fonte == '\0')
        return tsv_fail(tsv, "fonte", "manca la fonte");
    if (!money_ok(row->importo) || row->importo.cents < 0)
        return tsv_fail(tsv, "importo", "manca, o è negativo");
    return true;
}

const char *prospetto_add(struct bilancio *b, const struct prospetto_riga *row, const char **column)
{
    struct id area;
    struct fonte *fonte;
    struct voce *voce;
    *column = "area";
    if (!area_of(b, row->area, &area))
        return "le aree sono troppe";
    *column = "voce_spesa";
    if ((voce = voce_of(b, area, row->voce)) == NULL)
        return "le voci sono troppe";
    if (voce->area.n != area.n)
        return "questa voce era in un’altra area";
    *column = "fonte";
    if ((fonte = fonte_of(b, row->fonte)) == NULL)
        return "le fonti sono troppe";
    if (money_ok(bilancio_cella(b, voce->id, fonte->id)))
        return "questa fonte paga già questa voce, in una riga prima";
    *column = NULL;
    if (b->celle_count == CELLE_MAX)
        return "le celle sono troppe";
    *column = "importo";
    b->celle[b->celle_count++] = (struct cella){voce->id, fonte->id, row->importo};
    voce->stanziato = money_add(voce->stanziato, row->importo);
    fonte->disponibile = money_add(fonte->disponibile, row->importo);
    if (!money_ok(voce->stanziato) || !money_ok(fonte->disponibile))
        return "la somma non si può contare";
    return NULL;
}

static bool add_row(struct bilancio *b, struct tsv *tsv, const struct prospetto_riga *row)
{
    const char *column, *why = prospetto_add(b, row, &column);
    return why == NULL || tsv_fail(tsv, column, why);
}

static void read_rows(struct arena *arena, struct tsv *tsv, struct bilancio *bilancio,
                      struct prospetto_faults *faults)
{
    struct prospetto_riga row;
    do {
        if (tsv_next(tsv) && read_row(arena, tsv, &row))
            (void)add_row(bilancio, tsv, &row);
        (void)take(arena, tsv->err, faults);
    } while (*tsv->rest != '\0' && faults->count < PROSPETTO_FAULTS);
}

void prospetto_blank(struct arena *arena, int64_t anno, struct bilancio *bilancio)
{
    *bilancio = (struct bilancio){.anno = anno,
                                  .stato = "approvato",
                                  .giorno = DAY_NONE,
                                  .versione = 1,
                                  .consuntivo_giorno = DAY_NONE};
    bilancio->aree = ARENA_NEWS(arena, struct area, AREE_MAX);
    bilancio->voci = ARENA_NEWS(arena, struct voce, VOCI_MAX);
    bilancio->fonti = ARENA_NEWS(arena, struct fonte, FONTI_MAX);
    bilancio->celle = ARENA_NEWS(arena, struct cella, CELLE_MAX);
    bilancio->vincoli = ARENA_NEWS(arena, struct vincolo, VINCOLI_MAX);
}

void prospetto_read(struct arena *arena, const char *name, const char *text, int64_t anno,
                    struct bilancio *bilancio, struct prospetto_faults *faults)
{
    struct err err = {ERR_NONE, ""};
    struct tsv tsv;
    prospetto_blank(arena, anno, bilancio);
    if (strlen(text) > PROSPETTO_SIZE)
        (void)err_set(&err, ERR_INPUT, "%s: più di 4 MB", name);
    if (take(arena, &err, faults))
        return;
    if (tsv_start(&tsv, arena, &err, name, text))
        read_rows(arena, &tsv, bilancio, faults);
    (void)take(arena, &err, faults);
    if (bilancio->celle_count == 0 && faults->count == 0) {
        (void)err_set(&err, ERR_INPUT, "%s: non c’è nessuna cella", name);
        (void)take(arena, &err, faults);
    }
}

/* ---- bonds ------------------------------------------------------------------------------ */

static struct id id_of_area(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->aree_count; i++)
        if (is(b->aree[i].nome, nome))
            return b->aree[i].id;
    return ID_NONE;
}

static struct id id_of_voce(const struct bilancio *b, const char *nome)
{
    for (size_t i = 0; i < b->voci_count; i++)
        if (is(b->voci[i].nome, nome))
            return b->voci[i].id;
    return ID_NONE;
}

static bool add_vincolo(struct bilancio *b, struct tsv *tsv)
{
    const char *nome = tsv_text(tsv, "fonte");
    const char *area = tsv_text(tsv, "area"), *voce = tsv_text(tsv, "voce");
    struct vincolo vincolo = {ID_NONE, id_of_area(b, area), id_of_voce(b, voce)};
    if (tsv->err->code != ERR_NONE)
        return false;
    if (*area != '\0' && vincolo.area.n == 0)
        return tsv_fail(tsv, "area", "non c’è un’area con questo nome");
    if (*voce != '\0' && vincolo.voce.n == 0)
        return tsv_fail(tsv, "voce", "non c’è una voce con questo nome");
    if ((vincolo.area.n == 0) == (vincolo.voce.n == 0))
        return tsv_fail(tsv, NULL, "dire o l’area o la voce");
    for (size_t i = 0; i < b->fonti_count; i++)
        if (is(b->fonti[i].nome, nome)) {
            vincolo.fonte = b->fonti[i].id;
            b->fonti[i].vincolata = true;
        }
    if (vincolo.fonte.n == 0)
        return tsv_fail(tsv, "fonte", "non c’è una fonte con questo nome");
    if (b->vincoli_count == VINCOLI_MAX)
        return tsv_fail(tsv, NULL, "i vincoli sono troppi");
    b->vincoli[b->vincoli_count++] = vincolo;
    return true;
}

void prospetto_read_vincoli(struct arena *arena, const char *name, const char *text,
                            struct bilancio *bilancio, struct prospetto_faults *faults)
{
    struct err err = {ERR_NONE, ""};
    struct tsv tsv;
    if (!tsv_start(&tsv, arena, &err, name, text)) {
        (void)take(arena, &err, faults);
        return;
    }
    do {
        if (tsv_next(&tsv))
            (void)add_vincolo(bilancio, &tsv);
        (void)take(arena, &err, faults);
    } while (*tsv.rest != '\0');
}
