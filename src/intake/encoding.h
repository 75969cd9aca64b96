/* What bytes a text file is written in, and turning them into UTF-8 bit by bit. */
#ifndef XINFENG_INTAKE_ENCODING_H
#define XINFENG_INTAKE_ENCODING_H

#include "base/buffer.h"
#include "base/result.h"

#include <stdint.h>

/* The encodings officers' files come in: code, and the name that ICU knows. */
#define ENCODING_TABLE(X)                                                                          \
    X(UTF_8, "UTF-8")                                                                              \
    X(GB18030, "GB18030")                                                                          \
    X(UTF_16LE, "UTF-16LE")                                                                        \
    X(UTF_16BE, "UTF-16BE")

enum encoding {
#define ENCODING_ENUM(code, name) ENCODING_##code,
    ENCODING_TABLE(ENCODING_ENUM)
#undef ENCODING_ENUM
};

/* What detection found out. */
struct encoding_finding {
    enum encoding encoding;
    size_t mark;          /* bytes of the byte order mark to skip */
    uint64_t size;        /* bytes of the file */
    uint64_t invalid;     /* broken sequences in that encoding */
    int64_t invalid_line; /* physical line of the first one, from 1; 0: none */
};

/* The encoding's name, such as "GB18030". */
const char *encoding_name(enum encoding encoding);

/* Reads the whole file at path once and finds its encoding: a byte order mark decides, or zero
 * bytes as UTF-16 has them; else UTF-8 or GB18030, whichever the bytes break least. RESULT_INVALID,
 * naming the line of the first broken bytes, when the file is no text in any of them; a stray
 * broken sequence in an otherwise good file is let through and counted. */
enum result encoding_detect(const char *path, struct encoding_finding *finding,
                            struct error *error);

/* A text file being read as UTF-8. */
struct encoding_stream;

/* Opens the file for reading as found; free with encoding_stream_free. */
enum result encoding_stream_open(struct encoding_stream **stream, const char *path,
                                 const struct encoding_finding *finding, struct error *error);

/* Appends the next piece (some ten kilobytes) as well-formed UTF-8; broken sequences and NUL
 * bytes become U+FFFD. Appends nothing at the end of the file, *end telling so. */
enum result encoding_stream_read(struct encoding_stream *stream, struct buffer *text, bool *end,
                                 struct error *error);

/* Bytes of the file read so far. */
uint64_t encoding_stream_position(const struct encoding_stream *stream);

/* NULL is harmless. */
void encoding_stream_free(struct encoding_stream *stream);

#endif
