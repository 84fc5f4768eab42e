/* The strict gate: what is not one plain HTTP/1 request is answered 400 and the connection closed.
 *
 * Pure. libmicrohttpd 0.9.75 lets through several Content-Length, Content-Length beside
 * Transfer-Encoding, no Host or two, spaces before a colon, bare LF, folded lines and %00: two
 * programs that read such a head differently can be made to see different requests (RFC 9112,
 * sections 2.2, 5.1, 5.2, 6.3, 11.2).
 */
#ifndef ZONALE_KIT_WEB_GATE_H
#define ZONALE_KIT_WEB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GATE_HEADERS = 64,      /* lines of a head */
    GATE_HEAD = 16 * 1024,  /* bytes of all of them */
    GATE_PATH = 1024,       /* bytes before the question mark */
    GATE_TARGET = 8 * 1024, /* bytes of path and query */
    GATE_SEGMENTS = 16,
};

enum gate_verdict {
    GATE_OK,
    GATE_VERSION,   /* neither HTTP/1.0 nor HTTP/1.1 */
    GATE_METHOD,    /* not a token */
    GATE_LINES,     /* bare LF or NUL, folded line, spaces where there is one */
    GATE_NAME,      /* of a header: not a token */
    GATE_VALUE,     /* of a header: control characters */
    GATE_HOST,      /* none, two, or not a host */
    GATE_LENGTH,    /* Content-Length: two, or not digits, or on a request without a body */
    GATE_ENCODING,  /* any Transfer-Encoding: no client of ours sends one */
    GATE_TWICE,     /* a header that may stand once stands twice */
    GATE_PATH_FORM, /* %00, %2f, %5c, "//", dot segments, bad escapes, stray bytes */
    GATE_SIZE,      /* more or longer than the limits above */
};

struct gate_header {
    const char *name;
    size_t name_size;
    const char *value; /* without the spaces around it */
    size_t value_size;
    bool framed; /* stands right behind the line before, which ended in CR LF */
};

struct gate_head {
    const char *method;
    const char *target; /* as it came */
    const char *version;
    bool framed; /* one space between the three, CR LF at the end of the last line */
    const struct gate_header *headers;
    size_t count;
};

/* `length`: of the body; 0 without one. */
enum gate_verdict gate_check(const struct gate_head *head, int64_t *length);
const char *gate_reason(enum gate_verdict verdict);
bool gate_is_token(const char *text, size_t size);

#endif
