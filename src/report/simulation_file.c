#include "report/simulation_file.h"

#include "base/gettext.h"
#include "base/out_file.h"
#include "intake/csv_reader.h"
#include "registry/division.h"
#include "registry/enterprise.h"
#include "registry/industry.h"
#include "report/class_style.h"
#include "report/handover_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* One row fewer than a sheet has is left to the list: the header takes it. */
#define MOST_ROWS (SHEET_MOST_ROWS - 1)

/* The columns that every list has; the titles of the others are its own. */
static const struct sheet_column columns[] = {
    {N_("USCC"), 21, 21, SHEET_CODE},
    {N_("Name"), 44, 44, SHEET_TEXT},
    {N_("Kind of entity"), 16, 16, SHEET_CENTRE},
    {N_("Region"), 18, 18, SHEET_TEXT},
    {N_("Industry"), 26, 26, SHEET_TEXT},
};

#define FIXED (sizeof(columns) / sizeof(columns[0]))
#define MOST_COLUMNS (FIXED + 6)

/* A list being written, in either format. */
struct simulation_file {
    const struct simulation_wording *about;
    const struct actor *actor;
    struct sheet_column columns[MOST_COLUMNS];
    size_t column_count;
    struct out_file file;
    struct handover_text *text;
    struct book *book;
    struct sheet *sheet;
    char *folder;
    int64_t rows;
};

static void set_columns(struct simulation_file *file) {
    const struct simulation_wording *about = file->about;
    memcpy(file->columns, columns, sizeof(columns));
    file->column_count = FIXED;
    for (int i = 0; i < 2; i++) {
        file->columns[file->column_count++] =
            (struct sheet_column){about->classes[i], 14, 14, SHEET_CENTRE};
    }
    for (int i = 0; i < 2; i++) {
        file->columns[file->column_count++] =
            (struct sheet_column){about->points[i], 14, 14, SHEET_POINTS};
    }
    for (int i = 0; i < 2 && about->decided[i] != NULL; i++) {
        file->columns[file->column_count++] =
            (struct sheet_column){about->decided[i], 22, 22, SHEET_TEXT};
    }
}

static const char *class_text(enum risk_class risk_class) {
    return risk_class == CLASS_COUNT ? _("not scored") : risk_class_letter(risk_class);
}

static const char *industry_text(const struct enterprise *enterprise) {
    const char *name = enterprise->industry == NULL ? NULL : industry_name(enterprise->industry);
    return name != NULL ? name : enterprise->industry == NULL ? "" : enterprise->industry;
}

static const char *code_text(const struct enterprise *enterprise) {
    return enterprise->uscc != NULL                  ? enterprise->uscc
           : enterprise->registration_number != NULL ? enterprise->registration_number
                                                     : "";
}

/* ---- CSV ------------------------------------------------------------------------------------- */

static void put_line(struct simulation_file *file, const char *const *cells) {
    const struct row row = {.cells = cells, .count = file->column_count};
    csv_append_row(handover_text_line(file->text), &row);
    buffer_append_text(handover_text_line(file->text), "\r\n");
}

static enum result begin_text(struct simulation_file *file, struct error *error) {
    const char *titles[MOST_COLUMNS];
    enum result code = handover_text_open(&file->text, &file->file, error);
    if (code == RESULT_OK) {
        for (size_t i = 0; i < file->column_count; i++) {
            titles[i] = _(file->columns[i].title);
        }
        buffer_append_text(handover_text_line(file->text), "\xEF\xBB\xBF");
        put_line(file, titles);
        code = handover_text_flush(file->text, error);
    }
    return code;
}

static enum result put_text_row(struct simulation_file *file, const struct simulation_row *row,
                                const char *const *decided, struct error *error) {
    char points[2][32] = {"", ""};
    for (int i = 0; i < 2; i++) {
        if (row->classes[i] != CLASS_COUNT) {
            snprintf(points[i], sizeof(points[0]), "%lld.%02lld", (long long)(row->total[i] / 100),
                     (long long)(row->total[i] % 100));
        }
    }
    const struct enterprise *enterprise = row->enterprise;
    put_line(file,
             (const char *const[]){
                 code_text(enterprise), enterprise->name, enterprise_kind_name(enterprise->kind),
                 division_label(enterprise->region), industry_text(enterprise),
                 class_text(row->classes[0]), class_text(row->classes[1]), points[0], points[1],
                 decided == NULL ? NULL : decided[0], decided == NULL ? NULL : decided[1]});
    return handover_text_flush(file->text, error);
}

