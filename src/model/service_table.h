/* The services that the trace lists, each with its process. A service that is listed at the beginning and at
 * the end of the recording has one row. */
#pragma once

#include "kernel/system_event.h"
#include "model/process_table.h"

typedef struct
{
  GArray *services;  /* of PoolService (owned) */
  GHashTable *known; /* "process id/tag/name" (owned) of the rows */
} ServiceTable;

void service_table_init (ServiceTable *self);
void service_table_clear (ServiceTable *self);
/* Takes a SYSTEM_EVENT_SERVICE; steals its texts. The owner of its pid is the one that @processes has now. */
void service_table_add (ServiceTable *self, SystemEvent *event, const ProcessTable *processes);
/* Gives services whose process became known only later its row. */
void service_table_complete (ServiceTable *self, const ProcessTable *processes);
