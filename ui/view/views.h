/* The views of the workstation, one file each. */
#ifndef XINFENG_UI_VIEW_VIEWS_H
#define XINFENG_UI_VIEW_VIEWS_H

#include "policy/policy.h"
#include "policy/policy_value.h"
#include "score/explanation.h"
#include "ui/kit/view.h"

/* What waits, and how the classes are distributed. No argument. */
extern const struct view_ops home_view;

/* The enterprises. Argument: const struct enterprises_argument *, or NULL for all. */
extern const struct view_ops enterprises_view;

struct enterprises_argument {
    enum risk_class risk_class; /* CLASS_COUNT: all */
};

/* One enterprise with the explanation of its score. Argument: const int64_t *, its id. */
extern const struct view_ops enterprise_view;

/* Proposing an override with its effect shown. Argument: const struct override_argument *. */
extern const struct view_ops override_form_view;

struct override_argument {
    const struct explanation *explanation; /* stands until the view closes */
    int64_t fact;                          /* the fact to exclude; 0: set the class */
};

/* All overrides, to approve, reject or withdraw. No argument. */
extern const struct view_ops overrides_view;

/* All plans. No argument. */
extern const struct view_ops plans_view;

/* A new plan. No argument. */
extern const struct view_ops plan_form_view;

/* One plan from scope to export. Argument: const int64_t *, its id. */
extern const struct view_ops plan_view;

/* What was taken in: the history of intakes. No argument. */
extern const struct view_ops data_view;

/* Choosing a file to take in. No argument. */
extern const struct view_ops files_view;

/* What is understood of a file, to correct it and take it in. Argument: const char *, its path. */
extern const struct view_ops intake_view;

/* The same for a file whose kind and source are known, as they are those of an earlier intake.
 * Argument: const struct intake_again *. */
extern const struct view_ops intake_again_view;

struct intake_again {
    const char *path;
    const char *kind; /* its code; NULL: to be guessed */
    const char *source;
    int64_t waiting_of; /* the intake whose settled rows the file holds; 0: none */
};
/* Over that view: the values of the column under its cursor with what they become, and the rows
 * passed over. Argument: struct intake *const *, which stands until the view closes. */
extern const struct view_ops intake_values_view;
extern const struct view_ops intake_skips_view;

/* One intake: what it came to, its rejected rows, undoing it. Argument: const int64_t *, its id. */
extern const struct view_ops batch_view;

/* The rejected rows of an intake, or remarks on others. Argument: const struct
 * batch_rows_argument *. */
extern const struct view_ops batch_rows_view;

struct batch_rows_argument {
    int64_t batch;
    const char *reason; /* its code; NULL, with rejects only: of any */
    bool remarks;
};

/* The enterprises of which an intake entered or changed anything. Argument: const int64_t *, its
 * id. */
extern const struct view_ops batch_enterprises_view;

/* The names of an intake that no enterprise bears, to decide about. Argument: const int64_t *, its
 * id. */
extern const struct view_ops names_view;

/* Settling them one after another. Argument: const struct names_settle_argument *. */
extern const struct view_ops names_settle_view;

struct names_settle_argument {
    int64_t batch;
    int64_t line; /* the first line of the name to begin with */
};

/* All versions of all policies. No argument. */
extern const struct view_ops policies_view;

/* One version as a tree. Argument: const int64_t *, its id. */
extern const struct view_ops policy_view;

/* One part of a version with all its values, changed in place in a draft. Argument: const struct
 * policy_part_argument *. */
extern const struct view_ops policy_part_view;

struct policy_part_argument {
    int64_t version;
    struct policy_part part;
};

/* What is worth a look in a version. Argument: const int64_t *, its id. */
extern const struct view_ops policy_check_view;

/* What differs between two versions. Argument: const struct policy_changes_argument *. */
extern const struct view_ops policy_changes_view;

struct policy_changes_argument {
    int64_t before;
    int64_t after;
};

/* What is wrong with a policy file. Argument: const char *, its path. */
extern const struct view_ops policy_faults_view;

/* Whom a version would move, simulated already. Argument: struct policy_trial *, which is taken
 * over when the view opens. */
extern const struct view_ops policy_simulation_view;

#endif
