/* How views write what several of them show: points, classes, times. */
#ifndef XINFENG_UI_VIEW_SHOW_H
#define XINFENG_UI_VIEW_SHOW_H

#include "base/text.h"
#include "policy/policy.h"
#include "ui/kit/paint.h"

#include <stdint.h>

/* Room for any number of points. */
#define SHOW_POINTS_SIZE TEXT_NUMBER_SIZE

/* Centipoints as points with two decimals ("238.50"); returns text. */
const char *show_points(int64_t centipoints, char text[static SHOW_POINTS_SIZE]);

/* Room for an amount of money, and for a time. */
#define SHOW_YUAN_SIZE 32
#define SHOW_TIME_SIZE 20

/* Fen as yuan with commas and two decimals ("10,900.00"); returns text. */
const char *show_yuan(int64_t fen, char text[static SHOW_YUAN_SIZE]);

/* A journal time ("2026-11-22T10:29:16+08:00") as "2026-11-22 10:29", in the zone it was written
 * in; "" for NULL, anything else as it stands, cut to the room. Returns text. */
const char *show_time(const char *time, char text[static SHOW_TIME_SIZE]);

/* The role of a class. */
enum role show_class_role(enum risk_class risk_class);

/* Paints the bar of a class distribution: "A  5,832  48.6 %  ####....". counts has CLASS_COUNT
 * numbers; before (may be NULL) those of the period before, for the change. */
void show_class_line(struct region row, enum risk_class risk_class, const int64_t *counts,
                     const int64_t *before, int on_cursor);

/* A whole number with commas between thousands; returns text. */
const char *show_number(int64_t number, char text[static SHOW_POINTS_SIZE]);

#endif
