#include "bench_report.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static void
append_line (const char *line)
{
  const char *path = g_getenv ("POOLSCOPE_BENCH_LINES");
  if (!path)
    return;
  FILE *file = fopen (path, "a");
  if (!file || fputs (line, file) < 0 || fclose (file) != 0)
    g_error ("“%s” cannot be written: %s", path, g_strerror (errno));
}

static void
add (const char *what, double value, const char *unit, double goal, gboolean is_at_least)
{
  char value_text[G_ASCII_DTOSTR_BUF_SIZE], goal_text[G_ASCII_DTOSTR_BUF_SIZE];
  gboolean is_met = is_at_least ? value >= goal : value <= goal;
  printf ("%-66s %9.2f %-3s  goal %s %7.2f  %s\n", what, value, unit, is_at_least ? "≥" : "≤", goal,
           is_met ? "met" : "NOT MET");
  fflush (stdout);
  g_autofree char *line = g_strdup_printf (
    "{\"case\": \"%s\", \"value\": %s, \"unit\": \"%s\", \"goal\": %s, \"at_least\": %s, \"met\": %s}\n", what,
    g_ascii_formatd (value_text, sizeof value_text, "%.4f", value), unit,
    g_ascii_formatd (goal_text, sizeof goal_text, "%.4f", goal), is_at_least ? "true" : "false",
    is_met ? "true" : "false");
  append_line (line);
}

void
bench_report_add (const char *what, double value, const char *unit, double goal)
{
  add (what, value, unit, goal, FALSE);
}

void
bench_report_add_at_least (const char *what, double value, const char *unit, double goal)
{
  add (what, value, unit, goal, TRUE);
}

static int
compare_doubles (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return (left > right) - (left < right);
}

double
bench_report_get_median (double *values, gsize n)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[n / 2];
}
