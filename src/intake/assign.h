/* The assignment problem: which column goes to which field so that all together is best. */
#ifndef XINFENG_INTAKE_ASSIGN_H
#define XINFENG_INTAKE_ASSIGN_H

#include <stdbool.h>
#include <stddef.h>

/* Gives each of `fields` rows of worth[field * columns + column] at most one column, and each
 * column to at most one field, so that the sum of the worths is greatest (Kuhn and Munkres). Worths
 * below 1 are never used. column_of[field] is the column, or -1. False when memory is short. */
bool assign_best(const int *worth, size_t fields, size_t columns, int *column_of);

#endif
