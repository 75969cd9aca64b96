#include "draw/team_flow.h"

#include <stdlib.h>
#include <string.h>

/* The nodes of a search: inspectors, and of each kind the places of experts and the others. To
 * stand at an inspector means that one unit of his must go to somebody else; at a side of a kind,
 * that one of its places is free. */
static size_t expert_side(const struct team_flow *flow, size_t kind) {
    return flow->request->inspector_count + 2 * kind;
}

static size_t plain_side(const struct team_flow *flow, size_t kind) {
    return expert_side(flow, kind) + 1;
}

static bool is_expert(const struct team_flow *flow, size_t inspector) {
    return flow->request->inspectors[inspector].expert;
}

/* How many places of a kind others than experts may have. */
static uint32_t plain_most(const struct team_kind *kind) {
    return (kind->unit->size - (kind->unit->expert ? 1 : 0)) * kind->left;
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static bool same_kind(const struct team_unit *one, const struct team_unit *other, size_t words) {
    return one->size == other->size && one->expert == other->expert &&
           memcmp(one->eligible, other->eligible, words * sizeof(*one->eligible)) == 0;
}

static uint64_t hash_of(const struct team_unit *unit, size_t words) {
    uint64_t hash = unit->size * 2 + unit->expert;
    for (size_t i = 0; i < words; i++) {
        hash = (hash ^ unit->eligible[i]) * UINT64_C(0x9E3779B97F4A7C15);
        hash ^= hash >> 29;
    }
    return hash;
}

/* Finds each unit's kind by a table of kinds, open addressed: number and 1, or 0. */
static bool sort_units(struct team_flow *flow, uint32_t *slots, size_t mask) {
    const struct team_request *request = flow->request;
    size_t words = (request->inspector_count + 63) / 64;
    for (size_t i = 0; i < request->unit_count; i++) {
        const struct team_unit *unit = &request->units[i];
        size_t slot = hash_of(unit, words) & mask;
        while (slots[slot] != 0 && !same_kind(flow->kinds[slots[slot] - 1].unit, unit, words)) {
            slot = (slot + 1) & mask;
        }
        if (slots[slot] == 0) {
            struct team_kind *kind = &flow->kinds[flow->kind_count++];
            slots[slot] = (uint32_t)flow->kind_count;
            kind->unit = unit;
            kind->flow = calloc(request->inspector_count + 1, sizeof(*kind->flow));
            if (kind->flow == NULL) {
                return false;
            }
        }
        flow->kind_of[i] = slots[slot] - 1;
        flow->kinds[slots[slot] - 1].left++;
    }
    return true;
}

enum result team_flow_make(struct team_flow *flow, const struct team_request *request,
                           struct error *error) {
    size_t size = 16;
    while (size < 2 * request->unit_count) {
        size *= 2;
    }
    *flow = (struct team_flow){.request = request};
    uint32_t *slots = calloc(size, sizeof(*slots));
    flow->kinds = calloc(request->unit_count + 1, sizeof(*flow->kinds));
    flow->kind_of = calloc(request->unit_count + 1, sizeof(*flow->kind_of));
    flow->loads = calloc(request->inspector_count + 1, sizeof(*flow->loads));
    bool fits = slots != NULL && flow->kinds != NULL && flow->kind_of != NULL &&
                flow->loads != NULL && sort_units(flow, slots, size - 1);
    free(slots);
    flow->node_count = request->inspector_count + 2 * flow->kind_count;
    flow->came_from = calloc(flow->node_count + 1, sizeof(*flow->came_from));
    flow->queue = calloc(flow->node_count + 1, sizeof(*flow->queue));
    return fits && flow->came_from != NULL && flow->queue != NULL ? RESULT_OK
                                                                  : error_no_memory(error);
}

void team_flow_clear(struct team_flow *flow) {
    for (size_t i = 0; i < flow->kind_count; i++) {
        free(flow->kinds[i].flow);
    }
    free(flow->kinds);
    free(flow->kind_of);
    free(flow->loads);
    free(flow->came_from);
    free(flow->queue);
    *flow = (struct team_flow){0};
}

/* ---- searching ------------------------------------------------------------------------------- */

/* Where a search may end besides at inspectors who have room. */
struct ends {
    const uint32_t *inspectors;
    size_t count;
};

static bool is_end(const struct team_flow *flow, const struct ends *ends, size_t inspector) {
    if (flow->loads[inspector] < flow->most) {
        return true;
    }
    for (size_t i = 0; i < ends->count; i++) {
        if (ends->inspectors[i] == inspector) {
            return true;
        }
    }
    return false;
}

static void reach(struct team_flow *flow, size_t node, size_t from) {
    if (flow->came_from[node] == 0) {
        flow->came_from[node] = (uint32_t)from + 1;
        flow->queue[flow->queue_count++] = (uint32_t)node;
    }
}

/* Goes on from a kind whose place is free; gives the inspector at whom the search ends, or -1. */
static int64_t search_side(struct team_flow *flow, size_t node, const struct ends *ends) {
    size_t inspectors = flow->request->inspector_count;
    const struct team_kind *kind = &flow->kinds[(node - inspectors) / 2];
    size_t number = (node - inspectors) / 2;
    bool experts = node == expert_side(flow, number);
    for (size_t i = 0; i < inspectors; i++) {
        if (is_expert(flow, i) == experts && kind->flow[i] < kind->left &&
            team_eligible(kind->unit, i) && flow->came_from[i] == 0) {
            reach(flow, i, node);
            if (is_end(flow, ends, i)) {
                return (int64_t)i;
            }
        }
    }
    if (!experts) {
        reach(flow, expert_side(flow, number), node);
    } else if (kind->plain < plain_most(kind)) {
        reach(flow, plain_side(flow, number), node);
    }
    return -1;
}

/* Searches from a node, breadth first; gives the inspector at whom it ends, or -1. */
static int64_t search(struct team_flow *flow, size_t start, const struct ends *ends) {
    int64_t end = -1;
    memset(flow->came_from, 0, flow->node_count * sizeof(*flow->came_from));
    flow->queue_count = 0;
    reach(flow, start, start);
    for (size_t next = 0; end < 0 && next < flow->queue_count; next++) {
        size_t node = flow->queue[next];
        if (node >= flow->request->inspector_count) {
            end = search_side(flow, node, ends);
            continue;
        }
        for (size_t kind = 0; kind < flow->kind_count; kind++) {
            if (flow->kinds[kind].flow[node] > 0) {
                reach(flow,
                      is_expert(flow, node) ? expert_side(flow, kind) : plain_side(flow, kind),
                      node);
            }
        }
    }
    return end;
}

/* Gives a kind's place to an inspector, or (-1) takes one from him. */
static void give(struct team_flow *flow, struct team_kind *kind, size_t inspector, int by) {
    kind->flow[inspector] += (uint32_t)by;
    kind->plain += is_expert(flow, inspector) ? 0 : (uint32_t)by;
}

/* Moves places along the way that a search found to its end. */
static void follow(struct team_flow *flow, size_t end) {
    size_t inspectors = flow->request->inspector_count;
    for (size_t node = end; flow->came_from[node] != node + 1;) {
        size_t before = flow->came_from[node] - 1;
        if (node < inspectors) {
            give(flow, &flow->kinds[(before - inspectors) / 2], node, 1);
        } else if (before < inspectors) {
            give(flow, &flow->kinds[(node - inspectors) / 2], before, -1);
        }
        node = before;
    }
}

bool team_flow_reached_kind(const struct team_flow *flow, size_t kind) {
    return flow->came_from[expert_side(flow, kind)] != 0 ||
           flow->came_from[plain_side(flow, kind)] != 0;
}

/* ---- filling --------------------------------------------------------------------------------- */

/* Finds one more place for a kind, allowing higher loads as far as needed. */
static bool place_one(struct team_flow *flow, size_t kind) {
    const struct ends none = {0};
    uint32_t highest = flow->request->load_most != 0 ? flow->request->load_most
                                                     : (uint32_t)flow->request->unit_count;
    int64_t end = search(flow, expert_side(flow, kind), &none);
    while (end < 0 && flow->most < highest) {
        flow->most++;
        end = search(flow, expert_side(flow, kind), &none);
    }
    if (end >= 0) {
        follow(flow, (size_t)end);
        flow->loads[end]++;
    }
    return end >= 0;
}

bool team_flow_fill(struct team_flow *flow) {
    const struct team_request *request = flow->request;
    uint64_t places = 0;
    for (size_t i = 0; i < request->unit_count; i++) {
        places += request->units[i].size;
    }
    uint64_t even = request->inspector_count == 0
                        ? 0
                        : (places + request->inspector_count - 1) / request->inspector_count;
    flow->most =
        request->load_most != 0 && even > request->load_most ? request->load_most : (uint32_t)even;
    for (size_t kind = 0; kind < flow->kind_count; kind++) {
        uint64_t wanted = (uint64_t)flow->kinds[kind].unit->size * flow->kinds[kind].left;
        for (uint64_t i = 0; i < wanted; i++) {
            if (!place_one(flow, kind)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- one unit after another ------------------------------------------------------------------ */

/* With the places of a kind written down inspector by inspector, experts first, and dealt to its
 * units in turn, each unit gets as many as it wants, nobody twice and one expert where one is
 * required: the first one's are every left-th. */
void team_flow_take(struct team_flow *flow, uint32_t number, uint32_t team[static TEAM_SIZE_MOST]) {
    struct team_kind *kind = &flow->kinds[number];
    uint64_t written = 0;
    size_t taken = 0;
    for (int experts = 1; experts >= 0; experts--) {
        for (size_t i = 0; i < flow->request->inspector_count; i++) {
            if (is_expert(flow, i) != (experts == 1)) {
                continue;
            }
            written += kind->flow[i];
            if (written > (uint64_t)taken * kind->left) {
                team[taken++] = (uint32_t)i;
                give(flow, kind, i, -1);
            }
        }
    }
    kind->left--;
}

/* Who of a team that is not settled may leave it for an inspector. */
static size_t find_leaving(const struct team_flow *flow, const struct team_unit *unit,
                           const uint32_t team[static TEAM_SIZE_MOST], uint32_t settled,
                           uint32_t inspector, uint32_t leaving[static TEAM_SIZE_MOST]) {
    uint32_t experts = is_expert(flow, inspector) ? 1 : 0;
    size_t count = 0;
    for (uint32_t i = 0; i < unit->size; i++) {
        experts += is_expert(flow, team[i]) ? 1 : 0;
    }
    for (uint32_t i = settled; i < unit->size; i++) {
        if (!unit->expert || experts > (is_expert(flow, team[i]) ? 1U : 0U)) {
            leaving[count++] = team[i];
        }
    }
    return count;
}

static void put(uint32_t team[static TEAM_SIZE_MOST], uint32_t settled, uint32_t leaving,
                uint32_t inspector) {
    uint32_t place = settled;
    while (team[place] != leaving) {
        place++;
    }
    team[place] = team[settled];
    team[settled] = inspector;
}

bool team_flow_force(struct team_flow *flow, const struct team_unit *unit,
                     uint32_t team[static TEAM_SIZE_MOST], uint32_t settled, uint32_t inspector) {
    uint32_t leaving[TEAM_SIZE_MOST];
    const struct ends ends = {leaving, find_leaving(flow, unit, team, settled, inspector, leaving)};
    if (ends.count == 0) {
        return false;
    }
    int64_t end = inspector;
    if (flow->loads[inspector] == flow->most) {
        end = search(flow, inspector, &ends);
        if (end < 0) {
            return false;
        }
        follow(flow, (size_t)end);
    }
    uint32_t left = leaving[0];
    for (size_t i = 0; i < ends.count; i++) {
        left = leaving[i] == (uint32_t)end ? leaving[i] : left;
    }
    flow->loads[end]++;
    flow->loads[left]--;
    put(team, settled, left, inspector);
    return true;
}
