#include "intake/guess_why.h"

#include "base/gettext.h"

const char *guess_why_name(enum guess_why why) {
    switch (why) {
    case GUESS_HEADER:
        return _("by its header");
    case GUESS_VALUES:
        return _("by its values");
    case GUESS_BOTH:
        return _("by header and values");
    case GUESS_PROFILE:
        return _("by the profile");
    case GUESS_PERSON:
        return _("by hand");
    case GUESS_NOTHING:
        break;
    }
    return "";
}
