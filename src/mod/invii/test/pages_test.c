/* A referral between two bodies: sent, accepted or refused, concluded; unseen by a third. */
#include "mod/accesso/accesso.h"
#include "mod/invii/store.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/test/scene.h"
#include "mod/utenti/utenti.h"

#include <string.h>

static struct test_web web;
static struct scene s;
static const struct db_schema *schemas[20];
static struct contatto contatto;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 12, 20)).us + INT64_C(36000000000)};
}

static struct id stranger; /* a worker of whatever body he is put in */

static bool add_contact(struct cx *cx, void *data)
{
    const struct utente_nuovo nuovo = {.nome = "bruno.neri",
                                       .intestazione = "Bruno Neri",
                                       .ruolo = "assistente",
                                       .ente = s.comune,
                                       .dal = DAY_NONE,
                                       .password = "una frase lunga di prova",
                                       .hash = "nessuno",
                                       .keep = true};
    struct utente_rifiuto refusal = {0};
    const char *password;
    return utente_create(cx, &nuovo, &stranger, &password, &refusal) && refusal.testo == NULL &&
           contatto_save(cx, data);
}

static int open_scene(void **state)
{
    static const struct web_route *tables[2];
    size_t count = 0;
    (void)state;
    while (scene_schemas[count] != NULL) {
        schemas[count] = scene_schemas[count];
        count++;
    }
    schemas[count] = &invii_schema;
    tables[0] = invii_module.routes;
    scene_web(&s, &web,
              &(struct test_web_parts){.schemas = schemas, .routes = tables, .clock = clock_at});
    contatto = (struct contatto){.ente = s.comune,
                                 .persona = s.persona,
                                 .giorno = day_of(2025, 3, 1),
                                 .canale = "sportello",
                                 .area = "anziani",
                                 .esito = "invio",
                                 .inviato_a = s.coop,
                                 .minuti = {15},
                                 .richiesta = "Chiede una visita a casa"};
    test_write(&web.db, add_contact, &contatto);
    return 0;
}

static int close_scene(void **state)
{
    (void)state;
    test_web_close(&web);
    return 0;
}

static const char *text(const char *a, const char *b)
{
    return arena_printf(&web.db.arena, "%s%s", a, b);
}

static const char *path(struct id id, const char *before, const char *after)
{
    char buffer[ID_TEXT];
    return arena_printf(&web.db.arena, "%s%s%s", before, id_text(id, buffer), after);
}

static void send(const char *page, const char *form, int status)
{
    test_post(&web, page, page, form);
    if (web.status != status)
        fail_msg("%s %s: %d\n%s", page, form, web.status, web.body);
}

static void as(struct id utente, struct id ente)
{
    test_host()->who.utente = utente;
    test_host()->who.ente = ente;
}

static void gets(const char *page, int status)
{
    test_get(&web, page);
    if (web.status != status)
        fail_msg("%s: %d\n%s", page, web.status, web.body);
}

/* Sent by the worker to the other body; its address. */
static const char *sent(void)
{
    const char *page = path(contatto.id, "/contatti/", "/invia");
    gets(page, 200);
    assert_has(web.body, "Chiede una visita a casa");
    assert_has(web.body, "19/01/2026");
    send(page, path(s.coop, "a=", "&termine=10/01/2026&testo=Valutare+a+casa"), 303);
    const char *one = arena_strdup(&web.db.arena, web.location);
    gets(one, 200); /* takes the notice away, which says the day */
    return one;
}

static void the_outcome_comes_back(void **state)
{
    (void)state;
    const char *one = sent();
    gets(one, 200);
    assert_has(web.body, "Da accettare");
    assert_has(web.body, "Valutare a casa");
    assert_has(web.body, "Ritira l’invio");
    assert_has_not(web.body, "Rifiuta l’invio");
    send(text(one, "/accetta"), "versione=1", 422); /* not its own step */
    as(stranger, s.coop);
    gets("/invii?in_attesa=1", 200);
    assert_has(web.body, "10/01/2026");
    send(text(one, "/concludi"), "versione=1&testo=Fatto", 422);
    send(text(one, "/accetta"), "versione=1", 303);
    send(text(one, "/accetta"), "versione=1", 422); /* twice */
    send(text(one, "/concludi"), "versione=2", 422);
    assert_has(web.body, "Scrivi il testo");
    send(text(one, "/concludi"), "versione=2&testo=Presa+in+carico+dal+lunedì", 303);
    gets("/invii?in_attesa=1", 200);
    assert_has_not(web.body, "10/01/2026");
    as(s.lavoratrice, s.comune);
    gets(one, 200);
    assert_has(web.body, "Presa in carico dal lunedì");
    struct list notices;
    test_read(&web.db);
    TEST_OK(&web.db.cx, avviso_list(&web.db.cx, 10, &notices));
    test_read_end(&web.db);
    assert_int_equal(notices.count, 2); /* accepted, concluded */
}

static void a_refusal_has_its_reason(void **state)
{
    (void)state;
    const char *one = sent();
    as(stranger, s.coop);
    send(text(one, "/rifiuta"), "versione=1", 422);
    send(text(one, "/rifiuta"), "versione=1&testo=Non+risiede+qui", 303);
    gets(one, 200);
    assert_has(web.body, "Non risiede qui");
    send(text(one, "/accetta"), "versione=2", 422);
}

static void a_third_body_sees_nothing(void **state)
{
    (void)state;
    const char *one = sent();
    as(stranger, s.altra);
    gets("/invii", 200);
    assert_has_not(web.body, "10/01/2026");
    gets(one, 404);
    gets(text(one, "/accetta"), 404);
    as(stranger, s.ambito);
    gets("/invii", 200);
    assert_has(web.body, "10/01/2026");
    gets(one, 200);
}

static bool keep_apart(struct cx *cx, void *data)
{
    struct persona persona;
    (void)data;
    if (!persona_load(cx, s.persona, &persona))
        return false;
    persona.riservata = true;
    return persona_save(cx, &persona);
}

static void who_is_kept_apart_is_in_no_queue(void **state)
{
    (void)state;
    const char *one = sent();
    test_write(&web.db, keep_apart, NULL);
    send(path(contatto.id, "/contatti/", "/invia"),
         path(s.coop, "a=", "&termine=10/01/2026&testo=Di+nuovo"), 422);
    as(stranger, s.coop);
    gets("/invii", 200);
    assert_has_not(web.body, "10/01/2026");
    gets(one, 404);
    as(s.lavoratrice, s.comune);
    gets(one, 200);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    const char *page = path(contatto.id, "/contatti/", "/invia");
    send(page, path(s.comune, "a=", "&termine=10/01/2026&testo=A+noi"), 422);
    assert_has(web.body, "Scegli un altro ente.");
    send(page, path(s.coop, "a=", "&termine=19/12/2025&testo=Ieri"), 422);
    send(page, path(s.coop, "a=", "&termine=10/01/2026&testo="), 422);
    send(page, path(s.persona, "a=", "&termine=10/01/2026&testo=A+nessuno"), 422);
    gets("/invii/0000000000077", 404);
}

static void statements_are_sound(void **state)
{
    (void)state;
    test_read(&web.db);
    TEST_OK(&web.db.cx,
            db_prepare_all(&web.db.cx, (const struct db_registry *const[]){&invii_registry, NULL}));
    test_read_end(&web.db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_scene, close_scene)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_outcome_comes_back),    TEST(a_refusal_has_its_reason),
        TEST(a_third_body_sees_nothing), TEST(who_is_kept_apart_is_in_no_queue),
        TEST(what_is_wrong_is_said),     TEST(statements_are_sound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
