/* A published table is read with its rule; what does not follow is listed. Nothing is kept: what
 * was read goes back into the page, so that the list can be taken away as a file. */
#include "mod/riparto/pages_prova.h"

#include "kit/tmpl/message.h"
#include "kit/web/paper.h"
#include "mod/riparto/verifica.h"

#include <string.h>

struct richiesta_verifica {
    struct bytes file;
    const char *testo; /* the table as text, where there is no file */
    const char *nome;  /* of the file that the text was */
    const char *prospetto;
    const char *regola;
    bool comuni;
    const char *formato;
};

static const struct web_field fields[] = {
    {FIELD(richiesta_verifica, file), "Tabella pubblicata", INPUT_FILE, false, 0, DEFINIZIONE_SIZE,
     NULL, "XLSX, ODS, CSV o testo con tabulazioni. Di un foglio di calcolo si legge il primo."},
    {FIELD(richiesta_verifica, testo), "Oppure la tabella incollata", INPUT_LINES, false, 0,
     DEFINIZIONE_SIZE, NULL, NULL},
    {FIELD(richiesta_verifica, prospetto), "Regola di un prospetto", INPUT_CHOICE, false, 0, 0,
     NULL, "Se la regola non sta già nel file, prima della tabella"},
    {FIELD(richiesta_verifica, regola), "Oppure la regola scritta qui", INPUT_LINES, false, 0,
     100000, NULL, "Una riga per parola: metodo, quota, criterio, intestazione…"},
    {FIELD(richiesta_verifica, comuni), "I comuni devono essere dell’ambito", INPUT_CHECK, false, 0,
     0, NULL, NULL},
    {FIELD(richiesta_verifica, nome), "Nome", INPUT_TEXT, false, 0, 200, NULL, NULL},
    {FIELD(richiesta_verifica, formato), "Formato", INPUT_TEXT, false, 0, 8, NULL, NULL},
    WEB_FIELD_END,
};
const struct web_form tabella_form = {"verifica", fields, sizeof(struct richiesta_verifica),
                                      (size_t)3 * DEFINIZIONE_SIZE};

/* ---- what was sent ----------------------------------------------------------------------------
 */

static struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const unsigned char *)text, strlen(text)};
}

static const char *text_of(struct cx *cx, struct bytes bytes)
{
    return arena_strndup(cx->arena, (const char *)bytes.data, bytes.size);
}

/* The table as text; false: a failure, or a fault beside the field. */
static bool read_table(struct cx *cx, struct web_req *req, struct fonte *fonte, struct bytes *table)
{
    const struct web_file *file = web_file(req, "file");
    const char *name = web_typed(req, "nome");
    *table = bytes_of(web_typed(req, "testo")); /* as typed: tabs and all */
    fonte->tabella = *name != '\0' ? name : "tabella incollata";
    if (file != NULL && file->bytes.size > 0) {
        *table = file->bytes;
        fonte->tabella = file->name;
    }
    if (table->size == 0) {
        web_fault(req, "file", "%s", message("riparto.tabella_manca"));
        return false;
    }
    if (fonte_text(cx->arena, *table, table, &cx->err))
        return true;
    if (cx->err.code == ERR_INPUT) {
        web_fault(req, "file", "%s: %s", fonte->tabella, cx->err.text);
        err_clear(&cx->err);
    }
    return false;
}

static bool read_rule(struct cx *cx, struct web_req *req, struct fonte *fonte, struct bytes *rule)
{
    const struct richiesta_verifica *asked = web_form(req);
    const char *written = web_typed(req, "regola");
    struct prospetto prospetto;
    const char *text = NULL;
    fonte->regola = NULL;
    if (asked->prospetto != NULL) {
        if (!prova_text(cx, req, "prospetto", asked->prospetto, &prospetto, &text))
            return false;
        fonte->regola = prospetto.titolo;
    } else if (written[strspn(written, " \t\r\n")] != '\0') {
        text = written;
        fonte->regola = "regola";
    }
    if (text != NULL)
        *rule = bytes_of(text);
    return !web_faulty(req);
}

/* What the page gives back to be sent again for a file. */
struct letto {
    struct verifica verifica;
    const char *tabella, *regola; /* texts */
};

bool tabella_before(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta_verifica *asked = web_form(req);
    struct letto *read = ARENA_NEW(cx->arena, struct letto);
    struct fonte *fonte = &read->verifica.fonte;
    struct bytes table, rule;
    const char **names = NULL;
    (void)res;
    if (!read_table(cx, req, fonte, &table) || !read_rule(cx, req, fonte, &rule) ||
        (asked->comuni && !riparto_enti(cx, &names)))
        return false;
    read->tabella = text_of(cx, table);
    read->regola = fonte->regola != NULL ? text_of(cx, rule) : "";
    fonte->text = read->tabella;
    fonte->size = table.size;
    if (fonte->regola != NULL)
        fonte_join(cx->arena, rule, table, fonte);
    verifica_run(cx->arena, names, &read->verifica);
    web_carry(req, read);
    return true;
}

/* ---- the page
 * ------------------------------------------------------------------------------------ */

