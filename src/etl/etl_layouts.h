/* The structures of an .etl file, each as one table of type, field and offset.
 *
 * Every integer is little-endian. Lengths that differ between 32- and 64-bit traces have two tables.
 */
#pragma once

#include "base/layout.h"

/* WMI_BUFFER_HEADER: at the start of every buffer, never compressed. */
#define ETL_BUFFER_HEADER_FIELDS(X, name)                                                                   \
  X (name, u32, buffer_size, 0x00)      /* bytes in the file, with this header */                           \
  X (name, u32, saved_offset, 0x04)     /* bytes used, with this header, once decompressed */               \
  X (name, u32, current_offset, 0x08)                                                                       \
  X (name, u32, reference_count, 0x0C)                                                                      \
  X (name, u64, time_stamp, 0x10)       /* when it was flushed */                                           \
  X (name, u64, sequence_number, 0x18)                                                                      \
  X (name, u64, clock, 0x20)                                                                                \
  X (name, u8, processor_number, 0x28)  /* without ETL_BUFFER_FLAG_PROCESSOR_INDEX */                       \
  X (name, u16, processor_index, 0x28)  /* with it */                                                       \
  X (name, u16, logger_id, 0x2A)                                                                            \
  X (name, u32, state, 0x2C)            /* in the first buffer of a compressed file: the compression */     \
  X (name, u32, offset, 0x30)           /* bytes used, a second copy */                                     \
  X (name, u16, flags, 0x34)            /* ETL_BUFFER_FLAG_… */                                             \
  X (name, u16, type, 0x36)             /* ETL_BUFFER_TYPE_… */                                             \
  X (name, u64, start_time, 0x38)                                                                           \
  X (name, u64, start_performance_clock, 0x40)
LAYOUT_DEFINE (etl_buffer_header, ETL_BUFFER_HEADER_FIELDS)

enum
{
  ETL_BUFFER_TYPE_GENERIC = 0,
  ETL_BUFFER_TYPE_RUNDOWN = 1,
  ETL_BUFFER_TYPE_HEADER = 4,
  ETL_BUFFER_TYPE_BATCHED = 5,
  ETL_BUFFER_TYPE_LAST = 7,
};

#define ETL_BUFFER_SIZE_MAXIMUM (16u << 20) /* bytes; the limit of Windows 8 and later */
#define ETL_BUFFER_FLAGS_KNOWN 0x7F

/* The first four bytes of every event tell which of the headers below it has. */
#define ETL_EVENT_MARK_FIELDS(X, name)                                                                      \
  X (name, u16, size_or_version, 0x00)                                                                      \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, flags, 0x03)
LAYOUT_DEFINE (etl_event_mark, ETL_EVENT_MARK_FIELDS)

enum
{
  ETL_EVENT_TYPE_SYSTEM_32 = 0x01,
  ETL_EVENT_TYPE_SYSTEM_64 = 0x02,
  ETL_EVENT_TYPE_COMPACT_32 = 0x03,
  ETL_EVENT_TYPE_COMPACT_64 = 0x04,
  ETL_EVENT_TYPE_FULL_32 = 0x0A,
  ETL_EVENT_TYPE_INSTANCE_32 = 0x0B,
  ETL_EVENT_TYPE_PERFINFO_32 = 0x10,
  ETL_EVENT_TYPE_PERFINFO_64 = 0x11,
  ETL_EVENT_TYPE_EVENT_32 = 0x12,
  ETL_EVENT_TYPE_EVENT_64 = 0x13,
  ETL_EVENT_TYPE_FULL_64 = 0x14,
  ETL_EVENT_TYPE_INSTANCE_64 = 0x15,
  ETL_EVENT_TYPE_MESSAGE = 0x90, /* the flags byte of a WPP message, which has no type byte */
  ETL_EVENT_FLAGS_ULONG32_TIME = 0xB0,
  ETL_EVENT_FLAGS_TRACE_HEADER = 0xC0,
};

#define ETL_EVENT_ALIGNMENT 8
#define ETL_EVENT_GUID 0x18 /* offset of the GUID in FULL, INSTANCE and EVENT headers */

