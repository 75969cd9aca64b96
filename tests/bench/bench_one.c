/* Scores single enterprises of a database anew and explains them, as an approved override does,
 * each in a change that is kept, and prints how long each took. usage: bench_one DATABASE COUNT ->
 * "rescored MEDIAN P99 explained MEDIAN P99", in milliseconds */
#include "score/explanation.h"
#include "score/period.h"
#include "store/statement.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static int compare(const void *left, const void *right) {
    double one = *(const double *)left;
    double other = *(const double *)right;
    return (one > other) - (one < other);
}

static void print(const char *what, double *times, size_t count) {
    qsort(times, count, sizeof(*times), compare);
    printf("%s %.3f %.3f ", what, times[count / 2], times[count * 99 / 100]);
}

static enum result explain(struct store *store, int64_t enterprise, const struct period *period,
                           struct error *error) {
    struct explanation explanation;
    struct arena *arena = arena_new();
    enum result code =
        arena == NULL ? error_no_memory(error)
                      : explanation_load(store, enterprise, period->id, arena, &explanation, error);
    if (code == RESULT_OK) {
        explanation_clear(&explanation);
    }
    arena_free(arena);
    return code;
}

/* Enterprises from all over the registry, the same in each run. */
static enum result measure(struct store *store, const struct actor *actor, size_t count,
                           double *scored, double *explained, struct error *error) {
    struct period period;
    int64_t last = 0;
    enum result code = period_latest(store, &period, error);
    if (code == RESULT_OK) {
        code = store_fetch_int(store, "SELECT max(id) FROM enterprise", NO_VALUES, 0, &last, error);
    }
    for (size_t i = 0; code == RESULT_OK && i < count; i++) {
        int64_t enterprise = 1 + (int64_t)(i * 2654435761U % (uint64_t)last);
        double start = now();
        code = store_begin(store, error);
        if (code == RESULT_OK) {
            code = store_finish(store, period_rescore(store, actor, &enterprise, 1, error), error);
        }
        scored[i] = now() - start;
        start = now();
        if (code == RESULT_OK) {
            code = explain(store, enterprise, &period, error);
        }
        explained[i] = now() - start;
    }
    return code;
}

int main(int argument_count, char **arguments) {
    size_t count = argument_count > 2 ? strtoul(arguments[2], NULL, 10) : 0;
    struct error error = ERROR_INIT;
    struct store *store = NULL;
    struct actor actor = {.name = "bench", .clock = clock_frozen(20261031)};
    if (count == 0) {
        fputs("usage: bench_one DATABASE COUNT\n", stderr);
        return 2;
    }
    double *scored = calloc(count, sizeof(*scored));
    double *explained = calloc(count, sizeof(*explained));
    enum result code = scored == NULL || explained == NULL
                           ? error_no_memory(&error)
                           : store_open(&store, arguments[1], STORE_OPEN, &error);
    if (code == RESULT_OK) {
        code = measure(store, &actor, count, scored, explained, &error);
    }
    if (code == RESULT_OK) {
        print("rescored", scored, count);
        print("explained", explained, count);
        puts("");
    } else {
        fprintf(stderr, "bench_one: %s\n", error_sentence(&error));
    }
    store_close(store);
    error_clear(&error);
    free(scored);
    free(explained);
    return code == RESULT_OK ? 0 : 1;
}
