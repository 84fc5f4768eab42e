/* The reading of a form, line by line. */
#include "mod/valutazioni/lettura.h"

#include "base/text.h"

#include <string.h>

bool scheda_fault_at(struct lettura *l, long line, const char *column, const char *text)
{
    struct scheda_faults *faults = l->faults;
    if (faults->count < SCHEDA_FAULTS) {
        faults->items[faults->count].line = line;
        faults->items[faults->count].column = column;
        faults->items[faults->count++].text = text;
    }
    return false;
}

bool scheda_fault(struct lettura *l, const char *column, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    const char *text = arena_vprintf(l->arena, format, args);
    va_end(args);
    return scheda_fault_at(l, l->row.line, column, text);
}

/* ---- cells ----------------------------------------------------------------------------------- */

static const char *cell(const struct lettura *l, size_t index)
{
    return index < l->row.count ? l->row.cells[index] : "";
}

static bool words(struct lettura *l, size_t index, const char *column, const char **out)
{
    *out = text_clean(l->arena, cell(l, index), false);
    if (**out == '\0')
        return scheda_fault(l, column, "manca");
    if (text_length(*out) > SCHEDA_PAROLE)
        return scheda_fault(l, column, "ha più di %d caratteri", SCHEDA_PAROLE);
    return true;
}

/* Letters a-z, digits and _: it stands in addresses and names columns. */
static bool code(struct lettura *l, size_t index, const char *column, const char **out)
{
    const char *text = cell(l, index);
    size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    *out = text;
    if (size == 0 && *text == '\0')
        return scheda_fault(l, column, "manca");
    if (text[size] != '\0' || size > SCHEDA_CODICE || text[0] < 'a' || text[0] > 'z')
        return scheda_fault(l, column,
                            "«%s» non va: lettere minuscole senza accenti, cifre e _, al più %d",
                            text, SCHEDA_CODICE);
    return true;
}

static bool points(struct lettura *l, size_t index, const char *column, int64_t *out)
{
    return punti_parse(cell(l, index), out) ||
           scheda_fault(l, column, "«%s» non è un numero con al più due decimali, fino a 1000",
                        cell(l, index));
}

static size_t find_voce(const struct scheda_regole *s, const char *codice)
{
    size_t i = 0;
    while (i < s->voci_count && strcmp(s->voci[i].codice, codice) != 0)
        i++;
    return i;
}

static size_t find_totale(const struct scheda_regole *s, const char *codice)
{
    size_t i = 0;
    while (i < s->totali_count && strcmp(s->totali[i].codice, codice) != 0)
        i++;
    return i;
}

/* ---- words of the format -----------------------------------------------------------------------
 */

static bool once(struct lettura *l, size_t which)
{
    if (l->detto[which])
        return scheda_fault(l, cell(l, 0), "è già detto");
    l->detto[which] = true;
    return true;
}

static void read_scheda(struct lettura *l)
{
    if (once(l, 0))
        (void)code(l, 1, "codice", &l->scheda->codice);
}

static void read_titolo(struct lettura *l)
{
    if (once(l, 1))
        (void)words(l, 1, "titolo", &l->scheda->titolo);
}

static void read_fonte(struct lettura *l)
{
    if (once(l, 2))
        (void)words(l, 1, "fonte", &l->scheda->fonte);
}

static void read_intro(struct lettura *l)
{
    if (once(l, 3))
        (void)words(l, 1, "intro", &l->scheda->intro);
}

static void read_sezione(struct lettura *l)
{
    struct scheda_regole *s = l->scheda;
    const char *name;
    if (!words(l, 1, "sezione", &name))
        return;
    for (size_t i = 0; i < s->sezioni_count; i++) {
        if (strcmp(s->sezioni[i], name) == 0) {
            scheda_fault(l, "sezione", "«%s» c’è già", name);
            return;
        }
    }
    if (s->sezioni_count == SCHEDA_SEZIONI)
        scheda_fault(l, "sezione", "le sezioni sono più di %d", SCHEDA_SEZIONI - 1);
    else
        s->sezioni[s->sezioni_count++] = name;
}

