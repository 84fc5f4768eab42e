#include "base/text.h"
#include "mod/riparto/inside.h"

#include <string.h>

/* ---- heading -------------------------------------------------------------------------------- */

static const struct {
    enum metodo metodo;
    const char *nome;
    enum colonna_tipo tipo;
    size_t index;
    bool required, intero;
} columns[] = {
    {METODO_PRO_CAPITE, "abitanti", COLONNA_PESO, 0, true, true},
    {METODO_MARGINI, "quota", COLONNA_IMPORTO, 0, false, false},
    {METODO_MARGINI, "abitanti", COLONNA_PESO, 0, false, true},
    {METODO_ORE, "ore", COLONNA_PESO, 0, true, false},
    {METODO_ORE, "costo_orario", COLONNA_IMPORTO, 0, true, false},
    {METODO_ORE, "iva", COLONNA_QUOTA, 0, false, false},
    {METODO_UNITA, "fisso", COLONNA_IMPORTO, 0, false, false},
    {METODO_UNITA, "quantita", COLONNA_PESO, 0, true, false},
    {METODO_UNITA, "importo_unitario", COLONNA_IMPORTO, 1, true, false},
    {METODO_COSTI, "costo", COLONNA_IMPORTO, 0, true, false},
    {METODO_COSTI, "quota", COLONNA_QUOTA, 0, true, false},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const plain[] = {"ente", "comune", "voce", "gruppo", "area", "paga", "nota"};
enum { PLAIN = sizeof plain / sizeof *plain };

/* The name that reads like the heading, whatever its case, accents and signs; NULL = none. */
static const char *own_name(const struct reader *reader, const char *folded)
{
    const struct definizione *def = reader->def;
    const char *names[PLAIN + COLUMNS + RIPARTO_CRITERI + QUADRO_COLONNE];
    size_t count = 0;
    for (size_t i = 0; i < PLAIN; i++)
        names[count++] = plain[i];
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].metodo == def->metodo)
            names[count++] = columns[i].nome;
    for (size_t i = 0; i < def->criteri_count; i++)
        names[count++] = def->criteri[i].nome;
    for (size_t i = 0; i < def->nomi_count; i++)
        names[count++] = def->nomi[i];
    for (size_t i = 0; i < count; i++)
        if (strcmp(text_fold(reader->arena, names[i]), folded) == 0)
            return names[i];
    return NULL;
}

static const char *heading_name(const struct reader *reader, const char *heading)
{
    const char *folded = text_fold(reader->arena, heading);
    for (size_t i = 0; i < reader->intestazioni_count; i++)
        if (strcmp(reader->intestazioni[i].trovata, folded) == 0)
            return reader->intestazioni[i].nome;
    const char *own = own_name(reader, folded);
    return own != NULL ? own : heading;
}

/* A published table may have other columns before the names; a definition of ours has none. */
bool tabella_heading(struct reader *reader)
{
    size_t last = reader->tabella ? reader->row.count : 1;
    for (size_t i = 0; i < last && i < reader->row.count; i++) {
        reader->nome_at = i;
        if (definizione_heading(heading_name(reader, reader->row.cells[i])))
            return true;
    }
    return false;
}

static bool in_percent(const struct reader *reader, const char *heading)
{
    const char *folded = text_fold(reader->arena, heading);
    for (size_t i = 0; i < reader->intestazioni_count; i++)
        if (strcmp(reader->intestazioni[i].trovata, folded) == 0)
            return reader->intestazioni[i].percento;
    return false;
}

static bool set_column(struct reader *reader, size_t at, enum colonna_tipo tipo, size_t index,
                       bool intero)
{
    reader->colonne[at].tipo = tipo;
    reader->colonne[at].index = index;
    reader->colonne[at].intero = intero;
    return true;
}

static bool find_column(struct reader *reader, size_t at, const char *name)
{
    const struct definizione *def = reader->def;
    if (strcmp(name, "gruppo") == 0 || strcmp(name, "area") == 0)
        return set_column(reader, at, COLONNA_GRUPPO, 0, false);
    if (strcmp(name, "paga") == 0)
        return set_column(reader, at, COLONNA_PAGA, 0, false);
    if (strcmp(name, "nota") == 0)
        return set_column(reader, at, COLONNA_NOTA, 0, false);
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].metodo == def->metodo && strcmp(columns[i].nome, name) == 0)
            return set_column(reader, at, columns[i].tipo, columns[i].index, columns[i].intero);
    for (size_t i = 0; i < def->criteri_count; i++)
        if (strcmp(def->criteri[i].nome, name) == 0)
            return set_column(reader, at, COLONNA_PESO, i, false);
    for (size_t i = 0; i < def->nomi_count; i++)
        if (strcmp(def->nomi[i], name) == 0)
            return set_column(reader, at, COLONNA_PUBBLICATO, i, false);
    return definizione_fault(reader, name, "colonna che il metodo %s non conosce",
                             metodo_name(def->metodo));
}

