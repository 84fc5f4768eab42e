/* Acts on forms and assessments: load, decide, save. */
#include "mod/valutazioni/valutazioni.h"

#include "mod/cartella/cartella.h"
#include "mod/valutazioni/store.h"

#include <stdlib.h>
#include <string.h>

/* ---- forms that come with the program ----------------------------------------------------------
 */

extern const char scheda_adl_tsv[], scheda_iadl_tsv[], scheda_progetto_tsv[], scheda_sociale_tsv[];

static const struct {
    const char *codice, *titolo, *testo;
} del_programma[] = {
    {"adl", "ADL: attività di base della vita quotidiana", scheda_adl_tsv},
    {"iadl", "IADL: attività strumentali della vita quotidiana", scheda_iadl_tsv},
    {"progetto", "Scheda di progetto", scheda_progetto_tsv},
    {"sociale", "Scheda sociale", scheda_sociale_tsv},
};
enum { DEL_PROGRAMMA = sizeof del_programma / sizeof *del_programma };

static size_t of_program(const char *codice)
{
    size_t i = 0;
    while (i < DEL_PROGRAMMA && strcmp(del_programma[i].codice, codice) != 0)
        i++;
    return i;
}

static struct scheda program_form(size_t i)
{
    return (struct scheda){.codice = del_programma[i].codice,
                           .titolo = del_programma[i].titolo,
                           .versione = 1,
                           .attiva = true};
}

static int by_title(const void *a, const void *b)
{
    const struct scheda *x = a, *y = b;
    return strcmp(x->titolo, y->titolo);
}

bool scheda_list(struct cx *cx, struct list *list)
{
    struct list kept;
    if (!store_schede(cx, &kept))
        return false;
    struct scheda *items = ARENA_NEWS(cx->arena, struct scheda, kept.count + DEL_PROGRAMMA);
    size_t count = 0;
    for (size_t i = 0; i < DEL_PROGRAMMA; i++) {
        bool here = false;
        LIST_EACH (&kept, struct scheda, scheda)
            here = here || strcmp(scheda->codice, del_programma[i].codice) == 0;
        if (!here)
            items[count++] = program_form(i);
    }
    LIST_EACH (&kept, struct scheda, scheda)
        items[count++] = *scheda;
    qsort(items, count, sizeof *items, by_title);
    *list = (struct list){items, count, sizeof *items, kept.clipped};
    return true;
}

bool scheda_load(struct cx *cx, const char *codice, struct scheda *scheda)
{
    bool found;
    size_t i = of_program(codice);
    if (!store_scheda(cx, codice, scheda, &found))
        return false;
    if (!found && i == DEL_PROGRAMMA)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna scheda con questo codice");
    if (!found)
        *scheda = program_form(i);
    return true;
}

static bool parsed(struct cx *cx, const char *text, const struct scheda_regole **regole)
{
    struct scheda_regole *read = ARENA_NEW(cx->arena, struct scheda_regole);
    struct scheda_faults *faults = ARENA_NEW(cx->arena, struct scheda_faults);
    scheda_read(cx->arena, text, strlen(text), read, faults);
    *regole = read;
    return faults->count == 0 ||
           FAIL(cx, ERR_INTERNAL, "una scheda conservata non si legge: %s", faults->items[0].text);
}

bool scheda_version(struct cx *cx, const struct scheda *scheda, int64_t versione,
                    const struct scheda_regole **regole, const char **testo)
{
    struct scheda_versione row = {.testo = NULL};
    size_t i = of_program(scheda->codice);
    if (scheda->id.n == 0 && (versione != 1 || i == DEL_PROGRAMMA))
        return FAIL(cx, ERR_NOT_FOUND, "nessuna versione");
    if (scheda->id.n == 0)
        row.testo = del_programma[i].testo;
    else if (!store_scheda_versione(cx, scheda->id, versione, &row))
        return false;
    if (testo != NULL)
        *testo = row.testo;
    return parsed(cx, row.testo, regole);
}

bool scheda_versions(struct cx *cx, const struct scheda *scheda, struct list *list)
{
    *list = (struct list){0};
    return scheda->id.n == 0 || store_scheda_versioni(cx, scheda->id, list);
}

