/* Acts on stored definitions: save, approve, copy, load. */
#include "mod/riparto/riparto.h"

#include "base/csv.h"
#include "base/text.h"
#include "kit/tmpl/message.h"
#include "mod/enti/enti.h"

#include <stdio.h>
#include <string.h>

/* ---- reading --------------------------------------------------------------------------------- */

static bool fault(struct definizione_faults *faults, const char *text)
{
    if (faults->count < DEFINIZIONE_FAULTS) {
        faults->items[faults->count].line = 0;
        faults->items[faults->count].column = "";
        faults->items[faults->count++].text = text;
    }
    return false;
}

bool riparto_enti(struct cx *cx, const char ***names)
{
    struct list enti;
    if (!ente_list(cx, NULL, &enti))
        return false;
    *names = ARENA_NEWS(cx->arena, const char *, enti.count + 1);
    size_t at = 0;
    LIST_EACH (&enti, struct ente, ente)
        (*names)[at++] = ente->nome;
    return true;
}

bool prospetto_parse(struct cx *cx, const char *text, size_t size, bool noti,
                     struct definizione_faults *faults, struct quadro **quadro)
{
    struct definizione *def = ARENA_NEW(cx->arena, struct definizione);
    const char **names = NULL, *dove;
    *quadro = NULL;
    if (noti && !riparto_enti(cx, &names))
        return false;
    definizione_read(cx->arena, text, size, names, def, faults);
    if (faults->count > 0)
        return true;
    struct quadro *made = ARENA_NEW(cx->arena, struct quadro);
    enum riparto_esito esito = quadro_compute(cx->arena, def, made, &dove);
    if (esito == RIPARTO_OK)
        *quadro = made;
    else
        fault(faults, arena_printf(cx->arena, "%s%s%s", dove, *dove == '\0' ? "" : ": ",
                                   riparto_esito_text(esito)));
    return true;
}

/* What is stored is UTF-8: a table of an older spreadsheet is written anew, cell by cell. */
static const char *utf8_text(struct cx *cx, const char *text, size_t *size)
{
    struct csv csv;
    struct csv_row row;
    struct buf buf;
    enum csv_state state;
    if (text_valid(text, *size))
        return arena_strndup(cx->arena, text, *size);
    buf_init(&buf, cx->arena, DEFINIZIONE_SIZE * 2);
    csv_open(&csv, text, *size);
    while ((state = csv_next(&csv, cx->arena, &row)) == CSV_ROW) {
        for (size_t i = 0; i < row.count; i++)
            csv_cell(&buf, '\t', i == 0, row.cells[i]);
        csv_line(&buf);
    }
    if (state != CSV_END || buf.full)
        return NULL;
    *size = buf.size;
    return buf.data;
}

/* ---- saving ---------------------------------------------------------------------------------- */

static struct money quadro_total(const struct quadro *quadro)
{
    struct money sum = MONEY(0);
    for (size_t i = 0; i < quadro->def->righe_count; i++)
        sum = money_add(sum, quadro_due(quadro, i));
    return sum;
}

static bool save_cells(struct cx *cx, const struct prospetto *p, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    for (size_t i = 0; i < def->righe_count; i++)
        for (size_t k = 0; k < def->nomi_count; k++) {
            const struct prospetto_cella cella = {.riga = (int64_t)i,
                                                  .colonna = (int64_t)k,
                                                  .nome = def->righe[i].nome,
                                                  .titolo = def->nomi[k],
                                                  .importo = quadro_cell(quadro, i, k)};
            if (!store_cella_add(cx, p->id, p->versione, &cella))
                return false;
        }
    return true;
}

static bool save_version(struct cx *cx, const struct prospetto *p, const char *text,
                         const struct quadro *quadro)
{
    const struct prospetto_versione versione = {.versione = p->versione,
                                                .testo = text,
                                                .totale = p->totale,
                                                .residuo = p->residuo,
                                                .utente = cx->who->utente,
                                                .scritta = cx->now};
    return store_versione_add(cx, p->id, &versione) && save_cells(cx, p, quadro);
}

/* What the row keeps of its text. */
static void describe(struct cx *cx, struct prospetto *p, const struct quadro *quadro)
{
    p->titolo = quadro->def->titolo;
    p->chiave = text_fold(cx->arena, p->titolo);
    p->metodo = metodo_name(quadro->def->metodo);
    p->totale = quadro_total(quadro);
    p->residuo = quadro->residuo;
    p->modificato = cx->now;
}

