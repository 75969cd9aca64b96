/* How a risk class looks in a sheet. */
#ifndef XINFENG_REPORT_CLASS_STYLE_H
#define XINFENG_REPORT_CLASS_STYLE_H

#include "book/sheet.h"
#include "policy/policy.h"

/* The style of a class's letter, A to D. */
enum sheet_style class_style(enum risk_class risk_class);

#endif