static bool has_column(const struct reader *reader, const char *name)
{
    for (size_t i = 0; i < reader->colonne_count; i++)
        if (strcmp(reader->colonne[i].nome, name) == 0)
            return true;
    return false;
}

static void require_columns(struct reader *reader)
{
    struct definizione *def = reader->def;
    for (size_t i = 0; i < COLUMNS; i++)
        if (columns[i].metodo == def->metodo && columns[i].required &&
            !has_column(reader, columns[i].nome))
            definizione_fault(reader, columns[i].nome, "manca la colonna");
    for (size_t i = 0; i < def->criteri_count; i++)
        if (!has_column(reader, def->criteri[i].nome))
            definizione_fault(reader, def->criteri[i].nome, "manca la colonna del criterio");
    bool heads = has_column(reader, "abitanti");
    if (def->metodo == METODO_MARGINI && heads == has_column(reader, "quota"))
        definizione_fault(reader, "quota", "serve una colonna sola fra quota e abitanti");
    if (def->metodo == METODO_MARGINI && heads && !money_ok(def->quota))
        definizione_fault(reader, "abitanti", "manca la quota pro capite");
}

bool tabella_start(struct reader *reader)
{
    for (size_t i = 0; i < reader->row.count; i++) {
        const char *name = heading_name(reader, reader->row.cells[i]);
        if (has_column(reader, name) && strcmp(name, "nota") != 0)
            definizione_fault(reader, name, "colonna scritta due volte");
        reader->colonne[i].nome = name;
        reader->colonne[i].percento = in_percent(reader, reader->row.cells[i]);
        reader->colonne_count = i + 1;
        if (i == reader->nome_at)
            set_column(reader, i, COLONNA_NOME, 0, false);
        else
            find_column(reader, i, name);
    }
    reader->comuni = strcmp(reader->colonne[reader->nome_at].nome, "comune") == 0;
    require_columns(reader);
    reader->def->righe = ARENA_NEWS(reader->arena, struct definizione_riga, RIPARTO_RIGHE);
    reader->def->somme = ARENA_NEWS(reader->arena, struct definizione_riga, DEFINIZIONE_SOMME);
    return reader->faults->count == 0;
}

/* ---- a row ---------------------------------------------------------------------------------- */

static void read_weight(struct reader *reader, size_t at, const char *text, int64_t *weight)
{
    struct money amount;
    const char *name = reader->colonne[at].nome;
    if (!money_parse(text, &amount))
        definizione_fault(reader, name, "«%s» non è un numero con al più due decimali", text);
    else if (amount.cents < 0)
        definizione_fault(reader, name, "«%s» è sotto zero", text);
    else if (reader->colonne[at].intero && amount.cents % 100 != 0)
        definizione_fault(reader, name, "«%s» non è un numero intero", text);
    else
        *weight = amount.cents;
}

static void read_cell(struct reader *reader, size_t at, const char *text,
                      struct definizione_riga *riga)
{
    const char *name = reader->colonne[at].nome;
    size_t index = reader->colonne[at].index;
    switch (reader->colonne[at].tipo) {
    case COLONNA_GRUPPO:
        riga->gruppo = text;
        break;
    case COLONNA_PAGA:
        riga->per = text;
        break;
    case COLONNA_PESO:
        read_weight(reader, at, text, &riga->pesi[index]);
        break;
    case COLONNA_IMPORTO:
        (void)definizione_money(reader, name, text, &riga->importi[index]);
        break;
    case COLONNA_QUOTA:
        if (reader->colonne[at].percento && strpbrk(text, "%/") == NULL)
            text = arena_printf(reader->arena, "%s %%", text);
        (void)definizione_share(reader, name, text, &riga->quota);
        break;
    case COLONNA_PUBBLICATO:
        (void)definizione_money(reader, name, text, &riga->pubblicato[index]);
        break;
    case COLONNA_NOTA:
    case COLONNA_NOME:
        break;
    }
}

static void check_known(struct reader *reader, const char *column, const char *name)
{
    const char *const *known = reader->noti;
    const char *folded = text_fold(reader->arena, name);
    if (!reader->comuni || known == NULL)
        return;
    while (*known != NULL && strcmp(text_fold(reader->arena, *known), folded) != 0)
        known++;
    if (*known == NULL)
        definizione_fault(reader, column, "«%s» non è un ente dell’ambito", name);
}

static void blank_row(struct reader *reader, struct definizione_riga *riga)
{
    size_t count = reader->def->nomi_count;
    *riga = (struct definizione_riga){.line = reader->row.line,
                                      .nome = riga_cell(reader, reader->nome_at),
                                      .gruppo = "",
                                      .per = "",
                                      .importi = {MONEY(0), MONEY(0)},
                                      .quota = RATE(0, 1)};
    riga->pubblicato = ARENA_NEWS(reader->arena, struct money, count);
    for (size_t i = 0; i < count; i++)
        riga->pubblicato[i] = MONEY_INVALID;
}

