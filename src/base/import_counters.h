/* Everything that a reader of a trace skipped, inferred or lost, as one table of counters.
 *
 * Nothing is dropped in silence: where a reader cannot use something it adds to a counter, and
 * the window and the command line show every counter that is not zero with its sentence.
 */
#pragma once

#include <glib.h>

typedef enum
{
  IMPORT_SEVERITY_INFORMATION, /* normal, worth knowing */
  IMPORT_SEVERITY_INFERRED,    /* numbers rest on an inference */
  IMPORT_SEVERITY_DATA_LOSS,   /* something that was recorded is missing from the numbers */
} ImportSeverity;

/* X (id, severity, sentence); a sentence is shown behind its number. To be translated where it is shown. */
#define IMPORT_COUNTERS(X)                                                                                  \
  X (EVENTS_READ, INFORMATION, N_ ("events were read"))                                                      \
  X (BUFFERS_READ, INFORMATION, N_ ("buffers were read"))                                                    \
  X (POOL_ALLOCATION_EVENTS, INFORMATION, N_ ("pool allocation events were read"))                           \
  X (POOL_FREE_EVENTS, INFORMATION, N_ ("pool free events were read"))                                       \
  X (POOL_OTHER_EVENTS, INFORMATION, N_ ("pool events of kinds without a known layout (pages, snapshots) were left out")) \
  X (POOL_EVENTS_MALFORMED, DATA_LOSS, N_ ("pool events were too short to be read and were left out"))       \
  X (POOL_FAILED_ALLOCATIONS, INFORMATION, N_ ("allocations failed (address 0) and have no block"))          \
  X (POOL_PROTECTED_TAGS, INFORMATION, N_ ("pool events carried the mark of a protected tag, which is not shown")) \
  X (POOL_FREES_BEFORE_TRACE, INFERRED, N_ ("frees were of blocks allocated before the trace"))              \
  X (POOL_FREES_ALLOCATION_LOST, INFERRED, N_ ("frees were of blocks whose allocation was lost"))            \
  X (POOL_FREES_NOT_SEEN, INFERRED, N_ ("blocks ended when their address was allocated again; their free was not seen")) \
  X (POOL_FREES_TAG_DIFFERS, INFERRED, N_ ("frees carried another tag than their allocation; the allocation's is shown")) \
  X (POOL_FREES_SESSION_DIFFERS, INFERRED, N_ ("frees were matched by address alone, without their session")) \
  X (POOL_THREADS_FROM_STACKS, INFERRED, N_ ("pool events got their thread from their stack"))               \
  X (POOL_THREADS_FROM_SWITCHES, INFERRED, N_ ("pool events got their thread from context switches"))        \
  X (POOL_THREADS_UNKNOWN, INFERRED, N_ ("pool events have no known thread"))                                \
  X (STACK_FRAGMENTS, INFORMATION, N_ ("stack fragments were read"))                                         \
  X (STACK_FRAGMENTS_ATTACHED, INFORMATION, N_ ("stack fragments belong to pool events"))                    \
  X (STACK_FRAGMENTS_UNMATCHED, INFORMATION, N_ ("stack fragments belong to other events or to none"))       \
  X (STACK_EVENTS_MALFORMED, DATA_LOSS, N_ ("stack events were too short to be read"))                       \
  X (STACK_KEYS_DEFINED, INFORMATION, N_ ("stack keys were defined"))                                        \
  X (STACK_KEYS_UNDEFINED, DATA_LOSS, N_ ("stack keys were used but never defined; their stacks show as [No stack]")) \
  X (STACK_PENDING_DROPPED, INFERRED, N_ ("events waited too long for the user part of their stack and went on without it")) \
  X (STACKS_LEFT_OUT, DATA_LOSS, N_ ("stacks were left out: all frames together are more than can be numbered"))             \
  X (PROCESS_EVENTS, INFORMATION, N_ ("process events were read"))                                           \
  X (PROCESS_EVENTS_MALFORMED, DATA_LOSS, N_ ("process events could not be read"))                           \
  X (THREAD_EVENTS, INFORMATION, N_ ("thread events were read"))                                             \
  X (THREAD_EVENTS_MALFORMED, DATA_LOSS, N_ ("thread events could not be read"))                             \
  X (IMAGE_EVENTS, INFORMATION, N_ ("image events were read"))                                               \
  X (IMAGE_EVENTS_MALFORMED, DATA_LOSS, N_ ("image events could not be read"))                               \
  X (IMAGE_IDENTITIES, INFORMATION, N_ ("image identities were read"))                                       \
  X (SYSTEM_EVENTS_MALFORMED, DATA_LOSS, N_ ("system configuration events could not be read"))               \
  X (EVENTS_OF_UNKNOWN_HEADER, DATA_LOSS, N_ ("events had an unknown kind of header and were stepped over")) \
  X (EVENTS_BEFORE_START, INFORMATION, N_ ("events are older than the file's first event and count as time 0")) \
  X (BUFFERS_DAMAGED, DATA_LOSS, N_ ("buffers are damaged; they were read up to the damage"))                \
  X (BUFFERS_SKIPPED, DATA_LOSS, N_ ("buffers could not be read at all"))                                    \
  X (BUFFERS_OF_UNKNOWN_TYPE, DATA_LOSS, N_ ("buffers hold something other than events and were left out"))  \
  X (BUFFERS_OUT_OF_ORDER, INFERRED, N_ ("buffers held events out of time order, which were sorted"))        \
  X (BUFFERS_CUT_SHORT, DATA_LOSS, N_ ("buffers were cut short by the end of the file"))                     \
  X (BUFFERS_UNSUPPORTED_COMPRESSION, DATA_LOSS, N_ ("buffers use a compression that cannot be read"))       \
  X (BYTES_NOT_READ, DATA_LOSS, N_ ("bytes of the file belong to no readable buffer"))                       \
  X (BYTES_CHANGED_MEANWHILE, DATA_LOSS, N_ ("bytes were added to the file or cut off it while it was read; open it again when nothing writes to it")) \
  X (ARCHIVE_BYTES_MISSING, DATA_LOSS, N_ ("bytes of the trace are missing: the archive it came in is damaged; copy it again")) \
  X (EVENTS_LOST, DATA_LOSS, N_ ("events were lost while recording"))                                        \
  X (BUFFERS_LOST, DATA_LOSS, N_ ("buffers were lost while recording"))

#define IMPORT_COUNTER_ID(id, severity, sentence) IMPORT_##id,
typedef enum
{
  IMPORT_COUNTERS (IMPORT_COUNTER_ID) IMPORT_N_COUNTERS
} ImportCounter;
#undef IMPORT_COUNTER_ID

/* A set of counters belongs to one thread; sets are added up with import_counters_add(). */
typedef struct
{
  guint64 values[IMPORT_N_COUNTERS];
} ImportCounters;

const char *import_counter_get_name (ImportCounter counter);
const char *import_counter_get_sentence (ImportCounter counter);
ImportSeverity import_counter_get_severity (ImportCounter counter);
void import_counters_add (ImportCounters *self, const ImportCounters *other);
