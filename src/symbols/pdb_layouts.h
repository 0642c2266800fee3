/* The structures of a PDB and of a PE image, each as one table of type, field and offset. */
#pragma once

#include "base/layout.h"

/* The first page of the container (MSF 7.00); the page numbers of the directory's map follow at
 * MSF_DIRECTORY_MAP_OFFSET. */
#define MSF_SUPERBLOCK_FIELDS(X, name)                                                                      \
  X (name, u32, page_size, 0x20)      /* bytes */                                                           \
  X (name, u32, active_page_map, 0x24)                                                                      \
  X (name, u32, n_pages, 0x28)                                                                              \
  X (name, u32, directory_size, 0x2C) /* bytes */                                                           \
  X (name, u32, unused, 0x30)
LAYOUT_DEFINE (msf_superblock, MSF_SUPERBLOCK_FIELDS)
#define MSF_DIRECTORY_MAP_OFFSET 0x34
#define MSF_NIL_SIZE 0xFFFFFFFFu /* size of a stream that does not exist */
#define MSF_NO_STREAM 0xFFFFu

enum
{
  PDB_STREAM_INFO = 1,
  PDB_STREAM_DBI = 3,
};

/* The start of the info stream. */
#define PDB_INFO_FIELDS(X, name)                                                                            \
  X (name, u32, version, 0x00)                                                                              \
  X (name, u32, signature, 0x04)                                                                            \
  X (name, u32, age, 0x08) /* grows with every rewrite; not the one to compare */                           \
  X (name, u64, guid_low, 0x0C)                                                                             \
  X (name, u64, guid_high, 0x14)                                                                            \
  X (name, u32, names_size, 0x1C)
LAYOUT_DEFINE (pdb_info, PDB_INFO_FIELDS)
#define PDB_INFO_GUID_OFFSET 0x0C
#define PDB_INFO_VERSION_WITH_GUID 20000404u
#define PDB_FEATURE_MINIMAL 0x494E494Du /* "MINI": made with /DEBUG:FASTLINK */

/* The start of the DBI stream. The parts it measures follow in the order of the fields, but for the
 * last two, which are swapped. */
#define PDB_DBI_HEADER_FIELDS(X, name)                                                                      \
  X (name, u32, mark, 0x00) /* PDB_DBI_MARK */                                                              \
  X (name, u32, version, 0x04)                                                                              \
  X (name, u32, age, 0x08)  /* the one an image's CodeView record has */                                    \
  X (name, u16, symbol_stream, 0x14)                                                                        \
  X (name, u32, modules_size, 0x18)                                                                         \
  X (name, u32, contributions_size, 0x1C)                                                                   \
  X (name, u32, section_map_size, 0x20)                                                                     \
  X (name, u32, files_size, 0x24)                                                                           \
  X (name, u32, type_servers_size, 0x28)                                                                    \
  X (name, u32, debug_streams_size, 0x30)                                                                   \
  X (name, u32, edit_and_continue_size, 0x34)                                                               \
  X (name, u16, flags, 0x38)                                                                                \
  X (name, u16, machine, 0x3A)                                                                              \
  X (name, u32, padding, 0x3C)
LAYOUT_DEFINE (pdb_dbi_header, PDB_DBI_HEADER_FIELDS)
#define PDB_DBI_MARK 0xFFFFFFFFu
#define PDB_DBI_PART_SIZE_MAXIMUM 0x7FFFFFFFu /* the sizes are signed */

/* One module; its name and its library's name follow, then it is padded to four bytes. */
#define PDB_MODULE_FIELDS(X, name)                                                                          \
  X (name, u16, stream, 0x22)                                                                               \
  X (name, u32, symbols_size, 0x24) /* bytes, with the signature at the start of the stream */              \
  X (name, u32, old_lines_size, 0x28) /* bytes: of a format that compilers no longer write */               \
  X (name, u32, lines_size, 0x2C)   /* bytes */                                                             \
  X (name, u32, file_names, 0x3C)
