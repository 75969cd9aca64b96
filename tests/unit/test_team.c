/* Teams: draw/team.h against every assignment there is, on small cases, and on large ones. */
#include "draw/team.h"
#include "unit/random.h"
#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INSPECTORS_MOST 6
#define UNITS_MOST 5

static struct error error = ERROR_INIT;

/* A case small enough for every assignment to be tried. */
struct trial {
    struct team_inspector inspectors[INSPECTORS_MOST];
    struct team_unit units[UNITS_MOST];
    uint64_t eligible[UNITS_MOST];
    char names[INSPECTORS_MOST + UNITS_MOST][24];
    struct team_request request;
};

static struct draw_key *make_key(void) {
    struct draw_key *key = NULL;
    assert_ok(draw_key_new(&key, "teams", DRAW_PURPOSE_INSPECTOR, "01382438112797316654", &error),
              &error);
    return key;
}

static void make_trial(struct trial *trial, random_state *state, struct draw_key *key) {
    size_t inspectors = (size_t)random_between(state, 2, INSPECTORS_MOST);
    size_t units = (size_t)random_between(state, 1, UNITS_MOST);
    *trial = (struct trial){0};
    for (size_t i = 0; i < inspectors; i++) {
        snprintf(trial->names[i], sizeof(trial->names[i]), "G%zu", i);
        trial->inspectors[i] =
            (struct team_inspector){trial->names[i], random_between(state, 0, 2) == 0};
    }
    for (size_t i = 0; i < units; i++) {
        char *name = trial->names[INSPECTORS_MOST + i];
        snprintf(name, sizeof(trial->names[0]), "U%zu", i);
        trial->eligible[i] = random_next(state) & ((UINT64_C(1) << inspectors) - 1);
        trial->eligible[i] |= random_next(state) & ((UINT64_C(1) << inspectors) - 1);
        trial->units[i] = (struct team_unit){
            .id = name,
            .size = random_between(state, 0, 4) == 0 ? 3 : 2,
            .expert = random_between(state, 0, 2) == 0,
            .eligible = &trial->eligible[i],
        };
    }
    trial->request = (struct team_request){.inspectors = trial->inspectors,
                                           .inspector_count = inspectors,
                                           .units = trial->units,
                                           .unit_count = units,
                                           .key = key};
}

static uint32_t bits(uint64_t team) {
    uint32_t count = 0;
    for (; team != 0; team &= team - 1) {
        count++;
    }
    return count;
}

static bool allowed(const struct trial *trial, size_t unit, uint64_t team) {
    bool expert = !trial->units[unit].expert;
    for (size_t i = 0; i < trial->request.inspector_count; i++) {
        expert = expert || ((team >> i & 1) != 0 && trial->inspectors[i].expert);
    }
    return expert && bits(team) == trial->units[unit].size && (team & ~trial->eligible[unit]) == 0;
}

/* True when the units from one on can be given teams, no load above `most`; by trying all. */
static bool possible(const struct trial *trial, size_t unit, const uint32_t *loads, uint32_t most) {
    if (unit == trial->request.unit_count) {
        return true;
    }
    for (uint64_t team = 0; team < UINT64_C(1) << trial->request.inspector_count; team++) {
        uint32_t after[INSPECTORS_MOST];
        bool fits = allowed(trial, unit, team);
        for (size_t i = 0; fits && i < trial->request.inspector_count; i++) {
            after[i] = loads[i] + (uint32_t)(team >> i & 1);
            fits = after[i] <= most;
        }
        if (fits && possible(trial, unit + 1, after, most)) {
            return true;
        }
    }
    return false;
}

/* The order in which inspectors are asked for a unit, computed on its own. */
static void order_of(const struct trial *trial, size_t unit, const uint32_t *loads,
                     size_t order[static INSPECTORS_MOST]) {
    uint8_t tickets[INSPECTORS_MOST][DIGEST_SIZE];
    size_t count = trial->request.inspector_count;
    for (size_t i = 0; i < count; i++) {
        char text[64];
        int length = snprintf(text, sizeof(text), "%s\n%s", trial->units[unit].id, trial->names[i]);
        assert_ok(draw_ticket(trial->request.key, text, (size_t)length, tickets[i], &error),
                  &error);
        order[i] = i;
    }
    for (size_t i = 1; i < count; i++) {
        for (size_t at = i; at > 0; at--) {
            size_t one = order[at - 1];
            size_t other = order[at];
            bool before = loads[one] != loads[other]
                              ? loads[one] < loads[other]
                              : memcmp(tickets[one], tickets[other], DIGEST_SIZE) < 0;
            if (before) {
                break;
            }
            order[at - 1] = other;
            order[at] = one;
        }
    }
}

