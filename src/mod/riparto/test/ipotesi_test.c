/* Hypotheses: what changes, what it makes of each payer, and what cannot be changed so. */
#include "base/test/cases.h"
#include "mod/riparto/ipotesi.h"

static struct arena arena;

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 128 << 20);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

static struct bytes demo(const char *name)
{
    char path[128];
    size_t size;
    snprintf(path, sizeof path, "src/mod/riparto/demo/%s", name);
    char *text = test_file(path, &size);
    struct bytes bytes = {(const unsigned char *)arena_strndup(&arena, text, size), size};
    free(text);
    return bytes;
}

static struct quadro *quadro_of(struct bytes text)
{
    struct definizione *def = ARENA_NEW(&arena, struct definizione);
    struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
    struct quadro *quadro = ARENA_NEW(&arena, struct quadro);
    const char *dove;
    definizione_read(&arena, (const char *)text.data, text.size, NULL, def, faults);
    if (faults->count > 0)
        fail_msg("%ld: %s: %s", faults->items[0].line, faults->items[0].column,
                 faults->items[0].text);
    ipotesi_balance(&arena, def);
    assert_int_equal(quadro_compute(&arena, def, quadro, &dove), RIPARTO_OK);
    return quadro;
}

static const struct ipotesi nothing = {.quota = {INT64_MIN}, .importo = {INT64_MIN}};

static struct quadro *changed(const char *name, const struct ipotesi *ipotesi)
{
    struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
    struct bytes text;
    ipotesi_apply(&arena, demo(name), ipotesi, &text, faults);
    if (faults->count > 0)
        fail_msg("%s: %s", faults->items[0].column, faults->items[0].text);
    return quadro_of(text);
}

/* What must hold of any comparison: sums, order, percentages. */
static void check_compared(const struct list *rows, const struct ipotesi_riga *total, size_t count)
{
    for (size_t h = 0; h < count; h++) {
        struct money sum = MONEY(0), apart = MONEY(0);
        LIST_EACH (rows, struct ipotesi_riga, row) {
            sum = money_add(sum, row->importi[h]);
            apart = money_add(apart, row->differenze[h]);
            assert_int_equal(row->differenze[h].cents,
                             row->importi[h].cents - row->importi[0].cents);
        }
        assert_int_equal(sum.cents, total->importi[h].cents);
        assert_int_equal(apart.cents, total->differenze[h].cents);
    }
}

static const struct ipotesi_riga *find(const struct list *rows, const char *name)
{
    LIST_EACH (rows, struct ipotesi_riga, row) {
        if (strcmp(row->nome, name) == 0)
            return row;
    }
    fail_msg("no row %s", name);
    return NULL;
}

/* Quota 34,20 to 36,00: 1,80 a head, 5,26 % for each. */
static void a_higher_quota(void **state)
{
    (void)state;
    struct ipotesi ipotesi = nothing;
    struct ipotesi_riga total;
    struct list rows;
    ipotesi.quota = MONEY(3600);
    const struct quadro *quadri[] = {quadro_of(demo("fondo_sociale_2025.tsv")),
                                     changed("fondo_sociale_2025.tsv", &ipotesi)};
    ipotesi_compare(&arena, quadri, 2, &rows, &total);
    check_compared(&rows, &total, 2);
    assert_int_equal(rows.count, 17);
    assert_string_equal(LIST_ITEM(&rows, struct ipotesi_riga, 0)->nome, "Clusone");
    assert_int_equal(LIST_ITEM(&rows, struct ipotesi_riga, 0)->differenze[1].cents, 8623 * 180);
    assert_int_equal(total.differenze[1].cents, 41814 * 180);
    LIST_EACH (&rows, struct ipotesi_riga, row)
        assert_int_equal(row->percenti[1], 526);
}

/* 20/80 to 30/70: the sum stays, with the largest remainder to the cent. */
static void other_weights(void **state)
{
    (void)state;
    static const char *const written[] = {"30/70", "30 % 70 %", "3/10 7/10", "30%;70%", "0,3 0.7"};
    for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
        struct ipotesi ipotesi = nothing;
        struct ipotesi_riga total;
        struct list rows;
        ipotesi.pesi = written[i];
        ipotesi.arrotonda = "resti";
        const struct quadro *quadri[] = {quadro_of(demo("sad_2025.tsv")),
                                         changed("sad_2025.tsv", &ipotesi)};
        ipotesi_compare(&arena, quadri, 2, &rows, &total);
        check_compared(&rows, &total, 2);
        assert_int_equal(total.importi[0].cents, 24000001);
        assert_int_equal(total.importi[1].cents, 24000000);
        /* 240 000 x (30 % x 2175/10514 + 70 % x 5509,13/22902,53), of over 65 and hours */
        assert_int_equal(find(&rows, "CLUSONE")->importi[1].cents, 5530826);
    }
}

