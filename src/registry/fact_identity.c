#include "registry/fact_identity.h"

#include "base/digest.h"
#include "base/gettext.h"
#include "base/text.h"
#include "registry/fact_type.h"

#include <string.h>

enum result fact_identity(struct buffer *text, const struct fact *fact, const char *record,
                          int64_t *identity, struct error *error) {
    buffer_reset(text);
    if (fact->document != NULL && fact->document[0] != '\0') {
        buffer_append_text(text, "document\n");
        text_append_name_key(text, fact->document);
    } else if (record != NULL && record[0] != '\0') {
        buffer_printf(text, "record\n%s", record);
    } else {
        buffer_printf(text, "content\n%d\n%lld\n%d\n%s\n%s", (int)fact->occurred_on,
                      (long long)fact->amount, (int)fact->level,
                      fact->title == NULL ? "" : fact->title,
                      fact->agency == NULL ? "" : fact->agency);
    }
    uint8_t digest[DIGEST_SIZE];
    enum result code = text->failed ? error_no_memory(error)
                                    : digest_sha256(text->data, text->length, digest, error);
    if (code == RESULT_OK) {
        uint64_t bits = 0;
        for (int i = 0; i < 8; i++) {
            bits = bits << 8 | digest[i];
        }
        memcpy(identity, &bits, sizeof(*identity));
    }
    return code;
}

enum result fact_check(const struct fact *fact, struct error *error) {
    if (fact_type_code(fact->type) == NULL) {
        return error_set(error, RESULT_INVALID, _("%d is no type of fact."), (int)fact->type);
    }
    if (!date_valid(fact->occurred_on)) {
        return error_set(error, RESULT_INVALID, "%s",
                         _("The fact has no date; give the day it happened."));
    }
    if (fact->ended_on != DATE_NONE && fact->ended_on < fact->occurred_on) {
        char from[DATE_TEXT_SIZE];
        char to[DATE_TEXT_SIZE];
        return error_set(error, RESULT_INVALID,
                         _("The fact ends on %s, before it began on %s; correct one of the dates."),
                         date_format(fact->ended_on, to), date_format(fact->occurred_on, from));
    }
    return RESULT_OK;
}
