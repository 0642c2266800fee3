/* Repairs a profile finding by finding, and checks again, until nothing is left that can be repaired. */
#include "profile/profile_rules.h"

#include <string.h>

#define MAXIMUM_ROUNDS 8 /* one repair may bring up another finding; three are the most seen */

static gboolean
is_blank_text (const xmlNode *node)
{
  return node && node->type == XML_TEXT_NODE && xmlIsBlankNode (node);
}

/* The line end and blanks before the children of @parent. */
static char *
dup_indentation (xmlNode *parent)
{
  if (xmlFirstElementChild (parent) && is_blank_text (parent->children))
    return g_strdup ((const char *) parent->children->content);
  GString *text = g_string_new ("\n");
  for (xmlNode *node = parent; node->parent && node->parent->type == XML_ELEMENT_NODE; node = node->parent)
    g_string_append (text, "  ");
  g_string_append (text, "  ");
  return g_string_free (text, FALSE);
}

/* The same before the end of @parent. */
static char *
dup_end_indentation (xmlNode *parent)
{
  if (xmlFirstElementChild (parent) && is_blank_text (parent->last))
    return g_strdup ((const char *) parent->last->content);
  return parent->parent->type == XML_ELEMENT_NODE ? dup_indentation (parent->parent) : g_strdup ("\n");
}

/* Appends an element on a line of its own. */
static xmlNode *
append (xmlNode *parent, const char *name)
{
  g_autofree char *before = dup_indentation (parent), *after = dup_end_indentation (parent);
  xmlNode *last = parent->last;
  if (is_blank_text (last))
    {
      xmlUnlinkNode (last);
      xmlFreeNode (last);
    }
  xmlAddChild (parent, xmlNewText (BAD_CAST before));
  xmlNode *node = xmlAddChild (parent, xmlNewNode (NULL, BAD_CAST name));
  xmlAddChild (parent, xmlNewText (BAD_CAST after));
  return node;
}

static void
append_value (xmlNode *parent, const char *name, const char *value)
{
  profile_node_set_attribute (append (parent, name), "Value", value);
}

/* Every kind of blank that is none to XML becomes one. */
static void
mend_text (xmlNode *node)
{
  for (xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_TEXT_NODE)
      {
        g_autoptr (GString) text = g_string_new (NULL);
        for (const char *p = (const char *) child->content; p && *p; p = g_utf8_next_char (p))
          if (g_unichar_isspace (g_utf8_get_char (p)) || g_unichar_iszerowidth (g_utf8_get_char (p)))
            g_string_append_c (text, *p == '\n' ? '\n' : ' ');
          else
            g_string_append_unichar (text, g_utf8_get_char (p));
        xmlNodeSetContentLen (child, BAD_CAST text->str, (int) text->len);
      }
    else if (child->type == XML_ELEMENT_NODE)
      mend_text (child);
}

/* Moves a misplaced child, with the blanks and comments before it, in front of the first that has to follow
 * it. */
static void
mend_order (xmlNode *node)
{
  const char *parent = (const char *) node->parent->name;
  int place = profile_order_of (parent, (const char *) node->name);
  xmlNode *target = xmlFirstElementChild (node->parent);
  while (target && target != node && profile_order_of (parent, (const char *) target->name) <= place)
    target = xmlNextElementSibling (target);
  if (!target || target == node)
    return;
  while (target->prev && target->prev->type != XML_ELEMENT_NODE)
    target = target->prev;
  /* A text would melt into its neighbour: an empty comment holds the place meanwhile. */
  xmlNode *mark = xmlAddPrevSibling (target, xmlNewComment (BAD_CAST ""));
  xmlNode *first = node;
  while (first->prev && first->prev->type != XML_ELEMENT_NODE)
    first = first->prev;
  for (xmlNode *next = first, *moved = NULL; moved != node;)
    {
      moved = next;
      next = moved->next;
      xmlUnlinkNode (moved);
      if (moved->type == XML_TEXT_NODE && mark->prev && mark->prev->type == XML_TEXT_NODE)
        xmlFreeNode (moved);
      else
        xmlAddPrevSibling (mark, moved);
    }
  xmlUnlinkNode (mark);
  xmlFreeNode (mark);
}

/* Renames a profile, also for those that derive from it. */
static void
mend_profile_id (xmlNode *profile, const char *right_id)
{
  g_autofree char *old_id = profile_node_dup_attribute (profile, "Id");
  for (xmlNode *other = profile_node_first (profile->parent, "Profile"); other;
       other = profile_node_next (other, "Profile"))
    if (profile_node_has_value (other, "Base", old_id))
      profile_node_set_attribute (other, "Base", right_id);
  profile_node_set_attribute (profile, "Id", right_id);
}

/* The same profile in the other mode. */
static void
mend_mode (xmlNode *profile, const char *mode)
{
  static const char *const copied[] = { "Name", "Description", "DetailLevel" };
  g_autofree char *id = profile_node_dup_attribute (profile, "Id");
  xmlNode *other = append (profile->parent, "Profile");
  profile_node_set_attribute (other, "LoggingMode", mode);
  for (gsize i = 0; i < G_N_ELEMENTS (copied); i++)
    {
      g_autofree char *value = profile_node_dup_attribute (profile, copied[i]);
      profile_node_set_attribute (other, copied[i], value ? value : "");
    }
  g_autofree char *right_id = profile_dup_right_id (other);
  profile_node_set_attribute (other, "Id", right_id);
  if (id)
    profile_node_set_attribute (other, "Base", id);
}

