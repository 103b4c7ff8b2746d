// The format of a database, byte by byte. Whoever changes it raises kFormatVersion.
//
// A DIRECTORY
//
//   TRIPTEN    "Tripten database, format 3\n"; during creation "Tripten database, unfinished\n".
//              A directory without this file is no database.
//   WRITER     Whoever writes holds an exclusive lock on it (open file description lock) and keeps
//              three lines in it: process id, host, start time.
//   COMMITS    16 bytes: the number of the last synced commit, xxh3 of it. Written after the commit
//              and never ahead of it: a database whose state is older has lost part of its log.
//   incoming/  SST files of a generation being built; removed by the next writer.
//   the rest   RocksDB's: CURRENT, MANIFEST-*, OPTIONS-*, IDENTITY, LOCK, *.sst, *.log
//
// NOTATION
//
//   u8 u32 u64   unsigned, little-endian         be32 be64   the same, big-endian (keys: they sort)
//   varint       7 bits a byte, lowest first, the top bit says "more"; at most 10 bytes
//   zigzag       varint of (n << 1) ^ (n >> 63)  id          u64, a TermId (storage/term_id.h)
//   xxh3         u64, XXH3_64bits of all the bytes of the value before it
//
// A FOLDER OF BACKUPS
//
//   TRIPTEN-BACKUPS  "Tripten backups, format 3\n"
//   the rest         RocksDB's BackupEngine's: meta/, private/, shared_checksum/
//
// COLUMN FAMILIES
//
//   default      "format"     u32 kFormatVersion
//                "state"      u64 commit number, u64 next dictionary entry, u64 next blank node,
//                             xxh3. Rewritten by every commit.
//                "manifest"   which keys below are the base; a single write of it switches
//                             generations:
//                             u64 generation, u64 quads, u32 rows in a full block,
//                             id of the graph that all quads are in (0 where there are several or
//                             no quads), 7 times (one per QuadOrder): u32 blocks, u32 index chunks,
//                             u32 group chunks;
//                             u32 chunks of characteristic sets;
//                             u64 epoch of the dictionary, u64 its first entry;
//                             u32 runs, for each: u64 run, u64 first entry, u64 entries,
//                             u32 blocks, u32 index chunks; xxh3
//   quads        be64 generation, u8 order, be32 block number → quad block
//   terms        be64 run, be32 block number → term block
//   indexes      'Q' be64 generation, u8 order, be32 chunk number → block metadata, in order
//                'G' be64 generation, u8 order, be32 chunk number → group counts (Psog, Posg, Gspo)
//                'S' be64 generation, be32 chunk number → characteristic sets
//                'T' be64 run, be32 chunk number → term index, in order
//   new_terms    be64 epoch, 'I' be64 entry → encoded term (rdf/term_codec.h) that came by a
//                transaction
//                be64 epoch, 'H' be64 XXH3_64bits of an encoded term → u64 entry, once for each
//                such term
//   delta        be64 subject, be64 predicate, be64 object, be64 graph → u8: 1 a quad that is there
//                and not in the base, 0 a quad of the base that is not there
//
// Keys of other generations, runs and epochs than the manifest's are left over from a load that
// never ended, or from an old generation that still had readers; the next writer removes them.
//
// Where all quads are in one graph, Gspo has no blocks, index and group chunks: its rows are those
// of Spog, the graph moved from the last column to the first.
//
// Entry numbers are given once: those below the manifest's first entry are of earlier epochs. Each
// entry from there up to the state's next one is in one run or one row of new_terms.
//
// QUAD BLOCK: up to 4,096 quads, sorted, permuted into the columns of their order
//
//   u8 compression: 0 none, 1 zstd
//   u32 rows
//   u32 size of the body before compression
//   body: u32 size of column 0, of 1, of 2, of 3; column 0, 1, 2, 3
//   xxh3
//
// A column, decoded without the others:
//
//   u8 0: constant   id
//   u8 1: runs       segments, varint number of runs, sequence of the runs' codes,
//                    sequence of the rows after each run's last one (the last is the row count)
//   u8 2: packed     segments, sequence of the rows' codes
//
// Segments compact the ids' value space, since the kind in an id's top bits would make all
// differences wide: u8 count, for each: id (its lowest), varint span (highest - lowest). Codes
// number the ids of the first segment 0..span, those of the second span+1.., and so on; they order
// as the ids do.
//
// A sequence of n numbers is frames of 128 numbers (the last one shorter):
//
//   u8 0x00 + width    varint lowest; then n * width bits, number - lowest each
//   u8 0x80 + width    varint first, zigzag step; then (n - 1) * width bits, each the number minus
//                      the one before it minus step
//
// Bits are filled from the lowest bit of the first byte; a frame ends at a byte's end.
//
// BLOCK METADATA chunk: up to 1,024 times
//
//   4 ids first row, 4 ids last row, 4 ids lowest per column, 4 ids highest per column,
//   u32 rows, u32 distinct values of column 0, of columns 0-1, of columns 0-2 (inside the block)
//
// and at the end xxh3. GROUP COUNTS chunk: up to 4,096 times id, u64 quads with that leading
// column, u64 different values of the next column among these, by id; then xxh3.
//
// CHARACTERISTIC SETS chunk: groups of subjects that have the same predicates: varint subjects,
// varint predicates, for each, by id: id, varint quads, varint subjects that have it; then xxh3.
// The first group of the first chunk is the rest: subjects whose sets are not among the 4,096 kept
// ones.
//
// TERM BLOCK: encoded terms, sorted, with consecutive entry numbers
//
//   u8 compression: 0 none, 1 zstd
//   varint terms, varint bytes of all the terms, varint size of the body before compression
//   body: for each term: varint bytes shared with the term before, varint other bytes, those bytes
//   xxh3
//
// TERM INDEX chunk: up to 1,024 times: varint terms in the block, varint size, bytes of a
// separator: above all terms of the blocks before and not above the first of this one; then xxh3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tripten {

constexpr std::uint32_t kFormatVersion = 3;

constexpr std::string_view kIdentityFile = "TRIPTEN";
constexpr std::string_view kBackupIdentityFile = "TRIPTEN-BACKUPS";
constexpr std::string_view kWriterFile = "WRITER";
constexpr std::string_view kCommitsFile = "COMMITS";
constexpr std::string_view kIncomingFolder = "incoming";

constexpr std::string_view kFormatKey = "format";
constexpr std::string_view kStateKey = "state";
constexpr std::string_view kManifestKey = "manifest";

constexpr std::size_t kIndexChunkBlocks = 1024;
constexpr std::size_t kGroupChunkEntries = 4096;
constexpr std::size_t kFrameNumbers = 128;

}  // namespace tripten
