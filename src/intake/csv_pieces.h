/* A large CSV file in pieces that end where a row ends, handed out to several threads, and the rows
 * of a piece: what csv_reader reads, several times as fast, for files that leave no doubt. A file
 * that does (a quotation mark inside a cell, a line that ends in a lone CR) is called unsound, and
 * is csv_reader's to read. */
#ifndef XINFENG_INTAKE_CSV_PIECES_H
#define XINFENG_INTAKE_CSV_PIECES_H

#include "intake/row_source.h"

/* A file being handed out. Only UTF-8 without broken bytes is read so. */
struct csv_pieces;

/* Opens the file; size is about its bytes, mark how many of them are a byte order mark at its
 * start. Free with csv_pieces_free. */
enum result csv_pieces_new(struct csv_pieces **pieces, const char *path, uint64_t size, size_t mark,
                           char delimiter, struct error *error);

/* Bytes handed out so far. */
uint64_t csv_pieces_position(struct csv_pieces *pieces);

void csv_pieces_free(struct csv_pieces *pieces);

/* A piece and the row of it that stands. Zeroed before its first use; its memory is kept from one
 * piece to the next. Release with csv_piece_free. */
struct csv_piece {
    struct row row;          /* the row that stands */
    const uint32_t *lengths; /* of its cells, in bytes */
    uint64_t offset;         /* where in the file it starts */
    bool unsound;            /* the file must be read by csv_reader */
    /* how far the reading is */
    char delimiter;
    char *text;
    size_t capacity;
    size_t length;
    uint64_t start; /* where in the file the piece starts */
    char *at;
    char *end;
    int64_t line;
    const char **cells;
    uint32_t *cell_lengths;
    size_t cell_capacity;
    size_t kept; /* cells of rows that are kept */
};

/* A row that is kept while the piece goes on. */
struct csv_kept {
    size_t cells;
    size_t count;
    size_t width;
    int64_t line;
    uint64_t offset;
};

/* Takes the next piece of the file; any thread may, at any time. *more is false at the end. */
enum result csv_pieces_next(struct csv_pieces *pieces, struct csv_piece *piece, bool *more,
                            struct error *error);

/* Reads what stands at an offset and the line there, as far as one row needs: for reading single
 * rows again. */
enum result csv_pieces_at(struct csv_pieces *pieces, struct csv_piece *piece, uint64_t offset,
                          int64_t line, struct error *error);

/* Goes to the next row of the piece; *more is false behind the last one, and when the piece shows
 * itself unsound. Rows without any cell are passed over, as csv_reader does. */
enum result csv_piece_next(struct csv_piece *piece, bool *more, struct error *error);

/* Keeps the row that stands; csv_piece_return makes it stand again, csv_piece_forget lets go of all
 * that are kept. The next piece must not be taken before. */
struct csv_kept csv_piece_keep(struct csv_piece *piece);
void csv_piece_return(struct csv_piece *piece, const struct csv_kept *kept);
void csv_piece_forget(struct csv_piece *piece);

/* Releases the memory of a piece. */
void csv_piece_free(struct csv_piece *piece);

#endif
