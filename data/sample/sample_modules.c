#include "sample/sample_modules.h"

#include <string.h>

#define FUNCTIONS(array) array, G_N_ELEMENTS (array)
#define NO_FUNCTIONS NULL, 0

#include "sample/sample_modules_table.h"

/* Returns: (transfer none) (array length=n_modules): the kernel's modules and those of the processes. */
const SampleModule *
sample_modules_get (guint *n_modules)
{
  *n_modules = G_N_ELEMENTS (modules);
  return modules;
}

/* Returns: (transfer none) (nullable): the module whose short name is the first @length bytes of @short_name.
 */
const SampleModule *
sample_modules_find (const char *short_name, gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (strlen (modules[i].short_name) == length && memcmp (modules[i].short_name, short_name, length) == 0)
      return &modules[i];
  return NULL;
}

/* Returns: (transfer none) (nullable): the function named by the first @length bytes of @name. */
const SampleFunction *
sample_module_find_function (const SampleModule *self, const char *name, gsize length)
{
  for (guint i = 0; i < self->n_functions; i++)
    if (strlen (self->functions[i].name) == length && memcmp (self->functions[i].name, name, length) == 0)
      return &self->functions[i];
  return NULL;
}

/* Whether the module is in the kernel's half of the addresses. */
gboolean
sample_module_is_kernel (const SampleModule *self)
{
  return self->base >= 0xFFFF800000000000u;
}

/* The identity of the module's PDB: 16 bytes as a GUID has them in memory. */
void
sample_module_get_pdb_guid (const SampleModule *self, guint8 guid[16])
{
  guint32 state = 0x9E3779B9u * self->pdb_guid_seed + self->time_date_stamp;
  for (guint i = 0; i < 16; i++)
    {
      state = state * 1664525u + 1013904223u;
      guid[i] = (guint8)(state >> 24);
    }
  /* A random GUID says so in its version and variant. */
  guid[7] = (guint8)((guid[7] & 0x0F) | 0x40);
  guid[8] = (guint8)((guid[8] & 0x3F) | 0x80);
}
