/* The line of time of a person, and the way from a person to the record. */
#include "mod/accesso/accesso.h"
#include "mod/cartella/sql.h"
#include "mod/cartella/view.h"
#include "mod/persone/persone.h"
#include "mod/utenti/utenti.h"

#include <stdlib.h>
#include <string.h>

enum { FATTI = 600, ATTESTAZIONI = 50 };

/* ---- line of time ----------------------------------------------------------------------- */

struct fatto {
    struct day giorno;
    const char *titolo;
    const char *testo;
    const char *chi;
    const char *href;
};

struct storia {
    struct fatto *items;
    size_t count;
};

static void add(struct storia *storia, struct fatto fact)
{
    if (storia->count < FATTI)
        storia->items[storia->count++] = fact;
}

static int later_first(const void *a, const void *b)
{
    const struct fatto *x = a;
    const struct fatto *y = b;
    return day_cmp(y->giorno, x->giorno);
}

static bool add_contacts(struct cx *cx, struct id persona, struct storia *storia)
{
    struct list rows;
    if (!contatto_of(cx, persona, FATTI / 3, &rows))
        return false;
    LIST_EACH (&rows, struct contatto_riga, row) {
        char id[ID_TEXT];
        add(storia, (struct fatto){row->giorno, arena_printf(cx->arena, "Contatto: %s", row->esito),
                                   row->area, row->chi,
                                   arena_printf(cx->arena, "/contatti/%s", id_text(row->id, id))});
    }
    return true;
}

struct attestazione {
    struct id persona;
    struct money valore;
    struct day sottoscritta;
    struct day scadenza;
};
static const struct field attestazione_fields[] = {
    FIELD(attestazione, persona), FIELD(attestazione, valore), FIELD(attestazione, sottoscritta),
    FIELD(attestazione, scadenza), FIELD_END};

static bool add_isee(struct cx *cx, struct id persona, struct storia *storia)
{
    struct list rows;
    if (!db_list(cx, &cartella_sql[ISEE_OF],
                 DB_ARGS(cx->who->ambito, persona, (int64_t)ATTESTAZIONI), attestazione_fields,
                 sizeof(struct attestazione), ATTESTAZIONI, &rows))
        return false;
    LIST_EACH (&rows, struct attestazione, row) {
        char id[ID_TEXT];
        char value[MONEY_TEXT];
        char end[DAY_TEXT];
        add(storia, (struct fatto){
                        row->sottoscritta,
                        arena_printf(cx->arena, "ISEE %s €", money_it(row->valore, value)),
                        arena_printf(cx->arena, "Vale fino al %s.", day_it(row->scadenza, end)),
                        NULL, arena_printf(cx->arena, "/persone/%s/isee", id_text(persona, id))});
    }
    return true;
}

static bool add_moves(struct cx *cx, const struct cartella *cartella, struct storia *storia)
{
    struct vault_key key;
    struct list rows;
    if (!cartella_key(cx, cartella->id, &key) || !mossa_list(cx, &key, cartella->id, &rows))
        return false;
    LIST_EACH (&rows, struct mossa_riga, row) {
        const char *to = presa_stato_title(presa_stato_parse(row->a));
        bool given = row->da != NULL && strcmp(row->da, row->a) == 0;
        add(storia, (struct fatto){row->giorno,
                                   given ? "Caso assegnato"
                                         : arena_printf(cx->arena, "Presa in carico: %s", to),
                                   row->motivo, row->chi_nome, cartella_href(cx, cartella->id)});
    }
    return true;
}

static bool add_notes(struct cx *cx, const struct cartella *cartella, struct storia *storia)
{
    struct list rows;
    if (!diario_list(cx, cartella->id, NULL, FATTI / 3, &rows))
        return false;
    LIST_EACH (&rows, struct diario, row) {
        enum authz_answer answer;
        char id[ID_TEXT];
        if (!diario_decide(cx, cartella, row->riserbo, AZIONE_LEGGI, &answer))
            return false;
        if (answer != AUTHZ_ALLOW)
            continue;
        add(storia,
            (struct fatto){row->giorno, diario_tipo_title(row->tipo), row->testo, row->autore_nome,
                           arena_printf(cx->arena, "%s/diario/%s", cartella_href(cx, cartella->id),
                                        id_text(row->voce, id))});
    }
    return true;
}

struct valutata {
    struct id voce;
    struct day giorno;
    int64_t riserbo;
    bool completa;
    const char *titolo;
    const char *chi;
};
static const struct field valutata_fields[] = {FIELD(valutata, voce),
                                               FIELD(valutata, giorno),
                                               FIELD(valutata, riserbo),
                                               FIELD(valutata, completa),
                                               FIELD(valutata, titolo),
                                               FIELD(valutata, chi),
                                               FIELD_END};

