/* The token of a form: "chance.mac.tag".
 *   chance  new at each drawing: names this sending with what was typed (twice the same counts
 *           once), and keeps the rest from being guessed through the compression of the page
 *   mac     of chance, keyed by the session's secret (before login: by a cookie of the browser)
 *   tag     of chance and user, keyed by the server: tells whether a form that outlived its
 *           session was drawn for the user who is logged in now
 */
#include "kit/web/internal.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { PART = WEB_MARK - 1, BYTES = 16, TOKEN = 3 * PART + 2 };

static void encode(const unsigned char bytes[static BYTES], char text[static WEB_MARK])
{
    sodium_bin2base64(text, WEB_MARK, bytes, BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

static void make_mac(const char *chance, const char *secret, char mac[static WEB_MARK])
{
    unsigned char bytes[BYTES], key[32];
    crypto_generichash(key, sizeof key, (const unsigned char *)secret, strlen(secret), NULL, 0);
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)chance, PART, key, sizeof key);
    encode(bytes, mac);
}

static void make_tag(const struct web *web, const char *chance, struct id user,
                     char tag[static WEB_MARK])
{
    unsigned char bytes[BYTES];
    char text[PART + 24];
    int size = snprintf(text, sizeof text, "%.*s%lld", PART, chance, (long long)user.n);
    crypto_generichash(bytes, sizeof bytes, (const unsigned char *)text, (unsigned long long)size,
                       web->key, sizeof web->key);
    encode(bytes, tag);
}

static const char *new_text(struct web_req *req)
{
    unsigned char bytes[BYTES];
    char text[WEB_MARK];
    randombytes_buf(bytes, sizeof bytes);
    encode(bytes, text);
    return arena_strdup(&req->arena, text);
}

/* Before login the secret is a cookie that only this browser has. */
static const char *secret_of(struct web_req *req, bool make)
{
    if (req->session != NULL)
        return req->session->csrf;
    const char *cookie = guard_cookie(req, req->web->cookie_form);
    if (cookie != NULL || !make)
        return cookie;
    struct web_res *res = &req->res;
    for (size_t i = 0; i < res->cookie_count; i++)
        if (strcmp(res->cookies[i].name, req->web->cookie_form) == 0)
            return res->cookies[i].value;
    const char *value = new_text(req);
    if (res->cookie_count < WEB_COOKIES)
        res->cookies[res->cookie_count++] = (struct cookie){req->web->cookie_form, value, 0};
    return value;
}

const char *token_make(struct web_req *req)
{
    const char *secret = secret_of(req, true), *chance = new_text(req);
    char mac[WEB_MARK], tag[WEB_MARK];
    make_mac(chance, secret, mac);
    make_tag(req->web, chance, req->session == NULL ? ID_NONE : req->session->who.utente, tag);
    return arena_printf(&req->arena, "%s.%s.%s", chance, mac, tag);
}

static bool is_token(const char *token)
{
    return strlen(token) == TOKEN && token[PART] == '.' && token[2 * PART + 1] == '.';
}

/* The same form with the same words to the same place: a double click. With other words, sent from
 * the same page as it stood, it is another wish, and must not be answered as if it were done. */
static void make_mark(struct web_req *req, const char *chance)
{
    unsigned char bytes[BYTES];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof bytes);
    crypto_generichash_update(&state, (const unsigned char *)chance, PART);
    crypto_generichash_update(&state, (const unsigned char *)req->target, strlen(req->target) + 1);
    crypto_generichash_update(&state, (const unsigned char *)req->body, req->body_size);
    crypto_generichash_final(&state, bytes, sizeof bytes);
    encode(bytes, req->sent_mark);
}

bool token_check(struct web_req *req, const char *token)
{
    const char *secret = secret_of(req, false);
    char mac[WEB_MARK];
    if (secret == NULL || !is_token(token))
        return false;
    make_mac(token, secret, mac);
    if (sodium_memcmp(mac, token + PART + 1, PART) != 0)
        return false;
    make_mark(req, token);
    return true;
}

bool token_of_user(struct web *web, const char *token, struct id user)
{
    char tag[WEB_MARK];
    if (!is_token(token))
        return false;
    make_tag(web, token, user, tag);
    return sodium_memcmp(tag, token + 2 * PART + 2, PART) == 0;
}
