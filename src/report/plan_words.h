/* The words of a plan on paper: how its scope, rates, states and methods are said. Every text
 * lives in the arena (or is static); when memory is short it is "" and arena_failed tells. */
#ifndef XINFENG_REPORT_PLAN_WORDS_H
#define XINFENG_REPORT_PLAN_WORDS_H

#include "base/arena.h"
#include "draw/draw.h"
#include "draw/record.h"
#include "plan/plan.h"

/* A moment of the journal, "2026-11-22T12:00:00+08:00", as "2026-11-22 12:00"; "" for NULL. */
const char *plan_words_moment(const char *at, struct arena *arena);

/* A whole number with its thousands parted: "5,832". */
const char *plan_words_count(int64_t number, struct arena *arena);

/* A rate as a percentage where that is exact ("1%", "2.5%"), else as a fraction ("1/3"). */
const char *plan_words_rate(struct draw_rate rate, struct arena *arena);

/* Where and in which trade a plan draws: "园户村镇，零售业"; the whole area when not restricted. */
const char *plan_words_scope(const struct plan_scope *scope, struct arena *arena);

/* Targeted (定向) when region or industry restrict the plan, else untargeted (不定向). */
const char *plan_words_targeting(const struct plan_scope *scope);

/* When it is inspected; "" when the plan does not say. */
const char *plan_words_dates(const struct plan_scope *scope, struct arena *arena);

/* What the state of the plan means for who holds the sheet. */
const char *plan_words_state(const struct plan *plan, struct arena *arena);

/* What the measures ask of a class and its base: "基数 5,832 户，比例 1%". */
const char *plan_words_measure(const struct draw_measures *measures, char risk_class,
                               int64_t population, struct arena *arena);

/* How the draw shares out its places. */
const char *plan_words_allocation(const struct draw_measures *measures, struct arena *arena);

/* The translated name of the way a unit came into the plan. */
const char *plan_words_method(enum draw_method method);

/* A stratum for people: "园户村镇/A". */
const char *plan_words_stratum(const struct draw_record_stratum *stratum, struct arena *arena);

/* The reasons why units were left out before the draw, with their counts; says so when none. */
const char *plan_words_excluded(const struct draw_record *record, struct arena *arena);

/* The verification line in the foot of every page: draw id and the start of the frame's digest. */
const char *plan_words_verification(const struct draw_record *record, struct arena *arena);

#endif