/* ---- workbook -------------------------------------------------------------------------------- */

static enum result begin_book(struct simulation_file *file, struct error *error) {
    const struct book_facts facts = {.title = file->about->title,
                                     .subject = file->about->heading,
                                     .author = file->actor->name,
                                     .company = "",
                                     .keywords = file->about->keywords,
                                     .comments = "",
                                     .heading = file->about->heading,
                                     .verification = file->about->verification,
                                     .created = clock_today(&file->actor->clock)};
    enum result code = book_new(&file->book, file->file.part, file->folder, &facts, error);
    if (code == RESULT_OK) {
        file->sheet = book_add_sheet(file->book, _("Enterprises that change"));
        sheet_set_columns(file->sheet, file->columns, file->column_count);
        sheet_settle(file->sheet);
        sheet_header(file->sheet);
        sheet_freeze(file->sheet, 2);
    }
    return code;
}

static struct sheet_cell class_cell(enum risk_class risk_class) {
    return sheet_text(risk_class == CLASS_COUNT ? SHEET_CENTRE : class_style(risk_class),
                      class_text(risk_class));
}

static struct sheet_cell points_cell(const struct simulation_row *row, int side) {
    return row->classes[side] == CLASS_COUNT
               ? sheet_blank(SHEET_POINTS)
               : sheet_number(SHEET_POINTS, (double)row->total[side] / 100);
}

static enum result put_book_row(struct simulation_file *file, const struct simulation_row *row,
                                const char *const *decided, struct error *error) {
    const struct enterprise *enterprise = row->enterprise;
    if (file->rows == MOST_ROWS) {
        return error_set(error, RESULT_REFUSED,
                         _("More than %d enterprises change; write the list to a file ending in "
                           ".csv."),
                         MOST_ROWS);
    }
    struct sheet_cell cells[MOST_COLUMNS] = {
        sheet_text(SHEET_CODE, code_text(enterprise)),
        sheet_text(SHEET_TEXT, enterprise->name),
        sheet_text(SHEET_CENTRE, enterprise_kind_name(enterprise->kind)),
        sheet_text(SHEET_TEXT, division_label(enterprise->region)),
        sheet_text(SHEET_TEXT, industry_text(enterprise)),
        class_cell(row->classes[0]),
        class_cell(row->classes[1]),
        points_cell(row, 0),
        points_cell(row, 1),
    };
    for (size_t i = FIXED + 4; i < file->column_count; i++) {
        cells[i] = sheet_text(SHEET_TEXT, decided[i - FIXED - 4]);
    }
    sheet_put(file->sheet, cells, file->column_count);
    return RESULT_OK;
}

/* From which class to which, with sums. */
static void put_matrix(struct simulation_file *file, const struct simulation *simulation) {
    struct sheet_column looks[CLASS_COUNT + 3];
    looks[0] = (struct sheet_column){file->about->corner, 34, 34, SHEET_LABEL};
    for (int i = 0; i <= CLASS_COUNT; i++) {
        looks[i + 1] = (struct sheet_column){class_text((enum risk_class)i), 12, 12, SHEET_NUMBER};
    }
    looks[CLASS_COUNT + 2] = (struct sheet_column){N_("Sum"), 12, 12, SHEET_TOTAL_NUMBER};
    struct sheet *sheet = book_add_sheet(file->book, _("Migration matrix"));
    sheet_set_columns(sheet, looks, CLASS_COUNT + 3);
    sheet_settle(sheet);
    sheet_header(sheet);
    for (int now = 0; now <= CLASS_COUNT; now++) {
        struct sheet_cell cells[CLASS_COUNT + 3];
        int64_t sum = 0;
        cells[0] = sheet_text(SHEET_LABEL, class_text((enum risk_class)now));
        for (int then = 0; then <= CLASS_COUNT; then++) {
            sum += simulation->moved[now][then];
            cells[then + 1] = sheet_number(now == then ? SHEET_TOTAL_NUMBER : SHEET_NUMBER,
                                           (double)simulation->moved[now][then]);
        }
        cells[CLASS_COUNT + 2] = sheet_number(SHEET_TOTAL_NUMBER, (double)sum);
        sheet_put(sheet, cells, CLASS_COUNT + 3);
    }
    struct sheet_cell sums[CLASS_COUNT + 3];
    sums[0] = sheet_text(SHEET_TOTAL, _("Sum"));
    for (int then = 0; then <= CLASS_COUNT + 1; then++) {
        int64_t sum = 0;
        for (int now = 0; now <= CLASS_COUNT; now++) {
            sum += then <= CLASS_COUNT ? simulation->moved[now][then] : 0;
        }
        sums[then + 1] = sheet_sum(SHEET_TOTAL_NUMBER, 1, CLASS_COUNT + 1,
                                   (double)(then <= CLASS_COUNT ? sum : simulation->enterprises));
    }
    sheet_put(sheet, sums, CLASS_COUNT + 3);
}

