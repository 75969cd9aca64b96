#include "base/spill.h"

#include "base/gettext.h"
#include "base/large_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What all lanes together hold in memory, at most. */
#define HELD_MAX ((size_t)48 << 20)

/* A piece of the file that belongs to a part. */
struct run {
    uint64_t offset;
    uint64_t length;
};

struct part {
    int file; /* -1: none yet, or none any more */
    struct run *runs;
    size_t count;
    size_t capacity;
    uint64_t length;
};

struct spill {
    char *path;
    struct part *parts;
    size_t part_count;
    size_t held;          /* bytes a lane holds of a part before it writes */
    pthread_mutex_t lock; /* of the parts */
    struct spill_lane *lanes;
};

struct spill_lane {
    struct spill *spill;
    struct spill_lane *next;
    char *bytes;     /* what is held: room for spill->held a part */
    size_t length[]; /* of what is held of each part */
};

/* A file without a name: nothing is left behind, whatever happens. */
static int open_nameless(const char *path) {
    char *name = NULL;
    if (asprintf(&name, "%s-part-XXXXXX", path) < 0) {
        return -1;
    }
    int file = mkostemp(name, O_CLOEXEC);
    if (file >= 0) {
        unlink(name);
    }
    free(name);
    return file;
}

enum result spill_new(struct spill **spill, const char *beside, size_t parts, struct error *error) {
    *spill = NULL;
    struct spill *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    pthread_mutex_init(&made->lock, NULL);
    made->part_count = parts;
    made->path = strdup(beside);
    made->parts = calloc(parts, sizeof(*made->parts));
    made->held = HELD_MAX / 2 / parts;
    made->held = made->held > 65536 ? 65536 : made->held;
    if (made->path == NULL || made->parts == NULL) {
        spill_free(made);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < parts; i++) {
        made->parts[i].file = -1;
    }
    *spill = made;
    return RESULT_OK;
}

struct spill_lane *spill_lane_new(struct spill *spill) {
    struct spill_lane *lane = calloc(1, sizeof(*lane) + spill->part_count * sizeof(size_t));
    if (lane == NULL || (lane->bytes = large_memory_new(spill->part_count * spill->held)) == NULL) {
        free(lane);
        return NULL;
    }
    lane->spill = spill;
    lane->next = spill->lanes;
    spill->lanes = lane;
    return lane;
}

/* Gives a run its place in the file of its part, which is made for the first one. */
static enum result add_run(struct spill *spill, struct part *part, size_t length, uint64_t *offset,
                           struct error *error) {
    enum result code = RESULT_OK;
    pthread_mutex_lock(&spill->lock);
    if (part->count == part->capacity) {
        size_t capacity = part->capacity == 0 ? 16 : part->capacity * 2;
        struct run *runs = realloc(part->runs, capacity * sizeof(*runs));
        if (runs == NULL) {
            code = error_no_memory(error);
        } else {
            part->runs = runs;
            part->capacity = capacity;
        }
    }
    if (code == RESULT_OK && part->file < 0) {
        part->file = open_nameless(spill->path);
        code = part->file < 0 ? error_from_errno(error, _("write"), spill->path) : RESULT_OK;
    }
    if (code == RESULT_OK) {
        *offset = part->length;
        part->runs[part->count++] = (struct run){part->length, length};
        part->length += length;
    }
    pthread_mutex_unlock(&spill->lock);
    return code;
}

static enum result write_run(struct spill *spill, size_t number, const char *bytes, size_t length,
                             struct error *error) {
    uint64_t offset = 0;
    if (length == 0) {
        return RESULT_OK;
    }
    struct part *part = &spill->parts[number];
    enum result code = add_run(spill, part, length, &offset, error);
    if (code != RESULT_OK) {
        return code;
    }
    for (size_t done = 0; done < length;) {
        ssize_t written = pwrite(part->file, bytes + done, length - done, (off_t)(offset + done));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            errno = written == 0 ? ENOSPC : errno;
            return error_from_errno(error, _("write"), spill->path);
        }
        done += (size_t)written;
    }
    return RESULT_OK;
}

