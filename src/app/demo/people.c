/* Households of invented people. */
#include "app/demo/demo.h"

#include "base/text.h"

#include <string.h>

struct family {
    const char *paese;
    const struct ente *comune;
    const char *indirizzo;
    struct day from; /* since when they live together */
    struct id nucleo;
};

struct member {
    const char *cognome;
    char sesso;
    int from, to; /* years of birth */
    const char *parentela;
    enum demo_need need;
};

static int this_year(const struct demo *demo)
{
    return day_civil(instant_day(demo->now)).year;
}

/* ---- one person -------------------------------------------------------------------------- */

static const struct ente *draw_comune(struct demo *demo)
{
    uint64_t all = 0, at;
    size_t i = 0;

    for (size_t c = 0; c < demo->comuni_count; c++)
        all += demo->abitanti[c];
    for (at = demo_draw(demo, all); at >= demo->abitanti[i]; i++)
        at -= demo->abitanti[i];
    return &demo->comuni[i];
}

static struct day draw_birth(struct demo *demo, const struct member *member)
{
    int span = member->to - member->from + 1;
    int year = member->from + (int)demo_draw(demo, (uint64_t)span);
    struct day day = day_add(day_of(year, 1, 1), (int)demo_draw(demo, 365));
    struct day today = instant_day(demo->now);

    return day_cmp(day, today) < 0 ? day : day_add(today, -1 - (int)demo_draw(demo, 200));
}

/* Parents from abroad are born there, their children here. */
static void draw_birthplace(struct demo *demo, const struct family *family, struct persona *p)
{
    bool abroad = strcmp(family->paese, "IT") != 0 && day_civil(p->nascita).year < 2005;
    const struct demo_word *place;

    if (!abroad && demo_chance(demo, 55)) {
        const struct ente *comune = draw_comune(demo);

        p->nascita_luogo = comune->nome;
        p->belfiore = comune->belfiore;
        return;
    }
    place = demo_pick(demo, &demo->luoghi, abroad ? family->paese : "IT", 0, 0);
    p->nascita_luogo = place->text;
    p->belfiore = place->code;
}

static const char *draw_phone(struct demo *demo, int age)
{
    bool old = age > 70;

    static const char *const mobiles[] = {"333", "338", "340", "347", "349", "392"};

    if (age < 15 || demo_chance(demo, old ? 15 : 30))
        return NULL;
    if (demo_chance(demo, old ? 70 : 20))
        return arena_printf(demo->arena, "0346 %05d", 20000 + (int)demo_draw(demo, 60000));
    return arena_printf(demo->arena, "%s %07d", mobiles[demo_draw(demo, 6)],
                        (int)demo_draw(demo, 10000000));
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);

    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash | 1; /* 0 is a free place */
}

/* True: new, and from now on taken. */
static bool take_code(struct demo *demo, const char *code)
{
    uint64_t hash = hash_of(code);
    size_t at = (size_t)(hash % DEMO_CODES);

    while (demo->codes[at] != 0 && demo->codes[at] != hash)
        at = (at + 1) % DEMO_CODES;
    if (demo->codes[at] == hash)
        return false;
    demo->codes[at] = hash;
    return true;
}

static const char *draw_code(struct demo *demo, const struct persona *p)
{
    const struct codfis_person person = {p->cognome, p->nome, p->sesso[0], p->nascita, p->belfiore};
    char code[CODFIS_SIZE], other[CODFIS_SIZE];

    if (!codfis_make(&person, code))
        return NULL;
    if (take_code(demo, code))
        return arena_strdup(demo->arena, code);
    for (int variant = 1; variant < 128; variant++) {
        codfis_omocodia(code, variant, other);
        if (take_code(demo, other))
            return arena_strdup(demo->arena, other);
    }
    return NULL;
}

static const char *citizenship(const char *paese)
{
    static const char *const names[][2] = {
        {"IT", "italiana"}, {"MA", "marocchina"}, {"RO", "romena"}, {"AL", "albanese"},
        {"UA", "ucraina"},  {"SN", "senegalese"}, {"IN", "indiana"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], paese) == 0)
            return names[i][1];
    return NULL;
}

static const char *draw_guardian(struct demo *demo, const struct member *member)
{
    const struct demo_word *nome = demo_pick(demo, &demo->nomi, "IT", 'F', 1970);

    if (member->need != NEED_DISABLED || !demo_chance(demo, 35))
        return NULL;
    return arena_printf(demo->arena, "Amministratrice di sostegno: %s %s", member->cognome,
                        nome->text);
}

static bool save_person(struct cx *cx, struct demo *demo, const struct family *family,
                        const struct member *member, struct demo_person *made)
{
    struct persona p = {.cognome = member->cognome,
                        .sesso = member->sesso == 'F' ? "F" : "M",
                        .nascita = draw_birth(demo, member),
                        .comune = family->comune->id,
                        .indirizzo = family->indirizzo,
                        .cittadinanza = citizenship(family->paese),
                        .morte = DAY_NONE};

    p.nome =
        demo_pick(demo, &demo->nomi, family->paese, member->sesso, day_civil(p.nascita).year)->text;
    draw_birthplace(demo, family, &p);
    p.telefono = draw_phone(demo, this_year(demo) - day_civil(p.nascita).year);
    p.tutela = draw_guardian(demo, member);
    /* a few are not known yet, as at a real desk */
    p.codfis = demo_chance(demo, 97) ? draw_code(demo, &p) : NULL;
    if (!persona_save(cx, &p))
        return false;
    *made = (struct demo_person){p.id, p.comune, p.nascita, member->need};
    return true;
}

