/* Answers and scores. */
#include "mod/valutazioni/rules.h"

#include "base/buf.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- points ------------------------------------------------------------------------------------
 */

bool punti_parse(const char *text, int64_t *centesimi)
{
    bool minus = *text == '-';
    int64_t value = 0;
    int decimals = -1;
    const char *p = text + minus;
    if (*p < '0' || *p > '9')
        return false;
    for (; *p != '\0'; p++) {
        if ((*p == ',' || *p == '.') && decimals < 0 && p[1] != '\0') {
            decimals = 0;
            continue;
        }
        if (*p < '0' || *p > '9' || decimals == 2 || value > PUNTI_MAX)
            return false;
        value = value * 10 + (*p - '0');
        decimals += decimals >= 0;
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    if (value > PUNTI_MAX)
        return false;
    *centesimi = minus ? -value : value;
    return true;
}

const char *punti_it(int64_t centesimi, char text[static PUNTI_TEXT])
{
    text[0] = '\0';
    if (centesimi == INT_NONE)
        return text;
    int64_t size = centesimi < 0 ? -centesimi : centesimi;
    const char *sign = centesimi < 0 ? "-" : "";
    if (size % 100 == 0)
        snprintf(text, PUNTI_TEXT, "%s%" PRId64, sign, size / 100);
    else if (size % 10 == 0)
        snprintf(text, PUNTI_TEXT, "%s%" PRId64 ",%" PRId64, sign, size / 100, size % 100 / 10);
    else
        snprintf(text, PUNTI_TEXT, "%s%" PRId64 ",%02" PRId64, sign, size / 100, size % 100);
    return text;
}

/* ---- answers
 * ------------------------------------------------------------------------------------- */

size_t risposta_scelta(const struct scheda_voce *voce, const char *risposta)
{
    size_t number = 0;
    if (risposta == NULL || risposta[0] < '1' || risposta[0] > '9' || strlen(risposta) > 2)
        return SCHEDA_SCELTE;
    for (const char *p = risposta; *p != '\0'; p++) {
        if (*p < '0' || *p > '9')
            return SCHEDA_SCELTE;
        number = number * 10 + (size_t)(*p - '0');
    }
    return number <= voce->scelte_count ? number - 1 : SCHEDA_SCELTE;
}

enum risposta_fault risposta_check(const struct scheda_voce *voce, const char *risposta)
{
    int64_t number;
    if (risposta == NULL)
        return RISPOSTA_OK;
    if (voce->tipo == VOCE_SCELTA)
        return risposta_scelta(voce, risposta) < SCHEDA_SCELTE ? RISPOSTA_OK : RISPOSTA_SCELTA;
    if (voce->tipo == VOCE_TESTO)
        return text_length(risposta) <= RISPOSTA_TESTO ? RISPOSTA_OK : RISPOSTA_LUNGA;
    if (strlen(risposta) > RISPOSTA_NUMERO || !punti_parse(risposta, &number))
        return RISPOSTA_CIFRA;
    return number >= voce->minimo && number <= voce->massimo ? RISPOSTA_OK : RISPOSTA_FUORI;
}

const char *risposta_words(struct arena *arena, const struct scheda_voce *voce,
                           const char *risposta)
{
    char text[PUNTI_TEXT];
    int64_t number;
    if (risposta == NULL || risposta_check(voce, risposta) != RISPOSTA_OK)
        return NULL;
    if (voce->tipo == VOCE_SCELTA)
        return voce->scelte[risposta_scelta(voce, risposta)].testo;
    if (voce->tipo == VOCE_NUMERO && punti_parse(risposta, &number))
        return arena_strdup(arena, punti_it(number, text));
    return risposta;
}

/* A free answer keeps its lines: they stand as "\n" and a backslash as two. */
static void escaped(struct buf *buf, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n')
            buf_text(buf, "\\n");
        else if (*text == '\\')
            buf_text(buf, "\\\\");
        else
            buf_char(buf, *text);
    }
}

static const char *unescaped(struct arena *arena, const char *text, size_t size)
{
    char *out = arena_alloc(arena, size + 1);
    size_t at = 0;
    for (size_t i = 0; i < size; i++) {
        bool mark = text[i] == '\\' && i + 1 < size;
        i += mark;
        out[at++] = mark && text[i] == 'n' ? '\n' : text[i];
    }
    out[at] = '\0';
    return out;
}

enum { RISPOSTE_SIZE = SCHEDA_VOCI * (8 * RISPOSTA_TESTO + SCHEDA_CODICE + 2) };

