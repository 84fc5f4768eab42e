#include "mod/persone/import.h"

#include "base/csv.h"
#include "base/text.h"
#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"
#include "mod/persone/store.h"

#include <string.h>

enum {
    RIGA_MEMORIA = 64 << 20, /* of one row, at its very most; given back after it */
    OGNI = 512,              /* rows between two looks at the progress */
    TESTO_MASSIMO = 200,
};

struct reader {
    struct cx *cx;
    struct import_persone *import;
    int at[COLONNE]; /* place of the column in the file; -1 = not there */
    struct list enti;
    const char **ente_keys; /* folded name of each */
    long line;
    bool bad; /* the row being read */
};

static const char *heading_of(const char *campo)
{
    for (int i = 0; i < COLONNE; i++)
        if (strcmp(import_colonne[i].campo, campo) == 0)
            return import_colonne[i].heading;
    return NULL;
}

static void say(struct reader *r, const char *heading, const char *why, bool warning)
{
    struct import_detto said = {r->line, heading, why, warning};
    if (warning)
        r->import->avvisi++;
    else
        r->bad = true;
    if (r->import->dice != NULL)
        r->import->dice(r->import->data, &said);
}

static void map_heading(struct reader *r, int place, const char *heading)
{
    const char *key = arena_printf(r->cx->arena, "|%s|", text_fold(r->cx->arena, heading));
    for (int i = 0; i < COLONNE; i++)
        if (strlen(key) > 2 && strstr(import_colonne[i].also, key) != NULL) {
            if (r->at[i] >= 0)
                say(r, heading, "Colonna ripetuta: vale la prima.", true);
            else
                r->at[i] = place;
            return;
        }
    /* The export writes the number too; it is given again here. */
    if (strcmp(key, "|numero|") != 0)
        say(r, heading, "Colonna non riconosciuta: non è letta.", true);
}

static bool read_heading(struct reader *r, struct csv *csv)
{
    struct csv_row row;
    for (int i = 0; i < COLONNE; i++)
        r->at[i] = -1;
    if (csv_next(csv, r->cx->arena, &row) != CSV_ROW)
        return FAIL(r->cx, ERR_INPUT, "Il file non comincia con una riga di intestazioni.");
    r->line = row.line;
    for (size_t i = 0; i < row.count; i++)
        map_heading(r, (int)i, row.cells[i]);
    if (r->at[COL_COGNOME] < 0 || r->at[COL_NOME] < 0)
        return FAIL(r->cx, ERR_INPUT, "Nella prima riga mancano le colonne Cognome e Nome.");
    return true;
}

/* ---- cells -------------------------------------------------------------------------------- */

/* Cleaned; NULL = blank. */
static const char *cell(struct reader *r, const struct csv_row *row, enum colonna column)
{
    int at = r->at[column];
    if (at < 0 || (size_t)at >= row->count || row->cells[at][0] == '\0')
        return NULL;
    const char *clean = text_clean(r->cx->arena, row->cells[at], false);
    if (text_hidden(row->cells[at]))
        say(r, import_colonne[column].heading,
            "Conteneva a capo o caratteri che non si vedono: sono stati tolti.", true);
    if (text_length(clean) > TESTO_MASSIMO) {
        say(r, import_colonne[column].heading, "Testo troppo lungo: al massimo 200 caratteri.",
            false);
        return NULL;
    }
    return clean[0] != '\0' ? clean : NULL;
}

static void set_text(struct reader *r, const struct csv_row *row, enum colonna column,
                     const char **value)
{
    const char *text = cell(r, row, column);
    if (text != NULL)
        *value = text;
}

static void set_day(struct reader *r, const struct csv_row *row, enum colonna column,
                    struct day *value)
{
    const char *text = cell(r, row, column);
    if (text != NULL && !day_parse(text, value))
        say(r, import_colonne[column].heading, "Non è una data: scrivi 05/03/1980 o 1980-03-05.",
            false);
}

