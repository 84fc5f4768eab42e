/* Hours of a month from a table: heading, rows, then service by service into the sheet. */
#include "mod/prestazioni/importa.h"

#include "base/csv.h"
#include "base/text.h"
#include "mod/enti/enti.h"
#include "mod/rette/rette.h"

#include <stdlib.h>
#include <string.h>

enum colonna { COL_CODICE, COL_PERSONA, COL_SERVIZIO, COL_GIORNO, COL_QUANTITA, COLONNE };
static const char *const headings[COLONNE] = {"Codice", "Persona", "Servizio", "Giorno",
                                              "Quantità"};
/* Folded words that name a column. */
static const struct {
    const char *word;
    enum colonna colonna;
} words[] = {
    {"codice", COL_CODICE},     {"prestazione", COL_CODICE},     {"persona", COL_PERSONA},
    {"utente", COL_PERSONA},    {"cognome e nome", COL_PERSONA}, {"nominativo", COL_PERSONA},
    {"servizio", COL_SERVIZIO}, {"giorno", COL_GIORNO},          {"data", COL_GIORNO},
    {"quantita", COL_QUANTITA}, {"ore", COL_QUANTITA},
};
enum { WORDS = sizeof words / sizeof *words, NAMES = 4, ABSENT = -1 };

/* A service that the table may name. */
struct voce_ore {
    const struct prestazione_riga *riga;
    const char *persona, *nomi[NAMES]; /* folded */
    enum unita unita;
    long line; /* that named it first; 0 = none has */
    bool bad;
    bool set[GIORNI_MESE];
    struct griglia griglia;
};

struct lettura {
    struct cx *cx;
    struct ore_import *import;
    struct voce_ore *voci;
    size_t count;
    int column[COLONNE], day[GIORNI_MESE]; /* their places in a row; ABSENT */
    const struct csv_row *row;
    struct ore_detto *detti;
};

static void tell(struct lettura *at, long line, const char *column, const char *why)
{
    struct list *told = &at->import->detti;
    if (told->count < ORE_DETTI)
        at->detti[told->count++] = (struct ore_detto){line, column, why};
    else
        told->clipped = true;
}

static const char *cell_at(const struct lettura *at, int place)
{
    return place == ABSENT || (size_t)place >= at->row->count ? "" : at->row->cells[place];
}

/* ---- the heading ------------------------------------------------------------------------- */

static int day_number(const char *folded)
{
    if (strncmp(folded, "giorno ", 7) == 0)
        folded += 7;
    size_t digits = strspn(folded, "0123456789");
    if (digits == 0 || digits > 2 || folded[digits] != '\0')
        return 0;
    int number = atoi(folded);
    return number <= GIORNI_MESE ? number : 0;
}

static bool heading(struct lettura *at)
{
    bool days = false;
    for (int i = 0; i < COLONNE; i++)
        at->column[i] = ABSENT;
    for (int i = 0; i < GIORNI_MESE; i++)
        at->day[i] = ABSENT;
    for (size_t i = 0; i < at->row->count; i++) {
        const char *folded = text_fold(at->cx->arena, at->row->cells[i]);
        int number = day_number(folded);
        if (number > 0)
            at->day[number - 1] = (int)i;
        days = days || number > 0;
        for (size_t w = 0; w < WORDS; w++)
            if (strcmp(folded, words[w].word) == 0 && at->column[words[w].colonna] == ABSENT)
                at->column[words[w].colonna] = (int)i;
    }
    if (at->column[COL_CODICE] == ABSENT && at->column[COL_PERSONA] == ABSENT)
        return FAIL(at->cx, ERR_INPUT, "nella prima riga manca la colonna Codice o Persona");
    if (days || (at->column[COL_GIORNO] != ABSENT && at->column[COL_QUANTITA] != ABSENT))
        return true;
    return FAIL(
        at->cx, ERR_INPUT,
        "nella prima riga mancano i giorni (1, 2, 3…), oppure le colonne Giorno e Quantità");
}

/* ---- which service ----------------------------------------------------------------------- */