static bool check_row(struct cx *cx, const struct prospetto *p, const struct quadro *quadro,
                      struct definizione_faults *faults)
{
    if (p->anno < PROSPETTO_ANNO_MIN || p->anno > PROSPETTO_ANNO_MAX)
        fault(faults, message("riparto.anno"));
    if (quadro != NULL && *quadro->def->titolo == '\0')
        fault(faults, message("riparto.senza_titolo"));
    if (quadro != NULL && text_length(quadro->def->titolo) > 200)
        fault(faults, message("riparto.titolo_lungo"));
    if (p->versione >= VERSIONI_MAX)
        fault(faults, message("riparto.troppe_versioni"));
    (void)cx;
    return faults->count == 0;
}

bool prospetto_save(struct cx *cx, struct prospetto *p, const char *text, size_t size,
                    struct definizione_faults *faults)
{
    struct quadro *quadro = NULL;
    bool fresh = p->id.n == 0;
    const char *kept = size > DEFINIZIONE_SIZE ? NULL : utf8_text(cx, text, &size);
    if (kept == NULL) {
        fault(faults, message("riparto.non_testo"));
        return true;
    }
    if (!prospetto_parse(cx, kept, size, true, faults, &quadro))
        return false;
    if (!check_row(cx, p, quadro, faults))
        return true;
    describe(cx, p, quadro);
    p->stato = "bozza";
    p->versione = fresh ? 1 : p->versione + 1;
    if (fresh)
        p->id = cx_id(cx);
    return (fresh ? store_prospetto_add(cx, p) : store_prospetto_update(cx, p)) &&
           save_version(cx, p, kept, quadro);
}

/* ---- approving ------------------------------------------------------------------------------- */

/* First column of the instalments: behind the amount due and the months. */
static size_t first_rata(const struct definizione *def)
{
    return def->mesi > 0 ? 2 : 1;
}

static bool rate_check(struct cx *cx, const struct quadro *quadro,
                       struct definizione_faults *faults)
{
    const struct definizione *def = quadro->def;
    for (size_t k = 0; k < def->rate_count; k++) {
        if (!day_known(def->scadenze[k]))
            fault(faults, arena_printf(cx->arena, "rata %zu: manca la scadenza", k + 1));
        for (size_t i = 0; i < def->righe_count; i++)
            if (quadro_cell(quadro, i, first_rata(def) + 3 * k + 1).cents < 0)
                fault(faults,
                      arena_printf(cx->arena, "%s, rata %zu: il trasferimento supera la rata",
                                   def->righe[i].nome, k + 1));
    }
    return faults->count == 0;
}

static struct id ente_named(const struct list *enti, const char *nome)
{
    LIST_EACH (enti, const struct ente, ente)
        if (strcmp(ente->nome, nome) == 0)
            return ente->id;
    return ID_NONE;
}

static bool rate_write(struct cx *cx, const struct prospetto *p, const struct quadro *quadro)
{
    const struct definizione *def = quadro->def;
    struct list enti;
    if (!ente_list(cx, NULL, &enti))
        return false;
    for (size_t i = 0; i < def->righe_count; i++)
        for (size_t k = 0; k < def->rate_count; k++) {
            size_t column = first_rata(def) + 3 * k;
            if (quadro_cell(quadro, i, column).cents == 0)
                continue; /* nothing is owed */
            const struct conto conto = {
                .id = cx_id(cx),
                .prospetto = p->id,
                .ente = ente_named(&enti, def->righe[i].nome),
                .pagante = def->righe[i].nome,
                .numero = (int64_t)k + 1,
                .scadenza = def->scadenze[k],
                .dovuto = {quadro_cell(quadro, i, column + 1), quadro_cell(quadro, i, column + 2)}};
            if (!store_rata_add(cx, &conto))
                return false;
        }
    return true;
}

bool prospetto_approve(struct cx *cx, struct prospetto *p, const char *atto, struct day giorno,
                       struct definizione_faults *faults)
{
    struct quadro *quadro;
    bool same;
    if (!prospetto_quadro(cx, p, 0, &quadro, &same))
        return false;
    if (!same)
        fault(faults, message("riparto.diverso"));
    if (!rate_check(cx, quadro, faults))
        return true;
    p->stato = "approvato";
    p->atto = atto;
    p->approvato = giorno;
    p->modificato = cx->now;
    return store_prospetto_approve(cx, p) && rate_write(cx, p, quadro);
}

