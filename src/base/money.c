#include "base/money.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

static struct money money_of_wide(wide cents)
{
    if (cents > INT64_MAX || cents <= INT64_MIN)
        return MONEY_INVALID;
    return MONEY((int64_t)cents);
}

bool money_ok(struct money amount)
{
    return amount.cents != INT64_MIN;
}

struct money money_add(struct money a, struct money b)
{
    if (!money_ok(a) || !money_ok(b))
        return MONEY_INVALID;
    return money_of_wide((wide)a.cents + b.cents);
}

struct money money_neg(struct money a)
{
    return money_ok(a) ? MONEY(-a.cents) : MONEY_INVALID;
}

struct money money_sub(struct money a, struct money b)
{
    return money_add(a, money_neg(b));
}

struct money money_times(struct money a, int64_t times)
{
    return money_ok(a) ? money_of_wide((wide)a.cents * times) : MONEY_INVALID;
}

int money_cmp(struct money a, struct money b)
{
    return (a.cents > b.cents) - (a.cents < b.cents);
}

/* num / den, half away from zero; den > 0. */
static wide divide_half_away(wide num, wide den)
{
    wide quotient = num / den;
    wide rest = num % den;
    if (rest < 0)
        rest = -rest;
    if (rest >= den - rest)
        quotient += num < 0 ? -1 : 1;
    return quotient;
}

struct money money_share(struct money amount, struct rate rate, int64_t step)
{
    if (!money_ok(amount) || !rate_ok(rate) || step <= 0)
        return MONEY_INVALID;
    wide den;
    if (__builtin_mul_overflow((wide)rate.den, (wide)step, &den))
        return MONEY_INVALID;
    wide steps = divide_half_away((wide)amount.cents * rate.num, den);
    wide cents;
    if (__builtin_mul_overflow(steps, (wide)step, &cents))
        return MONEY_INVALID;
    return money_of_wide(cents);
}

bool rate_ok(struct rate rate)
{
    return rate.den > 0;
}

