/* Controlled rounding of a table between two margins.
 *
 * Every exact cell is floor + rest / total, with 0 <= rest < total. A table is a choice of the
 * cells that go up; each row and each column has a fixed number of them. Rounding a cell up instead
 * of down changes the sum of squares by (total - 2 rest) / total, so the best table is the one
 * whose cells that go up have the largest sum of rests: a flow of least cost between rows and
 * columns.
 *
 * The rows are many and the columns few, so the search walks over columns only: a step a > b means
 * that some row takes its cent from column a and gives it to column b; its cost is what the row
 * loses. First every row serves its largest rests; then cents move along the cheapest walks from
 * columns that have too many to columns that lack some (successive shortest paths: the table stays
 * the best one for the column sums that it has). At last, among equals, the earliest cells go up.
 */
#include "mod/riparto/rules.h"

#include <string.h>

/* Sums of 2 x 64 costs of this size still fit in 64 bits. */
#define TOTAL_MOST (INT64_C(1) << 54)

enum { NOBODY = -1 };

struct step {
    int64_t cost;
    int row; /* who makes it, or NOBODY */
};

struct table {
    size_t rows, cols;
    int64_t total;
    int64_t *rest; /* of each cell */
    bool *up;
    struct step step[RIPARTO_COLONNE][RIPARTO_COLONNE];
    int64_t surplus[RIPARTO_COLONNE]; /* cells that go up in a column, less those wanted */
    int64_t *wanted;                  /* cells that go up in a row */
};

static int64_t *rest_at(const struct table *t, size_t row, size_t col)
{
    return &t->rest[row * t->cols + col];
}

static bool *up_at(const struct table *t, size_t row, size_t col)
{
    return &t->up[row * t->cols + col];
}

/* ---- the exact table ------------------------------------------------------------------------ */

static enum riparto_esito sum_margin(const struct money *items, size_t count, int64_t *sum)
{
    struct money total = MONEY(0);
    for (size_t i = 0; i < count; i++) {
        if (!money_ok(items[i]))
            return RIPARTO_SMISURATO;
        if (items[i].cents < 0)
            return RIPARTO_NEGATIVO;
        total = money_add(total, items[i]);
    }
    if (!money_ok(total) || total.cents > TOTAL_MOST)
        return RIPARTO_SMISURATO;
    *sum = total.cents;
    return RIPARTO_OK;
}

static enum riparto_esito check(const struct margini *m, int64_t *total)
{
    int64_t columns = 0;
    if (m->righe_count == 0 || m->colonne_count == 0)
        return RIPARTO_VUOTO;
    if (m->righe_count > RIPARTO_RIGHE || m->colonne_count > RIPARTO_COLONNE)
        return RIPARTO_TROPPI;
    enum riparto_esito esito = sum_margin(m->righe, m->righe_count, total);
    if (esito == RIPARTO_OK)
        esito = sum_margin(m->colonne, m->colonne_count, &columns);
    if (esito == RIPARTO_OK && columns != *total)
        esito = RIPARTO_SOMME;
    return esito;
}

static void split_cells(struct table *t, const struct margini *m, struct money *cells)
{
    for (size_t j = 0; j < t->cols; j++)
        t->surplus[j] = -m->colonne[j].cents;
    for (size_t i = 0; i < t->rows; i++) {
        t->wanted[i] = m->righe[i].cents;
        for (size_t j = 0; j < t->cols; j++) {
            __extension__ unsigned __int128 product =
                (unsigned __int128)m->righe[i].cents * (uint64_t)m->colonne[j].cents;
            int64_t whole = (int64_t)(product / (uint64_t)t->total);
            *rest_at(t, i, j) = (int64_t)(product % (uint64_t)t->total);
            cells[i * t->cols + j] = MONEY(whole);
            t->wanted[i] -= whole;
            t->surplus[j] += whole;
        }
    }
}

/* ---- each row serves its largest rests ------------------------------------------------------ */

static void serve_row(struct table *t, size_t row)
{
    for (int64_t left = t->wanted[row]; left > 0; left--) {
        size_t best = t->cols;
        for (size_t j = 0; j < t->cols; j++) {
            bool free = !*up_at(t, row, j) && *rest_at(t, row, j) > 0;
            if (free && (best == t->cols || *rest_at(t, row, j) > *rest_at(t, row, best)))
                best = j;
        }
        *up_at(t, row, best) = true;
        t->surplus[best]++;
    }
}

/* ---- steps between columns ------------------------------------------------------------------ */

