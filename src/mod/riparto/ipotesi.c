#include "mod/riparto/ipotesi.h"

#include "base/csv.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- a definition with something changed --------------------------------------------------------
 */

struct change {
    struct arena *arena;
    const struct ipotesi *ipotesi;
    struct definizione_faults *faults;
    struct buf out;
    struct rate pesi[RIPARTO_CRITERI];
    size_t pesi_count;
    const char *escono[IPOTESI_ESCONO]; /* folded */
    bool gone[IPOTESI_ESCONO];
    size_t escono_count;
    size_t criteri;                        /* met so far */
    bool quota, importo, arrotonda, passo; /* met */
    bool table;
    size_t name_at, payer_at;
};

bool ipotesi_any(const struct ipotesi *i)
{
    return money_ok(i->quota) || money_ok(i->importo) || i->pesi != NULL || i->arrotonda != NULL ||
           i->passo != NULL || i->esce != NULL;
}

static void fault(struct change *change, const char *column, const char *text)
{
    struct definizione_faults *faults = change->faults;
    if (faults->count == DEFINIZIONE_FAULTS)
        return;
    faults->items[faults->count].line = 0;
    faults->items[faults->count].column = column;
    faults->items[faults->count++].text = text;
}

/* "30", "30 %", "3/10", "0,3": a number over one is a percentage. */
static bool read_share(struct arena *arena, const char *word, struct rate *share)
{
    return rate_parse(word, share) &&
           (rate_cmp(*share, RATE_ONE) <= 0 ||
            rate_parse(arena_printf(arena, "%s %%", word), share)) &&
           share->num >= 0 && rate_cmp(*share, RATE_ONE) <= 0;
}

/* Words parted by spaces or semicolons; a sign of percentage belongs to the word before. */
static void read_shares(struct change *change)
{
    const char *wrong = "le quote si scrivono come 30 % 70 %, nell’ordine dei criteri";
    char *rest = NULL;
    struct rate sum = RATE(0, 1);
    char *text = arena_strdup(change->arena, change->ipotesi->pesi);
    for (char *c = text; strpbrk(change->ipotesi->pesi, " ;") == NULL && *c != '\0'; c++)
        *c = *c == '/' ? ' ' : *c; /* "30/70" */
    for (char *word = strtok_r(text, " ;", &rest); word != NULL;
         word = strtok_r(NULL, " ;", &rest)) {
        if (strcmp(word, "%") == 0 && change->pesi_count > 0)
            continue;
        if (change->pesi_count == RIPARTO_CRITERI ||
            !read_share(change->arena, word, &change->pesi[change->pesi_count])) {
            fault(change, "pesi", wrong);
            return;
        }
        sum = rate_add(sum, change->pesi[change->pesi_count++]);
    }
    if (!rate_ok(sum) || rate_cmp(sum, RATE_ONE) != 0)
        fault(change, "pesi", "le quote dei criteri non fanno 100 %");
}

static void read_leaving(struct change *change)
{
    char *rest = NULL;
    char *text = arena_strdup(change->arena, change->ipotesi->esce);
    for (char *name = strtok_r(text, ";\n", &rest); name != NULL;
         name = strtok_r(NULL, ";\n", &rest)) {
        const char *folded = text_fold(change->arena, name);
        if (*folded == '\0')
            continue;
        if (change->escono_count == IPOTESI_ESCONO) {
            fault(change, "esce", "sono troppi");
            return;
        }
        change->escono[change->escono_count++] = folded;
    }
}

/* ---- line by line
 * -------------------------------------------------------------------------------- */

static void put(struct change *change, const char *first, const char *second, const char *third)
{
    csv_cell(&change->out, '\t', true, first);
    csv_cell(&change->out, '\t', false, second);
    if (third != NULL)
        csv_cell(&change->out, '\t', false, third);
}

static void put_money(struct change *change, const char *word, struct money amount)
{
    char text[MONEY_TEXT];
    put(change, word, money_machine(amount, text), NULL);
}

static bool change_share(struct change *change, const struct csv_row *row)
{
    size_t at = change->criteri++;
    if (change->ipotesi->pesi == NULL || at >= change->pesi_count || row->count < 2)
        return false;
    struct rate share = change->pesi[at];
    put(change, "criterio", row->cells[1],
        arena_printf(change->arena, "%lld/%lld", (long long)share.num, (long long)share.den));
    return true;
}

