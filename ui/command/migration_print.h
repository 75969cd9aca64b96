/* How commands say a migration: `classes --from --to` and `score --provisional`. */
#ifndef XINFENG_UI_COMMAND_MIGRATION_PRINT_H
#define XINFENG_UI_COMMAND_MIGRATION_PRINT_H

#include "score/migration.h"
#include "ui/command/command.h"

/* The matrix as JSON: {"A": {"A": n, ..., "gone": n}, ..., "new": {...}}. */
json_t *migration_matrix_json(const struct migration *migration);

/* The sums as JSON: {"stayed", "rose", "fell", "new", "gone"}. */
json_t *migration_sums_json(const struct migration *migration);

/* Prints the matrix with the share of each cell in what its class had before, and the sums. */
void migration_print(const struct migration *migration);

/* `classes --from P --to P [--list FILE]`. */
enum result classes_migration(struct session *session, const struct arguments *arguments,
                              struct error *error);

/* `score --provisional [--day DAY] [--list FILE]`. */
enum result score_provisional(struct session *session, const struct arguments *arguments,
                              struct error *error);

#endif
