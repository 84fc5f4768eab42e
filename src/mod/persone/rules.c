#include "mod/persone/rules.h"

#include "base/buf.h"
#include "base/text.h"

#include <ctype.h>
#include <string.h>

enum { ETA_MASSIMA = 115, CIFRE_PREFISSO = 4, NUMERO_CIFRE = 9, CHIAVE_MASSIMA = 1024 };

/* ---- warnings --------------------------------------------------------------------------- */

struct avvisi {
    struct persona_avviso *items;
    size_t count;
};

static void add(struct avvisi *avvisi, enum persona_peso peso, const char *campo,
                const char *chiave)
{
    if (avvisi->count < PERSONA_AVVISI)
        avvisi->items[avvisi->count++] = (struct persona_avviso){peso, campo, chiave};
}

static const struct {
    int bit;
    const char *campo;
    const char *chiave;
} contrasti[] = {
    {CODFIS_COGNOME, "cognome", "persone.codfis_cognome"},
    {CODFIS_NOME, "nome", "persone.codfis_nome"},
    {CODFIS_NASCITA, "nascita", "persone.codfis_nascita"},
    {CODFIS_SESSO, "sesso", "persone.codfis_sesso"},
    {CODFIS_LUOGO, "nascita_luogo", "persone.codfis_luogo"},
};

static const char *const codfis_faults[] = {
    [CODFIS_LENGTH] = "persone.codfis_lunghezza",
    [CODFIS_SHAPE] = "persone.codfis_forma",
    [CODFIS_CHECK] = "persone.codfis_controllo",
};

static void check_clash(const struct persona *persona, const char *codfis, struct avvisi *avvisi)
{
    struct codfis_person data = {
        .cognome = persona->cognome,
        .nome = persona->nome,
        .sesso = persona->sesso != NULL ? persona->sesso[0] : '\0',
        .nascita = persona->nascita,
        .belfiore = persona->belfiore,
    };
    int clash = codfis_clash(codfis, &data);
    for (size_t i = 0; i < sizeof contrasti / sizeof *contrasti; i++)
        if ((clash & contrasti[i].bit) != 0)
            add(avvisi, PESO_AVVISO, contrasti[i].campo, contrasti[i].chiave);
    char plain[CODFIS_SIZE];
    codfis_plain(codfis, plain);
    if (strncmp(plain, codfis, CODFIS_SIZE - 2) != 0)
        add(avvisi, PESO_NOTA, "codfis", "persone.codfis_omocodia");
}

static void check_codfis(const struct persona *persona, struct avvisi *avvisi)
{
    if (persona->codfis == NULL || persona->codfis[0] == '\0') {
        add(avvisi, PESO_NOTA, "codfis", "persone.codfis_non_noto");
        return;
    }
    char clean[CODFIS_SIZE];
    int at;
    enum codfis_state state = codfis_check(persona->codfis, clean, &at);
    if (state != CODFIS_OK)
        add(avvisi, PESO_ERRORE, "codfis", codfis_faults[state]);
    else if (strlen(clean) != CODFIS_SIZE - 1)
        add(avvisi, PESO_NOTA, "codfis", "persone.codfis_provvisorio");
    else
        check_clash(persona, clean, avvisi);
}

size_t persona_check(const struct persona *persona, struct day today,
                     struct persona_avviso avvisi[static PERSONA_AVVISI])
{
    struct avvisi all = {.items = avvisi};
    bool born = day_known(persona->nascita);
    if (born && day_cmp(persona->nascita, today) > 0)
        add(&all, PESO_ERRORE, "nascita", "persone.nascita_futura");
    else if (born && !day_known(persona->morte) && day_age(persona->nascita, today) > ETA_MASSIMA)
        add(&all, PESO_AVVISO, "nascita", "persone.nascita_remota");
    if (day_known(persona->morte) && day_cmp(persona->morte, today) > 0)
        add(&all, PESO_ERRORE, "morte", "persone.morte_futura");
    if (day_known(persona->morte) && born && day_cmp(persona->morte, persona->nascita) < 0)
        add(&all, PESO_ERRORE, "morte", "persone.morte_prima");
    check_codfis(persona, &all);
    return all.count;
}

bool persona_refused(const struct persona_avviso *avvisi, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (avvisi[i].peso == PESO_ERRORE)
            return true;
    return false;
}