/* ---- reading back ---------------------------------------------------------------------------- */

static bool same_cells(const struct quadro *quadro, const struct list *cells)
{
    const struct definizione *def = quadro->def;
    if (cells->count != def->righe_count * def->nomi_count)
        return false;
    LIST_EACH (cells, const struct prospetto_cella, cell) {
        if ((size_t)cell->riga >= def->righe_count || (size_t)cell->colonna >= def->nomi_count ||
            strcmp(cell->nome, def->righe[cell->riga].nome) != 0 ||
            strcmp(cell->titolo, def->nomi[cell->colonna]) != 0 ||
            cell->importo.cents !=
                quadro_cell(quadro, (size_t)cell->riga, (size_t)cell->colonna).cents)
            return false;
    }
    return true;
}

bool prospetto_quadro(struct cx *cx, const struct prospetto *p, int64_t versione,
                      struct quadro **quadro, bool *uguale)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct prospetto_versione v;
    struct list cells;
    if (versione == 0)
        versione = p->versione;
    if (!store_versione_load(cx, p->id, versione, &v) ||
        !store_cella_list(cx, p->id, versione, &cells) ||
        !prospetto_parse(cx, v.testo, strlen(v.testo), false, faults, quadro))
        return false;
    if (*quadro == NULL)
        return FAIL(cx, ERR_INTERNAL, "%s", message("riparto.illeggibile"));
    *uguale = same_cells(*quadro, &cells);
    return true;
}

/* ---- copying --------------------------------------------------------------------------------- */

/* Is it a line that begins with this word? Then what stands behind the tab. */
static const char *after_word(const char *line, const char *word)
{
    size_t size = strlen(word);
    return strncmp(line, word, size) == 0 && (line[size] == '\t' || line[size] == ';')
               ? line + size + 1
               : NULL;
}

/* A due date moved by years, where it stands as the last cell of its line. */
static bool move_rata(struct buf *out, const char *line, size_t size, int years)
{
    size_t at = size;
    while (at > 0 && line[at - 1] != '\t' && line[at - 1] != ';')
        at--;
    char text[32], made[DAY_TEXT];
    struct day day;
    if (size - at >= sizeof text)
        return false;
    memcpy(text, line + at, size - at);
    text[size - at] = '\0';
    if (!day_parse(text, &day))
        return false;
    buf_add(out, line, at);
    buf_text(out, day_it(day_add_months(day, 12 * years), made));
    return true;
}

/* The year in the title. */
static bool move_title(struct buf *out, const char *line, size_t size, int64_t from, int64_t to)
{
    char year[24];
    snprintf(year, sizeof year, "%lld", (long long)from);
    const char *at = strstr(line, year);
    if (at == NULL || at + strlen(year) > line + size)
        return false;
    buf_add(out, line, (size_t)(at - line));
    buf_printf(out, "%lld", (long long)to);
    buf_add(out, at + strlen(year), (size_t)(line + size - at) - strlen(year));
    return true;
}

static bool move_line(struct buf *out, const char *line, size_t size, int64_t from, int64_t to)
{
    if (after_word(line, "atto") != NULL) /* another year has another act */
        return true;
    if (after_word(line, "rata") != NULL)
        return move_rata(out, line, size, (int)(to - from));
    return after_word(line, "titolo") != NULL && move_title(out, line, size, from, to);
}

static const char *next_year(struct cx *cx, const char *text, int64_t from, int64_t to,
                             size_t *out_size)
{
    struct buf out;
    buf_init(&out, cx->arena, DEFINIZIONE_SIZE * 2);
    while (*text != '\0') {
        size_t size = strcspn(text, "\r\n");
        if (!move_line(&out, text, size, from, to))
            buf_add(&out, text, size);
        text += size;
        for (; *text == '\r' || *text == '\n'; text++)
            buf_char(&out, *text);
    }
    *out_size = out.size;
    return out.data;
}

bool prospetto_copy(struct cx *cx, const struct prospetto *from, int64_t anno,
                    struct prospetto *copia, struct definizione_faults *faults)
{
    struct prospetto_versione v;
    size_t size;
    if (!store_versione_load(cx, from->id, from->versione, &v))
        return false;
    const char *text = next_year(cx, v.testo, from->anno, anno, &size);
    *copia = (struct prospetto){.anno = anno, .origine = from->id};
    return prospetto_save(cx, copia, text, size, faults);
}
