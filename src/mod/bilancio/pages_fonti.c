/* Sources: what each has and what became of it, deadlines, one source with its bond; the forecast
 * of the year. */
#include "mod/bilancio/pages.h"

#include "kit/tmpl/message.h"

#include <stdlib.h>
#include <string.h>

enum { VINCOLO_TESTO = 4000 };

struct fonte_modulo {
    int64_t anno;
    const char *natura, *atto, *paga;
    bool vincolata;
    int64_t avanzo, competenza;
    struct day entro, rendiconto;
};
/* clang-format off */
static const struct web_choice nature[] = {
    {"legge", "Per legge"}, {"trasferimento", "Per trasferimento"}, {NULL, NULL}};
static const struct web_field fields[] = {
    {FIELD(fonte_modulo, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(fonte_modulo, vincolata), "Vincolata: paga solo ciò che è detto sotto", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(fonte_modulo, natura), "Natura del vincolo", INPUT_CHOICE, false, 0, 0, nature, NULL},
    {FIELD(fonte_modulo, paga), "Che cosa può pagare", INPUT_LINES, false, 0, VINCOLO_TESTO, NULL, "Una riga per ogni area o voce, con il suo nome"},
    {FIELD(fonte_modulo, avanzo), "Avanzo dell’anno", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, "Solo se la fonte è un avanzo"},
    {FIELD(fonte_modulo, atto), "Atto di assegnazione", INPUT_TEXT, false, 0, 200, NULL, NULL},
    {FIELD(fonte_modulo, competenza), "Anno di competenza", INPUT_INT, false, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(fonte_modulo, entro), "Da spendere entro", INPUT_DAY, false, 0, 0, NULL, NULL},
    {FIELD(fonte_modulo, rendiconto), "Da rendicontare entro", INPUT_DAY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form fonte_form = {"fonte", fields, sizeof(struct fonte_modulo), 0};

static bool fonte_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    *facts =
        (struct web_facts){.sensitivity = RISERVO_AMMINISTRATIVO, .relation = RELAZIONE_AMBITO};
    return store_fonte_exists(cx, id, &facts->found);
}
const struct web_object fonte_object = {"fonte", fonte_facts};

const char *fonte_href(struct cx *cx, struct id fonte, int64_t anno)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/bilancio/fonti/%s?anno=%lld", id_text(fonte, id),
                        (long long)anno);
}

void conto_show(struct tv *page, const struct conto_riga *sum)
{
    struct tv *to = tv_child(page, "conto");
    tv_money(to, "assegnato", sum->assegnato);
    tv_money(to, "impegnato", sum->impegnato);
    tv_money(to, "liquidato", sum->liquidato);
    tv_money(to, "pagato", sum->pagato);
    tv_money(to, "residuo", money_sub(sum->assegnato, sum->impegnato));
    tv_money(to, "stimato", sum->stimato.cents != 0 ? sum->stimato : MONEY_INVALID);
}

/* ---- all sources, deadlines --------------------------------------------------------------- */

struct scadenza {
    struct day giorno;
    const char *che;
    const struct fonte *fonte;
    struct money resta;
};

static int by_day(const void *a, const void *b)
{
    return day_cmp(((const struct scadenza *)a)->giorno, ((const struct scadenza *)b)->giorno);
}

