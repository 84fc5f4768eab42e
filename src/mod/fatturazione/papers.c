/* The papers of this room, as values: kit/doc draws them. */
#include "mod/enti/enti.h"
#include "mod/fatturazione/calcolo.h"
#include "mod/fatturazione/inside.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/prestazioni.h"

#include <string.h>

struct avviso {
    const char *ente;
    const struct servizio *servizio;
    struct fatturazione f;
    const char *persona;
    const struct addebito *a;
    const char *perche;
    struct list parti; /* pagante_somma */
};

/* ---- notices ------------------------------------------------------------------------------- */

static void put_lines(struct doc *doc, struct arena *arena, const char *text)
{
    char *rest = arena_strdup(arena, text), *line;
    while ((line = strsep(&rest, "\n")) != NULL)
        if (*line != '\0')
            doc_item(doc, line);
}

static void put_notice(struct doc *doc, struct arena *arena, const struct avviso *avviso)
{
    char month[MESE_TEXT], text[MONEY_TEXT];
    const struct addebito *a = avviso->a;
    doc_heading(doc, 1, a->retta.cents < 0 ? "Avviso di rimborso" : "Avviso di pagamento");
    doc_pair(doc, "Persona", avviso->persona);
    doc_pair(doc, "Servizio", avviso->servizio->nome);
    doc_pair(doc, "Mese", mese_words(avviso->f.mese, month));
    doc_pair(doc, a->retta.cents < 0 ? "Da restituire" : "Da pagare",
             arena_printf(arena, "%s euro",
                          money_it(a->retta.cents < 0 ? money_neg(a->retta) : a->retta, text)));
    if (avviso->parti.count > 1) {
        doc_heading(doc, 2, "Chi paga");
        LIST_EACH (&avviso->parti, const struct pagante_somma, p)
            doc_item(doc, arena_printf(arena, "%s: %s euro", p->nome, money_it(p->importo, text)));
    }
    doc_heading(doc, 2, "Come si è calcolato");
    put_lines(doc, arena, avviso->perche);
    doc_heading(doc, 2, "Se qualcosa non torna");
    doc_paragraph(doc, "Chi pensa che le giornate, l’ISEE o la fascia non siano quelli giusti può "
                       "chiedere una verifica all’ufficio che ha scritto questo avviso. Quanto "
                       "risulta diverso è conguagliato nel mese seguente.");
    doc_signature(doc, avviso->ente, "Ufficio servizi sociali");
}

static struct doc *notice_doc(struct cx *cx, const char *ente, const char *subject)
{
    return doc_new(cx->arena, &(struct doc_meta){.title = "Avviso di pagamento",
                                                 .author = ente,
                                                 .subject = subject,
                                                 .date = cx->now,
                                                 .header = ente,
                                                 .footer = "Avviso di pagamento"});
}

bool avviso_doc(struct cx *cx, struct id addebito, struct doc **doc)
{
    struct addebito a;
    struct ente ambito;
    struct servizio servizio;
    struct avviso avviso = {.servizio = &servizio, .a = &a};
    if (!store_addebito_load(cx, addebito, &a) ||
        !fatturazione_load(cx, a.fatturazione, &avviso.f) ||
        !servizio_load(cx, avviso.f.servizio, &servizio) ||
        !ente_load(cx, cx->who->ambito, &ambito) ||
        !persona_label(cx, a.persona, &avviso.persona) || !store_parti(cx, addebito, &avviso.parti))
        return false;
    avviso.ente = ambito.nome;
    avviso.perche = a.spiegazione;
    *doc = notice_doc(cx, ambito.nome, servizio.nome);
    put_notice(*doc, cx->arena, &avviso);
    return true;
}

/* `reasons` are in the order of the ids. */
static const char *reason_of(const struct list *reasons, struct id id)
{
    LIST_EACH (reasons, const struct addebito_perche, why)
        if (why->id.n == id.n)
            return why->spiegazione;
    return "";
}

