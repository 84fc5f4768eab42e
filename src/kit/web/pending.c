/* A form that came after its session had ended waits here, in memory, for its user: the browser
 * holds the key (a cookie), the form's own token says for whom it was drawn. Half an hour, PENDING
 * forms at most, the oldest gives way. Passwords and files are not kept. */
#include "kit/web/internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { PENDING = 128, FORM = 64 * 1024, MINUTES = 30, TOKEN = 128 };

struct wait {
    char key[WEB_MARK];
    char token[TOKEN];
    char *path, *form;
    struct instant until;
};

struct pending {
    pthread_mutex_t lock;
    struct wait waits[PENDING];
    size_t oldest;
};

struct pending *pending_new(void)
{
    struct pending *pending = calloc(1, sizeof *pending);
    if (pending != NULL)
        pthread_mutex_init(&pending->lock, NULL);
    return pending;
}

/* What was typed is personal: it does not stay in freed memory. */
static void forget(struct wait *wait)
{
    if (wait->form != NULL)
        sodium_memzero(wait->form, strlen(wait->form));
    free(wait->form);
    free(wait->path);
    *wait = (struct wait){0};
}

void pending_free(struct pending *pending)
{
    if (pending == NULL)
        return;
    for (size_t i = 0; i < PENDING; i++)
        forget(&pending->waits[i]);
    pthread_mutex_destroy(&pending->lock);
    free(pending);
}

/* The form as a query, without its token and its secrets. */
static const char *form_text(struct web_req *req)
{
    enum { SECRETS = 8 };
    const char *but[SECRETS + 2] = {"csrf"};
    size_t count = 1;
    const struct web_form *form = req->route->form;
    for (const struct web_field *field = form == NULL ? NULL : form->fields;
         field != NULL && field->at.name != NULL; field++)
        if (field->input == INPUT_SECRET && count <= SECRETS)
            but[count++] = field->at.name;
    return pairs_text(&req->arena, &req->typed, but);
}

static void new_key(char key[static WEB_MARK])
{
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(key, WEB_MARK, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool pending_put(struct web_req *req, char key[static WEB_MARK])
{
    const char *token = web_typed(req, "csrf"), *form = form_text(req);
    struct wait wait = {.until = {req->cx.now.us + INT64_C(60000000) * MINUTES}};
    size_t size = strlen(form);
    if (strlen(token) >= TOKEN || size == 0 || size > FORM)
        return false;
    new_key(key);
    memcpy(wait.key, key, WEB_MARK);
    strcpy(wait.token, token);
    wait.path = strdup(web_path(req, req->route->again));
    wait.form = strdup(form);
    if (wait.path == NULL || wait.form == NULL) {
        forget(&wait);
        return false;
    }
    struct pending *pending = req->web->pending;
    pthread_mutex_lock(&pending->lock);
    struct wait *place = &pending->waits[pending->oldest];
    pending->oldest = (pending->oldest + 1) % PENDING;
    forget(place);
    *place = wait;
    pthread_mutex_unlock(&pending->lock);
    return true;
}

static bool is_for(const struct web_req *req, const struct wait *wait, const char *key,
                   const char *path)
{
    return strlen(key) == WEB_MARK - 1 && sodium_memcmp(wait->key, key, WEB_MARK - 1) == 0 &&
           strcmp(wait->path, path) == 0 && wait->until.us >= req->cx.now.us &&
           token_of_user(req->web, wait->token, req->session->who.utente);
}

/* It stays until it is too old: the page may be loaded again before the form is sent. */
const char *pending_take(struct web_req *req, const char *key, const char *path)
{
    struct pending *pending = req->web->pending;
    char *copy = NULL;
    pthread_mutex_lock(&pending->lock);
    for (size_t i = 0; i < PENDING && copy == NULL; i++)
        if (pending->waits[i].form != NULL && is_for(req, &pending->waits[i], key, path))
            copy = strdup(pending->waits[i].form);
    pthread_mutex_unlock(&pending->lock);
    if (copy == NULL)
        return NULL;
    const char *form = arena_strdup(&req->arena, copy);
    free(copy);
    return form;
}
