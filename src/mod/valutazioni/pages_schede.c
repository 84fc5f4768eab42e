/* The forms: what there is, one of them, a new one, a change. */
#include "mod/valutazioni/pages.h"

#include "base/text.h"
#include "kit/tmpl/message.h"

#include <stdlib.h>
#include <string.h>

struct scheda_modulo {
    int64_t versione;
    const char *testo;
    struct bytes file;
};
/* The text is taken as it was typed: its tabs part the columns. */
static const struct web_field scheda_modulo_fields[] = {
    {FIELD(scheda_modulo, versione), "Versione", INPUT_INT, false, 0, 1000000, NULL, NULL},
    {FIELD(scheda_modulo, testo), "Scheda", INPUT_LINES, false, 0, SCHEDA_SIZE, NULL, NULL},
    {FIELD(scheda_modulo, file), "File", INPUT_FILE, false, 0, 0, NULL,
     "TSV o CSV; se c’è, conta il file e non il testo"},
    WEB_FIELD_END,
};
enum { CORPO = 2 * 1024 * 1024 };
const struct web_form scheda_form = {"scheda", scheda_modulo_fields, sizeof(struct scheda_modulo),
                                     CORPO};

struct offri_modulo {
    bool attiva;
};
static const struct web_field offri_fields[] = {
    {FIELD(offri_modulo, attiva), "Si usa", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form offri_form = {"offri", offri_fields, sizeof(struct offri_modulo), 0};

/* ---- list
 * ---------------------------------------------------------------------------------------- */

static const char *href_of(struct cx *cx, const char *codice, const char *tail)
{
    return arena_printf(cx->arena, "/schede/%s%s", codice, tail);
}

bool schede_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct list list;
    struct tv *page = web_page(res, "valutazioni/schede", "Schede di valutazione");
    if (!scheda_list(cx, &list))
        return false;
    web_crumb(res, NULL, "Schede di valutazione");
    struct tv *rows = tv_children(page, "schede");
    LIST_EACH (&list, struct scheda, scheda) {
        const struct scheda_regole *regole;
        struct tv *row = tv_push(rows);
        if (!scheda_version(cx, scheda, scheda->versione, &regole, NULL))
            return false;
        tv_text(row, "href", href_of(cx, scheda->codice, ""));
        tv_text(row, "titolo_scheda", scheda->titolo);
        tv_text(row, "codice", scheda->codice);
        tv_int(row, "domande", (int64_t)regole->voci_count);
        tv_int(row, "versione", scheda->versione);
        tv_text(row, "di", scheda->id.n == 0 ? "del programma" : "dell’ambito");
        tv_bool(row, "attiva", scheda->attiva);
    }
    tv_text(page, "nuova", web_may(cx, req, "schede.scrivi") ? "/schede/nuova" : NULL);
    return true;
}

/* ---- one form
 * -------------------------------------------------------------------------------------- */

static void items_show(struct cx *cx, struct tv *page, const struct scheda_regole *r)
{
    struct tv *sections = tv_children(page, "sezioni"), *items = NULL;
    char text[PUNTI_TEXT];
    for (size_t i = 0; i < r->voci_count; i++) {
        const struct scheda_voce *v = &r->voci[i];
        if (i == 0 || v->sezione != r->voci[i - 1].sezione) {
            struct tv *section = tv_push(sections);
            tv_text(section, "nome", r->sezioni[v->sezione]);
            items = tv_children(section, "voci");
        }
        struct tv *item = tv_push(items), *choices = tv_children(item, "scelte");
        tv_text(item, "domanda", v->testo);
        tv_text(item, "peso",
                v->peso != 100 ? arena_strdup(cx->arena, punti_it(v->peso, text)) : NULL);
        tv_bool(item, "e_testo", v->tipo == VOCE_TESTO);
        for (size_t k = 0; k < v->scelte_count; k++) {
            struct tv *choice = tv_push(choices);
            tv_text(choice, "punti",
                    v->scelte[k].conta ? arena_strdup(cx->arena, punti_it(v->scelte[k].punti, text))
                                       : NULL);
            tv_text(choice, "testo_scelta", v->scelte[k].testo);
        }
        char high[PUNTI_TEXT];
        tv_text(item, "numero",
                v->tipo == VOCE_NUMERO
                    ? arena_printf(cx->arena, "Un numero da %s a %s", punti_it(v->minimo, text),
                                   punti_it(v->massimo, high))
                    : NULL);
    }
}

static void totals_show(struct tv *page, const struct scheda_regole *r)
{
    static const char *const words[CALCOLI] = {"Somma", "Media pesata", "Il più alto"};
    struct tv *totals = tv_children(page, "totali");
    char low[PUNTI_TEXT], high[PUNTI_TEXT];
    for (size_t i = 0; i < r->totali_count; i++) {
        const struct scheda_totale *t = &r->totali[i];
        struct tv *item = tv_push(totals), *bands = tv_children(item, "fasce");
        tv_text(item, "titolo_totale", t->titolo);
        tv_text(item, "calcolo", words[t->calcolo]);
        tv_printf(item, "da_a", "da %s a %s", punti_it(t->minimo, low), punti_it(t->massimo, high));
        for (size_t k = 0; k < t->fasce_count; k++)
            tv_printf(tv_push(bands), "fascia", "da %s: %s", punti_it(t->fasce[k].da, low),
                      t->fasce[k].nome);
    }
}

bool scheda_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scheda scheda;
    const struct scheda_regole *regole;
    const char *testo;
    struct list versions;
    if (!scheda_load(cx, web_segment(req, "scheda"), &scheda) ||
        !scheda_version(cx, &scheda, scheda.versione, &regole, &testo) ||
        !scheda_versions(cx, &scheda, &versions))
        return false;
    struct tv *page = web_page(res, "valutazioni/scheda", scheda.titolo);
    bool writes = web_may(cx, req, "schede.scrivi");
    web_crumb(res, "/schede", "Schede di valutazione");
    web_crumb(res, NULL, scheda.titolo);
    items_show(cx, page, regole);
    totals_show(page, regole);
    tv_text(page, "intro", regole->intro);
    tv_text(page, "fonte", regole->fonte);
    tv_text(page, "definizione", testo);
    tv_bool(page, "attiva", scheda.attiva);
    tv_text(page, "modifica", writes ? href_of(cx, scheda.codice, "/modifica") : NULL);
    tv_text(page, "offri", writes ? href_of(cx, scheda.codice, "/offri") : NULL);
    struct tv *list = tv_children(page, "versioni");
    LIST_EACH (&versions, struct scheda_versione, version) {
        struct tv *item = tv_push(list);
        tv_int(item, "versione", version->versione);
        tv_text(item, "chi", version->chi);
        tv_instant(item, "scritta", version->scritta);
    }
    tv_bool(page, "versioni_note", versions.count > 0);
    return true;
}