/* True: the line was written anew. */
static bool change_head(struct change *change, const struct csv_row *row)
{
    const struct ipotesi *i = change->ipotesi;
    const char *word = row->cells[0];
    if (strcmp(word, "criterio") == 0)
        return change_share(change, row);
    if (strcmp(word, "quota") == 0 && money_ok(i->quota)) {
        change->quota = true;
        put_money(change, word, i->quota);
    } else if (strcmp(word, "importo") == 0 && money_ok(i->importo)) {
        change->importo = true;
        put_money(change, word, i->importo);
    } else if (strcmp(word, "arrotonda") == 0 && i->arrotonda != NULL) {
        change->arrotonda = true;
        put(change, word, i->arrotonda, NULL);
    } else if (strcmp(word, "passo") == 0 && i->passo != NULL) {
        change->passo = true;
        put(change, word, i->passo, NULL);
    } else {
        return false;
    }
    return true;
}

/* What the definition did not say stands before the table. */
static void add_heads(struct change *change)
{
    const struct ipotesi *i = change->ipotesi;
    bool shared = change->criteri > 0;
    if (money_ok(i->quota) && !change->quota)
        fault(change, "quota", "il prospetto non ha una quota pro capite");
    if (money_ok(i->importo) && !change->importo)
        fault(change, "importo", "il prospetto non ha un importo da ripartire");
    if (i->pesi != NULL && change->pesi_count != change->criteri)
        fault(change, "pesi",
              arena_printf(change->arena, "i criteri del prospetto sono %zu, le quote %zu",
                           change->criteri, change->pesi_count));
    if ((i->arrotonda != NULL || i->passo != NULL) && !shared)
        fault(change, i->arrotonda != NULL ? "arrotonda" : "passo",
              "il prospetto non si arrotonda: ogni riga è un importo suo");
    if (i->arrotonda != NULL && shared && !change->arrotonda) {
        put(change, "arrotonda", i->arrotonda, NULL);
        buf_char(&change->out, '\n');
    }
    if (i->passo != NULL && shared && !change->passo) {
        put(change, "passo", i->passo, NULL);
        buf_char(&change->out, '\n');
    }
}

static void start_table(struct change *change, const struct csv_row *row)
{
    change->table = true;
    change->payer_at = SIZE_MAX;
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(text_fold(change->arena, row->cells[i]), "paga") == 0)
            change->payer_at = i;
    add_heads(change);
}

static bool leaves(struct change *change, const char *name)
{
    const char *folded = text_fold(change->arena, name);
    bool gone = false;
    for (size_t i = 0; i < change->escono_count; i++)
        if (strcmp(change->escono[i], folded) == 0)
            gone = change->gone[i] = true;
    return gone;
}

static bool row_leaves(struct change *change, const struct csv_row *row)
{
    bool name = leaves(change, row->cells[0]);
    bool payer = change->payer_at < row->count && leaves(change, row->cells[change->payer_at]);
    return name || payer;
}

static void change_row(struct change *change, const struct csv_row *row)
{
    if (!change->table && definizione_heading(row->cells[0]))
        start_table(change, row);
    else if (!change->table && strcmp(row->cells[0], "tabella") == 0)
        fault(change, "", "la tabella di altri si verifica, non si simula");
    else if (change->table ? row_leaves(change, row) : change_head(change, row))
        return;
    for (size_t i = 0; i < row->count; i++)
        csv_cell(&change->out, '\t', i == 0, row->cells[i]);
}

void ipotesi_apply(struct arena *arena, struct bytes text, const struct ipotesi *ipotesi,
                   struct bytes *changed, struct definizione_faults *faults)
{
    struct change *change = ARENA_NEW(arena, struct change);
    struct csv csv;
    struct csv_row row;
    long line = 1;
    *change = (struct change){.arena = arena, .ipotesi = ipotesi, .faults = faults};
    faults->count = 0;
    if (ipotesi->pesi != NULL)
        read_shares(change);
    if (ipotesi->esce != NULL)
        read_leaving(change);
    buf_init(&change->out, arena, (size_t)2 * DEFINIZIONE_SIZE);
    const char *start = definizione_start((const char *)text.data, text.size, &line);
    csv_open(&csv, start, text.size - (size_t)(start - (const char *)text.data));
    for (enum csv_state state; (state = csv_next(&csv, arena, &row)) != CSV_END;) {
        if (state != CSV_ROW)
            continue;
        change_row(change, &row);
        buf_char(&change->out, '\n');
    }
    for (size_t i = 0; i < change->escono_count; i++)
        if (!change->gone[i])
            fault(change, "esce",
                  arena_printf(arena, "«%s» non è fra chi paga", change->escono[i]));
    *changed = (struct bytes){(const unsigned char *)change->out.data, change->out.size};
}

