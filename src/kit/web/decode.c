/* The form of a route: pairs into its struct, all the faults at once. */
#include "base/codfis.h"
#include "base/text.h"
#include "kit/web/internal.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 200, LINES_MAX = 10000, SECRET_MAX = 256, CHOICE_MAX = 100, FILE_MAX = 10 << 20 };

static void *at(const struct web_field *field, void *object)
{
    return (char *)object + field->at.offset;
}

static void set_text(const struct web_field *field, void *object, const char *text)
{
    *(const char **)at(field, object) = text;
}

static int64_t most(const struct web_field *field, int64_t usual)
{
    return field->max > 0 ? field->max : usual;
}

/* In what is written down, nothing is dropped unseen: the field is shown again without it. What is
 * only looked for is looked for without it. */
static bool hides(struct web_req *req, const struct web_field *field, const char *value)
{
    bool hides = field->input == INPUT_TEXT && req->route->method == WEB_POST && text_hidden(value);
    if (!hides)
        return false;
    pairs_replace(&req->typed, field->at.name, text_clean(&req->arena, value, false));
    web_fault(req, field->at.name,
              "Conteneva a capo o caratteri che non si vedono: sono stati tolti. Controlla e invia "
              "di nuovo.");
    return true;
}

static void take_text(struct web_req *req, const struct web_field *field, const char *value,
                      void *object)
{
    bool lines = field->input == INPUT_LINES;
    if (hides(req, field, value))
        return;
    if (field->input != INPUT_SECRET)
        value = text_clean(&req->arena, value, lines);
    int64_t max = most(field, lines                          ? LINES_MAX
                              : field->input == INPUT_SECRET ? SECRET_MAX
                                                             : TEXT_MAX);
    int64_t length = (int64_t)text_length(value);
    if (length == 0)
        return;
    if (length > max)
        web_fault(req, field->at.name, "Testo troppo lungo: %lld caratteri, al massimo %lld.",
                  (long long)length, (long long)max);
    else if (length < field->min)
        web_fault(req, field->at.name, "Testo troppo corto: almeno %lld caratteri.",
                  (long long)field->min);
    else
        set_text(field, object, value);
}

static void take_codfis(struct web_req *req, const struct web_field *field, const char *value,
                        void *object)
{
    char clean[CODFIS_SIZE];
    int place;
    if (strlen(value) > 64) {
        web_fault(req, field->at.name, "Il codice fiscale ha 16 caratteri.");
        return;
    }
    switch (codfis_check(value, clean, &place)) {
    case CODFIS_OK:
        set_text(field, object, arena_strdup(&req->arena, clean));
        break;
    case CODFIS_LENGTH:
        web_fault(req, field->at.name,
                  "Il codice fiscale ha 16 caratteri, o 11 cifre se provvisorio.");
        break;
    case CODFIS_SHAPE:
        web_fault(req, field->at.name, "Il carattere %d del codice fiscale non va bene.", place);
        break;
    case CODFIS_CHECK:
        web_fault(
            req, field->at.name,
            "L’ultimo carattere del codice fiscale non torna: forse c’è un errore di battitura.");
        break;
    }
}

static void take_choice(struct web_req *req, const struct web_field *field, const char *value,
                        void *object)
{
    bool known = field->choices == NULL && text_length(value) <= CHOICE_MAX;
    for (const struct web_choice *choice = field->choices; choice != NULL && choice->value != NULL;
         choice++)
        known = known || strcmp(choice->value, value) == 0;
    if (!known || !field_set_machine(&req->arena, &field->at, object, value))
        web_fault(req, field->at.name, "Scelta non prevista.");
}

static const char *const value_faults[] = {
    [INPUT_DAY] = "Data non valida: scrivila come 05/03/2026.",
    [INPUT_MONEY] = "Importo non valido: scrivilo come 1.234,50.",
    [INPUT_INT] = "Numero non valido: solo cifre.",
    [INPUT_MINUTES] = "Durata non valida: scrivila come 2:30 oppure 2,5.",
    [INPUT_RATE] = "Frazione o percentuale non valida: per esempio 21,06 % oppure 17/94.",
    [INPUT_FILE] = NULL,
};

/* The number that `min` and `max` bound. */
static bool number_of(const struct web_field *field, void *object, int64_t *number)
{
    switch (field->input) {
    case INPUT_MONEY:
        *number = ((struct money *)at(field, object))->cents;
        return true;
    case INPUT_INT:
        *number = *(int64_t *)at(field, object);
        return true;
    case INPUT_MINUTES:
        *number = ((struct minutes *)at(field, object))->n;
        return true;
    case INPUT_TEXT:
    case INPUT_LINES:
    case INPUT_SECRET:
    case INPUT_CHOICE:
    case INPUT_CHECK:
    case INPUT_DAY:
    case INPUT_RATE:
    case INPUT_ID:
    case INPUT_CODFIS:
    case INPUT_FILE:
        break;
    }
    return false;
}

