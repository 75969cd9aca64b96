#include "base/digest_job.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct digest_job {
    char *path;
    pthread_t thread;
    bool running; /* the thread is to be joined */
    atomic_bool stopped;
    char hex[DIGEST_HEX_SIZE];
    enum result code;
    struct error error;
};

static void *work(void *context) {
    struct digest_job *job = context;
    job->code = digest_file_hex(job->path, &job->stopped, job->hex, &job->error);
    return NULL;
}

struct digest_job *digest_job_start(const char *path) {
    struct digest_job *job = calloc(1, sizeof(*job));
    if (job == NULL || (job->path = strdup(path)) == NULL) {
        free(job);
        return NULL;
    }
    atomic_init(&job->stopped, false);
    job->running = pthread_create(&job->thread, NULL, work, job) == 0;
    return job;
}

enum result digest_job_finish(struct digest_job *job, char hex[static DIGEST_HEX_SIZE],
                              struct error *error) {
    if (job->running) {
        pthread_join(job->thread, NULL);
        job->running = false;
    } else {
        work(job);
    }
    if (job->code != RESULT_OK) {
        return error_set(error, job->code, "%s", error_sentence(&job->error));
    }
    memcpy(hex, job->hex, sizeof(job->hex));
    return RESULT_OK;
}

void digest_job_free(struct digest_job *job) {
    if (job == NULL) {
        return;
    }
    atomic_store(&job->stopped, true);
    if (job->running) {
        pthread_join(job->thread, NULL);
    }
    error_clear(&job->error);
    free(job->path);
    free(job);
}
