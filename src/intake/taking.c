#include "intake/taking.h"

#include "base/gettext.h"
#include "intake/cell.h"

/* A row whose code the registry does not know. */
static enum result check_missing(struct taking *taking) {
    const struct mapped *mapped = taking->mapped;
    const char *used = mapped->uscc[0] != '\0' ? mapped->uscc : mapped->number;
    if (mapped->name == NULL) {
        return taking_refuse(
            taking, REASON_unknown_code,
            arena_printf(taking->arena,
                         _("The registry has no enterprise with the code %s, and the row "
                           "gives no name to enter it by."),
                         used));
    }
    if (taking->loader->create_missing) {
        return RESULT_OK;
    }
    return taking_refuse(
        taking, REASON_unknown_code,
        arena_printf(taking->arena,
                     _("The registry has no enterprise with the code %s (%s); enter it "
                       "first, or import with --create-missing."),
                     used, cell_shorten(taking->arena, mapped->name)));
}

/* Enters the enterprise that the row names and the registry does not have. */
static enum result enter_stub(struct taking *taking) {
    const struct mapped *mapped = taking->mapped;
    struct enterprise stub = enterprise_unknown();
    enum save_outcome outcome;
    stub.name = mapped->name;
    stub.uscc = mapped->uscc[0] == '\0' ? NULL : mapped->uscc;
    stub.registration_number = mapped->number[0] == '\0' ? NULL : mapped->number;
    stub.stub = true;
    enum result code = enterprise_writer_save(taking->loader->enterprises, &stub,
                                              &taking->loader->origin, &outcome, taking->error);
    taking->match.id = stub.id;
    taking->stub = code == RESULT_OK;
    return code;
}

/* Keeps the registration number by which the row names an enterprise found by its name. */
static enum result keep_number(struct taking *taking) {
    struct enterprise known = enterprise_unknown();
    enum save_outcome outcome;
    known.id = taking->match.id;
    known.registration_number = taking->mapped->number;
    known.stub = true; /* it tells no more than a stub does */
    return enterprise_writer_save(taking->loader->enterprises, &known, &taking->loader->origin,
                                  &outcome, taking->error);
}

enum result taking_judge_subject(struct taking *taking) {
    const struct match *match = &taking->match;
    if (match->reason != REASON_NONE) {
        return taking_refuse(taking, match->reason, match->sentence);
    }
    return match->id == 0 ? check_missing(taking) : RESULT_OK;
}

enum result taking_settle_subject(struct taking *taking) {
    if (taking->match.id == 0) {
        return enter_stub(taking);
    }
    return taking->match.new_number ? keep_number(taking) : RESULT_OK;
}