bool persona_complete(struct persona *persona, struct day today, char birthplace[static 5])
{
    char clean[CODFIS_SIZE];
    char plain[CODFIS_SIZE];
    int at;
    if (persona->codfis == NULL || codfis_check(persona->codfis, clean, &at) != CODFIS_OK ||
        strlen(clean) != CODFIS_SIZE - 1)
        return false;
    bool filled = false;
    codfis_plain(clean, plain);
    if (persona->sesso == NULL) {
        persona->sesso = plain[9] >= '4' ? "F" : "M";
        filled = true;
    }
    if (!day_known(persona->nascita)) {
        persona->nascita = codfis_birth(clean, today);
        filled = filled || day_known(persona->nascita);
    }
    if (persona->belfiore == NULL) {
        memcpy(birthplace, plain + 11, 4);
        birthplace[4] = '\0';
        persona->belfiore = birthplace;
        filled = true;
    }
    return filled;
}

/* ---- keys of the search ----------------------------------------------------------------- */

static bool word_in(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0)
            return true;
    return false;
}

static const char *without_spaces(struct arena *arena, const char *text)
{
    char *copy = arena_strdup(arena, text);
    char *to = copy;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return copy;
}

/* Apostrophes (typewriter and typographic) as spaces: D'Amelio is also looked up as Amelio. */
static const char *split_apostrophes(struct arena *arena, const char *text)
{
    struct buf buf;
    buf_init(&buf, arena, CHIAVE_MASSIMA);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '\'' || *at == '`') {
            buf_char(&buf, ' ');
        } else if (strncmp(at, "\xe2\x80\x99", 3) == 0 || strncmp(at, "\xe2\x80\x98", 3) == 0) {
            buf_char(&buf, ' ');
            at += 2;
        } else {
            buf_char(&buf, *at);
        }
    }
    return text_fold(arena, buf.data);
}

static void add_words(struct arena *arena, struct persona_chiavi *keys, struct buf *chiave,
                      const char *folded)
{
    const char *words[PERSONA_PAROLE];
    size_t count = text_words(arena, folded, words, PERSONA_PAROLE);
    for (size_t i = 0; i < count; i++) {
        /* The last place is kept for the telephone. */
        if (keys->count >= PERSONA_PAROLE - 1 || word_in(keys->parole, keys->count, words[i]))
            continue;
        keys->parole[keys->count++] = words[i];
        if (chiave != NULL) {
            buf_char(chiave, ' ');
            buf_text(chiave, words[i]);
        }
    }
}

struct persona_chiavi persona_keys(struct arena *arena, const struct persona *persona)
{
    struct persona_chiavi keys = {0};
    const char *cognome = text_fold(arena, persona->cognome != NULL ? persona->cognome : "");
    const char *nome = text_fold(arena, persona->nome != NULL ? persona->nome : "");
    struct buf chiave;
    buf_init(&chiave, arena, CHIAVE_MASSIMA);
    buf_printf(&chiave, "%s %s", cognome, nome);
    add_words(arena, &keys, NULL, cognome);
    add_words(arena, &keys, NULL, nome);
    if (strchr(cognome, ' ') != NULL)
        add_words(arena, &keys, &chiave, without_spaces(arena, cognome));
    if (persona->cognome != NULL)
        add_words(arena, &keys, &chiave, split_apostrophes(arena, persona->cognome));
    keys.chiave = chiave.data;
    keys.chiave2 = arena_printf(arena, "%s %s", nome, cognome);
    keys.cifre = telefono_digits(arena, persona->telefono);
    if (keys.cifre != NULL && !word_in(keys.parole, keys.count, keys.cifre))
        keys.parole[keys.count++] = keys.cifre;
    return keys;
}

const char *persona_straight(struct arena *arena, const struct persona *persona)
{
    return text_fold(arena,
                     arena_printf(arena, "%s %s", persona->cognome != NULL ? persona->cognome : "",
                                  persona->nome != NULL ? persona->nome : ""));
}

const char *telefono_digits(struct arena *arena, const char *telefono)
{
    if (telefono == NULL)
        return NULL;
    char *digits = arena_strdup(arena, telefono);
    size_t count = 0;
    for (const char *at = telefono; *at != '\0'; at++)
        if (isdigit((unsigned char)*at))
            digits[count++] = *at;
    digits[count] = '\0';
    bool plus = strchr(telefono, '+') != NULL;
    if (strncmp(digits, "0039", 4) == 0)
        digits += 4;
    else if (plus && strncmp(digits, "39", 2) == 0)
        digits += 2;
    return digits[0] != '\0' ? digits : NULL;
}

/* Only digits and what parts the groups of a telephone number. */
static bool only_digits(const char *text)
{
    bool any = false;
    for (const char *at = text; *at != '\0'; at++) {
        if (isdigit((unsigned char)*at))
            any = true;
        else if (strchr(" +-/.()", *at) == NULL)
            return false;
    }
    return any;
}