#define ETL_SYSTEM_HEADER_FIELDS(X, name)                                                                   \
  X (name, u16, version, 0x00)                                                                              \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, flags, 0x03)                                                                                 \
  X (name, u16, size, 0x04) /* bytes of header and payload */                                               \
  X (name, u16, hook, 0x06) /* opcode in the low byte, group in the high one */                             \
  X (name, u32, thread_id, 0x08)                                                                            \
  X (name, u32, process_id, 0x0C)                                                                           \
  X (name, u64, time_stamp, 0x10)                                                                           \
  X (name, u32, kernel_time, 0x18)                                                                          \
  X (name, u32, user_time, 0x1C)
LAYOUT_DEFINE (etl_system_header, ETL_SYSTEM_HEADER_FIELDS)

#define ETL_COMPACT_HEADER_FIELDS(X, name)                                                                  \
  X (name, u16, version, 0x00)                                                                              \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, flags, 0x03)                                                                                 \
  X (name, u16, size, 0x04)                                                                                 \
  X (name, u16, hook, 0x06)                                                                                 \
  X (name, u32, thread_id, 0x08)                                                                            \
  X (name, u32, process_id, 0x0C)                                                                           \
  X (name, u64, time_stamp, 0x10)
LAYOUT_DEFINE (etl_compact_header, ETL_COMPACT_HEADER_FIELDS)

#define ETL_PERFINFO_HEADER_FIELDS(X, name)                                                                 \
  X (name, u16, version, 0x00)                                                                              \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, flags, 0x03)                                                                                 \
  X (name, u16, size, 0x04)                                                                                 \
  X (name, u16, hook, 0x06)                                                                                 \
  X (name, u64, time_stamp, 0x08)
LAYOUT_DEFINE (etl_perfinfo_header, ETL_PERFINFO_HEADER_FIELDS)

/* The version of the three headers above: the event's version in the low byte, and what stands
 * between header and payload in the high one. */
enum
{
  ETL_VERSION_EVENT_MASK = 0x00FF,
  ETL_VERSION_N_COUNTERS_MASK = 0x0700, /* 8 bytes each */
  ETL_VERSION_N_COUNTERS_SHIFT = 8,
  ETL_VERSION_HAS_PEBS_INDEX = 0x8000,  /* 8 bytes */
};

#define ETL_FULL_HEADER_FIELDS(X, name)                                                                     \
  X (name, u16, size, 0x00)                                                                                 \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, flags, 0x03)                                                                                 \
  X (name, u8, opcode, 0x04)                                                                                \
  X (name, u8, level, 0x05)                                                                                 \
  X (name, u16, version, 0x06)                                                                              \
  X (name, u32, thread_id, 0x08)                                                                            \
  X (name, u32, process_id, 0x0C)                                                                           \
  X (name, u64, time_stamp, 0x10)                                                                           \
  X (name, u64, guid, ETL_EVENT_GUID) /* 16 bytes */                                                        \
  X (name, u32, kernel_time, 0x28)                                                                          \
  X (name, u32, user_time, 0x2C)
LAYOUT_DEFINE (etl_full_header, ETL_FULL_HEADER_FIELDS)

#define ETL_INSTANCE_HEADER_FIELDS(X, name)                                                                 \
  ETL_FULL_HEADER_FIELDS (X, name)                                                                          \
  X (name, u32, instance_id, 0x30)                                                                          \
  X (name, u32, parent_instance_id, 0x34)                                                                   \
  X (name, u64, parent_guid_low, 0x38)                                                                      \
  X (name, u64, parent_guid_high, 0x40)
LAYOUT_DEFINE (etl_instance_header, ETL_INSTANCE_HEADER_FIELDS)

