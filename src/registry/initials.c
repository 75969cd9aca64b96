#include "registry/initials.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>
#include <unicode/utypes.h>

/* The initials of all characters of the basic plane met so far: 0 not asked yet, 1 none. */
static atomic_char known[0x10000];
static UTransliterator *han_latin;
static pthread_mutex_t use = PTHREAD_MUTEX_INITIALIZER; /* a transliterator is one thread's */
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void open_transliterator(void) {
    static const UChar id[] = u"Han-Latin; Latin-ASCII; Lower";
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *made = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    han_latin = U_SUCCESS(status) ? made : NULL;
}

/* The initial of one Han character by ICU; 1 when it has none. */
static char transliterate(UChar32 character) {
    pthread_once(&opened, open_transliterator);
    if (han_latin == NULL) {
        return 1;
    }
    UChar text[32];
    int32_t length = 0;
    UBool failed = 0;
    U16_APPEND(text, length, 32, character, failed);
    int32_t limit = length;
    UErrorCode status = U_ZERO_ERROR;
    pthread_mutex_lock(&use);
    utrans_transUChars(han_latin, text, &length, 32, 0, &limit, &status);
    pthread_mutex_unlock(&use);
    if (failed || U_FAILURE(status) || length == 0 || text[0] < 'a' || text[0] > 'z') {
        return 1;
    }
    return (char)text[0];
}

static char initial_of(UChar32 character) {
    if (character >= 'A' && character <= 'Z') {
        return (char)(character - 'A' + 'a');
    }
    if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9')) {
        return (char)character;
    }
    if (!u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC)) {
        return 1;
    }
    if (character >= 0x10000) {
        return transliterate(character);
    }
    char initial = atomic_load_explicit(&known[character], memory_order_relaxed);
    if (initial == 0) {
        initial = transliterate(character);
        atomic_store_explicit(&known[character], initial, memory_order_relaxed);
    }
    return initial;
}

void initials_append(struct buffer *buffer, const char *name) {
    const uint8_t *text = (const uint8_t *)name;
    int32_t at = 0;
    while (text[at] != 0) {
        UChar32 character;
        U8_NEXT(text, at, -1, character);
        char initial = character < 0 ? 1 : initial_of(character);
        if (initial != 1) {
            buffer_append_char(buffer, initial);
        }
    }
}
