#include "kit/doc/ical.h"

#include "kit/doc/parts.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_OCTETS = 75 };
#define HOUR_US (INT64_C(3600) * 1000000)

struct ical {
    struct buf buf;
};

/* Lines end at 75 octets and go on behind a blank; a character is never cut (RFC 5545, 3.1). */
static void line_write(struct buf *buf, const char *line)
{
    size_t used = 0;
    for (const char *c = line; *c;) {
        size_t size = 1;
        while (((unsigned char)c[size] & 0xc0) == 0x80) {
            size++;
        }
        if (used + size > LINE_MAX_OCTETS) {
            buf_text(buf, "\r\n ");
            used = 1;
        }
        buf_add(buf, c, size);
        used += size;
        c += size;
    }
    buf_text(buf, "\r\n");
}

/* A text value (3.3.11). */
static void text_write(struct buf *buf, const char *name, const char *text)
{
    if (!text) {
        return;
    }
    struct buf line;
    buf_init(&line, buf->arena, DOC_SIZE_MAX);
    buf_printf(&line, "%s:", name);
    for (const char *c = doc_keep(buf->arena, text); *c; c++) {
        if (*c == '\n') {
            buf_text(&line, "\\n");
            continue;
        }
        if (*c == '\\' || *c == ';' || *c == ',') {
            buf_char(&line, '\\');
        }
        buf_char(&line, *c);
    }
    line_write(buf, line.data);
}

/* An address goes as it is (3.3.13): what could end its line or begin another is left out. */
static void url_write(struct buf *buf, const char *url)
{
    if (!url) {
        return;
    }
    struct buf line;
    buf_init(&line, buf->arena, DOC_SIZE_MAX);
    buf_text(&line, "URL:");
    for (const char *c = url; *c; c++) {
        if (*c > ' ' && *c < 0x7f) {
            buf_char(&line, *c);
        }
    }
    line_write(buf, line.data);
}

static void utc_write(struct buf *buf, const char *name, struct instant instant)
{
    char text[INSTANT_TEXT], line[80];
    int y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0;
    if (sscanf(instant_iso(instant, text), "%d-%d-%dT%d:%d:%d", &y, &mo, &d, &h, &mi, &s) == 6) {
        snprintf(line, sizeof line, "%s:%04d%02d%02dT%02d%02d%02dZ", name, y, mo, d, h, mi, s);
        line_write(buf, line);
    }
}

/* The clock on the wall: "05/03/2026 14:07". */
static void rome_write(struct buf *buf, const char *name, struct instant instant)
{
    char text[INSTANT_TEXT], other[INSTANT_TEXT], line[80];
    int y = 0, mo = 0, d = 0, h = 0, mi = 0;
    instant_it(instant, text);
    for (int hour = -1; hour <= 1; hour += 2) {
        struct instant beside = {instant.us + hour * HOUR_US};
        if (strcmp(text, instant_it(beside, other)) == 0) {
            utc_write(buf, name, instant); /* programs do not agree on which of the two is meant */
            return;
        }
    }
    if (sscanf(text, "%d/%d/%d %d:%d", &d, &mo, &y, &h, &mi) == 5) {
        snprintf(line, sizeof line, "%s;TZID=Europe/Rome:%04d%02d%02dT%02d%02d00", name, y, mo, d,
                 h, mi);
        line_write(buf, line);
    }
}

static void day_write(struct buf *buf, const char *name, struct day day)
{
    char line[80];
    struct civil civil = day_civil(day);
    snprintf(line, sizeof line, "%s;VALUE=DATE:%04d%02d%02d", name, civil.year, civil.month,
             civil.day);
    line_write(buf, line);
}

struct ical *ical_new(struct arena *arena, const char *name)
{
    static const char zone[] = "BEGIN:VTIMEZONE\r\n"
                               "TZID:Europe/Rome\r\n"
                               "BEGIN:DAYLIGHT\r\n"
                               "DTSTART:19960331T020000\r\n"
                               "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                               "TZOFFSETFROM:+0100\r\n"
                               "TZOFFSETTO:+0200\r\n"
                               "TZNAME:CEST\r\n"
                               "END:DAYLIGHT\r\n"
                               "BEGIN:STANDARD\r\n"
                               "DTSTART:19961027T030000\r\n"
                               "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                               "TZOFFSETFROM:+0200\r\n"
                               "TZOFFSETTO:+0100\r\n"
                               "TZNAME:CET\r\n"
                               "END:STANDARD\r\n"
                               "END:VTIMEZONE\r\n";
    struct ical *ical = ARENA_NEW(arena, struct ical);
    buf_init(&ical->buf, arena, DOC_SIZE_MAX);
    buf_text(&ical->buf, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Zonale//Zonale//IT\r\n"
                         "CALSCALE:GREGORIAN\r\n");
    text_write(&ical->buf, "X-WR-CALNAME", name);
    buf_text(&ical->buf, zone);
    return ical;
}

static void times_write(struct buf *buf, const struct ical_event *event)
{
    if (event->start.us) {
        rome_write(buf, "DTSTART", event->start);
        if (event->end.us > event->start.us) {
            rome_write(buf, "DTEND", event->end);
        }
        return;
    }
    day_write(buf, "DTSTART", event->first);
    if (day_known(event->last) && day_cmp(event->last, event->first) >= 0) {
        day_write(buf, "DTEND", day_add(event->last, 1)); /* the first day that is free again */
    }
}

void ical_add(struct ical *ical, const struct ical_event *event)
{
    struct buf *buf = &ical->buf;
    if (!event->start.us && !day_known(event->first)) {
        return; /* an appointment without a date stands in no calendar */
    }
    buf_text(buf, "BEGIN:VEVENT\r\n");
    text_write(buf, "UID", event->uid);
    utc_write(buf, "DTSTAMP", event->stamp);
    times_write(buf, event);
    text_write(buf, "SUMMARY", event->summary);
    text_write(buf, "DESCRIPTION", event->description);
    text_write(buf, "LOCATION", event->location);
    url_write(buf, event->url);
    buf_printf(buf, "SEQUENCE:%lld\r\nSTATUS:%s\r\n", (long long)event->sequence,
               event->cancelled ? "CANCELLED" : "CONFIRMED");
    if (event->alarm > 0 && !event->cancelled) {
        buf_printf(buf, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT%dM\r\n", event->alarm);
        text_write(buf, "DESCRIPTION", event->summary);
        buf_text(buf, "END:VALARM\r\n");
    }
    buf_text(buf, "END:VEVENT\r\n");
}

bool ical_finish(struct ical *ical, struct bytes *out, struct err *err)
{
    buf_text(&ical->buf, "END:VCALENDAR\r\n");
    return doc_finish(&ical->buf, out, err);
}
