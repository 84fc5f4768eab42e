/* What the pages share, and the rows of all routes of the room. */
#include "kit/module.h"
#include "kit/tmpl/message.h"
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/progetti/view.h"

#include <stdlib.h>
#include <string.h>

bool progetto_of_path(struct cx *cx, const struct web_req *req, struct progetto *p)
{
    if (web_masked(req))
        return FAIL(cx, ERR_NOT_FOUND, "nessun progetto");
    return progetto_load(cx, web_id(req), p);
}

bool bozza_of_path(struct cx *cx, const struct web_req *req, struct progetto *p,
                   struct progetto_versione *v)
{
    struct list list;
    if (!progetto_of_path(cx, req, p) || !versione_list(cx, p->id, &list))
        return false;
    LIST_EACH (&list, struct progetto_versione, each)
        if (progetto_stato_parse(each->stato) == PROGETTO_BOZZA)
            return versione_load(cx, p, each->numero, v);
    return FAIL(cx, ERR_NOT_FOUND, "nessuna versione in preparazione");
}

bool version_of_path(struct cx *cx, const struct web_req *req, struct progetto *p,
                     struct progetto_versione *v)
{
    char *end;
    long long nr = strtoll(web_segment(req, "numero"), &end, 10);
    return progetto_of_path(cx, req, p) && versione_load(cx, p, *end == '\0' ? nr : 0, v);
}

const char *progetto_href(struct cx *cx, struct id id, const char *tail)
{
    char text[ID_TEXT];
    return arena_printf(cx->arena, "/progetti/%s%s", id_text(id, text), tail);
}

bool progetto_head(struct cx *cx, struct web_req *req, struct web_res *res, struct tv *page,
                   const struct progetto *p, const char *here)
{
    const char *name, *href = progetto_href(cx, p->id, "");
    char id[ID_TEXT];
    if (!persona_label(cx, p->persona, &name))
        return false;
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, arena_printf(cx->arena, "/cartelle/%s", id_text(p->cartella, id)), name);
    web_crumb(res, arena_printf(cx->arena, "/cartelle/%s/progetti", id_text(p->cartella, id)),
              "Progetti");
    web_crumb(res, here != NULL ? href : NULL, progetto_tipo_title(progetto_tipo_parse(p->tipo)));
    if (here != NULL)
        web_crumb(res, NULL, here);
    tv_text(page, "progetto", href);
    tv_int(page, "versione", p->versione);
    return persona_header(cx, req, page, p->persona, "cartella");
}

/* ---- refusals ------------------------------------------------------------------------------- */

bool rifiuti_show(struct web_req *req, const struct progetto_rifiuti *rifiuti)
{
    for (size_t i = 0; i < rifiuti->count; i++)
        web_fault(req, rifiuti->items[i].campo, "%s", rifiuti->items[i].testo);
    return rifiuti->count > 0;
}

static const struct {
    const char *campo, *chiave;
} guasti[PROGETTO_GUASTI] = {
    [PROGETTO_NON_PREVISTA] = {NULL, "progetti.non_prevista"},
    [PROGETTO_MOTIVO] = {"motivo", "progetti.motivo"},
    [PROGETTO_FUTURO] = {"giorno", "progetti.futuro"},
    [PROGETTO_PRIMA] = {"giorno", "progetti.prima"},
    [PROGETTO_INCOMPLETO] = {NULL, "progetti.incompleto"},
    [PROGETTO_FIRME] = {NULL, "progetti.firme"},
    [PROGETTO_ESITI] = {NULL, "progetti.esiti"},
    [PROGETTO_GIA_BOZZA] = {NULL, "progetti.gia_bozza"},
    [PROGETTO_FERMO] = {NULL, "progetti.fermo"},
};

bool guasto_show(struct web_req *req, enum progetto_guasto guasto)
{
    if (guasto != PROGETTO_OK)
        web_fault(req, guasti[guasto].campo, "%s", message(guasti[guasto].chiave));
    return guasto != PROGETTO_OK;
}

bool still_current(struct web_req *req, const struct progetto *p, int64_t versione)
{
    if (p->versione != versione)
        web_fault(req, NULL, "%s", message("progetti.conflitto"));
    return p->versione == versione;
}

void conflict_show(struct cx *cx, struct web_req *req, struct tv *page, const struct progetto *p,
                   const struct progetto_versione *v, const struct contenuto *piece)
{
    bool other = web_faulty(req) && strtoll(web_typed(req, "versione"), NULL, 10) != p->versione;
    struct tv *lines = tv_children(page, "salvato");
    tv_bool(page, "conflitto", other);
    tv_text(page, "salvato_da", other ? v->scritta_da_nome : NULL);
    if (!other)
        return;
    struct progetto_differenza *rows =
        ARENA_NEWS(cx->arena, struct progetto_differenza, 2 * PROGETTO_RIGHE_MAX);
    size_t count = contenuto_diff(cx->arena, piece, piece, rows);
    for (size_t i = 0; i < count; i++) {
        struct tv *line = tv_push(lines);
        tv_text(line, "dove", rows[i].dove);
        tv_text(line, "testo", rows[i].testo);
    }
}