static void set_sex(struct reader *r, const struct csv_row *row, const char **value)
{
    const char *text = cell(r, row, COL_SESSO);
    if (text == NULL)
        return;
    const char *key = text_fold(r->cx->arena, text);
    if (strcmp(key, "m") == 0 || strcmp(key, "maschio") == 0)
        *value = "M";
    else if (strcmp(key, "f") == 0 || strcmp(key, "femmina") == 0)
        *value = "F";
    else
        say(r, import_colonne[COL_SESSO].heading, "Si scrive M o F.", false);
}

/* By name, ISTAT code or land registry code. */
static void set_comune(struct reader *r, const struct csv_row *row, struct id *value)
{
    const char *text = cell(r, row, COL_COMUNE);
    if (text == NULL)
        return;
    const char *key = text_fold(r->cx->arena, text);
    for (size_t i = 0; i < r->enti.count; i++) {
        const struct ente *ente = LIST_ITEM(&r->enti, struct ente, i);
        bool code = strcmp(ente->codice, text) == 0 ||
                    (ente->belfiore != NULL && strcmp(ente->belfiore, text) == 0);
        if (code || strcmp(r->ente_keys[i], key) == 0) {
            *value = ente->id;
            return;
        }
    }
    say(r, import_colonne[COL_COMUNE].heading, "Non è un comune dell’ambito.", true);
}

static void set_codfis(struct reader *r, const struct csv_row *row, const char **value)
{
    char clean[CODFIS_SIZE];
    int at;
    const char *text = cell(r, row, COL_CODFIS);
    if (text == NULL)
        return;
    bool good = codfis_check(text, clean, &at) == CODFIS_OK;
    *value = good ? arena_strdup(r->cx->arena, clean) : text; /* persona_check says what is wrong */
}

static void set_cells(struct reader *r, const struct csv_row *row, struct persona *p)
{
    set_text(r, row, COL_ESTERNO, &p->esterno);
    set_text(r, row, COL_COGNOME, &p->cognome);
    set_text(r, row, COL_NOME, &p->nome);
    set_codfis(r, row, &p->codfis);
    set_sex(r, row, &p->sesso);
    set_day(r, row, COL_NASCITA, &p->nascita);
    set_text(r, row, COL_LUOGO, &p->nascita_luogo);
    set_text(r, row, COL_BELFIORE, &p->belfiore);
    set_comune(r, row, &p->comune);
    set_text(r, row, COL_INDIRIZZO, &p->indirizzo);
    set_text(r, row, COL_TELEFONO, &p->telefono);
    set_text(r, row, COL_EMAIL, &p->email);
    set_text(r, row, COL_CITTADINANZA, &p->cittadinanza);
    set_text(r, row, COL_TUTELA, &p->tutela);
    set_day(r, row, COL_MORTE, &p->morte);
}

/* ---- rows --------------------------------------------------------------------------------- */

/* Completes the person and says what is wrong with it. */
static void judge(struct reader *r, struct persona *p, bool warnings_too)
{
    struct persona_avviso warnings[PERSONA_AVVISI];
    if (p->cognome == NULL)
        say(r, import_colonne[COL_COGNOME].heading, "Manca.", false);
    if (p->nome == NULL)
        say(r, import_colonne[COL_NOME].heading, "Manca.", false);
    if (r->bad)
        return;
    persona_complete(p, r->cx->today, arena_alloc(r->cx->arena, 5));
    size_t count = persona_check(p, r->cx->today, warnings);
    for (size_t i = 0; i < count; i++)
        if (warnings[i].peso == PESO_ERRORE || (warnings[i].peso == PESO_AVVISO && warnings_too))
            say(r, heading_of(warnings[i].campo), message(warnings[i].chiave),
                warnings[i].peso == PESO_AVVISO);
}

static bool find_known(struct cx *cx, const struct persona *p, struct id *id, bool *found)
{
    *found = false;
    if (p->esterno != NULL && !persona_by_esterno(cx, p->esterno, id, found))
        return false;
    if (*found)
        return true;
    if (p->codfis != NULL)
        return persona_by_codfis(cx, p->codfis, id, found);
    /* With a key of its own it is a new one: two namesakes may be born on one day. */
    return p->esterno != NULL || persona_by_nomi(cx, p, id, found);
}