bool offri_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct offri_modulo *form = web_form(req);
    const char *codice = web_segment(req, "scheda");
    if (!scheda_offer(cx, codice, form->attiva))
        return false;
    web_notice(req, form->attiva ? "La scheda si usa di nuovo." : "La scheda non si usa più.");
    web_redirect(res, "/schede/%s", codice);
    return true;
}

/* ---- writing one
 * ------------------------------------------------------------------------------------- */

static const char *line_of(struct arena *arena, const char *text, long line)
{
    for (long at = 1; at < line && *text != '\0'; at++) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    size_t size = strcspn(text, "\r\n");
    return arena_strndup(arena, text, size < 200 ? size : 200);
}

static void faults_show(struct cx *cx, struct tv *page, const char *text, bool again)
{
    struct scheda_faults *faults = ARENA_NEW(cx->arena, struct scheda_faults);
    struct scheda_regole *regole = ARENA_NEW(cx->arena, struct scheda_regole);
    struct tv *list = tv_children(page, "guasti");
    if (again && *text != '\0')
        scheda_read(cx->arena, text, strlen(text), regole, faults);
    for (size_t i = 0; i < faults->count; i++) {
        struct tv *item = tv_push(list);
        long line = faults->items[i].line;
        tv_int(item, "riga", line > 0 ? line : INT_NONE);
        tv_text(item, "colonna", faults->items[i].column);
        tv_text(item, "perche", faults->items[i].text);
        tv_text(item, "scritta", line > 0 ? line_of(cx->arena, text, line) : NULL);
    }
    tv_bool(page, "guasti_noti", faults->count > 0);
}