static void show_deadlines(struct cx *cx, struct tv *page, const struct bilancio *b,
                           const struct list *righe)
{
    struct scadenza *all = ARENA_NEWS(cx->arena, struct scadenza, b->fonti_count * 2 + 1);
    struct tv *rows = tv_children(page, "scadenze");
    size_t count = 0;
    for (size_t i = 0; i < b->fonti_count; i++) {
        const struct fonte *f = &b->fonti[i];
        struct conto_riga sum = conto_of_fonte(righe, f->id);
        if (day_known(f->entro))
            all[count++] = (struct scadenza){f->entro, "da spendere", f,
                                             money_sub(f->disponibile, sum.impegnato)};
        if (day_known(f->rendiconto))
            all[count++] = (struct scadenza){f->rendiconto, "da rendicontare", f,
                                             money_sub(f->disponibile, sum.liquidato)};
    }
    qsort(all, count, sizeof *all, by_day);
    for (size_t i = 0; i < count; i++) {
        struct tv *row = tv_push(rows);
        tv_day(row, "giorno", all[i].giorno);
        tv_text(row, "che", all[i].che);
        tv_text(row, "fonte", all[i].fonte->nome);
        tv_text(row, "href", fonte_href(cx, all[i].fonte->id, b->anno));
        tv_money(row, "resta", all[i].resta);
        tv_bool(row, "passata", day_cmp(all[i].giorno, cx->today) < 0 && all[i].resta.cents > 0);
        tv_bool(row, "vicina",
                day_cmp(all[i].giorno, cx->today) >= 0 &&
                    day_cmp(all[i].giorno, day_add(cx->today, 90)) <= 0);
    }
    tv_bool(page, "scadenze_nessuna", count == 0);
}

bool fonti_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years, righe;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Fonti e scadenze", &years, &b, &found))
        return false;
    if (!found)
        return true;
    if (!conto_load(cx, &b, wanted_day(req), &righe))
        return false;
    struct tv *page = web_page(res, "bilancio/fonti", anno_title(cx, "Fonti e scadenze", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/fonti", b.anno);
    struct tv *rows = tv_children(page, "fonti");
    for (size_t i = 0; i < b.fonti_count; i++) {
        const struct fonte *f = &b.fonti[i];
        struct conto_riga sum = conto_of_fonte(&righe, f->id);
        struct tv *row = tv_push(rows);
        tv_text(row, "nome", f->nome);
        tv_text(row, "href", fonte_href(cx, f->id, b.anno));
        tv_text(row, "vincolo", fonte_vincolo(cx, f));
        tv_money(row, "disponibile", f->disponibile);
        tv_money(row, "impegnato", sum.impegnato);
        tv_money(row, "liquidato", sum.liquidato);
        tv_money(row, "pagato", sum.pagato);
    }
    show_deadlines(cx, page, &b, &righe);
    return true;
}

const char *fonte_vincolo(struct cx *cx, const struct fonte *f)
{
    const char *bond = !f->vincolata ? "libera" : "vincolata";
    if (f->natura != NULL)
        bond =
            strcmp(f->natura, "legge") == 0 ? "vincolata per legge" : "vincolata per trasferimento";
    return f->avanzo == INT_NONE
               ? bond
               : arena_printf(cx->arena, "avanzo %lld, %s", (long long)f->avanzo, bond);
}

/* ---- one source ------------------------------------------------------------------------- */

static const char *bonds_text(struct cx *cx, const struct bilancio *b, struct id fonte)
{
    const char *text = "";
    for (size_t i = 0; i < b->vincoli_count; i++) {
        const struct vincolo *v = &b->vincoli[i];
        const struct area *area = bilancio_area(b, v->area);
        const struct voce *voce = bilancio_voce(b, v->voce);
        if (v->fonte.n == fonte.n && (area != NULL || voce != NULL))
            text = arena_printf(cx->arena, "%s%s\n", text, area != NULL ? area->nome : voce->nome);
    }
    return text;
}

static void show_statement(struct tv *page, const struct bilancio *b, const struct fonte *fonte,
                           const struct list *righe)
{
    struct tv *rows = tv_children(page, "voci");
    struct conto_riga sum = conto_of_fonte(righe, fonte->id);
    conto_show(page, &sum);
    LIST_EACH (righe, const struct conto_riga, riga) {
        const struct voce *voce = bilancio_voce(b, riga->voce);
        char v[ID_TEXT], f[ID_TEXT];
        if (riga->fonte.n != fonte->id.n || voce == NULL)
            continue;
        struct tv *row = tv_push(rows);
        tv_text(row, "nome", voce->nome);
        tv_printf(row, "href", "/bilancio/celle/%s-%s-%lld", id_text(voce->id, v),
                  id_text(fonte->id, f), (long long)b->anno);
        tv_money(row, "assegnato", riga->assegnato);
        tv_money(row, "impegnato", riga->impegnato);
        tv_money(row, "liquidato", riga->liquidato);
        tv_money(row, "pagato", riga->pagato);
        tv_money(row, "stimato", riga->stimato);
    }
}

static void show_form(struct cx *cx, struct web_req *req, struct tv *page, const struct bilancio *b,
                      const struct fonte *fonte)
{
    struct fonte_modulo values = {.anno = b->anno,
                                  .natura = fonte->natura,
                                  .atto = fonte->atto,
                                  .paga = bonds_text(cx, b, fonte->id),
                                  .vincolata = fonte->vincolata,
                                  .avanzo = fonte->avanzo,
                                  .competenza = fonte->competenza,
                                  .entro = fonte->entro,
                                  .rendiconto = fonte->rendiconto};
    web_form_show(req, page, "form", &fonte_form, &values);
}

bool fonte_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years, righe;
    char id[ID_TEXT];
    bool found;
    if (!bilancio_wanted(cx, req, res, "Fonte", &years, &b, &found))
        return false;
    const struct fonte *fonte = found ? bilancio_fonte(&b, web_id(req)) : NULL;
    if (fonte == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "in quell’anno la fonte non c’è");
    if (!conto_load(cx, &b, wanted_day(req), &righe))
        return false;
    struct tv *page = web_page(res, "bilancio/fonte", fonte->nome);
    web_crumb(res, anno_href(cx, "/bilancio/fonti", b.anno),
              anno_title(cx, "Fonti e scadenze", b.anno));
    web_crumb(res, NULL, fonte->nome);
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    tv_text(page, "vincolo", fonte_vincolo(cx, fonte));
    tv_text(page, "atto", fonte->atto);
    tv_day(page, "entro", fonte->entro);
    tv_day(page, "rendiconto", fonte->rendiconto);
    tv_money(page, "disponibile", fonte->disponibile);
    tv_printf(page, "salva", "/bilancio/fonti/%s", id_text(fonte->id, id));
    show_statement(page, &b, fonte, &righe);
    bilancio_show_exports(page, arena_printf(cx->arena,
                                             "/bilancio/fonti/%s/rendiconto?anno=%lld&formato=",
                                             id_text(fonte->id, id), (long long)b.anno));
    bool may = web_may(cx, req, "bilancio.scrivi");
    tv_bool(page, "scrive", may);
    if (may)
        show_form(cx, req, page, &b, fonte);
    return true;
}