static bool same_person(struct arena *arena, const struct persona *a, const struct persona *b)
{
    for (const struct field *f = persona_fields; f->name != NULL; f++)
        if (strcmp(field_machine(arena, f, a), field_machine(arena, f, b)) != 0)
            return false;
    return true;
}

/* The cells of the row over what is known of the person. */
static bool merge_row(struct reader *r, const struct csv_row *row, struct id id)
{
    struct cx *cx = r->cx;
    struct import_persone *import = r->import;
    struct import_persone quiet = {0}; /* what the cells say has been said */
    struct persona known;
    if (!persona_load(cx, id, &known))
        return false;
    struct persona merged = known;
    r->import = &quiet;
    set_cells(r, row, &merged);
    r->import = import;
    judge(r, &merged, false);
    if (r->bad) {
        import->rifiutate++;
        return true;
    }
    if (same_person(cx->arena, &known, &merged)) {
        import->uguali++;
        return true;
    }
    import->cambiate++;
    return import->prova || persona_save(cx, &merged);
}

static bool take_row(struct reader *r, const struct csv_row *row)
{
    struct cx *cx = r->cx;
    struct import_persone *import = r->import;
    struct persona fresh = {.nascita = DAY_NONE, .morte = DAY_NONE};
    struct id id;
    bool found;
    r->line = row->line;
    r->bad = false;
    set_cells(r, row, &fresh);
    judge(r, &fresh, true);
    if (r->bad) {
        import->rifiutate++;
        return true;
    }
    if (!find_known(cx, &fresh, &id, &found))
        return false;
    if (!found) {
        import->nuove++;
        return import->prova || persona_save(cx, &fresh);
    }
    return merge_row(r, row, id);
}

static void refuse_line(struct reader *r, enum csv_state state, long line)
{
    static const char *const why[] = {
        [CSV_QUOTE] = "Virgolette non chiuse, o testo dietro le virgolette.",
        [CSV_LIMIT] = "Troppe colonne, o una cella troppo lunga.",
        [CSV_NUL] = "Il file non è di testo.",
    };
    r->line = line;
    say(r, NULL, why[state], false);
    r->import->rifiutate++;
}

/* One row in an arena of its own: a file of any length takes the memory of one row. */
static bool next_row(struct reader *r, struct csv *csv, bool *more)
{
    struct cx *cx = r->cx;
    struct arena *kept = cx->arena;
    struct arena scratch;
    struct csv_row row;
    bool ok = true;
    arena_init(&scratch, RIGA_MEMORIA);
    scratch.escape = kept->escape;
    cx->arena = &scratch;
    enum csv_state state = csv_next(csv, &scratch, &row);
    *more = state != CSV_END;
    if (*more)
        r->import->righe++;
    if (state == CSV_ROW)
        ok = take_row(r, &row);
    else if (*more)
        refuse_line(r, state, row.line);
    cx->arena = kept;
    arena_release(&scratch);
    return ok;
}

static bool load_enti(struct reader *r)
{
    struct cx *cx = r->cx;
    if (!ente_list(cx, "comune", &r->enti))
        return false;
    r->ente_keys = ARENA_NEWS(cx->arena, const char *, r->enti.count + 1);
    for (size_t i = 0; i < r->enti.count; i++)
        r->ente_keys[i] = text_fold(cx->arena, LIST_ITEM(&r->enti, struct ente, i)->nome);
    return true;
}

bool persone_import(struct cx *cx, const char *text, size_t size, struct import_persone *import)
{
    struct reader reader = {.cx = cx, .import = import};
    struct csv csv;
    bool more = true;
    csv_open(&csv, text, size);
    if (!load_enti(&reader) || !read_heading(&reader, &csv))
        return false;
    while (more) {
        if (!next_row(&reader, &csv, &more))
            return false;
        if (import->avanza != NULL && import->righe % OGNI == 0)
            import->avanza(import->data, (int64_t)size - (csv.end - csv.at), (int64_t)size);
    }
    return true;
}
