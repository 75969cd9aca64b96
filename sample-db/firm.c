#include "sample-db/firm.h"

#include "sample-db/code.h"
#include "sample-db/standing.h"

#include <stdio.h>
#include <string.h>

/* Streams of clusters lie behind those of all firms. */
#define CLUSTER_STREAM (UINT64_C(1) << 40)

/* A seat many firms may share: an agent's office, a person with a row of companies (O12). */
struct seat {
    const struct sample_place *place;
    const char *person;
    const char *surname;
    const char *address;
    uint32_t phone;
};

static const char *make_address(const struct sample_place *place, bool shop,
                                struct sample_random *random, struct arena *arena) {
    const char *road = sample_list_pick(&place->roads, random);
    const char *village = sample_list_pick(&place->villages, random);
    bool in_town = strcmp(place->code, SAMPLE_COUNTY_CODE "100") == 0;
    if (!sample_random_chance(random, in_town ? 90 : 45, 100)) {
        return arena_printf(arena, "新疆昌吉州" SAMPLE_COUNTY_NAME "%s%s%d组%d号", place->name,
                            village, sample_random_between(random, 1, 8),
                            sample_random_between(random, 1, 180));
    }
    int number = sample_random_between(random, 1, 420);
    if (shop || sample_random_chance(random, 1, 3)) {
        return arena_printf(arena, "新疆昌吉州" SAMPLE_COUNTY_NAME "%s%s%d号商铺%d", place->name,
                            road, number, sample_random_between(random, 1, 60));
    }
    if (sample_random_chance(random, 1, 2)) {
        return arena_printf(arena, "新疆昌吉州" SAMPLE_COUNTY_NAME "%s%s%d号%d栋%d室", place->name,
                            road, number, sample_random_between(random, 1, 18),
                            sample_random_between(random, 1, 6) * 100 +
                                sample_random_between(random, 1, 8));
    }
    return arena_printf(arena, "新疆昌吉州" SAMPLE_COUNTY_NAME "%s%s%d号", place->name, road,
                        number);
}

static bool make_seat(const struct sample_setting *setting, bool shop, uint32_t phone,
                      struct sample_random *random, struct arena *arena, struct seat *seat) {
    const struct sample_words *words = setting->words;
    seat->place =
        &words->places[sample_random_weighted(random, words->place_weights, words->place_count)];
    seat->person = sample_person_name(words, random, arena, &seat->surname);
    seat->address = make_address(seat->place, shop, random, arena);
    seat->phone = phone;
    return seat->person != NULL && seat->address != NULL;
}

/* Some firms lie in clusters of one seat; low clusters are drawn more often and grow large. */
static bool choose_seat(const struct sample_setting *setting, uint32_t index, bool shop,
                        struct sample_random *random, struct arena *arena, struct seat *seat) {
    if (!make_seat(setting, shop, index, random, arena, seat)) {
        return false;
    }
    if (!sample_random_chance(random, 3, 100)) {
        return true;
    }
    uint32_t clusters = setting->enterprises / 250 + 1;
    uint32_t cluster = sample_random_below(random, sample_random_below(random, clusters) + 1);
    struct sample_random shared;
    sample_random_start(&shared, setting->seed, CLUSTER_STREAM + cluster);
    struct seat common;
    if (!make_seat(setting, false, setting->enterprises + cluster, &shared, arena, &common)) {
        return false;
    }
    bool same_person = sample_random_chance(random, 1, 2);
    if (same_person) {
        seat->person = common.person;
        seat->surname = common.surname;
        seat->phone = common.phone;
    }
    if (!same_person || sample_random_chance(random, 2, 3)) {
        seat->place = common.place;
        seat->address = common.address;
    }
    return true;
}

static const struct sample_trade *choose_trade(const struct sample_words *words,
                                               enum sample_kind kind,
                                               struct sample_random *random) {
    const struct sample_trade *trade = NULL;
    do {
        trade =
            &words
                 ->trades[sample_random_weighted(random, words->trade_weights, words->trade_count)];
    } while (trade->words[kind].count == 0);
    return trade;
}

static const struct sample_form *choose_form(const struct sample_words *words,
                                             enum sample_kind kind,
                                             const struct sample_trade *trade,
                                             struct sample_random *random) {
    const struct sample_form *form = NULL;
    do {
        form = &words->forms[kind == SAMPLE_ENTERPRISE
                                 ? sample_random_weighted(random, words->form_weights,
                                                          words->form_count)
                                 : sample_random_below(random, (uint32_t)words->form_count)];
    } while (form->kind != kind || (form->flags != 0 && (form->flags & trade->flags) == 0));
    return form;
}

/* Numbers of one exchange of the county; an extension behind them once they are used up. */
static const char *make_phone(uint32_t phone, struct arena *arena) {
    uint32_t place = (phone * UINT32_C(7919) + 31337) % 100000;
    if (phone < 100000) {
        return arena_printf(arena, "0994-45%05u", place);
    }
    return arena_printf(arena, "0994-45%05u转%u", place, 800 + phone / 100000);
}

static enum sample_kind choose_kind(struct sample_random *random) {
    uint32_t drawn = sample_random_below(random, 100);
    return drawn < 88 ? SAMPLE_ENTERPRISE : drawn < 97 ? SAMPLE_INDIVIDUAL : SAMPLE_COOPERATIVE;
}

