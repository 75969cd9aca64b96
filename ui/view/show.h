/* How views write what several of them show: points, classes, times. */
#ifndef XINFENG_UI_VIEW_SHOW_H
#define XINFENG_UI_VIEW_SHOW_H

#include "policy/policy.h"
#include "ui/kit/paint.h"

#include <stdint.h>

/* Room for any number of points. */
#define SHOW_POINTS_SIZE 24

/* Centipoints as points with two decimals ("238.50"); returns text. */
const char *show_points(int64_t centipoints, char text[static SHOW_POINTS_SIZE]);

/* The role of a class. */
enum role show_class_role(enum risk_class risk_class);

/* Paints the bar of a class distribution: "A  5,832  48.6 %  ####....". counts has CLASS_COUNT
 * numbers; before (may be NULL) those of the period before, for the change. */
void show_class_line(struct region row, enum risk_class risk_class, const int64_t *counts,
                     const int64_t *before, int on_cursor);

/* A whole number with commas between thousands; returns text. */
const char *show_number(int64_t number, char text[static SHOW_POINTS_SIZE]);

#endif