static wide wide_gcd(wide a, wide b)
{
    while (b != 0) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

static struct rate rate_of_wide(wide num, wide den)
{
    if (den < 0) {
        num = -num;
        den = -den;
    }
    wide common = wide_gcd(num, den);
    if (common > 1) {
        num /= common;
        den /= common;
    }
    if (num > INT64_MAX || num < -INT64_MAX || den > INT64_MAX || den == 0)
        return RATE(0, 0);
    return RATE((int64_t)num, (int64_t)den);
}

struct rate rate_of(int64_t num, int64_t den)
{
    return rate_of_wide(num, den);
}

struct rate rate_add(struct rate a, struct rate b)
{
    if (!rate_ok(a) || !rate_ok(b))
        return RATE(0, 0);
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;
    wide num;
    if (__builtin_add_overflow(left, right, &num))
        return RATE(0, 0);
    return rate_of_wide(num, (wide)a.den * b.den);
}

struct rate rate_sub(struct rate a, struct rate b)
{
    return rate_add(a, RATE(-b.num, b.den));
}

struct rate rate_mul(struct rate a, struct rate b)
{
    if (!rate_ok(a) || !rate_ok(b))
        return RATE(0, 0);
    return rate_of_wide((wide)a.num * b.num, (wide)a.den * b.den);
}

int rate_cmp(struct rate a, struct rate b)
{
    wide left = (wide)a.num * b.den;
    wide right = (wide)b.num * a.den;
    return (left > right) - (left < right);
}

/* ---- text ------------------------------------------------------------------------------- */

enum { MANTISSA_DIGITS = 19, MONEY_DECIMALS = 2 };

struct decimal {
    int64_t mantissa;
    int decimals;
    bool negative;
};

static const char *skip_spaces(const char *p)
{
    for (;;) {
        if (*p == ' ' || *p == '\t')
            p++;
        else if ((unsigned char)p[0] == 0xC2 && (unsigned char)p[1] == 0xA0) /* U+00A0 */
            p += 2;
        else
            return p;
    }
}

static bool digits_take(const char **p, struct decimal *out, int *count)
{
    *count = 0;
    while (isdigit((unsigned char)**p)) {
        int digit = **p - '0';
        if (out->mantissa > (INT64_MAX - digit) / 10)
            return false;
        out->mantissa = out->mantissa * 10 + digit;
        (*p)++;
        (*count)++;
    }
    return *count > 0 && *count <= MANTISSA_DIGITS;
}

/* What a dot and a comma mean in a text. */
enum style {
    STYLE_MACHINE, /* a dot before the decimals, no comma */
    STYLE_MIXED,   /* either before the decimals: rates, where nobody writes thousands */
    STYLE_ITALIAN, /* a dot between thousands where it can be one, a comma before the decimals */
};

/* True where a dot at `p` separates thousands: three digits, then a dot, a comma or the end. */
static bool dot_is_thousands(const char *p)
{
    for (int i = 1; i <= 3; i++)
        if (!isdigit((unsigned char)p[i]))
            return false;
    return !isdigit((unsigned char)p[4]);
}

static bool whole_take(const char **p, struct decimal *out, enum style style)
{
    int count;
    if (!digits_take(p, out, &count))
        return false;
    bool grouped = false;
    while (style == STYLE_ITALIAN && **p == '.' && dot_is_thousands(*p) &&
           (grouped || (count <= 3 && out->mantissa != 0))) {
        (*p)++;
        grouped = true;
        if (!digits_take(p, out, &count) || count != 3)
            return false;
    }
    return true;
}

static bool decimal_take(const char **p, struct decimal *out, enum style style)
{
    *out = (struct decimal){0};
    if (**p == '-' || **p == '+')
        out->negative = *(*p)++ == '-';
    if (!whole_take(p, out, style))
        return false;
    if (**p == '.' || (style != STYLE_MACHINE && **p == ',')) {
        (*p)++;
        if (!digits_take(p, out, &out->decimals))
            return false;
    }
    return true;
}

static bool money_of_decimal(struct decimal value, struct money *amount)
{
    if (value.decimals > MONEY_DECIMALS)
        return false;
    wide cents = value.mantissa;
    for (int i = value.decimals; i < MONEY_DECIMALS; i++)
        cents *= 10;
    *amount = money_of_wide(value.negative ? -cents : cents);
    return money_ok(*amount);
}

static const char *euro_skip(const char *p)
{
    p = skip_spaces(p);
    if (strncmp(p, "€", 3) == 0)
        p += 3;
    else if (strncmp(p, "EUR", 3) == 0)
        p += 3;
    return skip_spaces(p);
}

bool money_parse(const char *text, struct money *amount)
{
    const char *p = euro_skip(text);
    struct decimal value;
    if (!decimal_take(&p, &value, STYLE_ITALIAN))
        return false;
    p = euro_skip(p);
    return *p == '\0' && money_of_decimal(value, amount);
}

bool money_parse_machine(const char *text, struct money *amount)
{
    struct decimal value;
    if (!decimal_take(&text, &value, STYLE_MACHINE))
        return false;
    return *text == '\0' && money_of_decimal(value, amount);
}

static struct rate rate_of_decimal(struct decimal value)
{
    wide den = 1;
    for (int i = 0; i < value.decimals; i++)
        den *= 10;
    return rate_of_wide(value.negative ? -(wide)value.mantissa : value.mantissa, den);
}

bool rate_parse(const char *text, struct rate *rate)
{
    const char *p = skip_spaces(text);
    struct decimal first;
    if (!decimal_take(&p, &first, STYLE_MIXED))
        return false;
    *rate = rate_of_decimal(first);
    p = skip_spaces(p);
    if (*p == '%') {
        *rate = rate_mul(*rate, RATE(1, 100));
        p = skip_spaces(p + 1);
    } else if (*p == '/') {
        struct decimal second;
        p = skip_spaces(p + 1);
        if (!decimal_take(&p, &second, STYLE_MIXED) || second.mantissa == 0 || second.negative)
            return false;
        struct rate den = rate_of_decimal(second);
        *rate = rate_mul(*rate, RATE(den.den, den.num));
        p = skip_spaces(p);
    }
    return *p == '\0' && rate_ok(*rate);
}

const char *money_machine(struct money amount, char text[static MONEY_TEXT])
{
    if (!money_ok(amount)) {
        snprintf(text, MONEY_TEXT, "?");
        return text;
    }
    uint64_t cents = amount.cents < 0 ? -(uint64_t)amount.cents : (uint64_t)amount.cents;
    snprintf(text, MONEY_TEXT, "%s%llu.%02llu", amount.cents < 0 ? "-" : "",
             (unsigned long long)(cents / 100), (unsigned long long)(cents % 100));
    return text;
}

/* Written backwards: pages of thousands of amounts are made of it. */
const char *money_it(struct money amount, char text[static MONEY_TEXT])
{
    char back[MONEY_TEXT], *to = text;
    size_t count = 0;
    if (!money_ok(amount)) {
        money_machine(amount, text);
        return text;
    }
    uint64_t left = amount.cents < 0 ? -(uint64_t)amount.cents : (uint64_t)amount.cents;
    for (int digit = 0; digit < 3 || left > 0; digit++) {
        if (digit == 2)
            back[count++] = ',';
        else if (digit > 2 && (digit - 2) % 3 == 0)
            back[count++] = '.';
        back[count++] = (char)('0' + left % 10);
        left /= 10;
    }
    if (amount.cents < 0)
        *to++ = '-';
    while (count > 0)
        *to++ = back[--count];
    *to = '\0';
    return text;
}

const char *rate_machine(struct rate rate, char text[static RATE_TEXT])
{
    int64_t scale = 1;
    int decimals = 0;
    while (rate_ok(rate) && decimals < 6 && scale % rate.den != 0) {
        scale *= 10;
        decimals++;
    }
    /* as a fraction too where the decimals would be more digits than can be read back */
    if (!rate_ok(rate) || scale % rate.den != 0 || rate.num > INT64_MAX / (scale / rate.den) ||
        rate.num < -(INT64_MAX / (scale / rate.den))) {
        snprintf(text, RATE_TEXT, "%lld/%lld", (long long)rate.num, (long long)rate.den);
        return text;
    }
    wide scaled = (wide)rate.num * (scale / rate.den);
    bool negative = scaled < 0;
    if (negative)
        scaled = -scaled;
    long long whole = (long long)(scaled / scale);
    long long rest = (long long)(scaled % scale);
    if (decimals == 0)
        snprintf(text, RATE_TEXT, "%s%lld", negative ? "-" : "", whole);
    else
        snprintf(text, RATE_TEXT, "%s%lld.%0*lld", negative ? "-" : "", whole, decimals, rest);
    return text;
}
