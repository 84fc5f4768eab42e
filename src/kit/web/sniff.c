#include "kit/web/pairs.h"

#include <string.h>
#include <strings.h>

struct magic {
    const char *start;
    size_t size;
    const char *ext; /* NULL: any */
    const char *type;
};

#define START(text) (text), sizeof(text) - 1
/* What offices attach to a case. Zip-based formats are told by their name: they are handed back as
 * they came and never opened here. */
static const struct magic magics[] = {
    {START("%PDF-"), NULL, "application/pdf"},
    {START("\x89PNG\r\n\x1a\n"), NULL, "image/png"},
    {START("\xff\xd8\xff"), NULL, "image/jpeg"},
    {START("PK\x03\x04"), ".odt", "application/vnd.oasis.opendocument.text"},
    {START("PK\x03\x04"), ".ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {START("PK\x03\x04"), ".docx",
     "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {START("PK\x03\x04"), ".xlsx",
     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {START("\x30\x80"), ".p7m", "application/pkcs7-mime"},
    {START("\x30\x82"), ".p7m", "application/pkcs7-mime"},
    {START("\x30\x83"), ".p7m", "application/pkcs7-mime"},
    {START("<?xml "), ".xml", "application/xml"},
};

static bool ends_with(const char *name, const char *ext)
{
    size_t length = strlen(name), tail = strlen(ext);
    return length >= tail && strcasecmp(name + length - tail, ext) == 0;
}

/* Text of any 8-bit coding (old spreadsheets write Windows-1252), that is no markup. */
static bool is_text(struct bytes bytes)
{
    static const unsigned char bom[] = {0xef, 0xbb, 0xbf};
    size_t at = bytes.size >= 3 && memcmp(bytes.data, bom, 3) == 0 ? 3 : 0;
    while (at < bytes.size && memchr(" \t\r\n", bytes.data[at], 4) != NULL)
        at++;
    if (at < bytes.size && bytes.data[at] == '<')
        return false;
    for (; at < bytes.size; at++)
        if (bytes.data[at] < 0x20 && memchr("\t\r\n\f", bytes.data[at], 4) == NULL)
            return false;
    return true;
}

const char *sniff_type(const char *name, struct bytes bytes)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
        const struct magic *magic = &magics[i];
        if (bytes.size >= magic->size && memcmp(bytes.data, magic->start, magic->size) == 0 &&
            (magic->ext == NULL || ends_with(name, magic->ext)))
            return magic->type;
    }
    if (!is_text(bytes))
        return NULL;
    return ends_with(name, ".csv") ? "text/csv" : "text/plain";
}
