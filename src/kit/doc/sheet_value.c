#include "kit/doc/sheet_parts.h"

#include <string.h>

/* ---- formats -----------------------------------------------------------------------------------
 */

/* The letters of a format, without what stands between quotes, brackets, or behind a backslash. */
static size_t bare_format(const char *format, char *bare, size_t room)
{
    size_t size = 0;
    for (; *format != '\0' && *format != ';' && size + 1 < room; format++) {
        char close = *format == '"' ? '"' : *format == '[' ? ']' : '\0';
        if (close != '\0') {
            const char *end = strchr(format + 1, close);
            if (end == NULL)
                break;
            format = end;
        } else if ((*format == '\\' || *format == '_' || *format == '*') && format[1] != '\0') {
            format++;
        } else {
            bare[size++] = *format;
        }
    }
    bare[size] = '\0';
    return size;
}

int sheet_shown(const char *format)
{
    char bare[256];
    bare_format(format, bare, sizeof bare);
    if (strpbrk(bare, "dDyYmM") != NULL && strpbrk(bare, "0#") == NULL)
        return SHOWN_DAY;
    if (strpbrk(bare, "0#") == NULL || strpbrk(bare, "%eE/") != NULL)
        return SHOWN_PLAIN; /* general, a share, a power, a fraction */
    const char *point = strchr(bare, '.');
    int decimals = 0;
    for (const char *c = point; c != NULL && *c != '\0'; c++)
        decimals += *c == '0' || *c == '#' || *c == '?';
    return decimals;
}

/* ECMA-376 part 1, 18.8.30. */
int sheet_shown_built_in(int64_t number)
{
    static const struct {
        int from, to, shown;
    } known[] = {{1, 1, 0},           {2, 2, 2},          {3, 3, 0},           {4, 4, 2},
                 {5, 6, 0},           {7, 8, 2},          {14, 17, SHOWN_DAY}, {22, 22, SHOWN_DAY},
                 {27, 36, SHOWN_DAY}, {37, 38, 0},        {39, 40, 2},         {41, 42, 0},
                 {43, 44, 2},         {50, 58, SHOWN_DAY}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (number >= known[i].from && number <= known[i].to)
            return known[i].shown;
    return SHOWN_PLAIN;
}

/* ---- decimal numbers, as text ------------------------------------------------------------------
 */

enum { DIGITS_MAX = 64, POWER_MAX = 40, HELD = 15 };

/* digits[0 .. count), the point before digits[point]; point may lie outside. */
struct decimal {
    bool minus;
    char digits[DIGITS_MAX + 1];
    int count, point;
};

static bool read_power(const char *text, int *power)
{
    bool minus = *text == '-';
    text += *text == '-' || *text == '+';
    int64_t size = sheet_number(text, -1);
    if (size < 0 || size > POWER_MAX)
        return false;
    *power = minus ? -(int)size : (int)size;
    return true;
}

static bool read_decimal(const char *text, struct decimal *number)
{
    int power = 0;
    bool pointed = false;
    *number = (struct decimal){.minus = *text == '-'};
    text += *text == '-';
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !pointed); text++) {
        if (*text == '.') {
            pointed = true;
        } else if (number->count < DIGITS_MAX) {
            number->digits[number->count++] = (char)(*text - '0');
            number->point += !pointed;
        } else {
            return false;
        }
    }
    if (number->count == 0 || ((*text == 'e' || *text == 'E') && !read_power(text + 1, &power)) ||
        (*text != '\0' && *text != 'e' && *text != 'E'))
        return false;
    number->point += power;
    return true;
}

/* Keeps `kept` digits, half away from zero; a carry may add one in front. */
static void keep_digits(struct decimal *number, int kept)
{
    if (kept >= number->count)
        return;
    bool up = kept >= 0 && number->digits[kept] >= 5;
    number->count = kept > 0 ? kept : 0;
    for (int i = number->count - 1; up && i >= 0; i--) {
        number->digits[i]++;
        up = number->digits[i] == 10;
        if (up)
            number->digits[i] = 0;
    }
    if (up) {
        memmove(number->digits + 1, number->digits, (size_t)number->count);
        number->digits[0] = 1;
        number->count++;
        number->point++;
    }
}

static void drop_zeros(struct decimal *number)
{
    int lead = 0;
    while (lead < number->count && number->digits[lead] == 0)
        lead++;
    memmove(number->digits, number->digits + lead, (size_t)(number->count - lead));
    number->count -= lead;
    number->point -= lead;
    while (number->count > 0 && number->digits[number->count - 1] == 0)
        number->count--;
    if (number->count == 0)
        *number = (struct decimal){.minus = false};
}

static const char *write_decimal(struct arena *arena, const struct decimal *number)
{
    struct buf buf;
    buf_init(&buf, arena, 4 * (DIGITS_MAX + POWER_MAX));
    buf_text(&buf, number->minus ? "-" : "");
    for (int i = number->point < 1 ? number->point - 1 : 0; i < number->count || i < number->point;
         i++) {
        if (i == number->point)
            buf_char(&buf, '.');
        buf_char(&buf, (char)('0' + (i >= 0 && i < number->count ? number->digits[i] : 0)));
    }
    if (buf.size == 0)
        buf_char(&buf, '0');
    return buf.data;
}

const char *sheet_round(struct arena *arena, const char *text, int decimals)
{
    struct decimal number;
    if (!read_decimal(text, &number))
        return text;
    drop_zeros(&number);
    keep_digits(&number, HELD);
    if (decimals >= 0)
        keep_digits(&number, number.point + decimals);
    drop_zeros(&number);
    return write_decimal(arena, &number);
}

/* ---- days --------------------------------------------------------------------------------------
 */

/* Day 60 of the usual count is 29 February 1900, which never was: before it nothing is a day. */
enum { FIRST_SURE = 61, DAYS_MAX = 2958465 };

const char *sheet_day(struct arena *arena, const char *text, bool since_1904)
{
    char shown[DAY_TEXT];
    char *whole = arena_strndup(arena, text, strcspn(text, "."));
    int64_t count = sheet_number(whole, -1);
    if (count < FIRST_SURE || count > DAYS_MAX)
        return text;
    struct day start = since_1904 ? day_of(1904, 1, 1) : day_of(1899, 12, 30);
    struct day day = day_add(start, (int)count);
    return arena_strdup(arena, day_iso(day, shown));
}
