/* Documents through the pages: what goes in comes out, sealed meanwhile; who may not, does not. */
#include "mod/cartella/documento.h"

#include "mod/cartella/cartella.h"
#include "mod/cartella/test/walk.h"
#include "mod/utenti/utenti.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PDF "%PDF-1.7\n"

/* Sends a file of `size` bytes that begins with `start`. */
static void upload(struct walk *w, const char *href, const char *name, const char *riserbo,
                   const char *start, size_t size)
{
    const char *page = text(w, href, "/documenti/nuovo");
    size_t room = size + 4000;
    char *body = malloc(room);
    assert_non_null(body);
    test_get(&w->web, page);
    int head = snprintf(
        body, room,
        "--z\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
        "--z\r\nContent-Disposition: form-data; name=\"oggetto\"\r\n\r\nVerbale di prova\r\n"
        "--z\r\nContent-Disposition: form-data; name=\"giorno\"\r\n\r\n10/03/2025\r\n"
        "--z\r\nContent-Disposition: form-data; name=\"riserbo\"\r\n\r\n%s\r\n"
        "--z\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
        "Content-Type: application/octet-stream\r\n\r\n",
        test_token(&w->web), riserbo, name);
    for (size_t i = 0; i < size; i++)
        body[(size_t)head + i] = (char)('a' + i % 23);
    size_t begin = strlen(start) < size ? strlen(start) : size;
    memcpy(body + head, start, begin);
    size_t used = (size_t)head + size;
    used += (size_t)snprintf(body + used, room - used, "\r\n--z--\r\n");
    test_post_raw(&w->web, page, "multipart/form-data; boundary=z", body, used);
    free(body);
}

/* The address of the first document on the record's page; NULL = none. */
static const char *first_document(struct walk *w, const char *href)
{
    test_get(&w->web, href);
    assert_int_equal(w->web.status, 200);
    for (const char *at = w->web.body; (at = strstr(at, "/documenti/")) != NULL; at++)
        if (strncmp(at, "/documenti/nuovo", 16) != 0)
            return text(w, href, arena_strndup(w->web.db.cx.arena, at, strcspn(at, "\"")));
    return NULL;
}

static const char *scene(struct walk *w)
{
    start(w);
    return take_charge(w, enter_maria(w), "");
}

static void test_in_and_out(void **state)
{
    (void)state;
    static const size_t sizes[] = {20, DOCUMENTO_PARTE, DOCUMENTO_PARTE + 1, DOCUMENTO_MASSIMO};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct walk w;
        const char *href = scene(&w);
        upload(&w, href, "verbale.pdf", "particolare", PDF, sizes[i]);
        assert_int_equal(w.web.status, 303);
        const char *document = first_document(&w, href);
        assert_has(w.web.body, "Verbale di prova");
        assert_non_null(document);
        gets(&w, document, 200);
        assert_int_equal(w.web.body_size, sizes[i]);
        assert_memory_equal(w.web.body, PDF, strlen(PDF));
        for (size_t at = strlen(PDF); at < sizes[i]; at++)
            if (w.web.body[at] != (char)('a' + at % 23))
                fail_msg("byte %zu of %zu", at, sizes[i]);
        assert_has(test_header(&w.web, "Content-Disposition"), "attachment");
        assert_string_equal(test_header(&w.web, "X-Content-Type-Options"), "nosniff");
        assert_string_equal(test_header(&w.web, "Content-Type"), "application/pdf");
        finish(&w);
    }
}

static void test_refused(void **state)
{
    (void)state;
    struct walk w;
    const char *href = scene(&w);
    static const struct {
        const char *name, *start;
        size_t size;
        int status;
    } cases[] = {
        {"pagina.html", "<html><script>", 200, 422},
        {"verbale.pdf", "MZ\x90\x01", 200, 422},
        {"avvia.bat", "echo", 200, 422},
        {"vuoto.txt", "", 0, 422},
        {"foto.svg", "<svg onload=x>", 200, 422},
        {"foto.jpg", PDF, 200, 422},
        {"grande.pdf", PDF, DOCUMENTO_MASSIMO + 1, 422},
        {"enorme.pdf", PDF, DOCUMENTO_MASSIMO + 200000, 413},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        upload(&w, href, cases[i].name, "particolare", cases[i].start, cases[i].size);
        if (w.web.status != cases[i].status)
            fail_msg("%s: %d, wanted %d\n%s", cases[i].name, w.web.status, cases[i].status,
                     w.web.body);
    }
    assert_null(first_document(&w, href));
    finish(&w);
}

/* A court's act: whole for who follows the case, known to exist for the coordinator, nothing for
 * colleagues; one of violence not even that; and none through another record's address. */
static void test_who_sees(void **state)
{
    (void)state;
    struct walk w;
    const char *href = scene(&w);
    upload(&w, href, "decreto.pdf", "giudiziario", PDF, 500);
    const char *act = first_document(&w, href);
    assert_has(w.web.body, "Atti giudiziari");
    const char *other =
        take_charge(&w, sends(&w, "/persone/nuova", "cognome=Bianchi&nome=Luca&versione=0"), "");
    gets(&w, text(&w, other, strstr(act, "/documenti/")), 404);
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    assert_null(first_document(&w, href));
    assert_has(w.web.body, "Atto riservato");
    assert_has_not(w.web.body, "Verbale di prova");
    gets(&w, act, 404);
    upload(&w, href, "altro.pdf", "giudiziario", PDF, 500); /* she could not read it again */
    assert_int_equal(w.web.status, 422);
    act_as(&w, w.bruno, RUOLO_ASSISTENTE, w.clusone);
    test_get(&w.web, act);
    assert_true(w.web.status == 403 || w.web.status == 404);
    act_as(&w, w.anna, RUOLO_ASSISTENTE, w.clusone);
    upload(&w, other, "denuncia.pdf", "antiviolenza", PDF, 500);
    assert_int_equal(w.web.status, 303);
    act_as(&w, w.carla, RUOLO_COORDINATORE, w.clusone);
    assert_null(first_document(&w, other));
    assert_has(w.web.body, "Non ci sono ancora documenti");
    finish(&w);
}

static bool damage(struct cx *cx, void *data)
{
    static const struct db_sql swap = {
        "swap",
        "UPDATE documento_parte SET contenuto = (SELECT p.contenuto FROM documento_parte p"
        " WHERE p.documento = documento_parte.documento AND p.numero = 2) WHERE numero = 1"};
    (void)data;
    return db_do(cx, &swap, DB_NO_ARGS, NULL);
}

/* A piece in the place of another does not open, and what lies in the base is not to be read. */
static void test_pieces_stay_in_place(void **state)
{
    (void)state;
    struct walk w;
    const char *href = scene(&w);
    upload(&w, href, "verbale.pdf", "particolare", PDF, (size_t)3 * DOCUMENTO_PARTE);
    const char *document = first_document(&w, href);
    gets(&w, document, 200);
    test_write(&w.web.db, damage, NULL);
    test_get(&w.web, document);
    assert_true(w.web.status >= 500);
    assert_has_not(w.web.body, "abcdef");
    finish(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_and_out),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_who_sees),
        cmocka_unit_test(test_pieces_stay_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