void row_show(struct cx *cx, struct tv *page, struct tv *rows, const char *const *names, size_t i)
{
    struct tv *row = tv_push(rows), *form = tv_get(page, "form");
    tv_int(row, "riga", (int64_t)i + 1);
    for (; *names != NULL; names++)
        tv_set(row, *names, tv_get(form, arena_printf(cx->arena, "%s_%zu", *names, i + 1)));
}

/* ---- routes ----------------------------------------------------------------------------- */

#define LEGGE "progetti.leggi", FINE_CURA, AZIONE_LEGGI, AUDIT_READ, &progetto_object
#define APRE  "progetti.scrivi", FINE_CURA, AZIONE_MODIFICA, AUDIT_READ, &progetto_object
#define SALVA "progetti.scrivi", FINE_CURA, AZIONE_MODIFICA, AUDIT_WRITE, &progetto_object
/* A page with a form and what saves it. */
#define MODULO(path, page, save, form)                                                             \
    {WEB_GET, path, page, APRE, NULL, NULL, NULL, WEB_DRAFT, NULL},                                \
    {                                                                                              \
        WEB_POST, path, save, SALVA, form, path, NULL, WEB_DRAFT, NULL                             \
    }

/* clang-format off */
static const struct web_route routes[] = {
    {WEB_GET, "/progetti", web_list_page, "progetti.leggi", FINE_CURA, AZIONE_ELENCA, AUDIT_READ,
     NULL, NULL, NULL, NULL, 0, &progetti_lista},
    {WEB_GET, "/cartelle/{id}/progetti", cartella_progetti_page, "progetti.leggi", FINE_CURA,
     AZIONE_LEGGI, AUDIT_READ, &cartella_object, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/cartelle/{id}/progetti/nuovo", progetto_nuovo_page, "progetti.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_READ, &cartella_object, NULL, NULL, NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/cartelle/{id}/progetti/nuovo", progetto_nuovo_save, "progetti.scrivi", FINE_CURA,
     AZIONE_CREA, AUDIT_WRITE, &cartella_object, &progetto_nuovo_form,
     "/cartelle/{id}/progetti/nuovo", NULL, WEB_DRAFT, NULL},
    {WEB_GET, "/progetti/{id}", progetto_page, LEGGE, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/progetti/{id}/versioni/{numero}", versione_page, LEGGE, NULL, NULL, NULL, 0, NULL},
    {WEB_GET, "/progetti/{id}/versioni/{numero}/pdf", progetto_pdf_page, LEGGE, NULL, NULL, NULL,
     0, NULL},
    {WEB_POST, "/progetti/{id}/versioni", versione_nuova_save, SALVA, &progetto_verifica_togli_form,
     "/progetti/{id}", NULL, 0, NULL},
    MODULO("/progetti/{id}/modifica", progetto_modifica_page, progetto_modifica_save, &progetto_modifica_form),
    MODULO("/progetti/{id}/obiettivi/{riga}", obiettivo_page, obiettivo_save, &obiettivo_form),
    MODULO("/progetti/{id}/costi/{riga}", costo_page, costo_save, &costo_form),
    MODULO("/progetti/{id}/fasi", fasi_page, fasi_save, &fasi_form),
    MODULO("/progetti/{id}/sposta/{numero}/{stato}", progetto_sposta_page, progetto_sposta_save,
           &progetto_sposta_form),
    MODULO("/progetti/{id}/firma/{numero}", firma_page, firma_registra, &firma_form),
    MODULO("/progetti/{id}/verifiche/nuova", progetto_verifica_nuova_page, progetto_verifica_nuova_save,
           &progetto_verifica_nuova_form),
    {WEB_GET, "/progetti/{id}/verifiche/{verifica}", progetto_verifica_page, LEGGE, NULL, NULL, NULL,
     WEB_DRAFT, NULL},
    {WEB_POST, "/progetti/{id}/verifiche/{verifica}", progetto_verifica_registra, SALVA, &progetto_verifica_form,
     "/progetti/{id}/verifiche/{verifica}", NULL, WEB_DRAFT, NULL},
    {WEB_POST, "/progetti/{id}/verifiche/{verifica}/togli", progetto_verifica_togli, SALVA,
     &progetto_verifica_togli_form, "/progetti/{id}/verifiche/{verifica}", NULL, 0, NULL},
    {WEB_GET, NULL, NULL, NULL, 0, 0, 0, NULL, NULL, NULL, NULL, 0, NULL},
};
/* clang-format on */

static const struct menu_item menu[] = {
    {"Persone", "Progetti", "/progetti", "progetti.leggi", "it-note"},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct module progetti_module = {
    .name = "progetti",
    .schema = &progetti_schema,
    .registry = &progetti_registry,
    .routes = routes,
    .menu = menu,
};
