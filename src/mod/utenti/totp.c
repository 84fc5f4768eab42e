#include "mod/utenti/totp.h"

#include "base/buf.h"

#include <ctype.h>
#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <string.h>

enum { PERIOD = 30, WINDOW = 1, QUIET = 4, SVG_LIMIT = 256 << 10, CODE_PART = 5 };

static struct vault_place place_of(struct id utente, struct id ambito)
{
    return (struct vault_place){"utente", "totp_chiuso", utente, ambito};
}

bool totp_new(struct cx *cx, struct id utente, struct id ambito, struct bytes *sealed)
{
    unsigned char secret[TOTP_SECRET];
    struct vault_place place = place_of(utente, ambito);
    randombytes_buf(secret, sizeof secret);
    bool ok = vault_seal(cx, NULL, &place, (struct bytes){secret, sizeof secret}, sealed);
    sodium_memzero(secret, sizeof secret);
    return ok;
}

static bool is_code(const char *code)
{
    return strlen(code) == 6 && strspn(code, "0123456789") == 6;
}

bool totp_check(struct cx *cx, struct id utente, struct id ambito, struct bytes sealed,
                const char *code, int64_t last, int64_t *step)
{
    struct vault_place place = place_of(utente, ambito);
    struct bytes secret;
    *step = 0;
    if (!is_code(code))
        return true;
    if (!vault_unseal(cx, NULL, &place, sealed, &secret))
        return false;
    uint64_t counter = 0;
    int position = 0;
    if (oath_init() != OATH_OK)
        return FAIL(cx, ERR_INTERNAL, "liboath non parte");
    int rc =
        oath_totp_validate4((const char *)secret.data, secret.size, (time_t)(cx->now.us / 1000000),
                            PERIOD, 0, WINDOW, &position, &counter, 0, code);
    oath_done();
    if (rc >= 0 && (int64_t)counter > last)
        *step = (int64_t)counter;
    return true;
}

/* ---- enrolment -------------------------------------------------------------------------- */

static const char *base32(struct cx *cx, struct bytes secret)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *out = arena_alloc(cx->arena, secret.size * 8 / 5 + 2);
    uint32_t bits = 0;
    size_t held = 0, made = 0;
    for (size_t i = 0; i < secret.size; i++) {
        bits = bits << 8 | secret.data[i];
        for (held += 8; held >= 5; held -= 5)
            out[made++] = letters[bits >> (held - 5) & 31];
    }
    return out; /* 20 bytes are 32 letters: no rest */
}

static const char *grouped(struct cx *cx, const char *text)
{
    struct buf buf;
    buf_init(&buf, cx->arena, 256);
    for (size_t i = 0; text[i] != '\0'; i++) {
        if (i > 0 && i % 4 == 0)
            buf_char(&buf, ' ');
        buf_char(&buf, text[i]);
    }
    return buf.data;
}

static void free_code(void *code)
{
    QRcode_free(code);
}

/* One path of unit squares, with the quiet zone that readers ask for. */
static bool draw(struct cx *cx, const char *text, const char **svg)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    struct buf buf;
    if (code == NULL)
        return FAIL(cx, ERR_INTERNAL, "il codice QR non si può disegnare");
    arena_hook(cx->arena, free_code, code);
    int side = code->width + 2 * QUIET;
    buf_init(&buf, cx->arena, SVG_LIMIT);
    buf_printf(&buf,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"240\" "
               "height=\"240\" role=\"img\" aria-label=\"Codice QR da inquadrare con il "
               "telefono\" shape-rendering=\"crispEdges\"><rect width=\"%d\" height=\"%d\" "
               "fill=\"#fff\"/><path fill=\"#000\" d=\"",
               side, side, side, side);
    for (int y = 0; y < code->width; y++)
        for (int x = 0; x < code->width; x++)
            if ((code->data[y * code->width + x] & 1) != 0)
                buf_printf(&buf, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    buf_text(&buf, "\"/></svg>");
    *svg = buf.data;
    return !buf.full || FAIL(cx, ERR_INTERNAL, "codice QR troppo grande");
}

bool totp_show(struct cx *cx, struct id utente, struct id ambito, struct bytes sealed,
               const char *account, const char **typed, const char **svg)
{
    struct vault_place place = place_of(utente, ambito);
    struct bytes secret;
    if (!vault_unseal(cx, NULL, &place, sealed, &secret))
        return false;
    const char *letters = base32(cx, secret);
    *typed = grouped(cx, letters);
    return draw(cx,
                arena_printf(cx->arena,
                             "otpauth://totp/Zonale:%s?secret=%s&issuer=Zonale&digits=6&period=30",
                             account, letters),
                svg);
}

/* ---- recovery codes --------------------------------------------------------------------- */

static const char alphabet[] = "23456789abcdefghjkmnpqrstuvwxyz"; /* 31, without 0 1 i l o */

const char *recupero_new(struct cx *cx)
{
    char *code = arena_alloc(cx->arena, 2 * CODE_PART + 2);
    for (size_t i = 0; i < 2 * CODE_PART + 1; i++)
        code[i] = i == CODE_PART ? '-' : alphabet[randombytes_uniform(sizeof alphabet - 1)];
    return code;
}

const char *recupero_clean(struct cx *cx, const char *typed)
{
    char *code = arena_alloc(cx->arena, 2 * CODE_PART + 1);
    size_t size = 0;
    for (; *typed != '\0'; typed++) {
        if (*typed == '-' || *typed == ' ')
            continue;
        if (size == 2 * CODE_PART)
            return NULL;
        code[size++] = (char)tolower((unsigned char)*typed);
    }
    return size == 2 * CODE_PART ? code : NULL;
}

struct bytes recupero_index(struct cx *cx, struct id ambito, const char *code)
{
    return vault_index(cx, ambito, "recupero", code);
}
