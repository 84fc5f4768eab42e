/* Files of an apportionment, letters to those who pay. */
#include "mod/riparto/pages.h"

#include "kit/web/paper.h"
#include "mod/enti/enti.h"
#include "mod/riparto/papers.h"

#include <string.h>

struct carta {
    const char *formato;
};
static const struct web_field carta_fields[] = {
    {FIELD(carta, formato), "Formato", INPUT_TEXT, true, 1, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_carta_query = {"carta", carta_fields, sizeof(struct carta), 0};

struct lettera {
    int64_t riga;
    const char *quali;
    struct id rata;
};
static const struct web_field lettera_fields[] = {
    {FIELD(lettera, riga), "Riga", INPUT_INT, false, 1, RIPARTO_RIGHE, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form riparto_lettera_query = {"lettera", lettera_fields, sizeof(struct lettera),
                                               0};
static const struct web_choice quali[] = {
    {"scadute", "Scadute"}, {"vicine", "Prossime a scadere"}, {NULL, NULL}};
static const struct web_field sollecito_fields[] = {
    {FIELD(lettera, quali), "Quali", INPUT_CHOICE, true, 0, 0, quali, NULL},
    {FIELD(lettera, rata), "Rata", INPUT_ID, false, 0, 0, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form sollecito_query = {"sollecito", sollecito_fields, sizeof(struct lettera), 0};

/* The body in whose name letters are written: the ambito. */
static bool writer(struct cx *cx, const char **nome)
{
    struct list list;
    *nome = "Ambito";
    if (!ente_list(cx, ente_tipo_name(TIPO_AMBITO), &list))
        return false;
    if (list.count > 0)
        *nome = LIST_ITEM(&list, struct ente, 0)->nome;
    return true;
}

static bool load(struct cx *cx, const struct web_req *req, struct prospetto *p,
                 struct quadro **quadro)
{
    bool same;
    return store_prospetto_load(cx, web_id(req), p) && prospetto_quadro(cx, p, 0, quadro, &same);
}

/* "fondo-sociale-2025.xlsx" of "Fondo sociale 2025". */
static const char *file_name(struct cx *cx, const struct prospetto *p)
{
    char *name = arena_printf(cx->arena, "%.60s", p->chiave);
    for (char *c = name; *c != '\0'; c++)
        if ((*c < 'a' || *c > 'z') && (*c < '0' || *c > '9'))
            *c = '-';
    return name;
}

/* The definition itself, as it was written. */
static bool send_text(struct cx *cx, struct web_res *res, const struct prospetto *p)
{
    struct prospetto_versione v;
    if (!store_versione_load(cx, p->id, p->versione, &v))
        return false;
    web_bytes(res, "text/tab-separated-values; charset=utf-8",
              (struct bytes){(const unsigned char *)v.testo, strlen(v.testo)},
              arena_printf(cx->arena, "%s.tsv", file_name(cx, p)));
    return true;
}

bool riparto_esporta_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct carta *asked = web_form(req);
    struct prospetto p;
    struct quadro *quadro;
    enum doc_format format;
    if (!load(cx, req, &p, &quadro))
        return false;
    web_audit_detail(req, "%s, %s", p.titolo, asked->formato);
    if (strcmp(asked->formato, "tsv") == 0)
        return send_text(cx, res, &p);
    if (!doc_format_parse(asked->formato, &format) || format == DOC_HTML)
        return FAIL(cx, ERR_INPUT, "Formato sconosciuto.");
    return web_paper(cx, res,
                     format == DOC_PDF ? prospetto_paper(cx, &p, quadro)
                                       : prospetto_sheet(cx, &p, quadro),
                     format, file_name(cx, &p));
}

bool riparto_lettere_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct lettera *asked = web_form(req);
    size_t row = asked != NULL && asked->riga != INT_NONE ? (size_t)asked->riga - 1 : SIZE_MAX;
    struct prospetto p;
    struct quadro *quadro;
    const char *capofila;
    if (!load(cx, req, &p, &quadro) || !writer(cx, &capofila))
        return false;
    if (quadro->def->metodo == METODO_MARGINI ||
        (row != SIZE_MAX && row >= quadro->def->righe_count))
        return FAIL(cx, ERR_NOT_FOUND, "Di questo prospetto non c’è una lettera così.");
    web_audit_detail(req, "lettere: %s", row == SIZE_MAX ? "tutte" : quadro->def->righe[row].nome);
    return web_paper(cx, res, prospetto_letters(cx, capofila, &p, quadro, row), DOC_PDF, NULL);
}

/* All instalments, or those of the payer of one. */
static bool reminded(struct cx *cx, const struct lettera *asked, struct list *rate)
{
    struct rata_filtro filtro = {.anno = INT_NONE};
    struct rata_riga one;
    if (asked->rata.n != 0) {
        if (!store_rata_load(cx, asked->rata, &one))
            return false;
        filtro.prospetto = one.prospetto;
        filtro.pagante = one.pagante;
    }
    return store_rata_list(cx, &filtro, rate);
}

bool solleciti_lettere_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct lettera *asked = web_form(req);
    bool late = strcmp(asked->quali, "scadute") == 0;
    struct list rate;
    const char *capofila;
    if (!reminded(cx, asked, &rate) || !writer(cx, &capofila))
        return false;
    if (!sollecito_any(cx, &rate, late))
        return FAIL(cx, ERR_NOT_FOUND, "Non c’è nessuno da avvisare.");
    web_audit_detail(req, "lettere: %s", asked->quali);
    return web_paper(cx, res, sollecito_letters(cx, capofila, &rate, late), DOC_PDF, NULL);
}
