/* Forms that were sent: the last MARKS of them. */
#include "kit/web/internal.h"

#include <stdlib.h>
#include <string.h>

enum { MARKS = 4096, BUCKETS = 1024, LOCATION = 256, NOBODY = -1 };

struct entry {
    char mark[WEB_MARK];
    char location[LOCATION];
    int next;
};

struct marks {
    pthread_mutex_t lock;
    struct entry entries[MARKS];
    int buckets[BUCKETS];
    int oldest; /* the next to be overwritten */
};

static unsigned bucket_of(const char *mark)
{
    unsigned hash = 2166136261U;
    for (; *mark != '\0'; mark++)
        hash = (hash ^ (unsigned char)*mark) * 16777619U;
    return hash % BUCKETS;
}

struct marks *marks_new(void)
{
    struct marks *marks = calloc(1, sizeof *marks);
    if (marks == NULL)
        return NULL;
    pthread_mutex_init(&marks->lock, NULL);
    for (int i = 0; i < BUCKETS; i++)
        marks->buckets[i] = NOBODY;
    return marks;
}

void marks_free(struct marks *marks)
{
    if (marks != NULL)
        pthread_mutex_destroy(&marks->lock);
    free(marks);
}

/* The link that leads to `mark`, or the one at the end. A chain has at most MARKS links. */
static int *link_to(struct marks *marks, const char *mark)
{
    int *link = &marks->buckets[bucket_of(mark)];
    while (*link != NOBODY && strcmp(marks->entries[*link].mark, mark) != 0)
        link = &marks->entries[*link].next;
    return link;
}

static void drop(struct marks *marks, const char *mark)
{
    int *link = link_to(marks, mark);
    if (*link == NOBODY)
        return;
    struct entry *entry = &marks->entries[*link];
    *link = entry->next;
    entry->mark[0] = '\0';
}

const char *marks_find(struct marks *marks, struct arena *arena, const char *mark)
{
    char location[LOCATION];
    pthread_mutex_lock(&marks->lock);
    int found = *link_to(marks, mark);
    if (found != NOBODY)
        memcpy(location, marks->entries[found].location, sizeof location);
    pthread_mutex_unlock(&marks->lock);
    return found == NOBODY ? NULL : arena_strdup(arena, location);
}

void marks_add(struct marks *marks, const char *mark, const char *location)
{
    pthread_mutex_lock(&marks->lock);
    struct entry *entry = &marks->entries[marks->oldest];
    if (*entry->mark != '\0')
        drop(marks, entry->mark);
    int *link = &marks->buckets[bucket_of(mark)];
    memcpy(entry->mark, mark, WEB_MARK);
    /* A place that is too long is not half kept: the second sending then shows the front page. */
    strcpy(entry->location, strlen(location) < LOCATION ? location : "/");
    entry->next = *link;
    *link = marks->oldest;
    marks->oldest = (marks->oldest + 1) % MARKS;
    pthread_mutex_unlock(&marks->lock);
}

void marks_drop(struct marks *marks, const char *mark)
{
    pthread_mutex_lock(&marks->lock);
    drop(marks, mark);
    pthread_mutex_unlock(&marks->lock);
}
