#include "unit/stage.h"

#include "unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set(struct stage *stage, const char *text) {
    struct error error = ERROR_INIT;
    *stage = (struct stage){.day = 20261031};
    assert_ok(policy_parse(&stage->policy, text, "stage", &error), &error);
    assert_ok(score_engine_new(&stage->engine, stage->policy, &error), &error);
    stage->subject.enterprise = enterprise_unknown();
    stage->subject.enterprise.id = 1;
    stage->subject.enterprise.name = "试验公司";
    stage->subject.facts = stage->facts;
}

void stage_set(struct stage *stage, const char *dimensions, const char *indicators,
               const char *direct) {
    static const char measure[] =
        "{\"rate\":{\"num\":1,\"den\":2},\"times\":1,\"method\":\"m\",\"text\":\"t\"}";
    char *text = NULL;
    int length =
        asprintf(&text,
                 "{\"format\":\"xinfeng-policy/1\",\"code\":\"stage\",\"version\":\"1\","
                 "\"name\":\"试验\",\"applies_to\":{\"kinds\":[\"enterprise\"]},\"maximum\":1000,"
                 "\"classes\":{\"A\":0,\"B\":200,\"C\":500,\"D\":750},\"dimensions\":[%s],"
                 "\"indicators\":[%s],\"direct\":[%s],"
                 "\"measures\":{\"A\":%s,\"B\":%s,\"C\":%s,\"D\":%s}}",
                 dimensions, indicators, direct, measure, measure, measure, measure);
    assert_true(length > 0);
    set(stage, text);
    free(text);
}

void stage_set_built_in(struct stage *stage) {
    set(stage, policy_builtin_text());
}

void stage_set_document(struct stage *stage, const char *text) {
    set(stage, text);
}

void stage_clear(struct stage *stage) {
    score_engine_free(stage->engine);
    policy_free(stage->policy);
    *stage = (struct stage){0};
}

struct fact *stage_add(struct stage *stage, int type, date occurred_on) {
    assert_true(stage->subject.fact_count < STAGE_MOST);
    struct fact *fact = &stage->facts[stage->subject.fact_count++];
    *fact = fact_make(type, occurred_on);
    fact->id = (int64_t)stage->subject.fact_count;
    return fact;
}

struct score_override *stage_override(struct stage *stage, enum score_override_kind kind) {
    assert_true(stage->override_count < STAGE_MOST);
    struct score_override *override = &stage->overrides[stage->override_count++];
    *override = (struct score_override){
        .id = (int64_t)stage->override_count,
        .kind = kind,
        .risk_class = CLASS_COUNT,
        .rule = stage->policy->direct_count,
    };
    return override;
}

struct score_input stage_input(const struct stage *stage) {
    return (struct score_input){
        .policy = stage->policy,
        .day = stage->day,
        .subject = &stage->subject,
        .overrides = stage->overrides,
        .override_count = stage->override_count,
        .around = stage->around,
    };
}

int64_t stage_total(struct stage *stage) {
    return stage_total_without(stage, NULL, 0);
}

int64_t stage_total_without(struct stage *stage, const int64_t *without, size_t count) {
    struct error error = ERROR_INIT;
    struct score_input input = stage_input(stage);
    assert_ok(score_engine_run(stage->engine, &input, without, count, &stage->score, &error),
              &error);
    return stage->score.total;
}

int64_t stage_points(struct stage *stage, const char *indicator) {
    stage_total(stage);
    for (size_t i = 0; i < stage->policy->indicator_count; i++) {
        if (strcmp(stage->policy->indicators[i].code, indicator) == 0) {
            return stage->score.indicators[i].centipoints;
        }
    }
    fail_msg("no indicator %s", indicator);
    return -1;
}