/* That there was one; its scores are read in the record. */
static bool add_assessments(struct cx *cx, const struct cartella *cartella, struct storia *storia)
{
    struct list rows;
    if (!db_list(cx, &cartella_sql[VALUTAZIONI_OF],
                 DB_ARGS(cx->who->ambito, cartella->id, (int64_t)(FATTI / 6)), valutata_fields,
                 sizeof(struct valutata), FATTI / 6, &rows))
        return false;
    LIST_EACH (&rows, struct valutata, row) {
        enum authz_answer answer;
        char id[ID_TEXT];
        if (!diario_decide(cx, cartella, row->riserbo, AZIONE_LEGGI, &answer))
            return false;
        if (answer != AUTHZ_ALLOW)
            continue;
        add(storia,
            (struct fatto){row->giorno, arena_printf(cx->arena, "Valutazione: %s", row->titolo),
                           row->completa ? NULL : "Ancora incompleta.", row->chi,
                           arena_printf(cx->arena, "%s/valutazioni/%s",
                                        cartella_href(cx, cartella->id), id_text(row->voce, id))});
    }
    return true;
}

/* The record of the person, if there is one and cx->who may open it. */
static bool open_record(struct cx *cx, struct id persona, struct cartella *cartella, bool *known,
                        bool *opens)
{
    struct id id;
    enum authz_answer answer;
    *opens = false;
    if (!cartella_of(cx, persona, &id, known))
        return false;
    if (!*known)
        return true;
    if (!cartella_load(cx, id, cartella) ||
        !diario_decide(cx, cartella, cartella->riserbo, AZIONE_LEGGI, &answer))
        return false;
    *opens = answer == AUTHZ_ALLOW;
    return true;
}

static void timeline_show(struct cx *cx, struct tv *page, const struct storia *storia)
{
    struct tv *list = tv_children(page, "timeline");
    for (size_t i = 0; i < storia->count; i++) {
        const struct fatto *fact = &storia->items[i];
        struct tv *item = tv_push(list);
        char day[DAY_TEXT];
        tv_text(item, "quando", arena_strdup(cx->arena, day_it(fact->giorno, day)));
        tv_text(item, "titolo", fact->titolo);
        tv_text(item, "testo", fact->testo);
        tv_text(item, "chi", fact->chi);
        tv_text(item, "href", fact->href);
    }
}

bool storia_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct id id = web_id(req);
    struct storia storia = {.items = ARENA_NEWS(cx->arena, struct fatto, FATTI)};
    struct cartella cartella;
    const char *name;
    char text[ID_TEXT];
    bool known = false;
    bool opens = false;
    if (!persona_label(cx, id, &name))
        return false;
    bool isee = !web_masked(req) && web_may(cx, req, "isee.leggi");
    if (isee && !add_isee(cx, id, &storia))
        return false;
    if (!web_masked(req) &&
        (!add_contacts(cx, id, &storia) || !open_record(cx, id, &cartella, &known, &opens)))
        return false;
    if (opens && (!add_moves(cx, &cartella, &storia) || !add_notes(cx, &cartella, &storia) ||
                  !add_assessments(cx, &cartella, &storia)))
        return false;
    qsort(storia.items, storia.count, sizeof *storia.items, later_first);
    struct tv *page = web_page(res, "cartella/storia", name);
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, arena_printf(cx->arena, "/persone/%s", id_text(id, text)), name);
    web_crumb(res, NULL, "Linea del tempo");
    timeline_show(cx, page, &storia);
    return persona_header(cx, req, page, id, "storia");
}

/* ---- from the person to the record ---------------------------------------------------------- */

bool persona_cartella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    const char *name;
    const char *worker = "";
    char text[ID_TEXT];
    bool known;
    bool opens;
    struct id id = web_id(req);
    if (!persona_label(cx, id, &name) || !open_record(cx, id, &cartella, &known, &opens))
        return false;
    if (opens) {
        web_redirect(res, "%s", cartella_href(cx, cartella.id));
        return true;
    }
    if (known && cartella.responsabile.n != 0 && !utente_label(cx, cartella.responsabile, &worker))
        return false;
    struct tv *page = web_page(res, "cartella/persona", name);
    web_crumb(res, "/persone", "Persone");
    web_crumb(res, arena_printf(cx->arena, "/persone/%s", id_text(id, text)), name);
    web_crumb(res, NULL, "Cartella");
    tv_bool(page, "nota", known);
    tv_text(page, "stato", known ? presa_stato_title(presa_stato_parse(cartella.stato)) : NULL);
    tv_text(page, "responsabile", worker[0] != '\0' ? worker : NULL);
    tv_text(page, "apri",
            !known && web_may(cx, req, "cartella.apri")
                ? arena_printf(cx->arena, "/cartelle/nuova?persona=%s", id_text(id, text))
                : NULL);
    tv_text(page, "emergenza",
            known && web_may(cx, req, "emergenza.apri")
                ? arena_printf(cx->arena, "/emergenza?tipo=cartella&oggetto=%s",
                               id_text(cartella.id, text))
                : NULL);
    return persona_header(cx, req, page, id, "cartella");
}