/* What was sent: the file where it is text, else what was typed. */
static const char *sent_text(struct cx *cx, const struct web_req *req)
{
    const struct web_file *file = web_file(req, "file");
    if (file == NULL || file->bytes.size == 0 ||
        !text_valid((const char *)file->bytes.data, file->bytes.size))
        return web_typed(req, "testo");
    return arena_strndup(cx->arena, (const char *)file->bytes.data, file->bytes.size);
}

static bool editor(struct cx *cx, struct web_req *req, struct tv *page, const char *percorso,
                   const char *annulla, const struct scheda_modulo *values)
{
    bool again = web_faulty(req);
    const char *text = again ? sent_text(cx, req) : values->testo;
    tv_text(page, "percorso", percorso);
    tv_text(page, "annulla", annulla);
    tv_text(page, "testo", text);
    tv_int(page, "versione", values->versione);
    web_form_show(req, page, "form", &scheda_form, values);
    faults_show(cx, page, text, again);
    return true;
}

/* `codice` NULL: a new form; else the text must keep that code. */
static bool save(struct cx *cx, struct web_req *req, struct web_res *res, const char *codice,
                 int64_t prima)
{
    const char *text = sent_text(cx, req);
    struct scheda_faults *faults = ARENA_NEW(cx->arena, struct scheda_faults);
    struct scheda_regole *regole = ARENA_NEW(cx->arena, struct scheda_regole);
    struct scheda scheda;
    scheda_read(cx->arena, text, strlen(text), regole, faults);
    bool other = faults->count == 0 && codice != NULL && strcmp(regole->codice, codice) != 0;
    if (faults->count > 0 || other) {
        web_fault(req, "testo", "%s",
                  message(other ? "valutazioni.altro_codice" : "valutazioni.scheda_guasta"));
        return false;
    }
    if (!scheda_save(cx, text, prima, faults, &scheda)) {
        if (cx->err.code != ERR_CONFLICT)
            return false;
        err_clear(&cx->err);
        web_fault(
            req, "testo", "%s",
            message(codice == NULL ? "valutazioni.codice_usato" : "valutazioni.scheda_conflitto"));
        return false;
    }
    web_audit_detail(req, "scheda %s, versione %lld", scheda.codice, (long long)scheda.versione);
    web_notice(req, "Scheda salvata: versione %lld.", (long long)scheda.versione);
    web_redirect(res, "/schede/%s", scheda.codice);
    return true;
}

static const char esempio[] =
    "scheda\tprova\ntitolo\tScheda di prova\nintro\tA che cosa serve e quando si compila.\n"
    "sezione\tPrima parte\nvoce\tdomanda\tUna domanda\nscelta\t0\tNo\nscelta\t1\tSì\n"
    "scelta\t-\tNon riguarda la persona\ntotale\ttotale\tTotale\tsomma\n"
    "fascia\ttotale\t0\tBasso\nfascia\ttotale\t1\tAlto\n";

bool scheda_nuova_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct scheda_modulo values = {.versione = INT_NONE, .testo = esempio};
    struct tv *page = web_page(res, "valutazioni/modulo", "Scheda nuova");
    web_crumb(res, "/schede", "Schede di valutazione");
    web_crumb(res, NULL, "Scheda nuova");
    return editor(cx, req, page, "/schede/nuova", "/schede", &values);
}

bool scheda_nuova_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return save(cx, req, res, NULL, 0);
}

bool scheda_modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct scheda scheda;
    const struct scheda_regole *regole;
    const char *testo;
    if (!scheda_load(cx, web_segment(req, "scheda"), &scheda) ||
        !scheda_version(cx, &scheda, scheda.versione, &regole, &testo))
        return false;
    const struct scheda_modulo values = {.versione = scheda.versione, .testo = testo};
    struct tv *page = web_page(res, "valutazioni/modulo", scheda.titolo);
    web_crumb(res, "/schede", "Schede di valutazione");
    web_crumb(res, href_of(cx, scheda.codice, ""), scheda.titolo);
    web_crumb(res, NULL, "Modifica");
    return editor(cx, req, page, href_of(cx, scheda.codice, "/modifica"),
                  href_of(cx, scheda.codice, ""), &values);
}

bool scheda_modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct scheda_modulo *form = web_form(req);
    return save(cx, req, res, web_segment(req, "scheda"), form->versione);
}