/* ---- households -------------------------------------------------------------------------- */

static bool add_member(struct cx *cx, struct demo *demo, struct family *family,
                       const struct member *member)
{
    struct demo_person made;
    const char *reason;

    if (!save_person(cx, demo, family, member, &made))
        return false;
    struct componente place = {.nucleo = family->nucleo,
                               .persona = made.id,
                               .parentela = member->parentela,
                               .dal = day_cmp(made.nascita, family->from) > 0 ? made.nascita
                                                                              : family->from,
                               .al = DAY_NONE};
    if (!nucleo_join(cx, &place, &reason))
        return false;
    family->nucleo = place.nucleo;
    demo->people[demo->people_count++] = made;
    return true;
}

static const char *surname(struct demo *demo, const struct family *family)
{
    return demo_pick(demo, &demo->cognomi, family->paese, 0, 0)->text;
}

static bool elderly(struct cx *cx, struct demo *demo, struct family *family)
{
    int year = this_year(demo);
    bool couple = demo_chance(demo, 40);
    char first = demo_chance(demo, 65) ? 'F' : 'M';
    struct member one = {surname(demo, family), first,       year - 94, year - 70,
                         "intestatario",        NEED_ELDERLY};
    struct member two = {surname(demo, family),
                         first == 'F' ? 'M' : 'F',
                         year - 92,
                         year - 68,
                         "coniuge",
                         demo_chance(demo, 40) ? NEED_ELDERLY : NEED_NONE};

    return add_member(cx, demo, family, &one) && (!couple || add_member(cx, demo, family, &two));
}

static bool parents(struct cx *cx, struct demo *demo, struct family *family, const char *father,
                    int from, int to, enum demo_need need)
{
    struct member he = {father, 'M', from, to, "intestatario", need};
    struct member she = {surname(demo, family), 'F', from + 1, to + 2, "coniuge", NEED_NONE};

    if (demo_chance(demo, 25)) { /* a mother alone */
        she.parentela = "intestatario";
        she.need = need;
        return add_member(cx, demo, family, &she);
    }
    return add_member(cx, demo, family, &he) && add_member(cx, demo, family, &she);
}

static bool with_children(struct cx *cx, struct demo *demo, struct family *family)
{
    int year = this_year(demo), children = 1 + (int)demo_draw(demo, 3);
    const char *father = surname(demo, family);
    enum demo_need need = demo_chance(demo, 30) ? NEED_POVERTY : NEED_NONE;

    if (!parents(cx, demo, family, father, year - 48, year - 30, need))
        return false;
    for (int i = 0; i < children; i++) {
        struct member child = {father,    demo_chance(demo, 50) ? 'F' : 'M',
                               year - 17, year - 1,
                               "figlio",  demo_chance(demo, 20) ? NEED_MINOR : NEED_NONE};

        if (!add_member(cx, demo, family, &child))
            return false;
    }
    return true;
}

static bool with_disability(struct cx *cx, struct demo *demo, struct family *family)
{
    int year = this_year(demo);
    const char *father = surname(demo, family);
    struct member child = {
        father, demo_chance(demo, 45) ? 'F' : 'M', year - 45, year - 19, "figlio", NEED_DISABLED};

    return parents(cx, demo, family, father, year - 72, year - 60, NEED_NONE) &&
           add_member(cx, demo, family, &child);
}

static bool alone(struct cx *cx, struct demo *demo, struct family *family)
{
    int year = this_year(demo);
    struct member one = {surname(demo, family),
                         demo_chance(demo, 40) ? 'F' : 'M',
                         year - 66,
                         year - 24,
                         "intestatario",
                         demo_chance(demo, 60) ? NEED_POVERTY : NEED_NONE};

    return add_member(cx, demo, family, &one);
}

bool demo_household(struct cx *cx, struct demo *demo)
{
    static const char *const countries[] = {"MA", "RO", "AL", "UA", "SN", "IN"};
    static const struct {
        uint64_t below;
        bool (*make)(struct cx *cx, struct demo *demo, struct family *family);
    } kinds[] = {{42, elderly}, {72, with_children}, {84, with_disability}, {100, alone}};
    struct family family = {.paese = "IT", .comune = draw_comune(demo)};
    uint64_t kind = demo_draw(demo, 100);
    size_t i = 0;

    family.from =
        day_of(this_year(demo) - 2 - (int)demo_draw(demo, 18), 1 + (int)demo_draw(demo, 12), 1);
    family.indirizzo =
        arena_printf(demo->arena, "%s, %d", demo_pick(demo, &demo->vie, "IT", 0, 0)->text,
                     1 + (int)demo_draw(demo, 120));
    while (kind >= kinds[i].below)
        i++;
    if (kinds[i].make != elderly && demo_chance(demo, 18))
        family.paese = countries[demo_draw(demo, 6)];
    return kinds[i].make(cx, demo, &family);
}
