#include "report/reminder_advice.h"

#include "base/gettext.h"
#include "registry/fact_type.h"

#include <stddef.h>

static const struct reminder_advice advice[FACT_TYPE_END] = {
    [FACT_TYPE_penalty] =
        {.text = N_(
             "Carry out the decision in full and put right what it names; once the conditions are "
             "met, apply to the body that decided for credit repair.")},
    [FACT_TYPE_abnormal_listing] =
        {.text =
             N_("Remove the cause (publish what is missing, correct what is false, register the "
                "address where you can be reached), then apply to be taken off the list.")},
    [FACT_TYPE_serious_violation] =
        {.text = N_(
             "Carry out all duties of the decision and stop the violation; when the term has come, "
             "apply to be taken off the list early and for credit repair.")},
    [FACT_TYPE_judgment_debtor] =
        {.text = N_(
             "Carry out the judgment or settle with the creditor, and ask the executing court to "
             "take the entry off.")},
    [FACT_TYPE_blacklist] = {.text = N_("Ask the department that keeps the list for its "
                                        "conditions, meet them, and apply there "
                                        "to be taken off and for credit repair.")},
    [FACT_TYPE_consumer_concern] =
        {.text = N_(
             "Answer consumers, settle disputes first-hand, and publish what has been put right.")},
    [FACT_TYPE_inspection] =
        {.text = N_(
             "Put right what the inspection found within the term, keep the proofs, and ask for a "
             "re-inspection where one is provided for.")},
    [FACT_TYPE_food_inspection] =
        {.text =
             N_("Put right what the inspection found item by item, check yourself against the food "
                "safety rules, and report the result.")},
    [FACT_TYPE_food_sampling] = {.text = N_("Stop selling and recall the batch, find the cause, "
                                            "put it right, and ask for a re-test "
                                            "within the term if you doubt the result.")},
    [FACT_TYPE_special_equipment] =
        {.text = N_(
             "Stop using equipment that is not safe, have it repaired and inspected by a licensed "
             "body, and only then use it again.")},
    [FACT_TYPE_product_quality] =
        {.text = N_(
             "Stop making and selling the product, deal with the stock, put the cause right, and "
             "apply for a re-check.")},
    [FACT_TYPE_counterfeiting] =
        {.text =
             N_("Stop the infringement, check your supply channels, and keep proofs of purchase.")},
    [FACT_TYPE_price] =
        {.text = N_(
             "Mark prices clearly, refund what was charged without ground, and check your prices "
             "yourself.")},
    [FACT_TYPE_competition] =
        {.text = N_("Stop the conduct, correct advertisements and contracts, and set up compliance "
                    "rules.")},
    [FACT_TYPE_complaint] =
        {.text = N_(
             "Answer the complaint in time, take part in mediation, and mend the cause of disputes "
             "that recur."),
         .discreet = true},
    [FACT_TYPE_metrology] =
        {.text = N_("Have measuring instruments verified, and take those that fail out of use.")},
    [FACT_TYPE_standards] =
        {.text = N_("Produce by the standard in force, and declare the standards that you apply.")},
    [FACT_TYPE_certification] =
        {.text = N_(
             "Suspend the use of the mark or certificate, put right what is missing, and have the "
             "certification renewed.")},
    [FACT_TYPE_testing_body] =
        {.text = N_(
             "Put right the faults of the quality system, and withdraw reports that do not hold.")},
    [FACT_TYPE_licence_lost] =
        {.text = N_("Stop the activity that needs the licence, or apply for the licence anew.")},
    [FACT_TYPE_equity_freeze] =
        {.text = N_("Carry out the duties behind the freeze, and ask the court to lift it.")},
    [FACT_TYPE_annual_report_missing] =
        {.text = N_(
             "Publish the annual report through the publicity system now, and check that what is "
             "published is true.")},
    [FACT_TYPE_other_penalty] =
        {.text = N_(
             "Carry out the decision in full, and apply to the department that decided for credit "
             "repair when the conditions are met.")},
    [FACT_TYPE_other_inspection] =
        {.text = N_("Put right what the department found within the term, and report to it.")},
    [FACT_TYPE_tax_arrears] =
        {.text = N_("Pay the taxes and late fees, or agree on instalments with the tax office.")},
    [FACT_TYPE_wage_arrears] =
        {.text = N_("Pay the wages in full, and prove it to the labour department.")},
    [FACT_TYPE_enforcement] =
        {.text = N_(
             "Carry out what the court orders, or settle with the creditor, and ask the court to "
             "close the case.")},
    [FACT_TYPE_utility_arrears] = {.text =
                                       N_("Pay what is owed, and ask the supplier to confirm it.")},
    [FACT_TYPE_platform_signal] =
        {.text =
             N_("Check the matter with the platform or association, and put right what is found."),
         .discreet = true},
};

const struct reminder_advice *reminder_advice_of(int type) {
    bool known = type > 0 && type < FACT_TYPE_END && advice[type].text != NULL;
    return known ? &advice[type] : NULL;
}
