/* Days, periods, instants and minutes.
 *
 * struct day     a calendar day, proleptic Gregorian, counted from 1970-01-01; DAY_NONE = not known
 * struct period  [from, to): `to` is the first day that is no longer in it; DAY_MAX = open end
 * struct instant microseconds since 1970-01-01T00:00Z; 0 = not known
 * struct minutes a length of time, as hours of work are counted
 * Days shown are of Europe/Rome; what is stored is ISO 8601.
 */
#ifndef ZONALE_BASE_DAY_H
#define ZONALE_BASE_DAY_H

#include "base/err.h"

#include <stdint.h>

struct day {
    int32_t n;
};

struct period {
    struct day from;
    struct day to;
};

struct instant {
    int64_t us;
};

struct minutes {
    int32_t n;
};

#define DAY_NONE     ((struct day){INT32_MIN})
#define DAY_MIN      ((struct day){-719162}) /* 0001-01-01 */
#define DAY_MAX      ((struct day){2932896}) /* 9999-12-31 */
#define MINUTES_NONE ((struct minutes){INT32_MIN})

struct civil {
    int year;
    int month; /* 1-12 */
    int day;   /* 1-31 */
};

/* 1 = Monday ... 7 = Sunday */
enum { MONDAY = 1, SATURDAY = 6, SUNDAY = 7 };
enum { DAY_TEXT = 16, INSTANT_TEXT = 40, MINUTES_TEXT = 16 };

bool day_known(struct day day);
/* DAY_NONE for a day that does not exist or a year outside 1-9999. */
struct day day_of(int year, int month, int day);
struct civil day_civil(struct day day);
struct day day_add(struct day day, int days);
/* The same day of a later (or earlier) month, or that month's last day. */
struct day day_add_months(struct day day, int months);
int day_cmp(struct day a, struct day b);
int day_weekday(struct day day);
struct day day_month_first(struct day day);
struct day day_month_last(struct day day);
struct day day_easter(int year);
/* National holidays of Italy (L. 260/1949 as amended: 4 October since 2026, L. 151/2025) and
 * Sundays: a service delivered on such a day is "festivo". */
bool day_festivo(struct day day);

/* "5/3/2026", "05/03/2026", "5.3.2026", "5-3-2026", "2026-03-05" */
MUST_USE bool day_parse(const char *text, struct day *day);
MUST_USE bool day_parse_iso(const char *text, struct day *day);
const char *day_iso(struct day day, char text[static DAY_TEXT]); /* "" when not known */
const char *day_it(struct day day, char text[static DAY_TEXT]);  /* "05/03/2026", "" */

bool period_has(struct period period, struct day day);
bool period_overlaps(struct period a, struct period b);
/* Whole years from birth to the day. */
int day_age(struct day birth, struct day day);

/* The day in Europe/Rome, by the rule in force since 1996 (last Sundays of March and October). */
struct day instant_day(struct instant instant);
struct instant instant_of_day(struct day day); /* midnight in Rome */
const char *instant_it(struct instant instant,
                       char text[static INSTANT_TEXT]); /* 05/03/2026 14:07 */
const char *instant_iso(struct instant instant,
                        char text[static INSTANT_TEXT]); /* 2026-03-05T13:07:00Z */

/* "2,5", "2:30", "2h30", "2" (hours), "150m" */
MUST_USE bool minutes_parse(const char *text, struct minutes *minutes);
const char *minutes_it(struct minutes minutes, char text[static MINUTES_TEXT]); /* "2:30" */

#endif
