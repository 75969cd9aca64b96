#include "score/simulation_list.h"

#include "registry/enterprise.h"

#include <stdlib.h>

static enum result keep(void *context, const struct simulation_row *row, struct error *error) {
    struct simulation_list *list = context;
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 256 : list->room * 2;
        struct simulation_move *moves = realloc(list->moves, room * sizeof(*moves));
        if (moves == NULL) {
            return error_no_memory(error);
        }
        list->moves = moves;
        list->room = room;
    }
    list->moves[list->count++] =
        (struct simulation_move){.enterprise = row->enterprise->id,
                                 .total = {row->total[0], row->total[1]},
                                 .classes = {(uint8_t)row->classes[0], (uint8_t)row->classes[1]}};
    return RESULT_OK;
}

void simulation_list_free(struct simulation_list *list) {
    free(list->moves);
    free(list->shown);
    *list = (struct simulation_list){0};
}

enum result simulation_list_run(struct simulation_list *list, struct store *store,
                                struct policy *policy, const struct clock *clock,
                                const struct progress *progress, struct simulation *simulation,
                                struct error *error) {
    const struct simulation_watch watch = {keep, list};
    simulation_list_free(list);
    enum result code =
        simulate_policy(store, policy, clock, 0, &watch, progress, simulation, error);
    if (code == RESULT_OK) {
        list->shown = calloc(list->count + 1, sizeof(*list->shown));
        code = list->shown == NULL ? error_no_memory(error) : RESULT_OK;
    }
    if (code != RESULT_OK) {
        simulation_list_free(list);
        return code;
    }
    simulation_list_narrow(list, -1, -1);
    return RESULT_OK;
}

void simulation_list_narrow(struct simulation_list *list, int now, int then) {
    list->shown_count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct simulation_move *move = &list->moves[i];
        if ((now < 0 || move->classes[0] == now) && (then < 0 || move->classes[1] == then)) {
            list->shown[list->shown_count++] = i;
        }
    }
}

/* ---- order ------------------------------------------------------------------------------------
 */

/* What a sort goes by. */
struct sorting {
    const struct simulation_list *list;
    enum simulation_order order;
    bool descending;
};

static int64_t value_of(const struct sorting *sorting, size_t place) {
    const struct simulation_move *move = &sorting->list->moves[place];
    return sorting->order == SIMULATION_BY_TOTAL    ? move->total[1]
           : sorting->order == SIMULATION_BY_CHANGE ? move->total[1] - move->total[0]
                                                    : 0;
}

static int compare(const void *first, const void *second, void *context) {
    const struct sorting *sorting = context;
    size_t left = *(const size_t *)first;
    size_t right = *(const size_t *)second;
    int64_t values[2] = {value_of(sorting, left), value_of(sorting, right)};
    int way = (values[0] > values[1]) - (values[0] < values[1]);
    way = way == 0 ? (left > right) - (left < right) : way;
    return sorting->descending ? -way : way;
}

void simulation_list_sort(struct simulation_list *list, enum simulation_order order,
                          bool descending) {
    struct sorting sorting = {.list = list, .order = order, .descending = descending};
    qsort_r(list->shown, list->shown_count, sizeof(*list->shown), compare, &sorting);
}