LAYOUT_DEFINE (pdb_module, PDB_MODULE_FIELDS)

/* What one module put into a section. */
#define PDB_CONTRIBUTION_FIELDS(X, name)                                                                    \
  X (name, u16, section, 0x00) /* from 1 */                                                                 \
  X (name, u32, offset, 0x04)                                                                               \
  X (name, u32, size, 0x08)                                                                                 \
  X (name, u16, module, 0x10)  /* from 0 */                                                                 \
  X (name, u32, relocations_crc, 0x18)
LAYOUT_DEFINE (pdb_contribution, PDB_CONTRIBUTION_FIELDS)
#define PDB_CONTRIBUTIONS_VERSION_1 0xF12EBA2Du
#define PDB_CONTRIBUTIONS_VERSION_2 0xF13151E4u /* four bytes more in each */

/* The optional streams that the DBI stream numbers, in their order. */
enum
{
  PDB_DEBUG_STREAM_OMAP_TO_SOURCE = 3,
  PDB_DEBUG_STREAM_OMAP_FROM_SOURCE = 4,
  PDB_DEBUG_STREAM_SECTIONS = 5,
  PDB_DEBUG_STREAM_ORIGINAL_SECTIONS = 10,
  PDB_N_DEBUG_STREAMS = 11,
};

/* IMAGE_SECTION_HEADER */
#define PE_SECTION_FIELDS(X, name)                                                                          \
  X (name, u32, virtual_size, 0x08)                                                                         \
  X (name, u32, virtual_address, 0x0C)                                                                      \
  X (name, u32, raw_size, 0x10)                                                                             \
  X (name, u32, raw_offset, 0x14)                                                                           \
  X (name, u32, characteristics, 0x24)
LAYOUT_DEFINE (pe_section, PE_SECTION_FIELDS)
#define PE_SECTION_IS_CODE (0x20000000u | 0x20u) /* execute, contains code */

/* One step of a map between the layouts before and after an image was rearranged. */
#define PDB_OMAP_FIELDS(X, name) X (name, u32, rva, 0x00) X (name, u32, target, 0x04)
LAYOUT_DEFINE (pdb_omap, PDB_OMAP_FIELDS)

/* The start of every symbol record; the length does not count itself. */
#define PDB_RECORD_FIELDS(X, name) X (name, u16, length, 0x00) X (name, u16, kind, 0x02)
LAYOUT_DEFINE (pdb_record, PDB_RECORD_FIELDS)

enum
{
  PDB_RECORD_END = 0x0006,
  PDB_RECORD_THUNK = 0x1102,
  PDB_RECORD_PUBLIC = 0x110E,
  PDB_RECORD_LOCAL_PROCEDURE = 0x110F,
  PDB_RECORD_GLOBAL_PROCEDURE = 0x1110,
  PDB_RECORD_TRAMPOLINE = 0x112C,
  PDB_RECORD_SEPARATED_CODE = 0x1132,
  PDB_RECORD_SECTION = 0x1136,
  PDB_RECORD_LOCAL_PROCEDURE_ID = 0x1146,
  PDB_RECORD_GLOBAL_PROCEDURE_ID = 0x1147,
  PDB_RECORD_PROCEDURE_ID_END = 0x114F,
  PDB_RECORD_LOCAL_DPC_PROCEDURE = 0x1155,
  PDB_RECORD_LOCAL_DPC_PROCEDURE_ID = 0x1156,
};

#define PDB_PUBLIC_FIELDS(X, name)                                                                          \
  X (name, u32, flags, 0x04) X (name, u32, offset, 0x08) X (name, u16, section, 0x0C)
LAYOUT_DEFINE (pdb_public, PDB_PUBLIC_FIELDS)

#define PDB_PROCEDURE_FIELDS(X, name)                                                                       \
  X (name, u32, end, 0x08) /* of the scope: offset in the module's stream */                                \
  X (name, u32, size, 0x10)                                                                                 \
  X (name, u32, offset, 0x20)                                                                               \
  X (name, u16, section, 0x24)                                                                              \
  X (name, u8, flags, 0x26)
