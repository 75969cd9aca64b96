/* What the tests of the workstation share: a scratch folder with sample databases, the program in
 * the emulator, and ways to look at what it shows. */
#ifndef XINFENG_TESTS_SCREEN_WORKSTATION_CASE_H
#define XINFENG_TESTS_SCREEN_WORKSTATION_CASE_H

#include "screen/keys.h"
#include "unit/unit.h"

#include <stdint.h>

/* Makes the scratch folder, goes there, and makes the sample county of 600 enterprises, scored for
 * October and November 2026. For cmocka's group set-up and tear-down. */
int case_set_up(void **state);
int case_tear_down(void **state);

/* A fresh copy of the sample county under a name; the path, valid until the next call. */
const char *case_database(const char *name);

/* An empty database: made, nothing taken in. */
const char *case_empty_database(const char *name);

/* The code of the enterprise with the highest score of November. */
void case_riskiest(const char *database, char code[32]);

/* Takes a file of the scratch folder in, from the source 甲部门, whatever rows are rejected; the
 * number of the intake. profile NULL: the one that fits, else a guess. */
long case_take_in(const char *database, const char *kind, const char *profile, const char *file);

/* Runs xinfeng over a database, on 2026-11-22 as 王建国, and expects it to succeed. arguments are
 * words between single blanks. */
void case_command(const char *database, const char *arguments);

/* The number that a query gives, read beside the running workstation. */
int64_t case_count(const char *database, const char *query);

/* The workstation over a database on 2026-11-22 as 王建国, in Chinese, with its first page shown.
 */
struct emulator *case_start(const char *database, int rows, int columns);
struct emulator *case_start_english(const char *database, int rows, int columns);

/* Leaves by Ctrl-C; expects a clean end and the terminal given back. */
void case_leave(struct emulator *emulator);

/* As case_leave when something typed is not kept: it is asked for, and agreed to. */
void case_leave_unsaved(struct emulator *emulator);

/* What the Chinese screen says for a text of the program: of a sentence with conversions in it the
 * longest piece between them. The tests speak in msgids, so that better Chinese breaks none of
 * them. Valid until sixteen more are asked for. */
const char *case_words(const char *msgid);

/* The beginning of case_words, for sentences that may be broken over rows. */
const char *case_lead(const char *msgid);

/* Waits until the page of plan 2026-001 says that the plan stands in a state ("drawn"). */
void case_expect_state(struct emulator *emulator, const char *state);

/* The number with two decimals that comes as the place-th (from 0) in a row, in hundredths. */
long case_number(struct emulator *emulator, int row, int place);

/* The screen row that is marked as under the cursor; fails the test when there is none. */
int case_cursor_row(struct emulator *emulator);

/* True when a file is there and has something in it. */
bool case_file_exists(const char *path);

/* Fails the test unless the word stands on the screen. */
void case_assert_shown(struct emulator *emulator, const char *text);
void case_assert_not_shown(struct emulator *emulator, const char *text);

#endif
