/* The project on paper, to be signed. */
#include "mod/progetti/view.h"

#include <string.h>

static const char *it_day(struct arena *arena, struct day day)
{
    char text[DAY_TEXT];
    return arena_strdup(arena, day_it(day, text));
}

static void paper_head(struct doc *doc, struct arena *arena, const struct progetto_carta *k)
{
    const struct contenuto *c = k->versione->contenuto;
    doc_heading(doc, 1, c->titolo);
    doc_pair(doc, "Tipo", progetto_tipo_title(progetto_tipo_parse(k->progetto->tipo)));
    doc_pair(doc, "Persona", k->persona);
    doc_pair(doc, "Data di nascita", it_day(arena, k->nascita));
    doc_pair(doc, "Periodo",
             arena_printf(arena, "dal %s al %s", it_day(arena, c->dal), it_day(arena, c->al)));
    doc_pair(doc, "Versione",
             arena_printf(arena, "%lld (%s)", (long long)k->versione->numero,
                          progetto_stato_title(progetto_stato_parse(k->versione->stato))));
    doc_heading(doc, 2, "Da che cosa parte");
    doc_paragraph(doc, c->bisogni);
}

static void paper_objectives(struct doc *doc, struct arena *arena, const struct contenuto *c)
{
    doc_heading(doc, 2, "Obiettivi e azioni");
    for (size_t i = 0; i < c->obiettivi_count; i++) {
        const struct obiettivo *o = &c->obiettivi[i];
        doc_heading(doc, 3, arena_printf(arena, "%zu. %s", i + 1, o->testo));
        if (o->indicatore != NULL)
            doc_pair(doc, "Da che cosa si vedrà", o->indicatore);
        if (o->azioni_count == 0)
            continue;
        struct doc_table *table =
            doc_table(doc, arena_printf(arena, "Azioni dell’obiettivo %zu", i + 1));
        doc_column(table, "che_cosa", "Che cosa", FIELD_TEXT);
        doc_column(table, "chi", "Chi", FIELD_TEXT);
        doc_column(table, "entro", "Entro il", FIELD_DAY);
        for (size_t j = 0; j < o->azioni_count; j++) {
            const struct azione *a = &o->azioni[j];
            doc_row(table);
            doc_cell_text(table, a->che_cosa);
            doc_cell_text(table, a->nome == NULL ? azione_chi_title(a->chi)
                                                 : arena_printf(arena, "%s: %s",
                                                                azione_chi_title(a->chi), a->nome));
            doc_cell_day(table, a->entro);
        }
    }
}

static const char *sources(struct arena *arena, const struct costo *costo)
{
    struct buf buf;
    char text[MONEY_TEXT];
    buf_init(&buf, arena, 1000);
    for (size_t i = 0; i < costo->fonti_count; i++)
        buf_printf(&buf, "%s%s %s €", i > 0 ? "; " : "", fonte_title(costo->fonti[i].chi),
                   money_it(costo->fonti[i].importo, text));
    return buf.data;
}

static void paper_budget(struct doc *doc, struct arena *arena, const struct contenuto *c)
{
    const struct bilancio_di_progetto sums = contenuto_budget(c);
    if (c->costi_count == 0)
        return;
    doc_heading(doc, 2, "Budget di progetto");
    struct doc_table *table = doc_table(doc, "Costi, fonti e quota della famiglia");
    doc_column(table, "che_cosa", "Per che cosa", FIELD_TEXT);
    doc_column(table, "fonti", "Chi paga", FIELD_TEXT);
    doc_column(table, "importo", "Costo", FIELD_MONEY);
    doc_column(table, "famiglia", "Famiglia", FIELD_MONEY);
    for (size_t i = 0; i < c->costi_count; i++) {
        doc_row(table);
        doc_cell_text(table, c->costi[i].che_cosa);
        doc_cell_text(table, sources(arena, &c->costi[i]));
        doc_cell_money(table, c->costi[i].importo);
        doc_cell_money(table, c->costi[i].famiglia);
    }
    doc_total(table);
    doc_row(table);
    doc_cell_text(table, "Totale");
    doc_cell_text(table, "");
    doc_cell_money(table, sums.totale);
    doc_cell_money(table, sums.famiglia);
}

static void paper_times(struct doc *doc, struct arena *arena, const struct progetto_carta *k)
{
    const struct contenuto *c = k->versione->contenuto;
    if (c->fasi_count > 0)
        doc_heading(doc, 2, "Fasi");
    for (size_t i = 0; i < c->fasi_count; i++)
        doc_item(doc, arena_printf(arena, "%s: dal %s al %s", c->fasi[i].nome,
                                   it_day(arena, c->fasi[i].dal), it_day(arena, c->fasi[i].al)));
    if (k->verifiche->count > 0)
        doc_heading(doc, 2, "Verifiche");
    LIST_EACH (k->verifiche, struct progetto_verifica, check)
        doc_item(doc, arena_printf(arena, "%s%s", it_day(arena, check->prevista),
                                   day_known(check->fatta) ? " (fatta)" : ""));
}

/* A line for each who must sign; what is recorded already is said. */
static void paper_signatures(struct doc *doc, struct arena *arena, const struct progetto_carta *k)
{
    doc_heading(doc, 2, "Firme");
    for (int i = 0; i < FIRMA_RUOLI; i++) {
        const struct progetto_firma *done = NULL;
        const char *role = firma_ruolo_title((enum firma_ruolo)i);
        LIST_EACH (k->firme, struct progetto_firma, firma)
            if (!firma->annullata && firma_ruolo_parse(firma->ruolo) == (enum firma_ruolo)i)
                done = firma;
        if (done != NULL)
            doc_pair(doc, role,
                     arena_printf(arena, "%s, il %s (%s)", done->nome, it_day(arena, done->giorno),
                                  firma_modo_title(done->modo)));
        else if (firma_required(&k->caso, (enum firma_ruolo)i))
            doc_signature(doc, i == FIRMA_PERSONA ? k->persona : "", role);
    }
}

struct doc *progetto_paper(struct arena *arena, const struct progetto_carta *k)
{
    const char *kind = progetto_tipo_title(progetto_tipo_parse(k->progetto->tipo));
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = k->versione->contenuto->titolo,
                                                        .author = k->ente,
                                                        .subject = kind,
                                                        .date = k->ora,
                                                        .header = k->ente,
                                                        .footer = kind});
    paper_head(doc, arena, k);
    paper_objectives(doc, arena, k->versione->contenuto);
    paper_budget(doc, arena, k->versione->contenuto);
    paper_times(doc, arena, k);
    paper_signatures(doc, arena, k);
    return doc;
}
