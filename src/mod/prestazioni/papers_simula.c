/* A simulation as a document: who pays more and less, by how much, and what comes in. */
#include "mod/prestazioni/simula.h"

struct gruppo {
    const char *const *nomi;
    const struct simula_cifra *cifre;
    size_t count;
};

/* Columns of a table of groups. */
static void columns(struct doc_table *table, const char *what)
{
    doc_column(table, "gruppo", what, FIELD_TEXT);
    doc_column(table, "utenti", "Utenti", FIELD_INT);
    doc_column(table, "piu", "Pagano di più", FIELD_INT);
    doc_column(table, "meno", "Pagano di meno", FIELD_INT);
    doc_column(table, "prima", "Prima, all’anno", FIELD_MONEY);
    doc_column(table, "dopo", "Dopo, all’anno", FIELD_MONEY);
    doc_column(table, "differenza", "Differenza", FIELD_MONEY);
}

/* Of the users of a row, a few who pay more would tell of themselves. */
static void counts(struct doc_table *table, const struct simula_cifra *cifra, bool hide)
{
    const int64_t parts[] = {cifra->piu, cifra->meno, cifra->utenti - cifra->piu - cifra->meno};
    bool hidden[3] = {false, false, false};
    if (hide)
        celle_hide(parts, 3, hidden);
    doc_cell_int(table, cifra->utenti);
    for (int i = 0; i < 2; i++)
        if (hidden[i])
            doc_cell_text(table, "…");
        else
            doc_cell_int(table, parts[i]);
}

static void row(struct doc_table *table, const char *name, const struct simula_cifra *cifra,
                bool whole, bool hide)
{
    doc_row(table);
    doc_cell_text(table, name);
    if (whole) {
        doc_cell_text(table, "…");
        for (int i = 0; i < 2; i++)
            doc_cell_text(table, "…");
        for (int i = 0; i < 3; i++)
            doc_cell_text(table, "…");
        return;
    }
    counts(table, cifra, hide);
    doc_cell_money(table, cifra->prima);
    doc_cell_money(table, cifra->dopo);
    doc_cell_money(table, money_sub(cifra->dopo, cifra->prima));
}

static void groups(struct arena *arena, struct doc *doc, const char *caption, const char *what,
                   const struct gruppo *gruppo, const struct simula_cifra *total, bool hide)
{
    int64_t *sizes = ARENA_NEWS(arena, int64_t, gruppo->count);
    bool *hidden = ARENA_NEWS(arena, bool, gruppo->count);
    for (size_t i = 0; i < gruppo->count; i++)
        sizes[i] = gruppo->cifre[i].utenti;
    if (hide)
        celle_hide(sizes, gruppo->count, hidden);
    struct doc_table *table = doc_table(doc, caption);
    columns(table, what);
    for (size_t i = 0; i < gruppo->count; i++)
        if (sizes[i] > 0)
            row(table, gruppo->nomi[i], &gruppo->cifre[i], hidden[i], hide);
    doc_total(table);
    row(table, "Totale", total, false, hide);
}

/* How many pay how much more or less: only of groups that may be shown. */
static void figure(struct arena *arena, struct doc *doc, const struct simula_esito *esito,
                   bool hide)
{
    int64_t sizes[SIMULA_SCARTI];
    bool hidden[SIMULA_SCARTI] = {false};
    struct doc_table *table =
        doc_figure(doc, CHART_BARS, "Quanti pagano di più o di meno, in un anno", NULL);
    (void)arena;
    doc_column(table, "scarto", "Differenza in un anno", FIELD_TEXT);
    doc_column(table, "utenti", "Utenti", FIELD_INT);
    for (size_t i = 0; i < SIMULA_SCARTI; i++)
        sizes[i] = esito->scarti[i].utenti;
    if (hide)
        celle_hide(sizes, SIMULA_SCARTI, hidden);
    for (size_t i = 0; i < SIMULA_SCARTI; i++) {
        doc_row(table);
        doc_cell_text(table, simula_scarto_name(i));
        if (hidden[i])
            doc_cell_text(table, "…");
        else
            doc_cell_int(table, sizes[i]);
    }
}

