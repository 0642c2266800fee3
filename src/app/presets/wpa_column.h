/* The columns of Windows Performance Analyzer as columns of our table. */
#pragma once

#include "app/presets/column_layout.h"
#include "profile/wpa_presets.h"

/* Letters and digits of a name, in lower case: versions write "ImpactingType" and "Impacting Type". (transfer full) */
char *wpa_column_fold_name (const char *name);
/* The dimension that a column shows, by its name and how it shows stacks; FALSE when we have none like it. */
gboolean wpa_column_find_dimension (const WpaColumn *column, Dimension *ret_dimension);
/* The column that stands for it: a group left of WPA's gold bar, else a value. FALSE when there is none. */
gboolean wpa_column_find (const WpaColumn *column, TableColumn *ret_column);