bool avvisi_doc(struct cx *cx, struct id fatturazione, struct doc **doc)
{
    struct avviso avviso;
    struct ente ambito;
    struct servizio servizio;
    struct list lines, reasons;
    if (!fatturazione_load(cx, fatturazione, &avviso.f) ||
        !servizio_load(cx, avviso.f.servizio, &servizio) ||
        !ente_load(cx, cx->who->ambito, &ambito) ||
        !store_addebiti(cx, fatturazione, NULL, ID_NONE, FATTURAZIONE_MAX, &lines) ||
        !store_perche(cx, fatturazione, &reasons))
        return false;
    *doc = notice_doc(cx, ambito.nome, servizio.nome);
    avviso.ente = ambito.nome;
    avviso.servizio = &servizio;
    bool first = true;
    LIST_EACH (&lines, const struct addebito_riga, line) {
        const struct addebito a = {.retta = line->retta};
        if (strcmp(line->persona, PERSONA_RISERVATA) == 0 || line->retta.cents == 0)
            continue;
        avviso.a = &a;
        avviso.persona = line->persona;
        avviso.perche = reason_of(&reasons, line->id);
        if (!store_parti(cx, line->id, &avviso.parti))
            return false;
        if (!first)
            doc_page_break(*doc);
        put_notice(*doc, cx->arena, &avviso);
        first = false;
    }
    if (first)
        doc_paragraph(*doc, "Nessun avviso: in questo mese nessuno deve niente.");
    return true;
}

/* ---- for the accounting office ------------------------------------------------------------- */

enum { FIRST_ROW = 2 }; /* row 1 is the heading */

static void put_sum(struct doc_table *table, struct arena *arena, char column, size_t rows,
                    struct money sum)
{
    if (rows == 0)
        doc_cell_money(table, sum);
    else
        doc_cell_formula(table,
                         arena_printf(arena, "=SUM(%c%d:%c%zu)", column, FIRST_ROW, column,
                                      rows + FIRST_ROW - 1),
                         sum);
}

static void people_columns(struct doc_table *table)
{
    doc_column(table, "persona", "Persona", FIELD_TEXT);
    doc_column(table, "comune", "Comune", FIELD_TEXT);
    doc_column(table, "conguaglio", "Conguaglio di", FIELD_TEXT);
    doc_column(table, "lorda", "Retta intera", FIELD_MONEY);
    doc_column(table, "retta", "Retta dovuta", FIELD_MONEY);
    doc_column(table, "costo", "Costo", FIELD_MONEY);
    doc_column(table, "quota_comune", "A carico del comune", FIELD_MONEY);
    doc_column(table, "quota_ambito", "A carico dell’Ambito", FIELD_MONEY);
}

static void put_people(struct doc *doc, struct cx *cx, const struct list *lines, bool totals)
{
    struct doc_table *table = doc_table(doc, "Per utente");
    struct money lorda = MONEY(0), retta = MONEY(0), costo = MONEY(0), comune = MONEY(0);
    struct money ambito = MONEY(0);
    char month[MESE_TEXT];
    people_columns(table);
    LIST_EACH (lines, const struct addebito_riga, a) {
        doc_row(table);
        doc_cell_text(table, a->persona);
        doc_cell_text(table, a->comune_nome);
        doc_cell_text(table, day_known(a->rettifica) ? mese_words(a->rettifica, month) : NULL);
        doc_cell_money(table, a->lorda);
        doc_cell_money(table, a->retta);
        doc_cell_money(table, a->costo);
        doc_cell_money(table, a->comune);
        doc_cell_money(table, a->quota_ambito);
        lorda = money_add(lorda, a->lorda);
        retta = money_add(retta, a->retta);
        costo = money_add(costo, a->costo);
        comune = money_add(comune, a->comune);
        ambito = money_add(ambito, a->quota_ambito);
    }
    if (!totals)
        return;
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, NULL);
    doc_cell_text(table, NULL);
    put_sum(table, cx->arena, 'D', lines->count, lorda);
    put_sum(table, cx->arena, 'E', lines->count, retta);
    put_sum(table, cx->arena, 'F', lines->count, costo);
    put_sum(table, cx->arena, 'G', lines->count, comune);
    put_sum(table, cx->arena, 'H', lines->count, ambito);
}

