#include "kit/web/internal.h"

#include <stdlib.h>

enum { PLACES = 4096 };

struct place {
    int64_t session;
    int64_t minute;
};

/* Two sessions on one place only cost a write more. */
struct touched {
    pthread_mutex_t lock;
    struct place places[PLACES];
};

struct touched *touched_new(void)
{
    struct touched *touched = calloc(1, sizeof *touched);
    if (touched != NULL)
        pthread_mutex_init(&touched->lock, NULL);
    return touched;
}

void touched_free(struct touched *touched)
{
    if (touched != NULL)
        pthread_mutex_destroy(&touched->lock);
    free(touched);
}

bool touched_due(struct touched *touched, struct id session, struct instant now)
{
    struct place *place = &touched->places[(uint64_t)session.n % PLACES];
    int64_t minute = now.us / 60000000;
    pthread_mutex_lock(&touched->lock);
    bool due = place->session != session.n || place->minute != minute;
    *place = (struct place){session.n, minute};
    pthread_mutex_unlock(&touched->lock);
    return due;
}
