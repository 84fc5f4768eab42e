#include "kit/web/gate.h"

#include <string.h>
#include <strings.h>

static const char *const reasons[] = {
    [GATE_OK] = "ok",
    [GATE_VERSION] = "version",
    [GATE_METHOD] = "method",
    [GATE_LINES] = "lines",
    [GATE_NAME] = "header name",
    [GATE_VALUE] = "header value",
    [GATE_HOST] = "host",
    [GATE_LENGTH] = "content-length",
    [GATE_ENCODING] = "transfer-encoding",
    [GATE_TWICE] = "header twice",
    [GATE_PATH_FORM] = "path",
    [GATE_SIZE] = "size",
};

const char *gate_reason(enum gate_verdict verdict)
{
    return reasons[verdict];
}

static bool is_alnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool gate_is_token(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\0' || (!is_alnum(text[i]) && strchr("!#$%&'*+-.^_`|~", text[i]) == NULL))
            return false;
    return size > 0;
}

/* Headers that a request may carry once: what it says twice, two readers can take differently. */
static const char *const single[] = {"Content-Type",   "Cookie",    "Origin",
                                     "Sec-Fetch-Site", "Expect",    "Connection",
                                     "If-None-Match",  "X-Real-Ip", "X-Forwarded-For"};
enum { SINGLE = sizeof single / sizeof *single };

struct seen {
    unsigned hosts;
    unsigned lengths;
    unsigned single[SINGLE];
    int64_t length;
};

static bool named(const struct gate_header *header, const char *name)
{
    return header->name_size == strlen(name) &&
           strncasecmp(header->name, name, header->name_size) == 0;
}

static bool is_host(const char *text, size_t size)
{
    if (size == 0 || size > 255)
        return false;
    for (size_t i = 0; i < size; i++)
        if (text[i] == '\0' || (!is_alnum(text[i]) && strchr(".-:[]_", text[i]) == NULL))
            return false;
    return true;
}

static bool is_length(const char *text, size_t size, int64_t *length)
{
    if (size == 0 || size > 15)
        return false;
    *length = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *length = *length * 10 + (text[i] - '0');
    }
    return true;
}

static bool is_value(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if ((c < 0x20 && c != '\t') || c == 0x7f)
            return false;
    }
    return true;
}

static enum gate_verdict check_known(const struct gate_header *header, struct seen *seen)
{
    if (named(header, "Transfer-Encoding") || named(header, "TE") || named(header, "Trailer"))
        return GATE_ENCODING;
    if (named(header, "Host")) {
        seen->hosts++;
        return is_host(header->value, header->value_size) ? GATE_OK : GATE_HOST;
    }
    if (named(header, "Content-Length")) {
        seen->lengths++;
        return is_length(header->value, header->value_size, &seen->length) ? GATE_OK : GATE_LENGTH;
    }
    for (size_t i = 0; i < SINGLE; i++)
        if (named(header, single[i]) && ++seen->single[i] > 1)
            return GATE_TWICE;
    return GATE_OK;
}

static enum gate_verdict check_header(const struct gate_header *header, struct seen *seen)
{
    if (!header->framed)
        return GATE_LINES;
    if (!gate_is_token(header->name, header->name_size))
        return GATE_NAME;
    if (!is_value(header->value, header->value_size))
        return GATE_VALUE;
    return check_known(header, seen);
}

static enum gate_verdict check_headers(const struct gate_head *head, struct seen *seen)
{
    size_t size = 0;
    if (head->count > GATE_HEADERS)
        return GATE_SIZE;
    for (size_t i = 0; i < head->count; i++) {
        enum gate_verdict verdict = check_header(&head->headers[i], seen);
        if (verdict != GATE_OK)
            return verdict;
        size += head->headers[i].name_size + head->headers[i].value_size + 4;
    }
    if (size > GATE_HEAD)
        return GATE_SIZE;
    if (seen->hosts != 1)
        return GATE_HOST;
    return seen->lengths > 1 ? GATE_LENGTH : GATE_OK;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte at `text`, escapes undone; -1 where there is none. */
static int byte_at(const char *text, const char *end, size_t *used)
{
    *used = 1;
    if (*text != '%')
        return (unsigned char)*text;
    if (end - text < 3 || hex(text[1]) < 0 || hex(text[2]) < 0)
        return -1;
    *used = 3;
    return hex(text[1]) * 16 + hex(text[2]);
}

/* One segment, from behind its slash. Dots only, escaped or not, are refused whatever their number.
 */
static bool is_segment(const char *text, const char *end)
{
    bool dots = text < end;
    for (size_t used; text < end; text += used) {
        int byte = byte_at(text, end, &used);
        bool plain = used == 1;
        if (byte < 0x20 || byte == 0x7f || byte == '\\' || (!plain && byte == '/'))
            return false;
        if (plain && (byte >= 0x80 || strchr(" \"<>^`{|}#;", byte) != NULL))
            return false;
        dots = dots && byte == '.';
    }
    return !dots;
}

static bool is_query(const char *text)
{
    const char *end = text + strlen(text);
    for (size_t used; text < end; text += used) {
        int byte = byte_at(text, end, &used);
        if (byte <= 0 || (used == 1 && (byte <= 0x20 || byte >= 0x7f || byte == '#')))
            return false;
    }
    return true;
}

static enum gate_verdict check_target(const char *target)
{
    size_t size = strlen(target);
    const char *mark = strchrnul(target, '?');
    if (size > GATE_TARGET || mark - target > GATE_PATH)
        return GATE_SIZE;
    if (*target != '/')
        return GATE_PATH_FORM;
    size_t segments = 0;
    for (const char *text = target; text < mark;) {
        const char *start = text + 1;
        text = memchr(start, '/', (size_t)(mark - start));
        if (text == NULL)
            text = mark;
        bool last = text == mark;
        if ((start == text && !last) || !is_segment(start, text))
            return GATE_PATH_FORM;
        if (++segments > GATE_SEGMENTS)
            return GATE_SIZE;
    }
    return *mark == '\0' || is_query(mark + 1) ? GATE_OK : GATE_PATH_FORM;
}

enum gate_verdict gate_check(const struct gate_head *head, int64_t *length)
{
    struct seen seen = {0};
    *length = 0;
    if (strcmp(head->version, "HTTP/1.1") != 0 && strcmp(head->version, "HTTP/1.0") != 0)
        return GATE_VERSION;
    size_t method = strlen(head->method);
    if (method > 16 || !gate_is_token(head->method, method))
        return GATE_METHOD;
    if (!head->framed)
        return GATE_LINES;
    enum gate_verdict verdict = check_headers(head, &seen);
    if (verdict == GATE_OK)
        verdict = check_target(head->target);
    /* A body on a GET is read by some programs in between and not by others. */
    bool bodiless = strcmp(head->method, "GET") == 0 || strcmp(head->method, "HEAD") == 0;
    if (verdict == GATE_OK && bodiless && seen.length > 0)
        return GATE_LENGTH;
    *length = seen.length;
    return verdict;
}
