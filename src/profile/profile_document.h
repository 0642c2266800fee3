/* The XML of files that Microsoft's performance tools write, read so that a hostile one does no harm, and short ways
 * through its elements. Known to this folder only. */
#pragma once

#include <gio/gio.h>
#include <libxml/tree.h>

/* A kind of such files. */
typedef struct
{
  const char *noun;      /* "recording profile" */
  const char *extension; /* ".wprp" */
  const char *root;      /* (nullable): the name of the root element; NULL for any */
  guint maximum_mib;
  guint maximum_depth;   /* of elements */
  guint maximum_elements;
} ProfileDocumentKind;

extern const ProfileDocumentKind profile_document_wprp;

/* Reads @bytes, UTF-8 or UTF-16, as the XML of a file of @kind.
 *
 * Refused are files that are larger, deeper or have more elements than @kind allows, have a document type (so that no
 * entity is ever declared), are not well-formed, or have another root. Nothing but @bytes is read.
 * Returns: (transfer full) (nullable): NULL with @error (PROFILE_ERROR), which says @display_name, the line,
 * what is wrong and what to do. */
xmlDoc *profile_document_parse (GBytes *bytes, const ProfileDocumentKind *kind, const char *display_name,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

/* Returns: (transfer full) (nullable): the value of the attribute, NULL without it. */
char *profile_node_dup_attribute (xmlNode *node, const char *name);

/* The value of the attribute is @text. */
gboolean profile_node_has_value (xmlNode *node, const char *name, const char *text);

void profile_node_set_attribute (xmlNode *node, const char *name, const char *text);

/* The first child element of that name, or the next sibling of that name; NULL without one. */
xmlNode *profile_node_first (xmlNode *parent, const char *name);
xmlNode *profile_node_next (xmlNode *node, const char *name);

gboolean profile_node_is (xmlNode *node, const char *name);
