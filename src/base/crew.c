#include "base/crew.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* How a piece ended. */
struct ending {
    bool done;
    enum result code;
    struct error error;
};

struct state {
    const struct crew *crew;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* a piece is done, or was taken */
    size_t next;          /* the piece to be given out next */
    size_t taken;         /* pieces that were taken */
    bool stopped;
    struct ending *endings; /* by place of outcome */
};

struct member {
    struct state *state;
    void *worker;
    pthread_t thread;
};

/* Waits for a piece whose outcome has a place; false when there is none any more. */
static bool claim(struct state *state, size_t *piece) {
    const struct crew *crew = state->crew;
    pthread_mutex_lock(&state->lock);
    while (!state->stopped && state->next < crew->pieces &&
           state->next >= state->taken + crew->outcome_count) {
        pthread_cond_wait(&state->moved, &state->lock);
    }
    bool found = !state->stopped && state->next < crew->pieces;
    *piece = state->next;
    state->next += found ? 1 : 0;
    pthread_mutex_unlock(&state->lock);
    return found;
}

static void *work(void *argument) {
    const struct member *member = argument;
    struct state *state = member->state;
    const struct crew *crew = state->crew;
    size_t piece = 0;
    while (claim(state, &piece)) {
        size_t place = piece % crew->outcome_count;
        struct ending *ending = &state->endings[place];
        ending->code = crew->work(member->worker, piece, crew->outcomes[place], &ending->error);
        pthread_mutex_lock(&state->lock);
        ending->done = true;
        pthread_cond_broadcast(&state->moved);
        pthread_mutex_unlock(&state->lock);
    }
    return NULL;
}

/* Takes the pieces in order as they are done. */
static enum result take_all(struct state *state, struct error *error) {
    const struct crew *crew = state->crew;
    enum result code = RESULT_OK;
    for (size_t piece = 0; code == RESULT_OK && piece < crew->pieces; piece++) {
        size_t place = piece % crew->outcome_count;
        struct ending *ending = &state->endings[place];
        pthread_mutex_lock(&state->lock);
        while (!ending->done) {
            pthread_cond_wait(&state->moved, &state->lock);
        }
        pthread_mutex_unlock(&state->lock);
        code = ending->code == RESULT_OK
                   ? crew->take(crew->context, piece, crew->outcomes[place], error)
                   : error_set(error, ending->code, "%s", error_sentence(&ending->error));
        pthread_mutex_lock(&state->lock);
        ending->done = false;
        state->taken = piece + 1;
        state->stopped = code != RESULT_OK;
        pthread_cond_broadcast(&state->moved);
        pthread_mutex_unlock(&state->lock);
    }
    return code;
}

static enum result run_alone(const struct crew *crew, struct error *error) {
    enum result code = RESULT_OK;
    for (size_t piece = 0; code == RESULT_OK && piece < crew->pieces; piece++) {
        void *outcome = crew->outcomes[piece % crew->outcome_count];
        code = crew->work(crew->workers[0], piece, outcome, error);
        if (code == RESULT_OK) {
            code = crew->take(crew->context, piece, outcome, error);
        }
    }
    return code;
}

static enum result run_together(struct state *state, struct member *members, struct error *error) {
    const struct crew *crew = state->crew;
    size_t started = 0;
    enum result code = RESULT_OK;
    while (started < crew->worker_count) {
        members[started] = (struct member){state, crew->workers[started], 0};
        if (pthread_create(&members[started].thread, NULL, work, &members[started]) != 0) {
            break; /* fewer do it too */
        }
        started++;
    }
    code = started == 0 ? run_alone(crew, error) : take_all(state, error);
    pthread_mutex_lock(&state->lock);
    state->stopped = true;
    pthread_cond_broadcast(&state->moved);
    pthread_mutex_unlock(&state->lock);
    for (size_t i = 0; i < started; i++) {
        pthread_join(members[i].thread, NULL);
    }
    return code;
}

enum result crew_run(const struct crew *crew, struct error *error) {
    if (crew->worker_count <= 1) {
        return run_alone(crew, error);
    }
    struct state state = {.crew = crew,
                          .lock = PTHREAD_MUTEX_INITIALIZER,
                          .moved = PTHREAD_COND_INITIALIZER,
                          .endings = calloc(crew->outcome_count, sizeof(struct ending))};
    struct member *members = calloc(crew->worker_count, sizeof(*members));
    enum result code = state.endings == NULL || members == NULL
                           ? error_no_memory(error)
                           : run_together(&state, members, error);
    for (size_t i = 0; state.endings != NULL && i < crew->outcome_count; i++) {
        error_clear(&state.endings[i].error);
    }
    pthread_cond_destroy(&state.moved);
    pthread_mutex_destroy(&state.lock);
    free(state.endings);
    free(members);
    return code;
}

size_t crew_size(size_t most) {
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t size = processors < 1 ? 1 : (size_t)processors;
    return size < most ? size : most;
}
