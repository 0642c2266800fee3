/* What WPR's schema asks of the elements and attributes. */
#include "profile/profile_rules.h"

#include <string.h>

/* The children of an element in the order of the schema. Elements that are not listed are newer than it:
 * nothing is said of them. */
static const struct
{
  const char *parent;
  const char *children[8];
} orders[] = {
  { "WindowsPerformanceRecorder", { "Profiles", "TraceMergeProperties", "OnOffTransitionConfigurations" } },
  { "Profiles",
    { "SystemCollector", "EventCollector", "HeapEventCollector", "SystemProvider", "EventProvider",
      "HeapEventProvider", "Profile" } },
  { "SystemCollector", { "BufferSize", "Buffers", "StackCaching" } },
  { "SystemProvider", { "Keywords", "Stacks", "PoolTags" } },
  { "Profile", { "ProblemCategories", "Collectors", "TraceMergeProperties" } },
};

/* Attributes without which an element means nothing. */
static const struct
{
  const char *element, *attribute;
} required[] = {
  { "SystemCollector", "Id" },
  { "EventCollector", "Id" },
  { "HeapEventCollector", "Id" },
  { "SystemProvider", "Id" },
  { "EventProvider", "Id" },
  { "Profile", "Id" },
  { "Profile", "Name" },
  { "Profile", "LoggingMode" },
  { "Profile", "DetailLevel" },
  { "BufferSize", "Value" },
  { "Buffers", "Value" },
  { "Keyword", "Value" },
  { "Stack", "Value" },
  { "PoolTag", "Value" },
  { "CustomEvent", "Value" },
  { "SystemCollectorId", "Value" },
  { "SystemProviderId", "Value" },
};

static const struct
{
  const char *attribute;
  const char *words[4];
} words[] = {
  { "LoggingMode", { "File", "Memory" } },
  { "DetailLevel", { "Light", "Verbose" } },
  { "Operation", { "Set", "Add", "Remove" } },
};

int
profile_order_of (const char *parent, const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (orders); i++)
    if (strcmp (orders[i].parent, parent) == 0)
      for (int place = 0; place < (int) G_N_ELEMENTS (orders[i].children) && orders[i].children[place];
           place++)
        if (strcmp (orders[i].children[place], name) == 0)
          return place;
  return -1;
}

static void
check_order (ProfileCheck *self, xmlNode *parent)
{
  int latest = -1;
  for (xmlNode *child = xmlFirstElementChild (parent); child; child = xmlNextElementSibling (child))
    {
      int place = profile_order_of ((const char *) parent->name, (const char *) child->name);
      if (place >= 0 && place < latest)
        profile_check_add (self, PROFILE_FINDING_ORDER, child, (const char *) child->name);
      latest = MAX (latest, place);
    }
}

static void
check_attributes (ProfileCheck *self, xmlNode *node)
{
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (profile_node_is (node, required[i].element) && !xmlHasProp (node, BAD_CAST required[i].attribute))
      {
        g_autofree char *subject = g_strdup_printf ("%s of %s", required[i].attribute, required[i].element);
        profile_check_add (self, PROFILE_FINDING_ATTRIBUTE_MISSING, node, subject);
      }
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *text = profile_node_dup_attribute (node, words[i].attribute);
      if (text && !g_strv_contains (words[i].words, text))
        {
          g_autofree char *subject = g_strdup_printf ("%s=\"%s\"", words[i].attribute, text);
          profile_check_add (self, PROFILE_FINDING_WORD, node, subject);
        }
    }
}

static void
check_number (ProfileCheck *self, xmlNode *node)
{
  gboolean is_percentage = profile_node_has_value (node, "PercentageOfTotalMemory", "true");
  g_autofree char *text = profile_node_dup_attribute (node, "Value");
  if (!text || g_ascii_string_to_unsigned (text, 10, 1, is_percentage ? 100 : G_MAXUINT32, NULL, NULL))
    return;
  g_autofree char *subject = g_strdup_printf ("%s Value=\"%s\"", (const char *) node->name, text);
  profile_check_add (self, PROFILE_FINDING_NUMBER, node, subject);
}

static gboolean
is_id (const char *text)
{
  for (const char *p = text; *p; p++)
    if (*p == ':' || g_ascii_isspace (*p))
      return FALSE;
  return *text != '\0';
}

static void
check_id (ProfileCheck *self, xmlNode *node)
{
  g_autofree char *id = profile_node_dup_attribute (node, "Id");
  if (!id)
    return;
  if (!is_id (id))
    profile_check_add (self, PROFILE_FINDING_ID_INVALID, node, id);
  else if (g_hash_table_contains (self->by_id, id))
    profile_check_add (self, PROFILE_FINDING_ID_TWICE, node, id);
  else
    g_hash_table_insert (self->by_id, g_steal_pointer (&id), node);
}

/* Keyword, Stack, PoolTag, CustomEvent: no Value twice in one list. */
static void
check_twice (ProfileCheck *self, xmlNode *list)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (xmlNode *child = xmlFirstElementChild (list); child; child = xmlNextElementSibling (child))
    {
      g_autofree char *value = profile_node_dup_attribute (child, "Value");
      if (!value)
        continue;
      g_autofree char *key = g_strdup_printf ("%s “%s”", (const char *) child->name, value);
      if (g_hash_table_contains (seen, key))
        profile_check_add (self, PROFILE_FINDING_TWICE, child, key);
      else
        g_hash_table_add (seen, g_steal_pointer (&key));
    }
}