static void put_payers(struct doc *doc, struct cx *cx, const struct list *payers)
{
    struct doc_table *table = doc_table(doc, "Per pagante");
    struct money sum = MONEY(0);
    doc_column(table, "pagante", "Chi paga", FIELD_TEXT);
    doc_column(table, "tipo", "Tipo", FIELD_TEXT);
    doc_column(table, "importo", "Importo", FIELD_MONEY);
    LIST_EACH (payers, const struct pagante_somma, p) {
        doc_row(table);
        doc_cell_text(table, p->nome);
        doc_cell_text(table, p->chi_tipo);
        doc_cell_money(table, p->importo);
        sum = money_add(sum, p->importo);
    }
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, NULL);
    put_sum(table, cx->arena, 'C', payers->count, sum);
}

static void put_comuni(struct doc *doc, struct cx *cx, const struct list *comuni)
{
    struct doc_table *table = doc_table(doc, "Per comune");
    struct money retta = MONEY(0), costo = MONEY(0), comune = MONEY(0), ambito = MONEY(0);
    doc_column(table, "comune", "Comune", FIELD_TEXT);
    doc_column(table, "utenti", "Utenti", FIELD_INT);
    doc_column(table, "retta", "Rette", FIELD_MONEY);
    doc_column(table, "costo", "Costo", FIELD_MONEY);
    doc_column(table, "quota_comune", "A carico del comune", FIELD_MONEY);
    doc_column(table, "quota_ambito", "A carico dell’Ambito", FIELD_MONEY);
    LIST_EACH (comuni, const struct comune_somma, c) {
        doc_row(table);
        doc_cell_text(table, c->nome != NULL ? c->nome : "Non indicato");
        doc_cell_int(table, c->utenti);
        doc_cell_money(table, c->retta);
        doc_cell_money(table, c->costo);
        doc_cell_money(table, c->comune_quota);
        doc_cell_money(table, c->quota_ambito);
        retta = money_add(retta, c->retta);
        costo = money_add(costo, c->costo);
        comune = money_add(comune, c->comune_quota);
        ambito = money_add(ambito, c->quota_ambito);
    }
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, NULL);
    put_sum(table, cx->arena, 'C', comuni->count, retta);
    put_sum(table, cx->arena, 'D', comuni->count, costo);
    put_sum(table, cx->arena, 'E', comuni->count, comune);
    put_sum(table, cx->arena, 'F', comuni->count, ambito);
}

bool contabile_doc(struct cx *cx, struct id fatturazione, bool elenco, struct doc **doc)
{
    struct fatturazione f;
    struct servizio servizio;
    struct ente ambito;
    struct list lines, payers, comuni;
    char month[MESE_TEXT];
    if (!fatturazione_load(cx, fatturazione, &f) || !servizio_load(cx, f.servizio, &servizio) ||
        !ente_load(cx, cx->who->ambito, &ambito) ||
        !store_addebiti(cx, fatturazione, NULL, ID_NONE, FATTURAZIONE_MAX, &lines) ||
        !store_paganti(cx, fatturazione, FATTURAZIONE_MAX, &payers) ||
        !store_comuni(cx, fatturazione, &comuni))
        return false;
    const char *title =
        arena_printf(cx->arena, "Fatturazione %s, %s%s", servizio.codice, mese_words(f.mese, month),
                     fatturazione_closed(&f) ? "" : " (prova)");
    *doc = doc_new(cx->arena, &(struct doc_meta){.title = title,
                                                 .author = ambito.nome,
                                                 .subject = servizio.nome,
                                                 .date = f.fatta,
                                                 .header = ambito.nome,
                                                 .footer = title,
                                                 .landscape = true});
    put_people(*doc, cx, &lines, !elenco);
    if (elenco)
        return true;
    put_payers(*doc, cx, &payers);
    put_comuni(*doc, cx, &comuni);
    return true;
}