/* The next item, with its code, its text and its weight (which may be left out). */
static struct scheda_voce *new_voce(struct lettura *l, enum voce_tipo tipo, size_t weight)
{
    struct scheda_regole *s = l->scheda;
    struct scheda_voce voce = {
        .tipo = tipo, .peso = 100, .sezione = s->sezioni_count == 0 ? 0 : s->sezioni_count - 1};
    if (!code(l, 1, "codice", &voce.codice) || !words(l, 2, "testo", &voce.testo))
        return NULL;
    if (find_voce(s, voce.codice) < s->voci_count) {
        scheda_fault(l, "codice", "«%s» c’è già", voce.codice);
        return NULL;
    }
    if (weight > 0 && *cell(l, weight) != '\0' && !points(l, weight, "peso", &voce.peso))
        return NULL;
    if (voce.peso <= 0) {
        scheda_fault(l, "peso", "il peso è più di zero");
        return NULL;
    }
    if (s->voci_count == SCHEDA_VOCI) {
        scheda_fault(l, "", "le voci sono più di %d", SCHEDA_VOCI);
        return NULL;
    }
    l->voci_line[s->voci_count] = l->row.line;
    s->voci[s->voci_count] = voce;
    return &s->voci[s->voci_count++];
}

static void read_voce(struct lettura *l)
{
    (void)new_voce(l, VOCE_SCELTA, 3);
}

static void read_testo(struct lettura *l)
{
    (void)new_voce(l, VOCE_TESTO, 0);
}

static void read_numero(struct lettura *l)
{
    struct scheda_voce *voce = new_voce(l, VOCE_NUMERO, 5);
    if (voce == NULL || !points(l, 3, "minimo", &voce->minimo) ||
        !points(l, 4, "massimo", &voce->massimo))
        return;
    if (voce->minimo >= voce->massimo)
        scheda_fault(l, "massimo", "il massimo è più del minimo");
}

static void read_scelta(struct lettura *l)
{
    struct scheda_regole *s = l->scheda;
    struct scheda_voce *voce = s->voci_count > 0 ? &s->voci[s->voci_count - 1] : NULL;
    struct scheda_scelta scelta = {.conta = strcmp(cell(l, 1), "-") != 0};
    if (voce == NULL || voce->tipo != VOCE_SCELTA) {
        scheda_fault(l, "scelta", "sta sotto una riga «voce»");
        return;
    }
    if ((scelta.conta && !points(l, 1, "punti", &scelta.punti)) ||
        !words(l, 2, "testo", &scelta.testo))
        return;
    if (voce->scelte_count == SCHEDA_SCELTE)
        scheda_fault(l, "scelta", "le scelte di una voce sono più di %d", SCHEDA_SCELTE);
    else
        voce->scelte[voce->scelte_count++] = scelta;
}

/* ---- totals ------------------------------------------------------------------------------------
 */

/* A code of an item, or the name of a section: all its items that give points. */
static void include(struct lettura *l, struct scheda_totale *totale, const char *name)
{
    const struct scheda_regole *s = l->scheda;
    size_t at = find_voce(s, name);
    bool known = at < s->voci_count && s->voci[at].tipo != VOCE_TESTO;
    if (known)
        totale->voci[at] = true;
    for (size_t i = 0; i < s->voci_count && !known; i++)
        if (strcmp(s->sezioni[s->voci[i].sezione], name) == 0 && s->voci[i].tipo != VOCE_TESTO)
            totale->voci[i] = true;
    for (size_t i = 0; i < s->sezioni_count && !known; i++)
        known = strcmp(s->sezioni[i], name) == 0;
    if (!known)
        scheda_fault(l, "voci", "«%s» non è né una voce che dà punti, né una sezione", name);
}

static bool read_calcolo(struct lettura *l, enum scheda_calcolo *calcolo)
{
    static const char *const names[CALCOLI] = {"somma", "media", "massimo"};
    for (*calcolo = 0; *calcolo < CALCOLI; ++*calcolo)
        if (strcmp(cell(l, 3), names[*calcolo]) == 0)
            return true;
    return scheda_fault(l, "calcolo", "«%s» non è fra somma, media, massimo", cell(l, 3));
}

