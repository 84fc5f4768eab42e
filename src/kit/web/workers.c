#include "kit/web/internal.h"

#include <stdlib.h>

enum { THREADS = 4, QUEUE = 64 };

struct item {
    void (*run)(void *data);
    void *data;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_t threads[THREADS];
    int started;
    struct item queue[QUEUE];
    size_t first, count;
    bool stop;
};

static void *work(void *data)
{
    struct workers *workers = data;
    pthread_mutex_lock(&workers->lock);
    while (true) {
        while (workers->count == 0 && !workers->stop)
            pthread_cond_wait(&workers->wake, &workers->lock);
        if (workers->count == 0)
            break;
        struct item item = workers->queue[workers->first];
        workers->first = (workers->first + 1) % QUEUE;
        workers->count--;
        pthread_mutex_unlock(&workers->lock);
        item.run(item.data);
        pthread_mutex_lock(&workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

bool workers_start(struct workers **made, struct err *err)
{
    struct workers *workers = calloc(1, sizeof *workers);
    if (workers == NULL)
        return err_set(err, ERR_IO, "no memory");
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->wake, NULL);
    *made = workers;
    for (; workers->started < THREADS; workers->started++)
        if (pthread_create(&workers->threads[workers->started], NULL, work, workers) != 0)
            return err_set(err, ERR_IO, "no thread for slow requests");
    return true;
}

void workers_stop(struct workers *workers)
{
    if (workers == NULL)
        return;
    pthread_mutex_lock(&workers->lock);
    workers->stop = true;
    pthread_cond_broadcast(&workers->wake);
    pthread_mutex_unlock(&workers->lock);
    for (int i = 0; i < workers->started; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}

bool workers_add(struct workers *workers, void (*run)(void *data), void *data)
{
    pthread_mutex_lock(&workers->lock);
    bool room = workers->count < QUEUE && !workers->stop;
    if (room) {
        workers->queue[(workers->first + workers->count) % QUEUE] = (struct item){run, data};
        workers->count++;
        pthread_cond_signal(&workers->wake);
    }
    pthread_mutex_unlock(&workers->lock);
    return room;
}
