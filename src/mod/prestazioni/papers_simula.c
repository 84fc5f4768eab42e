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
                bool hide)
{
    enum { CELLS = 6 };
    doc_row(table);
    doc_cell_text(table, name);
    if (hide && cifra->utenti > 0 && cifra->utenti < CELLA_PICCOLA) {
        for (int i = 0; i < CELLS; i++)
            doc_cell_text(table, "…");
        return;
    }
    counts(table, cifra, hide);
    doc_cell_money(table, cifra->prima);
    doc_cell_money(table, cifra->dopo);
    doc_cell_money(table, money_sub(cifra->dopo, cifra->prima));
}

static void gather(struct simula_cifra *sum, const struct simula_cifra *cifra)
{
    sum->utenti += cifra->utenti;
    sum->piu += cifra->piu;
    sum->meno += cifra->meno;
    sum->prima = money_add(sum->prima, cifra->prima);
    sum->dopo = money_add(sum->dopo, cifra->dopo);
}

/* The groups that may be shown one by one, and the small ones as if they were one. */
static void apart(struct arena *arena, const struct gruppo *from, bool hide, struct gruppo *to)
{
    int64_t *sizes = ARENA_NEWS(arena, int64_t, from->count);
    bool *hidden = ARENA_NEWS(arena, bool, from->count);
    const char **nomi = ARENA_NEWS(arena, const char *, from->count + 1);
    struct simula_cifra *cifre = ARENA_NEWS(arena, struct simula_cifra, from->count + 1);
    struct simula_cifra small = {0};
    size_t together = 0;
    *to = (struct gruppo){nomi, cifre, 0};
    for (size_t i = 0; i < from->count; i++)
        sizes[i] = from->cifre[i].utenti;
    if (hide)
        celle_hide(sizes, from->count, hidden);
    for (size_t i = 0; i < from->count; i++) {
        if (hidden[i]) {
            gather(&small, &from->cifre[i]);
            together++;
        } else if (sizes[i] > 0) {
            nomi[to->count] = from->nomi[i];
            cifre[to->count++] = from->cifre[i];
        }
    }
    if (together > 0) {
        nomi[to->count] = arena_printf(arena, "%zu gruppi piccoli, insieme", together);
        cifre[to->count++] = small;
    }
}

static void groups(struct doc *doc, const char *caption, const char *what,
                   const struct gruppo *shown, const struct simula_cifra *total, bool hide)
{
    struct doc_table *table = doc_table(doc, caption);
    columns(table, what);
    for (size_t i = 0; i < shown->count; i++)
        row(table, shown->nomi[i], &shown->cifre[i], hide);
    doc_total(table);
    row(table, "Totale", total, hide);
}

/* How many pay how much more or less. */
static void figure_scarti(struct doc *doc, const struct gruppo *shown)
{
    struct doc_table *table =
        doc_figure(doc, CHART_BARS, "Quanti pagano di più o di meno, in un anno", NULL);
    doc_column(table, "scarto", "Differenza in un anno", FIELD_TEXT);
    doc_column(table, "utenti", "Utenti", FIELD_INT);
    for (size_t i = 0; i < shown->count; i++) {
        doc_row(table);
        doc_cell_text(table, shown->nomi[i]);
        doc_cell_int(table, shown->cifre[i].utenti);
    }
}

static void figure_fasce(struct doc *doc, const struct gruppo *shown)
{
    struct doc_table *table =
        doc_figure(doc, CHART_BARS, "Quanto entra in un anno, per fascia di ISEE", NULL);
    doc_column(table, "fascia", "ISEE", FIELD_TEXT);
    doc_column(table, "prima", "Prima", FIELD_MONEY);
    doc_column(table, "dopo", "Dopo", FIELD_MONEY);
    for (size_t i = 0; i < shown->count; i++) {
        doc_row(table);
        doc_cell_text(table, shown->nomi[i]);
        doc_cell_money(table, shown->cifre[i].prima);
        doc_cell_money(table, shown->cifre[i].dopo);
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
    doc_paragraph(
        doc, "Ogni utente con la quantità prevista per lui, per 52 settimane o 12 mesi; "
             "gli ISEE sono quelli validi quel giorno, anche se il piano comincia più avanti.");
    if (what->nascondi)
        doc_paragraph(doc, "I gruppi con meno di 5 persone, e un altro quando da solo si "
                           "ricaverebbe dal totale, stanno insieme; «…» è un numero che "
                           "parlerebbe di poche persone.");
}

static void hypotheses(struct arena *arena, struct doc *doc, const struct simula_doc *what)
{
    struct doc_table *table = doc_table(doc, what->count == 1 ? "In tutto" : "Le ipotesi");
    columns(table, what->count == 1 ? "Piano" : "Ipotesi");
    for (size_t i = 0; i < what->count; i++)
        row(table, what->count == 1 ? "Piano provato" : arena_printf(arena, "Ipotesi %zu", i + 1),
            &what->esiti[i].totale, what->nascondi);
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
    const char *nomi[SIMULA_SCARTI];
    struct gruppo shown;
    bool hide = what->nascondi;
    if (what->count > 1)
        doc_heading(doc, 2, arena_printf(arena, "Ipotesi %zu", i + 1));
    if (esito->totale.utenti == 0 || (hide && esito->totale.utenti < CELLA_PICCOLA))
        return;
    for (size_t k = 0; k < SIMULA_SCARTI; k++)
        nomi[k] = simula_scarto_name(k);
    apart(arena, &(struct gruppo){nomi, esito->scarti, SIMULA_SCARTI}, hide, &shown);
    if (shown.count > 1) /* all in one bar says nothing */
        figure_scarti(doc, &shown);
    apart(arena, &(struct gruppo){esito->fasce_nomi, esito->fasce, esito->fasce_count}, hide,
          &shown);
    groups(doc, "Per fascia di ISEE", "ISEE", &shown, &esito->totale, hide);
    figure_fasce(doc, &shown);
    apart(arena,
          &(struct gruppo){what->caricati->comuni, esito->comuni, what->caricati->dati.comuni},
          hide, &shown);
    groups(doc, "Per comune di residenza", "Comune", &shown, &esito->totale, hide);
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
