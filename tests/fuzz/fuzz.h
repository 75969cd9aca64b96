/* What is fed to readers and parsers of what comes from outside. Each function takes any bytes,
 * must come back, and aborts when a promise is broken. libFuzzer drives them from driver.c, the
 * check from replay.c over the files in corpus/. */
#ifndef XINFENG_TESTS_FUZZ_FUZZ_H
#define XINFENG_TESTS_FUZZ_FUZZ_H

#include "intake/row_source.h"

#include <stddef.h>
#include <stdint.h>

/* A text of any encoding, through encoding_detect and encoding_stream_read. */
void fuzz_encoding(const uint8_t *data, size_t size);

/* The readers of rows. xlsx: an archive, or the contents of sheet.xml, strings.xml and styles.xml
 * with a byte 0x1E between them. xls: a compound file, or the stream in it. */
void fuzz_csv(const uint8_t *data, size_t size);
void fuzz_xlsx(const uint8_t *data, size_t size);
void fuzz_xls(const uint8_t *data, size_t size);
void fuzz_spreadsheetml(const uint8_t *data, size_t size);
void fuzz_json_lines(const uint8_t *data, size_t size);

/* Any file, by whatever reader its first bytes ask for. */
void fuzz_rows(const uint8_t *data, size_t size);

/* A cell, by everything that reads values. */
void fuzz_value(const uint8_t *data, size_t size);

/* A mapping profile. */
void fuzz_profile(const uint8_t *data, size_t size);

/* Puts the bytes into a file that is there until the next call; its path. */
const char *fuzz_file(const void *data, size_t size);

/* Aborts with the words when a promise is broken. */
void fuzz_expect(bool kept, const char *promise);

#endif
