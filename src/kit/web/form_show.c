/* A form as values for {{>kit/form}}. */
#include "kit/web/internal.h"

#include <string.h>

static const char *const kinds[] = {
    [INPUT_TEXT] = "is_text",     [INPUT_LINES] = "is_lines", [INPUT_SECRET] = "is_secret",
    [INPUT_CHOICE] = "is_choice", [INPUT_CHECK] = "is_check", [INPUT_DAY] = "is_day",
    [INPUT_MONEY] = "is_money",   [INPUT_INT] = "is_int",     [INPUT_MINUTES] = "is_minutes",
    [INPUT_RATE] = "is_rate",     [INPUT_ID] = "is_id",       [INPUT_CODFIS] = "is_codfis",
    [INPUT_FILE] = "is_file",
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *fault_of(const struct web_req *req, const char *name)
{
    for (size_t i = 0; i < req->fault_count; i++)
        if (req->faults[i].field != NULL && strcmp(req->faults[i].field, name) == 0)
            return req->faults[i].text;
    return NULL;
}

static const char *label_of(const struct web_form *form, const char *name)
{
    for (const struct web_field *field = form->fields; name != NULL && field->at.name != NULL;
         field++)
        if (strcmp(field->at.name, name) == 0)
            return field->label;
    return NULL;
}

const struct web_choice *form_choices(const struct web_req *req, const struct web_field *field)
{
    for (size_t i = 0; i < req->choice_count; i++)
        if (strcmp(req->choices[i].field, field->at.name) == 0)
            return req->choices[i].choices;
    return field->choices;
}

/* Typed values win: also an empty one, and an unticked box of a form that was sent. */
static const char *value_of(struct web_req *req, const struct web_form *form,
                            const struct web_field *field, const void *object)
{
    const struct pair *pair = pairs_find(&req->typed, field->at.name);
    if (field->input == INPUT_SECRET || field->input == INPUT_FILE)
        return "";
    if (pair != NULL)
        return pair->value;
    if (object == NULL || req->again_form == form)
        return "";
    if (field->input == INPUT_CHECK)
        return *(const bool *)((const char *)object + field->at.offset) ? "1" : "";
    if (!field_known(&field->at, object))
        return "";
    return field->input == INPUT_CHOICE || field->input == INPUT_ID
               ? field_machine(&req->arena, &field->at, object)
               : field_it(&req->arena, &field->at, object);
}

static void show_choices(struct tv *to, const struct web_choice *choice, const char *value)
{
    struct tv *list = tv_children(to, "choices");
    for (; choice != NULL && choice->value != NULL; choice++) {
        struct tv *item = tv_push(list);
        tv_lend(item, "value", choice->value);
        tv_lend(item, "label", choice->label);
        tv_bool(item, "selected", strcmp(choice->value, value) == 0);
    }
}

static void show_field(struct web_req *req, struct tv *to, const struct web_form *form,
                       const struct web_field *field, const void *object)
{
    const char *fault = fault_of(req, field->at.name);
    const char *value = value_of(req, form, field, object);
    tv_lend(to, "name", field->at.name);
    tv_lend(to, "id", field->at.name);
    tv_lend(to, "label", field->label);
    tv_lend(to, "value", value);
    tv_lend(to, "help", field->help);
    tv_lend(to, "fault", fault);
    tv_bool(to, "required", field->required);
    tv_bool(to, "invalid", fault != NULL);
    tv_bool(to, "checked", field->input == INPUT_CHECK && *value != '\0' && *value != '0');
    bool text = field->input <= INPUT_SECRET;
    tv_int(to, "max", text && field->max > 0 ? field->max : INT_NONE);
    for (size_t kind = 0; kind < KINDS; kind++)
        tv_bool(to, kinds[kind], field->input == kind);
    show_choices(to, form_choices(req, field), value);
}

static void show_faults(struct web_req *req, struct tv *to, const struct web_form *form)
{
    struct tv *faults = tv_children(to, "faults");
    bool any = false;
    for (size_t i = 0; i < req->fault_count; i++) {
        const struct web_fault *fault = &req->faults[i];
        const char *label = label_of(form, fault->field);
        if (fault->field != NULL && label == NULL)
            continue; /* of another form on the page */
        struct tv *item = tv_push(faults);
        tv_text(item, "name", fault->field);
        tv_text(item, "label", label);
        tv_text(item, "text", fault->text);
        any = true;
    }
    tv_bool(to, "faulty", any);
}

/* A filter that has nothing to choose from for this user is no filter. */
static bool is_idle(const struct web_req *req, const struct web_field *field)
{
    const struct web_choice *choices = form_choices(req, field);
    return req->route->handler == web_list_page && field->input == INPUT_CHOICE &&
           choices != NULL && choices->value == NULL;
}

void web_form_show(struct web_req *req, struct tv *page, const char *name,
                   const struct web_form *form, const void *object)
{
    struct tv *to = tv_child(page, name);
    struct tv *fields = tv_children(to, "fields");
    bool multipart = false;
    for (const struct web_field *field = form->fields; field->at.name != NULL; field++) {
        if (is_idle(req, field))
            continue;
        struct tv *shown = tv_push(fields);
        show_field(req, shown, form, field, object);
        tv_set(to, field->at.name, shown); /* the same object under its name */
        multipart = multipart || field->input == INPUT_FILE;
    }
    tv_bool(to, "multipart", multipart);
    show_faults(req, to, form);
}
