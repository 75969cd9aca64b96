#include "base/date.h"
#include "base/gettext.h"
#include "registry/division.h"
#include "registry/fact_type.h"
#include "registry/industry.h"
#include "ui/view/intake.h"
#include "ui/view/show.h"

#include <string.h>

/* ---- the columns ------------------------------------------------------------------------------
 */

/* How sure a guess is, without colour too. */
static const char *sure_mark(const struct preview_column *column) {
    return column->field >= 0 && column->confidence < GUESS_SURE ? "?" : " ";
}

static void paint_column(void *context, size_t place, struct region row, int on_cursor) {
    const struct intake *intake = context;
    struct preview_column column = preview_column(intake->preview, place);
    const struct kind *kind = kind_of(preview_kind(intake->preview));
    int header = row.columns >= 100 ? 30 : row.columns / 3;
    int field = row.columns >= 100 ? 24 : 18;
    int at = row.column;
    bool sure = column.field >= 0 && column.confidence >= GUESS_SURE;
    paint_cell(row.row, at, header, ROLE_TEXT | on_cursor, column.header, ALIGN_LEFT);
    at += header + 1;
    paint_text(row.row, at, 1, ROLE_WARNING | on_cursor, sure_mark(&column), ALIGN_LEFT);
    paint_cell(row.row, at + 1, field, (sure ? ROLE_STRONG : ROLE_DIM) | on_cursor,
               column.field < 0 ? "-" : _(kind->fields[column.field].title), ALIGN_LEFT);
    at += field + 2;
    if (column.field >= 0) {
        paint_printf(row.row, at, 4, ROLE_DIM | on_cursor, "%3d%%", column.confidence);
    }
    at += 5;
    paint_cell(row.row, at, row.columns - (at - row.column), ROLE_DIM | on_cursor,
               preview_first_value(intake->preview, place), ALIGN_LEFT);
}

/* The column that is guessed for a field, not sure enough to be read; the number of columns when
 * there is none. */
static size_t doubtful_column(const struct preview *preview, int field) {
    size_t column = 0;
    while (column < preview_columns(preview) && preview_column(preview, column).field != field) {
        column++;
    }
    return column;
}

bool intake_tell_missing(const struct intake *intake, struct buffer *text) {
    const struct preview *preview = intake->preview;
    const struct kind *kind = kind_of(preview_kind(preview));
    int field = preview_missing_field(preview);
    size_t column = doubtful_column(preview, field);
    if (preview_missing(preview) == NULL) {
        return false;
    }
    if (field < 0) {
        buffer_append_text(text, preview_missing(preview));
    } else if (strcmp(kind->fields[field].name, "type") == 0) {
        buffer_append_text(text, _("The file does not tell what type its facts are of: press t and "
                                   "choose it."));
    } else if (column < preview_columns(preview)) {
        buffer_printf(
            text,
            _("It is not sure enough (%d %%) that the column %s is the %s: press Enter on "
              "it and choose."),
            preview_column(preview, column).confidence, preview_column(preview, column).header,
            _(kind->fields[field].title));
    } else if (strcmp(kind->fields[field].name, "occurred_on") == 0) {
        buffer_append_text(text, _("No column looks like the day it happened: press Enter on the "
                                   "one that is, or y when all rows speak of today."));
    } else {
        buffer_printf(text, _("No column looks like the %s: press Enter on the one that is."),
                      _(kind->fields[field].title));
    }
    return true;
}

/* ---- one column -------------------------------------------------------------------------------
 */

void intake_tell_column(const struct intake *intake, struct buffer *text) {
    struct preview_column column = preview_column(intake->preview, intake->outline.cursor);
    const struct kind *kind = kind_of(preview_kind(intake->preview));
    if (column.field < 0) {
        buffer_printf(text,
                      column.why == GUESS_PERSON ? _("%s: not read, as a person said.")
                      : preview_profile_name(intake->preview) != NULL
                          ? _("%s: not read by the profile.")
                          : _("%s: not read; it is like no field."),
                      column.header);
        return;
    }
    buffer_printf(text, _("%s: %s, %s, sure to %d %%."), column.header,
                  _(kind->fields[column.field].title), guess_why_name(column.why),
                  column.confidence);
    if (column.confidence < GUESS_SURE) {
        buffer_append_text(text, _(" Not sure enough to be read; Enter says what it is."));
    } else if (column.also) {
        buffer_append_text(text, _(" It stands in where the field's first column is blank."));
    }
}