static bool known_services(struct lettura *at)
{
    const struct foglio_scelta scelta = {.mese = at->import->mese, .limit = FOGLIO_TUTTE};
    struct list list, servizi;
    struct arena *arena = at->cx->arena;
    if (!foglio_list(at->cx, &scelta, &list) || !servizio_list(at->cx, &servizi))
        return false;
    at->count = list.count;
    at->voci = ARENA_NEWS(arena, struct voce_ore, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        const struct prestazione_riga *riga = LIST_ITEM(&list, struct prestazione_riga, i);
        const char *variant = variante_words(arena, riga->variante), *code = riga->servizio;
        LIST_EACH (&servizi, const struct servizio, servizio)
            if (strcmp(servizio->nome, riga->servizio) == 0)
                code = servizio->codice;
        at->voci[i] = (struct voce_ore){
            .riga = riga,
            .persona = text_fold(arena, riga->persona),
            .unita = unita_parse(riga->unita),
            .nomi = {text_fold(arena, code), text_fold(arena, riga->servizio),
                     text_fold(arena, arena_printf(arena, "%s %s", code, variant)),
                     text_fold(arena, arena_printf(arena, "%s %s", riga->servizio, variant))},
        };
    }
    return true;
}

static bool is_named(const struct voce_ore *voce, const char *persona, const char *servizio)
{
    if (strcmp(voce->persona, persona) != 0)
        return false;
    for (size_t i = 0; i < NAMES; i++)
        if (strcmp(voce->nomi[i], servizio) == 0)
            return true;
    return *servizio == '\0';
}

/* NULL: none, or more than one; why is told. Whose services these are has been settled: another's
 * code is simply not among them. */
static struct voce_ore *service_of(struct lettura *at)
{
    const char *code = cell_at(at, at->column[COL_CODICE]);
    const char *persona = text_fold(at->cx->arena, cell_at(at, at->column[COL_PERSONA]));
    const char *servizio = text_fold(at->cx->arena, cell_at(at, at->column[COL_SERVIZIO]));
    struct voce_ore *found = NULL;
    struct id id;
    bool coded = *code != '\0';
    if (coded && !id_parse(code, &id)) {
        tell(at, at->row->line, headings[COL_CODICE], "non è un codice di prestazione");
        return NULL;
    }
    for (size_t i = 0; i < at->count; i++) {
        struct voce_ore *voce = &at->voci[i];
        if (coded ? voce->riga->id.n != id.n : !is_named(voce, persona, servizio))
            continue;
        if (found != NULL) {
            tell(at, at->row->line, headings[COL_PERSONA],
                 "più di un servizio con questo nome: indica il servizio, o il codice");
            return NULL;
        }
        found = voce;
    }
    if (found == NULL)
        tell(at, at->row->line, headings[coded ? COL_CODICE : COL_PERSONA],
             "nessun servizio tuo in questo mese");
    return found;
}

/* ---- rows -------------------------------------------------------------------------------- */

/* Spreadsheets write 2.5 where people write 2,5. */
static bool read_quantity(struct arena *arena, enum unita unita, const char *text, int64_t *value)
{
    if (quantita_parse(unita, text, value))
        return true;
    char *copy = arena_strdup(arena, text);
    char *dot = strchr(copy, '.');
    if (dot == NULL)
        return false;
    *dot = ',';
    if (dot[1 + strspn(dot + 1, "0")] == '\0') /* "3.0" */
        *dot = '\0';
    return quantita_parse(unita, copy, value);
}

static bool take_cell(struct lettura *at, struct voce_ore *voce, int day, const char *text,
                      const char *column)
{
    int64_t value;
    if (!read_quantity(at->cx->arena, voce->unita, text, &value)) {
        tell(at, at->row->line, column,
             arena_printf(at->cx->arena,
                          voce->unita == UNITA_ORA ? "«%s» non sono ore" : "«%s» non va bene",
                          text));
        return false;
    }
    voce->griglia.quantita[day] = voce->set[day] ? voce->griglia.quantita[day] + value : value;
    voce->set[day] = true;
    return true;
}