const char *risposte_text(struct arena *arena, const struct scheda_regole *scheda,
                          const struct risposte *risposte)
{
    struct buf buf;
    buf_init(&buf, arena, RISPOSTE_SIZE);
    for (size_t i = 0; i < scheda->voci_count; i++) {
        if (risposte->items[i] == NULL)
            continue;
        buf_printf(&buf, "%s\t", scheda->voci[i].codice);
        escaped(&buf, risposte->items[i]);
        buf_char(&buf, '\n');
    }
    return buf.size > 0 ? buf.data : "";
}

static bool is_code(const char *line, size_t size, const char *codice)
{
    return strlen(codice) == size && memcmp(line, codice, size) == 0;
}

void risposte_read(struct arena *arena, const struct scheda_regole *scheda, const char *text,
                   struct risposte *risposte)
{
    *risposte = (struct risposte){{NULL}};
    while (*text != '\0') {
        size_t line = strcspn(text, "\n"), word = strcspn(text, "\t\n");
        for (size_t i = 0; i < scheda->voci_count && word < line; i++) {
            if (is_code(text, word, scheda->voci[i].codice))
                risposte->items[i] = unescaped(arena, text + word + 1, line - word - 1);
        }
        text += line + (text[line] == '\n');
    }
}

/* ---- scores
 * -------------------------------------------------------------------------------------- */

/* Points of an answer; false: it is not answered. `counts` false: it is left out. */
static bool points_of(const struct scheda_voce *voce, const char *risposta, int64_t *points,
                      bool *counts)
{
    *counts = true;
    *points = 0;
    if (risposta == NULL || risposta_check(voce, risposta) != RISPOSTA_OK)
        return false;
    if (voce->tipo == VOCE_NUMERO)
        return punti_parse(risposta, points);
    const struct scheda_scelta *scelta = &voce->scelte[risposta_scelta(voce, risposta)];
    *counts = scelta->conta;
    *points = scelta->punti;
    return true;
}

static int64_t divided(int64_t value, int64_t by)
{
    return (value + (value < 0 ? -by / 2 : by / 2)) / by;
}

static const char *band_of(const struct scheda_totale *totale, int64_t score)
{
    const char *name = NULL;
    for (size_t i = 0; i < totale->fasce_count && totale->fasce[i].da <= score; i++)
        name = totale->fasce[i].nome;
    return name;
}

static struct punteggio score_of(const struct scheda_regole *scheda,
                                 const struct scheda_totale *totale,
                                 const struct risposte *risposte)
{
    struct punteggio p = {.centesimi = INT_NONE};
    int64_t sum = 0, weights = 0, most = INT64_MIN, points;
    bool counts;
    for (size_t i = 0; i < scheda->voci_count; i++) {
        if (!totale->voci[i])
            continue;
        if (!points_of(&scheda->voci[i], risposte->items[i], &points, &counts)) {
            p.mancano++;
        } else if (counts) {
            sum += points * scheda->voci[i].peso;
            weights += scheda->voci[i].peso;
            most = points > most ? points : most;
        }
    }
    p.completo = p.mancano == 0;
    p.escluso = p.completo && weights == 0;
    if (!p.completo || p.escluso)
        return p;
    p.centesimi = totale->calcolo == CALCOLO_SOMMA   ? divided(sum, 100)
                  : totale->calcolo == CALCOLO_MEDIA ? divided(sum, weights)
                                                     : most;
    p.fascia = band_of(totale, p.centesimi);
    return p;
}

void scheda_score(const struct scheda_regole *scheda, const struct risposte *risposte,
                  struct esito *esito)
{
    int64_t points;
    bool counts;
    *esito = (struct esito){.completo = true};
    for (size_t i = 0; i < scheda->voci_count; i++) {
        if (scheda->voci[i].tipo == VOCE_TESTO)
            continue;
        esito->domande++;
        esito->date += points_of(&scheda->voci[i], risposte->items[i], &points, &counts);
    }
    for (size_t i = 0; i < scheda->totali_count; i++) {
        esito->totali[i] = score_of(scheda, &scheda->totali[i], risposte);
        esito->completo = esito->completo && esito->totali[i].completo;
    }
    esito->completo = esito->completo && esito->date == esito->domande;
}

const char *punteggio_words(struct arena *arena, const struct punteggio *p)
{
    char text[PUNTI_TEXT];
    if (!p->completo)
        return p->mancano == 1
                   ? "incompleto: manca una risposta"
                   : arena_printf(arena, "incompleto: mancano %zu risposte", p->mancano);
    if (p->escluso)
        return "non riguarda la persona";
    return arena_strdup(arena, punti_it(p->centesimi, text));
}