static bool show_form(struct cx *cx, struct web_req *req, struct tv *page)
{
    const struct web_choice *choices;
    if (!prova_choices(cx, &choices))
        return false;
    web_choices(req, "prospetto", choices);
    web_form_show(req, page, "form", &tabella_form, NULL);
    return true;
}

static void show_place(struct cx *cx, struct tv *row, const struct fonte *fonte, long line)
{
    bool rule = fonte->regola != NULL && line > 0 && line <= fonte->regola_righe;
    tv_text(row, "dove",
            line <= 0 ? "tutta la tabella"
                      : arena_printf(cx->arena, "%sriga %ld", rule ? "regola, " : "",
                                     fonte_line(fonte, line)));
}

static void show_faults(struct cx *cx, struct tv *page, const struct verifica *verifica)
{
    struct tv *list = tv_children(page, "guasti");
    const struct definizione_faults *faults = verifica->faults;
    for (size_t i = 0; i < faults->count; i++) {
        struct tv *row = tv_push(list);
        show_place(cx, row, &verifica->fonte, faults->items[i].line);
        tv_text(row, "colonna", faults->items[i].column);
        tv_text(row, "testo", faults->items[i].text);
    }
}

static void show_scarti(struct cx *cx, struct tv *page, const struct verifica *verifica)
{
    struct tv *list = tv_children(page, "scarti");
    LIST_EACH (&verifica->scarti, struct scarto, scarto) {
        struct tv *row = tv_push(list);
        struct money apart = money_sub(scarto->trovato, scarto->dovuto);
        show_place(cx, row, &verifica->fonte, scarto->line);
        tv_text(row, "riga", scarto->riga);
        tv_text(row, "colonna", scarto->colonna);
        tv_money(row, "trovato", scarto->trovato);
        tv_money(row, "dovuto", scarto->dovuto);
        tv_money(row, "differenza", apart);
        tv_bool(row, "sale", apart.cents > 0);
        tv_text(row, "perche", scarto->perche);
    }
    tv_printf(page, "quanti", "%zu%s", verifica->scarti.count,
              verifica->scarti.clipped ? ", e forse altre" : "");
}

/* The columns whose figures would have been checked. */
static const char *names_of(struct cx *cx, const struct definizione *def)
{
    const char *names = "";
    for (size_t k = 0; k < def->nomi_count; k++)
        names = arena_printf(cx->arena, "%s%s%s", names, k > 0 ? ", " : "", def->nomi[k]);
    return names;
}

static void show_result(struct cx *cx, struct tv *page, const struct letto *read)
{
    const struct verifica *verifica = &read->verifica;
    bool good = verifica->faults->count == 0;
    tv_text(page, "file", verifica->fonte.tabella);
    tv_text(page, "secondo", verifica->fonte.regola);
    tv_text(page, "tabella", read->tabella);
    tv_text(page, "regola", read->regola);
    tv_bool(page, "guasta", !good);
    tv_bool(page, "in_ordine", good && verifica->cifre > 0 && verifica->scarti.count == 0);
    tv_bool(page, "senza_cifre", good && verifica->cifre == 0);
    tv_bool(page, "non_torna", good && verifica->scarti.count > 0);
    tv_printf(page, "cifre", "%zu", verifica->cifre);
    tv_printf(page, "righe", "%zu", verifica->def->righe_count);
    tv_text(page, "colonne", good ? names_of(cx, verifica->def) : NULL);
    show_faults(cx, page, verifica);
    show_scarti(cx, page, verifica);
}

bool tabella_page(struct cx *cx, struct web_req *req, struct web_res *res)
{
    struct tv *page = web_page(res, "riparto/verifica", "Verifica di una tabella");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, NULL, "Verifica");
    tv_bool(page, "letto", false);
    return show_form(cx, req, page);
}

static bool send_file(struct cx *cx, struct web_req *req, struct web_res *res,
                      const struct verifica *verifica, const char *ext)
{
    enum doc_format format;
    if (!web_may(cx, req, "riparto.esporta") || !doc_format_parse(ext, &format) ||
        format == DOC_HTML || verifica->faults->count > 0)
        return FAIL(cx, ERR_INPUT, "%s", message("riparto.formato"));
    return web_paper(cx, res, verifica_paper(cx, verifica), format, "verifica");
}

bool tabella_show(struct cx *cx, struct web_req *req, struct web_res *res)
{
    const struct richiesta_verifica *asked = web_form(req);
    const struct letto *read = web_carried(req);
    if (asked->formato != NULL)
        return send_file(cx, req, res, &read->verifica, asked->formato);
    struct tv *page = web_page(res, "riparto/verifica", "Verifica di una tabella");
    web_crumb(res, "/riparti", "Riparti");
    web_crumb(res, "/riparti/verifica", "Verifica");
    web_crumb(res, NULL, read->verifica.fonte.tabella);
    tv_bool(page, "letto", true);
    tv_bool(page, "comuni", asked->comuni);
    tv_bool(page, "si_esporta", web_may(cx, req, "riparto.esporta"));
    show_result(cx, page, read);
    prova_exports(cx, page, "");
    return show_form(cx, req, page);
}
