#include "profile/profile_check.h"

#include "base/byte_source.h"
#include "profile/profile_rules.h"

#define MAXIMUM_READ_BYTES (2 << 20) /* more than any profile has: the check then says that it is too large  \
                                      */

G_DEFINE_QUARK (poolscope - profile - error, profile_error)

GBytes *
profile_read_file (const char *path, GError **error)
{
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  if (!source)
    return NULL;
  gsize size = (gsize) MIN (byte_source_get_size (source), (guint64) MAXIMUM_READ_BYTES);
  g_autofree guint8 *bytes = g_malloc (MAX (size, 1));
  gssize n_read = byte_source_read (source, 0, bytes, size, error);
  return n_read < 0 ? NULL : g_bytes_new_take (g_steal_pointer (&bytes), (gsize) n_read);
}

void
profile_check_add (ProfileCheck *self, ProfileFindingKind kind, xmlNode *node, const char *subject)
{
  for (guint i = 0; i < self->findings->len; i++)
    {
      const ProfileFinding *other = g_ptr_array_index (self->findings, i);
      if (other->kind == kind && other->node == node && g_strcmp0 (other->subject, subject) == 0)
        return;
    }
  ProfileFinding *finding = g_new (ProfileFinding, 1);
  *finding = (ProfileFinding){ kind, (guint) MAX (xmlGetLineNo (node), 1), g_strdup (subject), node };
  g_ptr_array_add (self->findings, finding);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  const ProfileFinding *left = *(ProfileFinding *const *) a, *right = *(ProfileFinding *const *) b;
  return (left->line > right->line) - (left->line < right->line);
}

GPtrArray *
profile_check_document (xmlDoc *document)
{
  ProfileCheck check = { .root = xmlDocGetRootElement (document) };
  check.profiles = profile_node_first (check.root, "Profiles");
  check.by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  check.findings = g_ptr_array_new_with_free_func ((GDestroyNotify) profile_finding_free);
  profile_check_structure (&check);
  profile_check_contents (&check);
  g_hash_table_unref (check.by_id);
  g_ptr_array_sort (check.findings, compare_lines);
  return check.findings;
}

GPtrArray *
profile_check (GBytes *bytes, const char *display_name, GError **error)
{
  g_autoptr (xmlDoc) document = profile_document_parse (bytes, &profile_document_wprp, display_name, error);
  return document ? profile_check_document (document) : NULL;
}
