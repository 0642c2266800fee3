/* Single allocations as commands of the Windows debugger, to be pasted into WinDbg or KD where the machine, or a dump
 * of it, is at hand. */
#pragma once

#include "model/pool_trace.h"

/* For row @interval of the trace's intervals a comment with tag, type, size, time and process, and the command that
 * shows the block: "!pool ADDRESS 2", where flag 2 leaves out the other blocks of its page. Two lines.
 * Source: Microsoft's reference of the extension command !pool, and of the comment token "*". */
void debugger_commands_append (GString *text, const PoolTrace *trace, guint32 interval);