static void
check_element (ProfileCheck *self, xmlNode *node)
{
  static const char *const lists[] = { "Keywords", "Stacks", "PoolTags", "CustomEvents", NULL };
  check_order (self, node);
  check_attributes (self, node);
  check_id (self, node);
  if (profile_node_is (node, "BufferSize") || profile_node_is (node, "Buffers"))
    check_number (self, node);
  if (g_strv_contains (lists, (const char *) node->name))
    check_twice (self, node);
}

/* Depth first; the parser has bounded the depth. */
static void
check_elements (ProfileCheck *self, xmlNode *node)
{
  check_element (self, node);
  for (xmlNode *child = xmlFirstElementChild (node); child; child = xmlNextElementSibling (child))
    check_elements (self, child);
}

/* All of the format is in elements and attributes. @first receives the first element that has text of its
 * own. */
static guint
count_stray_text (xmlNode *node, xmlNode **first)
{
  guint n_found = 0;
  for (xmlNode *child = node->children; child; child = child->next)
    if (child->type == XML_TEXT_NODE && !xmlIsBlankNode (child))
      {
        n_found++;
        if (!*first)
          *first = node;
      }
    else if (child->type == XML_ELEMENT_NODE)
      n_found += count_stray_text (child, first);
  return n_found;
}

static void
check_text (ProfileCheck *self)
{
  xmlNode *first = NULL;
  g_autofree char *subject = g_strdup_printf ("%u", count_stray_text (self->root, &first));
  if (first)
    profile_check_add (self, PROFILE_FINDING_STRAY_TEXT, first, subject);
}

/* Ids that are used must be defined; a Base may be of another file. */
static void
check_references (ProfileCheck *self, xmlNode *node)
{
  static const char *const users[]
      = { "SystemCollectorId", "SystemProviderId", "EventCollectorId", "EventProviderId", NULL };
  if (g_strv_contains (users, (const char *) node->name))
    {
      g_autofree char *id = profile_node_dup_attribute (node, "Value");
      if (id && !g_hash_table_contains (self->by_id, id))
        profile_check_add (self, PROFILE_FINDING_REFERENCE, node, id);
    }
  for (xmlNode *child = xmlFirstElementChild (node); child; child = xmlNextElementSibling (child))
    check_references (self, child);
}

char *
profile_dup_right_id (xmlNode *profile)
{
  g_autofree char *name = profile_node_dup_attribute (profile, "Name");
  g_autofree char *level = profile_node_dup_attribute (profile, "DetailLevel");
  g_autofree char *mode = profile_node_dup_attribute (profile, "LoggingMode");
  return name && level && mode ? g_strdup_printf ("%s.%s.%s", name, level, mode) : NULL;
}

static void
check_profile (ProfileCheck *self, xmlNode *profile, const char *name_of_first)
{
  g_autofree char *id = profile_node_dup_attribute (profile, "Id");
  g_autofree char *right_id = profile_dup_right_id (profile);
  g_autofree char *name = profile_node_dup_attribute (profile, "Name");
  if (id && right_id && strcmp (id, right_id) != 0)
    profile_check_add (self, PROFILE_FINDING_PROFILE_ID, profile, right_id);
  if (name && name_of_first && strcmp (name, name_of_first) != 0)
    profile_check_add (self, PROFILE_FINDING_PROFILE_NAMES, profile, name);
  if (!xmlHasProp (profile, BAD_CAST "Description"))
    profile_check_add (self, PROFILE_FINDING_DESCRIPTION_MISSING, profile, name);
}

static void
check_profiles (ProfileCheck *self)
{
  static const char *const modes[] = { "File", "Memory" };
  gboolean has_mode[G_N_ELEMENTS (modes)] = { FALSE };
  xmlNode *first = profile_node_first (self->profiles, "Profile");
  if (!first)
    {
      profile_check_add (self, PROFILE_FINDING_PROFILE_MISSING, self->profiles, NULL);
      return;
    }
  g_autofree char *name = profile_node_dup_attribute (first, "Name");
  guint n_profiles = 0;
  for (xmlNode *profile = first; profile; profile = profile_node_next (profile, "Profile"))
    {
      if (++n_profiles > PROFILE_MAX_PROFILES)
        profile_check_add (self, PROFILE_FINDING_PROFILE_COUNT, profile, NULL);
      check_profile (self, profile, name);
      for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
        has_mode[i] |= profile_node_has_value (profile, "LoggingMode", modes[i]);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    if (!has_mode[i])
      profile_check_add (self, PROFILE_FINDING_MODE_MISSING, first, modes[i]);
}

void
profile_check_structure (ProfileCheck *self)
{
  if (!xmlHasProp (self->root, BAD_CAST "Version"))
    profile_check_add (self, PROFILE_FINDING_VERSION_MISSING, self->root, NULL);
  check_elements (self, self->root);
  check_references (self, self->root);
  check_text (self);
  if (self->profiles)
    check_profiles (self);
  else
    profile_check_add (self, PROFILE_FINDING_PROFILES_MISSING, self->root, NULL);
}
