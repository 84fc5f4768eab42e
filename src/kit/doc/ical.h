/* Calendars for other programs (iCalendar, RFC 5545): appointments, deadlines.
 *
 * Times are of Europe/Rome, with the rule of summer time in force since 1996 written in the file;
 * those that come twice, in the night of the last Sunday of October, are written in UTC. An event
 * keeps its `uid` for life; a change of it goes out with a higher `sequence`, its end as
 * `cancelled`.
 */
#ifndef ZONALE_KIT_DOC_ICAL_H
#define ZONALE_KIT_DOC_ICAL_H

#include "base/buf.h"
#include "base/field.h"

struct ical;

struct ical_event {
    const char *uid;           /* required: "0a1b2c3d4e5f6@ambito.example.it" */
    struct instant stamp;      /* when this version was made */
    struct instant start, end; /* from, to; or */
    struct day first, last;    /* whole days, both included, where `start` is not known */
    const char *summary;       /* required: no names of people in calendars that leave the house */
    const char *description;   /* NULL */
    const char *location;      /* NULL */
    const char *url;           /* NULL */
    int64_t sequence;          /* 0 for the first version */
    int alarm;                 /* minutes before the start; 0 = none */
    bool cancelled;
};

/* `name`: shown by programs that subscribe. */
struct ical *ical_new(struct arena *arena, const char *name);
void ical_add(struct ical *ical, const struct ical_event *event);
/* The file, in the arena. False: too large. */
MUST_USE bool ical_finish(struct ical *ical, struct bytes *out, struct err *err);

#endif
