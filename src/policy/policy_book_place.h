/* Where in a workbook the values of the document came from, so that a rule that is broken can be
 * told by sheet and cell. For the files of policy. */
#ifndef XINFENG_POLICY_POLICY_BOOK_PLACE_H
#define XINFENG_POLICY_POLICY_BOOK_PLACE_H

#include "base/arena.h"
#include "base/json_reader.h"
#include "policy/policy_fault.h"
#include "policy/policy_layout.h"

#include <stdbool.h>
#include <stdint.h>

/* The column of a sheet that has no such one. */
#define POLICY_NO_COLUMN UINT32_MAX

/* Columns of the layout. */
#define POLICY_MOST_COLUMNS 32

/* The values that came from one row, or in the general sheet from one cell. */
struct policy_place {
    const char *path; /* ".indicators[3]" */
    enum policy_sheet sheet;
    uint32_t row;
};

struct policy_places {
    struct arena *arena;
    struct policy_place *items;
    size_t count;
    size_t room;
    uint32_t columns[POLICY_SHEET_COUNT][POLICY_MOST_COLUMNS]; /* where the layout's stand */
};

/* Notes a place; false when memory is short. */
bool policy_place_add(struct policy_places *places, const char *path, enum policy_sheet sheet,
                      uint32_t row);

/* The name of a cell for people, in the arena: "「指标」D12". */
const char *policy_place_cell(struct policy_places *places, enum policy_sheet sheet, uint32_t row,
                              uint32_t column);

/* Adds a fault of the rules at the cell that its path leads to, titles in place of keys. */
void policy_place_fault(struct policy_places *places, const struct json_fault *fault,
                        struct policy_faults *faults);

#endif
