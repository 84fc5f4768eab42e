/* Rows of bands in the editor: added, put in between and taken away by buttons of the form, so that
 * it works without scripts and by keyboard; what was typed moves along. */
#include "mod/rette/pages.h"

#include <string.h>

enum { PARTS = 4, PART_DA = 0, PART_A = 1 };
static const char *const parts[PARTS] = {"da", "a", "importo", "quota"};

struct righe {
    const char *cells[FASCE_MAX][PARTS]; /* as typed */
    size_t count;
};

static const char *cell_name(struct cx *cx, size_t part, size_t row)
{
    return arena_printf(cx->arena, "%s_%zu", parts[part], row + 1);
}

/* A whole number from 1 to FASCE_MAX; 0: it is none. */
static size_t number_of(const char *text)
{
    size_t nr = 0;
    for (; *text >= '0' && *text <= '9' && nr <= FASCE_MAX; text++)
        nr = nr * 10 + (size_t)(*text - '0');
    return *text == '\0' && nr <= FASCE_MAX ? nr : 0;
}

static void rows_read(struct cx *cx, const struct web_req *req, struct righe *righe)
{
    righe->count = number_of(web_typed(req, "mostra"));
    for (size_t i = 0; i < FASCE_MAX; i++)
        for (size_t part = 0; part < PARTS; part++)
            righe->cells[i][part] = web_typed(req, cell_name(cx, part, i));
}

static void rows_write(struct cx *cx, struct web_req *req, const struct righe *righe)
{
    for (size_t i = 0; i <= righe->count && i < FASCE_MAX; i++) /* the one taken away too */
        for (size_t part = 0; part < PARTS; part++)
            web_retype(req, cell_name(cx, part, i), righe->cells[i][part]);
    web_retype(req, "mostra", arena_printf(cx->arena, "%zu", righe->count));
}

/* A new row begins a cent behind the one before it, where that has an end. */
static void row_insert(struct cx *cx, struct righe *righe, size_t at)
{
    char text[MONEY_TEXT];
    struct money end;
    if (righe->count >= FASCE_MAX || at > righe->count)
        return;
    memmove(righe->cells[at + 1], righe->cells[at], (FASCE_MAX - at - 1) * sizeof *righe->cells);
    for (size_t part = 0; part < PARTS; part++)
        righe->cells[at][part] = "";
    righe->count++;
    if (at > 0 && money_parse(righe->cells[at - 1][PART_A], &end))
        righe->cells[at][PART_DA] =
            arena_strdup(cx->arena, money_it(money_add(end, MONEY(1)), text));
}

static void row_drop(struct righe *righe, size_t at)
{
    if (at >= righe->count || righe->count == 1)
        return;
    memmove(righe->cells[at], righe->cells[at + 1], (FASCE_MAX - at - 1) * sizeof *righe->cells);
    for (size_t part = 0; part < PARTS; part++)
        righe->cells[FASCE_MAX - 1][part] = "";
    righe->count--;
}

void fasce_change(struct cx *cx, struct web_req *req, const char *azione)
{
    static const char below[] = "inserisci_", away[] = "togli_";
    struct righe *righe = ARENA_NEW(cx->arena, struct righe);
    rows_read(cx, req, righe);
    if (strcmp(azione, "aggiungi") == 0)
        row_insert(cx, righe, righe->count);
    else if (strncmp(azione, below, strlen(below)) == 0 && number_of(azione + strlen(below)) > 0)
        row_insert(cx, righe, number_of(azione + strlen(below)));
    else if (strncmp(azione, away, strlen(away)) == 0 && number_of(azione + strlen(away)) > 0)
        row_drop(righe, number_of(azione + strlen(away)) - 1);
    rows_write(cx, req, righe);
}

void fasce_show(struct web_req *req, struct tv *page, int64_t mostra)
{
    struct tv *rows = tv_children(page, "fasce");
    const struct tv *form = tv_get(page, "form");
    size_t typed = number_of(web_typed(req, "mostra"));
    size_t count = typed > 0 ? typed : (size_t)mostra;
    tv_int(page, "mostra", (int64_t)count);
    tv_bool(page, "altre", count < FASCE_MAX);
    for (size_t i = 0; i < count && i < FASCE_MAX; i++) {
        struct tv *row = tv_push(rows);
        tv_int(row, "numero", (int64_t)i + 1);
        struct tv *cells = tv_children(row, "campi");
        for (size_t part = 0; part < PARTS; part++) {
            char name[24];
            snprintf(name, sizeof name, "%s_%zu", parts[part], i + 1);
            tv_set(tv_push(cells), "campo", tv_get(form, name));
        }
    }
}
