/* Writing a definition: from a file, from a model, or in the page; faults by line and column. */
#include "mod/riparto/pages.h"

#include "base/text.h"
#include "mod/riparto/fonte.h"

#include <string.h>

/* ---- models: published tables ------------------------------------------------------------------
 */

extern const char aree_2025_tsv[], costi_struttura_2024_tsv[], fondo_sociale_2025_tsv[],
    fsr_2024_tsv[], pal_2023_tsv[], sad_2025_tsv[];

static const struct {
    const char *nome, *titolo, *testo;
    int64_t anno;
} modelli[] = {
    {"fondo_sociale", "Fondo sociale: quota pro capite e rate", fondo_sociale_2025_tsv, 2025},
    {"sad", "Budget SAD: due criteri e sette mesi", sad_2025_tsv, 2025},
    {"aree", "Costi per comune e area, fra due margini", aree_2025_tsv, 2025},
    {"pal", "PAL: ore per settimane per costo orario", pal_2023_tsv, 2023},
    {"fsr", "Fondo sociale regionale: unità per importo, con tetti", fsr_2024_tsv, 2024},
    {"costi_struttura", "Costi di struttura", costi_struttura_2024_tsv, 2024},
};
enum { MODELLI = sizeof modelli / sizeof *modelli };

/* ---- forms ----------------------------------------------------------------------------------- */

struct nuovo_richiesta {
    const char *modello;
};
static const struct web_field query_fields[] = {
    {FIELD(nuovo_richiesta, modello), "Modello", INPUT_TEXT, false, 0, 40, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_nuovo_query = {"modello", query_fields,
                                             sizeof(struct nuovo_richiesta), 0};

enum { TESTO_MAX = 500000, CORPO_MAX = 6 << 20 };
struct modulo {
    int64_t anno, versione;
    const char *testo;
    struct bytes file;
};
/* The text is taken as it was typed: its tabs part the columns. */
static const struct web_field nuovo_fields[] = {
    {FIELD(modulo, anno), "Anno", INPUT_INT, true, PROSPETTO_ANNO_MIN, PROSPETTO_ANNO_MAX, NULL,
     NULL},
    {FIELD(modulo, testo), "Prospetto", INPUT_LINES, false, 0, TESTO_MAX, NULL, NULL},
    {FIELD(modulo, file), "File", INPUT_FILE, false, 0, 0, NULL,
     "TSV, CSV o XLSX; se c’è, conta il file e non il testo"},
    WEB_FIELD_END,
};
const struct web_form riparto_nuovo_form = {"prospetto", nuovo_fields, sizeof(struct modulo),
                                            CORPO_MAX};
static const struct web_field modifica_fields[] = {
    {FIELD(modulo, anno), "Anno", INPUT_INT, true, PROSPETTO_ANNO_MIN, PROSPETTO_ANNO_MAX, NULL,
     NULL},
    {FIELD(modulo, testo), "Prospetto", INPUT_LINES, true, 0, TESTO_MAX, NULL, NULL},
    {FIELD(modulo, versione), "Versione", INPUT_INT, true, 1, VERSIONI_MAX, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form prospetto_form = {"prospetto", modifica_fields, sizeof(struct modulo),
                                        CORPO_MAX};

/* ---- pages ----------------------------------------------------------------------------------- */

static const char *line_of(struct arena *arena, const char *text, long line)
{
    for (long at = 1; at < line && *text != '\0'; at++) {
        text += strcspn(text, "\n");
        text += *text == '\n';
    }
    size_t size = strcspn(text, "\r\n");
    return arena_strndup(arena, text, size < 200 ? size : 200);
}

/* The faults of what was typed, each with its line. */
static bool show_faults(struct cx *cx, struct tv *page, const char *text, bool again)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    struct tv *list = tv_children(page, "guasti");
    struct quadro *quadro;
    if (again && *text != '\0' && !prospetto_parse(cx, text, strlen(text), true, faults, &quadro))
        return false;
    for (size_t i = 0; i < faults->count; i++) {
        struct tv *item = tv_push(list);
        tv_int(item, "riga", faults->items[i].line > 0 ? faults->items[i].line : INT_NONE);
        tv_text(item, "colonna", faults->items[i].column);
        tv_text(item, "testo", faults->items[i].text);
        tv_text(item, "scritta",
                faults->items[i].line > 0 ? line_of(cx->arena, text, faults->items[i].line) : NULL);
    }
    tv_bool(page, "guasti_noti", faults->count > 0);
    return true;
}

/* What was sent: the file where it is text that can be shown, else what was typed. */
static const char *sent_text(struct cx *cx, const struct web_req *req)
{
    const struct web_file *file = web_file(req, "file");
    struct err err = {.code = ERR_NONE};
    struct bytes text;
    if (file != NULL && file->bytes.size > 0 && fonte_text(cx->arena, file->bytes, &text, &err) &&
        text_valid((const char *)text.data, text.size))
        return arena_strndup(cx->arena, (const char *)text.data, text.size);
    return web_typed(req, "testo");
}

static bool editor(struct cx *cx, struct web_req *req, struct tv *page, const struct web_form *form,
                   const struct modulo *values, const char *action)
{
    bool again = web_faulty(req);
    const char *text = again ? sent_text(cx, req) : values->testo;
    tv_text(page, "percorso", action);
    tv_text(page, "testo", text != NULL ? text : "");
    tv_int(page, "versione", values->versione);
    web_form_show(req, page, "form", form, values);
    return show_faults(cx, page, text != NULL ? text : "", again);
}

bool riparto_nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct nuovo_richiesta *asked = web_faulty(req) ? NULL : web_form(req);
    struct modulo values = {.anno = day_civil(cx->today).year, .versione = INT_NONE};
    struct tv *page = web_page(res, "riparto/modulo", "Prospetto nuovo");
    struct tv *list = tv_children(page, "modelli");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, NULL, "Prospetto nuovo");
    for (size_t i = 0; i < MODELLI; i++) {
        struct tv *item = tv_push(list);
        bool chosen =
            asked != NULL && asked->modello != NULL && strcmp(asked->modello, modelli[i].nome) == 0;
        tv_text(item, "titolo", modelli[i].titolo);
        tv_printf(item, "href", "/riparti/nuovo?modello=%s#prospetto", modelli[i].nome);
        tv_bool(item, "scelto", chosen);
        if (chosen) {
            values.testo = modelli[i].testo;
            values.anno = modelli[i].anno;
        }
    }
    tv_bool(page, "nuovo", true);
    tv_text(page, "annulla", "/riparti");
    return editor(cx, req, page, &riparto_nuovo_form, &values, "/riparti/nuovo");
}

bool riparto_modifica_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct prospetto p;
    struct prospetto_versione v;
    if (!store_prospetto_load(cx, web_id(req), &p) ||
        !store_versione_load(cx, p.id, p.versione, &v))
        return false;
    if (strcmp(p.stato, "bozza") != 0)
        return FAIL(cx, ERR_INPUT, "Il prospetto è approvato: se ne fa una copia.");
    const struct modulo values = {.anno = p.anno, .versione = p.versione, .testo = v.testo};
    struct tv *page =
        web_page(res, "riparto/modulo", arena_printf(cx->arena, "Modifica: %s", p.titolo));
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, riparto_href(cx, p.id, ""), p.titolo);
    web_crumb(res, NULL, "Modifica");
    tv_children(page, "modelli");
    tv_bool(page, "nuovo", false);
    tv_text(page, "annulla", riparto_href(cx, p.id, ""));
    return editor(cx, req, page, &prospetto_form, &values, riparto_href(cx, p.id, "/modifica"));
}

