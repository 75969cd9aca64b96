#include "sample-db/standing.h"

#include "sample-db/calendar.h"

#include <string.h>

#define FEN_OF_WAN INT64_C(1000000) /* 10,000 yuan */

/* One step of a distribution: a value and how often it is taken. */
struct step {
    int32_t value;
    uint32_t weight;
};

static int32_t pick_step(const struct step *steps, size_t count, struct sample_random *random) {
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += steps[i].weight;
    }
    uint32_t drawn = sample_random_below(random, sum);
    size_t place = 0;
    while (drawn >= steps[place].weight) {
        drawn -= steps[place++].weight;
    }
    return steps[place].value;
}

#define PICK(steps, random) pick_step(steps, sizeof(steps) / sizeof((steps)[0]), random)

/* Of 10,000 firms of a usual trade and place this many are not calm. */
#define USUAL_SHARE 4050
#define CARELESS_SHARE 800
#define BAD_SHARE 370

static enum sample_conduct choose_conduct(const struct sample_firm *firm,
                                          const struct sample_setting *setting,
                                          struct sample_random *random) {
    uint32_t usual = setting->words->usual_risk;
    uint32_t drawn = sample_random_below(random, 1000000) * usual;
    uint32_t risk = firm->trade->risk * firm->place->risk;
    uint32_t bound = BAD_SHARE * risk;
    if (drawn < bound) {
        return SAMPLE_BAD;
    }
    bound += CARELESS_SHARE * risk;
    if (drawn < bound) {
        return SAMPLE_CARELESS;
    }
    bound += USUAL_SHARE * risk;
    return drawn < bound ? SAMPLE_USUAL : SAMPLE_CALM;
}

/* Many are young and some are old; trouble takes its time to grow. */
static date choose_birthday(const struct sample_firm *firm, date today,
                            struct sample_random *random) {
    uint32_t most = firm->kind == SAMPLE_COOPERATIVE ? 5600 : 9200;
    int32_t age = (int32_t)sample_random_below(random, sample_random_below(random, most) + 1);
    if (firm->kind == SAMPLE_ENTERPRISE && sample_random_chance(random, 8, 100)) {
        age += sample_random_between(random, 1500, 5500);
    }
    if (firm->conduct >= SAMPLE_CARELESS && age < 200) {
        age += sample_random_between(random, 250, 1800);
    }
    return sample_workday(date_add_days(today, -age), today);
}

static int64_t choose_capital(const struct sample_firm *firm, struct sample_random *random) {
    static const struct step small[] = {{3, 3},   {5, 5},    {10, 17},  {20, 11}, {30, 9},
                                        {50, 19}, {100, 20}, {200, 7},  {300, 4}, {500, 4},
                                        {600, 1}, {1000, 2}, {2000, 1}, {5000, 1}};
    static const struct step middling[] = {{10, 4},   {30, 5},   {50, 11},  {80, 3},   {100, 22},
                                           {200, 15}, {300, 10}, {500, 13}, {600, 2},  {800, 3},
                                           {1000, 8}, {2000, 3}, {3000, 1}, {5000, 1}, {10000, 1}};
    static const struct step large[] = {{100, 6},   {200, 8},   {300, 6},   {500, 13}, {800, 6},
                                        {1000, 16}, {2000, 14}, {3000, 9},  {4000, 4}, {5000, 6},
                                        {8000, 2},  {10000, 5}, {20000, 2}, {50000, 1}};
    static const struct step cooperative[] = {{5, 3},    {10, 6},   {30, 10}, {50, 18}, {100, 26},
                                              {200, 16}, {300, 10}, {500, 9}, {1000, 2}};
    static const struct step individual[] = {{1, 12}, {2, 14},  {3, 14}, {5, 26},
                                             {8, 6},  {10, 18}, {20, 7}, {30, 3}};
    if (firm->kind == SAMPLE_INDIVIDUAL) {
        return PICK(individual, random) * FEN_OF_WAN;
    }
    if (firm->kind == SAMPLE_COOPERATIVE) {
        return PICK(cooperative, random) * FEN_OF_WAN;
    }
    return FEN_OF_WAN * (firm->trade->capital == 1   ? PICK(small, random)
                         : firm->trade->capital == 2 ? PICK(middling, random)
                                                     : PICK(large, random));
}

