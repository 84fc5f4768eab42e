/* Hours from a table: read and judged first, then written by the same form. */
#include "mod/prestazioni/importa.h"
#include "mod/prestazioni/pages_foglio.h"

#include "kit/doc/sheet_read.h"

#include <string.h>

struct importa_modulo {
    struct bytes file;
    const char *testo;
    bool registra;
};
static const struct web_field fields[] = {
    {FIELD(importa_modulo, file), "File", INPUT_FILE, false, 0, ORE_TESTO * 4, NULL,
     "XLSX, ODS, CSV o testo con tabulazioni. Di un foglio di calcolo si legge la prima pagina."},
    {FIELD(importa_modulo, testo), "Oppure le righe incollate", INPUT_LINES, false, 0, ORE_TESTO,
     NULL, "Con la riga delle intestazioni"},
    {FIELD(importa_modulo, registra), "Registra", INPUT_CHECK, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form ore_form = {"importa", fields, sizeof(struct importa_modulo),
                                  (size_t)8 * ORE_TESTO};

static bool open_page(struct cx *cx, struct web_req *req, struct web_res *res, struct day mese,
                      struct tv **page)
{
    char text[MESE_TEXT];
    *page = web_page(res, "prestazioni/importa",
                     arena_printf(cx->arena, "Importa le ore di %s", mese_words(mese, text)));
    web_crumb(res, "/prestazioni", "Prestazioni");
    web_crumb(res, foglio_href(cx, mese, ""), arena_strdup(cx->arena, mese_words(mese, text)));
    web_crumb(res, NULL, "Importa");
    tv_text(*page, "invia", foglio_href(cx, mese, "/importa"));
    tv_text(*page, "scarica",
            web_may(cx, req, "prestazioni.esporta") ? foglio_href(cx, mese, "/foglio") : NULL);
    tv_text(*page, "letto", NULL);
    return true;
}

bool ore_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct day mese;
    struct tv *page;
    if (!foglio_month(cx, req, &mese) || !open_page(cx, req, res, mese, &page))
        return false;
    web_form_show(req, page, "form", &ore_form, NULL);
    return true;
}

/* Off the writer's thread: a spreadsheet takes its time. */
bool ore_before(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct web_file *file = web_file(req, "file");
    const char *typed = web_typed(req, "testo"); /* as typed: tabs and all */
    struct bytes *text = ARENA_NEW(cx->arena, struct bytes);
    (void)res;
    *text = (struct bytes){(const unsigned char *)typed, strlen(typed)};
    if (file != NULL && file->bytes.size > 0)
        *text = file->bytes;
    if (text->size == 0) {
        web_fault(req, "file", "Scegli un file, o incolla le righe");
        return false;
    }
    if (sheet_is(*text) && !sheet_to_text(cx->arena, *text, ORE_TESTO, text, &cx->err)) {
        if (cx->err.code == ERR_INPUT) {
            web_fault(req, "file", "%s", cx->err.text);
            err_clear(&cx->err);
        }
        return false;
    }
    web_carry(req, text);
    return true;
}

static void show_outcome(struct cx *cx, struct tv *page, const struct ore_import *import,
                         struct bytes text)
{
    struct tv *read = tv_child(page, "letto");
    tv_bool(read, "prova", import->prova);
    tv_int(read, "righe", import->righe);
    tv_int(read, "nuove", import->nuove);
    tv_int(read, "uguali", import->uguali);
    tv_int(read, "rifiutate", import->rifiutate);
    tv_bool(read, "si_registra", import->prova && import->nuove > 0);
    tv_text(read, "testo", arena_strndup(cx->arena, (const char *)text.data, text.size));
    tv_bool(read, "cambia", import->cambi.count > 0);
    tv_bool(read, "cambi_altri", import->cambi.clipped);
    tv_bool(read, "guasta", import->detti.count > 0);
    tv_bool(read, "detti_altri", import->detti.clipped);
    struct tv *changes = tv_children(read, "cambi"), *faults = tv_children(read, "detti");
    LIST_EACH (&import->cambi, const struct ore_cambio, cambio) {
        struct tv *item = tv_push(changes);
        tv_text(item, "nome", cambio->nome);
        tv_text(item, "servizio", cambio->servizio);
        tv_text(item, "prima", cambio->prima);
        tv_text(item, "dopo", cambio->dopo);
    }
    LIST_EACH (&import->detti, const struct ore_detto, detto) {
        struct tv *item = tv_push(faults);
        tv_int(item, "riga", detto->riga);
        tv_text(item, "colonna", detto->colonna);
        tv_text(item, "motivo", detto->motivo);
    }
}

bool ore_post(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct importa_modulo *form = web_form(req);
    const struct bytes *text = web_carried(req);
    struct ore_import import = {.prova = !form->registra};
    struct tv *page;
    char month[MESE_TEXT];
    if (!foglio_month(cx, req, &import.mese))
        return false;
    if (!ore_import(cx, (const char *)text->data, text->size, &import)) {
        if (cx->err.code == ERR_INPUT) {
            web_fault(req, "file", "%s", cx->err.text);
            err_clear(&cx->err);
        }
        return false;
    }
    web_audit_detail(req, "%s: %lld%s", mese_iso(import.mese, month), (long long)import.nuove,
                     import.prova ? " in prova" : "");
    if (!import.prova && import.rifiutate == 0) {
        web_notice(req,
                   import.nuove == 1 ? "Registrato: una riga cambiata."
                                     : "Registrato: %lld righe cambiate.",
                   (long long)import.nuove);
        web_redirect(res, "%s", foglio_href(cx, import.mese, ""));
        return true;
    }
    if (!open_page(cx, req, res, import.mese, &page))
        return false;
    show_outcome(cx, page, &import, *text);
    return true;
}

bool foglio_file(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct day mese;
    struct bytes csv;
    char month[MESE_TEXT];
    if (!foglio_month(cx, req, &mese) || !ore_export(cx, mese, &csv))
        return false;
    web_bytes(res, "text/csv; charset=utf-8", csv,
              arena_printf(cx->arena, "ore-%s.csv", mese_iso(mese, month)));
    return true;
}