/* A municipality leaves a union, a union leaves whole; what the others pay by head stays. */
static void some_leave(void **state)
{
    (void)state;
    struct ipotesi one = nothing, all = nothing;
    struct ipotesi_riga total;
    struct list rows;
    one.esce = "cerete";
    all.esce = "Unione Comuni della Presolana; Ardesio";
    const struct quadro *quadri[] = {quadro_of(demo("fondo_sociale_2025.tsv")),
                                     changed("fondo_sociale_2025.tsv", &one),
                                     changed("fondo_sociale_2025.tsv", &all)};
    ipotesi_compare(&arena, quadri, 3, &rows, &total);
    check_compared(&rows, &total, 3);
    const struct ipotesi_riga *first = LIST_ITEM(&rows, struct ipotesi_riga, 0);
    assert_string_equal(first->nome, "Unione Comuni della Presolana");
    assert_int_equal(first->differenze[1].cents, -1648 * 3420);
    assert_int_equal(first->percenti[2], -10000);
    assert_int_equal(find(&rows, "Ardesio")->importi[2].cents, 0);
    assert_int_equal(find(&rows, "Ardesio")->differenze[1].cents, 0);
    assert_int_equal(total.differenze[2].cents, -(8584 + 3313) * 3420);
}

/* Between margins the areas shrink with the payers, in proportion; both margins hold. */
static void margins_follow(void **state)
{
    (void)state;
    struct ipotesi ipotesi = nothing;
    ipotesi.esce = "Clusone";
    ipotesi.quota = MONEY(3600);
    const struct quadro *quadro = changed("aree_2025.tsv", &ipotesi);
    struct money all = MONEY(0);
    for (size_t i = 0; i < quadro->def->righe_count; i++) {
        assert_int_equal(quadro_due(quadro, i).cents, definizione_row_total(quadro->def, i).cents);
        all = money_add(all, quadro_due(quadro, i));
    }
    assert_int_equal(all.cents, (41814 - 8623) * 3600);
    for (size_t k = 0; k < quadro->def->colonne_count; k++)
        assert_int_equal(quadro->totali[k].cents, quadro->def->colonne[k].totale.cents);
}

static void a_different_amount_and_step(void **state)
{
    (void)state;
    struct ipotesi ipotesi = nothing;
    ipotesi.importo = MONEY(25000000);
    ipotesi.arrotonda = "resti";
    ipotesi.passo = "10,00";
    const struct quadro *quadro = changed("sad_2025.tsv", &ipotesi);
    assert_int_equal(quadro->totali[0].cents, 25000000);
    for (size_t i = 0; i < quadro->def->righe_count; i++)
        assert_int_equal(quadro_cell(quadro, i, 0).cents % 1000, 0);
}

/* A case: the file, what changes ("quota=36 pesi=…", parted by |), the first fault. */
static void one_fault(struct test_case *c)
{
    struct ipotesi ipotesi = nothing;
    struct definizione_faults *faults = ARENA_NEW(&arena, struct definizione_faults);
    struct bytes text;
    char *rest = NULL;
    char *line = arena_strdup(&arena, c->lines[0]);
    const char *file = strtok_r(line, "|", &rest);
    for (char *word = strtok_r(NULL, "|", &rest); word != NULL; word = strtok_r(NULL, "|", &rest)) {
        const char *value = strchr(word, '=') + 1;
        if (strncmp(word, "quota", 5) == 0)
            assert_true(money_parse(value, &ipotesi.quota));
        else if (strncmp(word, "importo", 7) == 0)
            assert_true(money_parse(value, &ipotesi.importo));
        else
            *(*word == 'p'   ? word[1] == 'e' ? &ipotesi.pesi : &ipotesi.passo
              : *word == 'a' ? &ipotesi.arrotonda
                             : &ipotesi.esce) = value;
    }
    ipotesi_apply(&arena, demo(file), &ipotesi, &text, faults);
    const char *found = faults->count == 0 ? "in ordine"
                                           : arena_printf(&arena, "%s: %s", faults->items[0].column,
                                                          faults->items[0].text);
    if (strcmp(found, c->lines[1]) != 0)
        case_fail(c, "«%s», not «%s»", found, c->lines[1]);
}

static void what_cannot_be_changed_is_said(void **state)
{
    (void)state;
    cases_run("src/mod/riparto/test/ipotesi.cases", 2, 14, one_fault);
}

/* Nothing changed is nothing changed, for every table there is. */
static void no_change_changes_nothing(void **state)
{
    (void)state;
    static const char *const files[] = {"aree_2025.tsv",          "costi_struttura_2024.tsv",
                                        "fondo_sociale_2025.tsv", "fsr_2024.tsv",
                                        "pal_2023.tsv",           "sad_2025.tsv"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct ipotesi_riga total;
        struct list rows;
        const struct quadro *quadri[] = {quadro_of(demo(files[i])), changed(files[i], &nothing)};
        ipotesi_compare(&arena, quadri, 2, &rows, &total);
        check_compared(&rows, &total, 2);
        LIST_EACH (&rows, struct ipotesi_riga, row)
            assert_int_equal(row->differenze[1].cents, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_higher_quota, setup, teardown),
        cmocka_unit_test_setup_teardown(other_weights, setup, teardown),
        cmocka_unit_test_setup_teardown(some_leave, setup, teardown),
        cmocka_unit_test_setup_teardown(margins_follow, setup, teardown),
        cmocka_unit_test_setup_teardown(a_different_amount_and_step, setup, teardown),
        cmocka_unit_test_setup_teardown(what_cannot_be_changed_is_said, setup, teardown),
        cmocka_unit_test_setup_teardown(no_change_changes_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
