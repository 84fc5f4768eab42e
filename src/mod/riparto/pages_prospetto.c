/* The page of a definition: its terms, its table, and of each cell where it comes from. */
#include "mod/riparto/pages.h"

#include "mod/riparto/esatto.h"
#include "mod/utenti/utenti.h"

#include <string.h>

struct richiesta {
    int64_t versione, riga, colonna;
};
static const struct web_field query_fields[] = {
    {FIELD(richiesta, versione), "Versione", INPUT_INT, false, 1, VERSIONI_MAX, NULL, NULL},
    {FIELD(richiesta, riga), "Riga", INPUT_INT, false, 1, RIPARTO_RIGHE, NULL, NULL},
    {FIELD(richiesta, colonna), "Colonna", INPUT_INT, false, 1, QUADRO_COLONNE, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form prospetto_query = {"prospetto", query_fields, sizeof(struct richiesta), 0};

/* ---- terms ----------------------------------------------------------------------------------- */

static const char *day_words(struct cx *cx, struct day day)
{
    char text[DAY_TEXT];
    return arena_strdup(cx->arena, day_it(day, text));
}

static const char *criteria_words(struct cx *cx, const struct definizione *def)
{
    const char *text = "";
    char share[RATE_TEXT];
    for (size_t k = 0; k < def->criteri_count; k++)
        text = arena_printf(cx->arena, "%s%s%s %s", text, k > 0 ? "; " : "", def->criteri[k].nome,
                            rate_machine(def->criteri[k].quota, share));
    return text;
}

static void show_pairs(struct cx *cx, struct tv *page, const struct prospetto *p,
                       const struct definizione *def, const struct quadro *quadro)
{
    struct tv *pairs = tv_children(page, "pairs");
    riparto_pair(pairs, "Anno", arena_printf(cx->arena, "%lld", (long long)p->anno), NULL);
    riparto_pair(pairs, "Metodo", metodo_title(p->metodo), NULL);
    if (p->atto != NULL)
        riparto_pair(pairs, "Atto",
                     arena_printf(cx->arena, "%s, %s", p->atto, day_words(cx, p->approvato)), NULL);
    if (money_ok(def->quota))
        riparto_pair(pairs, "Quota a testa", euro_text(cx, def->quota), NULL);
    if (money_ok(def->importo))
        riparto_pair(pairs, "Somma da ripartire", euro_text(cx, def->importo), NULL);
    if (def->criteri_count > 0)
        riparto_pair(pairs, "Criteri", criteria_words(cx, def), NULL);
    if (quadro->residuo.cents != 0)
        riparto_pair(pairs, "Residuo dell’arrotondamento", euro_text(cx, quadro->residuo), NULL);
    for (size_t k = 0; k < def->rate_count; k++)
        riparto_pair(pairs, arena_printf(cx->arena, "%zuª rata entro il", k + 1),
                     day_words(cx, def->scadenze[k]), NULL);
    if (p->origine.n != 0)
        riparto_pair(pairs, "Copiato da", "il prospetto di prima",
                     riparto_href(cx, p->origine, ""));
}

static bool show_versions(struct cx *cx, struct tv *page, const struct prospetto *p, int64_t shown)
{
    struct list list;
    struct tv *versions = tv_children(page, "versioni");
    if (!store_versione_list(cx, p->id, &list))
        return false;
    LIST_EACH (&list, const struct prospetto_versione, v) {
        const char *who = "";
        struct tv *item = tv_push(versions);
        if (v->utente.n != 0 && !utente_label(cx, v->utente, &who))
            return false;
        tv_int(item, "numero", v->versione);
        tv_instant(item, "scritta", v->scritta);
        tv_text(item, "chi", who);
        tv_money(item, "totale", v->totale);
        tv_bool(item, "questa", v->versione == shown);
        tv_printf(item, "href", "%s?versione=%lld", riparto_href(cx, p->id, ""),
                  (long long)v->versione);
        tv_text(item, "confronta",
                v->versione == shown ? NULL
                                     : arena_printf(cx->arena, "%s?da=%lld&a=%lld",
                                                    riparto_href(cx, p->id, "/confronto"),
                                                    (long long)v->versione, (long long)shown));
    }
    tv_bool(page, "piu_versioni", list.count > 1);
    return true;
}

/* ---- table ----------------------------------------------------------------------------------- */

static const char *cell_href(struct cx *cx, struct id id, int64_t versione, size_t row,
                             size_t column)
{
    return arena_printf(cx->arena, "%s?versione=%lld&riga=%zu&colonna=%zu#perche",
                        riparto_href(cx, id, ""), (long long)versione, row + 1, column + 1);
}

static void show_table(struct cx *cx, struct tv *page, const struct prospetto *p, int64_t versione,
                       const struct quadro *quadro, const struct richiesta *asked)
{
    const struct definizione *def = quadro->def;
    struct tv *heads = tv_children(page, "colonne"), *rows = tv_children(page, "righe");
    for (size_t k = 0; k < def->nomi_count; k++) {
        struct tv *head = tv_push(heads);
        tv_text(head, "nome", colonna_title(cx->arena, def, k));
        tv_money(head, "totale", quadro->totali[k]);
    }
    for (size_t i = 0; i < def->righe_count; i++) {
        struct tv *row = tv_push(rows);
        struct tv *cells = tv_children(row, "celle");
        tv_text(row, "nome", def->righe[i].nome);
        tv_text(row, "gruppo", def->righe[i].gruppo);
        tv_text(row, "per", def->righe[i].per);
        tv_printf(row, "lettera", "%s?riga=%zu", riparto_href(cx, p->id, "/lettere"), i + 1);
        for (size_t k = 0; k < def->nomi_count; k++) {
            struct tv *cell = tv_push(cells);
            tv_money(cell, "importo", quadro_cell(quadro, i, k));
            tv_text(cell, "href", cell_href(cx, p->id, versione, i, k));
            tv_bool(cell, "questa",
                    asked != NULL && asked->riga == (int64_t)i + 1 &&
                        asked->colonna == (int64_t)k + 1);
        }
        tv_money(row, "somma",
                 def->metodo == METODO_MARGINI ? quadro_due(quadro, i) : MONEY_INVALID);
    }
    tv_bool(page, "margini", def->metodo == METODO_MARGINI);
    tv_money(page, "totale", p->totale);
}

static void show_groups(struct cx *cx, struct tv *page, const struct quadro *quadro)
{
    struct tv *groups = tv_children(page, "gruppi");
    char text[MONEY_TEXT];
    bool any = false;
    for (size_t i = 0; i < quadro->gruppi_count; i++) {
        if (*quadro->gruppi[i].nome == '\0')
            continue;
        struct tv *item = tv_push(groups);
        any = true;
        tv_text(item, "nome", quadro->gruppi[i].nome);
        tv_money(item, "totale", quadro->gruppi[i].totale);
        tv_printf(item, "percento", "%s", money_it(MONEY(quadro->gruppi[i].percento), text));
    }
    tv_bool(page, "ha_gruppi", any);
    (void)cx;
}

/* ---- a cell in words ------------------------------------------------------------------------- */

static void show_cell(struct cx *cx, struct tv *page, const struct quadro *quadro,
                      const struct richiesta *asked)
{
    const struct definizione *def = quadro->def;
    bool any = asked != NULL && asked->riga != INT_NONE && asked->colonna != INT_NONE &&
               (size_t)asked->riga <= def->righe_count && (size_t)asked->colonna <= def->nomi_count;
    tv_text(page, "perche", NULL);
    if (!any)
        return;
    size_t row = (size_t)asked->riga - 1, column = (size_t)asked->colonna - 1;
    struct esatto exact;
    struct money amount = quadro_cell(quadro, row, column);
    struct tv *cell = tv_child(page, "perche");
    struct tv *pairs = tv_children(cell, "pairs");
    quadro_exact(quadro, row, column, &exact);
    struct rate residue = exact_residue(amount, exact.centesimi);
    tv_printf(cell, "titolo", "%s: %s", def->righe[row].nome,
              colonna_title(cx->arena, def, column));
    riparto_pair(pairs, "Importo", euro_text(cx, amount), NULL);
    riparto_pair(pairs, "Da dove viene", quadro_explain(cx->arena, quadro, row, column), NULL);
    riparto_pair(pairs, "Valore esatto",
                 arena_printf(cx->arena, "%s €", exact_it(cx->arena, exact.centesimi)), NULL);
    riparto_pair(pairs, "Arrotondamento", exact.regola, NULL);
    riparto_pair(pairs, "Quanto ha aggiunto o tolto",
                 residue.num == 0 && rate_ok(residue)
                     ? "niente"
                     : arena_printf(cx->arena, "%s €", exact_it(cx->arena, residue)),
                 NULL);
}

/* ---- what can be done ------------------------------------------------------------------------ */

struct approva {
    const char *atto;
    struct day giorno;
    int64_t versione;
};
static const struct web_field approva_fields[] = {
    {FIELD(approva, atto), "Atto che lo approva", INPUT_TEXT, true, 3, 200, NULL,
     "Organo, numero e data"},
    {FIELD(approva, giorno), "Giorno dell’atto", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(approva, versione), "Versione", INPUT_INT, true, 1, VERSIONI_MAX, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_approva_form = {"approva", approva_fields, sizeof(struct approva), 0};

struct copia {
    int64_t anno;
};
static const struct web_field copia_fields[] = {
    {FIELD(copia, anno), "Anno della copia", INPUT_INT, true, PROSPETTO_ANNO_MIN,
     PROSPETTO_ANNO_MAX, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_copia_form = {"copia", copia_fields, sizeof(struct copia), 0};

static void show_actions(struct cx *cx, struct web_req *req, struct tv *page,
                         const struct prospetto *p, const struct definizione *def)
{
    bool files = web_may(cx, req, "riparto.esporta");
    bool write = web_may(cx, req, "riparto.scrivi"), draft = strcmp(p->stato, "bozza") == 0;
    const struct approva approva = {p->atto, cx->today, p->versione};
    const struct copia copia = {p->anno + 1};
    char id[ID_TEXT];
    tv_bool(page, "bozza", draft);
    tv_text(page, "modifica", write && draft ? riparto_href(cx, p->id, "/modifica") : NULL);
    tv_text(page, "approva", write && draft ? riparto_href(cx, p->id, "/approva") : NULL);
    tv_text(page, "copia", write ? riparto_href(cx, p->id, "/copia") : NULL);
    tv_text(page, "confronto", riparto_href(cx, p->id, "/confronto"));
    tv_printf(page, "simula", "/riparti/simula?prospetto=%s", id_text(p->id, id));
    tv_text(page, "lettere",
            files && def->metodo != METODO_MARGINI ? riparto_href(cx, p->id, "/lettere") : NULL);
    tv_text(page, "esporta", files ? riparto_href(cx, p->id, "/esporta") : NULL);
    tv_text(page, "rate", !draft && def->rate_count > 0 ? "/riparti/scadenzario" : NULL);
    tv_int(page, "versione", p->versione);
    web_form_show(req, page, "approvazione", &riparto_approva_form, &approva);
    web_form_show(req, page, "copiatura", &riparto_copia_form, &copia);
}

bool prospetto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    struct prospetto p;
    struct quadro *quadro;
    bool same;
    if (!store_prospetto_load(cx, web_id(req), &p))
        return false;
    int64_t versione = asked != NULL && asked->versione != INT_NONE ? asked->versione : p.versione;
    if (!prospetto_quadro(cx, &p, versione, &quadro, &same))
        return false;
    struct tv *page = web_page(res, "riparto/prospetto", p.titolo);
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, NULL, p.titolo);
    tv_text(page, "stato", p.stato);
    tv_text(page, "stato_classe", strcmp(p.stato, "bozza") == 0 ? "bg-warning" : "bg-success");
    tv_int(page, "mostrata", versione);
    tv_text(page, "ultima", versione == p.versione ? NULL : riparto_href(cx, p.id, ""));
    tv_bool(page, "diverso", !same);
    show_pairs(cx, page, &p, quadro->def, quadro);
    show_table(cx, page, &p, versione, quadro, asked);
    show_groups(cx, page, quadro);
    show_cell(cx, page, quadro, asked);
    show_actions(cx, req, page, &p, quadro->def);
    return show_versions(cx, page, &p, versione);
}

bool riparto_approva_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct approva *form = web_form(req);
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto p;
    if (!store_prospetto_load(cx, web_id(req), &p))
        return false;
    if (form->versione != p.versione || strcmp(p.stato, "bozza") != 0) {
        web_fault(req, NULL,
                  "Il prospetto è cambiato nel frattempo: rileggilo prima di approvarlo.");
        return false;
    }
    if (day_cmp(form->giorno, cx->today) > 0) {
        web_fault(req, "giorno", "Il giorno deve ancora venire.");
        return false;
    }
    if (!prospetto_approve(cx, &p, form->atto, form->giorno, faults))
        return false;
    for (size_t i = 0; i < faults->count; i++)
        web_fault(req, NULL, "%s", faults->items[i].text);
    if (faults->count > 0)
        return false;
    web_audit_detail(req, "%s, %s", p.titolo, form->atto);
    web_notice(req, "Approvato: da ora resta com’è, e le sue rate sono nello scadenzario.");
    web_redirect(res, "%s", riparto_href(cx, p.id, ""));
    return true;
}

bool riparto_copia_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct copia *form = web_form(req);
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto from, copia;
    if (!store_prospetto_load(cx, web_id(req), &from) ||
        !prospetto_copy(cx, &from, form->anno, &copia, faults))
        return false;
    for (size_t i = 0; i < faults->count; i++)
        web_fault(req, NULL, "riga %ld: %s", faults->items[i].line, faults->items[i].text);
    if (faults->count > 0)
        return false;
    web_audit_object(req, "prospetto", copia.id);
    web_notice(req, "Copiato nel %lld: è una bozza, con le scadenze spostate.",
               (long long)form->anno);
    web_redirect(res, "%s", riparto_href(cx, copia.id, "/modifica"));
    return true;
}
