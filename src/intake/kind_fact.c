#include "intake/kind_fact.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/profile.h"
#include "intake/taking.h"
#include "registry/fact_type.h"
#include "store/statement.h"

#include <string.h>

static const struct field fields[] = {
    [FACT_FIELD_NAME] = {"name", N_("name"), SHAPE_NAME},
    [FACT_FIELD_USCC] = {"uscc", N_("unified social credit code"), SHAPE_CODE},
    [FACT_FIELD_NUMBER] = {"registration_number", N_("registration number"), SHAPE_CODE},
    [FACT_FIELD_TYPE] = {"type", N_("type of fact"), SHAPE_WORD},
    [FACT_FIELD_OCCURRED_ON] = {"occurred_on", N_("day it happened"), SHAPE_DATE},
    [FACT_FIELD_ENDED_ON] = {"ended_on", N_("day it ended"), SHAPE_TERM_END},
    [FACT_FIELD_AMOUNT] = {"amount", N_("amount"), SHAPE_MONEY},
    [FACT_FIELD_LEVEL] = {"level", N_("level"), SHAPE_INTEGER},
    [FACT_FIELD_DOCUMENT] = {"document", N_("document number"), SHAPE_TEXT},
    [FACT_FIELD_TITLE] = {"title", N_("title"), SHAPE_TEXT},
    [FACT_FIELD_AGENCY] = {"agency", N_("agency"), SHAPE_TEXT},
    [FACT_FIELD_RECORD] = {"record", N_("key in its source"), SHAPE_TEXT},
    [FACT_FIELD_STATUS] = {"status", N_("status"), SHAPE_WORD},
};

/* ---- reading a row ----------------------------------------------------------------------------
 */

static enum result place_word(struct cell_reader *reader, int index, const struct cell *cell,
                              const char *word) {
    struct mapped *mapped = reader->mapped;
    int number = index == FACT_FIELD_TYPE ? fact_type_find(word) : fact_status_find(word);
    if (number < 0 || (index == FACT_FIELD_TYPE && number == 0)) {
        return cell_refuse(reader, REASON_unknown_word, cell,
                           _("is a word that the profile does not know; add it to the profile"));
    }
    if (index == FACT_FIELD_TYPE) {
        mapped->fact.type = number;
    } else {
        mapped->fact.status = number;
        mapped->status_given = true;
    }
    return RESULT_OK;
}

/* Puts what a field came to in its place. An amount that its sentence does not make clear, or that
 * is none of yuan, stays unknown. */
static enum result place_fact(struct cell_reader *reader, const struct bound_field *bound,
                              const struct cell *cell, const struct reading *reading) {
    struct fact *fact = &reader->mapped->fact;
    if (reading->parse == PARSE_BAD && !bound->field->sentence) {
        return cell_refuse(reader, REASON_bad_value, cell,
                           cell_expectation(bound->field->field.shape));
    }
    if (reading->parse != PARSE_OK) {
        reader->mapped->amount_unclear |= reading->parse == PARSE_BAD;
        return RESULT_OK;
    }
    switch (bound->field->index) {
    case FACT_FIELD_TYPE:
    case FACT_FIELD_STATUS:
        return place_word(reader, bound->field->index, cell, reading->text);
    case FACT_FIELD_OCCURRED_ON:
        fact->occurred_on = (date)reading->number;
        break;
    case FACT_FIELD_ENDED_ON:
        fact->ended_on = (date)reading->number;
        break;
    case FACT_FIELD_AMOUNT:
        fact->amount = reading->number;
        break;
    case FACT_FIELD_LEVEL:
        if (reading->number < 0 || reading->number > 9) {
            return cell_refuse(reader, REASON_bad_value, cell, _("is no level from 0 to 9"));
        }
        fact->level = (int32_t)reading->number;
        break;
    case FACT_FIELD_DOCUMENT:
        fact->document = reading->text;
        break;
    case FACT_FIELD_TITLE:
        fact->title = reading->text;
        break;
    case FACT_FIELD_AGENCY:
        fact->agency = reading->text;
        break;
    default:
        reader->mapped->record = reading->text;
        break;
    }
    return RESULT_OK;
}

/* A day that stands in must not be part of what the fact is known by: without a number or key of
 * its own, the fact is known by all that it says besides the day. */
static enum result assume_day(struct cell_reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    struct fact *fact = &mapped->fact;
    fact->occurred_on = as_of;
    mapped->day_assumed = true;
    if (fact->document != NULL || mapped->record != NULL) {
        return RESULT_OK;
    }
    mapped->record = arena_printf(
        reader->arena, "undated\n%lld\n%d\n%s\n%s", (long long)fact->amount, (int)fact->level,
        fact->title == NULL ? "" : fact->title, fact->agency == NULL ? "" : fact->agency);
    return mapped->record == NULL ? cell_no_memory(reader) : RESULT_OK;
}

static enum result finish_fact(struct cell_reader *reader, date as_of) {
    struct mapped *mapped = reader->mapped;
    const struct bound_field *day = binding_field(reader->binding, FACT_FIELD_OCCURRED_ON);
    if (mapped->reason != REASON_NONE) {
        return RESULT_OK;
    }
    if (mapped->fact.type == 0) {
        return cell_refuse_row(
            reader, REASON_unknown_word, "%s",
            _("The row does not say what type of fact it is; fill in the type."));
    }
    if (mapped->fact.occurred_on != DATE_NONE) {
        return RESULT_OK;
    }
    if (day != NULL && day->field->as_of) {
        return assume_day(reader, as_of);
    }
    return cell_refuse_row(
        reader, REASON_no_date,
        _("Column %s is blank: without the day it happened a fact cannot be scored; fill "
          "it in."),
        day == NULL || day->column_count == 0 ? "occurred_on"
                                              : reader->binding->headers[day->columns[0]]);
}

