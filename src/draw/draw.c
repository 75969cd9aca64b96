#include "draw/draw.h"

#include "base/gettext.h"
#include "draw/allocate.h"
#include "draw/select.h"
#include "draw/ticket.h"

#include <stdlib.h>
#include <string.h>

const char *draw_method_name(enum draw_method method) {
    static const char *const names[] = {"random", "certainty", "replacement", "extension"};
    return names[method];
}

/* The extras of one stratum. */
struct extras {
    size_t count;
    struct draw_pick *next; /* the pick of the first extra that has no method yet */
};

/* What a run holds on its way from the allocation to the picks. */
struct run {
    const struct draw_request *request;
    struct draw_result *result;
    struct extras *extras;      /* one a stratum */
    struct draw_entry *entries; /* of all units, stratum by stratum */
    uint32_t *places;           /* for each unit of the frame its entry */
    struct draw_key *key;
};

/* Counts the extras of each stratum. */
static enum result count_extras(struct run *run, struct error *error) {
    const struct draw_strata *strata = run->result->strata;
    for (size_t i = 0; i < run->request->extra_count; i++) {
        const char *code = run->request->extras[i].stratum;
        const struct draw_stratum *stratum = draw_strata_find(strata, code);
        if (stratum == NULL) {
            return error_set(error, RESULT_USAGE, _("The draw has no stratum \"%s\"."), code);
        }
        struct extras *extras = &run->extras[stratum - strata->items];
        extras->count++;
        if (stratum->drawn + extras->count > stratum->population) {
            return error_set(error, RESULT_USAGE,
                             _("Stratum %s has no unit left to draw: all its %llu units are in the "
                               "plan."),
                             code, (unsigned long long)stratum->population);
        }
    }
    return RESULT_OK;
}

/* Room for the picks of all strata and for an entry of every unit of the frame. */
static enum result make_room(struct run *run, struct error *error) {
    const struct draw_strata *strata = run->result->strata;
    size_t units = draw_frame_count(run->request->frame);
    for (size_t i = 0; i < strata->count; i++) {
        run->result->count += strata->items[i].drawn + run->extras[i].count;
    }
    run->result->picks = calloc(run->result->count + 1, sizeof(*run->result->picks));
    run->entries = malloc((units + 1) * sizeof(*run->entries));
    run->places = malloc((units + 1) * sizeof(*run->places));
    return run->result->picks == NULL || run->entries == NULL || run->places == NULL
               ? error_no_memory(error)
               : RESULT_OK;
}

/* Finds for every unit the place of its entry: those of a stratum stand together. */
static void find_places(struct run *run) {
    const struct draw_strata *strata = run->result->strata;
    uint32_t place = 0;
    for (size_t i = 0; i < strata->count; i++) {
        for (size_t unit = 0; unit < strata->items[i].population; unit++) {
            run->places[strata->items[i].units[unit]] = place++;
        }
    }
}

/* Gives every unit its ticket, in the order of the frame, as the units of a stratum lie scattered
 * over it. */
static enum result give_tickets(struct run *run, struct error *error) {
    const struct draw_frame *frame = run->request->frame;
    const struct draw_unit *units = draw_frame_units(frame);
    size_t count = draw_frame_count(frame);
    enum result code = RESULT_OK;
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        struct draw_entry *entry = &run->entries[run->places[i]];
        entry->unit = (uint32_t)i;
        code = draw_ticket(run->key, units[i].id, strlen(units[i].id), entry->ticket, error);
        if (code == RESULT_OK && i % 65536 == 0) {
            code = progress_step(run->request->progress, i + 1, count, error);
        }
    }
    return code;
}

static void take_picks(struct run *run, size_t stratum_index, struct draw_entry *entries,
                       struct draw_pick *picks) {
    const struct draw_stratum *stratum = &run->result->strata->items[stratum_index];
    size_t wanted = stratum->drawn + run->extras[stratum_index].count;
    draw_select(entries, stratum->population, wanted);
    for (size_t i = 0; i < wanted; i++) {
        struct draw_pick *pick = &picks[i];
        memcpy(pick->ticket, entries[i].ticket, DIGEST_SIZE);
        pick->unit = entries[i].unit;
        pick->stratum = (uint32_t)stratum_index;
        pick->rank = (uint32_t)(i + 1);
        pick->method = stratum->certain ? DRAW_METHOD_CERTAINTY : DRAW_METHOD_RANDOM;
    }
    run->extras[stratum_index].next = picks + stratum->drawn;
}

static enum result run_strata(struct run *run, struct error *error) {
    const struct draw_strata *strata = run->result->strata;
    struct draw_pick *picks = run->result->picks;
    struct draw_entry *entries = run->entries;
    find_places(run);
    enum result code = give_tickets(run, error);
    for (size_t i = 0; code == RESULT_OK && i < strata->count; i++) {
        take_picks(run, i, entries, picks);
        picks += strata->items[i].drawn + run->extras[i].count;
        entries += strata->items[i].population;
    }
    return code;
}

/* Marks the extras, in the order they were asked for. */
static void mark_extras(struct run *run) {
    const struct draw_strata *strata = run->result->strata;
    for (size_t i = 0; i < run->request->extra_count; i++) {
        const struct draw_extra *extra = &run->request->extras[i];
        const struct draw_stratum *stratum = draw_strata_find(strata, extra->stratum);
        run->extras[stratum - strata->items].next++->method = extra->method;
    }
}

/* The steps of a draw in their order; the caller releases what the run holds. */
static enum result run_steps(struct run *run, struct error *error) {
    const struct draw_request *request = run->request;
    struct draw_result *result = run->result;
    enum result code = draw_measures_check(request->measures, error);
    if (code == RESULT_OK) {
        code = draw_strata_new(&result->strata, request->frame, request->measures, error);
    }
    if (code == RESULT_OK) {
        code = draw_allocate(result->strata, request->measures, request->draw_id, request->seed,
                             error);
    }
    if (code == RESULT_OK) {
        run->extras = calloc(result->strata->count, sizeof(*run->extras));
        code = run->extras == NULL ? error_no_memory(error) : count_extras(run, error);
    }
    if (code == RESULT_OK) {
        code = make_room(run, error);
    }
    if (code == RESULT_OK) {
        code = draw_key_new(&run->key, request->draw_id, DRAW_PURPOSE_UNIT, request->seed, error);
    }
    if (code == RESULT_OK) {
        code = run_strata(run, error);
    }
    if (code == RESULT_OK) {
        mark_extras(run);
    }
    return code;
}

enum result draw_run(struct draw_result **result, const struct draw_request *request,
                     struct error *error) {
    struct run run = {.request = request, .result = calloc(1, sizeof(struct draw_result))};
    enum result code = run.result == NULL ? error_no_memory(error) : run_steps(&run, error);
    free(run.extras);
    free(run.entries);
    free(run.places);
    draw_key_free(run.key);
    if (code != RESULT_OK) {
        draw_result_free(run.result);
        return code;
    }
    *result = run.result;
    return RESULT_OK;
}

void draw_result_free(struct draw_result *result) {
    if (result == NULL) {
        return;
    }
    draw_strata_free(result->strata);
    free(result->picks);
    free(result);
}