/* May this row take its cent from `a` and give it to `b`? */
static bool can_step(const struct table *t, size_t row, size_t a, size_t b)
{
    return *up_at(t, row, a) && !*up_at(t, row, b) && *rest_at(t, row, b) > 0;
}

static int64_t step_cost(const struct table *t, size_t row, size_t a, size_t b)
{
    return 2 * (*rest_at(t, row, a) - *rest_at(t, row, b));
}

static void offer_step(struct table *t, size_t row, size_t a, size_t b)
{
    struct step *step = &t->step[a][b];
    if (!can_step(t, row, a, b))
        return;
    int64_t cost = step_cost(t, row, a, b);
    if (step->row == NOBODY || cost < step->cost)
        *step = (struct step){cost, (int)row};
}

static void find_step(struct table *t, size_t a, size_t b)
{
    t->step[a][b].row = NOBODY;
    for (size_t row = 0; row < t->rows && a != b; row++)
        offer_step(t, row, a, b);
}

static void find_steps(struct table *t)
{
    for (size_t a = 0; a < t->cols; a++)
        for (size_t b = 0; b < t->cols; b++)
            find_step(t, a, b);
}

/* The row has moved a cent: what it offered may be gone, what it offers now may be cheaper. */
static void renew_steps(struct table *t, size_t row)
{
    for (size_t a = 0; a < t->cols; a++) {
        for (size_t b = 0; b < t->cols; b++) {
            if (t->step[a][b].row == (int)row)
                find_step(t, a, b);
            else if (a != b)
                offer_step(t, row, a, b);
        }
    }
}

/* ---- cheapest walks ------------------------------------------------------------------------- */

struct walk {
    int64_t cost[RIPARTO_COLONNE];
    int before[RIPARTO_COLONNE]; /* the column that the walk comes from, or NOBODY */
    bool reached[RIPARTO_COLONNE];
};

/* Bellman and Ford: there is no cycle of negative cost, so it ends. */
static void walk_all(const struct table *t, struct walk *walk)
{
    bool changed = true;
    for (size_t round = 0; round < t->cols && changed; round++) {
        changed = false;
        for (size_t a = 0; a < t->cols; a++) {
            for (size_t b = 0; b < t->cols && walk->reached[a]; b++) {
                const struct step *step = &t->step[a][b];
                if (step->row == NOBODY ||
                    (walk->reached[b] && walk->cost[b] <= walk->cost[a] + step->cost))
                    continue;
                walk->cost[b] = walk->cost[a] + step->cost;
                walk->before[b] = (int)a;
                walk->reached[b] = changed = true;
            }
        }
    }
}

static size_t nearest_lack(const struct table *t, const struct walk *walk)
{
    size_t best = t->cols;
    for (size_t j = 0; j < t->cols; j++)
        if (t->surplus[j] < 0 && walk->reached[j] &&
            (best == t->cols || walk->cost[j] < walk->cost[best]))
            best = j;
    return best;
}

/* Moves one cent along the cheapest walk. False: every column has what it wants. */
static bool move_cent(struct table *t)
{
    struct walk walk = {0};
    for (size_t j = 0; j < t->cols; j++) {
        walk.reached[j] = t->surplus[j] > 0;
        walk.before[j] = NOBODY;
    }
    walk_all(t, &walk);
    size_t to = nearest_lack(t, &walk);
    if (to == t->cols)
        return false;
    t->surplus[to]++;
    while (walk.before[to] != NOBODY) {
        size_t from = (size_t)walk.before[to];
        size_t row = (size_t)t->step[from][to].row;
        *up_at(t, row, from) = false;
        *up_at(t, row, to) = true;
        renew_steps(t, row);
        to = from;
    }
    t->surplus[to]--;
    return true;
}

/* ---- among equals, the earliest ------------------------------------------------------------- */

/* With the walks' costs as prices of the columns, a row is at its best when no cell that is down is
 * worth more than one that is up. Cells worth as much as both can be exchanged: they are `tied`. */
struct ties {
    bool *tied;
    int count[RIPARTO_COLONNE][RIPARTO_COLONNE]; /* rows that can move a tied cent from a to b */
};

static void tie_row(const struct table *t, const int64_t *price, size_t row, bool *tied)
{
    int64_t least_up = INT64_MAX;
    int64_t most_down = INT64_MIN;
    for (size_t j = 0; j < t->cols; j++) {
        int64_t worth = 2 * *rest_at(t, row, j) + price[j];
        if (*up_at(t, row, j))
            least_up = worth < least_up ? worth : least_up;
        else if (*rest_at(t, row, j) > 0)
            most_down = worth > most_down ? worth : most_down;
    }
    for (size_t j = 0; j < t->cols && least_up == most_down; j++)
        tied[j] = *rest_at(t, row, j) > 0 && 2 * *rest_at(t, row, j) + price[j] == least_up;
}

