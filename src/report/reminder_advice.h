/* What an enterprise can do about what is on record of it, by the kind of fact (O11). */
#ifndef XINFENG_REPORT_REMINDER_ADVICE_H
#define XINFENG_REPORT_REMINDER_ADVICE_H

#include <stdbool.h>

/* How a risk reminder speaks of facts of one type. */
struct reminder_advice {
    const char *text; /* English msgid; translated when shown */
    bool discreet;    /* what such a fact says in its title names persons: it is left out */
};

/* The advice for a type; NULL for types a reminder is silent about: what is no risk in itself
 * (licences, changes, pledges, honours), and tip-offs, whose senders the law protects. Static. */
const struct reminder_advice *reminder_advice_of(int type);

#endif
