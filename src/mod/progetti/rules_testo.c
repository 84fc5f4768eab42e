/* A project as one text, which is what lies sealed: a line a piece, cells parted by tabs. */
#include "mod/progetti/rules.h"

#include "base/buf.h"

#include <string.h>

enum { CELLE_MAX = 8, TESTO_MAX = 1 << 20 };

/* ---- writing -------------------------------------------------------------------------------- */

static void cell(struct buf *buf, const char *text)
{
    buf_char(buf, '\t');
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '\t' || *text == '\n' || *text == '\\') {
            buf_char(buf, '\\');
            buf_char(buf, *text == '\t' ? 't' : *text == '\n' ? 'n' : '\\');
        } else {
            buf_char(buf, *text);
        }
    }
}

static void cell_day(struct buf *buf, struct day day)
{
    char text[DAY_TEXT];
    cell(buf, day_iso(day, text));
}

static void cell_money(struct buf *buf, struct money amount)
{
    char text[MONEY_TEXT];
    cell(buf, money_ok(amount) ? money_machine(amount, text) : "");
}

static void write_obiettivo(struct buf *buf, const struct obiettivo *o)
{
    char id[ID_TEXT];
    buf_text(buf, "obiettivo");
    cell(buf, o->testo);
    cell(buf, o->indicatore);
    buf_char(buf, '\n');
    for (size_t i = 0; i < o->azioni_count; i++) {
        const struct azione *a = &o->azioni[i];
        buf_text(buf, "azione");
        cell(buf, a->che_cosa);
        cell(buf, a->chi);
        cell(buf, a->nome);
        cell_day(buf, a->entro);
        cell(buf, id_text(a->prestazione, id));
        buf_char(buf, '\n');
    }
}

static void write_costo(struct buf *buf, const struct costo *c)
{
    buf_text(buf, "costo");
    cell(buf, c->che_cosa);
    cell_money(buf, c->importo);
    cell_money(buf, c->famiglia);
    cell(buf, c->voce);
    buf_char(buf, '\n');
    for (size_t i = 0; i < c->fonti_count; i++) {
        buf_text(buf, "fonte");
        cell(buf, c->fonti[i].chi);
        cell_money(buf, c->fonti[i].importo);
        buf_char(buf, '\n');
    }
}

const char *contenuto_write(struct arena *arena, const struct contenuto *c)
{
    struct buf buf;
    buf_init(&buf, arena, TESTO_MAX);
    buf_text(&buf, "progetto");
    cell(&buf, c->titolo);
    cell(&buf, c->bisogni);
    cell_day(&buf, c->dal);
    cell_day(&buf, c->al);
    buf_char(&buf, '\n');
    for (size_t i = 0; i < c->obiettivi_count; i++)
        write_obiettivo(&buf, &c->obiettivi[i]);
    for (size_t i = 0; i < c->costi_count; i++)
        write_costo(&buf, &c->costi[i]);
    for (size_t i = 0; i < c->fasi_count; i++) {
        buf_text(&buf, "fase");
        cell(&buf, c->fasi[i].nome);
        cell_day(&buf, c->fasi[i].dal);
        cell_day(&buf, c->fasi[i].al);
        buf_char(&buf, '\n');
    }
    return buf.data;
}

const char *avanzamento_write(struct arena *arena, const struct avanzamento *a)
{
    struct buf buf;
    buf_init(&buf, arena, TESTO_MAX);
    buf_text(&buf, "verifica");
    cell(&buf, a->presenti);
    cell(&buf, a->testo);
    buf_char(&buf, '\n');
    for (size_t i = 0; i < OBIETTIVI_MAX; i++) {
        buf_text(&buf, "esito");
        cell(&buf, a->esiti[i]);
        for (size_t j = 0; j < AZIONI_MAX; j++)
            cell(&buf, a->stati[i][j]);
        buf_char(&buf, '\n');
    }
    return buf.data;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Cells of a line, taken apart in place; blank ones are NULL. */
struct linea {
    const char *cells[CELLE_MAX];
    size_t count;
    bool sound;
};

static const char *unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        char c = *from;
        if (c == '\\' && from[1] != '\0') {
            from++;
            c = *from == 't' ? '\t' : *from == 'n' ? '\n' : *from;
        }
        *to++ = c;
    }
    *to = '\0';
    return *text != '\0' ? text : NULL;
}

static struct linea take_line(char **rest)
{
    struct linea line = {.sound = true};
    char *at = strsep(rest, "\n");
    for (char *part; (part = strsep(&at, "\t")) != NULL;) {
        if (line.count == CELLE_MAX) {
            line.sound = false;
            break;
        }
        line.cells[line.count++] = unescape(part);
    }
    return line;
}

