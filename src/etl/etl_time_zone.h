/* The time zone of the recorded computer (TIME_ZONE_INFORMATION). */
#pragma once

#include "base/byte_span.h"

char *etl_time_zone_resolve (const guint8 *zone, gint64 filetime, gint32 *ret_bias_minutes);
