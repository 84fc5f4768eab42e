#include "base/day.h"

#include <string.h>

/* Civil dates by the usual 400-year eras, counted from 1 March so that the leap day comes last. */
enum { ERA_DAYS = 146097, EPOCH_SHIFT = 719468, WEEK = 7 };

bool day_known(struct day day)
{
    return day.n != DAY_NONE.n;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

struct day day_of(int year, int month, int day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
        day > month_days(year, month)) {
        return DAY_NONE;
    }
    int y = year - (month <= 2);
    int era = y / 400;
    int of_era = y - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int in_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (struct day){era * ERA_DAYS + in_era - EPOCH_SHIFT};
}

struct civil day_civil(struct day day)
{
    if (!day_known(day) || day.n < DAY_MIN.n || day.n > DAY_MAX.n) {
        return (struct civil){0};
    }
    int z = day.n + EPOCH_SHIFT;
    int era = z / ERA_DAYS;
    int in_era = z - era * ERA_DAYS;
    int of_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int of_year = in_era - (365 * of_era + of_era / 4 - of_era / 100);
    int mp = (5 * of_year + 2) / 153;
    int month = mp < 10 ? mp + 3 : mp - 9;
    return (struct civil){.year = of_era + era * 400 + (month <= 2),
                          .month = month,
                          .day = of_year - (153 * mp + 2) / 5 + 1};
}

/* Outside the calendar of four-digit years there is no day. */
static struct day day_within(int64_t n)
{
    return n < DAY_MIN.n || n > DAY_MAX.n ? DAY_NONE : (struct day){(int32_t)n};
}

struct day day_add(struct day day, int days)
{
    return day_known(day) ? day_within((int64_t)day.n + days) : DAY_NONE;
}

struct day day_add_months(struct day day, int months)
{
    if (!day_known(day)) {
        return DAY_NONE;
    }
    struct civil c = day_civil(day);
    int64_t month = (int64_t)c.year * 12 + c.month - 1 + months;
    int64_t year = month / 12;
    if (month < 12 || year > 9999) {
        return DAY_NONE;
    }
    int to = (int)(month % 12) + 1;
    int last = month_days((int)year, to);
    return day_of((int)year, to, c.day < last ? c.day : last);
}

int day_cmp(struct day a, struct day b)
{
    return (a.n > b.n) - (a.n < b.n);
}

int day_weekday(struct day day)
{
    int n = (day.n + 3) % WEEK; /* 1970-01-01 was a Thursday */
    return (n < 0 ? n + WEEK : n) + 1;
}

struct day day_month_first(struct day day)
{
    struct civil c = day_civil(day);
    return day_of(c.year, c.month, 1);
}

struct day day_month_last(struct day day)
{
    struct civil c = day_civil(day);
    return c.year ? day_of(c.year, c.month, month_days(c.year, c.month)) : DAY_NONE;
}

/* Gregorian computus in the form of Meeus, Jones and Butcher. */
struct day day_easter(int year)
{
    int a = year % 19, b = year / 100, c = year % 100;
    int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return day_of(year, n / 31, n % 31 + 1);
}

bool day_festivo(struct day day)
{
    static const struct {
        int month, day, since;
    } fixed[] = {{1, 1, 1},  {1, 6, 1},  {4, 25, 1},  {5, 1, 1},   {6, 2, 1},    {8, 15, 1},
                 {11, 1, 1}, {12, 8, 1}, {12, 25, 1}, {12, 26, 1}, {10, 4, 2026}};
    if (!day_known(day)) {
        return false;
    }
    struct civil c = day_civil(day);
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (c.month == fixed[i].month && c.day == fixed[i].day && c.year >= fixed[i].since) {
            return true;
        }
    }
    return day_weekday(day) == SUNDAY || day_easter(c.year).n + 1 == day.n;
}

/* Up to `most` digits, at least one. */
static bool take_number(const char **text, int most, int *value)
{
    int n = 0;
    int digits = 0;
    while (digits < most && **text >= '0' && **text <= '9') {
        n = n * 10 + (**text - '0');
        (*text)++;
        digits++;
    }
    *value = n;
    return digits > 0;
}

bool day_parse_iso(const char *text, struct day *day)
{
    int year = 0, month = 0, of = 0;
    if (strnlen(text, 11) != 10 || !take_number(&text, 4, &year) || *text++ != '-' ||
        !take_number(&text, 2, &month) || *text++ != '-' || !take_number(&text, 2, &of) || *text) {
        return false;
    }
    *day = day_of(year, month, of);
    return day_known(*day);
}

bool day_parse(const char *text, struct day *day)
{
    int year = 0, month = 0, of = 0;
    if (day_parse_iso(text, day)) {
        return true;
    }
    if (!take_number(&text, 2, &of)) {
        return false;
    }
    char mark = *text;
    if ((mark != '/' && mark != '.' && mark != '-') || *text++ != mark ||
        !take_number(&text, 2, &month) || *text++ != mark) {
        return false;
    }
    const char *start = text;
    if (!take_number(&text, 4, &year) || text - start != 4 || *text) {
        return false;
    }
    *day = day_of(year, month, of);
    return day_known(*day);
}

/* `n` in so many digits. Lists write thousands of days: printf costs ten times as much. */
static char *put(char *at, int n, int digits)
{
    for (int i = digits - 1; i >= 0; i--, n /= 10) {
        at[i] = (char)('0' + n % 10);
    }
    return at + digits;
}

const char *day_iso(struct day day, char text[static DAY_TEXT])
{
    struct civil c = day_civil(day);
    char *at = text;
    if (c.year) {
        at = put(at, c.year, 4);
        *at++ = '-';
        at = put(at, c.month, 2);
        *at++ = '-';
        at = put(at, c.day, 2);
    }
    *at = '\0';
    return text;
}

const char *day_it(struct day day, char text[static DAY_TEXT])
{
    struct civil c = day_civil(day);
    char *at = text;
    if (c.year) {
        at = put(at, c.day, 2);
        *at++ = '/';
        at = put(at, c.month, 2);
        *at++ = '/';
        at = put(at, c.year, 4);
    }
    *at = '\0';
    return text;
}

bool period_has(struct period period, struct day day)
{
    return day_known(day) && period.from.n <= day.n && day.n < period.to.n;
}

bool period_overlaps(struct period a, struct period b)
{
    return a.from.n < b.to.n && b.from.n < a.to.n && a.from.n < a.to.n && b.from.n < b.to.n;
}

int day_age(struct day birth, struct day day)
{
    struct civil b = day_civil(birth);
    struct civil c = day_civil(day);
    return c.year - b.year - (c.month < b.month || (c.month == b.month && c.day < b.day));
}
