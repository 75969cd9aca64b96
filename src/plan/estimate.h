/* What a sample says of all: shares of problems with their intervals, pure arithmetic. */
#ifndef XINFENG_PLAN_ESTIMATE_H
#define XINFENG_PLAN_ESTIMATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A share and the ends of its interval at 95 %. */
struct estimate {
    double share;
    double low;
    double high;
    bool known; /* false: nothing was checked */
};

/* Wilson's interval of `found` among `checked`. */
struct estimate estimate_share(int64_t found, int64_t checked);

/* A stratum of a draw: what it has, and what came of it. */
struct estimate_stratum {
    int64_t population; /* N_h */
    int64_t checked;    /* n_h with a result */
    int64_t found;      /* of these, with a problem */
};

/* The share among all units of the strata in which something was checked, weighted by the known
 * chances (Horvitz-Thompson: sum of N_h found_h / checked_h over sum of N_h). Its variance is that
 * of stratified sampling without replacement; a stratum with one unit checked counts with the
 * largest that a share can have. */
struct estimate estimate_stratified(const struct estimate_stratum *strata, size_t count);

#endif
