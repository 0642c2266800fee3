#pragma once

#include <glib.h>

/* The modules of the machine in the sample traces and the functions in them. The symbol files that
 * accompany the sample trace are made from the same table. */

typedef struct
{
  const char *name;
  guint32 rva, size_bytes;
} SampleFunction;

typedef struct
{
  const char *short_name; /* in stacks: "nt!IofCallDriver" */
  const char *file_name;  /* as an image event has it */
  const char *folder;     /* NT path, with the last backslash */
  guint64 base;
  guint32 size_bytes;
  guint32 time_date_stamp;
  guint32 check_sum;
  const char *pdb_name;
  guint8 pdb_guid_seed; /* see sample_module_get_pdb_guid () */
  guint32 pdb_age;
  const char *description, *company, *version;
  const SampleFunction *functions; /* ascending RVAs */
  guint n_functions;
} SampleModule;

const SampleModule *sample_modules_get (guint *n_modules);
const SampleModule *sample_modules_find (const char *short_name, gsize length);
const SampleFunction *sample_module_find_function (const SampleModule *self, const char *name, gsize length);
gboolean sample_module_is_kernel (const SampleModule *self);
void sample_module_get_pdb_guid (const SampleModule *self, guint8 guid[16]);
