/* A fee plan tried on 100 000 users, once they are loaded: home care of 2025 beside the same with
 * each band a tenth dearer, every user with an attestation, in 24 municipalities.
 *
 *     bench_simula [SOURCE]      SOURCE: root of the source tree, for the table of fees
 *
 * The best of five; exit 1 when it takes more than a second, or when the tables do not add up.
 */
#include "mod/rette/tariffe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { USERS = 100 * 1000, PLACES = 24, ROUNDS = 5 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void make_users(struct simula_utente *utenti, struct isee *isee)
{
    uint64_t chance = 2025;
    for (size_t i = 0; i < USERS; i++) {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        isee[i] = (struct isee){.valore = MONEY((int64_t)(chance % 3000000)),
                                .sottoscritta = day_of(2025, 1, 15),
                                .scadenza = day_of(2025, 12, 31)};
        utenti[i] = (struct simula_utente){.isee = i,
                                           .isee_count = chance % 8 != 0,
                                           .comune = (size_t)(chance >> 32) % PLACES,
                                           .quantita = {3120 + (int64_t)(chance % 20000), 0}};
    }
}

static struct piano dearer(struct arena *arena, const struct piano *piano)
{
    struct piano copy = *piano;
    struct fascia *fasce = ARENA_NEWS(arena, struct fascia, piano->fasce_count);
    for (size_t i = 0; i < piano->fasce_count; i++) {
        fasce[i] = piano->fasce[i];
        fasce[i].importo = money_share(fascia_amount(piano, &fasce[i]), RATE(11, 10), STEP_CENT);
    }
    copy.fasce = fasce;
    return copy;
}

static bool adds_up(const struct simula_esito *esito)
{
    int64_t users = 0, sum = 0;
    for (size_t i = 0; i < PLACES; i++) {
        users += esito->comuni[i].utenti;
        sum += esito->comuni[i].dopo.cents;
    }
    return users == USERS && sum == esito->totale.dopo.cents && esito->totale.meno == 0;
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
    double least = 1e9;
    bool right = true;
    arena_init(&arena, (size_t)1 << 28);
    if (!read_plans(&arena, argc > 1 ? argv[1] : ".", &tariffe))
        return EXIT_FAILURE;
    struct simula_utente *utenti = ARENA_NEWS(&arena, struct simula_utente, USERS);
    struct isee *isee = ARENA_NEWS(&arena, struct isee, USERS);
    make_users(utenti, isee);
    const struct simula_dati dati = {utenti, USERS, isee, PLACES, 60, day_of(2025, 6, 1)};
    struct piano dopo = dearer(&arena, &tariffe.piani[0]);
    for (int round = 0; round < ROUNDS; round++) {
        struct simula_esito esito;
        double start = seconds();
        simula_run(&arena, &dati, &tariffe.piani[0], &dopo, &esito);
        double took = seconds() - start;
        least = took < least ? took : least;
        right = right && adds_up(&esito);
    }
    printf("simula: a plan on %d users: %.3f s (at most 1)%s\n", USERS, least,
           right ? "" : ", and the tables do not add up");
    arena_release(&arena);
    return right && least <= 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
