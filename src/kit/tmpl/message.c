#include "kit/tmpl/message.h"

#include "kit/embedded.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int message_compare(const void *key, const void *item)
{
    return strcmp(key, ((const struct embedded_message *)item)->key);
}

const char *message(const char *key)
{
    const struct embedded_message *found = bsearch(key, embedded_messages, embedded_messages_count,
                                                   sizeof *embedded_messages, message_compare);
    if (found == NULL) {
        fprintf(stderr, "zonale: no message has the key %s\n", key);
        abort();
    }
    return found->text;
}
