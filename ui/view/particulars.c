#include "ui/view/particulars.h"

#include "base/gettext.h"
#include "registry/division.h"
#include "registry/industry.h"

#include <inttypes.h>

struct listing {
    struct particulars *to;
    const struct enterprise *from;
    struct arena *arena;
};

static void add_particular(struct listing *list, const char *label, const char *text) {
    if (list->to->count < MOST_PARTICULARS) {
        list->to->items[list->to->count++] =
            (struct particular){label, text == NULL || text[0] == '\0' ? "-" : text};
    }
}

static const char *day_text(struct listing *list, date day) {
    char text[DATE_TEXT_SIZE];
    return arena_strdup(list->arena, date_format(day, text));
}

static const char *number_text(struct listing *list, int64_t number) {
    return number == ENTERPRISE_UNKNOWN ? NULL : arena_printf(list->arena, "%" PRId64, number);
}

static void list_all(struct listing *list) {
    const struct enterprise *from = list->from;
    const char *industry = from->industry == NULL ? NULL : industry_name(from->industry);
    add_particular(list, _("Name"), from->name);
    add_particular(list, _("USCC"), from->uscc);
    add_particular(list, _("Registration number"), from->registration_number);
    add_particular(list, _("Type"), from->type);
    add_particular(list, _("Status"), enterprise_status_name(from->status));
    add_particular(list, _("Legal representative"), from->legal_person);
    add_particular(list, _("Capital (10,000 yuan)"),
                   from->capital == ENTERPRISE_UNKNOWN
                       ? from->capital_text
                       : arena_printf(list->arena, "%" PRId64 ".%02" PRId64,
                                      from->capital / 1000000, from->capital / 10000 % 100));
    add_particular(list, _("Paid in (%)"), number_text(list, from->paid_in_percent));
    add_particular(list, _("Insured staff"), number_text(list, from->insured_staff));
    add_particular(list, _("Established"), day_text(list, from->established_on));
    add_particular(list, _("Approved"), day_text(list, from->approved_on));
    add_particular(list, _("Industry"),
                   industry == NULL ? from->industry
                                    : arena_printf(list->arena, "%s %s", from->industry, industry));
    add_particular(list, _("Region"), division_label(from->region));
    add_particular(list, _("Station in charge"), from->station);
    add_particular(list, _("Registration authority"), from->authority);
    add_particular(list, _("Address"), from->address);
    add_particular(list, _("Telephone"), from->phone);
    add_particular(list, _("Scope of business"), from->scope);
    add_particular(list, _("Key field"), from->key_field == 1 ? _("yes") : _("no"));
    if (from->stub) {
        add_particular(list, _("Note"), _("named by a fact file only; particulars are missing"));
    }
}

void particulars_list(struct particulars *particulars, const struct enterprise *enterprise,
                      struct arena *arena) {
    struct listing list = {particulars, enterprise, arena};
    particulars->count = 0;
    list_all(&list);
}