static const char *bound_text(const struct web_field *field, int64_t number,
                              char text[static MONEY_TEXT])
{
    if (field->input == INPUT_MONEY)
        return money_it(MONEY(number), text);
    if (field->input == INPUT_MINUTES)
        return minutes_it((struct minutes){(int32_t)number}, text);
    snprintf(text, MONEY_TEXT, "%lld", (long long)number);
    return text;
}

static void check_bounds(struct web_req *req, const struct web_field *field, void *object)
{
    int64_t number;
    char text[MONEY_TEXT];
    if ((field->min == 0 && field->max == 0) || !number_of(field, object, &number))
        return;
    if (number < field->min)
        web_fault(req, field->at.name, "Il valore più piccolo ammesso è %s.",
                  bound_text(field, field->min, text));
    else if (number > field->max)
        web_fault(req, field->at.name, "Il valore più grande ammesso è %s.",
                  bound_text(field, field->max, text));
}

static void take_value(struct web_req *req, const struct web_field *field, const char *value,
                       void *object)
{
    enum { VALUE_MAX = 64 };
    if (strlen(value) > VALUE_MAX || !field_set_it(&req->arena, &field->at, object, value)) {
        web_fault(req, field->at.name, "%s", value_faults[field->input]);
        return;
    }
    if (field_known(&field->at, object))
        check_bounds(req, field, object);
}

static void take_id(struct web_req *req, const struct web_field *field, const char *value,
                    void *object)
{
    if (strlen(value) >= ID_TEXT || !id_parse(value, at(field, object)))
        web_fault(req, field->at.name, "Scelta non prevista.");
}

static void take_check(struct web_req *req, const struct web_field *field, const char *value,
                       void *object)
{
    bool on = strcmp(value, "1") == 0 || strcmp(value, "on") == 0 || strcmp(value, "si") == 0;
    if (!on && *value != '\0' && strcmp(value, "0") != 0)
        web_fault(req, field->at.name, "Scelta non prevista.");
    *(bool *)at(field, object) = on;
}

static void take_file(struct web_req *req, const struct web_field *field,
                      const struct web_file *file, void *object)
{
    int64_t max = most(field, FILE_MAX);
    if (file->bytes.size == 0)
        web_fault(req, field->at.name, "Il file «%s» è vuoto.", file->name);
    else if ((int64_t)file->bytes.size > max)
        web_fault(req, field->at.name, "Il file è troppo grande: al massimo %lld KB.",
                  (long long)(max / 1024));
    else if (file->type == NULL)
        web_fault(req, field->at.name,
                  "Tipo di file non ammesso: si accettano PDF, immagini, testi e documenti.");
    else
        *(struct bytes *)at(field, object) = file->bytes;
}

static void take(struct web_req *req, const struct web_field *field, const struct pair *pair,
                 void *object)
{
    const char *value = pair->value;
    if (field->input == INPUT_FILE) {
        if (pair->file != NULL)
            take_file(req, field, pair->file, object);
        return;
    }
    if (*value == '\0')
        return;
    switch (field->input) {
    case INPUT_TEXT:
    case INPUT_LINES:
    case INPUT_SECRET:
        take_text(req, field, value, object);
        break;
    case INPUT_CHOICE:
        take_choice(req, field, value, object);
        break;
    case INPUT_CHECK:
        take_check(req, field, value, object);
        break;
    case INPUT_ID:
        take_id(req, field, value, object);
        break;
    case INPUT_CODFIS:
        take_codfis(req, field, value, object);
        break;
    case INPUT_DAY:
    case INPUT_MONEY:
    case INPUT_INT:
    case INPUT_MINUTES:
    case INPUT_RATE:
        take_value(req, field, value, object);
        break;
    case INPUT_FILE:
        break;
    }
}

static void blank(const struct web_form *form, void *object)
{
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++) {
        const struct field one[] = {field->at, FIELD_END};
        field_blank(one, object);
    }
}

const void *decode_values(struct web_req *req, const struct web_form *form,
                          const struct pairs *typed)
{
    void *object = arena_alloc(&req->arena, form->size);
    blank(form, object);
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++) {
        const struct pair *pair = pairs_find(typed, field->at.name);
        size_t before = req->fault_count;
        if (pair != NULL)
            take(req, field, pair, object);
        bool missing = field->input == INPUT_CHECK ? !*(bool *)at(field, object)
                                                   : !field_known(&field->at, object);
        if (field->required && missing && req->fault_count == before)
            web_fault(req, field->at.name, "Campo obbligatorio.");
    }
    return object;
}