static int64_t choose_paid_in(const struct sample_firm *firm, date today,
                              struct sample_random *random) {
    static const struct step young[] = {{0, 40}, {5, 5},   {10, 9}, {20, 10},
                                        {30, 8}, {50, 10}, {80, 3}, {100, 15}};
    static const struct step settled[] = {{0, 14},  {10, 6}, {20, 8}, {30, 8},
                                          {50, 13}, {60, 4}, {80, 5}, {100, 42}};
    if (firm->kind == SAMPLE_INDIVIDUAL) {
        return ENTERPRISE_UNKNOWN;
    }
    bool slow = date_months_between(firm->enterprise.established_on, today) < 60 ||
                (firm->conduct >= SAMPLE_CARELESS && sample_random_chance(random, 1, 2));
    return slow ? PICK(young, random) : PICK(settled, random);
}

static int64_t choose_staff(const struct sample_firm *firm, struct sample_random *random) {
    static const struct step base[] = {{0, 34}, {1, 14}, {2, 15}, {3, 12}, {4, 7},
                                       {5, 6},  {6, 4},  {8, 4},  {10, 2}, {15, 2}};
    if (firm->kind == SAMPLE_INDIVIDUAL) {
        return sample_random_below(random, 3);
    }
    if (firm->conduct == SAMPLE_BAD && sample_random_chance(random, 1, 2)) {
        return 0;
    }
    static const int32_t scale[] = {1, 1, 3, 11};
    int32_t staff = PICK(base, random) * scale[firm->trade->capital];
    return staff == 0 ? 0 : staff + (int32_t)sample_random_below(random, (uint32_t)staff);
}

/* Per mille that are no longer simply open, by conduct. */
static const char *choose_status(const struct sample_firm *firm, struct sample_random *random) {
    static const struct {
        const char *status;
        uint32_t share[SAMPLE_CONDUCTS];
    } shares[] = {
        {"changed", {12, 22, 25, 20}},   {"cancelling", {5, 8, 14, 14}},
        {"cancelled", {38, 46, 30, 15}}, {"revoked", {0, 3, 40, 120}},
        {"moved_out", {4, 5, 4, 4}},     {"withdrawn", {0, 0, 4, 8}},
    };
    uint32_t drawn = sample_random_below(random, 1000);
    for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++) {
        uint32_t share = shares[i].share[firm->conduct];
        if (drawn < share) {
            return shares[i].status;
        }
        drawn -= share;
    }
    return "open";
}

/* The day of the last approval: of the end where the firm has ended, else of some change. */
static void give_days(struct sample_firm *firm, date today, struct sample_random *random) {
    struct enterprise *enterprise = &firm->enterprise;
    date born = enterprise->established_on;
    bool ended = enterprise->status[0] == 'm' || enterprise->status[0] == 'r' ||
                 enterprise->status[0] == 'w' || strcmp(enterprise->status, "cancelled") == 0;
    int32_t age = date_days_between(born, today);
    enterprise->approved_on = born;
    if (ended || strcmp(enterprise->status, "open") != 0 || sample_random_chance(random, 2, 5)) {
        int32_t from = ended ? age / 2 : age / 4;
        enterprise->approved_on =
            sample_workday(date_add_days(born, sample_random_between(random, from, age)), today);
    }
    firm->first = born;
    firm->last = ended ? enterprise->approved_on : today;
    if (firm->kind != SAMPLE_INDIVIDUAL && sample_random_chance(random, 1, 4)) {
        int years = 10 * sample_random_between(random, 1, 3);
        date same = date_make(date_year(born) + years, date_month(born), date_day(born));
        enterprise->expires_on = same == DATE_NONE ? DATE_NONE : date_add_days(same, -1);
    }
}

void sample_standing_give(struct sample_firm *firm, const struct sample_setting *setting,
                          struct sample_random *random) {
    struct enterprise *enterprise = &firm->enterprise;
    firm->conduct = choose_conduct(firm, setting, random);
    enterprise->established_on = choose_birthday(firm, setting->today, random);
    enterprise->status = choose_status(firm, random);
    give_days(firm, setting->today, random);
    enterprise->capital = choose_capital(firm, random);
    enterprise->paid_in_percent = choose_paid_in(firm, setting->today, random);
    enterprise->insured_staff = choose_staff(firm, random);
    if (firm->kind == SAMPLE_ENTERPRISE && sample_random_chance(random, 6, 1000)) {
        enterprise->capital = ENTERPRISE_UNKNOWN;
        enterprise->capital_text =
            sample_random_chance(random, 1, 2) ? "100(万美元)" : "50(万美元)";
    }
}
