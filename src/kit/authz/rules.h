/* The rules of access as rows. The first row that fits the question answers it; no row = deny.
 * Blocks stand first, so no later row can give what they take away.
 *
 * Section 4 of the description of the record ("who sees what"); art. 5, 9, 10 and 32 GDPR (each
 * purpose its own data); art. 2-sexies and 2-octies of d.lgs. 196/2003 for health and court data.
 */
#ifndef ZONALE_KIT_AUTHZ_RULES_H
#define ZONALE_KIT_AUTHZ_RULES_H

#include "kit/authz/authz.h"

#include <stddef.h>

struct authz_rule {
    const char *name;
    const char *reason; /* in the user's words, one sentence */
    unsigned roles;     /* bit sets of the enums of authz.h */
    unsigned relations;
    unsigned purposes;
    unsigned actions;
    enum authz_sensitivity least, most; /* both included */
    enum authz_answer answer;
};

extern const struct authz_rule authz_rules[];
extern const size_t authz_rules_count;

/* The same decision by another table: for the tests, which take rows away. */
struct authz_decision authz_decide_by(const struct authz_rule *rules, size_t count,
                                      struct authz_question question);

#endif
