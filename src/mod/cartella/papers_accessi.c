/* Who opened the record, for the person it is about. */
#include "mod/cartella/papers_accessi.h"

#include <string.h>

struct word {
    const char *name, *text;
};
static const struct word purposes[] = {
    {"cura", "seguire il caso"},
    {"procedimento", "benefici, rette e pagamenti"},
    {"programmazione", "programmazione, senza nomi"},
    {"controllo", "controllo degli accessi"},
    {"gestione", "gestione del sistema"},
};
static const struct word actions[] = {
    {"leggi", "letta"},
    {"elenca", "vista in un elenco"},
    {"crea", "aggiunta"},
    {"modifica", "modificata"},
    {"chiudi", "chiusa"},
    {"esporta", "esportata"},
    {"amministra", "amministrata"},
};

/* The plain word; the register's own where there is none. */
static const char *word_of(const struct word *words, size_t count, const char *name)
{
    for (size_t i = 0; i < count && name != NULL; i++)
        if (strcmp(words[i].name, name) == 0)
            return words[i].text;
    return name != NULL ? name : "–";
}
#define WORD(words, name) word_of(words, sizeof(words) / sizeof *(words), name)

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* One line a day for what the same role did to the same end. */
static bool alike(const struct audit_row *a, const struct audit_row *b)
{
    return instant_day(a->quando).n == instant_day(b->quando).n && same(a->ruolo, b->ruolo) &&
           same(a->fine, b->fine) && same(a->azione, b->azione) && same(a->relazione, b->relazione);
}

static void row_show(struct doc_table *table, const struct audit_row *row, int64_t times)
{
    bool urgent = same(row->relazione, authz_relation_name(RELAZIONE_EMERGENZA));
    doc_row(table);
    doc_cell_day(table, instant_day(row->quando));
    doc_cell_text(table, row->ruolo != NULL ? authz_role_title(authz_role_parse(row->ruolo)) : "–");
    doc_cell_text(table, WORD(actions, row->azione));
    doc_cell_text(table, urgent ? "emergenza, poi riesaminata" : WORD(purposes, row->fine));
    doc_cell_int(table, times);
}

static void rows_show(struct doc *doc, const struct list *rows)
{
    const struct audit_row *held = NULL;
    int64_t times = 0;
    struct doc_table *table = doc_table(doc, "Accessi, dal più recente");
    doc_column(table, "giorno", "Giorno", FIELD_DAY);
    doc_column(table, "chi", "Chi", FIELD_TEXT);
    doc_column(table, "azione", "La cartella è stata", FIELD_TEXT);
    doc_column(table, "perche", "Per", FIELD_TEXT);
    doc_column(table, "volte", "Volte", FIELD_INT);
    LIST_EACH (rows, struct audit_row, row) {
        if (same(row->esito, AUDIT_NEGATO))
            continue; /* nothing was seen */
        if (held != NULL && !alike(held, row)) {
            row_show(table, held, times);
            times = 0;
        }
        held = row;
        times++;
    }
    if (held != NULL)
        row_show(table, held, times);
}

struct doc *accessi_foglio(struct arena *arena, const struct accessi_foglio *what)
{
    char day[DAY_TEXT];
    const char *title = "Chi ha aperto la sua cartella";
    struct doc *doc = doc_new(arena, &(struct doc_meta){.title = title,
                                                        .author = what->ente,
                                                        .subject = "Registro degli accessi",
                                                        .date = what->scritto,
                                                        .header = what->ente,
                                                        .footer = "Accessi alla cartella"});
    doc_heading(doc, 1, title);
    doc_pair(doc, "Persona", what->persona);
    doc_pair(doc, "Cartella", arena_printf(arena, "%lld", (long long)what->numero));
    doc_pair(doc, "Data", day_it(instant_day(what->scritto), day));
    doc_paragraph(doc,
                  "Ogni volta che qualcuno apre o cambia la cartella, il registro lo scrive. Qui "
                  "sono indicati il giorno, il ruolo di chi l’ha aperta e lo scopo; non i nomi "
                  "degli operatori, che lavorano per conto dell’ente (art. 15 del regolamento "
                  "UE 2016/679; Corte di giustizia UE, causa C-579/21).");
    rows_show(doc, what->righe);
    if (what->altri)
        doc_paragraph(doc, "Gli accessi più vecchi si possono chiedere al responsabile della "
                           "protezione dei dati.");
    doc_paragraph(doc, "Se un accesso non le sembra giustificato, può chiederne ragione "
                       "all’ufficio o al responsabile della protezione dei dati.");
    doc_signature(doc, what->ente, "Ufficio servizi sociali");
    return doc;
}
