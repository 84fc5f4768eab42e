/* Documents: adding one, the lists on the record's page, handing one out. */
#include "mod/cartella/documento.h"
#include "mod/cartella/view.h"

#include "kit/tmpl/message.h"

struct documento_modulo {
    struct bytes file;
    const char *oggetto;
    struct day giorno;
    const char *riserbo;
};
static const struct web_field documento_fields[] = {
    {FIELD(documento_modulo, file), "File", INPUT_FILE, true, 0, 0, NULL, NULL},
    {FIELD(documento_modulo, oggetto), "Che cos’è", INPUT_TEXT, true, 1, 200, NULL,
     "Per esempio: verbale di invalidità"},
    {FIELD(documento_modulo, giorno), "Giorno del documento", INPUT_DAY, true, 0, 0, NULL, NULL},
    {FIELD(documento_modulo, riserbo), "Chi lo può leggere", INPUT_CHOICE, true, 0, 0,
     riserbo_choices, NULL},
    WEB_FIELD_END,
};
enum { CORPO = DOCUMENTO_MASSIMO + 64 * 1024 };
const struct web_form documento_form = {"documento", documento_fields,
                                        sizeof(struct documento_modulo), CORPO};

/* ---- showing ---------------------------------------------------------------------------- */

static const char *size_text(struct cx *cx, int64_t bytes)
{
    long long kb = (long long)((bytes + 1023) / 1024);
    return kb < 1024 ? arena_printf(cx->arena, "%lld KB", kb)
                     : arena_printf(cx->arena, "%lld,%lld MB", kb / 1024, kb % 1024 * 10 / 1024);
}

static void documento_show(struct cx *cx, struct tv *item, const struct documento *d, bool masked)
{
    char id[ID_TEXT];
    tv_day(item, "giorno", d->giorno);
    tv_text(item, "autore", d->autore_nome);
    tv_text(item, "oggetto", masked ? NULL : d->oggetto);
    tv_text(item, "nome", masked ? NULL : d->nome);
    tv_text(item, "dimensione", masked ? NULL : size_text(cx, d->dimensione));
    tv_text(item, "riserbo", d->riserbo == RISERVO_ANTIVIOLENZA ? riserbo_title(d->riserbo) : NULL);
    tv_text(item, "href",
            masked ? NULL
                   : arena_printf(cx->arena, "%s/documenti/%s", cartella_href(cx, d->cartella),
                                  id_text(d->id, id)));
}

bool documenti_show(struct cx *cx, struct tv *page, const struct cartella *cartella)
{
    struct list documents;
    bool any = false, any_act = false;
    if (!documento_list(cx, cartella->id, &documents))
        return false;
    struct tv *list = tv_children(page, "documenti"), *acts = tv_children(page, "atti");
    LIST_EACH (&documents, struct documento, d) {
        enum authz_answer answer;
        if (!diario_decide(cx, cartella, d->riserbo, AZIONE_LEGGI, &answer))
            return false;
        if (answer == AUTHZ_DENY)
            continue;
        bool act = d->riserbo == RISERVO_GIUDIZIARIO;
        documento_show(cx, tv_push(act ? acts : list), d, answer == AUTHZ_MASKED);
        *(act ? &any_act : &any) = true;
    }
    tv_bool(page, "documenti_noti", any);
    tv_bool(page, "atti_noti", any_act);
    return true;
}

/* ---- adding ----------------------------------------------------------------------------- */

bool documento_nuovo_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    if (!cartella_load(cx, web_id(req), &cartella))
        return false;
    struct tv *page = web_page(res, "cartella/documento", "Documento nuovo");
    if (!cartella_head(cx, req, res, page, &cartella, "Documento nuovo"))
        return false;
    struct documento_modulo first = {
        .giorno = cx->today,
        .riserbo = riserbo_name(cartella.riserbo == RISERVO_ANTIVIOLENZA ? RISERVO_ANTIVIOLENZA
                                                                         : RISERVO_PARTICOLARE)};
    web_form_show(req, page, "form", &documento_form, &first);
    return true;
}

static const struct {
    const char *campo;
    const char *chiave;
} faults[] = {
    [DOCUMENTO_VUOTO] = {"file", "cartella.documento_vuoto"},
    [DOCUMENTO_GRANDE] = {"file", "cartella.documento_grande"},
    [DOCUMENTO_TIPO] = {"file", "cartella.documento_tipo"},
    [DOCUMENTO_NOME] = {"file", "cartella.documento_nome"},
    [DOCUMENTO_FUTURO] = {"giorno", "cartella.documento_futuro"},
};

/* Nobody adds what he could not read again. */
static bool may_add(struct cx *cx, struct web_req *req, int64_t riserbo, bool *yes)
{
    struct cartella cartella;
    enum authz_answer answer;
    if (!cartella_load(cx, web_id(req), &cartella) ||
        !diario_decide(cx, &cartella, riserbo, AZIONE_CREA, &answer))
        return false;
    *yes = answer == AUTHZ_ALLOW;
    if (!*yes)
        web_fault(req, "riserbo", "%s", message("cartella.documento_riserbo"));
    return true;
}

bool documento_nuovo_save(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct documento_modulo *form = web_form(req);
    const struct web_file *file = web_file(req, "file");
    struct documento d = {
        .cartella = web_id(req),
        .giorno = form->giorno,
        .riserbo = riserbo_parse(form->riserbo),
        .tipo = file != NULL ? file->type : NULL,
        .nome = file != NULL ? file->name : "",
        .oggetto = form->oggetto,
    };
    enum documento_fault fault;
    bool yes;
    if (!may_add(cx, req, d.riserbo, &yes) || !yes ||
        !documento_save(cx, &d, file != NULL ? file->bytes : (struct bytes){0}, &fault))
        return false;
    if (fault != DOCUMENTO_OK) {
        web_fault(req, faults[fault].campo, "%s", message(faults[fault].chiave));
        return false;
    }
    char name[ID_TEXT];
    web_audit_detail(req, "documento %s aggiunto", id_text(d.id, name));
    web_notice(req, "Documento aggiunto.");
    web_redirect(res, "%s", cartella_href(cx, d.cartella));
    return true;
}

/* ---- handing out ------------------------------------------------------------------------ */

bool documento_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct id id;
    struct documento d;
    struct cartella cartella;
    enum authz_answer answer;
    struct bytes whole;
    if (!id_parse(web_segment(req, "documento"), &id))
        return FAIL(cx, ERR_NOT_FOUND, "nessun documento");
    if (!documento_load(cx, id, &d) || !cartella_load(cx, web_id(req), &cartella) ||
        !diario_decide(cx, &cartella, d.riserbo, AZIONE_LEGGI, &answer))
        return false;
    if (d.cartella.n != cartella.id.n || answer != AUTHZ_ALLOW)
        return FAIL(cx, ERR_NOT_FOUND, "nessun documento");
    if (!documento_read(cx, &d, &whole))
        return false;
    char name[ID_TEXT];
    web_audit_detail(req, "documento %s letto", id_text(d.id, name));
    web_bytes(res, d.tipo, whole, d.nome);
    return true;
}
