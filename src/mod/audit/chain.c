#include "mod/audit/chain.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1 };

static void add_number(struct vault_hash *hash, char type, uint64_t value, size_t size)
{
    unsigned char bytes[9] = {(unsigned char)type};
    for (size_t i = 0; i < size; i++)
        bytes[1 + i] = (unsigned char)(value >> (8 * i));
    vault_hash_add(hash, bytes, 1 + size);
}

static void add_bytes(struct vault_hash *hash, char type, const void *data, size_t size)
{
    add_number(hash, type, size, 4);
    vault_hash_add(hash, data, size);
}

static void add_field(struct vault_hash *hash, const struct field *field, const char *at)
{
    if (field->type == FIELD_TEXT) {
        const char *text;
        memcpy(&text, at, sizeof text);
        add_bytes(hash, 't', text, strlen(text));
    } else if (field->type == FIELD_BYTES) {
        struct bytes bytes;
        memcpy(&bytes, at, sizeof bytes);
        add_bytes(hash, 'b', bytes.data, bytes.size);
    } else if (field->type == FIELD_ID || field->type == FIELD_INT ||
               field->type == FIELD_INSTANT) {
        uint64_t value;
        memcpy(&value, at, sizeof value);
        add_number(hash, 'i', value, 8);
    } else {
        abort(); /* a column of a type that the encoding does not know */
    }
}

void audit_hash(const struct audit_row *row, unsigned char out[static VAULT_HASH])
{
    static const unsigned char version = VERSION;
    struct vault_hash hash;
    vault_hash_init(&hash);
    vault_hash_add(&hash, &version, 1);
    for (const struct field *field = audit_fields; field->name != NULL; field++) {
        if (strcmp(field->name, "impronta") == 0)
            continue;
        if (field_known(field, row))
            add_field(&hash, field, (const char *)row + field->offset);
        else
            vault_hash_add(&hash, "n", 1);
    }
    vault_hash_end(&hash, out);
}