static int64_t number_of(const char *digits)
{
    if (strlen(digits) > NUMERO_CIFRE)
        return INT_NONE;
    int64_t value = 0;
    for (const char *at = digits; *at != '\0'; at++)
        value = value * 10 + (*at - '0');
    return value;
}

static void longest_first(const char **words, size_t count)
{
    for (size_t i = 1; i < count; i++)
        for (size_t j = i; j > 0 && strlen(words[j]) > strlen(words[j - 1]); j--) {
            const char *word = words[j];
            words[j] = words[j - 1];
            words[j - 1] = word;
        }
}

void persona_query(struct arena *arena, const char *text, struct persona_ricerca *ricerca)
{
    *ricerca = (struct persona_ricerca){.numero = INT_NONE};
    int at;
    ricerca->codfis_noto = codfis_check(text, ricerca->codfis, &at) == CODFIS_OK;
    ricerca->intera = text_fold(arena, text);
    if (only_digits(text)) {
        const char *digits = telefono_digits(arena, text);
        if (digits != NULL) {
            ricerca->numero = number_of(digits);
            ricerca->cifre = strlen(digits) >= CIFRE_PREFISSO ? digits : NULL;
        }
    } else {
        ricerca->count = text_words(arena, ricerca->intera, ricerca->parole, RICERCA_PAROLE);
        longest_first(ricerca->parole, ricerca->count);
    }
    ricerca->vuota = !ricerca->codfis_noto && ricerca->numero == INT_NONE &&
                     ricerca->cifre == NULL && ricerca->count == 0;
}

/* ---- likeness --------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static int likeness_codfis(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return 0;
    if (strcmp(a, b) == 0)
        return SIMILE_CODFIS;
    if (strlen(a) != CODFIS_SIZE - 1 || strlen(b) != CODFIS_SIZE - 1)
        return 0;
    char plain_a[CODFIS_SIZE];
    char plain_b[CODFIS_SIZE];
    codfis_plain(a, plain_a);
    codfis_plain(b, plain_b);
    return strncmp(plain_a, plain_b, CODFIS_SIZE - 2) == 0 ? SIMILE_OMOCODIA : 0;
}

static int likeness_names(struct arena *arena, const struct persona *a, const struct persona *b)
{
    const char *name_a = persona_straight(arena, a);
    const char *name_b = persona_straight(arena, b);
    const char *swapped = text_fold(arena, arena_printf(arena, "%s %s", b->nome, b->cognome));
    const char *tight_a = without_spaces(arena, name_a);
    const char *tight_b = without_spaces(arena, name_b);
    if (strcmp(tight_a, tight_b) == 0)
        return SIMILE_NOMI;
    if (strcmp(tight_a, without_spaces(arena, swapped)) == 0)
        return SIMILE_SCAMBIO;
    return text_distance(tight_a, tight_b, 2) <= 2 ? SIMILE_QUASI : 0;
}

int persona_likeness(struct arena *arena, const struct persona *a, const struct persona *b)
{
    int codfis = likeness_codfis(a->codfis, b->codfis);
    int names = likeness_names(arena, a, b);
    int found = codfis | names;
    bool births = day_known(a->nascita) && day_known(b->nascita);
    if (births && day_cmp(a->nascita, b->nascita) == 0)
        found |= SIMILE_NASCITA;
    if (same_text(telefono_digits(arena, a->telefono), telefono_digits(arena, b->telefono)))
        found |= SIMILE_TELEFONO;
    if (codfis == SIMILE_CODFIS)
        return found;
    if (names == 0)
        return 0;
    /* Namesakes born on different days are different people, unless they share a telephone. */
    if (births && (found & (SIMILE_NASCITA | SIMILE_TELEFONO)) == 0)
        return 0;
    /* Near names alone are common (Rossi, Rosso): they need the birth or the telephone. */
    if (names == SIMILE_QUASI && (found & (SIMILE_NASCITA | SIMILE_TELEFONO)) == 0)
        return 0;
    return found;
}

/* ---- household -------------------------------------------------------------------------- */

static struct period componente_period(const struct componente *componente)
{
    return (struct period){
        .from = day_known(componente->dal) ? componente->dal : DAY_MIN,
        .to = day_known(componente->al) ? componente->al : DAY_MAX,
    };
}

int componente_clash(const struct componente *altri, size_t count, const struct componente *nuovo)
{
    for (size_t i = 0; i < count; i++)
        if (altri[i].persona.n == nuovo->persona.n && altri[i].id.n != nuovo->id.n &&
            period_overlaps(componente_period(&altri[i]), componente_period(nuovo)))
            return (int)i;
    return -1;
}
