/* The month of many people as one form: rows are services, columns days. */
#include "mod/prestazioni/pages_foglio.h"

#include <stdio.h>
#include <string.h>

struct foglio_modulo {
    const char *q[FOGLIO_RIGHE][GIORNI_MESE];
    struct id r[FOGLIO_RIGHE];
    int64_t v[FOGLIO_RIGHE];
    struct id servizio, dopo;
};

/* clang-format off */
#define Q(row, day) {{"q" #row "_" #day, FIELD_TEXT, \
    offsetof(struct foglio_modulo, q) + ((row - 1) * GIORNI_MESE + day - 1) * sizeof(char *)}, \
    "Giorno " #day, INPUT_TEXT, false, 0, 8, NULL, NULL}
#define R(row) \
    {{"r" #row, FIELD_ID, offsetof(struct foglio_modulo, r) + (row - 1) * sizeof(struct id)}, \
     "Riga " #row, INPUT_ID, false, 0, 0, NULL, NULL}, \
    {{"v" #row, FIELD_INT, offsetof(struct foglio_modulo, v) + (row - 1) * sizeof(int64_t)}, \
     "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL}, \
    Q(row, 1), Q(row, 2), Q(row, 3), Q(row, 4), Q(row, 5), Q(row, 6), Q(row, 7), Q(row, 8), \
    Q(row, 9), Q(row, 10), Q(row, 11), Q(row, 12), Q(row, 13), Q(row, 14), Q(row, 15), Q(row, 16), \
    Q(row, 17), Q(row, 18), Q(row, 19), Q(row, 20), Q(row, 21), Q(row, 22), Q(row, 23), \
    Q(row, 24), Q(row, 25), Q(row, 26), Q(row, 27), Q(row, 28), Q(row, 29), Q(row, 30), Q(row, 31)
static const struct web_field fields[] = {
    R(1), R(2), R(3), R(4), R(5), R(6), R(7), R(8), R(9), R(10), R(11), R(12), R(13), R(14), R(15),
    R(16), R(17), R(18), R(19), R(20),
    {FIELD(foglio_modulo, servizio), "Servizio", INPUT_ID, false, 0, 0, NULL, NULL},
    {FIELD(foglio_modulo, dopo), "Da", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
#undef Q
#undef R
/* clang-format on */
const struct web_form foglio_form = {"foglio", fields, sizeof(struct foglio_modulo), 0};

struct foglio_domanda {
    struct id servizio, dopo;
};
static const struct web_field query_fields[] = {
    {FIELD(foglio_domanda, servizio), "Servizio", INPUT_CHOICE, false, 0, 0, NULL, NULL},
    {FIELD(foglio_domanda, dopo), "Da", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form foglio_query = {"scelta", query_fields, sizeof(struct foglio_domanda), 0};

bool foglio_month(struct cx *cx, const struct web_req *req, struct day *mese)
{
    return (mese_parse(web_segment(req, "mese"), mese) && day_cmp(*mese, cx->today) <= 0) ||
           FAIL(cx, ERR_NOT_FOUND, "no such month");
}

const char *foglio_href(struct cx *cx, struct day mese, const char *tail)
{
    char month[MESE_TEXT];
    return arena_printf(cx->arena, "/erogazioni/%s%s", mese_iso(mese, month), tail);
}

static const char *name_of(struct cx *cx, size_t row, int day)
{
    return arena_printf(cx->arena, "q%zu_%d", row + 1, day + 1);
}

/* ---- which rows -------------------------------------------------------------------------- */

struct mostrate {
    struct id ids[FOGLIO_RIGHE];
    size_t count;
    struct id dopo; /* the last one, when there are more */
};

/* Those that were on the page whose answer is shown again: a row is never shown under the name of
 * another, even if a service has been added meanwhile. */
static bool rows_sent(const struct web_req *req, struct mostrate *rows)
{
    char name[8];
    for (int i = 0; i < FOGLIO_RIGHE; i++) {
        snprintf(name, sizeof name, "r%d", i + 1);
        const char *text = web_typed(req, name);
        if (*text == '\0' || !id_parse(text, &rows->ids[rows->count]))
            break;
        rows->count++;
    }
    return rows->count > 0;
}

static bool rows_wanted(struct cx *cx, const struct web_req *req, struct day mese,
                        struct mostrate *rows)
{
    const struct foglio_domanda *query = web_form(req);
    struct foglio_scelta scelta = {.mese = mese, .limit = FOGLIO_RIGHE + 1};
    struct list list;
    *rows = (struct mostrate){.count = 0};
    if (rows_sent(req, rows))
        return true;
    if (query != NULL) {
        scelta.servizio = query->servizio;
        scelta.dopo = query->dopo;
    }
    if (!foglio_list(cx, &scelta, &list))
        return false;
    for (size_t i = 0; i < list.count && i < FOGLIO_RIGHE; i++) {
        const struct prestazione_riga *riga = LIST_ITEM(&list, struct prestazione_riga, i);
        rows->ids[rows->count++] = riga->id;
        if (i == FOGLIO_RIGHE - 1 && list.count > FOGLIO_RIGHE)
            rows->dopo = riga->id;
    }
    return true;
}

/* ---- the page ---------------------------------------------------------------------------- */

/* What is kept now stands under what was typed where somebody else changed it meanwhile. */
static bool moved_on(struct cx *cx, const struct web_req *req, const struct foglio_riga *riga,
                     size_t row)
{
    const char *seen = web_typed(req, arena_printf(cx->arena, "v%zu", row + 1));
    return *seen != '\0' &&
           strcmp(seen, arena_printf(cx->arena, "%lld", (long long)riga->versione)) != 0;
}

static void show_cell(struct cx *cx, struct tv *cells, struct tv *field,
                      const struct foglio_riga *riga, int day, bool moved)
{
    struct tv *cell = tv_push(cells);
    const char *now = quantita_cell(cx->arena, riga->unita, riga->griglia.quantita[day]);
    bool open = foglio_open(riga, day, cx->today);
    const char *typed = field != NULL ? tv_string(tv_get(field, "value")) : NULL;
    bool differs = moved && open && strcmp(typed != NULL ? typed : "", now) != 0;
    tv_bool(cell, "festivo", day_festivo(day_add(riga->griglia.mese, day)));
    tv_bool(cell, "aperto", open);
    tv_text(cell, "ora", now);
    tv_bool(cell, "diverso", differs);
    tv_printf(cell, "etichetta", "%s, giorno %d", riga->nome, day + 1);
    tv_set(cell, "campo", field);
}

static void show_row(struct cx *cx, const struct web_req *req, struct tv *page,
                     const struct foglio_riga *riga, size_t row)
{
    struct tv *item = tv_push(tv_get(page, "righe"));
    const struct tv *form = tv_get(page, "form");
    bool moved = moved_on(cx, req, riga, row);
    int64_t total = 0;
    for (int i = 0; i < GIORNI_MESE; i++)
        total += riga->griglia.quantita[i];
    tv_printf(item, "numero", "%zu", row + 1);
    tv_id(item, "id", riga->p.id);
    tv_printf(item, "versione", "%lld", (long long)riga->versione);
    tv_text(item, "nome", riga->nome);
    tv_text(item, "servizio", riga->servizio);
    tv_text(
        item, "href",
        prestazione_href(cx, riga->p.id, strchr(foglio_href(cx, riga->griglia.mese, "") + 1, '/')));
    tv_bool(item, "verificato", riga->verificato);
    tv_text(item, "totale", quantita_cell(cx->arena, riga->unita, total));
    tv_text(item, "previste",
            quantita_cell(cx->arena, riga->unita,
                          prestazione_expected(riga->unita, riga->p.previsti, riga->p.dal,
                                               riga->p.al, riga->griglia.mese)));
    struct tv *cells = tv_children(item, "giorni");
    for (int i = 0; i < griglia_days(&riga->griglia); i++)
        show_cell(cx, cells, tv_get(form, name_of(cx, row, i)), riga, i, moved);
}

static void show_head(struct tv *page, struct day mese)
{
    static const char *const letters[] = {"lun", "mar", "mer", "gio", "ven", "sab", "dom"};
    struct tv *head = tv_children(page, "testata");
    for (struct day day = mese; day_cmp(day, day_month_last(mese)) <= 0; day = day_add(day, 1)) {
        struct tv *item = tv_push(head);
        tv_int(item, "numero", day_civil(day).day);
        tv_text(item, "nome", letters[day_weekday(day) - MONDAY]);
        tv_bool(item, "festivo", day_festivo(day));
    }
}

static void show_grid(struct cx *cx, struct web_req *req, struct tv *page,
                      const struct foglio_riga *righe, size_t count)
{
    struct foglio_modulo *values = ARENA_NEW(cx->arena, struct foglio_modulo);
    for (size_t row = 0; row < count; row++)
        for (int i = 0; i < GIORNI_MESE; i++)
            values->q[row][i] =
                quantita_cell(cx->arena, righe[row].unita, righe[row].griglia.quantita[i]);
    web_form_show(req, page, "form", &foglio_form, values);
    (void)tv_children(page, "righe");
    for (size_t row = 0; row < count; row++)
        show_row(cx, req, page, &righe[row], row);
}

/* The same choice, from behind `dopo`. */
static const char *choice_href(struct cx *cx, const struct web_req *req, struct day mese,
                               const char *dopo)
{
    struct id id;
    const char *servizio = web_typed(req, "servizio");
    bool chosen = id_parse(servizio, &id), later = id_parse(dopo, &id);
    const char *tail =
        arena_printf(cx->arena, "%s%s%s%s", chosen ? "?servizio=" : "", chosen ? servizio : "",
                     !later   ? ""
                     : chosen ? "&dopo="
                              : "?dopo=",
                     later ? dopo : "");
    return foglio_href(cx, mese, tail);
}

static void show_doors(struct cx *cx, const struct web_req *req, struct tv *page, struct day mese,
                       struct id dopo)
{
    struct day after = day_add_months(mese, 1);
    char id[ID_TEXT];
    tv_text(page, "prima", choice_href(cx, req, day_add_months(mese, -1), ""));
    tv_text(page, "avanti",
            day_cmp(after, cx->today) <= 0 ? choice_href(cx, req, after, "") : NULL);
    tv_text(page, "salva", foglio_href(cx, mese, ""));
    tv_text(page, "importa", foglio_href(cx, mese, "/importa"));
    tv_text(page, "scarica",
            web_may(cx, req, "prestazioni.esporta") ? foglio_href(cx, mese, "/foglio") : NULL);
    tv_text(page, "altre", dopo.n != 0 ? choice_href(cx, req, mese, id_text(dopo, id)) : NULL);
    tv_text(page, "primi", *web_typed(req, "dopo") != '\0' ? choice_href(cx, req, mese, "") : NULL);
    tv_text(page, "servizio", web_typed(req, "servizio"));
    tv_text(page, "dopo", web_typed(req, "dopo"));
}

bool foglio_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct foglio_riga *righe = ARENA_NEWS(cx->arena, struct foglio_riga, FOGLIO_RIGHE);
    const struct web_choice *servizi;
    struct mostrate rows;
    struct day mese;
    char text[MESE_TEXT];
    size_t count = 0;
    if (!foglio_month(cx, req, &mese) || !servizio_choices(cx, &servizi) ||
        !rows_wanted(cx, req, mese, &rows))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        bool found;
        if (!foglio_load(cx, rows.ids[i], mese, &righe[count], &found))
            return false;
        count += found;
    }
    struct tv *page = web_page(res, "prestazioni/foglio",
                               arena_printf(cx->arena, "Ore di %s", mese_words(mese, text)));
    web_crumb(res, "/prestazioni", "Prestazioni");
    web_crumb(res, NULL, arena_strdup(cx->arena, mese_words(mese, text)));
    web_choices(req, "servizio", servizi);
    web_form_show(req, page, "scelta", &foglio_query, web_form(req));
    show_head(page, mese);
    show_grid(cx, req, page, righe, count);
    show_doors(cx, req, page, mese, rows.dopo);
    tv_bool(page, "alcune", count > 0);
    return true;
}

bool foglio_today(struct cx *cx, struct web_req *req, struct web_res *res)
{
    (void)req;
    web_redirect(res, "%s", foglio_href(cx, day_month_first(cx->today), ""));
    return true;
}

/* ---- saving ------------------------------------------------------------------------------ */

/* What stood in the inputs; days that had none keep what they have. */
static bool read_row(struct cx *cx, struct web_req *req, const struct foglio_riga *riga, size_t row,
                     struct griglia *griglia)
{
    const struct foglio_modulo *form = web_form(req);
    bool good = true;
    *griglia = riga->griglia;
    for (int i = 0; i < griglia_days(griglia); i++) {
        const char *text = form->q[row][i] != NULL ? form->q[row][i] : "";
        if ((riga->verificato && *text == '\0') ||
            (*text == '\0' && !foglio_open(riga, i, cx->today)))
            continue;
        if (quantita_parse(riga->unita, text, &griglia->quantita[i]))
            continue;
        good = false;
        web_fault(req, name_of(cx, row, i),
                  riga->unita == UNITA_ORA ? "%s: «%s» non sono ore, scrivi 2, 2,5 o 2:30"
                                           : "%s: «%s» non va bene, scrivi un numero o x",
                  riga->nome, text);
    }
    return good;
}

static void tell_faults(struct cx *cx, struct web_req *req, const struct foglio_riga *riga,
                        size_t row, const struct prestazione_faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        const char *field = faults->items[i].field;
        web_fault(req,
                  field != NULL && *field == 'g'
                      ? arena_printf(cx->arena, "q%zu_%s", row + 1, field + 1)
                      : NULL,
                  "%s: %s", riga->nome, faults->items[i].text);
    }
}

/* Every row by itself; *kept counts those written. */
static bool save_row(struct cx *cx, struct web_req *req, struct day mese, size_t row, int *kept)
{
    const struct foglio_modulo *form = web_form(req);
    struct prestazione_faults faults = {.arena = cx->arena};
    struct foglio_dato dato = {.versione = form->v[row] == INT_NONE ? 0 : form->v[row]};
    struct foglio_riga riga;
    enum foglio_esito esito;
    bool found;
    if (!foglio_load(cx, form->r[row], mese, &riga, &found))
        return false;
    if (!found)
        return FAIL(cx, ERR_NOT_FOUND, "not a service whose hours may be written");
    if (!read_row(cx, req, &riga, row, &dato.griglia))
        return true;
    if (!foglio_save(cx, &riga, &dato, &esito, &faults))
        return false;
    tell_faults(cx, req, &riga, row, &faults);
    *kept += esito == FOGLIO_SALVATA;
    return true;
}

bool foglio_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct foglio_modulo *form = web_form(req);
    struct day mese;
    int kept = 0;
    char text[MESE_TEXT];
    if (!foglio_month(cx, req, &mese))
        return false;
    for (size_t row = 0; row < FOGLIO_RIGHE; row++)
        if (form->r[row].n != 0 && !save_row(cx, req, mese, row, &kept))
            return false;
    web_audit_detail(req, "%s: %d", mese_iso(mese, text), kept);
    if (web_faulty(req)) {
        web_fault(req, NULL,
                  kept == 0   ? "Non è stato salvato niente."
                  : kept == 1 ? "È stata salvata una riga; quelle segnate qui sopra no."
                              : "Sono state salvate %d righe; quelle segnate qui sopra no.",
                  kept);
        return true;
    }
    web_notice(req, kept == 1 ? "Salvato: una riga cambiata." : "Salvato: %d righe cambiate.",
               kept);
    web_redirect(res, "%s", choice_href(cx, req, mese, web_typed(req, "dopo")));
    return true;
}
