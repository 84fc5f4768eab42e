/* Controlled rounding of a table of 1 500 payers by 20 areas, with margins drawn by chance.
 *
 *     bench_arrotonda
 *
 * Prints the best of five times in milliseconds. Exit 1 when a margin does not hold or a cell is
 * neither the floor nor the ceiling of its exact value.
 */
#include "mod/riparto/rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RIGHE = 1500, COLONNE = 20, ROUNDS = 5 };

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static uint64_t draw(uint64_t *chance)
{
    *chance ^= *chance << 13;
    *chance ^= *chance >> 7;
    *chance ^= *chance << 17;
    return *chance;
}

/* Both margins add up to the same: the last area takes what is left. */
static void make_margins(struct money righe[RIGHE], struct money colonne[COLONNE])
{
    uint64_t chance = 2025;
    int64_t total = 0;
    for (size_t i = 0; i < RIGHE; i++) {
        righe[i] = MONEY((int64_t)(draw(&chance) % 500000000));
        total += righe[i].cents;
    }
    int64_t left = total;
    for (size_t j = 0; j + 1 < COLONNE; j++) {
        colonne[j] = MONEY((int64_t)(draw(&chance) % (uint64_t)(2 * total / COLONNE)));
        if (colonne[j].cents > left)
            colonne[j] = MONEY(left);
        left -= colonne[j].cents;
    }
    colonne[COLONNE - 1] = MONEY(left);
}

static bool is_near(const struct margini *m, size_t i, size_t j, struct money cell, int64_t total)
{
    __int128 exact = (__int128)m->righe[i].cents * m->colonne[j].cents;
    __int128 off = (__int128)cell.cents * total - exact;
    return off > -total && off < total;
}

static bool check(const struct margini *m, const struct money *celle)
{
    int64_t total = 0, columns[COLONNE] = {0};
    for (size_t i = 0; i < m->righe_count; i++)
        total += m->righe[i].cents;
    for (size_t i = 0; i < m->righe_count; i++) {
        int64_t row = 0;
        for (size_t j = 0; j < m->colonne_count; j++) {
            struct money cell = celle[i * m->colonne_count + j];
            if (!is_near(m, i, j, cell, total))
                return false;
            row += cell.cents;
            columns[j] += cell.cents;
        }
        if (row != m->righe[i].cents)
            return false;
    }
    for (size_t j = 0; j < m->colonne_count; j++)
        if (columns[j] != m->colonne[j].cents)
            return false;
    return true;
}

int main(void)
{
    static struct money righe[RIGHE], colonne[COLONNE], celle[RIGHE * COLONNE];
    const struct margini margini = {righe, RIGHE, colonne, COLONNE};
    double best = 1e9;
    make_margins(righe, colonne);
    for (int round = 0; round < ROUNDS; round++) {
        struct arena arena;
        arena_init(&arena, (size_t)1 << 30);
        double start = milliseconds();
        enum riparto_esito esito = margini_round(&arena, &margini, celle);
        double taken = milliseconds() - start;
        arena_release(&arena);
        if (esito != RIPARTO_OK || !check(&margini, celle)) {
            puts("arrotonda: the table does not hold");
            return EXIT_FAILURE;
        }
        best = taken < best ? taken : best;
    }
    printf("arrotonda: %d x %d in %.1f ms\n", RIGHE, COLONNE, best);
    return EXIT_SUCCESS;
}
