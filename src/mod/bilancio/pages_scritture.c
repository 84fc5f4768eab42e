/* Commitments, liquidations, payments: the books of a year, one entry with its parts, the forms
 * that write a part or a reversal. */
#include "mod/bilancio/pages.h"

#include "kit/tmpl/message.h"

#include <string.h>

struct scrittura_modulo {
    int64_t anno;
    const char *voce, *fonte;
    bool servizi;
    struct money importo;
    struct day giorno;
    const char *atto, *descrizione;
};
enum { EURO_MAX = 2000000000 };
/* clang-format off */
static const struct web_field impegno_fields[] = {
    {FIELD(scrittura_modulo, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(scrittura_modulo, voce), "Voce", INPUT_CHOICE, true, 0, 0, NULL, NULL},
    {FIELD(scrittura_modulo, fonte), "Fonte", INPUT_CHOICE, false, 0, 0, NULL, "Facoltativa: senza, nel rendiconto si imputa in proporzione"},
    {FIELD(scrittura_modulo, importo), "Importo", INPUT_MONEY, true, 1, (int64_t)EURO_MAX * 100, NULL, NULL},
    {FIELD(scrittura_modulo, giorno), "Data dell’atto", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(scrittura_modulo, atto), "Atto", INPUT_TEXT, true, 1, 200, NULL, "Organo, numero: per esempio Determina 12"},
    {FIELD(scrittura_modulo, descrizione), "Per che cosa", INPUT_TEXT, false, 0, 300, NULL, "Senza nomi di persone"},
    {FIELD(scrittura_modulo, servizi), "Comprende i costi dei servizi della voce", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
static const struct web_field parte_fields[] = {
    {FIELD(scrittura_modulo, importo), "Importo", INPUT_MONEY, true, 1, (int64_t)EURO_MAX * 100, NULL, NULL},
    {FIELD(scrittura_modulo, giorno), "Data dell’atto", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(scrittura_modulo, atto), "Atto", INPUT_TEXT, true, 1, 200, NULL, NULL},
    {FIELD(scrittura_modulo, descrizione), "Per che cosa", INPUT_TEXT, false, 0, 300, NULL, "Senza nomi di persone"},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form impegno_form = {"impegno", impegno_fields, sizeof(struct scrittura_modulo),
                                      0};
const struct web_form parte_form = {"parte", parte_fields, sizeof(struct scrittura_modulo), 0};

static bool scrittura_facts(struct cx *cx, struct id id, struct web_facts *facts)
{
    struct scrittura m;
    *facts =
        (struct web_facts){.sensitivity = RISERVO_AMMINISTRATIVO, .relation = RELAZIONE_AMBITO};
    facts->found = store_scrittura_load(cx, id, &m);
    if (facts->found || cx->err.code != ERR_NOT_FOUND)
        return facts->found;
    err_clear(&cx->err);
    return true;
}
const struct web_object scrittura_object = {"scrittura", scrittura_facts};

static const char *href_of(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/bilancio/scritture/%s%s", id_text(id, text), tail);
}

void scrittura_show(struct cx *cx, struct tv *row, const struct scrittura *m)
{
    tv_printf(row, "numero", "%lld/%lld", (long long)m->numero, (long long)m->anno);
    tv_day(row, "giorno", m->giorno);
    tv_printf(row, "tipo", "%s%s%s", m->storna.n != 0 ? "storno di " : "", m->tipo,
              m->servizi && m->storna.n == 0 ? " (con i servizi)" : "");
    tv_text(row, "atto", m->atto);
    tv_text(row, "descrizione", m->descrizione);
    tv_money(row, "importo", m->importo);
    tv_text(row, "href", href_of(cx, m->id, ""));
}

/* ---- the books of a year ------------------------------------------------------------------ */

static void show_choices(struct cx *cx, struct web_req *req, const struct bilancio *b)
{
    char id[ID_TEXT];
    struct web_choice *voci = ARENA_NEWS(cx->arena, struct web_choice, b->voci_count + 1);
    struct web_choice *fonti = ARENA_NEWS(cx->arena, struct web_choice, b->fonti_count + 1);
    for (size_t i = 0; i < b->voci_count; i++)
        voci[i] = (struct web_choice){arena_strdup(cx->arena, id_text(b->voci[i].id, id)),
                                      b->voci[i].nome};
    for (size_t i = 0; i < b->fonti_count; i++)
        fonti[i] = (struct web_choice){arena_strdup(cx->arena, id_text(b->fonti[i].id, id)),
                                       b->fonti[i].nome};
    web_choices(req, "voce", voci);
    web_choices(req, "fonte", fonti);
}

static void show_books(struct cx *cx, struct tv *page, const struct bilancio *b,
                       const struct list *list)
{
    enum { SHOWN = 50 }; /* the last ones; all of them are in the list */
    struct tv *rows = tv_children(page, "scritture");
    size_t from = list->count > SHOWN ? list->count - SHOWN : 0;
    for (size_t i = list->count; i > from; i--) {
        const struct scrittura *m = LIST_ITEM(list, struct scrittura, i - 1);
        const struct voce *voce = bilancio_voce(b, m->voce);
        struct tv *row = tv_push(rows);
        scrittura_show(cx, row, m);
        tv_text(row, "voce", voce != NULL ? voce->nome : NULL);
    }
    tv_bool(page, "nessuna", list->count == 0);
    tv_bool(page, "altre", from > 0);
    tv_int(page, "mostrate", SHOWN);
    tv_text(page, "elenco", anno_href(cx, "/bilancio/scritture/elenco", b->anno));
}

bool scritture_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct bilancio b;
    struct list years, list;
    bool found;
    if (!bilancio_wanted(cx, req, res, "Scritture", &years, &b, &found))
        return false;
    if (!found)
        return true;
    if (!store_scrittura_list(cx, b.anno, ID_NONE, &list))
        return false;
    struct tv *page = web_page(res, "bilancio/scritture", anno_title(cx, "Scritture", b.anno));
    bilancio_tabs(cx, res, page, "/bilancio/scritture", b.anno);
    show_books(cx, page, &b, &list);
    bool may = web_may(cx, req, "bilancio.contabilizza") && strcmp(b.stato, "chiuso") != 0;
    tv_bool(page, "scrive", may);
    tv_printf(page, "anno", "%lld", (long long)b.anno);
    if (may) {
        show_choices(cx, req, &b);
        web_form_show(req, page, "form", &impegno_form, NULL);
    }
    return true;
}

static bool answer(struct cx *cx, struct web_req *req, struct web_res *res, struct scrittura *m)
{
    struct scrittura_faults faults = {.arena = cx->arena};
    if (!scrittura_save(cx, m, &faults)) {
        if (cx->err.code != ERR_INPUT)
            return false;
        web_fault(req, NULL, "%s", cx->err.text);
        err_clear(&cx->err);
        return false;
    }
    for (size_t i = 0; i < faults.count; i++)
        web_fault(req, faults.items[i].field, "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_audit_object(req, "scrittura", m->id);
    web_notice(req, "%s", message("bilancio.scrittura_fatta"));
    web_redirect(res, "%s", href_of(cx, m->id, ""));
    return true;
}

bool impegno_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct scrittura_modulo *form = web_form(req);
    struct scrittura m = {.anno = form->anno,
                          .tipo = scrittura_tipo_name(SCR_IMPEGNO),
                          .servizi = form->servizi,
                          .giorno = form->giorno,
                          .atto = form->atto,
                          .descrizione = form->descrizione,
                          .importo = form->importo};
    if (!id_parse(form->voce, &m.voce))
        web_fault(req, "voce", "%s", message("bilancio.voce_ignota"));
    if (form->fonte != NULL && *form->fonte != '\0' && !id_parse(form->fonte, &m.fonte))
        web_fault(req, "fonte", "%s", message("bilancio.fonte_ignota"));
    return !web_faulty(req) && answer(cx, req, res, &m);
}

/* ---- one entry -------------------------------------------------------------------------- */

/* Parts and reversals; what is left. */
static bool show_parts(struct cx *cx, struct tv *page, const struct scrittura *m)
{
    struct list list;
    struct money left = m->importo;
    struct tv *rows = tv_children(page, "scritture");
    size_t count = 0;
    if (!store_scrittura_list(cx, m->anno, m->voce, &list))
        return false;
    LIST_EACH (&list, const struct scrittura, other) {
        if (other->padre.n != m->id.n && other->storna.n != m->id.n)
            continue;
        scrittura_show(cx, tv_push(rows), other);
        left = other->storna.n == m->id.n ? money_add(left, other->importo)
                                          : money_sub(left, other->importo);
        count++;
    }
    tv_bool(page, "scritture_nessuna", count == 0);
    tv_money(page, "resta", m->storna.n == 0 ? left : MONEY_INVALID);
    return true;
}

static void show_links(struct cx *cx, struct tv *page, const struct bilancio *b,
                       const struct scrittura *m)
{
    const struct voce *voce = bilancio_voce(b, m->voce);
    const struct fonte *fonte = bilancio_fonte(b, m->fonte);
    struct id whole = m->storna.n != 0 ? m->storna : m->padre;
    tv_text(page, "voce", voce != NULL ? voce->nome : NULL);
    tv_text(page, "voce_href", voce_href(cx, m->voce, m->anno));
    tv_text(page, "fonte", fonte != NULL ? fonte->nome : NULL);
    tv_text(page, "intero", whole.n != 0 ? href_of(cx, whole, "") : NULL);
    tv_text(page, "parte", href_of(cx, m->id, "/parte"));
    tv_text(page, "storno", href_of(cx, m->id, "/storno"));
}

bool scrittura_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scrittura m;
    struct bilancio b;
    bool found;
    if (!store_scrittura_load(cx, web_id(req), &m) || !bilancio_load(cx, m.anno, &b, &found))
        return false;
    const char *title =
        arena_printf(cx->arena, "%s%s n. %lld/%lld", m.storna.n != 0 ? "Storno di " : "", m.tipo,
                     (long long)m.numero, (long long)m.anno);
    struct tv *page = web_page(res, "bilancio/scrittura", title);
    web_crumb(res, anno_href(cx, "/bilancio/scritture", m.anno),
              anno_title(cx, "Scritture", m.anno));
    web_crumb(res, NULL, title);
    struct tv *said = tv_child(page, "detta");
    scrittura_show(cx, said, &m);
    show_links(cx, page, &b, &m);
    enum scrittura_tipo tipo = scrittura_tipo_parse(m.tipo);
    bool may = web_may(cx, req, "bilancio.contabilizza") && m.storna.n == 0;
    tv_bool(page, "scrive", may);
    tv_text(page, "prossimo", tipo < SCR_MANDATO ? scrittura_tipo_name(tipo + 1) : NULL);
    if (may)
        web_form_show(req, page, "form", &parte_form, NULL);
    return show_parts(cx, page, &m);
}

static struct scrittura of_form(const struct scrittura_modulo *form)
{
    return (struct scrittura){.giorno = form->giorno,
                              .atto = form->atto,
                              .descrizione = form->descrizione,
                              .importo = form->importo};
}

bool parte_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scrittura m = of_form(web_form(req));
    m.padre = web_id(req);
    return answer(cx, req, res, &m);
}

bool storno_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scrittura m = of_form(web_form(req));
    m.storna = web_id(req);
    m.importo = money_neg(m.importo);
    return answer(cx, req, res, &m);
}
