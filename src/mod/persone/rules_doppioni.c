#include "mod/persone/rules.h"

#include <string.h>

/* ---- likelihood --------------------------------------------------------------------------- */

/* In the order of the bits. Names alone never reach the threshold: namesakes are common. */
static const int punti[DOPPIONE_MOTIVI] = {60, 40, 34, 25, 30, 20, -60, 15, -60, -20};

static bool whole_code(const char *codfis)
{
    return codfis != NULL && strlen(codfis) == CODFIS_SIZE - 1;
}

/* Two days that one slip of the pen makes one. */
static bool near_birth(struct day a, struct day b)
{
    struct civil x = day_civil(a);
    struct civil y = day_civil(b);
    if (x.year == y.year && x.month == y.day && x.day == y.month)
        return true;
    char one[DAY_TEXT];
    char other[DAY_TEXT];
    int wrong = 0;
    day_iso(a, one);
    day_iso(b, other);
    for (size_t i = 0; one[i] != '\0' && other[i] != '\0'; i++)
        wrong += one[i] != other[i];
    return wrong == 1;
}

static int births(const struct persona *a, const struct persona *b)
{
    if (!day_known(a->nascita) || !day_known(b->nascita))
        return 0;
    if (day_cmp(a->nascita, b->nascita) == 0)
        return SIMILE_NASCITA;
    return near_birth(a->nascita, b->nascita) ? DOPPIONE_NASCITA_QUASI : 0;
}

struct doppione_giudizio doppione_judge(struct arena *arena, const struct persona *a,
                                        const struct persona *b)
{
    /* Names are weighed apart from births, which persona_likeness wants to agree. */
    struct persona other = *b;
    other.nascita = day_known(a->nascita) ? a->nascita : b->nascita;
    struct persona first = *a;
    first.nascita = other.nascita;
    int why = persona_likeness(arena, &first, &other) & ~SIMILE_NASCITA;
    if (why == 0)
        return (struct doppione_giudizio){0, 0};
    why |= births(a, b);
    if (whole_code(a->codfis) && whole_code(b->codfis) &&
        (why & (SIMILE_CODFIS | SIMILE_OMOCODIA)) == 0)
        why |= DOPPIONE_CODFIS_ALTRO;
    if (a->sesso != NULL && b->sesso != NULL && strcmp(a->sesso, b->sesso) != 0)
        why |= DOPPIONE_SESSO_ALTRO;
    int sum = 0;
    for (int i = 0; i < DOPPIONE_MOTIVI; i++)
        sum += (why & (1 << i)) != 0 ? punti[i] : 0;
    sum = sum < 0 ? 0 : sum > DOPPIONE_MASSIMO ? DOPPIONE_MASSIMO : sum;
    return (struct doppione_giudizio){why, sum};
}

/* ---- two made one ------------------------------------------------------------------------- */

const struct field fusione_campi[] = {
    FIELD(persona, cognome),  FIELD(persona, nome),    FIELD(persona, codfis),
    FIELD(persona, sesso),    FIELD(persona, nascita), FIELD(persona, nascita_luogo),
    FIELD(persona, belfiore), FIELD(persona, comune),  FIELD(persona, indirizzo),
    FIELD(persona, telefono), FIELD(persona, email),   FIELD(persona, cittadinanza),
    FIELD(persona, tutela),   FIELD(persona, morte),   FIELD_END,
};

static void copy_field(const struct field *field, struct persona *to, const struct persona *from)
{
    size_t size = sizeof(const char *);
    if (field->type == FIELD_DAY)
        size = sizeof(struct day);
    else if (field->type == FIELD_ID)
        size = sizeof(struct id);
    memcpy((char *)to + field->offset, (const char *)from + field->offset, size);
}

struct persona fusione_merge(const struct persona *tiene, const struct persona *toglie,
                             const bool altra[static FUSIONE_CAMPI])
{
    struct persona one = *tiene;
    for (int i = 0; i < FUSIONE_CAMPI; i++)
        if (altra[i])
            copy_field(&fusione_campi[i], &one, toglie);
    one.riservata = tiene->riservata || toglie->riservata;
    return one;
}

static bool same_field(struct arena *arena, const struct field *field, const struct persona *a,
                       const struct persona *b)
{
    return strcmp(field_machine(arena, field, a), field_machine(arena, field, b)) == 0;
}

struct persona fusione_undo(struct arena *arena, const struct persona *prima,
                            const struct persona *dopo, const struct persona *ora)
{
    struct persona back = *ora;
    for (const struct field *field = fusione_campi; field->name != NULL; field++)
        if (same_field(arena, field, ora, dopo))
            copy_field(field, &back, prima);
    if (ora->riservata == dopo->riservata)
        back.riservata = prima->riservata;
    return back;
}
