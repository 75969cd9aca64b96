#include "draw/verify.h"

#include "base/gettext.h"
#include "draw/record_parse.h"

#include <stdlib.h>
#include <string.h>

/* Turns whatever made the computation stop into "does not verify", keeping its sentence. A fault of
 * the machine stays what it is. */
static enum result as_mismatch(enum result code, struct error *error) {
    if (code == RESULT_OK || code == RESULT_NO_MEMORY || code == RESULT_CANCELLED) {
        return code;
    }
    return error_set(error, RESULT_MISMATCH, "%s", error_sentence(error));
}

/* Names what differs; NULL for nothing there. */
static enum result differs(const char *what, const char *recorded, const char *computed,
                           struct error *error) {
    return error_set(error, RESULT_MISMATCH, _("%s: the record says %s, computed is %s."), what,
                     recorded == NULL ? _("nothing") : recorded,
                     computed == NULL ? _("nothing") : computed);
}

static const struct draw_record_stratum *find_stratum(const struct draw_record *record,
                                                      const char *code) {
    for (size_t i = 0; i < record->stratum_count; i++) {
        if (strcmp(record->strata[i].code, code) == 0) {
            return &record->strata[i];
        }
    }
    return NULL;
}

/* A well-formed frame with another digest: names what shows the difference best. */
static enum result explain_frame(const struct draw_record *record, const struct draw_frame *frame,
                                 struct error *error) {
    for (size_t i = 0; i < record->unit_count; i++) {
        if (draw_frame_find(frame, record->units[i].id) == NULL) {
            return error_set(error, RESULT_MISMATCH,
                             _("The frame file is not the one that was frozen: drawn unit %s is "
                               "not in it."),
                             record->units[i].id);
        }
    }
    struct draw_strata *strata = NULL;
    enum result code = draw_strata_new(&strata, frame, &record->measures, error);
    if (code != RESULT_OK) {
        return as_mismatch(code, error);
    }
    for (size_t i = 0; i < strata->count && code == RESULT_OK; i++) {
        const struct draw_stratum *found = &strata->items[i];
        const struct draw_record_stratum *recorded = find_stratum(record, found->code);
        uint64_t population = recorded == NULL ? 0 : recorded->population;
        if (population != found->population) {
            code = error_set(error, RESULT_MISMATCH,
                             _("The frame file is not the one that was frozen: it has %llu units "
                               "in stratum %s, the record has %llu."),
                             (unsigned long long)found->population, found->code,
                             (unsigned long long)population);
        }
    }
    draw_strata_free(strata);
    if (code != RESULT_OK) {
        return code;
    }
    return error_set(error, RESULT_MISMATCH,
                     _("The frame file is not the one that was frozen: its digest is %s, the "
                       "record has %s."),
                     draw_frame_digest(frame), record->frame_digest);
}

/* Reads the frame and checks its digest. */
static enum result verify_frame(struct draw_frame **frame, const struct draw_record *record,
                                const char *text, size_t length, struct error *error) {
    enum result code = draw_frame_parse(frame, text, length, error);
    if (code != RESULT_OK) {
        return as_mismatch(code, error);
    }
    if (strcmp(draw_frame_digest(*frame), record->frame_digest) == 0) {
        return RESULT_OK;
    }
    code = explain_frame(record, *frame, error);
    draw_frame_free(*frame);
    *frame = NULL;
    return code;
}

static enum result verify_measures(const struct draw_record *record, struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    enum result code = draw_measures_digest(&record->measures, hex, error);
    if (code == RESULT_OK && strcmp(record->measures_digest, hex) != 0) {
        return differs(_("Digest of the measures"), record->measures_digest, hex, error);
    }
    return as_mismatch(code, error);
}

/* Runs the draw again, with the replacements and extensions that the record lists. */
static enum result rerun(struct draw_result **result, const struct draw_record *record,
                         const struct draw_frame *frame, struct error *error) {
    struct draw_extra *extras = calloc(record->unit_count + 1, sizeof(*extras));
    if (extras == NULL) {
        return error_no_memory(error);
    }
    struct draw_request request = {
        .frame = frame,
        .measures = &record->measures,
        .draw_id = record->draw_id,
        .seed = record->seed,
        .extras = extras,
    };
    for (size_t i = 0; i < record->unit_count; i++) {
        const struct draw_record_unit *unit = &record->units[i];
        if (unit->method == DRAW_METHOD_REPLACEMENT || unit->method == DRAW_METHOD_EXTENSION) {
            extras[request.extra_count++] =
                (struct draw_extra){.stratum = unit->stratum, .method = unit->method};
        }
    }
    enum result code = draw_run(result, &request, error);
    free(extras);
    return as_mismatch(code, error);
}

/* Names the first field in which two strata differ, or NULL. */
static const char *stratum_difference(const struct draw_record_stratum *a,
                                      const struct draw_record_stratum *b) {
    if (strcmp(a->region, b->region) != 0) {
        return "region";
    }
    if (a->risk_class != b->risk_class) {
        return "class";
    }
    if (strcmp(a->grade, b->grade) != 0) {
        return "grade";
    }
    if (a->population != b->population) {
        return "population";
    }
    if (a->rate.num != b->rate.num || a->rate.den != b->rate.den) {
        return "rate";
    }
    if (a->certain != b->certain) {
        return "certain";
    }
    if (a->drawn != b->drawn) {
        return "drawn";
    }
    return strcmp(a->cutoff_ticket, b->cutoff_ticket) == 0 ? NULL : "cutoff_ticket";
}

