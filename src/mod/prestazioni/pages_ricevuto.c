/* What a household receives by year: a page of the record, and a file. */
#include "mod/prestazioni/pages_ricevuto.h"

#include "base/csv.h"
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/pages.h"
#include "mod/prestazioni/ricevuto.h"

static const char *href_of(struct cx *cx, struct id cartella, const char *tail)
{
    char id[ID_TEXT];
    return arena_printf(cx->arena, "/cartelle/%s%s", id_text(cartella, id), tail);
}

static const char *service_words(struct cx *cx, const struct ricevuto_mese *mese)
{
    return arena_printf(cx->arena, "%s (%s)", mese->servizio,
                        variante_words(cx->arena, mese->variante));
}

static void show_line(struct cx *cx, struct tv *lines, const struct ricevuto_anno *anno)
{
    struct tv *item = tv_push(lines);
    tv_text(item, "nome", anno->di->nome);
    tv_text(item, "servizio", service_words(cx, anno->di));
    tv_text(item, "href", prestazione_href(cx, anno->di->prestazione, ""));
    tv_text(item, "erogatore", anno->di->erogatore);
    tv_text(item, "quantita",
            quantita_words(cx->arena, unita_parse(anno->di->unita), anno->quantita));
    tv_text(item, "costo", money_words(cx, anno->costo));
    tv_text(item, "retta", money_words(cx, anno->retta));
    tv_text(item, "spesa", money_words(cx, anno->spesa));
}

static void show_years(struct cx *cx, struct tv *page, const struct list *anni)
{
    struct tv *years = tv_children(page, "anni"), *year = NULL, *lines = NULL;
    struct money costo = MONEY(0), retta = MONEY(0), spesa = MONEY(0);
    int last = 0;
    LIST_EACH (anni, const struct ricevuto_anno, anno) {
        if (year == NULL || anno->anno != last) {
            year = tv_push(years);
            lines = tv_children(year, "righe");
            last = anno->anno;
            costo = retta = spesa = MONEY(0);
            tv_printf(year, "anno", "%d", anno->anno);
        }
        costo = money_add(costo, anno->costo);
        retta = money_add(retta, anno->retta);
        spesa = money_add(spesa, anno->spesa);
        show_line(cx, lines, anno);
        tv_text(year, "costo", money_words(cx, costo));
        tv_text(year, "retta", money_words(cx, retta));
        tv_text(year, "spesa", money_words(cx, spesa));
    }
}

bool ricevuto_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct cartella cartella;
    const char *nome;
    struct list anni;
    struct tv *page = web_page(res, "prestazioni/ricevuto", "Che cosa riceve la famiglia");
    if (!cartella_load(cx, web_id(req), &cartella) || !persona_label(cx, cartella.persona, &nome) ||
        !ricevuto_load(cx, cartella.persona, &anni))
        return false;
    web_crumb(res, "/cartelle", "Cartelle");
    web_crumb(res, href_of(cx, cartella.id, ""), nome);
    web_crumb(res, href_of(cx, cartella.id, "/prestazioni"), "Prestazioni");
    web_crumb(res, NULL, "Che cosa riceve la famiglia");
    show_years(cx, page, &anni);
    tv_bool(page, "alcune", anni.count > 0);
    tv_bool(page, "tagliato", anni.clipped);
    tv_text(page, "scarica", href_of(cx, cartella.id, "/ricevuto/foglio"));
    return persona_header(cx, req, page, cartella.persona, "cartella");
}

static void money_cell(struct buf *buf, struct money amount)
{
    char text[MONEY_TEXT];
    csv_cell(buf, ';', false, money_ok(amount) ? money_it(amount, text) : "");
}

static void write_line(struct cx *cx, struct buf *buf, const struct ricevuto_anno *anno)
{
    enum unita unita = unita_parse(anno->di->unita);
    csv_cell(buf, ';', true, arena_printf(cx->arena, "%d", anno->anno));
    csv_cell(buf, ';', false, anno->di->nome);
    csv_cell(buf, ';', false, service_words(cx, anno->di));
    csv_cell(buf, ';', false, anno->di->erogatore);
    csv_cell(buf, ';', false, quantita_cell(cx->arena, unita, anno->quantita));
    csv_cell(buf, ';', false, anno->di->unita);
    money_cell(buf, anno->costo);
    money_cell(buf, anno->retta);
    money_cell(buf, anno->spesa);
    csv_line(buf);
}

bool ricevuto_file(struct cx *cx, struct web_req *req, struct web_res *res)
{
    static const char *const headings[] = {"Anno",  "Persona", "Servizio", "Erogatore", "Quantità",
                                           "Unità", "Costo",   "Retta",    "Ambito"};
    struct cartella cartella;
    struct list anni;
    struct buf buf;
    if (!cartella_load(cx, web_id(req), &cartella) || !ricevuto_load(cx, cartella.persona, &anni))
        return false;
    buf_init(&buf, cx->arena, 1 << 20);
    buf_text(&buf, "\xEF\xBB\xBF");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
        csv_cell(&buf, ';', i == 0, headings[i]);
    csv_line(&buf);
    LIST_EACH (&anni, const struct ricevuto_anno, anno)
        write_line(cx, &buf, anno);
    web_bytes(res, "text/csv; charset=utf-8",
              (struct bytes){(const unsigned char *)buf.data, buf.size}, "ricevuto.csv");
    return !buf.full || FAIL(cx, ERR_INPUT, "il foglio è troppo grande");
}
