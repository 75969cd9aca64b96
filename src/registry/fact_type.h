/* The types of facts that opinion 2022-6, item 5 asks to gather, and norm article 7. */
#ifndef XINFENG_REGISTRY_FACT_TYPE_H
#define XINFENG_REGISTRY_FACT_TYPE_H

#include <stddef.h>

/* The one table of fact types: number (stored, never changed), stable code, English name. */
#define FACT_TYPE_TABLE(X)                                                                         \
    X(1, penalty, N_("penalty"))                                                                   \
    X(2, abnormal_listing, N_("abnormal-operations list"))                                         \
    X(3, serious_violation, N_("serious-violation list"))                                          \
    X(4, judgment_debtor, N_("dishonest judgment debtor"))                                         \
    X(5, blacklist, N_("another department's blacklist"))                                          \
    X(6, consumer_concern, N_("strong consumer reaction"))                                         \
    X(7, inspection, N_("inspection result"))                                                      \
    X(8, food_inspection, N_("food inspection"))                                                   \
    X(9, food_sampling, N_("food sampling"))                                                       \
    X(10, special_equipment, N_("special equipment"))                                              \
    X(11, product_quality, N_("product quality"))                                                  \
    X(12, counterfeiting, N_("infringement and counterfeiting"))                                   \
    X(13, price, N_("price enforcement"))                                                          \
    X(14, competition, N_("antitrust and unfair competition"))                                     \
    X(15, complaint, N_("consumer complaint"))                                                     \
    X(16, tip_off, N_("tip-off"))                                                                  \
    X(17, metrology, N_("metrology"))                                                              \
    X(18, standards, N_("standards"))                                                              \
    X(19, certification, N_("certification"))                                                      \
    X(20, testing_body, N_("testing body"))                                                        \
    X(21, licence, N_("licence"))                                                                  \
    X(22, licence_lost, N_("licence revoked"))                                                     \
    X(23, equity_pledge, N_("equity pledge"))                                                      \
    X(24, ip_pledge, N_("IP pledge"))                                                              \
    X(25, equity_freeze, N_("equity freeze"))                                                      \
    X(26, change, N_("change of registration"))                                                    \
    X(27, annual_report_missing, N_("annual report missing"))                                      \
    X(28, other_penalty, N_("another department's penalty"))                                       \
    X(29, other_inspection, N_("another department's inspection"))                                 \
    X(30, tax_arrears, N_("tax arrears"))                                                          \
    X(31, wage_arrears, N_("wage arrears"))                                                        \
    X(32, enforcement, N_("court enforcement"))                                                    \
    X(33, utility_arrears, N_("utility arrears"))                                                  \
    X(34, honour, N_("honour"))                                                                    \
    X(35, platform_signal, N_("platform or association signal"))                                   \
    X(36, other_licence, N_("another department's licence"))

enum fact_type {
#define FACT_TYPE_ENUM(number, code, name) FACT_TYPE_##code = number,
    FACT_TYPE_TABLE(FACT_TYPE_ENUM)
#undef FACT_TYPE_ENUM
};

/* One more than the largest number. */
#define FACT_TYPE_END 37

/* The number of a code such as "penalty"; 0 when there is none. */
int fact_type_find(const char *code);

/* The stable code of a number; NULL when there is none. */
const char *fact_type_code(int number);

/* The translated name of a number; "" when there is none. */
const char *fact_type_name(int number);

#endif
