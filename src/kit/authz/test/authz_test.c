#include "base/test/check.h"

#include "kit/authz/rules.h"
#include "kit/authz/test/oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = RUOLI * RELAZIONI * RISERVI * FINI * AZIONI, GOLDEN = 256 << 10 };

static struct authz_question cell(int n)
{
    struct authz_question q;
    q.action = (enum authz_action)(n % AZIONI), n /= AZIONI;
    q.purpose = (enum authz_purpose)(n % FINI), n /= FINI;
    q.sensitivity = (enum authz_sensitivity)(n % RISERVI), n /= RISERVI;
    q.relation = (enum authz_relation)(n % RELAZIONI), n /= RELAZIONI;
    q.role = (enum authz_role)n;
    return q;
}

static void print_cell(struct authz_question q)
{
    print_error("%s %s %s %s %s -> %s\n", authz_role_name(q.role), authz_relation_name(q.relation),
                authz_sensitivity_name(q.sensitivity), authz_purpose_name(q.purpose),
                authz_action_name(q.action), authz_decide(q).rule);
}

#define ALWAYS(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_cell(q);                                                                         \
            fail_msg("%s", #condition);                                                            \
        }                                                                                          \
    } while (0)

static enum authz_answer answer(struct authz_question q)
{
    return authz_decide(q).answer;
}

/* ---- the whole matrix ------------------------------------------------------------------- */

/* One line for each role, relation, sensitivity and purpose where something is allowed; one letter
 * for each action, in capitals when allowed, small when masked, a dot when denied. */
static void write_matrix(char *out)
{
    static const char letters[AZIONI + 1] = "ELCMXSA";
    for (int n = 0; n < CELLS; n += AZIONI) {
        char actions[AZIONI + 1] = "";
        bool any = false;
        for (int action = 0; action < AZIONI; action++) {
            enum authz_answer is = answer(cell(n + action));
            any = any || is != AUTHZ_DENY;
            actions[action] = is == AUTHZ_ALLOW    ? letters[action]
                              : is == AUTHZ_MASKED ? (char)(letters[action] | 0x20)
                                                   : '.';
        }
        struct authz_question q = cell(n);
        if (any)
            out += sprintf(out, "%-14s %-12s %-14s %-14s %s\n", authz_role_name(q.role),
                           authz_relation_name(q.relation), authz_sensitivity_name(q.sensitivity),
                           authz_purpose_name(q.purpose), actions);
    }
}

static void the_matrix_is_the_golden_one(void **state)
{
    (void)state;
    char path[512];
    char *now = calloc(1, GOLDEN), *golden = calloc(1, GOLDEN);
    assert_non_null(getenv("ZONALE_SOURCE"));
    snprintf(path, sizeof path, "%s/src/kit/authz/test/matrix.golden", getenv("ZONALE_SOURCE"));
    write_matrix(now);
    if (getenv("ZONALE_GOLDEN") != NULL) { /* rewrite; then read the diff */
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fputs(now, file);
        fclose(file);
    }
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(golden, 1, GOLDEN - 1, file) > 0);
    fclose(file);
    assert_string_equal(now, golden);
    free(now);
    free(golden);
}

static void the_second_statement_agrees_on_every_cell(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        ALWAYS(answer(q) == oracle_answer(q));
    }
}

static void few_cells_are_open(void **state)
{
    (void)state;
    int allowed = 0, masked = 0;
    for (int n = 0; n < CELLS; n++) {
        allowed += answer(cell(n)) == AUTHZ_ALLOW;
        masked += answer(cell(n)) == AUTHZ_MASKED;
    }
    assert_int_equal(CELLS, 27720);
    assert_in_range(allowed + masked, 1, CELLS / 20); /* under 5 % */
    assert_in_range(masked, 1, 60);
}

/* ---- laws ------------------------------------------------------------------------------- */

static void conflict_blocks_everything(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        if (q.relation == RELAZIONE_CONFLITTO)
            ALWAYS(answer(q) == AUTHZ_DENY);
    }
}

static void violence_is_seen_by_the_team_only(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        bool team = q.relation == RELAZIONE_EQUIPE || q.relation == RELAZIONE_RESPONSABILE;
        bool social = q.role == RUOLO_ASSISTENTE || q.role == RUOLO_COORDINATORE;
        if (q.sensitivity == RISERVO_ANTIVIOLENZA && !(team && social))
            ALWAYS(answer(q) == AUTHZ_DENY);
    }
}

static void emergency_reads_and_never_exports(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        bool reads = q.action == AZIONE_ELENCA || q.action == AZIONE_LEGGI;
        bool content = q.sensitivity > RISERVO_PUBBLICO;
        if (q.relation == RELAZIONE_EMERGENZA && content)
            ALWAYS(answer(q) == AUTHZ_DENY || (reads && q.purpose == FINE_CURA));
    }
    struct authz_question opened = {RUOLO_ASSISTENTE, RELAZIONE_EMERGENZA, RISERVO_GIUDIZIARIO,
                                    FINE_CURA, AZIONE_LEGGI};
    assert_int_equal(answer(opened), AUTHZ_ALLOW);
}

