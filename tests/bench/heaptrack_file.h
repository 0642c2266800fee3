/* Writes what happened in a benchmark's trace as heaptrack records it, for its own tools: plain text of file version 3.
 *
 * Each line is a letter and numbers in hex: s a string, with its length; i an instruction pointer with its module's
 * string; t a frame, an instruction pointer below another frame; a what is allocated, a size and the frame of the call;
 * + and - the allocation and the free of such; c the time in ms. Strings, pointers and frames count from 1, 0 is none;
 * what is allocated counts from 0.
 */
#pragma once

#include "bench_workload.h"

typedef struct _HeaptrackFile HeaptrackFile;

/* Creates the file at @path, with all @stacks (array length=BENCH_STACKS). Returns: (nullable): NULL when it cannot be
 * created, errno set. */
HeaptrackFile *heaptrack_file_new (const char *path, const BenchStack *stacks);
/* A block of @size_bytes is allocated at the stack, or freed, @ticks of 100 ns after the start. */
void heaptrack_file_add (HeaptrackFile *self, guint32 stack, guint32 size_bytes, gboolean is_free, gint64 ticks);
/* Closes the file. FALSE when something could not be written, errno set. */
gboolean heaptrack_file_finish (HeaptrackFile *self);