LAYOUT_DEFINE (pdb_procedure, PDB_PROCEDURE_FIELDS)

#define PDB_THUNK_FIELDS(X, name)                                                                           \
  X (name, u32, offset, 0x10)                                                                               \
  X (name, u16, section, 0x14)                                                                              \
  X (name, u16, size, 0x16)                                                                                 \
  X (name, u8, ordinal, 0x18)
LAYOUT_DEFINE (pdb_thunk, PDB_THUNK_FIELDS)

#define PDB_TRAMPOLINE_FIELDS(X, name)                                                                      \
  X (name, u16, size, 0x06)                                                                                 \
  X (name, u32, offset, 0x08)                                                                               \
  X (name, u32, target_offset, 0x0C)                                                                        \
  X (name, u16, section, 0x10)                                                                              \
  X (name, u16, target_section, 0x12)
LAYOUT_DEFINE (pdb_trampoline, PDB_TRAMPOLINE_FIELDS)

#define PDB_SEPARATED_CODE_FIELDS(X, name)                                                                  \
  X (name, u32, size, 0x0C)                                                                                 \
  X (name, u32, offset, 0x14)                                                                               \
  X (name, u32, parent_offset, 0x18)                                                                        \
  X (name, u16, section, 0x1C)                                                                              \
  X (name, u16, parent_section, 0x1E)
LAYOUT_DEFINE (pdb_separated_code, PDB_SEPARATED_CODE_FIELDS)

/* Behind a module's symbols: its lines, in subsections of these kinds among others, each padded to four bytes.
 * A kind with the highest bit set does not count. */
#define PDB_SUBSECTION_FIELDS(X, name) X (name, u32, kind, 0x00) X (name, u32, size, 0x04) /* of what follows */
LAYOUT_DEFINE (pdb_subsection, PDB_SUBSECTION_FIELDS)
enum
{
  PDB_SUBSECTION_LINES = 0xF2,
  PDB_SUBSECTION_CHECKSUMS = 0xF4, /* of the source files */
};

/* The lines of one piece of code; blocks follow. */
#define PDB_LINES_FIELDS(X, name)                                                                           \
  X (name, u32, offset, 0x00)                                                                               \
  X (name, u16, section, 0x04)                                                                              \
  X (name, u16, flags, 0x06)                                                                                \
  X (name, u32, size, 0x08) /* of the code, bytes */
LAYOUT_DEFINE (pdb_lines, PDB_LINES_FIELDS)

/* Lines of one file: so many PDB_LINE_FIELDS follow, then perhaps columns. */
#define PDB_LINE_BLOCK_FIELDS(X, name)                                                                      \
  X (name, u32, file, 0x00) /* the place of its entry among the check sums */                               \
  X (name, u32, n_lines, 0x04)                                                                              \
  X (name, u32, size, 0x08) /* bytes, with this header */
LAYOUT_DEFINE (pdb_line_block, PDB_LINE_BLOCK_FIELDS)

#define PDB_LINE_FIELDS(X, name)                                                                            \
  X (name, u32, offset, 0x00) /* of the code, from the start of the piece */                                \
  X (name, u32, number, 0x04) /* its lower bits */
LAYOUT_DEFINE (pdb_line, PDB_LINE_FIELDS)
#define PDB_LINE_NUMBER_MASK 0xFFFFFFu
#define PDB_LINE_HIDDEN 0xFEEFEEu /* code of no line, also the next one */
#define PDB_LINE_HIDDEN_STEP_INTO 0xF00F00u

/* A source file; its check sum follows. */
#define PDB_CHECKSUM_FIELDS(X, name) X (name, u32, file_name, 0x00) /* its place in the stream of names */
LAYOUT_DEFINE (pdb_checksum, PDB_CHECKSUM_FIELDS)