/* ---- saving ---------------------------------------------------------------------------------- */

static bool save(struct cx *cx, struct web_req *req, struct web_res *res, struct prospetto *p,
                 struct bytes text)
{
    struct definizione_faults *faults = ARENA_NEW(cx->arena, struct definizione_faults);
    if (!prospetto_save(cx, p, (const char *)text.data, text.size, faults))
        return false;
    for (size_t i = 0; i < faults->count; i++) {
        const char *where = faults->items[i].line > 0
                                ? arena_printf(cx->arena, "riga %ld%s%s: ", faults->items[i].line,
                                               *faults->items[i].column == '\0' ? "" : ", ",
                                               faults->items[i].column)
                                : "";
        web_fault(req, NULL, "%s%s", where, faults->items[i].text);
    }
    if (faults->count > 0)
        return false;
    web_audit_object(req, "prospetto", p->id);
    web_audit_detail(req, "%s, versione %lld", p->titolo, (long long)p->versione);
    web_notice(req, "Salvato: versione %lld.", (long long)p->versione);
    web_redirect(res, "%s", riparto_href(cx, p->id, ""));
    return true;
}

/* The file where there is one, else what was typed. False: a fault stands beside its field. */
static bool taken(struct cx *cx, struct web_req *req, struct bytes *text)
{
    const struct web_file *file = web_file(req, "file");
    struct err err = {.code = ERR_NONE};
    const char *typed = web_typed(req, "testo");
    *text = (struct bytes){(const unsigned char *)typed, strlen(typed)};
    if (file != NULL && file->bytes.size > 0 && !fonte_text(cx->arena, file->bytes, text, &err)) {
        web_fault(req, "file", "%s", err.text);
        return false;
    }
    if (text->size > 0)
        return true;
    web_fault(req, "testo", "Manca il prospetto: scrivilo, o scegli un file.");
    return false;
}

bool riparto_nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct modulo *form = web_form(req);
    struct prospetto p = {.anno = form->anno};
    struct bytes text;
    return taken(cx, req, &text) && save(cx, req, res, &p, text);
}

bool riparto_modifica_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct modulo *form = web_form(req);
    const char *typed = web_typed(req, "testo");
    struct prospetto p;
    if (!store_prospetto_load(cx, web_id(req), &p))
        return false;
    if (form->versione != p.versione || strcmp(p.stato, "bozza") != 0) {
        web_fault(
            req, NULL,
            "Nel frattempo un’altra persona ha salvato la versione %lld: quel che hai scritto "
            "è ancora qui, confrontalo con la sua prima di salvarlo di nuovo.",
            (long long)p.versione);
        return false;
    }
    p.anno = form->anno;
    return save(cx, req, res, &p, (struct bytes){(const unsigned char *)typed, strlen(typed)});
}
