#include "fuzz/pack.h"

#include <stdint.h>
#include <string.h>

#include <zlib.h>

#define SECTOR 512
#define SHORT 64
#define SHORT_STREAM 4096
#define END 0xFFFFFFFEul
#define FREE 0xFFFFFFFFul
#define TABLE 0xFFFFFFFDul

#define PART(name, text)                                                                           \
    { name, text, sizeof(text) - 1 }

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define RELATIONS "http://schemas.openxmlformats.org/package/2006/relationships"

const struct pack_part pack_usual[PACK_USUAL_PARTS] = {
    PART("_rels/.rels", "<Relationships xmlns='" RELATIONS "'><Relationship Id='r1' Type='" OFFICE
                        "/officeDocument' Target='workbook.xml'/></Relationships>"),
    PART("workbook.xml",
         "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/"
         "main' xmlns:r='" OFFICE "'><sheets><sheet name='表' r:id='r1'/></sheets></workbook>"),
    PART("_rels/workbook.xml.rels",
         "<Relationships xmlns='" RELATIONS "'><Relationship Id='r1' Type='" OFFICE
         "/worksheet' Target='sheet.xml'/><Relationship Id='r2' Type='" OFFICE
         "/sharedStrings' Target='strings.xml'/><Relationship Id='r3' Type='" OFFICE
         "/styles' Target='styles.xml'/></Relationships>"),
};

void pack_number2(struct buffer *out, unsigned number) {
    buffer_append_char(out, (char)(number & 0xFF));
    buffer_append_char(out, (char)(number >> 8 & 0xFF));
}

void pack_number4(struct buffer *out, unsigned long number) {
    pack_number2(out, (unsigned)(number & 0xFFFF));
    pack_number2(out, (unsigned)(number >> 16 & 0xFFFF));
}

void pack_real(struct buffer *out, double number) {
    uint64_t bits;
    memcpy(&bits, &number, sizeof(bits));
    pack_number4(out, (unsigned long)(bits & 0xFFFFFFFFu));
    pack_number4(out, (unsigned long)(bits >> 32));
}

void pack_record(struct buffer *out, unsigned type, const void *bytes, size_t length) {
    pack_number2(out, type);
    pack_number2(out, (unsigned)length);
    buffer_append(out, bytes, length);
}

static void append_zeros(struct buffer *out, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_append_char(out, '\0');
    }
}

/* What the two heads of a part have in common. */
static void append_part(struct buffer *out, const struct pack_part *part) {
    pack_number2(out, 20);         /* version */
    pack_number2(out, 0x0800);     /* names are UTF-8 */
    pack_number2(out, 0);          /* stored */
    pack_number4(out, 0x00210000); /* 1 January 1980 */
    pack_number4(out, crc32(0, part->bytes, (uInt)part->length));
    pack_number4(out, part->length);
    pack_number4(out, part->length);
    pack_number2(out, (unsigned)strlen(part->name));
    pack_number2(out, 0);
}

void pack_zip(struct buffer *out, const struct pack_part *parts, size_t count) {
    struct buffer directory = BUFFER_INIT;
    size_t start = out->length;
    for (size_t i = 0; i < count; i++) {
        size_t at = out->length - start;
        pack_number4(out, 0x04034b50);
        append_part(out, &parts[i]);
        buffer_append_text(out, parts[i].name);
        buffer_append(out, parts[i].bytes, parts[i].length);
        pack_number4(&directory, 0x02014b50);
        pack_number2(&directory, 20);
        append_part(&directory, &parts[i]);
        append_zeros(&directory, 10);
        pack_number4(&directory, at);
        buffer_append_text(&directory, parts[i].name);
    }
    size_t at = out->length - start;
    buffer_append(out, directory.data, directory.length);
    pack_number4(out, 0x06054b50);
    append_zeros(out, 4);
    pack_number2(out, (unsigned)count);
    pack_number2(out, (unsigned)count);
    pack_number4(out, directory.length);
    pack_number4(out, at);
    pack_number2(out, 0);
    buffer_free(&directory);
}

/* One of four entries of the directory. */
static void append_entry(struct buffer *out, const char *name, char kind, unsigned long child,
                         unsigned long first, size_t length) {
    size_t letters = strlen(name);
    for (size_t i = 0; i < 32; i++) {
        pack_number2(out, i < letters ? (unsigned char)name[i] : 0);
    }
    pack_number2(out, letters == 0 ? 0 : (unsigned)(2 * (letters + 1)));
    buffer_append_char(out, kind);
    buffer_append_char(out, 1);
    pack_number4(out, FREE);
    pack_number4(out, FREE);
    pack_number4(out, child);
    append_zeros(out, 36);
    pack_number4(out, first);
    pack_number4(out, length);
    pack_number4(out, 0);
}

/* Appends a chain of the sector table: sectors from first on, one behind the other. */
static void append_chain(struct buffer *out, size_t first, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pack_number4(out, i + 1 == count ? END : first + i + 1);
    }
}

static void pad(struct buffer *out, size_t start, size_t unit, char byte) {
    while ((out->length - start) % unit != 0) {
        buffer_append_char(out, byte);
    }
}

void pack_compound(struct buffer *out, const char *name, const void *bytes, size_t length) {
    size_t start = out->length;
    bool is_short = length < SHORT_STREAM;
    size_t data = (length + SECTOR - 1) / SECTOR;
    size_t shorts = is_short ? (length + SHORT - 1) / SHORT : 0;
    size_t tables = 1;
    while (tables * (SECTOR / 4) < 1 + (size_t)is_short + data + tables) {
        tables++;
    }
    /* Sectors: directory, table of short sectors if any, data, sector tables. */
    size_t data_at = 1 + (size_t)is_short;
    buffer_append(out, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    append_zeros(out, 16);
    pack_number2(out, 0x3E);
    pack_number2(out, 3);
    pack_number2(out, 0xFFFE);
    pack_number2(out, 9);
    pack_number2(out, 6);
    append_zeros(out, 10);
    pack_number4(out, tables);
    pack_number4(out, 0); /* the directory's sector */
    append_zeros(out, 4);
    pack_number4(out, SHORT_STREAM);
    pack_number4(out, is_short ? 1 : END);
    pack_number4(out, is_short);
    pack_number4(out, END);
    pack_number4(out, 0);
    for (size_t i = 0; i < 109; i++) {
        pack_number4(out, i < tables ? data_at + data + i : FREE);
    }
    append_entry(out, "Root Entry", 5, 1, is_short && data > 0 ? data_at : END,
                 is_short ? data * SECTOR : 0);
    append_entry(out, name, 2, FREE, is_short ? 0 : data_at, length);
    append_entry(out, "", 0, FREE, 0, 0);
    append_entry(out, "", 0, FREE, 0, 0);
    if (is_short) {
        append_chain(out, 0, shorts);
        pad(out, start, SECTOR, '\xFF');
    }
    buffer_append(out, bytes, length);
    pad(out, start, SECTOR, '\0');
    pack_number4(out, END);
    append_chain(out, 1, is_short);
    append_chain(out, data_at, data);
    for (size_t i = 0; i < tables; i++) {
        pack_number4(out, TABLE);
    }
    pad(out, start, SECTOR, '\xFF');
}
