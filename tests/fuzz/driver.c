/* The door of libFuzzer to one function of fuzz.h, named by FUZZ_FUNCTION. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    FUZZ_FUNCTION(data, size);
    return 0;
}
