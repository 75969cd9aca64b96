#include "report/county_form.h"

#include "base/gettext.h"

static const struct {
    const char *title;
    enum sheet_style style;
} columns[COUNTY_COLUMNS] = {
    [COUNTY_SERIAL] = {N_("Serial"), SHEET_ORDINAL},
    [COUNTY_TASK] = {N_("Inspection task"), SHEET_TEXT},
    [COUNTY_MATTER] = {N_("Matters inspected"), SHEET_TEXT},
    [COUNTY_SCOPE] = {N_("Range of objects"), SHEET_TEXT},
    [COUNTY_TARGETING] = {N_("Category (targeted/untargeted)"), SHEET_CENTRE},
    [COUNTY_BASE] = {N_("Base and rate"), SHEET_TEXT},
    [COUNTY_DRAWN] = {N_("Objects drawn (households)"), SHEET_NUMBER},
    [COUNTY_REQUIREMENT] = {N_("Requirements of credit-risk-based supervision"), SHEET_TEXT},
    [COUNTY_TIME] = {N_("Time of inspection"), SHEET_CENTRE},
    [COUNTY_BODY] = {N_("Inspecting body"), SHEET_CENTRE},
    [COUNTY_PARTNERS] = {N_("Supporting bodies"), SHEET_CENTRE},
    [COUNTY_OFFICE] = {N_("Office in charge"), SHEET_CENTRE},
    [COUNTY_REMARKS] = {N_("Remarks"), SHEET_CENTRE},
};

void county_form_set_columns(struct sheet *sheet, const int widths[static COUNTY_COLUMNS]) {
    struct sheet_column wide[COUNTY_COLUMNS];
    for (int i = 0; i < COUNTY_COLUMNS; i++) {
        wide[i] = (struct sheet_column){columns[i].title, widths[i], widths[i], columns[i].style};
    }
    sheet_set_columns(sheet, wide, COUNTY_COLUMNS);
}
