/* The payloads of kernel events, each described once; see base/layout.h. Only the fixed part in
 * front of the first string, security identifier or list of frames is in a table. Payloads are
 * packed: no field is aligned. */
#pragma once

#include "base/layout.h"

/* The getter and the size of the 32- or 64-bit form of a structure. */
#define KERNEL_FIELD(layout, pointer_size, field, bytes)                                                    \
  ((pointer_size) == 8 ? layout##_64_get_##field (bytes) : layout##_32_get_##field (bytes))
#define KERNEL_SIZE(layout, pointer_size)                                                                   \
  ((gsize) ((pointer_size) == 8 ? (int) layout##_64_SIZE : (int) layout##_32_SIZE))

/* Pool, group 0x0E. The session variants have one more field. */
#define POOL_32_FIELDS(X, name)                                                                             \
  X (name, u32, type, 0x00)                                                                                 \
  X (name, u32, tag, 0x04)                                                                                  \
  X (name, u32, size_bytes, 0x08)                                                                           \
  X (name, u32, address, 0x0C)
#define POOL_64_FIELDS(X, name)                                                                             \
  X (name, u32, type, 0x00)                                                                                 \
  X (name, u32, tag, 0x04)                                                                                  \
  X (name, u64, size_bytes, 0x08)                                                                           \
  X (name, u64, address, 0x10)
#define POOL_SESSION_32_FIELDS(X, name) POOL_32_FIELDS (X, name) X (name, u32, session, 0x10)
#define POOL_SESSION_64_FIELDS(X, name) POOL_64_FIELDS (X, name) X (name, u32, session, 0x18)
LAYOUT_DEFINE (pool_32, POOL_32_FIELDS)
LAYOUT_DEFINE (pool_64, POOL_64_FIELDS)
LAYOUT_DEFINE (pool_session_32, POOL_SESSION_32_FIELDS)
LAYOUT_DEFINE (pool_session_64, POOL_SESSION_64_FIELDS)

/* Process, group 0x03. Version 2 has the fixed part of version 1; a security identifier follows. */
#define PROCESS_V0_32_FIELDS(X, name)                                                                       \
  X (name, u32, process_id, 0x00)                                                                           \
  X (name, u32, parent_id, 0x04)
#define PROCESS_V0_64_FIELDS(X, name)                                                                       \
  X (name, u64, process_id, 0x00)                                                                           \
  X (name, u64, parent_id, 0x08)
#define PROCESS_V1_32_FIELDS(X, name)                                                                       \
  X (name, u32, unique_key, 0x00)                                                                           \
  X (name, u32, process_id, 0x04)                                                                           \
  X (name, u32, parent_id, 0x08)                                                                            \
  X (name, u32, session, 0x0C)                                                                              \
  X (name, u32, exit_status, 0x10)
#define PROCESS_V1_64_FIELDS(X, name)                                                                       \
  X (name, u64, unique_key, 0x00)                                                                           \
  X (name, u32, process_id, 0x08)                                                                           \
  X (name, u32, parent_id, 0x0C)                                                                            \
  X (name, u32, session, 0x10)                                                                              \
  X (name, u32, exit_status, 0x14)
#define PROCESS_V3_32_FIELDS(X, name) PROCESS_V1_32_FIELDS (X, name) X (name, u32, directory_table, 0x14)
#define PROCESS_V3_64_FIELDS(X, name) PROCESS_V1_64_FIELDS (X, name) X (name, u64, directory_table, 0x18)
#define PROCESS_V4_32_FIELDS(X, name) PROCESS_V3_32_FIELDS (X, name) X (name, u32, flags, 0x18)
#define PROCESS_V4_64_FIELDS(X, name) PROCESS_V3_64_FIELDS (X, name) X (name, u32, flags, 0x20)
LAYOUT_DEFINE (process_v0_32, PROCESS_V0_32_FIELDS)
LAYOUT_DEFINE (process_v0_64, PROCESS_V0_64_FIELDS)
LAYOUT_DEFINE (process_v1_32, PROCESS_V1_32_FIELDS)
LAYOUT_DEFINE (process_v1_64, PROCESS_V1_64_FIELDS)
LAYOUT_DEFINE (process_v3_32, PROCESS_V3_32_FIELDS)
LAYOUT_DEFINE (process_v3_64, PROCESS_V3_64_FIELDS)
LAYOUT_DEFINE (process_v4_32, PROCESS_V4_32_FIELDS)
LAYOUT_DEFINE (process_v4_64, PROCESS_V4_64_FIELDS)

/* Thread, group 0x05. Version 0 has the two ids the other way round; from version 2 on seven
 * pointers follow them. */
#define THREAD_V0_FIELDS(X, name)                                                                           \
  X (name, u32, thread_id, 0x00)                                                                            \
  X (name, u32, process_id, 0x04)
#define THREAD_V1_FIELDS(X, name)                                                                           \
  X (name, u32, process_id, 0x00)                                                                           \
  X (name, u32, thread_id, 0x04)
#define THREAD_V2_32_FIELDS(X, name) THREAD_V1_FIELDS (X, name) X (name, u32, sub_process_tag, 0x24)
#define THREAD_V2_64_FIELDS(X, name) THREAD_V1_FIELDS (X, name) X (name, u32, sub_process_tag, 0x40)
#define THREAD_V3_32_FIELDS(X, name) THREAD_V2_32_FIELDS (X, name) X (name, u32, priorities, 0x28)
#define THREAD_V3_64_FIELDS(X, name) THREAD_V2_64_FIELDS (X, name) X (name, u32, priorities, 0x44)
LAYOUT_DEFINE (thread_v0, THREAD_V0_FIELDS)
LAYOUT_DEFINE (thread_v1, THREAD_V1_FIELDS)
LAYOUT_DEFINE (thread_v2_32, THREAD_V2_32_FIELDS)
LAYOUT_DEFINE (thread_v2_64, THREAD_V2_64_FIELDS)
LAYOUT_DEFINE (thread_v3_32, THREAD_V3_32_FIELDS)
LAYOUT_DEFINE (thread_v3_64, THREAD_V3_64_FIELDS)

#define CONTEXT_SWITCH_FIELDS(X, name)                                                                      \
  X (name, u32, new_thread_id, 0x00)                                                                        \
  X (name, u32, old_thread_id, 0x04)
LAYOUT_DEFINE (context_switch, CONTEXT_SWITCH_FIELDS)

/* Stack walk, group 0x18. Frames follow STACK_FRAMES and STACK_DEFINITION. */
#define STACK_FRAMES_FIELDS(X, name)                                                                        \
  X (name, u64, event_ticks, 0x00)                                                                          \
  X (name, u32, process_id, 0x08)                                                                           \
  X (name, u32, thread_id, 0x0C)
#define STACK_KEY_32_FIELDS(X, name) STACK_FRAMES_FIELDS (X, name) X (name, u32, key, 0x10)
#define STACK_KEY_64_FIELDS(X, name) STACK_FRAMES_FIELDS (X, name) X (name, u64, key, 0x10)
#define STACK_DEFINITION_32_FIELDS(X, name) X (name, u32, key, 0x00)
#define STACK_DEFINITION_64_FIELDS(X, name) X (name, u64, key, 0x00)
LAYOUT_DEFINE (stack_frames, STACK_FRAMES_FIELDS)
LAYOUT_DEFINE (stack_key_32, STACK_KEY_32_FIELDS)
LAYOUT_DEFINE (stack_key_64, STACK_KEY_64_FIELDS)
LAYOUT_DEFINE (stack_definition_32, STACK_DEFINITION_32_FIELDS)
LAYOUT_DEFINE (stack_definition_64, STACK_DEFINITION_64_FIELDS)

/* Image, group 0x14 (and Load, hook 0x030A). The path follows. */
#define IMAGE_V0_32_FIELDS(X, name)                                                                         \
  X (name, u32, base_address, 0x00)                                                                         \
  X (name, u32, size_bytes, 0x04)
#define IMAGE_V0_64_FIELDS(X, name)                                                                         \
  X (name, u64, base_address, 0x00)                                                                         \
  X (name, u32, size_bytes, 0x08)
#define IMAGE_V1_32_FIELDS(X, name) IMAGE_V0_32_FIELDS (X, name) X (name, u32, process_id, 0x08)
#define IMAGE_V1_64_FIELDS(X, name)                                                                         \
  X (name, u64, base_address, 0x00)                                                                         \
  X (name, u64, size_bytes, 0x08)                                                                           \
  X (name, u32, process_id, 0x10)
#define IMAGE_V2_32_FIELDS(X, name)                                                                         \
  IMAGE_V1_32_FIELDS (X, name)                                                                              \
  X (name, u32, checksum, 0x0C)                                                                             \
  X (name, u32, time_date_stamp, 0x10)                                                                      \
  X (name, u32, signature, 0x14)                                                                            \
  X (name, u32, default_base, 0x18)                                                                         \
  X (name, u32, last_reserved, 0x28)
#define IMAGE_V2_64_FIELDS(X, name)                                                                         \
  IMAGE_V1_64_FIELDS (X, name)                                                                              \
  X (name, u32, checksum, 0x14)                                                                             \
  X (name, u32, time_date_stamp, 0x18)                                                                      \
  X (name, u32, signature, 0x1C)                                                                            \
  X (name, u64, default_base, 0x20)                                                                         \
  X (name, u32, last_reserved, 0x34)
LAYOUT_DEFINE (image_v0_32, IMAGE_V0_32_FIELDS)
LAYOUT_DEFINE (image_v0_64, IMAGE_V0_64_FIELDS)
LAYOUT_DEFINE (image_v1_32, IMAGE_V1_32_FIELDS)
LAYOUT_DEFINE (image_v1_64, IMAGE_V1_64_FIELDS)
LAYOUT_DEFINE (image_v2_32, IMAGE_V2_32_FIELDS)
LAYOUT_DEFINE (image_v2_64, IMAGE_V2_64_FIELDS)

/* Image identities, which merging adds. Strings follow all but IDENTITY_OTHER. */
#define IDENTITY_OTHER_32_FIELDS(X, name)                                                                   \
  X (name, u32, base_address, 0x00)                                                                         \
  X (name, u32, process_id, 0x04)
#define IDENTITY_OTHER_64_FIELDS(X, name)                                                                   \
  X (name, u64, base_address, 0x00)                                                                         \
  X (name, u32, process_id, 0x08)
#define IDENTITY_FILE_32_FIELDS(X, name)                                                                    \
  X (name, u32, base_address, 0x00)                                                                         \
  X (name, u32, size_bytes, 0x04)                                                                           \
  X (name, u32, process_id, 0x08)                                                                           \
  X (name, u32, time_date_stamp, 0x0C)
#define IDENTITY_FILE_64_FIELDS(X, name)                                                                    \
  X (name, u64, base_address, 0x00)                                                                         \
  X (name, u64, size_bytes, 0x08)                                                                           \
  X (name, u32, process_id, 0x10)                                                                           \
  X (name, u32, time_date_stamp, 0x14)
#define IDENTITY_RSDS_32_FIELDS(X, name)                                                                    \
  IDENTITY_OTHER_32_FIELDS (X, name)                                                                        \
  X (name, u8, guid, 0x08)                                                                                  \
  X (name, u32, age, 0x18)
#define IDENTITY_RSDS_64_FIELDS(X, name)                                                                    \
  IDENTITY_OTHER_64_FIELDS (X, name)                                                                        \
  X (name, u8, guid, 0x0C)                                                                                  \
  X (name, u32, age, 0x1C)
#define IDENTITY_VERSION_FIELDS(X, name)                                                                    \
  X (name, u32, size_bytes, 0x00)                                                                           \
  X (name, u32, time_date_stamp, 0x04)
LAYOUT_DEFINE (identity_other_32, IDENTITY_OTHER_32_FIELDS)
LAYOUT_DEFINE (identity_other_64, IDENTITY_OTHER_64_FIELDS)
LAYOUT_DEFINE (identity_file_32, IDENTITY_FILE_32_FIELDS)
LAYOUT_DEFINE (identity_file_64, IDENTITY_FILE_64_FIELDS)
LAYOUT_DEFINE (identity_rsds_32, IDENTITY_RSDS_32_FIELDS)
LAYOUT_DEFINE (identity_rsds_64, IDENTITY_RSDS_64_FIELDS)
LAYOUT_DEFINE (identity_version, IDENTITY_VERSION_FIELDS)

/* What describes the machine. The texts of PROCESSORS and PROCESSOR_NAME have a fixed length: their
 * first and last characters stand in the tables. */
enum
{
  COMPUTER_NAME_FIRST = 0x14,
  COMPUTER_NAME_LAST = 0x212,
  PROCESSOR_NAME_FIRST = 0x0C,
  PROCESSOR_NAME_LAST = 0x8A,
};
#define GROUP_MASKS_FIELDS(X, name)                                                                         \
  X (name, u32, mask_0, 0x00)                                                                               \
  X (name, u32, mask_1, 0x04)                                                                               \
  X (name, u32, mask_7, 0x1C)
#define PROCESSORS_FIELDS(X, name)                                                                          \
  X (name, u32, mhz, 0x00)                                                                                  \
  X (name, u32, n_processors, 0x04)                                                                         \
  X (name, u32, memory_mib, 0x08)                                                                           \
  X (name, u32, page_size_bytes, 0x0C)                                                                      \
  X (name, u32, allocation_granularity_bytes, 0x10)                                                         \
  X (name, u16, computer_name_first, COMPUTER_NAME_FIRST)                                                   \
  X (name, u16, computer_name_last, COMPUTER_NAME_LAST)
#define PROCESSOR_NAME_FIELDS(X, name)                                                                      \
  X (name, u32, index, 0x00)                                                                                \
  X (name, u32, mhz, 0x08)                                                                                  \
  X (name, u16, name_first, PROCESSOR_NAME_FIRST)                                                           \
  X (name, u16, name_last, PROCESSOR_NAME_LAST)                                                             \
  X (name, u16, identifier_last, 0x1AA)
#define SERVICE_FIELDS(X, name)                                                                             \
  X (name, u32, process_id, 0x00)                                                                           \
  X (name, u32, state, 0x04)                                                                                \
  X (name, u32, sub_process_tag, 0x08)
#define BUILD_FIELDS(X, name) X (name, u64, install_filetime, 0x00)
LAYOUT_DEFINE (group_masks, GROUP_MASKS_FIELDS)
LAYOUT_DEFINE (processors, PROCESSORS_FIELDS)
LAYOUT_DEFINE (processor_name, PROCESSOR_NAME_FIELDS)
LAYOUT_DEFINE (service, SERVICE_FIELDS)
LAYOUT_DEFINE (build, BUILD_FIELDS)