static void roles_without_content_have_none(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        if (q.role == RUOLO_AMMINISTRATORE || q.role == RUOLO_LAVORO || q.role == RUOLO_SINDACO ||
            q.role == RUOLO_NESSUNO)
            ALWAYS(q.sensitivity < RISERVO_PERSONALE || answer(q) == AUTHZ_DENY);
        if (q.role == RUOLO_SINDACO || q.role == RUOLO_NESSUNO)
            ALWAYS(q.sensitivity == RISERVO_PUBBLICO || answer(q) == AUTHZ_DENY);
        if (q.purpose == FINE_PROGRAMMAZIONE) /* statistics never name anybody */
            ALWAYS(q.sensitivity < RISERVO_PERSONALE || answer(q) == AUTHZ_DENY);
        if (q.role == RUOLO_UFFICIO_PIANO && q.relation != RELAZIONE_EQUIPE)
            ALWAYS(q.sensitivity < RISERVO_PERSONALE || answer(q) == AUTHZ_DENY);
        if (q.role == RUOLO_REVISORE && q.sensitivity >= RISERVO_PERSONALE)
            ALWAYS(answer(q) != AUTHZ_ALLOW);
        if (q.role == RUOLO_SPORTELLO || q.role == RUOLO_EROGATORE)
            ALWAYS(q.sensitivity <= RISERVO_PERSONALE || answer(q) == AUTHZ_DENY);
    }
}

static void the_front_desk_sees_names_masked(void **state)
{
    (void)state;
    struct authz_question q = {RUOLO_SPORTELLO, RELAZIONE_AMBITO, RISERVO_PERSONALE, FINE_CURA,
                               AZIONE_LEGGI};
    assert_int_equal(answer(q), AUTHZ_MASKED);
    q.relation = RELAZIONE_ENTE;
    assert_int_equal(answer(q), AUTHZ_MASKED);
    q.action = AZIONE_CREA;
    assert_int_equal(answer(q), AUTHZ_ALLOW);
}

static void only_the_administrator_administers(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        if (q.action == AZIONE_AMMINISTRA || q.purpose == FINE_GESTIONE)
            ALWAYS(answer(q) == AUTHZ_DENY || q.role == RUOLO_AMMINISTRATORE);
    }
}

static void a_stranger_to_the_ambito_sees_what_is_published(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        if (q.relation == RELAZIONE_NESSUNA)
            ALWAYS(answer(q) == AUTHZ_DENY || q.sensitivity == RISERVO_PUBBLICO);
    }
}

static int openness(enum authz_answer is)
{
    return is == AUTHZ_ALLOW ? 2 : is == AUTHZ_MASKED ? 1 : 0;
}

static void more_secret_is_never_more_open(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n), raised = q;
        if (q.sensitivity == RISERVO_ANTIVIOLENZA)
            continue;
        raised.sensitivity = (enum authz_sensitivity)(q.sensitivity + 1);
        ALWAYS(openness(answer(raised)) <= openness(answer(q)));
    }
}

static void what_is_masked_is_only_looked_at(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n);
        if (answer(q) == AUTHZ_MASKED)
            ALWAYS(q.action == AZIONE_ELENCA || q.action == AZIONE_LEGGI);
    }
}

static void the_responsible_sees_no_less_than_the_team(void **state)
{
    (void)state;
    for (int n = 0; n < CELLS; n++) {
        struct authz_question q = cell(n), lead = q;
        bool social = q.role == RUOLO_ASSISTENTE || q.role == RUOLO_COORDINATORE;
        if (q.relation != RELAZIONE_EQUIPE || !social)
            continue;
        lead.relation = RELAZIONE_RESPONSABILE;
        ALWAYS(openness(answer(lead)) >= openness(answer(q)));
    }
}

static void what_is_not_known_is_denied(void **state)
{
    (void)state;
    static const int strange[] = {-1, 64, 1000, INT32_MAX, INT32_MIN};
    struct authz_question good = {RUOLO_ASSISTENTE, RELAZIONE_RESPONSABILE, RISERVO_PUBBLICO,
                                  FINE_CURA, AZIONE_LEGGI};
    assert_int_equal(answer(good), AUTHZ_ALLOW);
    for (size_t i = 0; i < 6; i++) {
        struct authz_question q[5] = {good, good, good, good, good};
        q[0].role = (enum authz_role)(i < 5 ? strange[i] : RUOLI);
        q[1].relation = (enum authz_relation)(i < 5 ? strange[i] : RELAZIONI);
        q[2].sensitivity = (enum authz_sensitivity)(i < 5 ? strange[i] : RISERVI);
        q[3].purpose = (enum authz_purpose)(i < 5 ? strange[i] : FINI);
        q[4].action = (enum authz_action)(i < 5 ? strange[i] : AZIONI);
        for (size_t j = 0; j < 5; j++) {
            assert_int_equal(answer(q[j]), AUTHZ_DENY);
            assert_string_equal(authz_decide(q[j]).rule, "nega");
        }
    }
}

