/* A trace without any fault, and one for each thing that can be wrong with a recording: health-NAME.etl. */
#pragma once

/* Writes them into @folder. */
void make_health_traces (const char *folder);
