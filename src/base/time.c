/* Instants and lengths of time. Rome is UTC+1, and UTC+2 from 01:00 UTC of the last Sunday of March
 * to 01:00 UTC of the last Sunday of October (Directive 2000/84/EC; in use since 1996). */
#include "base/day.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SECOND  INT64_C(1000000)
#define HOUR    (3600 * SECOND)
#define ONE_DAY (24 * HOUR)

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* 01:00 UTC of the last Sunday of a month. */
static int64_t turn(int year, int month)
{
    struct day last = day_month_last(day_of(year, month, 1));
    int64_t sunday = last.n - day_weekday(last) % SUNDAY;
    return sunday * ONE_DAY + HOUR;
}

static int64_t rome_offset(int64_t us)
{
    int year = day_civil((struct day){(int32_t)floor_div(us, ONE_DAY)}).year;
    return us >= turn(year, 3) && us < turn(year, 10) ? 2 * HOUR : HOUR;
}

struct day instant_day(struct instant instant)
{
    if (instant.us == 0) {
        return DAY_NONE;
    }
    return (struct day){(int32_t)floor_div(instant.us + rome_offset(instant.us), ONE_DAY)};
}

struct instant instant_of_day(struct day day)
{
    if (!day_known(day)) {
        return (struct instant){0};
    }
    int64_t midnight = day.n * ONE_DAY;
    return (struct instant){midnight - rome_offset(midnight - 2 * HOUR)};
}

static const char *print(int64_t us, bool iso, char *text)
{
    struct civil c = day_civil((struct day){(int32_t)floor_div(us, ONE_DAY)});
    int64_t second = floor_div(us, SECOND) - floor_div(us, ONE_DAY) * 86400;
    int clock[] = {(int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60)};
    if (iso) {
        snprintf(text, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day,
                 clock[0], clock[1], clock[2]);
    } else {
        snprintf(text, INSTANT_TEXT, "%02d/%02d/%04d %02d:%02d", c.day, c.month, c.year, clock[0],
                 clock[1]);
    }
    return text;
}

const char *instant_it(struct instant instant, char text[static INSTANT_TEXT])
{
    text[0] = '\0';
    return instant.us ? print(instant.us + rome_offset(instant.us), false, text) : text;
}

const char *instant_iso(struct instant instant, char text[static INSTANT_TEXT])
{
    text[0] = '\0';
    return instant.us ? print(instant.us, true, text) : text;
}

/* A run of digits, at most six; how many were read. */
static int take_digits(const char **text, int64_t *value)
{
    int digits = 0;
    *value = 0;
    while (digits < 6 && **text >= '0' && **text <= '9') {
        *value = *value * 10 + (**text - '0');
        (*text)++;
        digits++;
    }
    return digits;
}

/* What stands behind the hours: ":30", "h30", "h", ",5", ".25" or nothing. */
static bool take_part(const char **text, int64_t *minutes)
{
    char mark = **text;
    int64_t part = 0;
    *minutes = 0;
    if (mark == '\0') {
        return true;
    }
    (*text)++;
    int digits = take_digits(text, &part);
    if (mark == ':' || mark == 'h' || mark == 'H') {
        *minutes = part;
        return part < 60 && (digits == 2 || (digits == 0 && mark != ':'));
    }
    if ((mark != ',' && mark != '.') || digits < 1 || digits > 2) {
        return false;
    }
    int64_t hundredths = digits == 1 ? part * 10 : part;
    *minutes = (hundredths * 60 + 50) / 100;
    return true;
}

bool minutes_parse(const char *text, struct minutes *minutes)
{
    int64_t hours = 0;
    int64_t part = 0;
    if (take_digits(&text, &hours) == 0) {
        return false;
    }
    if ((text[0] == 'm' || text[0] == 'M') && text[1] == '\0') {
        minutes->n = (int32_t)hours;
        return true;
    }
    if (!take_part(&text, &part) || *text || hours > 99999) {
        return false;
    }
    minutes->n = (int32_t)(hours * 60 + part);
    return true;
}

const char *minutes_it(struct minutes minutes, char text[static MINUTES_TEXT])
{
    text[0] = '\0';
    if (minutes.n != MINUTES_NONE.n) {
        int64_t n = minutes.n < 0 ? -(int64_t)minutes.n : minutes.n;
        snprintf(text, MINUTES_TEXT, "%s%" PRId64 ":%02" PRId64, minutes.n < 0 ? "-" : "", n / 60,
                 n % 60);
    }
    return text;
}