#define ETL_EVENT_HEADER_FIELDS(X, name)                                                                    \
  X (name, u16, size, 0x00)                                                                                 \
  X (name, u8, type, 0x02)                                                                                  \
  X (name, u8, header_flags, 0x03)                                                                          \
  X (name, u16, flags, 0x04)                                                                                \
  X (name, u16, property, 0x06)                                                                             \
  X (name, u32, thread_id, 0x08)                                                                            \
  X (name, u32, process_id, 0x0C)                                                                           \
  X (name, u64, time_stamp, 0x10)                                                                           \
  X (name, u64, guid, ETL_EVENT_GUID) /* 16 bytes */                                                        \
  X (name, u16, id, 0x28)                                                                                   \
  X (name, u8, version, 0x2A)                                                                               \
  X (name, u8, channel, 0x2B)                                                                               \
  X (name, u8, level, 0x2C)                                                                                 \
  X (name, u8, opcode, 0x2D)                                                                                \
  X (name, u16, task, 0x2E)                                                                                 \
  X (name, u64, keyword, 0x30)                                                                              \
  X (name, u64, processor_time, 0x38)                                                                       \
  X (name, u64, activity_low, 0x40)                                                                         \
  X (name, u64, activity_high, 0x48)
LAYOUT_DEFINE (etl_event_header, ETL_EVENT_HEADER_FIELDS)

#define ETL_EVENT_FLAG_EXTENDED_ITEMS 0x0001

/* Stands between an EVENT header and its payload; chained by @linkage. */
#define ETL_EXTENDED_ITEM_FIELDS(X, name)                                                                   \
  X (name, u16, size, 0x00) /* bytes to the next item */                                                    \
  X (name, u16, type, 0x02)                                                                                 \
  X (name, u16, linkage, 0x04)                                                                              \
  X (name, u16, data_size, 0x06)
LAYOUT_DEFINE (etl_extended_item, ETL_EXTENDED_ITEM_FIELDS)

#define ETL_EXTENDED_ITEM_HAS_NEXT 0x0001

#define ETL_MESSAGE_HEADER_FIELDS(X, name)                                                                  \
  X (name, u16, size, 0x00)                                                                                 \
  X (name, u8, reserved, 0x02)                                                                              \
  X (name, u8, flags, 0x03)                                                                                 \
  X (name, u16, number, 0x04)                                                                               \
  X (name, u16, options, 0x06) /* ETL_MESSAGE_… : what follows, in the order of the bits */
LAYOUT_DEFINE (etl_message_header, ETL_MESSAGE_HEADER_FIELDS)

enum
{
  ETL_MESSAGE_SEQUENCE = 0x01,     /* u32 */
  ETL_MESSAGE_GUID = 0x02,         /* 16 bytes */
  ETL_MESSAGE_COMPONENT_ID = 0x04, /* u32, instead of the GUID */
  ETL_MESSAGE_TIME_STAMP = 0x08,   /* s64 */
  ETL_MESSAGE_IDS = 0x20,          /* u32 thread, u32 process */
  ETL_MESSAGE_POINTER_32 = 0x40,
  ETL_MESSAGE_POINTER_64 = 0x80,
};

/* TRACE_LOGFILE_HEADER: the fields that stand at one place in both forms, … */
#define ETL_LOG_HEADER_COMMON_FIELDS(X, name)                                                               \
  X (name, u32, buffer_size, 0x00)                                                                          \
  X (name, u8, os_major, 0x04)                                                                              \
  X (name, u8, os_minor, 0x05)                                                                              \
  X (name, u8, format_major, 0x06)                                                                          \
  X (name, u8, format_minor, 0x07)                                                                          \
  X (name, u32, os_build, 0x08)                                                                             \
  X (name, u32, n_processors, 0x0C)                                                                         \
  X (name, u64, end_time, 0x10)                                                                             \
  X (name, u32, timer_resolution, 0x18)                                                                     \
  X (name, u32, maximum_file_size, 0x1C)                                                                    \
  X (name, u32, log_file_mode, 0x20)                                                                        \
  X (name, u32, buffers_written, 0x24)                                                                      \
  X (name, u32, start_buffers, 0x28)                                                                        \
  X (name, u32, pointer_size, 0x2C)                                                                         \
  X (name, u32, events_lost, 0x30)                                                                          \
  X (name, u32, cpu_mhz, 0x34)
