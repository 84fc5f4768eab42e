/* Import of a budget from a spreadsheet: a dry run, then a new year or a draft; and the acts on a
 * year. */
#include "mod/bilancio/pages.h"

#include "kit/tmpl/message.h"

#include <string.h>

struct importa_modulo {
    int64_t anno;
    struct bytes file;
    bool prova, parziale;
};
struct atto_modulo {
    int64_t anno;
    const char *atto;
    struct day giorno;
};
/* clang-format off */
static const struct web_field importa_fields[] = {
    {FIELD(importa_modulo, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(importa_modulo, file), "Foglio", INPUT_FILE, true, 0, 0, NULL, "XLSX, ODS, CSV o TSV: quello che si esporta da «Voci e fonti», o righe con area, voce_spesa, fonte, importo"},
    {FIELD(importa_modulo, prova), "Solo prova: dice che cosa non va e che cosa cambierebbe", INPUT_CHECK, false, 0, 0, NULL, NULL},
    {FIELD(importa_modulo, parziale), "Lascia fuori le righe sbagliate", INPUT_CHECK, false, 0, 0, NULL, "Senza, con una riga sbagliata non si importa nulla"},
    WEB_FIELD_END,
};
static const struct web_field atto_fields[] = {
    {FIELD(atto_modulo, anno), "Anno", INPUT_INT, true, ANNO_MIN, ANNO_MAX, NULL, NULL},
    {FIELD(atto_modulo, atto), "Atto", INPUT_TEXT, true, 1, 200, NULL, NULL},
    {FIELD(atto_modulo, giorno), "Data dell’atto", INPUT_DAY, true, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
/* clang-format on */
const struct web_form importa_form = {"importa", importa_fields, sizeof(struct importa_modulo),
                                      5 * 1024 * 1024};
const struct web_form atto_form = {"atto", atto_fields, sizeof(struct atto_modulo), 0};

static struct tv *page_of(struct cx *cx, struct web_req *req, struct web_res *res, int64_t anno,
                          const struct importa_modulo *values)
{
    struct tv *page = web_page(res, "bilancio/importa", "Importa un bilancio");
    web_crumb(res, anno_href(cx, "/bilancio/variazioni", anno), anno_title(cx, "Variazioni", anno));
    web_crumb(res, NULL, "Importa");
    web_form_show(req, page, "form", &importa_form, values);
    tv_bool(page, "esito", false);
    return page;
}

bool importa_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta *asked = web_form(req);
    int64_t anno =
        asked != NULL && asked->anno != INT_NONE ? asked->anno : day_civil(cx->today).year;
    struct importa_modulo values = {.anno = anno, .prova = true};
    (void)page_of(cx, req, res, anno, &values);
    return true;
}

/* What a dry run found. */
static bool tell(struct cx *cx, struct web_req *req, struct web_res *res,
                 const struct importazione *in, const struct bilancio_faults *faults)
{
    const struct importa_modulo *form = web_form(req);
    struct tv *page = page_of(cx, req, res, form->anno, form);
    struct tv *bad = tv_children(page, "sbagliate"), *lines = tv_children(page, "righe");
    tv_bool(page, "esito", true);
    for (size_t i = 0; i < in->read.count; i++)
        tv_push_text(bad, in->read.items[i]);
    for (size_t i = 0; i < faults->count && i < BILANCIO_FAULTS; i++)
        tv_push_text(bad, faults->items[i].text);
    for (size_t i = 0; i < in->righe.righe_count; i++)
        tv_push_text(lines, variazione_riga_words(cx, in->b, &in->righe.righe[i]));
    tv_bool(page, "in_ordine", in->read.count + faults->count == 0);
    tv_bool(page, "nuovo", in->nuovo);
    tv_int(page, "celle", (int64_t)in->file.celle_count);
    tv_money(page, "totale", bilancio_uscite(&in->file));
    tv_int(page, "differenze", (int64_t)in->righe.righe_count);
    return true;
}

static bool keep(struct cx *cx, struct web_req *req, struct web_res *res, struct importazione *in,
                 int64_t anno)
{
    struct variazione_salvata v = {.anno = anno,
                                   .numero = INT_NONE,
                                   .giorno = DAY_NONE,
                                   .motivo = "Importata da un foglio",
                                   .base = in->versione};
    if (in->nuovo || in->righe.righe_count == 0) {
        web_notice(req, "%s",
                   message(in->nuovo ? "bilancio.importato" : "bilancio.nessuna_differenza"));
        web_redirect(res, "%s", anno_href(cx, "/bilancio", anno));
        return true;
    }
    if (!variazione_save(cx, &v, &in->righe))
        return false;
    web_audit_object(req, "variazione", v.id);
    web_notice(req, "%s", message("bilancio.importato_bozza"));
    web_redirect(res, "%s", variazione_href(cx, v.id, ""));
    return true;
}

bool importa_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct importa_modulo *form = web_form(req);
    const struct web_file *file = web_file(req, "file");
    struct importazione in;
    struct bilancio_faults faults = {.arena = cx->arena};
    if (file == NULL)
        return FAIL(cx, ERR_INPUT, "manca il foglio");
    if (!importa_read(cx, file->name, file->bytes, form->anno, &in)) {
        web_fault(req, "file", "%s", cx->err.text);
        err_clear(&cx->err);
        return false;
    }
    if (!importa_apply(cx, &in, form->anno, form->prova, form->parziale, &faults))
        return false;
    bool bad = faults.count > 0 || (in.read.count > 0 && !form->parziale);
    web_audit_detail(req, "bilancio %lld, %s", (long long)form->anno,
                     form->prova || bad ? "prova" : "importato");
    return form->prova || bad ? tell(cx, req, res, &in, &faults)
                              : keep(cx, req, res, &in, form->anno);
}

/* ---- acts on a year ----------------------------------------------------------------------- */

static bool year_act(struct cx *cx, struct web_req *req, struct web_res *res, const char *done,
                     bool (*act)(struct cx *, int64_t, const char *, struct day,
                                 struct bilancio_faults *))
{
    const struct atto_modulo *form = web_form(req);
    struct bilancio_faults faults = {.arena = cx->arena};
    if (!act(cx, form->anno, form->atto, form->giorno, &faults))
        return false;
    for (size_t i = 0; i < faults.count && i < BILANCIO_FAULTS; i++)
        web_fault(req, NULL, "%s", faults.items[i].text);
    if (faults.count > 0)
        return false;
    web_audit_detail(req, "bilancio %lld", (long long)form->anno);
    web_notice(req, "%s", message(done));
    web_redirect(res, "%s", anno_href(cx, "/bilancio", form->anno));
    return true;
}

bool approva_anno_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return year_act(cx, req, res, "bilancio.anno_approvato", bilancio_approve);
}

bool chiudi_anno_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    return year_act(cx, req, res, "bilancio.anno_chiuso", bilancio_close);
}
