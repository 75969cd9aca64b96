/* Template workbooks: for each kind of file the headers that officers know, one example row, notes
 * on every column, and lists of the words that may stand in it. What a template asks for, the
 * kind's general profile reads: the template is made from it. */
#ifndef XINFENG_INTAKE_TEMPLATE_H
#define XINFENG_INTAKE_TEMPLATE_H

#include "base/date.h"
#include "intake/kind.h"

/* Writes the template of a kind to path, whole or not at all. today stands in its properties.
 * Errors as base/out_file.h. */
enum result template_write(enum import_kind kind, const char *path, date today,
                           struct error *error);

#endif