/* Of a form of the program, its row and its first version. */
static bool keep(struct cx *cx, struct scheda *scheda)
{
    size_t i = of_program(scheda->codice);
    if (scheda->id.n != 0)
        return true;
    if (i == DEL_PROGRAMMA)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna scheda con questo codice");
    scheda->id = cx_id(cx);
    return store_scheda_add(cx, scheda) &&
           store_scheda_versione_add(cx, scheda->id, 1, del_programma[i].testo);
}

bool scheda_save(struct cx *cx, const char *testo, int64_t prima, struct scheda_faults *faults,
                 struct scheda *scheda)
{
    struct scheda_regole *regole = ARENA_NEW(cx->arena, struct scheda_regole);
    bool found;
    scheda_read(cx->arena, testo, strlen(testo), regole, faults);
    if (faults->count > 0)
        return true;
    if (!store_scheda(cx, regole->codice, scheda, &found))
        return false;
    if (!found && of_program(regole->codice) < DEL_PROGRAMMA) {
        *scheda = program_form(of_program(regole->codice));
        found = true;
    }
    if ((found ? scheda->versione : 0) != prima)
        return FAIL(cx, ERR_CONFLICT, "la scheda è cambiata nel frattempo");
    if (!found) {
        *scheda = (struct scheda){cx_id(cx), regole->codice, regole->titolo, 1, true, cx->now};
        return store_scheda_add(cx, scheda) && store_scheda_versione_add(cx, scheda->id, 1, testo);
    }
    if (!keep(cx, scheda))
        return false;
    scheda->titolo = regole->titolo;
    scheda->versione = prima + 1;
    return store_scheda_update(cx, scheda, prima) &&
           store_scheda_versione_add(cx, scheda->id, scheda->versione, testo);
}

bool scheda_offer(struct cx *cx, const char *codice, bool attiva)
{
    struct scheda scheda;
    if (!scheda_load(cx, codice, &scheda) || !keep(cx, &scheda))
        return false;
    scheda.attiva = attiva;
    return store_scheda_update(cx, &scheda, scheda.versione);
}

/* ---- assessments
 * --------------------------------------------------------------------------------- */

/* Forms that were read already, for lists. */
struct letture {
    struct {
        struct id scheda;
        int64_t versione;
        const struct scheda_regole *regole;
    } items[SCHEDE];
    size_t count;
};

static bool rules_of(struct cx *cx, struct letture *letture, const struct valutazione *v,
                     const struct scheda_regole **regole)
{
    struct scheda_versione row;
    for (size_t i = 0; i < letture->count; i++) {
        *regole = letture->items[i].regole;
        if (letture->items[i].scheda.n == v->scheda.n &&
            letture->items[i].versione == v->scheda_versione)
            return true;
    }
    if (!store_scheda_versione(cx, v->scheda, v->scheda_versione, &row) ||
        !parsed(cx, row.testo, regole))
        return false;
    if (letture->count < SCHEDE) {
        letture->items[letture->count].scheda = v->scheda;
        letture->items[letture->count].versione = v->scheda_versione;
        letture->items[letture->count++].regole = *regole;
    }
    return true;
}

static bool read_all(struct cx *cx, const struct list *rows, const char *codice, struct list *list)
{
    struct letture *letture = ARENA_NEW(cx->arena, struct letture);
    struct valutazione_letta *items =
        ARENA_NEWS(cx->arena, struct valutazione_letta, rows->count + 1);
    size_t count = 0;
    LIST_EACH (rows, struct valutazione, v) {
        struct valutazione_letta *item = &items[count];
        if (codice != NULL && strcmp(v->codice, codice) != 0)
            continue;
        item->v = *v;
        if (!rules_of(cx, letture, v, &item->regole))
            return false;
        risposte_read(cx->arena, item->regole, v->testo, &item->risposte);
        scheda_score(item->regole, &item->risposte, &item->esito);
        count++;
    }
    *list = (struct list){items, count, sizeof *items, rows->clipped};
    return true;
}

bool valutazione_list(struct cx *cx, struct id cartella, const char *codice, struct list *list)
{
    struct list rows;
    return store_valutazioni(cx, cartella, &rows) && read_all(cx, &rows, codice, list);
}

bool valutazione_versions(struct cx *cx, struct id voce, struct list *list)
{
    struct list rows;
    return store_valutazione_versioni(cx, voce, &rows) && read_all(cx, &rows, NULL, list);
}

