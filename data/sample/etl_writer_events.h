#pragma once

#include "sample/etl_writer.h"

/* The events of a pool trace, one function each. The EtlEvent gives processor, ticks, thread and process;
 * its kind and version may be set, else the usual ones are taken; hook and GUID are filled in. Addresses
 * and sizes are cut to the event's pointer size. */

/* Pool, group 0x0E. */

enum
{
  ETL_POOL_ALLOCATION = 0x0E20,
  ETL_POOL_SESSION_ALLOCATION = 0x0E21,
  ETL_POOL_FREE = 0x0E22,
  ETL_POOL_SESSION_FREE = 0x0E23,
};

typedef struct
{
  guint32 type; /* pool type and modifier bits: 1 paged, 0x200 NX, 0x20 session, 0x10000000 big */
  guint32 tag;  /* etl_tag () */
  guint64 size_bytes;
  guint64 address;
  guint32 session_id; /* of the session hooks */
} EtlPoolBlock;

guint32 etl_tag (const char *text);
void etl_writer_pool (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlPoolBlock *block);

/* Stacks, group 0x18. Process and thread of the EtlEvent are those of the event the stack belongs to;
 * frames are return addresses, innermost first. */

enum
{
  ETL_STACK_KEY_DELETE = 0x1823,
  ETL_STACK_KEY_RUNDOWN = 0x1824,
  ETL_STACK_KEY_KERNEL = 0x1825,
  ETL_STACK_KEY_USER = 0x1826,
};

void etl_writer_stack (EtlWriter *self, const EtlEvent *at, gint64 event_ticks, const guint64 *frames,
                       guint n_frames);
void etl_writer_stack_key (EtlWriter *self, const EtlEvent *at, guint16 hook, gint64 event_ticks,
                           guint64 key);
void etl_writer_stack_definition (EtlWriter *self, const EtlEvent *at, guint16 hook, guint64 key,
                                  const guint64 *frames, guint n_frames);

/* Processes, group 0x03, and threads, group 0x05. */

enum
{
  ETL_PROCESS_START = 0x0301,
  ETL_PROCESS_END = 0x0302,
  ETL_PROCESS_DC_START = 0x0303,
  ETL_PROCESS_DC_END = 0x0304,
  ETL_PROCESS_DEFUNCT = 0x0327,
  ETL_THREAD_START = 0x0501,
  ETL_THREAD_END = 0x0502,
  ETL_THREAD_DC_START = 0x0503,
  ETL_THREAD_DC_END = 0x0504,
};

typedef struct
{
  guint64 unique_key;
  guint32 process_id, parent_id, session_id;
  gint32 exit_status;
  guint64 directory_table;
  guint32 flags;
  guint n_sub_authorities; /* of the user's SID; 0: no SID */
  const char *image_name;  /* without path */
  const char *command_line;
  const char *package_name, *application_id;
  gint64 exit_time; /* FILETIME; version 5 */
} EtlProcess;

typedef struct
{
  guint32 process_id, thread_id;
  guint64 stack_base, start_address, teb;
  guint32 sub_process_tag;
  const char *name; /* NULL: the older form without it */
} EtlThread;

void etl_writer_process (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlProcess *process);
void etl_writer_thread (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlThread *thread);
void etl_writer_context_switch (EtlWriter *self, const EtlEvent *at, guint32 new_thread_id,
                                guint32 old_thread_id);

/* Images, group 0x14, and what a merge of the trace adds about them. */

enum
{
  ETL_IMAGE_LOAD = 0x030A,
  ETL_IMAGE_UNLOAD = 0x1402,
  ETL_IMAGE_DC_START = 0x1403,
  ETL_IMAGE_DC_END = 0x1404,
};

typedef struct
{
  guint64 base, size_bytes;
  guint32 process_id, check_sum, time_date_stamp;
  guint64 default_base;
  const char *path;               /* NT path */
  const char *original_file_name; /* ImageId's */
  EtlGuid pdb_guid;
  guint32 pdb_age;
  const char *pdb_name;
  const char *description, *company, *product, *file_version;
} EtlImage;

void etl_writer_image (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlImage *image);
void etl_writer_image_id (EtlWriter *self, const EtlEvent *at, const EtlImage *image);
void etl_writer_image_rsds (EtlWriter *self, const EtlEvent *at, const EtlImage *image);
void etl_writer_image_without_rsds (EtlWriter *self, const EtlEvent *at, const EtlImage *image);
void etl_writer_file_version (EtlWriter *self, const EtlEvent *at, const EtlImage *image);
void etl_writer_image_identity (EtlWriter *self, const EtlEvent *at, const EtlImage *image);

/* The session, the machine and losses. */

enum
{
  ETL_GROUP_MASKS = 0x0005,
  ETL_RUNDOWN_COMPLETE = 0x0008,
  ETL_GROUP_MASKS_END = 0x0020,
  ETL_BUILD_LAB = 0x0042,
  ETL_PARTITION_INFO = 0x0050,
  ETL_LOST_EVENT = 32,
  ETL_LOST_BUFFER = 33,
  ETL_LOST_FILE = 34,
};

typedef struct
{
  guint32 mhz, n_processors, memory_mib;
  const char *computer_name, *domain;
} EtlMachine;

typedef struct
{
  guint32 process_id, state, sub_process_tag;
  const char *name, *display_name, *process_name, *load_order_group, *svchost_group;
} EtlService;

void etl_writer_group_masks (EtlWriter *self, const EtlEvent *at, guint16 hook, const guint32 masks[8],
                             guint32 kernel_event_version);
void etl_writer_rundown_complete (EtlWriter *self, const EtlEvent *at);
void etl_writer_build_lab (EtlWriter *self, const EtlEvent *at, const char *build_lab);
void etl_writer_partition_info (EtlWriter *self, const EtlEvent *at);
void etl_writer_lost (EtlWriter *self, const EtlEvent *at, guint8 opcode);
void etl_writer_build_info (EtlWriter *self, const EtlEvent *at, gint64 install_time, const char *build_lab,
                            const char *product_name);
void etl_writer_system_paths (EtlWriter *self, const EtlEvent *at, const char *system32, const char *windows);
void etl_writer_volume_mapping (EtlWriter *self, const EtlEvent *at, const char *nt_path,
                                const char *dos_path);
void etl_writer_processor_config (EtlWriter *self, const EtlEvent *at, const EtlMachine *machine);
void etl_writer_service (EtlWriter *self, const EtlEvent *at, const EtlService *service);
