/* What people type into fields: every reader of base must take any bytes, and what it accepts must
 * be written back in a form that reads as the same value. */
#include "base/codfis.h"
#include "base/field.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void try_numbers(const char *text)
{
    char out[MONEY_TEXT];
    struct money amount, again;
    if (money_parse(text, &amount)) {
        require(money_parse(money_it(amount, out), &again) && again.cents == amount.cents);
        require(money_parse_machine(money_machine(amount, out), &again));
        require(again.cents == amount.cents);
    }
    char ratio[RATE_TEXT];
    struct rate rate, same;
    if (rate_parse(text, &rate)) {
        require(rate_parse(rate_machine(rate, ratio), &same) && rate_cmp(rate, same) == 0);
    }
}

static void try_times(const char *text)
{
    char out[DAY_TEXT], length[MINUTES_TEXT];
    struct day day, again;
    if (day_parse(text, &day)) {
        require(day_parse(day_it(day, out), &again) && again.n == day.n);
        require(day_parse_iso(day_iso(day, out), &again) && again.n == day.n);
    }
    struct minutes minutes, same;
    if (minutes_parse(text, &minutes)) {
        require(minutes_parse(minutes_it(minutes, length), &same) && same.n == minutes.n);
    }
    struct id id;
    char name[ID_TEXT];
    if (id_parse(text, &id)) {
        require(strcmp(id_text(id, name), text) == 0);
    }
}

static void try_codes(const char *text)
{
    char clean[CODFIS_SIZE], plain[CODFIS_SIZE], iban[IBAN_SIZE];
    int at = 0;
    if (codfis_check(text, clean, &at) == CODFIS_OK) {
        codfis_plain(clean, plain);
        require(codfis_check(plain, clean, &at) == CODFIS_OK);
        codfis_birth(plain, day_of(2026, 1, 1));
    }
    if (iban_check(text, iban)) {
        require(iban_check(iban, iban));
    }
}

static void try_texts(struct arena *arena, const char *text)
{
    const char *clean = text_clean(arena, text, true);
    require(text_valid(clean, strlen(clean)));
    require(strcmp(text_clean(arena, clean, true), clean) == 0);
    const char *folded = text_fold(arena, text);
    require(strcmp(text_fold(arena, folded), folded) == 0);
    const char *words[8];
    text_words(arena, folded, words, 8);
    text_distance(text, folded, 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    arena_init(&arena, 16 << 20);
    const char *text = arena_strndup(&arena, (const char *)data, size);
    try_numbers(text);
    try_times(text);
    try_codes(text);
    if (text_valid(text, strlen(text))) {
        try_texts(&arena, text);
    }
    arena_release(&arena);
    return 0;
}