/* The rank of a team: the places of its members in the order, first to last, as one number; the
 * team that comes first has the smallest. */
static uint64_t rank_of(const struct trial *trial, uint64_t team,
                        const size_t order[static INSPECTORS_MOST]) {
    uint64_t rank = 0;
    for (size_t place = 0; place < trial->request.inspector_count; place++) {
        rank = (team >> order[place] & 1) != 0 ? rank * 10 + place + 1 : rank;
    }
    return rank;
}

/* The first team that leaves the rest possible, by trying all. */
static uint64_t first_team(const struct trial *trial, size_t unit, const uint32_t *loads,
                           uint32_t most) {
    size_t order[INSPECTORS_MOST];
    uint64_t best = 0;
    uint64_t best_rank = UINT64_MAX;
    order_of(trial, unit, loads, order);
    for (uint64_t team = 0; team < UINT64_C(1) << trial->request.inspector_count; team++) {
        uint32_t after[INSPECTORS_MOST];
        bool fits = allowed(trial, unit, team);
        for (size_t i = 0; fits && i < trial->request.inspector_count; i++) {
            after[i] = loads[i] + (uint32_t)(team >> i & 1);
            fits = after[i] <= most;
        }
        if (fits && rank_of(trial, team, order) < best_rank &&
            possible(trial, unit + 1, after, most)) {
            best = team;
            best_rank = rank_of(trial, team, order);
        }
    }
    return best;
}

/* The smallest load there is; 0: there is no assignment. */
static uint32_t smallest_load(const struct trial *trial) {
    const uint32_t none[INSPECTORS_MOST] = {0};
    for (uint32_t most = 1; most <= trial->request.unit_count; most++) {
        if (possible(trial, 0, none, most)) {
            return most;
        }
    }
    return 0;
}

static void expect_first_teams(const struct trial *trial, const struct team_result *result) {
    uint32_t loads[INSPECTORS_MOST] = {0};
    for (size_t unit = 0; unit < trial->request.unit_count; unit++) {
        uint64_t team = 0;
        for (size_t i = result->starts[unit]; i < result->starts[unit + 1]; i++) {
            team |= UINT64_C(1) << result->members[i];
        }
        assert_int_equal(team, first_team(trial, unit, loads, result->load));
        for (size_t i = 0; i < trial->request.inspector_count; i++) {
            loads[i] += (uint32_t)(team >> i & 1);
        }
    }
    for (size_t i = 0; i < trial->request.inspector_count; i++) {
        assert_int_equal(loads[i], result->loads[i]);
    }
}

/* The units of a block cannot be served by the inspectors of the block alone, which are all who may
 * go to them; nobody else matters. */
static void expect_block(const struct trial *trial, const struct team_block *block) {
    struct trial part = *trial;
    part.request.units = part.units;
    part.request.unit_count = block->unit_count;
    assert_true(block->unit_count > 0);
    for (size_t i = 0; i < block->unit_count; i++) {
        part.units[i] = trial->units[block->units[i]];
        part.eligible[i] = trial->eligible[block->units[i]];
        for (size_t j = 0; j < trial->request.inspector_count; j++) {
            bool named = false;
            for (size_t k = 0; k < block->inspector_count; k++) {
                named = named || block->inspectors[k] == j;
            }
            assert_true(named || (part.eligible[i] >> j & 1) == 0);
        }
    }
    const uint32_t none[INSPECTORS_MOST] = {0};
    uint32_t most = trial->request.load_most == 0 ? UNITS_MOST : trial->request.load_most;
    assert_false(possible(&part, 0, none, most));
}

