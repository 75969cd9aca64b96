/* The record of a draw (`*.draw.json`): all that an outsider needs, besides the frame file, to
 * compute the draw again. */
#ifndef XINFENG_DRAW_RECORD_H
#define XINFENG_DRAW_RECORD_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/result.h"
#include "draw/draw.h"
#include "draw/frame.h"
#include "draw/measures.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The value of the key "format". */
#define DRAW_RECORD_FORMAT "xinfeng-draw/1"

struct draw_record_stratum {
    const char *code;
    const char *region;
    const char *grade; /* "" unless strata are by grade */
    char risk_class;
    bool certain;
    uint64_t population;
    struct draw_rate rate; /* what the measures ask: 1/1 when certain, 0/0 (null) in total mode.
                            * Beside it the file shows "inclusion", drawn/population: the known
                            * probability of every unit of the stratum */
    uint64_t drawn;
    const char *cutoff_ticket; /* hexadecimal; "" when none is drawn */
};

/* Units left out before the frame was frozen. */
struct draw_record_exclusion {
    const char *reason; /* its code */
    uint64_t count;
};

struct draw_record_unit {
    const char *id;   /* key "uscc" */
    const char *name; /* for the reader */
    char risk_class;
    const char *stratum;
    uint64_t rank;
    const char *ticket; /* hexadecimal */
    enum draw_method method;
};

/* All texts are plain (no control characters). What draw_record_parse and draw_record_fill make
 * lives in the arena; a caller may also point to texts of its own that live long enough. */
struct draw_record {
    struct arena *arena;
    const char *number; /* the plan's number, which also names its files */
    const char *title;
    const char *draw_id;
    const char *seed;
    const char *seed_source;
    const char *frame_file; /* name without folder */
    const char *frame_digest;
    const char *roster_digest; /* NULL when no inspectors were frozen */
    const char *measures_digest;
    struct draw_measures measures;
    struct draw_record_stratum *strata; /* in the order of their codes */
    size_t stratum_count;
    const struct draw_record_exclusion *excluded; /* in the order of their reasons */
    size_t excluded_count;
    struct draw_record_unit *units; /* by stratum, then rank */
    size_t unit_count;
    const char *record_digest; /* SHA-256 over the canonical JSON of all the rest */
};

/* An empty record with an arena, every text ""; NULL when memory is short. */
struct draw_record *draw_record_new(void);

/* Fills in what comes from the draw: digests of frame and measures, strata and units with empty
 * names. Names, excluded and the other texts are for the caller. `measures` are copied as they
 * stand, so their arrays must outlive the record. */
enum result draw_record_fill(struct draw_record *record, const struct draw_frame *frame,
                             const struct draw_measures *measures, const struct draw_result *result,
                             struct error *error);

/* Computes the digest over all the rest and sets record_digest. */
enum result draw_record_seal(struct draw_record *record, struct error *error);

/* The digest that draw_record_seal would set. */
enum result draw_record_compute_digest(const struct draw_record *record,
                                       char hex[static DIGEST_HEX_SIZE], struct error *error);

/* The record as its file has it, byte for byte: keys in their order, indented, LF behind. Heap
 * string, free with free. RESULT_INVALID when a text is not plain. */
enum result draw_record_write(char **text, const struct draw_record *record, struct error *error);

/* NULL is harmless. */
void draw_record_free(struct draw_record *record);

#endif
