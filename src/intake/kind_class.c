#include "intake/kind_class.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/handover_check.h"
#include "intake/profile.h"
#include "intake/taking.h"

#include <ctype.h>
#include <string.h>

static const struct field fields[] = {
    [CLASS_FIELD_NAME] = {"name", N_("name"), SHAPE_NAME},
    [CLASS_FIELD_USCC] = {"uscc", N_("unified social credit code"), SHAPE_CODE},
    [CLASS_FIELD_NUMBER] = {"registration_number", N_("registration number"), SHAPE_CODE},
    [CLASS_FIELD_PERIOD] = {"period", N_("period"), SHAPE_TEXT},
    [CLASS_FIELD_CLASS] = {"class", N_("class"), SHAPE_TEXT},
    [CLASS_FIELD_SCORE] = {"score", N_("score"), SHAPE_TEXT},
    [CLASS_FIELD_DAY] = {"day", N_("day of the judgment"), SHAPE_DATE},
};

/* ---- reading a row ----------------------------------------------------------------------------
 */

/* The one letter from A to D that stands alone in a folded text; '\0' when none does, or two. */
static char lone_letter(const char *text) {
    char letter = '\0';
    for (const char *place = text; *place != '\0'; place++) {
        char upper = (char)toupper((unsigned char)*place);
        bool alone = !isalnum((unsigned char)place[1]) &&
                     (place == text || !isalnum((unsigned char)place[-1]));
        if (upper < 'A' || upper > 'D' || !alone) {
            continue;
        }
        if (letter != '\0' && letter != upper) {
            return '\0';
        }
        letter = upper;
    }
    return letter;
}

/* The class that the words of the texts (X9) name; the longer word first. */
static char named_class(const char *text) {
    static const struct {
        const char *word;
        char letter;
    } words[] = {{"较高", 'C'}, {"较低", '\0'}, {"高", 'D'},
                 {"一般", 'B'}, {"中", 'B'},    {"低", 'A'}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (strstr(text, words[i].word) != NULL) {
            return words[i].letter;
        }
    }
    return '\0';
}

char class_letter_parse(const char *cell) {
    char text[VALUE_SIZE];
    if (!value_fold(cell, text, sizeof(text))) {
        return '\0';
    }
    char letter = lone_letter(text);
    char named = named_class(text);
    if (letter != '\0' && named != '\0' && letter != named) {
        return '\0';
    }
    return letter != '\0' ? letter : named;
}

static enum result place_class(struct cell_reader *reader, const struct bound_field *bound,
                               const struct cell *cell, const struct reading *reading) {
    struct handed_class *handed = &reader->mapped->handed;
    enum parse parse = reading->parse;
    const char *wanted = cell_expectation(bound->field->field.shape);
    bool exact = true;
    switch (bound->field->index) {
    case CLASS_FIELD_PERIOD:
        parse = value_period_parse(reading->text, &handed->period);
        wanted = _("is no month; write it as 2026-10");
        break;
    case CLASS_FIELD_CLASS:
        handed->letter = class_letter_parse(reading->text);
        parse = handed->letter == '\0' ? PARSE_BAD : PARSE_OK;
        wanted = _("names no class; it is A, B, C or D");
        break;
    case CLASS_FIELD_SCORE:
        parse = value_points_parse(reading->text, &handed->score, &exact);
        if (parse == PARSE_OK && handed->score > HANDED_MOST_SCORE) {
            parse = PARSE_BAD;
        }
        wanted = _("is no score from 0 to 1000");
        break;
    default:
        handed->day = (date)reading->number;
        break;
    }
    return parse == PARSE_BAD ? cell_refuse(reader, REASON_bad_value, cell, wanted) : RESULT_OK;
}

static enum result read(struct cell_reader *reader, date as_of) {
    (void)as_of; /* a file without months would be of another month each time it came */
    struct mapped *mapped = reader->mapped;
    struct handed_class *handed = &mapped->handed;
    *handed = (struct handed_class){.score = HANDED_NO_SCORE};
    enum result code = cell_read_fields(reader, place_class);
    if (code != RESULT_OK || mapped->reason != REASON_NONE) {
        return code;
    }
    if (handed->letter == '\0') {
        return cell_refuse_row(reader, REASON_unknown_word, "%s",
                               _("The row gives no class; it is A, B, C or D."));
    }
    if (handed->period == 0) {
        handed->period = handed->day / 100;
    }
    return handed->period == 0
               ? cell_refuse_row(reader, REASON_no_date, "%s",
                                 _("The row gives no period; say which month the class is of."))
               : RESULT_OK;
}

/* ---- taking it in -----------------------------------------------------------------------------
 */

static enum result write_class(struct taking *taking, enum save_outcome *outcome) {
    struct loader *loader = taking->loader;
    enum result code = taking_settle_subject(taking);
    return code == RESULT_OK
               ? handed_class_writer_save(loader->handed, taking->match.id, &taking->mapped->handed,
                                          &loader->origin, outcome, taking->error)
               : code;
}

/* Enterprise and class of one row come in together or not at all; a second row of the file must
 * not turn what the first one said. */
static enum result save_class(struct taking *taking, enum save_outcome *outcome) {
    struct store *store = taking->loader->store;
    enum result code = store_begin(store, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = write_class(taking, outcome);
    int64_t first = seen_line(&taking->loader->seen, taking->mapped->handed.id);
    if (code != RESULT_OK || *outcome != SAVE_UPDATED || first == 0) {
        return store_finish(store, code, taking->error);
    }
    store_rollback(store);
    return taking_refuse(taking, REASON_conflict,
                         arena_printf(taking->arena,
                                      _("Line %lld of this file tells the same enterprise "
                                        "differently; keep the right row."),
                                      (long long)first));
}

static enum result take(struct taking *taking) {
    enum save_outcome outcome = SAVE_UNCHANGED;
    enum result code = taking_judge_subject(taking);
    if (code == RESULT_OK && taking->mapped->reason == REASON_NONE) {
        code = taking_sort_failure(taking, save_class(taking, &outcome));
    }
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    /* A class of another system changes no score of this one; an enterprise entered for it has none
     * yet. */
    return taking_count(taking, outcome, taking->mapped->handed.id,
                        taking->stub ? taking->match.id : 0);
}

static const char *lacking(const struct profile *profile, const char **key) {
    *key = NULL;
    if (profile_field_at(profile, CLASS_FIELD_CLASS) == NULL) {
        return _("\"class\" must be given by a column.");
    }
    if (profile_field_at(profile, CLASS_FIELD_PERIOD) == NULL &&
        profile_field_at(profile, CLASS_FIELD_DAY) == NULL) {
        return _("\"period\" or \"day\" must be given, by a column or as a constant.");
    }
    return NULL;
}

const struct kind kind_classes = {
    .code = "classes",
    .title = N_("classes handed over"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << CLASS_FIELD_CLASS,
    .lacking = lacking,
    .read = read,
    .take = take,
    .check = handover_check,
    .aside = handover_row_is_seal,
};