/* Takes the element and the blanks before it out; it lives on in @removed, for other findings may name what
 * is in it. */
static void
take_out (xmlNode *node, GPtrArray *removed)
{
  xmlNode *blank = node->prev;
  if (is_blank_text (blank))
    {
      xmlUnlinkNode (blank);
      xmlFreeNode (blank);
    }
  xmlUnlinkNode (node);
  g_ptr_array_add (removed, node);
}

/* Adds a value to a provider's lists; @node is one of them, or the provider that has none. A list that takes
 * the value away loses it. */
static void
mend_list (xmlNode *node, const char *list, const char *element, const char *value, GPtrArray *removed)
{
  xmlNode *provider = profile_node_is (node, list) ? node->parent : node, *giving = NULL;
  gboolean is_taken_away = FALSE;
  for (xmlNode *each = profile_node_first (provider, list); each; each = profile_node_next (each, list))
    if (profile_node_has_value (each, "Operation", "Remove"))
      {
        for (xmlNode *item = profile_node_first (each, element), *next; item; item = next)
          {
            next = profile_node_next (item, element);
            if (!profile_node_has_value (item, "Value", value))
              continue;
            take_out (item, removed);
            is_taken_away = TRUE;
          }
      }
    else
      giving = each;
  if (is_taken_away)
    return;
  if (!giving)
    {
      giving = append (provider, list);
      profile_node_set_attribute (giving, "Operation", "Add");
    }
  append_value (giving, element, value);
}

static void
mend_image_id (xmlNode *root)
{
  xmlNode *properties = profile_node_first (root, "TraceMergeProperties");
  xmlNode *property = profile_node_first (properties, "TraceMergeProperty");
  xmlNode *events = profile_node_first (property, "CustomEvents");
  if (!properties)
    properties = append (root, "TraceMergeProperties");
  if (!property)
    {
      property = append (properties, "TraceMergeProperty");
      profile_node_set_attribute (property, "Id", "PoolTraceMerge");
      profile_node_set_attribute (property, "Name", "PoolTraceMerge");
    }
  if (!events)
    events = append (property, "CustomEvents");
  append_value (events, "CustomEvent", "ImageId");
}

static void
mend_finding (const ProfileFinding *finding, GPtrArray *removed)
{
  xmlNode *node = finding->node;
  switch (finding->kind)
    {
    case PROFILE_FINDING_VERSION_MISSING:
      profile_node_set_attribute (node, "Version", "1.0");
      break;
    case PROFILE_FINDING_DESCRIPTION_MISSING:
      profile_node_set_attribute (node, "Description", finding->subject ? finding->subject : "Pool usage");
      break;
    case PROFILE_FINDING_ORDER:
      mend_order (node);
      break;
    case PROFILE_FINDING_PROFILE_ID:
      mend_profile_id (node, finding->subject);
      break;
    case PROFILE_FINDING_MODE_MISSING:
      mend_mode (node, finding->subject);
      break;
    case PROFILE_FINDING_KEYWORD_POOL:
    case PROFILE_FINDING_KEYWORD_BASE:
      mend_list (node, "Keywords", "Keyword", finding->subject, removed);
      break;
    case PROFILE_FINDING_STACK_OF_ALLOCATION:
    case PROFILE_FINDING_STACK_OF_FREE:
      mend_list (node, "Stacks", "Stack", finding->subject, removed);
      break;
    case PROFILE_FINDING_IMAGE_ID:
      mend_image_id (node);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
has_stray_text (const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((const ProfileFinding *) g_ptr_array_index (findings, i))->kind == PROFILE_FINDING_STRAY_TEXT)
      return TRUE;
  return FALSE;
}

/* One round. Returns: whether anything was done. */
static gboolean
mend_once (GPtrArray *findings)
{
  g_autoptr (GPtrArray) removed = g_ptr_array_new_with_free_func ((GDestroyNotify) xmlFreeNode);
  gboolean has_mended = FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const ProfileFinding *finding = g_ptr_array_index (findings, i);
      if (!profile_finding_is_mendable (finding) || finding->kind == PROFILE_FINDING_STRAY_TEXT)
        continue;
      has_mended = TRUE;
      if (!((xmlNode *) finding->node)->parent)
        continue; /* taken out */
      if (finding->kind == PROFILE_FINDING_TWICE)
        take_out (finding->node, removed);
      else
        mend_finding (finding, removed);
    }
  return has_mended;
}

GBytes *
profile_mend (GBytes *bytes, const char *display_name, GPtrArray **ret_findings, GError **error)
{
  g_autoptr (xmlDoc) document = profile_document_parse (bytes, &profile_document_wprp, display_name, error);
  if (!document)
    return NULL;
  g_autoptr (GPtrArray) findings = profile_check_document (document);
  /* First, for the repairs take over the blanks that they find. */
  if (has_stray_text (findings))
    mend_text (xmlDocGetRootElement (document));
  for (guint round = 0; round < MAXIMUM_ROUNDS && mend_once (findings); round++)
    {
      g_ptr_array_unref (findings);
      findings = profile_check_document (document);
    }
  xmlChar *text = NULL;
  int size = 0;
  xmlDocDumpMemoryEnc (document, &text, &size, "UTF-8");
  GBytes *mended = g_bytes_new (text, (gsize) size);
  xmlFree (text);
  if (!ret_findings)
    return mended;
  /* Once more from the bytes, for the lines of the result. */
  *ret_findings = profile_check (mended, display_name, NULL);
  return mended;
}