void intake_tell_counts(const struct intake *intake, struct buffer *text) {
    const struct preview_reading *reading = &intake->reading;
    buffer_printf(text,
                  reading->whole ? _("In %zu rows: %zu different values, blank in %zu rows")
                                 : _("In the first %zu rows: %zu different values, blank in %zu "
                                     "rows"),
                  reading->rows, reading->different, reading->blank);
    if (reading->unread > 0) {
        buffer_printf(text, _(", rejected for it: %zu rows"), reading->unread);
    }
}

/* What a value that was read has become. */
static void tell_read(const struct preview_value *value, struct buffer *text) {
    char number[SHOW_YUAN_SIZE];
    char day[DATE_TEXT_SIZE];
    switch (value->shape) {
    case SHAPE_DATE:
    case SHAPE_TERM_END:
        buffer_append_text(text, date_format((date)value->number, day));
        break;
    case SHAPE_MONEY:
        buffer_printf(text, _("%s yuan"), show_yuan(value->number, number));
        break;
    case SHAPE_INTEGER:
    case SHAPE_TIMES:
        buffer_append_text(text, show_number(value->number, number));
        break;
    case SHAPE_RATE:
        buffer_printf(text, "%s %%", show_points(value->number, number));
        break;
    case SHAPE_FLAG:
        buffer_append_text(text, value->number != 0 ? _("yes") : _("no"));
        break;
    case SHAPE_REGION:
        buffer_printf(text, "%s %s", value->read, division_label(value->read));
        break;
    case SHAPE_INDUSTRY:
        buffer_printf(text, "%s %s", value->read, industry_name(value->read));
        break;
    case SHAPE_WORD:
        buffer_append_text(text, fact_type_find(value->read) > 0
                                     ? fact_type_name(fact_type_find(value->read))
                                     : value->read);
        break;
    case SHAPE_TEXT:
    case SHAPE_NAME:
    case SHAPE_CODE:
        buffer_append_text(text, value->read);
        break;
    }
}

void intake_paint_value(const struct intake *intake, const struct preview_value *value,
                        struct region row, int on_cursor) {
    int role = value->fate == VALUE_UNREAD ? ROLE_BAD
               : value->remark != NULL     ? ROLE_WARNING
               : value->fate == VALUE_READ ? ROLE_TEXT
                                           : ROLE_DIM;
    struct preview_column column = preview_column(intake->preview, intake->outline.cursor);
    struct buffer text = BUFFER_INIT;
    int written = row.columns * 2 / 5;
    if (value->fate == VALUE_READ) {
        tell_read(value, &text);
    } else if (value->fate == VALUE_NOTHING && column.field >= 0 && value->remark == NULL) {
        buffer_append_text(&text, _("says nothing"));
    }
    if (value->remark != NULL) {
        buffer_printf(&text, "%s%s", text.length == 0 ? "" : "  ", value->remark);
    }
    paint_cell(row.row, row.column + 1, written - 1, ROLE_DIM | on_cursor, value->text, ALIGN_LEFT);
    if (text.length > 0) {
        paint_text(row.row, row.column + written + 1, 2, ROLE_DIM | on_cursor, "=>", ALIGN_LEFT);
    }
    paint_cell(row.row, row.column + written + 4, row.columns - written - 4, role | on_cursor,
               buffer_text(&text), ALIGN_LEFT);
    buffer_free(&text);
}

/* Below the columns, the one under the cursor: why it was taken for what it is, its first values
 * beside what they become. */
static void paint_detail(const struct intake *intake, struct region pane) {
    struct buffer text = BUFFER_INIT;
    struct region row = region_take_top(&pane, 1);
    paint_rule(row.row, row.column, row.columns, ROLE_CHROME);
    intake_tell_column(intake, &text);
    row = region_take_top(&pane, 1);
    paint_cell(row.row, row.column, row.columns, ROLE_STRONG, buffer_text(&text), ALIGN_LEFT);
    buffer_reset(&text);
    intake_tell_counts(intake, &text);
    row = region_take_top(&pane, 1);
    paint_cell(row.row, row.column, row.columns,
               intake->reading.unread > 0 ? ROLE_WARNING : ROLE_DIM, buffer_text(&text),
               ALIGN_LEFT);
    for (size_t i = 0; i < intake->reading.count && pane.rows > 0; i++) {
        intake_paint_value(intake, &intake->reading.values[i], region_take_top(&pane, 1), 0);
    }
    buffer_free(&text);
}

void intake_paint_columns(struct intake *intake, struct region body) {
    if (body.rows >= 12 && intake->outline.count > 0) {
        int rows = body.rows / 3 + 1 > 6 ? body.rows / 3 + 1 : 6;
        struct region pane = region_take_bottom(&body, rows);
        paint_detail(intake, pane);
    }
    outline_paint(&intake->outline, body, paint_column, intake);
}