static bool is(const struct linea *line, const char *word, size_t cells)
{
    return line->sound && line->count == cells && line->cells[0] != NULL &&
           strcmp(line->cells[0], word) == 0;
}

static bool take_day(const char *text, struct day *day)
{
    *day = DAY_NONE;
    return text == NULL || day_parse_iso(text, day);
}

static bool take_money(const char *text, struct money *amount)
{
    *amount = MONEY_INVALID;
    return text == NULL || money_parse_machine(text, amount);
}

static bool read_azione(const struct linea *line, struct contenuto *c)
{
    if (c->obiettivi_count == 0)
        return false;
    struct obiettivo *o = &c->obiettivi[c->obiettivi_count - 1];
    if (o->azioni_count == AZIONI_MAX)
        return false;
    struct azione *a = &o->azioni[o->azioni_count++];
    a->che_cosa = line->cells[1];
    a->chi = line->cells[2];
    a->nome = line->cells[3];
    return take_day(line->cells[4], &a->entro) &&
           (line->cells[5] == NULL || id_parse(line->cells[5], &a->prestazione));
}

static bool read_costo(const struct linea *line, struct contenuto *c)
{
    if (c->costi_count == COSTI_MAX)
        return false;
    struct costo *costo = &c->costi[c->costi_count++];
    costo->che_cosa = line->cells[1];
    costo->voce = line->cells[4];
    return take_money(line->cells[2], &costo->importo) &&
           take_money(line->cells[3], &costo->famiglia);
}

static bool read_fonte(const struct linea *line, struct contenuto *c)
{
    if (c->costi_count == 0)
        return false;
    struct costo *costo = &c->costi[c->costi_count - 1];
    if (costo->fonti_count == COSTO_FONTI_MAX)
        return false;
    struct costo_fonte *fonte = &costo->fonti[costo->fonti_count++];
    fonte->chi = line->cells[1];
    return take_money(line->cells[2], &fonte->importo);
}

static bool read_obiettivo(const struct linea *line, struct contenuto *c)
{
    if (c->obiettivi_count == OBIETTIVI_MAX)
        return false;
    struct obiettivo *o = &c->obiettivi[c->obiettivi_count++];
    o->testo = line->cells[1];
    o->indicatore = line->cells[2];
    return true;
}

static bool read_fase(const struct linea *line, struct contenuto *c)
{
    if (c->fasi_count == FASI_MAX)
        return false;
    struct fase *fase = &c->fasi[c->fasi_count++];
    fase->nome = line->cells[1];
    return take_day(line->cells[2], &fase->dal) && take_day(line->cells[3], &fase->al);
}

static bool read_progetto(const struct linea *line, struct contenuto *c)
{
    c->titolo = line->cells[1];
    c->bisogni = line->cells[2];
    return take_day(line->cells[3], &c->dal) && take_day(line->cells[4], &c->al);
}

static const struct {
    const char *word;
    size_t cells;
    bool (*read)(const struct linea *line, struct contenuto *c);
} pieces[] = {
    {"obiettivo", 3, read_obiettivo}, {"azione", 6, read_azione}, {"costo", 5, read_costo},
    {"fonte", 3, read_fonte},         {"fase", 4, read_fase},
};
enum { PIECES = sizeof pieces / sizeof *pieces };

bool contenuto_read(struct arena *arena, const char *text, struct contenuto *c)
{
    char *rest = arena_strdup(arena, text);
    *c = (struct contenuto){.dal = DAY_NONE, .al = DAY_NONE};
    struct linea line = take_line(&rest);
    if (!is(&line, "progetto", 5) || !read_progetto(&line, c))
        return false;
    while (rest != NULL && *rest != '\0') {
        size_t i = 0;
        line = take_line(&rest);
        while (i < PIECES && !is(&line, pieces[i].word, pieces[i].cells))
            i++;
        if (i == PIECES || !pieces[i].read(&line, c))
            return false;
    }
    return true;
}

bool avanzamento_read(struct arena *arena, const char *text, struct avanzamento *a)
{
    char *rest = arena_strdup(arena, text);
    struct linea line = take_line(&rest);
    *a = (struct avanzamento){.testo = NULL};
    if (!is(&line, "verifica", 3))
        return false;
    a->presenti = line.cells[1];
    a->testo = line.cells[2];
    for (size_t i = 0; i < OBIETTIVI_MAX; i++) {
        line = take_line(&rest);
        if (!is(&line, "esito", 2 + AZIONI_MAX))
            return false;
        a->esiti[i] = line.cells[1];
        memcpy(a->stati[i], line.cells + 2, sizeof a->stati[i]);
    }
    return true;
}
