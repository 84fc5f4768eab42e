/* Ten million fees on the published plans, beside a bare loop over the bands.
 *
 *     bench_rette [SOURCE]       SOURCE: root of the source tree, for the table of fees
 *
 * The bare loop is what one would write by hand for one plan: no dates, no checks, no holiday rate.
 * All run on one core, in turn, the best of five each: fees each on its day, and all on one day
 * (the line of "one day" is what bench/figures/rette.py sets beside NumPy). Exit 1 when the program
 * takes more than twice the time of the bare loop, or when they disagree anywhere.
 */
#include "mod/rette/tariffe.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PAIRS = 10 * 1000 * 1000, ROUNDS = 5, RATIO_MAX = 2 };

struct bare { /* one plan by hand */
    int64_t ends[FASCE_MAX], amounts[FASCE_MAX];
    int64_t top, least, rise;
};

static struct money *isee, *fees;
static struct day *days;
static int64_t *plain;
static int32_t *asked, *due;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void make_questions(void)
{
    uint64_t chance = 2025;
    int32_t first = day_of(2025, 1, 1).n;
    for (size_t i = 0; i < PAIRS; i++) {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        isee[i] = MONEY((int64_t)(chance % 6500000));
        asked[i] = (int32_t)isee[i].cents;
        days[i] = (struct day){first + (int32_t)((chance >> 32) % 365)};
    }
}

static void make_bare(const struct piano *piano, struct bare *bare)
{
    for (size_t i = 0; i < piano->fasce_count; i++) {
        bool open = !money_ok(piano->fasce[i].a);
        bare->ends[i] = open ? INT64_MAX : piano->fasce[i].a.cents;
        bare->amounts[i] = fascia_amount(piano, &piano->fasce[i]).cents;
    }
    if (piano->tipo == PIANO_LINEARE) {
        bare->top = piano->isee_max.cents;
        bare->least = piano->retta_min.cents;
        bare->rise = piano->retta_max.cents - piano->retta_min.cents;
    }
}

static void run_bands(const struct bare *bare)
{
    for (size_t i = 0; i < PAIRS; i++) {
        size_t band = 0;
        while (isee[i].cents > bare->ends[band])
            band++;
        plain[i] = bare->amounts[band];
    }
}

static void run_line(const struct bare *bare)
{
    for (size_t i = 0; i < PAIRS; i++) {
        int64_t x = isee[i].cents < bare->top ? isee[i].cents : bare->top;
        plain[i] = bare->least + (2 * x * bare->rise + bare->top) / (2 * bare->top);
    }
}

struct times {
    double table, day, bare;
};

static double best(double one, double two)
{
    return one < two ? one : two;
}

/* False: they disagree, or the table cannot be made. */
static bool compare(struct arena *arena, const struct piano *piano, struct times *times)
{
    struct bare bare = {.top = 0};
    const struct retta_table *table = retta_table_make(arena, piano, 1, false);
    if (table == NULL)
        return false;
    make_bare(piano, &bare);
    *times = (struct times){1e9, 1e9, 1e9};
    bool there = true;
    for (int round = 0; round < ROUNDS; round++) {
        double start = seconds();
        if (piano->tipo == PIANO_LINEARE)
            run_line(&bare);
        else
            run_bands(&bare);
        double middle = seconds();
        retta_table_many(table, isee, days, fees, PAIRS);
        double end = seconds();
        there = retta_table_day(table, days[0], asked, due, PAIRS) && there;
        times->bare = best(times->bare, middle - start);
        times->table = best(times->table, end - middle);
        times->day = best(times->day, seconds() - end);
    }
    for (size_t i = 0; i < PAIRS; i++)
        there = there && fees[i].cents == plain[i] && due[i] == plain[i];
    return there;
}

static bool read_plans(struct arena *arena, const char *source, struct tariffe *tariffe)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/src/mod/rette/demo/tariffe_2025.tsv", source);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        perror(path);
        return false;
    }
    char *text = arena_alloc(arena, TARIFFE_SIZE);
    size_t size = fread(text, 1, TARIFFE_SIZE - 1, file);
    fclose(file);
    tariffe_read(arena, text, size, NULL, DAY_NONE, tariffe);
    return tariffe->fault_count == 0;
}

int main(int argc, char **argv)
{
    struct arena arena;
    struct tariffe tariffe;
    struct times all = {0};
    arena_init(&arena, (size_t)1 << 30);
    if (!read_plans(&arena, argc > 1 ? argv[1] : ".", &tariffe))
        return EXIT_FAILURE;
    isee = ARENA_NEWS(&arena, struct money, PAIRS);
    fees = ARENA_NEWS(&arena, struct money, PAIRS);
    days = ARENA_NEWS(&arena, struct day, PAIRS);
    plain = ARENA_NEWS(&arena, int64_t, PAIRS);
    asked = ARENA_NEWS(&arena, int32_t, PAIRS);
    due = ARENA_NEWS(&arena, int32_t, PAIRS);
    make_questions();
    for (size_t i = 0; i < tariffe.count; i++) {
        const struct piano *piano = &tariffe.piani[i];
        struct times times;
        if (!compare(&arena, piano, &times)) {
            printf("rette %s %s: the two disagree\n", piano->servizio, piano->variante);
            return EXIT_FAILURE;
        }
        printf("rette %-4s %-18s %6.1f ms, one day %6.1f ms, bare loop %6.1f ms, ratio %.2f\n",
               piano->servizio, piano->variante, times.table * 1e3, times.day * 1e3,
               times.bare * 1e3, times.table / times.bare);
        all.table += times.table;
        all.bare += times.bare;
    }
    printf("rette: %d million fees on %zu plans: ratio to the bare loop %.2f (at most %d)\n",
           PAIRS / 1000000, tariffe.count, all.table / all.bare, RATIO_MAX);
    arena_release(&arena);
    return all.table <= RATIO_MAX * all.bare ? EXIT_SUCCESS : EXIT_FAILURE;
}
