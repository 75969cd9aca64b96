#include "plan/estimate.h"

#include <math.h>

/* Of the normal distribution, both sides together 5 %. */
#define QUANTILE 1.959963984540054

static double within(double share) {
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

struct estimate estimate_share(int64_t found, int64_t checked) {
    if (checked <= 0) {
        return (struct estimate){0};
    }
    double n = (double)checked;
    double share = (double)found / n;
    double square = QUANTILE * QUANTILE;
    double centre = (share + square / (2 * n)) / (1 + square / n);
    double half =
        QUANTILE * sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n);
    return (struct estimate){share, within(centre - half), within(centre + half), true};
}

struct estimate estimate_stratified(const struct estimate_stratum *strata, size_t count) {
    double all = 0;
    double total = 0;
    double variance = 0;
    for (size_t i = 0; i < count; i++) {
        all += strata[i].checked > 0 ? (double)strata[i].population : 0;
    }
    if (all <= 0) {
        return (struct estimate){0};
    }
    for (size_t i = 0; i < count; i++) {
        double n = (double)strata[i].checked;
        double population = (double)strata[i].population;
        if (n <= 0) {
            continue;
        }
        double share = (double)strata[i].found / n;
        double weight = population / all;
        double left = 1 - n / population; /* the part that was not checked */
        double spread = n > 1 ? share * (1 - share) / (n - 1) : 0.25;
        total += weight * share;
        variance += weight * weight * left * spread;
    }
    double half = QUANTILE * sqrt(variance);
    return (struct estimate){total, within(total - half), within(total + half), true};
}
