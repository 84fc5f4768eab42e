/* A month of a service: the grid that the provider fills in, and its bill. */
#include "mod/prestazioni/pages.h"

#include <stdio.h>
#include <string.h>

struct mese_modulo {
    const char *g[GIORNI_MESE];
    int64_t versione;
};

/* clang-format off */
#define G(n) {{"g" #n, FIELD_TEXT, offsetof(struct mese_modulo, g) + (n - 1) * sizeof(char *)}, \
              "Giorno " #n, INPUT_TEXT, false, 0, 8, NULL, NULL}
static const struct web_field mese_fields[] = {
    G(1), G(2), G(3), G(4), G(5), G(6), G(7), G(8), G(9), G(10), G(11), G(12), G(13), G(14), G(15),
    G(16), G(17), G(18), G(19), G(20), G(21), G(22), G(23), G(24), G(25), G(26), G(27), G(28),
    G(29), G(30), G(31),
    {FIELD(mese_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form mese_form = {"mese", mese_fields, sizeof(struct mese_modulo), 0};

static bool month_of(struct cx *cx, const struct web_req *req, struct day *mese)
{
    return mese_parse(web_segment(req, "mese"), mese) || FAIL(cx, ERR_NOT_FOUND, "no such month");
}

static const char *month_href(struct cx *cx, struct id id, struct day mese, const char *tail)
{
    char text[ID_TEXT], month[MESE_TEXT];
    return arena_printf(cx->arena, "/prestazioni/%s/mesi/%s%s", id_text(id, text),
                        mese_iso(mese, month), tail);
}

/* ---- the grid ---------------------------------------------------------------------------- */

static void show_day(struct tv *days, const struct tv *form, const struct prestazione *p,
                     struct day day, struct day today)
{
    struct tv *item = tv_push(days);
    char name[8];
    int number = day_civil(day).day;
    snprintf(name, sizeof name, "g%d", number);
    bool outside = day_cmp(day, p->dal) < 0 || (day_known(p->al) && day_cmp(day, p->al) > 0) ||
                   day_cmp(day, today) > 0;
    tv_int(item, "numero", number);
    tv_bool(item, "vuoto", false);
    tv_bool(item, "festivo", day_festivo(day));
    tv_bool(item, "fuori", outside);
    tv_set(item, "campo", tv_get(form, name));
}

static void show_blanks(struct tv *days, int count)
{
    for (int i = 0; i < count; i++) {
        struct tv *item = tv_push(days);
        tv_text(item, "numero", NULL);
        tv_bool(item, "vuoto", true);
        tv_bool(item, "festivo", false);
        tv_bool(item, "fuori", false);
        tv_text(item, "campo", NULL);
    }
}

/* Weeks from Monday to Sunday, so that tabbing goes day by day. */
static void show_weeks(struct tv *page, const struct prestazione *p, const struct griglia *griglia,
                       struct day today)
{
    struct tv *weeks = tv_children(page, "settimane"), *days = NULL;
    const struct tv *form = tv_get(page, "form");
    int count = griglia_days(griglia);
    for (int i = 0; i < count; i++) {
        struct day day = day_add(griglia->mese, i);
        if (days == NULL || day_weekday(day) == MONDAY)
            days = tv_children(tv_push(weeks), "giorni");
        if (i == 0)
            show_blanks(days, day_weekday(day) - MONDAY);
        show_day(days, form, p, day, today);
        if (i == count - 1)
            show_blanks(days, SUNDAY - day_weekday(day));
    }
}

static void show_values(struct cx *cx, struct web_req *req, struct tv *page,
                        const struct prestazione_vista *vista, const struct griglia *griglia,
                        int64_t versione)
{
    struct mese_modulo *values = ARENA_NEW(cx->arena, struct mese_modulo);
    for (int i = 0; i < GIORNI_MESE; i++)
        values->g[i] = quantita_cell(cx->arena, vista->unita, griglia->quantita[i]);
    values->versione = versione;
    web_form_show(req, page, "form", &mese_form, values);
    show_weeks(page, &vista->p, griglia, cx->today);
    /* the version of what is shown, not of what was sent: who corrects after a clash sees both */
    tv_printf(page, "versione", "%lld", (long long)versione);
}

/* ---- the bill ---------------------------------------------------------------------------- */

static const char *money_typed(struct cx *cx, struct money amount)
{
    char text[MONEY_TEXT];
    return money_ok(amount) ? arena_strdup(cx->arena, money_it(amount, text)) : NULL;
}

static void show_bill(struct cx *cx, const struct web_req *req, struct tv *page,
                      const struct prestazione_vista *vista,
                      const struct mensile_riga_salvata *riga, struct day mese, bool found)
{
    int64_t expected =
        prestazione_expected(vista->unita, vista->p.previsti, vista->p.dal, vista->p.al, mese);
    tv_bool(page, "conto", found);
    /* for who judges: told what changed if it did meanwhile */
    tv_printf(page, "visto_quantita", "%lld", (long long)(found ? riga->quantita : 0));
    tv_text(page, "visto_retta", found ? money_typed(cx, riga->retta) : NULL);
    tv_text(page, "previste", quantita_words(cx->arena, vista->unita, expected));
    tv_text(page, "registrate",
            quantita_words(cx->arena, vista->unita, found ? riga->quantita : 0));
    tv_text(page, "retta", found ? money_words(cx, riga->retta) : NULL);
    tv_text(page, "costo", found ? money_words(cx, riga->costo) : NULL);
    tv_text(page, "spesa", found ? money_words(cx, riga->spesa) : NULL);
    /* The explanation tells the ISEE: a provider is not given it. */
    tv_text(page, "spiegazione",
            found && web_may(cx, req, "isee.leggi") ? riga->spiegazione : NULL);
    tv_text(page, "stato",
            found ? mensile_stato_title(mensile_stato_parse(riga->stato)) : "ancora vuoto");
}

static void show_neighbours(struct cx *cx, struct tv *page, const struct prestazione *p,
                            struct day mese)
{
    struct day before = day_add_months(mese, -1), after = day_add_months(mese, 1);
    tv_text(page, "prima",
            prestazione_in_month(p->dal, p->al, before) ? month_href(cx, p->id, before, "") : NULL);
    tv_text(page, "dopo",
            prestazione_in_month(p->dal, p->al, after) && day_cmp(after, cx->today) <= 0
                ? month_href(cx, p->id, after, "")
                : NULL);
}

static void show_doors(struct cx *cx, const struct web_req *req, struct tv *page,
                       const struct prestazione *p, struct day mese, bool found, bool open)
{
    bool judge = found && web_may(cx, req, "prestazioni.scrivi");
    tv_bool(page, "scrive", open && web_may(cx, req, "prestazioni.eroga"));
    tv_text(page, "salva", month_href(cx, p->id, mese, ""));
    tv_text(page, "verifica", judge && open ? month_href(cx, p->id, mese, "/verifica") : NULL);
    tv_text(page, "ricalcola", judge && open ? month_href(cx, p->id, mese, "/ricalcola") : NULL);
    tv_text(page, "riapri", judge && !open ? month_href(cx, p->id, mese, "/riapri") : NULL);
}

bool mese_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct prestazione_vista vista;
    struct griglia griglia;
    struct mensile_riga_salvata riga;
    struct day mese;
    bool found;
    char text[MESE_TEXT];
    if (!month_of(cx, req, &mese) || !prestazione_view(cx, web_id(req), &vista) ||
        !griglia_load(cx, vista.p.id, mese, &griglia) ||
        !mensile_load(cx, vista.p.id, mese, &riga, &found))
        return false;
    if (!found && !prestazione_in_month(vista.p.dal, vista.p.al, mese))
        return FAIL(cx, ERR_NOT_FOUND, "not in this month");
    struct tv *page =
        web_page(res, "prestazioni/mese",
                 arena_printf(cx->arena, "%s, %s", vista.nome, mese_words(mese, text)));
    bool open = !found || mensile_stato_parse(riga.stato) == MENSILE_APERTO;
    web_crumb(res, "/prestazioni", "Prestazioni");
    web_crumb(res, prestazione_href(cx, vista.p.id, ""), vista.nome);
    web_crumb(res, NULL, arena_strdup(cx->arena, mese_words(mese, text)));
    tv_text(page, "servizio",
            arena_printf(cx->arena, "%s (%s), %s", vista.servizio.nome,
                         variante_words(cx->arena, vista.p.variante), vista.erogatore.nome));
    tv_bool(page, "a_ore", vista.unita == UNITA_ORA);
    show_values(cx, req, page, &vista, &griglia, found ? riga.versione : 0);
    show_bill(cx, req, page, &vista, &riga, mese, found);
    show_neighbours(cx, page, &vista.p, mese);
    show_doors(cx, req, page, &vista.p, mese, found, open);
    return voce_show(cx, req, page, &vista.servizio, day_civil(mese).year);
}

/* ---- what is done to it ------------------------------------------------------------------ */

static bool read_grid(struct web_req *req, enum unita unita, struct day mese,
                      struct griglia *griglia)
{
    const struct mese_modulo *form = web_form(req);
    *griglia = (struct griglia){.mese = mese};
    for (int i = 0; i < GIORNI_MESE; i++) {
        const char *text = form->g[i] != NULL ? form->g[i] : "";
        if (!quantita_parse(unita, text, &griglia->quantita[i]))
            web_fault(req, mese_fields[i].at.name,
                      unita == UNITA_ORA ? "«%s» non sono ore: scrivi 2, 2,5 o 2:30"
                                         : "«%s» non va bene: scrivi un numero o x",
                      text);
    }
    return !web_faulty(req);
}

bool mese_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct mese_modulo *form = web_form(req);
    struct prestazione_vista vista;
    struct prestazione_faults faults = {.arena = cx->arena};
    struct griglia griglia;
    struct day mese;
    char text[MESE_TEXT];
    if (!month_of(cx, req, &mese) || !prestazione_view(cx, web_id(req), &vista) ||
        !read_grid(req, vista.unita, mese, &griglia) ||
        !griglia_save(cx, vista.p.id, &griglia, form->versione == INT_NONE ? 0 : form->versione,
                      &faults) ||
        faults_show(req, &faults))
        return false;
    web_audit_detail(req, "%s", mese_iso(mese, text));
    web_notice(req, "Salvato: %s.", mese_words(mese, text));
    web_redirect(res, "%s", month_href(cx, vista.p.id, mese, ""));
    return true;
}

/* What stood on the page when the month was judged. */
struct visto_modulo {
    int64_t versione, quantita;
    struct money retta;
};
static const struct web_field visto_fields[] = {
    {FIELD(visto_modulo, versione), "Versione", INPUT_INT, true, 0, 1000000, NULL, NULL},
    {FIELD(visto_modulo, quantita), "Registrate", INPUT_INT, false, 0, 1000000, NULL, NULL},
    {FIELD(visto_modulo, retta), "Retta della persona", INPUT_MONEY, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form visto_form = {"visto", visto_fields, sizeof(struct visto_modulo), 0};

static bool month_done(struct cx *cx, struct web_req *req, struct web_res *res, struct day mese,
                       const char *notice)
{
    char text[MESE_TEXT];
    web_audit_detail(req, "%s", mese_iso(mese, text));
    web_notice(req, "%s", notice);
    web_redirect(res, "%s", month_href(cx, web_id(req), mese, ""));
    return true;
}

static bool month_judge(struct cx *cx, struct web_req *req, struct web_res *res, bool verificato,
                        const char *notice)
{
    const struct visto_modulo *form = web_form(req);
    struct mensile_visto visto = {form->versione, form->quantita, form->retta};
    struct prestazione_faults faults = {.arena = cx->arena};
    struct day mese;
    if (!month_of(cx, req, &mese) ||
        !mensile_check(cx, web_id(req), mese, verificato, &visto, &faults) ||
        faults_show(req, &faults))
        return false;
    return month_done(cx, req, res, mese, notice);
}

bool mese_verifica(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return month_judge(cx, req, res, true, "Il mese è verificato.");
}

bool mese_riapri(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return month_judge(cx, req, res, false, "Il mese è di nuovo aperto.");
}

bool mese_ricalcola(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    struct day mese;
    if (!month_of(cx, req, &mese) || !mensile_again(cx, web_id(req), mese, &faults) ||
        faults_show(req, &faults))
        return false;
    return month_done(cx, req, res, mese, "Il conto del mese è rifatto.");
}