static enum result verify_strata(const struct draw_record *record,
                                 const struct draw_record *computed, struct error *error) {
    for (size_t i = 0; i < record->stratum_count || i < computed->stratum_count; i++) {
        const char *recorded = i < record->stratum_count ? record->strata[i].code : NULL;
        const char *expected = i < computed->stratum_count ? computed->strata[i].code : NULL;
        if (recorded == NULL || expected == NULL || strcmp(recorded, expected) != 0) {
            return differs(_("Next stratum"), recorded, expected, error);
        }
        const char *field = stratum_difference(&record->strata[i], &computed->strata[i]);
        if (field != NULL) {
            return error_set(error, RESULT_MISMATCH,
                             _("Stratum %s: \"%s\" differs; the record has %llu drawn of %llu, "
                               "computed are %llu of %llu."),
                             recorded, field, (unsigned long long)record->strata[i].drawn,
                             (unsigned long long)record->strata[i].population,
                             (unsigned long long)computed->strata[i].drawn,
                             (unsigned long long)computed->strata[i].population);
        }
    }
    return RESULT_OK;
}

/* Names the first field in which two units differ, or NULL. */
static const char *unit_difference(const struct draw_record_unit *a,
                                   const struct draw_record_unit *b) {
    if (a->risk_class != b->risk_class) {
        return "class";
    }
    if (strcmp(a->stratum, b->stratum) != 0) {
        return "stratum";
    }
    if (a->rank != b->rank) {
        return "rank";
    }
    if (strcmp(a->ticket, b->ticket) != 0) {
        return "ticket";
    }
    return a->method == b->method ? NULL : "method";
}

static enum result verify_units(const struct draw_record *record,
                                const struct draw_record *computed, struct error *error) {
    for (size_t i = 0; i < record->unit_count || i < computed->unit_count; i++) {
        const char *recorded = i < record->unit_count ? record->units[i].id : NULL;
        const char *expected = i < computed->unit_count ? computed->units[i].id : NULL;
        if (recorded == NULL || expected == NULL || strcmp(recorded, expected) != 0) {
            return differs(_("Next drawn unit"), recorded, expected, error);
        }
        const char *field = unit_difference(&record->units[i], &computed->units[i]);
        if (field != NULL) {
            return error_set(error, RESULT_MISMATCH,
                             _("Unit %s: \"%s\" differs; computed is rank %llu of stratum %s with "
                               "ticket %s."),
                             recorded, field, (unsigned long long)computed->units[i].rank,
                             computed->units[i].stratum, computed->units[i].ticket);
        }
    }
    return RESULT_OK;
}

/* Compares strata and units with those of a new run. */
static enum result verify_draw(const struct draw_record *record, const struct draw_frame *frame,
                               struct error *error) {
    struct draw_result *result = NULL;
    enum result code = rerun(&result, record, frame, error);
    if (code != RESULT_OK) {
        return code;
    }
    struct draw_record *computed = draw_record_new();
    code = computed == NULL ? error_no_memory(error)
                            : draw_record_fill(computed, frame, &record->measures, result, error);
    if (code == RESULT_OK) {
        code = verify_strata(record, computed, error);
    }
    if (code == RESULT_OK) {
        code = verify_units(record, computed, error);
    }
    draw_record_free(computed);
    draw_result_free(result);
    return code;
}

static enum result verify_digest(const struct draw_record *record, struct error *error) {
    char hex[DIGEST_HEX_SIZE];
    enum result code = draw_record_compute_digest(record, hex, error);
    if (code == RESULT_OK && strcmp(record->record_digest, hex) != 0) {
        return error_set(error, RESULT_MISMATCH,
                         _("The draw itself holds, but the record was changed in its title, a "
                           "name, the seed's source, the exclusions or another text: its digest "
                           "is %s, it states %s."),
                         hex, record->record_digest);
    }
    return as_mismatch(code, error);
}

enum result draw_verify(const struct draw_record *record, const char *frame_text,
                        size_t frame_length, struct error *error) {
    struct draw_frame *frame = NULL;
    enum result code = verify_frame(&frame, record, frame_text, frame_length, error);
    if (code == RESULT_OK) {
        code = verify_measures(record, error);
    }
    if (code == RESULT_OK) {
        code = verify_draw(record, frame, error);
    }
    if (code == RESULT_OK) {
        code = verify_digest(record, error);
    }
    draw_frame_free(frame);
    return code;
}

/* The bytes of the file against those that would be written. */
static enum result verify_rendering(const struct draw_record *record, const char *text,
                                    size_t length, struct error *error) {
    char *written = NULL;
    enum result code = draw_record_write(&written, record, error);
    if (code != RESULT_OK) {
        return as_mismatch(code, error);
    }
    size_t expected = strlen(written);
    size_t same = 0;
    size_t line = 1;
    while (same < length && same < expected && text[same] == written[same]) {
        line += text[same++] == '\n';
    }
    if (same < length || same < expected) {
        code = error_set(error, RESULT_MISMATCH,
                         _("The record holds, but line %zu of its file is written otherwise than "
                           "records are (blanks, order of keys or escapes): the file was edited."),
                         line);
    }
    free(written);
    return code;
}

enum result draw_verify_text(const char *record_text, size_t record_length, const char *frame_text,
                             size_t frame_length, struct error *error) {
    struct draw_record *record = NULL;
    enum result code = draw_record_parse(&record, record_text, record_length, error);
    if (code == RESULT_OK) {
        code = draw_verify(record, frame_text, frame_length, error);
    }
    if (code == RESULT_OK) {
        code = verify_rendering(record, record_text, record_length, error);
    }
    draw_record_free(record);
    return code;
}