/* Names of areas or items, one a line. */
static size_t bonds_of(struct cx *cx, struct web_req *req, const struct bilancio *b,
                       const char *text, struct id fonte, struct vincolo *vincoli, size_t most)
{
    size_t count = 0;
    char *copy = arena_strdup(cx->arena, text != NULL ? text : ""), *rest = NULL;
    for (char *line = strtok_r(copy, "\r\n", &rest); line != NULL && count < most;
         line = strtok_r(NULL, "\r\n", &rest)) {
        struct vincolo v = {fonte, ID_NONE, ID_NONE};
        for (size_t i = 0; i < b->voci_count; i++)
            if (strcmp(b->voci[i].nome, line) == 0)
                v.voce = b->voci[i].id;
        for (size_t i = 0; i < b->aree_count && v.voce.n == 0; i++)
            if (strcmp(b->aree[i].nome, line) == 0)
                v.area = b->aree[i].id;
        if (v.voce.n == 0 && v.area.n == 0)
            web_fault(req, "paga", "«%s»: non c’è un’area o una voce con questo nome", line);
        vincoli[count++] = v;
    }
    return count;
}

/* The budget with the new bonds must still stand. */
static bool still_stands(struct cx *cx, struct web_req *req, const struct bilancio *b,
                         const struct fonte *fonte, const struct vincolo *vincoli, size_t count)
{
    struct bilancio after;
    struct bilancio_faults faults = {.arena = cx->arena};
    size_t kept = 0;
    bilancio_copy(cx->arena, b, &after);
    after.vincoli = ARENA_NEWS(cx->arena, struct vincolo, b->vincoli_count + count + 1);
    for (size_t i = 0; i < b->vincoli_count; i++)
        if (b->vincoli[i].fonte.n != fonte->id.n)
            after.vincoli[kept++] = b->vincoli[i];
    for (size_t i = 0; i < count; i++)
        after.vincoli[kept++] = vincoli[i];
    after.vincoli_count = kept;
    for (size_t i = 0; i < after.fonti_count; i++)
        if (after.fonti[i].id.n == fonte->id.n)
            after.fonti[i] = *fonte;
    bilancio_check(&after, &faults);
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        if (faults.items[i].invariante == INV_VINCOLO)
            web_fault(req, "paga", "%s", faults.items[i].text);
    return !web_faulty(req);
}

