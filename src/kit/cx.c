#include "kit/cx.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

static uint64_t rotl(uint64_t x, int by)
{
    return (x << by) | (x >> (64 - by));
}

/* xoshiro256** (Blackman and Vigna): only where a run must be repeatable, never for secrets. */
static uint64_t seeded_next(struct chance *chance)
{
    uint64_t *s = chance->state;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

void chance_seed(struct chance *chance, uint64_t seed)
{
    *chance = (struct chance){.seeded = true};
    for (size_t i = 0; i < 4; i++) { /* splitmix64 spreads a small seed over the state */
        seed += UINT64_C(0x9e3779b97f4a7c15);
        uint64_t z = seed;
        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        chance->state[i] = z ^ (z >> 31);
    }
}

void cx_random(struct cx *cx, void *bytes, size_t size)
{
    if (!cx->chance || !cx->chance->seeded) {
        randombytes_buf(bytes, size);
        return;
    }
    unsigned char *out = bytes;
    while (size > 0) {
        uint64_t word = seeded_next(cx->chance);
        size_t part = size < sizeof word ? size : sizeof word;
        memcpy(out, &word, part);
        out += part;
        size -= part;
    }
}

uint64_t cx_random_below(struct cx *cx, uint64_t bound)
{
    if (bound == 0) {
        abort();
    }
    uint64_t reject = (UINT64_MAX - bound + 1) % bound; /* 2^64 mod bound: keeps all n equal */
    uint64_t n = 0;
    do {
        cx_random(cx, &n, sizeof n);
    } while (n < reject);
    return n % bound;
}

/* 41 bits of milliseconds since 1970 and 22 of chance. Within one chance the ids only grow, so that
 * rows made in one call keep their order. */
struct id cx_id(struct cx *cx)
{
    enum { CHANCE_BITS = 22 };
    int64_t ms = cx->now.us / 1000;
    int64_t id = (ms << CHANCE_BITS | (int64_t)cx_random_below(cx, 1u << CHANCE_BITS)) & INT64_MAX;
    if (cx->chance) {
        if (id <= cx->chance->last_id) {
            id = cx->chance->last_id + 1;
        }
        cx->chance->last_id = id;
    }
    return (struct id){id ? id : 1};
}