static void take_days(struct lettura *at, struct voce_ore *voce)
{
    if (voce->line != 0) {
        tell(at, at->row->line, NULL,
             arena_printf(at->cx->arena, "lo stesso servizio è già alla riga %ld", voce->line));
        voce->bad = true;
    }
    for (int i = 0; i < GIORNI_MESE; i++)
        if (at->day[i] != ABSENT && !take_cell(at, voce, i, cell_at(at, at->day[i]),
                                               arena_printf(at->cx->arena, "%d", i + 1)))
            voce->bad = true;
}

static void take_visit(struct lettura *at, struct voce_ore *voce)
{
    const char *text = cell_at(at, at->column[COL_GIORNO]);
    struct day mese = at->import->mese, day = DAY_NONE;
    int number = day_number(text);
    if (number > 0)
        day = day_add(mese, number - 1);
    else if (!day_parse(text, &day) && !day_parse_iso(text, &day))
        day = DAY_NONE;
    if (!day_known(day) || day_month_first(day).n != mese.n) {
        tell(at, at->row->line, headings[COL_GIORNO], "non è un giorno di questo mese");
        voce->bad = true;
    } else if (!take_cell(at, voce, day.n - mese.n, cell_at(at, at->column[COL_QUANTITA]),
                          headings[COL_QUANTITA])) {
        voce->bad = true;
    }
}

static void take_row(struct lettura *at)
{
    bool visits = at->column[COL_QUANTITA] != ABSENT && at->column[COL_GIORNO] != ABSENT;
    struct voce_ore *voce = service_of(at);
    at->import->righe++;
    if (voce == NULL) {
        at->import->rifiutate++;
        return;
    }
    if (visits)
        take_visit(at, voce);
    else
        take_days(at, voce);
    if (voce->line == 0)
        voce->line = at->row->line;
}

static bool read_rows(struct lettura *at, struct csv *csv)
{
    static const char *const why[] = {[CSV_QUOTE] = "virgolette non chiuse",
                                      [CSV_LIMIT] = "riga troppo lunga",
                                      [CSV_NUL] = "non è testo"};
    struct csv_row row;
    enum csv_state state = csv_next(csv, at->cx->arena, &row);
    at->row = &row;
    if (state != CSV_ROW)
        return FAIL(at->cx, ERR_INPUT, "la tabella è vuota, o non si legge");
    if (!heading(at))
        return false;
    while ((state = csv_next(csv, at->cx->arena, &row)) != CSV_END) {
        if (state == CSV_ROW) {
            take_row(at);
            continue;
        }
        at->import->righe++;
        at->import->rifiutate++;
        tell(at, row.line, NULL, why[state]);
        if (state == CSV_NUL)
            break;
    }
    return true;
}

/* ---- into the sheet ---------------------------------------------------------------------- */

static const char *total(struct cx *cx, enum unita unita, const struct griglia *griglia)
{
    int64_t sum = 0;
    for (int i = 0; i < GIORNI_MESE; i++)
        sum += griglia->quantita[i];
    return quantita_words(cx->arena, unita, sum);
}

/* Days that the table does not name, and blank ones that are not open, stay. */
static void merge(const struct lettura *at, const struct foglio_riga *riga, struct voce_ore *voce)
{
    for (int i = 0; i < GIORNI_MESE; i++)
        if (!voce->set[i] ||
            (voce->griglia.quantita[i] == 0 && !foglio_open(riga, i, at->cx->today)))
            voce->griglia.quantita[i] = riga->griglia.quantita[i];
    voce->griglia.mese = at->import->mese;
}

static void note_change(struct lettura *at, const struct foglio_riga *riga,
                        const struct voce_ore *voce, struct ore_cambio *cambi)
{
    struct list *list = &at->import->cambi;
    at->import->nuove++;
    if (list->count < ORE_CAMBI)
        cambi[list->count++] = (struct ore_cambio){riga->p.id, riga->nome, riga->servizio,
                                                   total(at->cx, riga->unita, &riga->griglia),
                                                   total(at->cx, riga->unita, &voce->griglia)};
    else
        list->clipped = true;
}

