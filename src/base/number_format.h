/* Numbers as text and back, the same in window, command line and exports; no locale. */
#pragma once

#include <glib.h>

/* "338 MiB", "8.4 KiB", "−12 B": binary units, three significant digits at most; (transfer full) */
char *format_bytes (gint64 n_bytes);
void format_append_bytes (GString *text, gint64 n_bytes);
/* "41 233" with thin no-break spaces between groups of three; (transfer full) */
char *format_count (gint64 count);
void format_append_count (GString *text, gint64 count);
/* Plain digits; "-12" */
void format_append_unsigned (GString *text, guint64 value);
void format_append_integer (GString *text, gint64 value);
/* "0x1a2b" */
void format_append_hexadecimal (GString *text, guint64 value);
/* "12.4 s", "350 ms", "1 min 30 s": a length of time; (transfer full) */
char *format_duration (gint64 ns);
/* Seconds with as many decimals as @resolution_ns needs: "12.400 s" */
char *format_time (gint64 ns, gint64 resolution_ns);
/* FILETIME (100 ns since 1601, UTC), shifted by -bias minutes, as "2024-05-01 12:03:04"; (transfer full) */
char *format_filetime (gint64 filetime, gint32 bias_minutes);
/* "12K", "5 MiB", "1.5GB" (B KB MB GB KiB MiB GiB) to bytes. */
gboolean parse_bytes (const char *text, guint64 *ret_bytes);
/* One end of --range: "1.5", "1.5s", "20ms", "3us", "7ns" to ns, without rounding through floating point. */
gboolean parse_time (const char *text, gint64 *ret_ns);