static void count_row(const struct table *t, struct ties *ties, size_t row, int by)
{
    const bool *tied = &ties->tied[row * t->cols];
    for (size_t a = 0; a < t->cols; a++)
        for (size_t b = 0; b < t->cols; b++)
            if (tied[a] && tied[b] && *up_at(t, row, a) && !*up_at(t, row, b))
                ties->count[a][b] += by;
}

/* A column where `row` has a tied cent to give, reached from `from` by tied steps of later rows. */
static size_t find_exchange(const struct table *t, const struct ties *ties, size_t row, size_t from,
                            int *before)
{
    size_t queue[RIPARTO_COLONNE] = {from};
    size_t head = 0, tail = 1;
    for (size_t j = 0; j < t->cols; j++)
        before[j] = NOBODY;
    before[from] = (int)from;
    while (head < tail) {
        size_t a = queue[head++];
        if (a > from && ties->tied[row * t->cols + a] && *up_at(t, row, a))
            return a;
        for (size_t b = 0; b < t->cols; b++) {
            if (before[b] == NOBODY && ties->count[a][b] > 0) {
                before[b] = (int)a;
                queue[tail++] = b;
            }
        }
    }
    return t->cols;
}

/* Some row behind `row` moves its tied cent from a to b. */
static void step_later(struct table *t, struct ties *ties, size_t row, size_t a, size_t b)
{
    for (size_t k = row + 1; k < t->rows; k++) {
        const bool *tied = &ties->tied[k * t->cols];
        if (tied[a] && tied[b] && *up_at(t, k, a) && !*up_at(t, k, b)) {
            count_row(t, ties, k, -1);
            *up_at(t, k, a) = false;
            *up_at(t, k, b) = true;
            count_row(t, ties, k, 1);
            return;
        }
    }
}

static void raise_early(struct table *t, struct ties *ties, size_t row)
{
    int before[RIPARTO_COLONNE];
    count_row(t, ties, row, -1); /* from here on only later rows move */
    for (size_t j = 0; j < t->cols; j++) {
        if (!ties->tied[row * t->cols + j] || *up_at(t, row, j))
            continue;
        size_t to = find_exchange(t, ties, row, j, before);
        if (to == t->cols)
            continue;
        *up_at(t, row, j) = true;
        *up_at(t, row, to) = false;
        while (to != j) {
            step_later(t, ties, row, (size_t)before[to], to);
            to = (size_t)before[to];
        }
    }
}

static void settle_ties(struct arena *arena, struct table *t)
{
    struct walk walk = {0};
    struct ties *ties = ARENA_NEW(arena, struct ties);
    ties->tied = ARENA_NEWS(arena, bool, t->rows * t->cols);
    for (size_t j = 0; j < t->cols; j++)
        walk.reached[j] = true;
    walk_all(t, &walk);
    for (size_t i = 0; i < t->rows; i++) {
        tie_row(t, walk.cost, i, &ties->tied[i * t->cols]);
        count_row(t, ties, i, 1);
    }
    for (size_t i = 0; i < t->rows; i++)
        raise_early(t, ties, i);
}

enum riparto_esito margini_round(struct arena *arena, const struct margini *margini,
                                 struct money *celle)
{
    int64_t total = 0;
    enum riparto_esito esito = check(margini, &total);
    if (esito != RIPARTO_OK)
        return esito;
    struct table *t = ARENA_NEW(arena, struct table);
    t->rows = margini->righe_count;
    t->cols = margini->colonne_count;
    t->total = total > 0 ? total : 1;
    t->rest = ARENA_NEWS(arena, int64_t, t->rows * t->cols);
    t->up = ARENA_NEWS(arena, bool, t->rows * t->cols);
    t->wanted = ARENA_NEWS(arena, int64_t, t->rows);
    split_cells(t, margini, celle);
    for (size_t i = 0; i < t->rows; i++)
        serve_row(t, i);
    find_steps(t);
    while (move_cent(t))
        ;
    settle_ties(arena, t);
    for (size_t cell = 0; cell < t->rows * t->cols; cell++)
        celle[cell].cents += t->up[cell];
    return RIPARTO_OK;
}
