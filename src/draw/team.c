#include "draw/team.h"

#include "base/buffer.h"
#include "draw/team_flow.h"

#include <stdlib.h>
#include <string.h>

/* An inspector who may go to the unit at hand. */
struct candidate {
    uint32_t inspector;
    uint32_t load; /* units he was given so far */
    uint8_t ticket[DIGEST_SIZE];
};

struct work {
    const struct team_request *request;
    struct team_flow flow;
    struct candidate *candidates;
    size_t candidate_count;
    struct buffer text;
};

static enum result make_result(const struct team_request *request, struct team_result *result,
                               struct error *error) {
    size_t places = 0;
    *result = (struct team_result){0};
    result->starts = calloc(request->unit_count + 1, sizeof(*result->starts));
    result->loads = calloc(request->inspector_count + 1, sizeof(*result->loads));
    for (size_t i = 0; result->starts != NULL && i < request->unit_count; i++) {
        places += request->units[i].size;
        result->starts[i + 1] = places;
    }
    result->members = calloc(places + 1, sizeof(*result->members));
    return result->starts != NULL && result->loads != NULL && result->members != NULL
               ? RESULT_OK
               : error_no_memory(error);
}

void team_result_clear(struct team_result *result) {
    free(result->members);
    free(result->starts);
    free(result->loads);
    free(result->block.units);
    free(result->block.inspectors);
    *result = (struct team_result){0};
}

/* ---- why not --------------------------------------------------------------------------------- */

/* Notes the units whose kinds the last search came to, and all who may go to any of them. */
static enum result note_block(const struct work *work, struct team_block *block,
                              struct error *error) {
    const struct team_request *request = work->request;
    block->units = calloc(request->unit_count + 1, sizeof(*block->units));
    block->inspectors = calloc(request->inspector_count + 1, sizeof(*block->inspectors));
    if (block->units == NULL || block->inspectors == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; i < request->unit_count; i++) {
        if (team_flow_reached_kind(&work->flow, work->flow.kind_of[i])) {
            block->units[block->unit_count++] = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < request->inspector_count; i++) {
        bool may = false;
        for (size_t unit = 0; !may && unit < block->unit_count; unit++) {
            may = team_eligible(&request->units[block->units[unit]], i);
        }
        if (may) {
            block->inspectors[block->inspector_count++] = (uint32_t)i;
        }
    }
    return RESULT_REFUSED;
}

/* ---- one unit after another ------------------------------------------------------------------ */

static int compare(const void *left, const void *right) {
    const struct candidate *one = left;
    const struct candidate *other = right;
    return one->load != other->load ? (one->load < other->load ? -1 : 1)
                                    : memcmp(one->ticket, other->ticket, DIGEST_SIZE);
}

/* Gathers who may go to a unit, in the order in which they are asked. */
static enum result line_up(struct work *work, const struct team_unit *unit, const uint32_t *loads,
                           struct error *error) {
    enum result code = RESULT_OK;
    work->candidate_count = 0;
    for (size_t i = 0; code == RESULT_OK && i < work->request->inspector_count; i++) {
        if (!team_eligible(unit, i)) {
            continue;
        }
        struct candidate *one = &work->candidates[work->candidate_count++];
        one->inspector = (uint32_t)i;
        one->load = loads[i];
        buffer_reset(&work->text);
        buffer_append_text(&work->text, unit->id);
        buffer_append_char(&work->text, '\n');
        buffer_append_text(&work->text, work->request->inspectors[i].id);
        code = work->text.failed ? error_no_memory(error)
                                 : draw_ticket(work->request->key, work->text.data,
                                               work->text.length, one->ticket, error);
    }
    qsort(work->candidates, work->candidate_count, sizeof(*work->candidates), compare);
    return code;
}

/* The place of an inspector among the members from `settled` on; the team's size when he is none of
 * them. */
static uint32_t place_of(const struct team_unit *unit, const uint32_t *team, uint32_t settled,
                         uint32_t inspector) {
    uint32_t place = settled;
    while (place < unit->size && team[place] != inspector) {
        place++;
    }
    return place;
}

/* Finds the first team of a unit: one member after another the first who can be in it. */
static void choose(struct work *work, size_t number, uint32_t team[static TEAM_SIZE_MOST]) {
    const struct team_unit *unit = &work->request->units[number];
    uint32_t settled = 0;
    team_flow_take(&work->flow, work->flow.kind_of[number], team);
    for (size_t i = 0; settled < unit->size && i < work->candidate_count; i++) {
        uint32_t inspector = work->candidates[i].inspector;
        uint32_t place = place_of(unit, team, settled, inspector);
        if (place < unit->size) {
            team[place] = team[settled];
            team[settled++] = inspector;
        } else if (team_flow_force(&work->flow, unit, team, settled, inspector)) {
            settled++;
        }
    }
}

static enum result assign(struct work *work, struct team_result *result, struct error *error) {
    const struct team_request *request = work->request;
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < request->unit_count; i++) {
        uint32_t team[TEAM_SIZE_MOST];
        code = progress_step(request->progress, i, request->unit_count, error);
        if (code == RESULT_OK) {
            code = line_up(work, &request->units[i], result->loads, error);
        }
        if (code != RESULT_OK) {
            break;
        }
        choose(work, i, team);
        for (uint32_t member = 0; member < request->units[i].size; member++) {
            result->members[result->starts[i] + member] = team[member];
            result->loads[team[member]]++;
        }
    }
    return code;
}

enum result team_assign(const struct team_request *request, struct team_result *result,
                        struct error *error) {
    struct work work = {.request = request, .text = BUFFER_INIT};
    enum result code = make_result(request, result, error);
    if (code == RESULT_OK) {
        code = team_flow_make(&work.flow, request, error);
    }
    if (code == RESULT_OK) {
        work.candidates = calloc(request->inspector_count + 1, sizeof(*work.candidates));
        code = work.candidates == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        code = team_flow_fill(&work.flow) ? assign(&work, result, error)
                                          : note_block(&work, &result->block, error);
        result->load = work.flow.most;
    }
    team_flow_clear(&work.flow);
    free(work.candidates);
    buffer_free(&work.text);
    return code;
}
