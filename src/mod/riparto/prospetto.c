#include "mod/riparto/prospetto.h"

#include "base/csv.h"
#include "base/text.h"
#include "mod/riparto/inside.h"

#include <string.h>

static const char *const metodi[METODI] = {"pro_capite", "criteri", "margini",
                                           "ore",        "unita",   "costi"};

const char *metodo_name(enum metodo metodo)
{
    return metodi[metodo];
}

bool definizione_fault(struct reader *reader, const char *column, const char *format, ...)
{
    struct definizione_faults *faults = reader->faults;
    if (faults->count < DEFINIZIONE_FAULTS) {
        va_list args;
        va_start(args, format);
        faults->items[faults->count].line = reader->row.line;
        faults->items[faults->count].column = column;
        faults->items[faults->count++].text = arena_vprintf(reader->arena, format, args);
        va_end(args);
    }
    return false;
}

/* ---- single values -------------------------------------------------------------------------- */

bool definizione_money(struct reader *reader, const char *column, const char *text,
                       struct money *out)
{
    struct money amount;
    if (!money_parse(text, &amount))
        return definizione_fault(reader, column, "«%s» non è un importo in euro e centesimi interi",
                                 text);
    if (amount.cents < 0)
        return definizione_fault(reader, column, "«%s» è sotto zero", text);
    *out = amount;
    return true;
}

bool definizione_share(struct reader *reader, const char *column, const char *text,
                       struct rate *out)
{
    struct rate rate;
    if (!rate_parse(text, &rate))
        return definizione_fault(reader, column, "«%s» non è una quota: si scrive 20 %% o 17/94",
                                 text);
    if (rate.num < 0)
        return definizione_fault(reader, column, "«%s» è sotto zero", text);
    if (rate_cmp(rate, RATE_ONE) > 0)
        return definizione_fault(reader, column, "«%s» è più del 100 %%", text);
    *out = rate;
    return true;
}

static bool read_whole(struct reader *reader, const char *column, const char *text, int64_t least,
                       int64_t most, int64_t *out)
{
    struct money amount;
    if (!money_parse(text, &amount) || amount.cents % 100 != 0 || amount.cents < least * 100 ||
        amount.cents > most * 100)
        return definizione_fault(reader, column, "«%s» non è un numero intero fra %lld e %lld",
                                 text, (long long)least, (long long)most);
    *out = amount.cents / 100;
    return true;
}

/* ---- head ----------------------------------------------------------------------------------- */

const char *riga_cell(const struct reader *reader, size_t index)
{
    return index < reader->row.count ? reader->row.cells[index] : "";
}

static bool head_metodo(struct reader *reader)
{
    for (enum metodo m = 0; m < METODI; m++) {
        if (strcmp(riga_cell(reader, 1), metodi[m]) == 0) {
            reader->def->metodo = m;
            return true;
        }
    }
    return definizione_fault(reader, "metodo",
                             "«%s» non è fra pro_capite, criteri, margini, ore, unita, costi",
                             riga_cell(reader, 1));
}

static bool head_titolo(struct reader *reader)
{
    reader->def->titolo = riga_cell(reader, 1);
    return true;
}

static bool head_atto(struct reader *reader)
{
    reader->def->atto = riga_cell(reader, 1);
    return true;
}

static bool head_quota(struct reader *reader)
{
    return definizione_money(reader, "quota", riga_cell(reader, 1), &reader->def->quota);
}

static bool head_importo(struct reader *reader)
{
    return definizione_money(reader, "importo", riga_cell(reader, 1), &reader->def->importo);
}

static bool head_arrotonda(struct reader *reader)
{
    bool rests = strcmp(riga_cell(reader, 1), "resti") == 0;
    if (!rests && strcmp(riga_cell(reader, 1), "riga") != 0)
        return definizione_fault(reader, "arrotonda", "«%s» non è fra riga, resti",
                                 riga_cell(reader, 1));
    reader->def->modo = rests ? ARROTONDA_RESTI : ARROTONDA_RIGA;
    return true;
}

static bool read_step(struct reader *reader, const char *column, const char *text, int64_t *step)
{
    struct money amount;
    if (!definizione_money(reader, column, text, &amount))
        return false;
    if (amount.cents != STEP_CENT && amount.cents != STEP_EURO && amount.cents != STEP_TEN_EURO)
        return definizione_fault(reader, column, "«%s» non è fra 0,01, 1,00, 10,00", text);
    *step = amount.cents;
    return true;
}

static bool head_passo(struct reader *reader)
{
    return read_step(reader, "passo", riga_cell(reader, 1), &reader->def->passo);
}