enum result kind_fact_read_fields(struct cell_reader *reader) {
    reader->mapped->fact = fact_make(0, DATE_NONE);
    return cell_read_fields(reader, place_fact);
}

static enum result read(struct cell_reader *reader, date as_of) {
    enum result code = kind_fact_read_fields(reader);
    return code == RESULT_OK ? finish_fact(reader, as_of) : code;
}

/* ---- taking it in -----------------------------------------------------------------------------
 */

static bool same_number(int64_t left, int64_t right, int64_t unknown) {
    return left == right || left == unknown || right == unknown;
}

static bool facts_contradict(const struct fact *kept, const struct fact *news) {
    return kept->occurred_on != news->occurred_on || kept->status != news->status ||
           !same_number(kept->ended_on, news->ended_on, DATE_NONE) ||
           !same_number(kept->amount, news->amount, FACT_NO_AMOUNT) ||
           !same_number(kept->level, news->level, FACT_NO_LEVEL) ||
           !taking_same_text(kept->document, news->document) ||
           !taking_same_text(kept->title, news->title) ||
           !taking_same_text(kept->agency, news->agency);
}

/* The line of this file that touched a fact first; 0 when none did. One that the file brought in
 * bears it itself. */
static enum result first_line(struct taking *taking, int64_t id, int64_t *line) {
    const struct loader *loader = taking->loader;
    return store_fetch_int(loader->store, "SELECT line FROM fact WHERE id = ? AND batch = ?",
                           VALUES(value_int(id), value_int(loader->origin.batch)),
                           seen_line(&loader->seen, id), line, taking->error);
}

/* A fact that is there already and would change keeps the day it was given when the row knows
 * none, and the status that persons may have given it (X10) when the file says nothing of it; and
 * a second row of this file must not contradict the first. */
static enum result settle_fact(struct taking *taking) {
    struct mapped *mapped = taking->mapped;
    struct fact *fact = &mapped->fact;
    struct fact kept;
    int64_t first = 0;
    enum result code = first_line(taking, fact->id, &first);
    if (code == RESULT_OK) {
        code = fact_load(taking->loader->store, fact->id, taking->arena, &kept, taking->error);
    }
    if (code != RESULT_OK) {
        return code;
    }
    if (mapped->day_assumed) {
        fact->occurred_on = kept.occurred_on;
    }
    if (!mapped->status_given) {
        fact->status = kept.status;
    }
    return first != 0 && facts_contradict(&kept, fact)
               ? taking_refuse(
                     taking, REASON_conflict,
                     arena_printf(taking->arena,
                                  _("Line %lld of this file tells the same fact (the same "
                                    "document or record) differently; keep the right row."),
                                  (long long)first))
               : RESULT_OK;
}

static enum result write_fact(struct taking *taking, enum save_outcome *outcome) {
    struct mapped *mapped = taking->mapped;
    enum result code = taking_settle_subject(taking);
    return code == RESULT_OK
               ? fact_writer_save(taking->loader->facts, taking->match.id, &mapped->fact,
                                  mapped->record, &taking->loader->origin, outcome, taking->error)
               : code;
}

/* Enterprise and fact of one row come in together or not at all. What would change a fact is
 * undone first, looked at, and then done if it still stands. */
static enum result save_fact(struct taking *taking, enum save_outcome *outcome) {
    struct store *store = taking->loader->store;
    enum result code = store_begin(store, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    code = write_fact(taking, outcome);
    if (code != RESULT_OK || *outcome != SAVE_UPDATED) {
        return store_finish(store, code, taking->error);
    }
    store_rollback(store);
    code = settle_fact(taking);
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    code = store_begin(store, taking->error);
    return code == RESULT_OK ? store_finish(store, write_fact(taking, outcome), taking->error)
                             : code;
}

static enum result take(struct taking *taking) {
    enum save_outcome outcome = SAVE_UNCHANGED;
    enum result code = taking_judge_subject(taking);
    if (code == RESULT_OK && taking->mapped->reason == REASON_NONE) {
        code = taking_sort_failure(taking, save_fact(taking, &outcome));
    }
    if (code != RESULT_OK || taking->mapped->reason != REASON_NONE) {
        return code;
    }
    int64_t id = taking->mapped->fact.id;
    return taking_count(taking, outcome, id, fact_enterprise(id));
}

static const char *lacking(const struct profile *profile, const char **key) {
    *key = NULL;
    if (profile_field_at(profile, FACT_FIELD_TYPE) == NULL) {
        return _("\"type\" must be given, by a column or as a constant.");
    }
    if (profile_field_at(profile, FACT_FIELD_OCCURRED_ON) == NULL) {
        return _("\"occurred_on\" must be given, by a column or by as_of.");
    }
    return NULL;
}

const struct kind kind_facts = {
    .code = "facts",
    .title = N_("facts"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .lacking = lacking,
    .read = read,
    .take = take,
};
