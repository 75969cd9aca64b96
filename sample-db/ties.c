#include "sample-db/ties.h"

#include "base/uscc.h"
#include "registry/relation_type.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Streams of ties lie behind those of firms and clusters. */
#define TIES_STREAM (UINT64_C(1) << 41)

/* How many firms back a tie reaches. */
#define NEIGHBOURS 256

#define NAME_SIZE 256

/* What later firms know of one. */
struct neighbour {
    int64_t id;
    char uscc[USCC_SIZE]; /* "" when it has none */
    char name[NAME_SIZE];
    char person[NAME_SIZE]; /* as relations name its legal representative; "" when it has none */
    char person_name[NAME_SIZE];
    char address[NAME_SIZE];
};

struct sample_neighbours {
    struct neighbour items[NEIGHBOURS];
    size_t count; /* of all that were made */
};

struct sample_neighbours *sample_neighbours_new(void) {
    return calloc(1, sizeof(struct sample_neighbours));
}

void sample_neighbours_free(struct sample_neighbours *neighbours) {
    free(neighbours);
}

/* Adds a tie; a full list takes no more. */
static struct record_value *add(struct sample_ties *ties, const struct sample_firm *firm,
                                enum relation_type type, const char *party,
                                const char *party_name) {
    if (ties->count == SAMPLE_MOST_TIES) {
        return NULL;
    }
    struct record_value *tie = ties->items[ties->count++];
    for (int i = 0; i < RELATION_COLUMN_COUNT; i++) {
        tie[i] = record_unknown();
    }
    tie[RELATION_enterprise].number = firm->enterprise.id;
    tie[RELATION_type].text = relation_type_code(type);
    tie[RELATION_party].text = party;
    tie[RELATION_party_name].text = party_name;
    tie[RELATION_from_day].number = firm->enterprise.established_on == DATE_NONE
                                        ? RECORD_UNKNOWN
                                        : firm->enterprise.established_on;
    return tie;
}

/* A tie to another firm; none when that one has no code. */
static void add_firm(struct sample_ties *ties, const struct sample_firm *firm,
                     enum relation_type type, const struct neighbour *other, int64_t share) {
    struct record_value *tie =
        other->uscc[0] == '\0' ? NULL : add(ties, firm, type, other->uscc, other->name);
    if (tie != NULL) {
        tie[RELATION_other].number = other->id;
        tie[RELATION_share].number = share;
    }
}

static const struct neighbour *pick(const struct sample_neighbours *neighbours,
                                    struct sample_random *random) {
    size_t count = neighbours->count < NEIGHBOURS ? neighbours->count : NEIGHBOURS;
    return count == 0 ? NULL : &neighbours->items[sample_random_below(random, (uint32_t)count)];
}

/* The person behind a name, whom the telephone number tells from others of that name: as intake
 * marks persons by their numbers. */
static const char *mark_person(const struct enterprise *enterprise, struct arena *arena) {
    uint32_t mark = UINT32_C(2166136261);
    if (enterprise->legal_person == NULL || enterprise->phone == NULL) {
        return NULL;
    }
    for (const char *at = enterprise->phone; *at != '\0'; at++) {
        mark = (mark ^ (unsigned char)*at) * UINT32_C(16777619);
    }
    return arena_printf(arena, "%s#%08x", enterprise->legal_person, mark);
}

/* Those who own and run it. */
static void add_persons(struct sample_ties *ties, const struct sample_firm *firm,
                        const struct neighbour *self, const struct neighbour *other,
                        struct sample_random *random) {
    bool company = firm->kind == SAMPLE_ENTERPRISE;
    if (self->person[0] != '\0') {
        struct record_value *tie =
            add(ties, firm, RELATION_TYPE_legal_representative, self->person, self->person_name);
        tie[RELATION_position].text = company ? "执行董事" : "负责人";
        if (company && sample_random_chance(random, 6, 10)) {
            tie = add(ties, firm, RELATION_TYPE_shareholder, self->person, self->person_name);
            tie[RELATION_share].number = sample_random_between(random, 3000, 10000);
        }
    }
    if (company && other != NULL && other->person[0] != '\0') {
        if (sample_random_chance(random, 15, 100)) {
            add(ties, firm, RELATION_TYPE_shareholder, other->person, other->person_name);
        }
        if (sample_random_chance(random, 20, 100)) {
            struct record_value *tie =
                add(ties, firm, RELATION_TYPE_officer, other->person, other->person_name);
            tie[RELATION_position].text = sample_random_chance(random, 1, 2) ? "监事" : "经理";
        }
    }
}