static bool named(struct reader *reader, const char *column, size_t count, size_t most)
{
    if (*riga_cell(reader, 1) == '\0')
        return definizione_fault(reader, column, "manca il nome");
    if (count == most)
        return definizione_fault(reader, column, "sono più di %zu", most);
    return true;
}

static bool head_criterio(struct reader *reader)
{
    struct definizione *def = reader->def;
    size_t at = def->criteri_count;
    if (!named(reader, "criterio", at, RIPARTO_CRITERI))
        return false;
    for (size_t i = 0; i < at; i++)
        if (strcmp(def->criteri[i].nome, riga_cell(reader, 1)) == 0)
            return definizione_fault(reader, "criterio", "«%s» è scritto due volte",
                                     riga_cell(reader, 1));
    def->criteri[at].nome = riga_cell(reader, 1);
    def->criteri_count++;
    return definizione_share(reader, "criterio", riga_cell(reader, 2), &def->criteri[at].quota);
}

static bool head_colonna(struct reader *reader)
{
    struct definizione *def = reader->def;
    size_t at = def->colonne_count;
    if (!named(reader, "colonna", at, RIPARTO_COLONNE))
        return false;
    for (size_t i = 0; i < at; i++)
        if (strcmp(def->colonne[i].nome, riga_cell(reader, 1)) == 0)
            return definizione_fault(reader, "colonna", "«%s» è scritta due volte",
                                     riga_cell(reader, 1));
    def->colonne[at].nome = riga_cell(reader, 1);
    def->colonne_count++;
    return definizione_money(reader, "colonna", riga_cell(reader, 2), &def->colonne[at].totale);
}

static bool head_rata(struct reader *reader)
{
    struct definizione *def = reader->def;
    size_t at = def->rate_count;
    if (at == RIPARTO_RATE)
        return definizione_fault(reader, "rata", "sono più di %d", RIPARTO_RATE);
    def->rate_count++;
    def->scadenze[at] = DAY_NONE;
    if (*riga_cell(reader, 2) != '\0' && !day_parse(riga_cell(reader, 2), &def->scadenze[at]))
        return definizione_fault(reader, "rata", "«%s» non è una data: si scrive gg/mm/aaaa",
                                 riga_cell(reader, 2));
    return definizione_share(reader, "rata", riga_cell(reader, 1), &def->rate[at]);
}

static bool head_trasferimento(struct reader *reader)
{
    return definizione_share(reader, "trasferimento", riga_cell(reader, 1),
                             &reader->def->trasferimento);
}

static bool head_mesi(struct reader *reader)
{
    struct definizione *def = reader->def;
    def->mesi_passo = STEP_CENT;
    return read_whole(reader, "mesi", riga_cell(reader, 1), 1, 12, &def->mesi) &&
           (*riga_cell(reader, 2) == '\0' ||
            read_step(reader, "mesi", riga_cell(reader, 2), &def->mesi_passo));
}

static bool head_settimane(struct reader *reader)
{
    return read_whole(reader, "settimane", riga_cell(reader, 1), 1, 53, &reader->def->settimane);
}

static bool head_tetto(struct reader *reader)
{
    struct definizione *def = reader->def;
    size_t at = def->tetti_count;
    if (!named(reader, "tetto", at, DEFINIZIONE_TETTI))
        return false;
    def->tetti[at].gruppo = riga_cell(reader, 1);
    def->tetti_count++;
    return definizione_share(reader, "tetto", riga_cell(reader, 2), &def->tetti[at].quota);
}

static bool head_intestazione(struct reader *reader)
{
    size_t at = reader->intestazioni_count;
    if (!named(reader, "intestazione", at, DEFINIZIONE_INTESTAZIONI))
        return false;
    if (*riga_cell(reader, 2) == '\0')
        return definizione_fault(reader, "intestazione", "non dice che colonna è «%s»",
                                 riga_cell(reader, 1));
    reader->intestazioni[at].trovata = text_fold(reader->arena, riga_cell(reader, 1));
    reader->intestazioni[at].nome = riga_cell(reader, 2);
    reader->intestazioni[at].percento = strcmp(riga_cell(reader, 3), "%") == 0;
    if (*riga_cell(reader, 3) != '\0' && !reader->intestazioni[at].percento)
        return definizione_fault(reader, "intestazione", "«%s» non è %%", riga_cell(reader, 3));
    reader->intestazioni_count++;
    return true;
}

static bool head_tabella(struct reader *reader)
{
    reader->tabella = true;
    return true;
}

