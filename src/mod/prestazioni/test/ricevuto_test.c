/* What a household received: added up by year, and only what may be read. */
#include "mod/cartella/cartella.h"
#include "mod/persone/persone.h"
#include "mod/prestazioni/ricevuto.h"
#include "mod/prestazioni/test/scene.h"
#include "mod/utenti/utenti.h"

#include <string.h>

static struct test_web web;
static struct scene s;
static struct prestazione own, hers;

static struct instant clock_at(void)
{
    return (struct instant){instant_of_day(day_of(2025, 3, 31)).us + INT64_C(36000000000)};
}

static bool add_logged(struct cx *cx, struct prestazione *p)
{
    struct prestazione_faults faults = {.arena = cx->arena};
    struct griglia griglia = {.mese = day_of(2025, 3, 1), .quantita = {0, 0, 120, 0, 60}};
    return prestazione_add(cx, p, &faults) && faults.count == 0 &&
           griglia_save(cx, p->id, &griglia, 0, &faults) && faults.count == 0;
}

static bool build_own(struct cx *cx, void *data)
{
    (void)data;
    own = scene_sad(&s);
    return add_logged(cx, &own);
}

static bool make_worker(struct cx *cx, void *data)
{
    const struct utente_nuovo nuovo = {.nome = "bruna.verdi",
                                       .intestazione = "Bruna Verdi",
                                       .ruolo = "assistente",
                                       .ente = s.comune,
                                       .dal = DAY_NONE,
                                       .password = "un’altra frase lunga",
                                       .hash = "nessuno",
                                       .keep = true};
    struct utente_rifiuto refusal = {0};
    const char *password;
    return utente_create(cx, &nuovo, data, &password, &refusal) && refusal.testo == NULL;
}

struct housemate {
    struct id worker, persona;
    int64_t riserbo;
};

/* Somebody who lives with the person, with a record and hours of her own. */
static bool build_housemate(struct cx *cx, void *data)
{
    struct housemate *mate = data;
    struct persona persona = {.cognome = "Altrui",
                              .nome = "Vera",
                              .comune = s.comune,
                              .nascita = day_of(1970, 1, 2),
                              .morte = DAY_NONE};
    struct componente first = {.persona = s.persona,
                               .parentela = "riferimento",
                               .dal = day_of(2020, 1, 1),
                               .al = DAY_NONE};
    const char *reason = NULL;
    if (!persona_save(cx, &persona) || !nucleo_join(cx, &first, &reason) || reason != NULL)
        return false;
    struct componente second = {.nucleo = first.nucleo,
                                .persona = persona.id,
                                .parentela = "figlia",
                                .dal = day_of(2020, 1, 1),
                                .al = DAY_NONE};
    const struct presa_nuova presa = {.persona = persona.id,
                                      .ente = s.comune,
                                      .responsabile = mate->worker,
                                      .tipo_utente = "anziani",
                                      .riserbo = mate->riserbo,
                                      .dal = day_of(2025, 1, 10),
                                      .motivo = "Richiesta"};
    mate->persona = persona.id;
    hers = scene_sad(&s);
    return nucleo_join(cx, &second, &reason) && reason == NULL &&
           presa_open(cx, &presa, &hers.cartella) && add_logged(cx, &hers);
}

static void open_scene(int64_t riserbo)
{
    const struct web_route *const tables[] = {prestazioni_module.routes, NULL};
    struct housemate mate = {.riserbo = riserbo};
    scene_web(
        &s, &web,
        &(struct test_web_parts){.schemas = scene_schemas, .routes = tables, .clock = clock_at});
    test_write(&web.db, build_own, NULL);
    test_write(&web.db, make_worker, &mate.worker);
    web.db.who.utente = mate.worker;
    test_write(&web.db, build_housemate, &mate);
    scene_as_worker(&s);
    test_host()->who = web.db.who;
}

static const char *page(const char *tail)
{
    char id[ID_TEXT];
    return arena_printf(&web.db.arena, "/cartelle/%s/ricevuto%s", id_text(s.cartella, id), tail);
}

static void the_household_is_added_up(void **state)
{
    (void)state;
    open_scene(RISERVO_PARTICOLARE);
    test_get(&web, page(""));
    assert_int_equal(web.status, 200);
    assert_has(web.body, "2025");
    assert_has(web.body, "D’Amèlio Nicolò");
    assert_has(web.body, "Altrui Vera");
    assert_has(web.body, "3:00 ore");
    assert_has(web.body, "86,64 €");  /* 3 × 28,88 */
    assert_has(web.body, "173,28 €"); /* both */
    test_get(&web, page("/foglio"));
    assert_int_equal(web.status, 200);
    assert_has(web.body, "Anno;Persona;Servizio");
    assert_has(web.body, ";86,64;");
    test_web_close(&web);
}

static void violence_is_not_told_by_a_sum(void **state)
{
    (void)state;
    open_scene(RISERVO_ANTIVIOLENZA);
    test_get(&web, page(""));
    assert_int_equal(web.status, 200);
    assert_has(web.body, "86,64 €");
    assert_has_not(web.body, "Altrui");
    assert_has_not(web.body, "173,28");
    test_get(&web, page("/foglio"));
    assert_has_not(web.body, "Altrui");
    scene_as_provider(&s, s.coop);
    test_host()->who = web.db.who;
    test_get(&web, page("")); /* its own hours, not the household's */
    assert_int_equal(web.status, 404);
    test_web_close(&web);
}

static struct ricevuto_mese month_of(int64_t id, int year, int month, struct money retta)
{
    return (struct ricevuto_mese){.prestazione = {id},
                                  .mese = day_of(year, month, 1),
                                  .quantita = 60,
                                  .retta = retta,
                                  .costo = MONEY(1000),
                                  .spesa = MONEY(900)};
}

static void years_stand_apart(void **state)
{
    (void)state;
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct ricevuto_mese items[] = {
        month_of(1, 2025, 2, MONEY(100)), month_of(1, 2025, 1, MONEY(100)),
        month_of(2, 2025, 1, MONEY_INVALID), month_of(1, 2024, 12, MONEY(7))};
    struct list mesi = {items, 4, sizeof *items, true}, anni;
    ricevuto_add(&arena, &mesi, &anni);
    assert_int_equal(anni.count, 3);
    assert_true(anni.clipped);
    const struct ricevuto_anno *first = LIST_ITEM(&anni, struct ricevuto_anno, 0);
    assert_int_equal(first->quantita, 120);
    assert_int_equal(first->retta.cents, 200);
    assert_false(money_ok(LIST_ITEM(&anni, struct ricevuto_anno, 1)->retta));
    assert_int_equal(LIST_ITEM(&anni, struct ricevuto_anno, 1)->spesa.cents, 900);
    assert_int_equal(LIST_ITEM(&anni, struct ricevuto_anno, 2)->anno, 2024);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_household_is_added_up),
        cmocka_unit_test(violence_is_not_told_by_a_sum),
        cmocka_unit_test(years_stand_apart),
    };
    return cmocka_run_group_tests_name("prestazioni/ricevuto", tests, NULL, NULL);
}