/* Firms it has invested in, that are branches of it, or that have its address. */
static void add_firms(struct sample_ties *ties, const struct sample_firm *firm,
                      const struct sample_neighbours *neighbours, const struct neighbour *self,
                      struct sample_random *random) {
    const struct neighbour *one = pick(neighbours, random);
    const struct neighbour *two = pick(neighbours, random);
    size_t count = neighbours->count < NEIGHBOURS ? neighbours->count : NEIGHBOURS;
    if (firm->kind == SAMPLE_ENTERPRISE && one != NULL && sample_random_chance(random, 6, 100)) {
        add_firm(ties, firm, RELATION_TYPE_investment, one,
                 sample_random_between(random, 1000, 10000));
    }
    if (firm->kind == SAMPLE_ENTERPRISE && two != NULL && sample_random_chance(random, 3, 100)) {
        add_firm(ties, firm, RELATION_TYPE_branch, two, RECORD_UNKNOWN);
    }
    for (size_t i = 0; i < count && self->address[0] != '\0'; i++) {
        if (strcmp(neighbours->items[i].address, self->address) == 0) {
            add_firm(ties, firm, RELATION_TYPE_same_address, &neighbours->items[i], RECORD_UNKNOWN);
            break;
        }
    }
}

/* Agents file for many; the first ones for most. */
static bool add_agent(struct sample_ties *ties, const struct sample_firm *firm,
                      const struct sample_setting *setting, struct sample_random *random,
                      struct arena *arena) {
    static const char *const names[] = {"呼图壁县园户商务服务部",
                                        "呼图壁县丝路企业登记代理有限公司",
                                        "昌吉市诚信财税代理有限公司", "呼图壁县便民代办站"};
    uint32_t agents = setting->enterprises / 400 + 4;
    uint32_t agent = sample_random_below(random, sample_random_below(random, agents) + 1);
    if (!sample_random_chance(random, 1, 5)) {
        return true;
    }
    const char *name = agent < 4 ? names[agent] : arena_printf(arena, "代办人%u", agent);
    return name != NULL && add(ties, firm, RELATION_TYPE_agent, name, name) != NULL;
}

static void copy(char *out, size_t size, const char *text) {
    snprintf(out, size, "%s", text == NULL ? "" : text);
}

enum result sample_ties_make(struct sample_ties *ties, struct sample_neighbours *neighbours,
                             const struct sample_setting *setting, uint32_t index,
                             const struct sample_firm *firm, struct arena *arena,
                             struct error *error) {
    const struct enterprise *enterprise = &firm->enterprise;
    struct sample_random random;
    struct neighbour self = {.id = enterprise->id};
    ties->count = 0;
    sample_random_start(&random, setting->seed, TIES_STREAM + index);
    copy(self.uscc, sizeof(self.uscc), enterprise->uscc);
    copy(self.name, sizeof(self.name), enterprise->name);
    copy(self.person, sizeof(self.person), mark_person(enterprise, arena));
    copy(self.person_name, sizeof(self.person_name), enterprise->legal_person);
    copy(self.address, sizeof(self.address), enterprise->address);
    if (!enterprise->stub) {
        add_persons(ties, firm, &self, pick(neighbours, &random), &random);
        add_firms(ties, firm, neighbours, &self, &random);
        if (!add_agent(ties, firm, setting, &random, arena)) {
            return error_no_memory(error);
        }
    }
    /* Ties borrow texts of self, and of a neighbour whose place self takes. */
    for (size_t i = 0; i < ties->count; i++) {
        struct record_value *tie = ties->items[i];
        tie[RELATION_party].text = arena_strdup(arena, tie[RELATION_party].text);
        tie[RELATION_party_name].text = arena_strdup(arena, tie[RELATION_party_name].text);
    }
    neighbours->items[neighbours->count++ % NEIGHBOURS] = self;
    return arena_failed(arena) ? error_no_memory(error) : RESULT_OK;
}
