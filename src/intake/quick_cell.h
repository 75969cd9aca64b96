/* Cells that leave no doubt, read quickly. Each function is true only when looking at the cell from
 * all sides, as the functions named with it do, would come to the same. Cells are strings of the
 * length given. */
#ifndef XINFENG_INTAKE_QUICK_CELL_H
#define XINFENG_INTAKE_QUICK_CELL_H

#include "base/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The cell says something, and value_is_nothing is surely false of it. */
bool quick_cell_speaks(const char *cell, size_t length);

/* The cell is a text as it stands: value_text_trim changes nothing, no character was lost, and it
 * says something. */
bool quick_cell_text(const char *cell, size_t length);

/* The same for a name, which value_name_trim leaves alone and which hides nobody behind a star. */
bool quick_cell_name(const char *cell, size_t length);

/* A day as 2020-09-24 or 2020/09/24: value_date_parse, and value_term_end_parse too. */
bool quick_cell_day(const char *cell, size_t length, date *day);

/* Digits, with a fraction of at most two places or without, counted in a unit of so many fen:
 * value_money_parse, and value_fine_parse too. */
bool quick_cell_money(const char *cell, size_t length, int64_t unit, int64_t *fen);

#endif
