#include "intake/kind_record.h"

#include "base/gettext.h"
#include "intake/cell.h"
#include "intake/taking.h"

#include <stdlib.h>

static const struct field fields[] = {
    {"inspector", N_("inspector"), SHAPE_TEXT},
    {"name", N_("name"), SHAPE_NAME},
    {"uscc", N_("unified social credit code"), SHAPE_CODE},
    {"registration_number", N_("registration number"), SHAPE_CODE},
    {"reason", N_("reason"), SHAPE_TEXT},
    {"from_day", N_("from"), SHAPE_DATE},
    {"to_day", N_("until"), SHAPE_DATE},
};

static const int columns[] = {RECUSAL_inspector, NO_COLUMN,        NO_COLUMN,     NO_COLUMN,
                              RECUSAL_reason,    RECUSAL_from_day, RECUSAL_to_day};

/* The inspector must be there, by number or, where only one bears it, by name. */
static enum result settle(struct taking *taking) {
    struct record_value *inspector = &taking->mapped->values[RECUSAL_inspector];
    char *number = NULL;
    enum result code =
        record_find_inspector(taking->loader->store, inspector->text, &number, taking->error);
    if (code != RESULT_OK) {
        return code;
    }
    if (number == NULL) {
        return taking_refuse(taking, REASON_unknown_inspector,
                             arena_printf(taking->arena,
                                          _("There is no inspector %s, or several bear the name; "
                                            "give the staff number of one that was taken in."),
                                          cell_shorten(taking->arena, inspector->text)));
    }
    inspector->text = arena_strdup(taking->arena, number);
    free(number);
    return inspector->text == NULL ? error_no_memory(taking->error) : RESULT_OK;
}

static const struct kind_record record = {
    .table = RECORD_RECUSAL,
    .columns = columns,
    .enterprise = RECUSAL_enterprise,
    .settle = settle,
};

const struct kind kind_recusals = {
    .code = "recusals",
    .title = N_("Recusals"),
    .subject = true,
    .fields = fields,
    .field_count = sizeof(fields) / sizeof(fields[0]),
    .needed = 1 << 0, /* inspector */
    .read = kind_record_read,
    .take = kind_record_take,
    .record = &record,
};