static enum valutazione_fault check(const struct valutazione *v, const struct esito *esito,
                                    const struct valutazione *prima, struct day oggi)
{
    if (!day_known(v->giorno) || day_cmp(v->giorno, oggi) > 0)
        return VALUTAZIONE_FUTURO;
    if (esito->date == 0 && *v->testo == '\0')
        return VALUTAZIONE_VUOTA;
    if (prima != NULL && strcmp(prima->testo, v->testo) == 0 && prima->riserbo == v->riserbo &&
        day_cmp(prima->giorno, v->giorno) == 0 && prima->presa.n == v->presa.n)
        return VALUTAZIONE_UGUALE;
    return VALUTAZIONE_OK;
}

static bool presa_fits(struct cx *cx, const struct valutazione *v, bool *fits)
{
    struct presa_in_carico presa;
    *fits = true;
    if (v->presa.n == 0)
        return true;
    *fits = presa_load(cx, v->presa, &presa) && presa.cartella.n == v->cartella.n;
    if (cx->err.code == ERR_NOT_FOUND)
        err_clear(&cx->err);
    return cx->err.code == ERR_NONE;
}

/* The version that it corrects; *prima NULL for a new one. */
static bool before_it(struct cx *cx, struct valutazione *v, const struct valutazione **prima)
{
    struct list versions;
    *prima = NULL;
    if (v->voce.n == 0)
        return true;
    if (!store_valutazione_versioni(cx, v->voce, &versions))
        return false;
    if (versions.count == 0 ||
        LIST_ITEM(&versions, struct valutazione, 0)->cartella.n != v->cartella.n)
        return FAIL(cx, ERR_NOT_FOUND, "nessuna valutazione");
    *prima = LIST_ITEM(&versions, struct valutazione, 0);
    if ((*prima)->versione != v->versione)
        return FAIL(cx, ERR_CONFLICT, "la valutazione è stata corretta nel frattempo");
    v->scheda_versione = (*prima)->scheda_versione;
    return true;
}

bool valutazione_save(struct cx *cx, const struct scheda *scheda, const struct risposte *risposte,
                      struct valutazione *v, enum valutazione_fault *fault)
{
    struct scheda kept = *scheda;
    const struct scheda_regole *regole;
    const struct valutazione *prima;
    struct esito esito;
    bool fits;
    if (!before_it(cx, v, &prima) || !presa_fits(cx, v, &fits) ||
        !scheda_version(cx, scheda, v->scheda_versione, &regole, NULL))
        return false;
    if (prima != NULL && prima->scheda.n != scheda->id.n)
        return FAIL(cx, ERR_NOT_FOUND, "una valutazione di un’altra scheda");
    scheda_score(regole, risposte, &esito);
    v->testo = risposte_text(cx->arena, regole, risposte);
    *fault = fits ? check(v, &esito, prima, cx->today) : VALUTAZIONE_PRESA;
    if (*fault != VALUTAZIONE_OK)
        return true;
    if (!keep(cx, &kept))
        return false;
    v->id = cx_id(cx);
    v->voce = prima != NULL ? v->voce : v->id;
    v->versione = prima != NULL ? prima->versione + 1 : 1;
    v->scheda = kept.id;
    v->completa = esito.completo;
    return store_valutazione_add(cx, v);
}

bool valutazione_ultima(struct cx *cx, struct id persona, const char *codice, struct day al,
                        struct valutazione_punteggio *punteggio, bool *found)
{
    struct list rows, list;
    *found = false;
    *punteggio = (struct valutazione_punteggio){.centesimi = INT_NONE, .giorno = DAY_NONE};
    if (!store_valutazioni_di(cx, persona, codice, al, &rows) || !read_all(cx, &rows, NULL, &list))
        return false;
    if (list.count == 0)
        return true;
    const struct valutazione_letta *last = LIST_ITEM(&list, struct valutazione_letta, 0);
    const struct punteggio *first = &last->esito.totali[0];
    if (last->regole->totali_count == 0 || first->centesimi == INT_NONE)
        return true;
    *found = true;
    *punteggio = (struct valutazione_punteggio){first->centesimi, first->fascia, last->v.giorno,
                                                last->v.voce};
    return true;
}