/* ---- either ---------------------------------------------------------------------------------- */

enum result simulation_file_open(struct simulation_file **file,
                                 const struct simulation_wording *about, const struct actor *actor,
                                 const char *path, struct error *error) {
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(path, '.');
    bool workbook = dot != NULL && strcasecmp(dot, ".xlsx") == 0;
    *file = NULL;
    if (!workbook && (dot == NULL || strcasecmp(dot, ".csv") != 0)) {
        return error_set(error, RESULT_USAGE,
                         _("%s: the list is written as .csv or .xlsx; give the file one of these "
                           "endings."),
                         path);
    }
    struct simulation_file *made = calloc(1, sizeof(*made));
    if (made == NULL) {
        return error_no_memory(error);
    }
    *file = made;
    made->about = about;
    made->actor = actor;
    made->folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash - path) + 1);
    set_columns(made);
    enum result code =
        made->folder == NULL
            ? error_no_memory(error)
            : out_file_begin(&made->file, made->folder, slash == NULL ? path : slash + 1, error);
    if (code == RESULT_OK) {
        code = workbook ? begin_book(made, error) : begin_text(made, error);
    }
    return code;
}

enum result simulation_file_add(struct simulation_file *file, const struct simulation_row *row,
                                const char *const *decided, struct error *error) {
    enum result code = file->book != NULL ? put_book_row(file, row, decided, error)
                                          : put_text_row(file, row, decided, error);
    file->rows++;
    return code;
}

/* Ends the file; the first failure counts. */
static enum result end_file(struct simulation_file *file, const struct simulation *simulation,
                            enum result code, struct error *error) {
    if (file->text != NULL) {
        return handover_text_close(file->text, code, error);
    }
    if (file->book == NULL) {
        return code;
    }
    if (code == RESULT_OK && file->rows > 0) {
        sheet_filter(file->sheet, 0, (uint32_t)file->rows);
    }
    if (code == RESULT_OK) {
        put_matrix(file, simulation);
    }
    struct error later = ERROR_INIT;
    enum result closed = book_close(file->book, code == RESULT_OK ? error : &later);
    error_clear(&later);
    return code == RESULT_OK ? closed : code;
}

enum result simulation_file_close(struct simulation_file *file, const struct simulation *simulation,
                                  enum result code, struct error *error) {
    if (file == NULL) {
        return code;
    }
    code = end_file(file, simulation, code, error);
    if (code == RESULT_OK) {
        code = out_file_settle(&file->file, error);
    }
    if (code == RESULT_OK) {
        code = out_file_move_all(&file->file, 1, error);
    }
    out_file_end(&file->file);
    free(file->folder);
    free(file);
    return code;
}

static enum result visit(void *context, const struct simulation_row *row, struct error *error) {
    return simulation_file_add(context, row, NULL, error);
}

enum result simulation_file_write(struct store *store, struct policy *policy,
                                  const struct actor *actor, int64_t period, const char *path,
                                  const struct progress *progress, struct simulation *simulation,
                                  struct error *error) {
    char heading[256];
    snprintf(heading, sizeof(heading), "%s %s", policy->name, policy->version);
    const struct simulation_wording about = {
        .title = _("What a policy would change"),
        .heading = heading,
        .keywords = policy->code,
        .verification = policy->digest,
        .corner = _("Class now, down; then, across"),
        .classes = {_("Class now"), _("Class then")},
        .points = {_("Points now"), _("Points then")},
    };
    struct simulation_file *file = NULL;
    enum result code = simulation_file_open(&file, &about, actor, path, error);
    const struct simulation_watch watch = {visit, file};
    if (code == RESULT_OK) {
        code = simulate_policy(store, policy, &actor->clock, period, &watch, progress, simulation,
                               error);
    }
    return simulation_file_close(file, simulation, code, error);
}
