/* The values of options: lists of dimensions and metrics, numbers, ranges, one of several words.
 * Each function reports what is wrong as the usage error of the command and then returns FALSE. */
#pragma once

#include "cli/arguments.h"

gboolean argument_parse_grouping (const Command *command, const char *option, const char *text,
                                  Dimension grouping[N_DIMENSIONS], gsize *ret_n_levels);
gboolean argument_parse_metrics (const Command *command, const char *text, Metric metrics[N_METRICS],
                                 gsize *ret_n_metrics);
gboolean argument_parse_metric (const Command *command, const char *text, Metric *ret_metric);
gboolean argument_parse_size (const Command *command, const char *option, const char *text, guint64 *ret_bytes);
gboolean argument_parse_number (const Command *command, const char *option, const char *text, guint64 minimum,
                                guint64 maximum, guint64 *ret_number);
gboolean argument_parse_word (const Command *command, const char *option, const char *text,
                              const char *const *words, guint *ret_index);
gboolean argument_check_range (const Command *command, const char *text);
gboolean argument_parse_filter (const Command *command, char **texts, PoolFilter **ret_filter);
