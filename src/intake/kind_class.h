/* The fields of classes handed over, in the order of kind_classes.fields. */
#ifndef XINFENG_INTAKE_KIND_CLASS_H
#define XINFENG_INTAKE_KIND_CLASS_H

#include "intake/kind.h"

enum class_field {
    CLASS_FIELD_NAME,
    CLASS_FIELD_USCC,
    CLASS_FIELD_NUMBER,
    CLASS_FIELD_PERIOD,
    CLASS_FIELD_CLASS,
    CLASS_FIELD_SCORE,
    CLASS_FIELD_DAY,
};

/* The class that a cell names: 'A' to 'D' for "B", "B类", "Ｂ级", "信用风险一般（B类）", "一般",
 * "较高风险";
 * '\0' when it names none, or two. */
char class_letter_parse(const char *cell);

#endif
