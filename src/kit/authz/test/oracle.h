/* The rules of access stated a second time, as sentences about who a person is and what he wants,
 * without the table of the product: the two must agree on every cell. */
#ifndef ZONALE_KIT_AUTHZ_ORACLE_H
#define ZONALE_KIT_AUTHZ_ORACLE_H

#include "kit/authz/authz.h"

enum authz_answer oracle_answer(struct authz_question question);

#endif