/* The division in the USCC: the county's, or that of the prefecture, its seat or the region. */
static const char *choose_division(enum sample_kind kind, struct sample_random *random) {
    static const char *const others[] = {"652300", "652301", "650000", "650103"};
    if (kind == SAMPLE_ENTERPRISE && sample_random_chance(random, 3, 100)) {
        return others[sample_random_below(random, 4)];
    }
    return SAMPLE_COUNTY_CODE;
}

static bool give_codes(struct sample_firm *firm, const struct sample_setting *setting,
                       uint32_t index, struct sample_random *random, struct arena *arena) {
    struct enterprise *enterprise = &firm->enterprise;
    uint64_t offset = setting->seed % 1000000000;
    const char *division = choose_division(firm->kind, random);
    char uscc[USCC_SIZE];
    char number[SAMPLE_NUMBER_SIZE];
    sample_code_uscc(uscc, index, offset, firm->kind, division, enterprise->established_on);
    sample_code_number(number, index, offset, firm->kind);
    bool numbered = sample_code_had_number(enterprise->established_on);
    bool uncoded = sample_random_chance(random, 3, 1000);
    if (!uncoded && (enterprise->uscc = arena_strdup(arena, uscc)) == NULL) {
        return false;
    }
    return (!numbered && !uncoded) ||
           (enterprise->registration_number = arena_strdup(arena, number)) != NULL;
}

/* Registers have gaps: a day, a trade or a person nobody wrote down, a county for a township. */
static void leave_gaps(struct sample_firm *firm, struct sample_random *random) {
    struct enterprise *enterprise = &firm->enterprise;
    uint32_t gap = sample_random_below(random, 1000);
    if (gap < 4) {
        enterprise->established_on = DATE_NONE;
    } else if (gap < 9) {
        enterprise->industry = NULL;
    } else if (gap < 12) {
        enterprise->legal_person = NULL;
    } else if (gap < 20) {
        enterprise->region = SAMPLE_COUNTY_CODE;
    } else if (gap < 22) {
        enterprise->region = "652301";
    } else if (gap < 25) {
        enterprise->capital_text = "N/A";
        enterprise->capital = ENTERPRISE_UNKNOWN;
    } else if (gap < 40) {
        enterprise->phone = NULL;
    }
}

/* Known from a fact file by name and code alone. */
static void make_stub(struct enterprise *enterprise) {
    struct enterprise known = *enterprise;
    *enterprise = enterprise_unknown();
    enterprise->name = known.name;
    enterprise->uscc = known.uscc;
    enterprise->registration_number = known.registration_number;
    enterprise->region = SAMPLE_COUNTY_CODE;
    enterprise->kind = known.kind;
    enterprise->stub = true;
}

static bool give_names(struct sample_firm *firm, const struct sample_setting *setting,
                       uint32_t index, struct sample_random *random, struct arena *arena) {
    struct enterprise *enterprise = &firm->enterprise;
    struct seat seat;
    bool shop = (firm->trade->flags & SAMPLE_FLAG('c')) != 0;
    if (!choose_seat(setting, index, shop, random, arena, &seat)) {
        return false;
    }
    const struct sample_form *form = choose_form(setting->words, firm->kind, firm->trade, random);
    firm->place = seat.place;
    enterprise->type = form->type;
    enterprise->legal_person = seat.person;
    enterprise->address = seat.address;
    enterprise->phone = make_phone(seat.phone, arena);
    enterprise->region = seat.place->code;
    enterprise->station = seat.place->station;
    enterprise->name = sample_namer_make(
        setting->namer,
        &(struct sample_name_request){
            .trade = firm->trade, .form = form, .place = seat.place, .surname = seat.surname},
        random, arena);
    return enterprise->phone != NULL && enterprise->name != NULL;
}

enum result sample_firm_make(struct sample_firm *firm, const struct sample_setting *setting,
                             uint32_t index, struct sample_random *random, struct arena *arena,
                             struct error *error) {
    static const uint32_t key_flags =
        SAMPLE_FLAG('f') | SAMPLE_FLAG('d') | SAMPLE_FLAG('e') | SAMPLE_FLAG('x');
    *firm = (struct sample_firm){.enterprise = enterprise_unknown()};
    struct enterprise *enterprise = &firm->enterprise;
    firm->kind = choose_kind(random);
    firm->trade = choose_trade(setting->words, firm->kind, random);
    enterprise->kind = sample_kind_code(firm->kind);
    enterprise->authority = SAMPLE_AUTHORITY;
    enterprise->industry = firm->trade->industry;
    enterprise->scope = firm->trade->scope;
    enterprise->key_field = (firm->trade->flags & key_flags) != 0;
    if (!give_names(firm, setting, index, random, arena)) {
        return error_no_memory(error);
    }
    sample_standing_give(firm, setting, random);
    if (!give_codes(firm, setting, index, random, arena)) {
        return error_no_memory(error);
    }
    if (sample_random_chance(random, 4, 1000)) {
        make_stub(enterprise);
    } else {
        leave_gaps(firm, random);
    }
    return RESULT_OK;
}