/* ---- the table itself ------------------------------------------------------------------- */

static bool matrix_differs(const struct authz_rule *rules, size_t count)
{
    for (int n = 0; n < CELLS; n++)
        if (authz_decide_by(rules, count, cell(n)).answer != answer(cell(n)))
            return true;
    return false;
}

/* Mutation: a rule that can be taken away unnoticed is not tested, or not needed. The blocks are
 * a second wall: what they forbid, no row may give, so without them nothing may open. */
static void every_rule_is_needed(void **state)
{
    (void)state;
    struct authz_rule *rules = calloc(authz_rules_count, sizeof *rules);
    for (size_t out = 0; out < authz_rules_count; out++) {
        size_t count = 0;
        for (size_t i = 0; i < authz_rules_count; i++)
            if (i != out)
                rules[count++] = authz_rules[i];
        if (!matrix_differs(rules, count) && authz_rules[out].answer != AUTHZ_DENY)
            fail_msg("la regola %s non serve", authz_rules[out].name);
    }
    free(rules);
}

/* Each row widened by one relation or one action must be seen by the laws or the oracle. */
static void a_widened_rule_is_noticed(void **state)
{
    (void)state;
    struct authz_rule *rules = calloc(authz_rules_count, sizeof *rules);
    int widened = 0, noticed = 0;
    for (size_t i = 0; i < authz_rules_count; i++) {
        for (unsigned bit = 0; bit < RELAZIONI + AZIONI; bit++) {
            memcpy(rules, authz_rules, authz_rules_count * sizeof *rules);
            unsigned *set = bit < RELAZIONI ? &rules[i].relations : &rules[i].actions;
            unsigned mask = 1u << (bit < RELAZIONI ? bit : bit - RELAZIONI);
            if ((*set & mask) != 0 || rules[i].answer == AUTHZ_DENY)
                continue;
            *set |= mask;
            bool differs = matrix_differs(rules, authz_rules_count);
            bool seen = false;
            for (int n = 0; differs && !seen && n < CELLS; n++)
                seen = authz_decide_by(rules, authz_rules_count, cell(n)).answer !=
                       oracle_answer(cell(n));
            widened += differs;
            noticed += seen;
        }
    }
    assert_true(widened > 200);
    assert_int_equal(noticed, widened);
    free(rules);
}

static void names_are_unique_and_come_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < authz_rules_count; i++) {
        assert_true(strlen(authz_rules[i].reason) > 10);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(authz_rules[i].name, authz_rules[j].name);
    }
    for (int role = 0; role < RUOLI; role++)
        assert_int_equal(authz_role_parse(authz_role_name((enum authz_role)role)), role);
    assert_int_equal(authz_role_parse("Assistente"), RUOLI);
    assert_int_equal(authz_role_parse(NULL), RUOLI);
    assert_int_equal(authz_role_parse(""), RUOLI);
    for (int relation = 0; relation < RELAZIONI; relation++)
        assert_int_equal(authz_relation_parse(authz_relation_name((enum authz_relation)relation)),
                         relation);
    assert_int_equal(authz_relation_parse("?"), RELAZIONI);
    assert_string_equal(authz_role_name(RUOLI), "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_matrix_is_the_golden_one),
        cmocka_unit_test(the_second_statement_agrees_on_every_cell),
        cmocka_unit_test(few_cells_are_open),
        cmocka_unit_test(conflict_blocks_everything),
        cmocka_unit_test(violence_is_seen_by_the_team_only),
        cmocka_unit_test(emergency_reads_and_never_exports),
        cmocka_unit_test(roles_without_content_have_none),
        cmocka_unit_test(the_front_desk_sees_names_masked),
        cmocka_unit_test(only_the_administrator_administers),
        cmocka_unit_test(a_stranger_to_the_ambito_sees_what_is_published),
        cmocka_unit_test(more_secret_is_never_more_open),
        cmocka_unit_test(what_is_masked_is_only_looked_at),
        cmocka_unit_test(the_responsible_sees_no_less_than_the_team),
        cmocka_unit_test(what_is_not_known_is_denied),
        cmocka_unit_test(every_rule_is_needed),
        cmocka_unit_test(a_widened_rule_is_noticed),
        cmocka_unit_test(names_are_unique_and_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