LAYOUT_DEFINE (etl_log_header_common, ETL_LOG_HEADER_COMMON_FIELDS)

/* … and those that move with the pointer size; two strings in UTF-16 follow. */
enum
{
  ETL_LOG_HEADER_32_TIME_ZONE = 0x40, /* ETL_TIME_ZONE_FIELDS */
  ETL_LOG_HEADER_64_TIME_ZONE = 0x48,
};

#define ETL_LOG_HEADER_32_FIELDS(X, name)                                                                   \
  X (name, u32, logger_name, 0x38)                                                                          \
  X (name, u32, log_file_name, 0x3C)                                                                        \
  X (name, u32, time_zone, ETL_LOG_HEADER_32_TIME_ZONE)                                                     \
  X (name, u64, boot_time, 0xF0)                                                                            \
  X (name, u64, performance_frequency, 0xF8)                                                                \
  X (name, u64, start_time, 0x100)                                                                          \
  X (name, u32, clock_type, 0x108)                                                                          \
  X (name, u32, buffers_lost, 0x10C)
LAYOUT_DEFINE (etl_log_header_32, ETL_LOG_HEADER_32_FIELDS)

#define ETL_LOG_HEADER_64_FIELDS(X, name)                                                                   \
  X (name, u64, logger_name, 0x38)                                                                          \
  X (name, u64, log_file_name, 0x40)                                                                        \
  X (name, u32, time_zone, ETL_LOG_HEADER_64_TIME_ZONE)                                                     \
  X (name, u64, boot_time, 0xF8)                                                                            \
  X (name, u64, performance_frequency, 0x100)                                                               \
  X (name, u64, start_time, 0x108)                                                                          \
  X (name, u32, clock_type, 0x110)                                                                          \
  X (name, u32, buffers_lost, 0x114)
LAYOUT_DEFINE (etl_log_header_64, ETL_LOG_HEADER_64_FIELDS)

/* TIME_ZONE_INFORMATION; the biases are signed minutes. */
enum
{
  ETL_TIME_ZONE_STANDARD_NAME = 0x04,
  ETL_TIME_ZONE_STANDARD_DATE = 0x44,
  ETL_TIME_ZONE_DAYLIGHT_NAME = 0x58,
  ETL_TIME_ZONE_DAYLIGHT_DATE = 0x98,
  ETL_TIME_ZONE_NAME_BYTES = 64, /* UTF-16 */
};

#define ETL_TIME_ZONE_FIELDS(X, name)                                                                       \
  X (name, u32, bias, 0x00)                                                                                 \
  X (name, u16, standard_name, ETL_TIME_ZONE_STANDARD_NAME)                                                 \
  X (name, u64, standard_date, ETL_TIME_ZONE_STANDARD_DATE) /* ETL_SYSTEM_TIME_FIELDS */                    \
  X (name, u32, standard_bias, 0x54)                                                                        \
  X (name, u16, daylight_name, ETL_TIME_ZONE_DAYLIGHT_NAME)                                                 \
  X (name, u64, daylight_date, ETL_TIME_ZONE_DAYLIGHT_DATE) /* ETL_SYSTEM_TIME_FIELDS */                    \
  X (name, u32, daylight_bias, 0xA8)
LAYOUT_DEFINE (etl_time_zone, ETL_TIME_ZONE_FIELDS)

/* SYSTEMTIME; year 0 makes @day the how-manieth @day_of_week of the month, 5 the last one. */
#define ETL_SYSTEM_TIME_FIELDS(X, name)                                                                     \
  X (name, u16, year, 0x00)                                                                                 \
  X (name, u16, month, 0x02)                                                                                \
  X (name, u16, day_of_week, 0x04) /* 0 is Sunday */                                                        \
  X (name, u16, day, 0x06)                                                                                  \
  X (name, u16, hour, 0x08)                                                                                 \
  X (name, u16, minute, 0x0A)                                                                               \
  X (name, u16, second, 0x0C)                                                                               \
  X (name, u16, millisecond, 0x0E)
LAYOUT_DEFINE (etl_system_time, ETL_SYSTEM_TIME_FIELDS)
