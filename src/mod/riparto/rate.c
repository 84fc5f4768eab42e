/* Acts on the ledger: accounts, entries, reversals. */
#include "mod/riparto/riparto.h"

#include "kit/tmpl/message.h"

#include <string.h>

static const char *const esito_keys[MOVIMENTO_ESITI] = {
    [MOVIMENTO_OK] = "riparto.ok",
    [MOVIMENTO_IMPORTO] = "riparto.mov_importo",
    [MOVIMENTO_ECCEDE] = "riparto.mov_eccede",
    [MOVIMENTO_NESSUNO] = "riparto.mov_nessuno",
    [MOVIMENTO_FUTURO] = "riparto.mov_futuro",
    [MOVIMENTO_DOPPIO] = "riparto.mov_doppio",
    [MOVIMENTO_STORNATO] = "riparto.mov_stornato",
    [MOVIMENTO_STORNO] = "riparto.mov_storno",
    [MOVIMENTO_MOTIVO] = "riparto.mov_motivo",
};

const char *movimento_esito_text(enum movimento_esito esito)
{
    return message(esito_keys[esito]);
}

bool conto_list(struct cx *cx, const struct rata_filtro *filtro, struct list *list)
{
    struct list rows;
    if (!store_rata_list(cx, filtro, &rows))
        return false;
    struct conto *conti = ARENA_NEWS(cx->arena, struct conto, rows.count);
    for (size_t i = 0; i < rows.count; i++)
        conti[i] = rata_conto(LIST_ITEM(&rows, struct rata_riga, i));
    *list = (struct list){conti, rows.count, sizeof *conti, rows.clipped};
    return true;
}

/* ---- entries --------------------------------------------------------------------------------- */

static bool write_entry(struct cx *cx, const struct movimento *movimento,
                        const struct imputazione *righe, size_t count)
{
    if (!store_movimento_add(cx, movimento))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!store_movimento_riga_add(cx, movimento->id, &righe[i]))
            return false;
    return true;
}

static bool decide(struct cx *cx, const struct movimento_nuovo *nuovo,
                   const struct movimento *movimento, struct imputazione **righe, size_t *count,
                   enum movimento_esito *esito, struct money *capienza)
{
    const struct rata_filtro filtro = {nuovo->prospetto, INT_NONE, nuovo->pagante};
    struct list conti;
    bool same = false;
    if (!conto_list(cx, &filtro, &conti) ||
        (money_ok(nuovo->importo) && !store_movimento_same(cx, movimento, &same)))
        return false;
    *righe = ARENA_NEWS(cx->arena, struct imputazione, conti.count * PARTI + 1);
    *esito = movimento_impute(conti.items, conti.count, nuovo->tipo, nuovo->importo, nuovo->numero,
                              nuovo->parte, *righe, count, capienza);
    if (*esito == MOVIMENTO_OK && day_cmp(nuovo->giorno, cx->today) > 0)
        *esito = MOVIMENTO_FUTURO;
    if (same && *esito != MOVIMENTO_IMPORTO)
        *esito = MOVIMENTO_DOPPIO;
    if (*esito == MOVIMENTO_OK &&
        !conti_apply(conti.items, conti.count, nuovo->tipo, *righe, *count))
        return FAIL(cx, ERR_INTERNAL, "un movimento non si lascia imputare");
    return true;
}

bool movimento_add(struct cx *cx, const struct movimento_nuovo *nuovo, struct id *id,
                   enum movimento_esito *esito, struct money *capienza)
{
    struct movimento movimento = {.prospetto = nuovo->prospetto,
                                  .pagante = nuovo->pagante,
                                  .tipo = movimento_tipo_name(nuovo->tipo),
                                  .giorno = nuovo->giorno,
                                  .importo = nuovo->importo,
                                  .riferimento = nuovo->riferimento,
                                  .utente = cx->who->utente,
                                  .scritto = cx->now};
    struct imputazione *righe;
    size_t count;
    if (!decide(cx, nuovo, &movimento, &righe, &count, esito, capienza))
        return false;
    if (*esito != MOVIMENTO_OK)
        return true;
    movimento.id = *id = cx_id(cx);
    return write_entry(cx, &movimento, righe, count);
}

static bool reverse(struct cx *cx, const struct movimento *old, const char *motivo)
{
    struct list rows;
    if (!store_movimento_righe(cx, old->id, &rows))
        return false;
    struct imputazione *righe = ARENA_NEWS(cx->arena, struct imputazione, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const struct movimento_riga *row = LIST_ITEM(&rows, struct movimento_riga, i);
        righe[i] =
            (struct imputazione){row->rata, parte_parse(row->parte), money_neg(row->importo)};
    }
    struct movimento storno = *old;
    storno.id = cx_id(cx);
    storno.storna = old->id;
    storno.importo = money_neg(old->importo);
    storno.giorno = cx->today;
    storno.motivo = motivo;
    storno.utente = cx->who->utente;
    storno.scritto = cx->now;
    return write_entry(cx, &storno, righe, rows.count);
}

bool movimento_reverse(struct cx *cx, struct id id, const char *motivo, enum movimento_esito *esito)
{
    struct movimento old;
    if (!store_movimento_load(cx, id, &old))
        return false;
    *esito = MOVIMENTO_OK;
    if (old.storna.n != 0)
        *esito = MOVIMENTO_STORNO;
    else if (old.stornato.n != 0)
        *esito = MOVIMENTO_STORNATO;
    else if (motivo == NULL || *motivo == '\0')
        *esito = MOVIMENTO_MOTIVO;
    return *esito != MOVIMENTO_OK || reverse(cx, &old, motivo);
}

/* ---- as it is shown ----------------------------------------------------------------------------
 */

const struct field rata_vista_fields[] = {
    FIELD(rata_vista, id),        FIELD(rata_vista, pagante),
    FIELD(rata_vista, titolo),    FIELD(rata_vista, numero),
    FIELD(rata_vista, scadenza),  FIELD(rata_vista, totale),
    FIELD(rata_vista, fattura),   FIELD(rata_vista, trasferimento),
    FIELD(rata_vista, fatturato), FIELD(rata_vista, incassato),
    FIELD(rata_vista, resto),     FIELD(rata_vista, stato),
    FIELD(rata_vista, ritardo),   FIELD_END};

struct rata_vista rata_vista_of(const struct rata_riga *riga, struct day today)
{
    const struct conto conto = rata_conto(riga);
    int late = conto_ritardo(&conto, today);
    return (struct rata_vista){.id = riga->id,
                               .pagante = riga->pagante,
                               .titolo = riga->titolo,
                               .stato = conto_stato_name(conto_stato(&conto, today)),
                               .numero = riga->numero,
                               .ritardo = late > 0 ? late : INT_NONE,
                               .scadenza = riga->scadenza,
                               .totale = conto_dovuto(&conto),
                               .fattura = riga->fattura,
                               .trasferimento = riga->trasferimento,
                               .fatturato = riga->fatturato,
                               .incassato = conto_incassato(&conto),
                               .resto = conto_resto(&conto)};
}
