/* The views of the workstation, one file each. */
#ifndef XINFENG_UI_VIEW_VIEWS_H
#define XINFENG_UI_VIEW_VIEWS_H

#include "plan/outcome_list.h"
#include "policy/policy.h"
#include "policy/policy_value.h"
#include "registry/record.h"
#include "score/explanation.h"
#include "score/migration.h"
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

/* One enterprise in one period, explained as it was stored; a closed period as it was when it was
 * closed. Argument: const struct enterprise_period_argument *. */
extern const struct view_ops enterprise_period_view;

struct enterprise_period_argument {
    int64_t enterprise;
    int64_t period;
};

/* How the enterprises moved over the classes. Argument: const struct migration_argument *. */
extern const struct view_ops migration_view;

struct migration_argument {
    int64_t from; /* periods; both 0: the newest period beside a day that is tried */
    int64_t to;
    date day; /* that one */
};

/* Over that view: the enterprises of one of its cells. Argument: const struct
 * migration_cell_argument *. */
extern const struct view_ops migration_cell_view;

struct migration_cell_argument {
    const struct migration *migration; /* stands until the view closes */
    enum risk_class from;              /* CLASS_COUNT: not scored there */
    enum risk_class to;
};

/* Proposing an override with its effect shown. Argument: const struct override_argument *. */
extern const struct view_ops override_form_view;

/* What is proposed. */
enum override_form_kind {
    FORM_SET_CLASS,
    FORM_EXCLUDE_FACT,
    FORM_REVOKE_PART,
    FORM_CONFIRM_RULE,
    FORM_WAIVE_RULE,
    FORM_OBSERVE,
};

struct override_argument {
    const struct explanation *explanation; /* stands until the view closes */
    enum override_form_kind kind;
    int64_t fact; /* of the kinds about a fact, else 0 */
};

/* The overrides, to approve, reject or withdraw. Argument: const struct overrides_argument *, or
 * NULL for all. */
extern const struct view_ops overrides_view;

struct overrides_argument {
    enum override_choice choice;
};

/* All plans. No argument. */
extern const struct view_ops plans_view;

/* All annual plans. No argument. */
extern const struct view_ops annuals_view;

/* An annual plan as a calendar: tasks by months. Argument: const int64_t *, its id. */
extern const struct view_ops annual_view;

/* A new task of an annual plan. Argument: const struct annual *, the plan. */
extern const struct view_ops annual_task_view;

/* A new plan. No argument. */
extern const struct view_ops plan_form_view;

/* One plan from scope to export. Argument: const int64_t *, its id. */
extern const struct view_ops plan_view;

/* The results of a plan. Argument: const int64_t *, its id. */
extern const struct view_ops plan_results_view;

/* Over that view: entering one. Argument: const struct plan_result_argument *. */
extern const struct view_ops plan_result_form_view;

struct plan_result_argument {
    const struct plan *plan; /* both stand until the view closes */
    const struct outcome *outcome;
};

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

/* The libraries of inspectors and matters; and the form of one entry, which takes a library_key. */
struct library_key {
    enum record_table table;
    const char *key; /* NULL: a new entry */
};
extern const struct view_ops library_view;
extern const struct view_ops library_form_view;

/* Enterprises that several plans are to inspect. */
extern const struct view_ops visits_view;

#endif