/* ---- two margins
 * ----------------------------------------------------------------------------------- */

bool ipotesi_balance(struct arena *arena, struct definizione *def)
{
    struct money rows = MONEY(0), columns = MONEY(0), residue;
    struct money due[RIPARTO_COLONNE];
    int64_t weights[RIPARTO_COLONNE];
    if (def->metodo != METODO_MARGINI)
        return false;
    for (size_t i = 0; i < def->righe_count; i++)
        rows = money_add(rows, definizione_row_total(def, i));
    for (size_t k = 0; k < def->colonne_count; k++) {
        weights[k] = def->colonne[k].totale.cents;
        columns = money_add(columns, def->colonne[k].totale);
    }
    if (!money_ok(rows) || !money_ok(columns) || money_cmp(rows, columns) == 0)
        return false;
    const struct criterio criterio = {"colonne", RATE_ONE, weights};
    const struct riparto riparto = {rows,      &criterio,      1, def->colonne_count,
                                    STEP_CENT, ARROTONDA_RESTI};
    if (riparto_compute(arena, &riparto, due, &residue, NULL) != RIPARTO_OK)
        return false;
    for (size_t k = 0; k < def->colonne_count; k++)
        def->colonne[k].totale = due[k];
    return true;
}

/* ---- side by side
 * ---------------------------------------------------------------------------------- */

static struct ipotesi_riga *row_of(struct list *list, const char *name)
{
    LIST_EACH (list, struct ipotesi_riga, row) {
        if (strcmp(row->nome, name) == 0)
            return row;
    }
    struct ipotesi_riga *row = LIST_ITEM(list, struct ipotesi_riga, list->count);
    *row = (struct ipotesi_riga){.nome = name};
    list->count++;
    return row;
}

static void compare_row(struct ipotesi_riga *row, size_t count)
{
    struct money first = row->importi[0];
    for (size_t h = 0; h < count; h++) {
        row->differenze[h] = money_sub(row->importi[h], first);
        row->percenti[h] =
            first.cents == 0
                ? INT_NONE
                : money_share(MONEY(10000), rate_of(row->differenze[h].cents, first.cents), 1)
                      .cents;
    }
}

static int64_t impact(const struct ipotesi_riga *row)
{
    int64_t most = 0;
    for (size_t h = 0; h < IPOTESI_MAX; h++)
        if (llabs(row->differenze[h].cents) > most)
            most = llabs(row->differenze[h].cents);
    return most;
}

static int by_impact(const void *a, const void *b)
{
    const struct ipotesi_riga *x = a;
    const struct ipotesi_riga *y = b;
    int64_t p = impact(x), q = impact(y);
    return p != q ? (p < q) - (p > q) : strcmp(x->nome, y->nome);
}

void ipotesi_compare(struct arena *arena, const struct quadro *const *quadri, size_t count,
                     struct list *righe, struct ipotesi_riga *totale)
{
    size_t most = 1;
    for (size_t h = 0; h < count; h++)
        most += quadri[h]->def->righe_count;
    *righe = (struct list){.items = ARENA_NEWS(arena, struct ipotesi_riga, most),
                           .size = sizeof(struct ipotesi_riga)};
    *totale = (struct ipotesi_riga){.nome = "Totale"};
    for (size_t h = 0; h < count; h++) {
        for (size_t i = 0; i < quadri[h]->def->righe_count; i++) {
            struct ipotesi_riga *row = row_of(righe, quadri[h]->def->righe[i].nome);
            struct money due = quadro_due(quadri[h], i);
            row->importi[h] = money_add(row->importi[h], due);
            totale->importi[h] = money_add(totale->importi[h], due);
        }
    }
    LIST_EACH (righe, struct ipotesi_riga, row)
        compare_row(row, count);
    compare_row(totale, count);
    qsort(righe->items, righe->count, sizeof(struct ipotesi_riga), by_impact);
}