static void teams_are_the_first_that_leave_the_rest_possible(void **state) {
    struct draw_key *key = make_key();
    random_state numbers = 20261127;
    int assigned = 0;
    int blocked = 0;
    (void)state;
    for (int round = 0; round < 1500; round++) {
        struct trial trial;
        struct team_result result;
        make_trial(&trial, &numbers, key);
        trial.request.load_most = (uint32_t)random_between(&numbers, 0, 4);
        uint32_t load = smallest_load(&trial);
        bool there_is =
            load > 0 && (trial.request.load_most == 0 || load <= trial.request.load_most);
        enum result code = team_assign(&trial.request, &result, &error);
        assert_int_equal(code, there_is ? RESULT_OK : RESULT_REFUSED);
        if (there_is) {
            assert_int_equal(result.load, load);
            expect_first_teams(&trial, &result);
            assigned++;
        } else {
            expect_block(&trial, &result.block);
            blocked++;
        }
        team_result_clear(&result);
    }
    assert_true(assigned > 300 && blocked > 300);
    draw_key_free(key);
}

/* Two groups of units, one of which only three inspectors may serve. */
static void a_block_names_the_units_and_inspectors_that_are_too_few(void **state) {
    struct draw_key *key = make_key();
    struct trial trial = {0};
    struct team_result result;
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        snprintf(trial.names[i], sizeof(trial.names[i]), "G%zu", i);
        trial.inspectors[i].id = trial.names[i];
    }
    for (size_t i = 0; i < 5; i++) {
        trial.eligible[i] = i < 2 ? 0x3F : 0x07;
        trial.units[i] = (struct team_unit){trial.names[i], 2, false, &trial.eligible[i]};
    }
    trial.request = (struct team_request){.inspectors = trial.inspectors,
                                          .inspector_count = 6,
                                          .units = trial.units,
                                          .unit_count = 5,
                                          .load_most = 1,
                                          .key = key};
    assert_int_equal(team_assign(&trial.request, &result, &error), RESULT_REFUSED);
    assert_true(result.block.unit_count >= 3);
    team_result_clear(&result);
    trial.request.load_most = 2; /* three inspectors for six places, and six for four more */
    assert_ok(team_assign(&trial.request, &result, &error), &error);
    assert_int_equal(result.load, 2);
    team_result_clear(&result);
    draw_key_free(key);
}

/* The order of inspectors in the request is nobody's business. */
static void the_order_of_inspectors_does_not_matter(void **state) {
    struct draw_key *key = make_key();
    random_state numbers = 7;
    (void)state;
    for (int round = 0; round < 200; round++) {
        struct trial trial;
        struct trial turned;
        struct team_result one;
        struct team_result other;
        make_trial(&trial, &numbers, key);
        size_t count = trial.request.inspector_count;
        turned = trial;
        for (size_t i = 0; i < count; i++) {
            turned.inspectors[i] = trial.inspectors[count - 1 - i];
        }
        for (size_t unit = 0; unit < trial.request.unit_count; unit++) {
            turned.eligible[unit] = 0;
            for (size_t i = 0; i < count; i++) {
                turned.eligible[unit] |= (trial.eligible[unit] >> (count - 1 - i) & 1) << i;
            }
            turned.units[unit].eligible = &turned.eligible[unit];
        }
        turned.request.inspectors = turned.inspectors;
        turned.request.units = turned.units;
        enum result code = team_assign(&trial.request, &one, &error);
        assert_int_equal(team_assign(&turned.request, &other, &error), code);
        for (size_t i = 0; code == RESULT_OK && i < one.starts[trial.request.unit_count]; i++) {
            assert_int_equal(one.members[i], count - 1 - other.members[i]);
        }
        team_result_clear(&one);
        team_result_clear(&other);
    }
    draw_key_free(key);
}

static void nobody_to_check_is_nothing_to_assign(void **state) {
    struct draw_key *key = make_key();
    const struct team_request request = {.key = key};
    struct team_result result;
    (void)state;
    assert_ok(team_assign(&request, &result, &error), &error);
    assert_int_equal(result.load, 0);
    team_result_clear(&result);
    draw_key_free(key);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teams_are_the_first_that_leave_the_rest_possible),
        cmocka_unit_test(a_block_names_the_units_and_inspectors_that_are_too_few),
        cmocka_unit_test(the_order_of_inspectors_does_not_matter),
        cmocka_unit_test(nobody_to_check_is_nothing_to_assign),
    };
    return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
