#include "intake/kind_record.h"

#include "base/gettext.h"

static const struct field fields[] = {
    {"code", N_("code of the matter"), SHAPE_TEXT},
    {"category", N_("category"), SHAPE_TEXT},
    {"title", N_("matter"), SHAPE_TEXT},
    {"basis", N_("basis"), SHAPE_TEXT},
    {"authority", N_("inspecting body"), SHAPE_TEXT},
    {"object", N_("whom it is about"), SHAPE_TEXT},
    {"content", N_("what is inspected"), SHAPE_TEXT},
    {"methods", N_("methods"), SHAPE_TEXT},
    {"rate", N_("highest share a year"), SHAPE_RATE},
    {"times", N_("highest number a year"), SHAPE_TIMES},
    {"staffing", N_("staff needed"), SHAPE_TEXT},
    {"state", N_("state"), SHAPE_TEXT},
};

static const int columns[] = {MATTER_code,      MATTER_category, MATTER_title,    MATTER_basis,
                              MATTER_authority, MATTER_object,   MATTER_content,  MATTER_methods,
                              MATTER_rate,      MATTER_times,    MATTER_staffing, MATTER_state};

static const struct kind_record record = {
    .table = RECORD_MATTER,
    .columns = columns,
    .enterprise = NO_COLUMN,
};

const struct kind kind_matters = {
    .code = "matters",
    .title = N_("Matters"),
    .subject = false,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 0 | 1 << 2, /* code, title */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