/* The named stream of names, each with its NUL, which begin behind a header. */
#define PDB_NAMES_STREAM "/names"
#define PDB_NAMES_OFFSET 12u

/* What the linker's module says of a section, in files without a stream of section headers. */
#define PDB_SECTION_RECORD_FIELDS(X, name)                                                                  \
  X (name, u16, section, 0x04)                                                                              \
  X (name, u32, rva, 0x08)                                                                                  \
  X (name, u32, size, 0x0C)                                                                                 \
  X (name, u32, characteristics, 0x10)
LAYOUT_DEFINE (pdb_section_record, PDB_SECTION_RECORD_FIELDS)

enum
{
  PE_MACHINE_X86 = 0x014C,
  PE_MACHINE_X64 = 0x8664,
  PE_MACHINE_ARM64 = 0xAA64,
};

/* IMAGE_DOS_HEADER, IMAGE_FILE_HEADER with its mark, and what is needed of both IMAGE_OPTIONAL_HEADERs. */
#define PE_DOS_HEADER_FIELDS(X, name) X (name, u16, mark, 0x00) X (name, u32, header_offset, 0x3C)
LAYOUT_DEFINE (pe_dos_header, PE_DOS_HEADER_FIELDS)
#define PE_DOS_MARK 0x5A4Du /* "MZ" */

#define PE_HEADER_FIELDS(X, name)                                                                           \
  X (name, u32, mark, 0x00)                                                                                 \
  X (name, u16, n_sections, 0x06)                                                                           \
  X (name, u32, time_date_stamp, 0x08)                                                                      \
  X (name, u16, optional_size, 0x14) /* bytes */                                                            \
  X (name, u16, optional_magic, 0x18)                                                                       \
  X (name, u32, image_size, 0x50)    /* bytes */
LAYOUT_DEFINE (pe_header, PE_HEADER_FIELDS)
#define PE_MARK 0x00004550u /* "PE" */
#define PE_MAGIC_32 0x010Bu
#define PE_MAGIC_64 0x020Bu

/* From the optional header on: the number of data directories, and the one of debug data. */
#define PE_DEBUG_32_FIELDS(X, name)                                                                         \
  X (name, u32, n_directories, 0x5C) X (name, u32, rva, 0x90) X (name, u32, size, 0x94)
LAYOUT_DEFINE (pe_debug_32, PE_DEBUG_32_FIELDS)
#define PE_DEBUG_64_FIELDS(X, name)                                                                         \
  X (name, u32, n_directories, 0x6C) X (name, u32, rva, 0xA0) X (name, u32, size, 0xA4)
LAYOUT_DEFINE (pe_debug_64, PE_DEBUG_64_FIELDS)
#define PE_OPTIONAL_HEADER_OFFSET 0x18
#define PE_DEBUG_DIRECTORY_INDEX 6

/* IMAGE_DEBUG_DIRECTORY */
#define PE_DEBUG_ENTRY_FIELDS(X, name)                                                                      \
  X (name, u32, type, 0x0C)                                                                                 \
  X (name, u32, size, 0x10)                                                                                 \
  X (name, u32, file_offset, 0x18)
LAYOUT_DEFINE (pe_debug_entry, PE_DEBUG_ENTRY_FIELDS)
#define PE_DEBUG_TYPE_CODEVIEW 2

/* The CodeView record of a PDB 7.00; the PDB's path follows. */
#define PE_CODEVIEW_FIELDS(X, name)                                                                         \
  X (name, u32, mark, 0x00)                                                                                 \
  X (name, u64, guid_low, 0x04)                                                                             \
  X (name, u64, guid_high, 0x0C)                                                                            \
  X (name, u32, age, 0x14)
LAYOUT_DEFINE (pe_codeview, PE_CODEVIEW_FIELDS)
#define PE_CODEVIEW_MARK 0x53445352u /* "RSDS" */
#define PE_CODEVIEW_GUID_OFFSET 0x04