static void read_totale(struct lettura *l)
{
    struct scheda_regole *s = l->scheda;
    struct scheda_totale totale = {0};
    bool named = false;
    if (!code(l, 1, "codice", &totale.codice) || !words(l, 2, "titolo", &totale.titolo) ||
        !read_calcolo(l, &totale.calcolo))
        return;
    if (find_totale(s, totale.codice) < s->totali_count) {
        scheda_fault(l, "codice", "«%s» c’è già", totale.codice);
        return;
    }
    for (size_t i = 4; i < l->row.count; i++) {
        named = named || *cell(l, i) != '\0';
        if (*cell(l, i) != '\0')
            include(l, &totale, cell(l, i));
    }
    for (size_t i = 0; i < s->voci_count && !named; i++)
        totale.voci[i] = s->voci[i].tipo != VOCE_TESTO;
    if (s->totali_count == SCHEDA_TOTALI) {
        scheda_fault(l, "", "i totali sono più di %d", SCHEDA_TOTALI);
        return;
    }
    l->totali_line[s->totali_count] = l->row.line;
    s->totali[s->totali_count++] = totale;
}

static void read_fascia(struct lettura *l)
{
    struct scheda_regole *s = l->scheda;
    size_t at = find_totale(s, cell(l, 1));
    int64_t from;
    const char *name;
    if (at == s->totali_count) {
        scheda_fault(l, "totale", "«%s» non è un totale scritto sopra", cell(l, 1));
        return;
    }
    struct scheda_totale *totale = &s->totali[at];
    if (!points(l, 2, "da", &from) || !words(l, 3, "fascia", &name))
        return;
    if (totale->fasce_count > 0 && from <= totale->fasce[totale->fasce_count - 1].da) {
        scheda_fault(l, "da", "le fasce vanno dal punteggio più basso al più alto");
        return;
    }
    if (totale->fasce_count == SCHEDA_FASCE) {
        scheda_fault(l, "fascia", "le fasce di un totale sono più di %d", SCHEDA_FASCE);
        return;
    }
    totale->fasce[totale->fasce_count].da = from;
    totale->fasce[totale->fasce_count++].nome = name;
}

/* ---- the whole ---------------------------------------------------------------------------------
 */

static void read_line(struct lettura *l)
{
    static const struct {
        const char *word;
        void (*read)(struct lettura *l);
    } words_of[] = {
        {"scheda", read_scheda}, {"titolo", read_titolo},   {"fonte", read_fonte},
        {"intro", read_intro},   {"sezione", read_sezione}, {"voce", read_voce},
        {"numero", read_numero}, {"testo", read_testo},     {"scelta", read_scelta},
        {"totale", read_totale}, {"fascia", read_fascia},
    };
    const char *word = cell(l, 0);
    for (size_t i = 0; i < sizeof words_of / sizeof *words_of; i++) {
        if (strcmp(words_of[i].word, word) != 0)
            continue;
        if (i > 0 && !l->detto[0])
            scheda_fault(l, "scheda", "la prima riga è «scheda» con il suo codice");
        l->detto[0] = true;
        if (i == 0)
            l->detto[0] = l->scheda->codice[0] != '\0';
        words_of[i].read(l);
        return;
    }
    scheda_fault(l, word, "parola sconosciuta");
}

/* The separator is judged by the first line: comments before it are no lines of the form. */
static void open_text(struct lettura *l, const char *text, size_t size)
{
    const char *end = text + size;
    long line = 1;
    while (text < end && (*text == '#' || *text == '\n' || *text == '\r')) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        text = stop == NULL ? end : stop + 1;
        line++;
    }
    csv_open(&l->csv, text, (size_t)(end - text));
    l->csv.line = line;
}

void scheda_read(struct arena *arena, const char *text, size_t size, struct scheda_regole *scheda,
                 struct scheda_faults *faults)
{
    struct lettura *l = ARENA_NEW(arena, struct lettura);
    *l = (struct lettura){.arena = arena, .scheda = scheda, .faults = faults};
    *scheda = (struct scheda_regole){.codice = "", .titolo = "", .fonte = "", .intro = ""};
    scheda->sezioni[0] = "";
    faults->count = 0;
    if (size > SCHEDA_SIZE) {
        scheda_fault(l, "", "il testo supera 256 KB");
        return;
    }
    open_text(l, text, size);
    for (enum csv_state state; (state = csv_next(&l->csv, arena, &l->row)) != CSV_END;) {
        if (state != CSV_ROW)
            scheda_fault(l, "", "riga che non si riesce a leggere");
        else if (*l->row.cells[0] != '#')
            read_line(l);
        if (state == CSV_NUL)
            break;
    }
    scheda_controlla(l);
}