/* A payer for several municipalities is one row, with what they weigh together. */
static void merge(struct reader *reader, struct definizione_riga *into,
                  const struct definizione_riga *riga, const char *comune)
{
    into->per = arena_printf(reader->arena, "%s, %s", into->per, comune);
    for (size_t i = 0; i < RIPARTO_CRITERI; i++)
        into->pesi[i] += riga->pesi[i];
    into->importi[0] = money_add(into->importi[0], riga->importi[0]);
    for (size_t i = 0; i < reader->def->nomi_count; i++)
        if (!money_ok(into->pubblicato[i]))
            into->pubblicato[i] = riga->pubblicato[i];
}

static void add_payer(struct reader *reader, struct definizione_riga *riga)
{
    struct definizione *def = reader->def;
    const char *comune = riga->nome;
    bool other = *riga->per != '\0' && strcmp(riga->per, comune) != 0;
    check_known(reader, reader->colonne[reader->nome_at].nome, comune);
    if (other)
        check_known(reader, "paga", riga->per);
    if (other && def->metodo > METODO_MARGINI)
        definizione_fault(reader, "paga", "non serve al metodo %s", metodo_name(def->metodo));
    riga->nome = other ? riga->per : comune;
    riga->per = other ? comune : "";
    for (size_t i = 0; i < def->righe_count; i++) {
        struct definizione_riga *row = &def->righe[i];
        if (strcmp(row->nome, riga->nome) != 0 || strcmp(row->gruppo, riga->gruppo) != 0)
            continue;
        if (other && *row->per != '\0')
            merge(reader, row, riga, comune);
        else
            definizione_fault(reader, reader->colonne[reader->nome_at].nome,
                              "«%s» è già alla riga %ld", riga->nome, row->line);
        return;
    }
    if (def->righe_count == RIPARTO_RIGHE)
        definizione_fault(reader, "", "le righe sono più di %d", RIPARTO_RIGHE);
    else
        def->righe[def->righe_count++] = *riga;
}

/* "Totale", "Totale generale"; "Subtotale", or with the group behind: "Subtotale Distretto". */
static bool names_sum(struct reader *reader, struct definizione_riga *riga, bool *part)
{
    static const char *const totals[] = {"totale", "totali", "totale generale",
                                         "totale complessivo"};
    static const char subtotal[] = "subtotale";
    const char *folded = text_fold(reader->arena, riga->nome);
    size_t word = strcspn(riga->nome, " ");
    *part = strncmp(folded, subtotal, sizeof subtotal - 1) == 0 && word == sizeof subtotal - 1;
    if (*part && *riga->gruppo == '\0')
        riga->gruppo = riga->nome + word + strspn(riga->nome + word, " ");
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++)
        if (strcmp(folded, totals[i]) == 0)
            return true;
    return *part;
}

static bool is_sum(struct reader *reader, struct definizione_riga *riga)
{
    bool part;
    if (!names_sum(reader, riga, &part))
        return false;
    if (part && *riga->gruppo == '\0')
        definizione_fault(reader, "gruppo", "il subtotale non dice di quale gruppo");
    else if (!part)
        riga->gruppo = "";
    if (reader->def->somme_count == DEFINIZIONE_SOMME)
        definizione_fault(reader, "", "le somme sono più di %d", DEFINIZIONE_SOMME);
    else
        reader->def->somme[reader->def->somme_count++] = *riga;
    return true;
}

void tabella_row(struct reader *reader)
{
    struct definizione_riga riga;
    if (reader->row.count > reader->colonne_count) {
        definizione_fault(reader, "", "la riga ha %zu celle, le colonne sono %zu",
                          reader->row.count, reader->colonne_count);
        return;
    }
    blank_row(reader, &riga);
    if (*riga.nome == '\0')
        definizione_fault(reader, reader->colonne[reader->nome_at].nome, "manca il nome");
    for (size_t i = 0; i < reader->row.count; i++)
        if (*reader->row.cells[i] != '\0')
            read_cell(reader, i, reader->row.cells[i], &riga);
    if (!is_sum(reader, &riga))
        add_payer(reader, &riga);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool has_group(const struct definizione *def, const char *name)
{
    for (size_t i = 0; i < def->righe_count; i++)
        if (strcmp(def->righe[i].gruppo, name) == 0)
            return true;
    return false;
}

void tabella_end(struct reader *reader)
{
    const struct definizione *def = reader->def;
    if (def->righe_count == 0)
        definizione_fault(reader, "", "la tabella non ha righe");
    for (size_t i = 0; i < def->tetti_count; i++)
        if (!has_group(def, def->tetti[i].gruppo))
            definizione_fault(reader, "tetto", "nessuna riga è dell’area «%s»",
                              def->tetti[i].gruppo);
    for (size_t i = 0; i < def->somme_count; i++)
        if (*def->somme[i].gruppo != '\0' && !has_group(def, def->somme[i].gruppo))
            definizione_fault(reader, "gruppo", "nessuna riga è del gruppo «%s»",
                              def->somme[i].gruppo);
}