static enum result write_held(struct spill_lane *lane, size_t part, struct error *error) {
    size_t length = lane->length[part];
    lane->length[part] = 0;
    return write_run(lane->spill, part, lane->bytes + part * lane->spill->held, length, error);
}

/* Writes a piece that is larger than what is held. */
static enum result write_piece(struct spill *spill, size_t part, const void *head,
                               size_t head_length, const void *body, size_t body_length,
                               struct error *error) {
    struct buffer piece = BUFFER_INIT;
    buffer_append(&piece, head, head_length);
    buffer_append(&piece, body, body_length);
    enum result code = piece.failed ? error_no_memory(error)
                                    : write_run(spill, part, piece.data, piece.length, error);
    buffer_free(&piece);
    return code;
}

enum result spill_put(struct spill_lane *lane, size_t part, const void *head, size_t head_length,
                      const void *body, size_t body_length, struct error *error) {
    size_t room = lane->spill->held;
    size_t length = head_length + body_length;
    if (lane->length[part] + length > room) {
        enum result code = write_held(lane, part, error);
        if (code != RESULT_OK || length > room) {
            return code != RESULT_OK ? code
                                     : write_piece(lane->spill, part, head, head_length, body,
                                                   body_length, error);
        }
    }
    char *place = lane->bytes + part * room + lane->length[part];
    memcpy(place, head, head_length);
    if (body_length > 0) {
        memcpy(place + head_length, body, body_length);
    }
    lane->length[part] += length;
    return RESULT_OK;
}

enum result spill_flush(struct spill *spill, struct error *error) {
    enum result code = RESULT_OK;
    for (struct spill_lane *lane = spill->lanes; lane != NULL; lane = lane->next) {
        for (size_t i = 0; code == RESULT_OK && i < spill->part_count; i++) {
            code = write_held(lane, i, error);
        }
        free(lane->bytes);
        lane->bytes = NULL;
    }
    return code;
}

uint64_t spill_size(const struct spill *spill, size_t part) {
    return spill->parts[part].length;
}

static enum result read_run(const struct spill *spill, const struct part *part,
                            const struct run *run, char *out, struct error *error) {
    for (uint64_t done = 0; done < run->length;) {
        ssize_t got =
            pread(part->file, out + done, run->length - done, (off_t)(run->offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return error_from_errno(error, _("read"), spill->path);
        }
        done += (uint64_t)got;
    }
    return RESULT_OK;
}

enum result spill_load(struct spill *spill, size_t number, struct buffer *bytes,
                       struct error *error) {
    struct part *part = &spill->parts[number];
    enum result code = RESULT_OK;
    buffer_reset(bytes);
    char *place = buffer_extend(bytes, part->length);
    if (place == NULL) {
        return error_no_memory(error);
    }
    for (size_t i = 0; code == RESULT_OK && i < part->count; i++) {
        code = read_run(spill, part, &part->runs[i], place, error);
        place += part->runs[i].length;
    }
    spill_drop(spill, number);
    return code;
}

void spill_drop(struct spill *spill, size_t number) {
    struct part *part = &spill->parts[number];
    if (part->file >= 0) {
        close(part->file);
        part->file = -1;
    }
}

size_t spill_runs(const struct spill *spill, size_t part) {
    return spill->parts[part].count;
}

enum result spill_load_run(struct spill *spill, size_t part, size_t run, struct buffer *bytes,
                           struct error *error) {
    const struct part *from = &spill->parts[part];
    const struct run *found = &from->runs[run];
    buffer_reset(bytes);
    char *place = buffer_extend(bytes, found->length);
    return place == NULL ? error_no_memory(error) : read_run(spill, from, found, place, error);
}

void spill_free(struct spill *spill) {
    if (spill == NULL) {
        return;
    }
    for (struct spill_lane *lane = spill->lanes; lane != NULL;) {
        struct spill_lane *next = lane->next;
        free(lane->bytes);
        free(lane);
        lane = next;
    }
    for (size_t i = 0; spill->parts != NULL && i < spill->part_count; i++) {
        spill_drop(spill, i);
        free(spill->parts[i].runs);
    }
    pthread_mutex_destroy(&spill->lock);
    free(spill->parts);
    free(spill->path);
    free(spill);
}
