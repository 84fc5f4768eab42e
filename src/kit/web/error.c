/* What goes wrong, in the user's words. What the program knows beyond goes to the log only. */
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

enum { PLAIN = 8 * 1024 };

struct status {
    int status;
    const char *title, *text;
};

static const struct status statuses[] = {
    {400, "Richiesta non valida", "La richiesta non è scritta come dovrebbe."},
    {403, "Richiesta rifiutata", "La richiesta non viene da una pagina di questo sito."},
    {404, "Pagina non trovata",
     "La pagina non esiste, oppure non riguarda il tuo lavoro. Controlla l’indirizzo o torna "
     "all’inizio."},
    {405, "Operazione non prevista", "Questa pagina non si può usare in questo modo."},
    {409, "Dati appena cambiati",
     "Qualcun altro ha modificato gli stessi dati nel frattempo. Ricarica, controlla e riprova."},
    {413, "Troppo grande", "Quello che hai inviato supera la dimensione ammessa."},
    {500, "Errore del programma",
     "Qualcosa non ha funzionato e nulla è stato salvato. Il numero qui sotto aiuta chi "
     "assiste."},
    {503, "Servizio occupato",
     "In questo momento il servizio non riesce a rispondere e nulla è stato salvato. Riprova tra "
     "poco."},
    {507, "Disco pieno",
     "Lo spazio per i dati è finito: si può leggere, ma non salvare. Avvisa chi gestisce il "
     "servizio. Nulla è andato perso."},
};
enum { STATUSES = sizeof statuses / sizeof *statuses };

static const struct status *find(int status)
{
    for (size_t i = 0; i < STATUSES; i++)
        if (statuses[i].status == status)
            return &statuses[i];
    return find(500);
}

static const int by_code[] = {
    [ERR_NONE] = 500,     [ERR_INPUT] = 400,   [ERR_NOT_FOUND] = 404,
    [ERR_CONFLICT] = 409, [ERR_BUSY] = 503,    [ERR_FULL] = 507,
    [ERR_IO] = 503,       [ERR_UNKNOWN] = 503, [ERR_INTERNAL] = 500,
};

int error_status(enum err_code code)
{
    return by_code[code];
}

const char *error_text(int status)
{
    return find(status)->text;
}

static void restart(struct web_req *req, int status)
{
    struct web_res *res = &req->res;
    bool close = res->close;
    struct cookie cookies[WEB_COOKIES];
    size_t count = res->cookie_count;
    memcpy(cookies, res->cookies, sizeof cookies);
    *res = (struct web_res){.req = req, .status = status, .cookie_count = count, .close = close};
    memcpy(res->cookies, cookies, sizeof cookies);
    res->retry = status == 503 ? 5 : 0;
}

/* Without the layout, which may be what failed; without any template when they fail too. */
static const char *plain_page(struct web_req *req, const struct status *found)
{
    const char *request = req->cx.request == NULL ? "" : req->cx.request;
    struct tv *page = tv_object(&req->arena);
    tv_text(page, "title", found->title);
    tv_text(page, "text", found->text);
    tv_int(page, "status", found->status);
    tv_text(page, "request", request);
    struct buf out;
    struct err err = {0};
    buf_init(&out, &req->arena, PLAIN);
    if (tmpls_has(req->web->config.templates, "layout/plain") &&
        tmpl_render(req->web->config.templates, "layout/plain", NULL, page, &out, &err))
        return out.data;
    return arena_printf(
        &req->arena,
        "<!DOCTYPE html>\n<html lang=\"it\"><head><meta charset=\"utf-8\"><title>%s</title></head>"
        "<body><main><h1>%s</h1><p>%s</p><p>%s</p></main></body></html>\n",
        found->title, found->title, found->text, request);
}

void error_plain(struct web_req *req, int status)
{
    restart(req, status);
    const char *text = plain_page(req, find(status));
    web_bytes(&req->res, "text/html; charset=utf-8",
              (struct bytes){(const unsigned char *)text, strlen(text)}, NULL);
    req->res.status = status;
}

void error_answer(struct web_req *req, int status, const char *text)
{
    const struct status *found = find(status);
    if (!tmpls_has(req->web->config.templates, "layout/error")) {
        error_plain(req, status);
        return;
    }
    restart(req, status);
    struct tv *page = web_page(&req->res, "layout/error", found->title);
    tv_int(page, "status", status);
    tv_text(page, "text", text == NULL ? found->text : text);
    tv_text(page, "request", req->cx.request);
    tv_int(page, "retry", req->res.retry > 0 ? req->res.retry : INT_NONE);
}

void error_log(struct web_req *req, const char *what, const struct err *err)
{
    fprintf(stderr, "zonale: %s %s: %s%s%s\n", req->cx.request == NULL ? "-" : req->cx.request,
            req->route == NULL ? "-" : req->route->path, what, err == NULL ? "" : ": ",
            err == NULL ? "" : err->text);
}
