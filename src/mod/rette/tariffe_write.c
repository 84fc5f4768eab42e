/* Plans to a fee table as text: what tariffe_read reads back is the same plan. */
#include "mod/rette/tariffe.h"

#include <string.h>

/* A cell keeps no tab and no line end: a name typed with one would break its line. */
static void cell(struct buf *out, const char *text)
{
    for (const char *p = text != NULL ? text : ""; *p != '\0'; p++)
        buf_char(out, *p == '\t' || *p == '\n' || *p == '\r' ? ' ' : *p);
}

static void amount(struct buf *out, struct money value)
{
    char text[MONEY_TEXT];
    if (money_ok(value))
        buf_text(out, money_machine(value, text));
}

/* A share as a percentage: exact, since the reader takes "7.5" and "100/3" alike. */
static void percent(struct buf *out, struct rate rate)
{
    char text[RATE_TEXT];
    if (rate_ok(rate))
        buf_text(out, rate_machine(rate_mul(rate, RATE(100, 1)), text));
}

/* The first cells of each line; the plan's own words stand on its first line only. */
static void begin(struct buf *out, const struct piano *piano)
{
    cell(out, piano->servizio);
    buf_char(out, '\t');
    cell(out, piano->variante);
    buf_char(out, '\t');
}

static void end(struct buf *out, const struct piano *piano, bool first)
{
    char day[DAY_TEXT];
    buf_char(out, '\t');
    cell(out, piano->unita);
    buf_char(out, '\t');
    cell(out, first ? piano->nome : NULL);
    buf_char(out, '\t');
    cell(out, first ? piano->atto : NULL);
    buf_char(out, '\t');
    if (day_known(piano->validita.from)) /* on every line: several versions may share a file */
        buf_text(out, day_iso(piano->validita.from, day));
    buf_char(out, '\t');
    if (first && day_cmp(piano->validita.to, DAY_MAX) < 0)
        buf_text(out, day_iso(day_add(piano->validita.to, -1), day));
    buf_char(out, '\t');
    if (first)
        amount(out, piano->costo);
    buf_char(out, '\t');
}

static void line_end(struct buf *out, struct arena *arena, const struct piano *piano, bool first)
{
    end(out, piano, first);
    if (first)
        buf_text(out, isee_tipi_names(arena, piano->isee_ammessi));
    buf_char(out, '\n');
}

static void band(struct buf *out, struct arena *arena, const struct piano *piano, size_t index)
{
    const struct fascia *fascia = &piano->fasce[index];
    begin(out, piano);
    amount(out, fascia->da);
    buf_char(out, '\t');
    amount(out, fascia->a);
    buf_char(out, '\t');
    percent(out, fascia->quota);
    buf_char(out, '\t');
    amount(out, fascia->importo);
    line_end(out, arena, piano, index == 0);
}

static void line(struct buf *out, struct arena *arena, const struct piano *piano)
{
    begin(out, piano);
    amount(out, piano->isee_min);
    buf_char(out, '\t');
    amount(out, piano->isee_max);
    buf_text(out, "\t\t");
    amount(out, piano->retta_min);
    buf_char(out, '-');
    amount(out, piano->retta_max);
    line_end(out, arena, piano, true);
}

/* A rule of the plan: its word, and the one value that it has. */
static void rule(struct buf *out, struct arena *arena, const struct piano *piano, const char *word,
                 struct money isee, struct rate share, struct money value)
{
    begin(out, piano);
    buf_text(out, word);
    buf_char(out, '\t');
    amount(out, isee);
    buf_char(out, '\t');
    percent(out, share);
    buf_char(out, '\t');
    amount(out, value);
    line_end(out, arena, piano, strcmp(word, "forfait") == 0);
}

static void piano_write(struct buf *out, struct arena *arena, const struct piano *piano)
{
    const struct rate no_share = RATE(0, 0);
    if (piano->tipo == PIANO_LINEARE)
        line(out, arena, piano);
    else if (piano->tipo == PIANO_FORFAIT)
        rule(out, arena, piano, "forfait", MONEY_INVALID, no_share, piano->forfait);
    for (size_t i = 0; piano->tipo == PIANO_FASCE && i < piano->fasce_count; i++)
        band(out, arena, piano, i);
    if (piano->senza == SENZA_IMPORTO)
        rule(out, arena, piano, "senza_isee", MONEY_INVALID, no_share, piano->importo_senza);
    if (money_ok(piano->importo_non_residenti))
        rule(out, arena, piano, "non_residenti", MONEY_INVALID, no_share,
             piano->importo_non_residenti);
    if (rate_ok(piano->festivo))
        rule(out, arena, piano, "festivo", MONEY_INVALID, piano->festivo, MONEY_INVALID);
    if (money_ok(piano->isee_tetto))
        rule(out, arena, piano, "tetto", piano->isee_tetto, no_share, MONEY_INVALID);
}

const char *tariffe_write(struct arena *arena, const struct piano *piani, size_t count)
{
    struct buf out;
    buf_init(&out, arena, TARIFFE_SIZE);
    buf_text(&out, "servizio\tvariante\tisee_da\tisee_a\tpercentuale\timporto\tunita\tnome\tatto\t"
                   "dal\tal\tcosto\tisee_ammessi\n");
    for (size_t i = 0; i < count; i++)
        piano_write(&out, arena, &piani[i]);
    return out.full ? NULL : out.data;
}
