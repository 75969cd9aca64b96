/* What the unit tests share: cmocka with its headers in order, and a store in a scratch file. */
#ifndef XINFENG_TESTS_UNIT_H
#define XINFENG_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/result.h"

/* Fails the test with the error's own sentence when code is not RESULT_OK. */
#define assert_ok(code, error)                                                                     \
    do {                                                                                           \
        if ((code) != RESULT_OK) {                                                                 \
            fail_msg("%s", error_sentence(error));                                                 \
        }                                                                                          \
    } while (0)

#endif
