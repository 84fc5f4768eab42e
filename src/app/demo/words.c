/* Tables of words, and drawing from them. */
#include "app/demo/demo.h"

#include "base/tsv.h"

#include <string.h>

extern const char cognomi_tsv[], nomi_tsv[], luoghi_tsv[], vie_tsv[], testi_tsv[];

uint64_t demo_draw(struct demo *demo, uint64_t bound)
{
    struct cx cx = {.chance = &demo->chance, .now = demo->now};

    return cx_random_below(&cx, bound);
}

bool demo_chance(struct demo *demo, int percent)
{
    return demo_draw(demo, 100) < (uint64_t)percent;
}

static bool fits(const struct demo_word *word, const char *paese, char sesso, int year)
{
    return strcmp(word->paese, paese) == 0 && (word->sesso == '\0' || word->sesso == sesso) &&
           (word->to == 0 || (year >= word->from && year <= word->to));
}

const struct demo_word *demo_pick(struct demo *demo, const struct demo_words *words,
                                  const char *paese, char sesso, int year)
{
    uint64_t all = 0, at;

    for (size_t i = 0; i < words->count; i++)
        if (fits(&words->items[i], paese, sesso, year))
            all += words->items[i].weight;
    at = demo_draw(demo, all);
    for (size_t i = 0; i < words->count; i++) {
        const struct demo_word *word = &words->items[i];

        if (!fits(word, paese, sesso, year))
            continue;
        if (at < word->weight)
            return word;
        at -= word->weight;
    }
    return words->items; /* not reached: `all` is the sum of what fits */
}

/* ---- tables ------------------------------------------------------------------------------ */

static void read_name(struct tsv *tsv, struct demo_word *word)
{
    word->paese = tsv_text(tsv, "paese");
    word->sesso = tsv_text(tsv, "sesso")[0];
    word->from = (int)tsv_int(tsv, "dal");
    word->to = (int)tsv_int(tsv, "al");
    word->text = tsv_text(tsv, "nome");
    word->weight = (uint64_t)tsv_int(tsv, "peso");
}

static void read_surname(struct tsv *tsv, struct demo_word *word)
{
    word->paese = tsv_text(tsv, "paese");
    word->text = tsv_text(tsv, "cognome");
    word->weight = (uint64_t)tsv_int(tsv, "peso");
}

static void read_place(struct tsv *tsv, struct demo_word *word)
{
    word->paese = tsv_text(tsv, "paese");
    word->code = tsv_text(tsv, "belfiore");
    word->text = tsv_text(tsv, "luogo");
    word->weight = (uint64_t)tsv_int(tsv, "peso");
}

static void read_street(struct tsv *tsv, struct demo_word *word)
{
    word->paese = "IT";
    word->text = tsv_text(tsv, "via");
    word->weight = 1;
}

/* "anziani diario" takes the place of the country. */
static void read_text(struct tsv *tsv, struct demo_word *word)
{
    word->paese = arena_printf(tsv->arena, "%s %s", tsv_text(tsv, "bisogno"), tsv_text(tsv, "uso"));
    word->text = tsv_text(tsv, "testo");
    word->weight = 1;
}

static bool load(struct demo *demo, struct err *err, const char *name, const char *text,
                 void (*read)(struct tsv *tsv, struct demo_word *word), struct demo_words *words)
{
    enum { WORDS = 1000 };
    struct tsv tsv;

    words->items = ARENA_NEWS(demo->arena, struct demo_word, WORDS);
    if (!tsv_start(&tsv, demo->arena, err, name, text))
        return false;
    while (words->count < WORDS && tsv_next(&tsv))
        read(&tsv, &words->items[words->count++]);
    return err->code == ERR_NONE;
}

bool demo_words_load(struct demo *demo, struct err *err)
{
    return load(demo, err, "cognomi.tsv", cognomi_tsv, read_surname, &demo->cognomi) &&
           load(demo, err, "nomi.tsv", nomi_tsv, read_name, &demo->nomi) &&
           load(demo, err, "luoghi.tsv", luoghi_tsv, read_place, &demo->luoghi) &&
           load(demo, err, "vie.tsv", vie_tsv, read_street, &demo->vie) &&
           load(demo, err, "testi.tsv", testi_tsv, read_text, &demo->testi);
}
