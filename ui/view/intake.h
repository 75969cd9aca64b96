/* The preview of a file on its way in. The page's files share what is here: intake.c holds the
 * page, intake_columns.c paints it, intake_change.c corrects what was understood, intake_take.c
 * tries the file and takes it in; intake_values.c and intake_skips.c are pages over it. */
#ifndef XINFENG_UI_VIEW_INTAKE_H
#define XINFENG_UI_VIEW_INTAKE_H

#include "intake/preview.h"
#include "ui/kit/outline.h"
#include "ui/view/workstation.h"

/* The page's data. */
struct intake {
    struct workstation *workstation;
    char *path;
    char *sheet;           /* chosen, or NULL */
    enum import_kind kind; /* said, or IMPORT_KIND_COUNT */
    char *source;          /* said, or NULL */
    int64_t waiting_of;    /* the intake whose settled rows the file holds; 0: none */
    struct preview *preview;
    struct outline outline;         /* of its columns */
    struct arena *arena;            /* holds the texts of reading */
    struct preview_reading reading; /* of the column under the cursor */
    bool stubs;
    int64_t batch; /* what it was taken in as; 0: not yet */
};

/* The name of the file, without its folder. */
const char *intake_file_name(const struct intake *intake);

/* What has to be said here before the file can be taken in, and by which key; false when nothing
 * has. */
bool intake_tell_missing(const struct intake *intake, struct buffer *text);

/* Reads the values of the column under the cursor anew: after it, or what it is, has changed. */
void intake_read_column(struct intake *intake, struct screen *screen);

/* Paints the columns, and below them, where there is room, the one under the cursor with its
 * values. */
void intake_paint_columns(struct intake *intake, struct region body);

/* What the column under the cursor was found to be, and why: one sentence. */
void intake_tell_column(const struct intake *intake, struct buffer *text);

/* How many values of the column under the cursor were looked at, and with what outcome. */
void intake_tell_counts(const struct intake *intake, struct buffer *text);

/* Paints a value beside what it becomes, into one row; role is 0 or ROLE_ON_CURSOR. */
void intake_paint_value(const struct intake *intake, const struct preview_value *value,
                        struct region row, int on_cursor);

/* Corrections by a person: what the column under the cursor is, what the file is about, of which
 * type its facts are, which sheet is read. What was said before stays as far as it applies; what
 * does not is named and asked for. */
void intake_change_column(struct view *view, struct intake *intake);
void intake_choose_kind(struct view *view, struct intake *intake);
void intake_choose_type(struct view *view, struct intake *intake);
void intake_choose_sheet(struct view *view, struct intake *intake);
void intake_toggle_day(struct view *view, struct intake *intake);
void intake_save_profile(struct view *view, struct intake *intake);

/* Looks at the file; the first time or under a kind and a sheet (NULL: the one that looks like
 * data) that a person chose. */
enum result intake_look(struct intake *intake, enum import_kind kind, const char *sheet,
                        struct preview **preview, struct error *error);

/* Puts a preview in the place of the one before, which it frees. */
void intake_adopt(struct intake *intake, struct preview *preview);

/* Does everything and keeps nothing, then offers to take the file in. */
void intake_try_out(struct view *view, struct intake *intake);

/* Takes the file in and opens its page. */
void intake_take_in(struct view *view, struct intake *intake);

#endif