static const struct {
    const char *word;
    bool (*read)(struct reader *reader);
    unsigned methods; /* bits */
    bool many;
} heads[] = {
    {"metodo", head_metodo, ~0U, false},
    {"titolo", head_titolo, ~0U, false},
    {"atto", head_atto, ~0U, false},
    {"quota", head_quota, 1U << METODO_PRO_CAPITE | 1U << METODO_MARGINI, false},
    {"importo", head_importo, 1U << METODO_CRITERI, false},
    {"arrotonda", head_arrotonda, 1U << METODO_CRITERI, false},
    {"passo", head_passo, 1U << METODO_CRITERI, false},
    {"criterio", head_criterio, 1U << METODO_CRITERI, true},
    {"colonna", head_colonna, 1U << METODO_MARGINI, true},
    {"rata", head_rata, ~(1U << METODO_MARGINI), true},
    {"trasferimento", head_trasferimento, ~(1U << METODO_MARGINI), false},
    {"mesi", head_mesi, ~(1U << METODO_MARGINI), false},
    {"settimane", head_settimane, 1U << METODO_ORE, false},
    {"tetto", head_tetto, 1U << METODO_UNITA, true},
    {"intestazione", head_intestazione, ~0U, true},
    {"tabella", head_tabella, ~0U, false},
};
enum { HEADS = sizeof heads / sizeof *heads };

void testa_row(struct reader *reader)
{
    size_t i = 0;
    while (i < HEADS && strcmp(heads[i].word, riga_cell(reader, 0)) != 0)
        i++;
    if (i > 0 && !reader->seen[0]) {
        if (reader->faults->count == 0) /* once: the others would say nothing new */
            definizione_fault(reader, riga_cell(reader, 0), "la prima riga dice il metodo");
    } else if (i == HEADS)
        definizione_fault(reader, riga_cell(reader, 0), "parola che il prospetto non conosce");
    else if (reader->seen[i] && !heads[i].many)
        definizione_fault(reader, riga_cell(reader, 0), "è scritto due volte");
    else if ((heads[i].methods >> reader->def->metodo & 1) == 0)
        definizione_fault(reader, riga_cell(reader, 0), "non serve al metodo %s",
                          metodi[reader->def->metodo]);
    else
        reader->seen[i] = heads[i].read(reader) || i > 0;
}

/* ---- the head as a whole --------------------------------------------------------------------- */

static void check_shares(struct reader *reader, const char *what, struct rate sum, size_t count)
{
    char text[RATE_TEXT];
    if (count > 0 && (!rate_ok(sum) || rate_cmp(sum, RATE_ONE) != 0))
        definizione_fault(reader, what, "le quote fanno %s invece di 1 (100 %%)",
                          rate_machine(sum, text));
}

void testa_end(struct reader *reader)
{
    struct definizione *def = reader->def;
    struct rate criteri = RATE(0, 1), rate = RATE(0, 1);
    for (size_t i = 0; i < def->criteri_count; i++)
        criteri = rate_add(criteri, def->criteri[i].quota);
    for (size_t i = 0; i < def->rate_count; i++)
        rate = rate_add(rate, def->rate[i]);
    check_shares(reader, "criterio", criteri, def->criteri_count);
    check_shares(reader, "rata", rate, def->rate_count);
    if (def->metodo == METODO_CRITERI && def->criteri_count == 0)
        definizione_fault(reader, "criterio", "manca");
    if (def->metodo == METODO_CRITERI && !money_ok(def->importo))
        definizione_fault(reader, "importo", "manca");
    if (def->metodo == METODO_PRO_CAPITE && !money_ok(def->quota))
        definizione_fault(reader, "quota", "manca");
    if (def->metodo == METODO_MARGINI && def->colonne_count == 0)
        definizione_fault(reader, "colonna", "manca");
    if (def->metodo == METODO_ORE && def->settimane == 0)
        definizione_fault(reader, "settimane", "manca");
}

void testa_columns(struct reader *reader)
{
    struct definizione *def = reader->def;
    static const char *const parts[] = {"totale", "fattura", "trasferimento"};
    for (size_t i = 0; i < def->colonne_count; i++)
        def->nomi[def->nomi_count++] = def->colonne[i].nome;
    if (def->metodo != METODO_MARGINI)
        def->nomi[def->nomi_count++] = "dovuto";
    if (def->mesi > 0)
        def->nomi[def->nomi_count++] = "mesi";
    for (size_t i = 0; i < def->rate_count; i++)
        for (size_t k = 0; k < 3; k++)
            def->nomi[def->nomi_count++] =
                arena_printf(reader->arena, "rata%zu_%s", i + 1, parts[k]);
}