static void figure_fasce(struct doc *doc, const struct simula_esito *esito, bool hide)
{
    int64_t sizes[SIMULA_FASCE];
    bool hidden[SIMULA_FASCE] = {false};
    struct doc_table *table =
        doc_figure(doc, CHART_BARS, "Quanto entra in un anno, per fascia di ISEE", NULL);
    doc_column(table, "fascia", "ISEE", FIELD_TEXT);
    doc_column(table, "prima", "Prima", FIELD_MONEY);
    doc_column(table, "dopo", "Dopo", FIELD_MONEY);
    for (size_t i = 0; i < esito->fasce_count; i++)
        sizes[i] = esito->fasce[i].utenti;
    if (hide)
        celle_hide(sizes, esito->fasce_count, hidden);
    for (size_t i = 0; i < esito->fasce_count; i++) {
        if (sizes[i] == 0 || hidden[i])
            continue;
        doc_row(table);
        doc_cell_text(table, esito->fasce_nomi[i]);
        doc_cell_money(table, esito->fasce[i].prima);
        doc_cell_money(table, esito->fasce[i].dopo);
    }
}

static const char *piano_line(struct arena *arena, const struct piano *piano)
{
    char day[DAY_TEXT];
    return arena_printf(
        arena, "%s, dal %s (%s)", piano_words(arena, piano->servizio, piano->nome, piano->variante),
        day_it(piano->validita.from, day), piano->atto != NULL ? piano->atto : "senza atto");
}

static void head(struct arena *arena, struct doc *doc, const struct simula_doc *what)
{
    char day[DAY_TEXT];
    doc_pair(doc, "Oggi si paga con", piano_line(arena, &what->caricati->prima));
    for (size_t i = 0; i < what->count; i++)
        doc_pair(doc,
                 what->count == 1 ? "Piano provato" : arena_printf(arena, "Ipotesi %zu", i + 1),
                 piano_line(arena, &what->piani[i]));
    doc_pair(doc, "ISEE validi il", day_it(what->caricati->dati.giorno, day));
    doc_paragraph(doc, "Ogni utente con la quantità prevista per lui, per 52 settimane o 12 mesi; "
                       "gli ISEE sono quelli validi oggi, anche se il piano comincia più avanti.");
    if (what->nascondi)
        doc_paragraph(doc, "I gruppi con meno di 5 persone, e un altro quando da solo si "
                           "ricaverebbe dal totale, sono segnati «…».");
}

static void hypotheses(struct arena *arena, struct doc *doc, const struct simula_doc *what)
{
    struct doc_table *table = doc_table(doc, what->count == 1 ? "In tutto" : "Le ipotesi");
    columns(table, what->count == 1 ? "Piano" : "Ipotesi");
    for (size_t i = 0; i < what->count; i++)
        row(table, what->count == 1 ? "Piano provato" : arena_printf(arena, "Ipotesi %zu", i + 1),
            &what->esiti[i].totale,
            what->nascondi && what->esiti[i].totale.utenti > 0 &&
                what->esiti[i].totale.utenti < CELLA_PICCOLA,
            what->nascondi);
    for (size_t i = 0; i < what->count; i++)
        if (what->esiti[i].incalcolati > 0)
            doc_paragraph(doc, arena_printf(arena,
                                            "Ipotesi %zu: per %lld utenti uno dei piani non ha la "
                                            "tariffa che serve; non sono in nessuna somma.",
                                            i + 1, (long long)what->esiti[i].incalcolati));
}

static void details(struct arena *arena, struct doc *doc, const struct simula_doc *what, size_t i)
{
    const struct simula_esito *esito = &what->esiti[i];
    const struct gruppo comuni = {what->caricati->comuni, esito->comuni,
                                  what->caricati->dati.comuni};
    const struct gruppo fasce = {esito->fasce_nomi, esito->fasce, esito->fasce_count};
    if (what->count > 1)
        doc_heading(doc, 2, arena_printf(arena, "Ipotesi %zu", i + 1));
    if (what->nascondi && esito->totale.utenti < CELLA_PICCOLA)
        return;
    figure(arena, doc, esito, what->nascondi);
    groups(arena, doc, "Per fascia di ISEE", "ISEE", &fasce, &esito->totale, what->nascondi);
    figure_fasce(doc, esito, what->nascondi);
    groups(arena, doc, "Per comune di residenza", "Comune", &comuni, &esito->totale,
           what->nascondi);
}

struct doc *simula_document(struct arena *arena, const struct simula_doc *what)
{
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = "Prova di un piano tariffario",
                                                        .author = what->ente,
                                                        .date = what->scritto,
                                                        .header = what->ente,
                                                        .footer = "Prova di un piano tariffario",
                                                        .landscape = true});
    head(arena, doc, what);
    hypotheses(arena, doc, what);
    for (size_t i = 0; i < what->count; i++)
        details(arena, doc, what, i);
    return doc;
}
