/* Money: whole euro cents in 64 bits, and exact shares of it.
 *
 * Contract
 *   - no floating point anywhere;
 *   - an amount that would overflow becomes MONEY_INVALID, which is sticky like a NaN: a chain of
 *     operations is checked once, at its end, with money_ok();
 *   - rounding is always half away from zero, to a named step.
 * Half away from zero is what the published 2025 fee
 * tables follow (weekday x 1,05 on all bands).
 */
#ifndef ZONALE_BASE_MONEY_H
#define ZONALE_BASE_MONEY_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct money {
    int64_t cents;
};

/* An exact ratio, always reduced, den > 0. den == 0 marks an invalid rate. */
struct rate {
    int64_t num;
    int64_t den;
};

#define MONEY(amount)  ((struct money){(amount)})
#define MONEY_INVALID  ((struct money){INT64_MIN})
#define RATE(num, den) ((struct rate){(num), (den)})
#define RATE_ONE       ((struct rate){1, 1})

/* The steps of section 1, in cents. */
enum { STEP_CENT = 1, STEP_EURO = 100, STEP_TEN_EURO = 1000 };

bool money_ok(struct money amount);
struct money money_add(struct money a, struct money b);
struct money money_sub(struct money a, struct money b);
struct money money_neg(struct money a);
struct money money_times(struct money a, int64_t times);
/* amount x rate, rounded half away from zero to `step` cents. */
struct money money_share(struct money amount, struct rate rate, int64_t step);
int money_cmp(struct money a, struct money b);

bool rate_ok(struct rate rate);
/* Reduced; den must not be 0. */
struct rate rate_of(int64_t num, int64_t den);
struct rate rate_add(struct rate a, struct rate b);
struct rate rate_sub(struct rate a, struct rate b);
struct rate rate_mul(struct rate a, struct rate b);
int rate_cmp(struct rate a, struct rate b);

/* Text in: Italian "1.430.038,80", "€ 34,20", "34,2" or machine "1430038.80", "-5".
 * At most two decimals; anything else is refused. Dots are thousands only where they stand in
 * groups of three and a comma or nothing follows; "1.5" is 1,50 and "1.500" is 1 500,00; "0.500"
 * is refused. */
MUST_USE bool money_parse(const char *text, struct money *amount);
/* Machine text only: "-12.34", "12", "12.3". */
MUST_USE bool money_parse_machine(const char *text, struct money *amount);
/* "21,06 %", "21.06%", "17/94", "0,20", "0.216", "3/5", "5": a dot is always a decimal mark */
MUST_USE bool rate_parse(const char *text, struct rate *rate);

enum { MONEY_TEXT = 40, RATE_TEXT = 48 };
/* "1.430.038,80" */
const char *money_it(struct money amount, char text[static MONEY_TEXT]);
/* "1430038.80" */
const char *money_machine(struct money amount, char text[static MONEY_TEXT]);
/* "17/94", or a decimal number where it ends within six digits: "0.2106" */
const char *rate_machine(struct rate rate, char text[static RATE_TEXT]);

#endif