static bool put(struct lettura *at, struct voce_ore *voce, struct ore_cambio *cambi)
{
    struct prestazione_faults faults = {.arena = at->cx->arena};
    struct foglio_dato dato = {.versione = INT_NONE, .prova = at->import->prova};
    struct foglio_riga riga;
    enum foglio_esito esito;
    bool found;
    if (!foglio_load(at->cx, voce->riga->id, at->import->mese, &riga, &found))
        return false;
    if (!found) {
        tell(at, voce->line, NULL, "nessun servizio tuo in questo mese");
        at->import->rifiutate++;
        return true;
    }
    merge(at, &riga, voce);
    dato.griglia = voce->griglia;
    if (!foglio_save(at->cx, &riga, &dato, &esito, &faults))
        return false;
    for (size_t i = 0; i < faults.count; i++)
        tell(at, voce->line, faults.items[i].field != NULL ? faults.items[i].field + 1 : NULL,
             faults.items[i].text);
    if (esito == FOGLIO_SALVATA)
        note_change(at, &riga, voce, cambi);
    at->import->uguali += esito == FOGLIO_UGUALE;
    at->import->rifiutate += esito == FOGLIO_RIFIUTATA;
    return true;
}

static int by_line(const void *a, const void *b)
{
    long x = ((const struct ore_detto *)a)->riga, y = ((const struct ore_detto *)b)->riga;
    return (x > y) - (x < y);
}

bool ore_import(struct cx *cx, const char *text, size_t size, struct ore_import *import)
{
    struct lettura at = {.cx = cx, .import = import};
    struct csv csv;
    struct ore_cambio *cambi = ARENA_NEWS(cx->arena, struct ore_cambio, ORE_CAMBI);
    at.detti = ARENA_NEWS(cx->arena, struct ore_detto, ORE_DETTI);
    import->detti = (struct list){at.detti, 0, sizeof *at.detti, false};
    import->cambi = (struct list){cambi, 0, sizeof *cambi, false};
    csv_open(&csv, text, size);
    if (!known_services(&at) || !read_rows(&at, &csv))
        return false;
    for (size_t i = 0; i < at.count; i++) {
        import->rifiutate += at.voci[i].line != 0 && at.voci[i].bad;
        if (at.voci[i].line != 0 && !at.voci[i].bad && !put(&at, &at.voci[i], cambi))
            return false;
    }
    qsort(at.detti, import->detti.count, sizeof *at.detti, by_line);
    return true;
}

/* ---- back -------------------------------------------------------------------------------- */

static bool export_row(struct cx *cx, const struct prestazione_riga *riga, struct day mese,
                       struct buf *buf)
{
    struct griglia griglia;
    char id[ID_TEXT];
    if (!griglia_load(cx, riga->id, mese, &griglia))
        return false;
    csv_cell(buf, ';', true, id_text(riga->id, id));
    csv_cell(buf, ';', false, riga->persona);
    csv_cell(buf, ';', false,
             arena_printf(cx->arena, "%s (%s)", riga->servizio,
                          variante_words(cx->arena, riga->variante)));
    for (int i = 0; i < griglia_days(&griglia); i++)
        csv_cell(buf, ';', false,
                 quantita_cell(cx->arena, unita_parse(riga->unita), griglia.quantita[i]));
    csv_line(buf);
    return true;
}

bool ore_export(struct cx *cx, struct day mese, struct bytes *csv)
{
    const struct foglio_scelta scelta = {.mese = mese, .limit = FOGLIO_TUTTE};
    struct griglia empty = {.mese = mese};
    struct list list;
    struct buf buf;
    buf_init(&buf, cx->arena, ORE_TESTO);
    buf_text(&buf, "\xEF\xBB\xBF");
    for (int i = COL_CODICE; i <= COL_SERVIZIO; i++)
        csv_cell(&buf, ';', i == 0, headings[i]);
    for (int i = 0; i < griglia_days(&empty); i++)
        csv_cell(&buf, ';', false, arena_printf(cx->arena, "%d", i + 1));
    csv_line(&buf);
    if (!foglio_list(cx, &scelta, &list))
        return false;
    LIST_EACH (&list, const struct prestazione_riga, riga)
        if (!export_row(cx, riga, mese, &buf))
            return false;
    *csv = (struct bytes){(const unsigned char *)buf.data, buf.size};
    return !buf.full || FAIL(cx, ERR_INPUT, "il foglio è troppo grande");
}