bool fonte_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct fonte_modulo *form = web_form(req);
    struct bilancio b;
    bool found;
    enum { MOST = 200 };
    struct vincolo *vincoli = ARENA_NEWS(cx->arena, struct vincolo, MOST);
    if (!bilancio_load(cx, form->anno, &b, &found))
        return false;
    const struct fonte *was = found ? bilancio_fonte(&b, web_id(req)) : NULL;
    if (was == NULL)
        return FAIL(cx, ERR_NOT_FOUND, "in quell’anno la fonte non c’è");
    struct fonte fonte = *was;
    fonte.vincolata = form->vincolata;
    fonte.natura = form->natura != NULL && *form->natura != '\0' ? form->natura : NULL;
    fonte.avanzo = form->avanzo;
    fonte.atto = form->atto;
    fonte.competenza = form->competenza;
    fonte.entro = form->entro;
    fonte.rendiconto = form->rendiconto;
    size_t count = bonds_of(cx, req, &b, form->paga, fonte.id, vincoli, MOST);
    if (web_faulty(req) || !still_stands(cx, req, &b, &fonte, vincoli, count))
        return false;
    if (!store_bilancio_touch(cx, b.anno, b.versione) ||
        !store_fonte_set(cx, b.anno, &fonte, vincoli, count))
        return false;
    web_audit_object(req, "fonte", fonte.id);
    web_notice(req, "%s", message("bilancio.fonte_salvata"));
    web_redirect(res, "%s", fonte_href(cx, fonte.id, b.anno));
    return true;
}

/* ---- forecast --------------------------------------------------------------------------- */

static void show_forecast(struct cx *cx, struct tv *page, const struct bilancio *b,
                          const struct list *righe)
{
    struct tv *rows = tv_children(page, "voci");
    struct money missing = MONEY(0), left = MONEY(0);
    int64_t short_of = 0;
    for (size_t i = 0; i < righe->count; i++) {
        const struct previsione *p = LIST_ITEM(righe, struct previsione, i);
        struct tv *row = tv_push(rows);
        tv_text(row, "nome", b->voci[i].nome);
        tv_text(row, "href", voce_href(cx, p->voce, b->anno));
        tv_money(row, "stanziato", p->oggi.stanziato);
        tv_money(row, "impegnato", p->oggi.impegnato);
        tv_money(row, "attese", p->attese);
        tv_money(row, "fine_anno", p->fine_anno);
        tv_money(row, "avanzo", p->avanzo);
        tv_int(row, "servizi", p->servizi > 0 ? p->servizi : INT_NONE);
        tv_day(row, "finisce", p->finisce);
        tv_bool(row, "manca", p->avanzo.cents < 0);
        short_of += p->avanzo.cents < 0;
        if (p->avanzo.cents < 0)
            missing = money_sub(missing, p->avanzo);
        else
            left = money_add(left, p->avanzo);
    }
    tv_int(page, "corte", short_of);
    tv_bool(page, "bastano", short_of == 0);
    tv_money(page, "mancano", missing);
    tv_money(page, "restano", left);
}

bool previsione_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years, righe;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Fine anno", &years, &b, &found))
        return false;
    if (!found)
        return true;
    if (!previsione_load(cx, &b, cx->today, &righe))
        return false;
    struct tv *page = web_page(res, "bilancio/previsione", anno_title(cx, "Fine anno", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/previsione", b.anno);
    tv_day(page, "oggi", cx->today);
    show_forecast(cx, page, &b, &righe);
    return true;
}
