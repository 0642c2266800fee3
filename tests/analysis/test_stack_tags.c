/* Files of stack tags: what is read, which tag wins, and what is refused and why. */
#include "analysis/stack_tags.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

static StackTags *
read_tags (const char *text)
{
  StackTags *tags = stack_tags_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_read = stack_tags_add_text (tags, text, strlen (text), "a.stacktags", &error);
  g_assert_no_error (error);
  g_assert_true (is_read);
  return tags;
}

static void
assert_tag (StackTagMatcher *matcher, const char *frame_text, const char *expected)
{
  const StackTag *tag = stack_tag_matcher_find (matcher, frame_text);
  g_assert_cmpstr (tag != NULL ? tag->name : NULL, ==, expected);
}

static void
test_matching (void)
{
  g_autoptr (StackTags) tags = read_tags (
      HEAD "<!-- comment --><Tag Name=\"\">\n"
           "<Tag Name=\"Graphics\"><Entrypoint Module=\"dxgkrnl.sys\"/>\n"
           "  <Tag Name=\"Memory &amp; Video\" Priority=\"10\"><Entrypoint Module=\"dxgmm*.sys\" Method=\"Vid*\"/></Tag>\n"
           "  <Unknown><Tag Name=\"Alone\"><Entrypoint Module=\"alone.sys\"/></Tag></Unknown></Tag>\n"
           "<Tag Name=\"Brackets\"><Entrypoint Method=\"operator[]*\"/><Entrypoint Module=\"a?.sys\"/></Tag>\n"
           "<Tag Name=\"First\"><Entrypoint Module=\"twice.sys\" Method=\"*\"/></Tag>\n"
           "<Tag Name=\"Second\"><Entrypoint Module=\"twice.sys\"/></Tag>\n"
           "<Tag Name=\"Third\" Priority=\"-1\"><Entrypoint Module=\"*\" Method=\"Tidy\"/></Tag>\n"
           "</Tag>");
  g_autoptr (StackTagMatcher) matcher = stack_tag_matcher_new (tags);
  g_assert_cmpuint (stack_tags_get_n_entry_points (tags), ==, 8);
  assert_tag (matcher, "DXGKRNL.SYS!Anything", "Graphics");
  assert_tag (matcher, "dxgkrnl.sys+0x10", "Graphics");
  assert_tag (matcher, "dxgmms2.sys!VidMmAlloc", "Graphics\\Memory & Video");
  assert_tag (matcher, "dxgmms2.sys!vidMmAlloc", NULL);
  assert_tag (matcher, "dxgmms2.sys+0x10", NULL);
  assert_tag (matcher, "alone.sys+0x10", "Alone");
  assert_tag (matcher, "any.sys!operator[](int)", "Brackets");
  assert_tag (matcher, "any.sys!operatorx", NULL);
  assert_tag (matcher, "a?.sys+0x1", "Brackets");
  assert_tag (matcher, "ab.sys+0x1", NULL);
  assert_tag (matcher, "twice.sys!Tidy", "First");
  assert_tag (matcher, "c++.sys!Tidy", "Third");
  assert_tag (matcher, "0xfffff80012340000", NULL);
  assert_tag (matcher, "[No stack]", NULL);
  g_assert_cmpint (stack_tag_matcher_find (matcher, "dxgmms2.sys!Vid")->priority, ==, 10);
  g_assert_cmpint (stack_tag_matcher_find (matcher, "x.sys!Tidy")->priority, ==, -1);
}

static void
test_files (void)
{
  const char *low = "<Tag Name=\"Low\"><Entrypoint Module=\"a.sys\"/></Tag>";
  const char *high = "<Tag Name=\"High\" Priority=\"1000\"><Entrypoint Module=\"a.sys\"/><Entrypoint Module=\"b.sys\"/></Tag>";
  g_autoptr (StackTags) tags = read_tags (low);
  g_assert_true (stack_tags_add_text (tags, high, strlen (high), "high", NULL));
  g_autoptr (StackTagMatcher) matcher = stack_tag_matcher_new (tags);
  assert_tag (matcher, "a.sys+0x1", "Low");
  assert_tag (matcher, "b.sys+0x1", "High");
}

static void
test_hints (void)
{
  g_autoptr (StackTags) tags = read_tags ("<Tag Name=\"\"><HintTag Name=\"Rpc\"><Entrypoint Module=\"rpc.dll\"/></HintTag>"
                                          "<Tag Name=\"Com\" HintOperator=\"Caller\" OnlyShowModule=\"false\">"
                                          "<Entrypoint Module=\"com.dll\"/></Tag></Tag>");
  g_autoptr (StackTagMatcher) matcher = stack_tag_matcher_new (tags);
  const StackTag *rpc = stack_tag_matcher_find (matcher, "rpc.dll!Call");
  g_assert_cmpint (rpc->hint, ==, STACK_TAG_HINT_CALLEE);
  g_assert_false (rpc->shows_function);
  const StackTag *com = stack_tag_matcher_find (matcher, "com.dll!Call");
  g_assert_cmpint (com->hint, ==, STACK_TAG_HINT_CALLER);
  g_assert_true (com->shows_function);
}

static void
test_encodings (void)
{
  const char *text = "<Tag Name=\"Über\"><Entrypoint Module=\"a.sys\"/></Tag>";
  static const char *const charsets[] = { "UTF-8", "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    {
      gsize length;
      g_autofree char *converted = g_convert (text, -1, charsets[i], "UTF-8", NULL, &length, NULL);
      g_autoptr (GString) whole = g_string_new (marks[i]);
      g_string_append_len (whole, converted, (gssize) length);
      g_autoptr (StackTags) tags = stack_tags_new ();
      g_assert_true (stack_tags_add_text (tags, whole->str, whole->len, "a", NULL));
      g_autoptr (StackTagMatcher) matcher = stack_tag_matcher_new (tags);
      assert_tag (matcher, "a.sys+0x1", "Über");
    }
}

static void
test_refused (void)
{
  g_autofree char *deep = g_strnfill (STACK_TAGS_MAX_DEPTH + 1, 'x');
  g_autoptr (GString) nested = g_string_new (NULL);
  for (guint i = 0; deep[i] != '\0'; i++)
    g_string_append (nested, "<Tag Name=\"\">\n");
  g_autofree char *long_name = g_strnfill (300, 'n');
  g_autofree char *named
      = g_strdup_printf ("<Tag Name=\"%s\">\n<Tag Name=\"%s\"></Tag></Tag>", long_name, long_name);
  const struct
  {
    const char *text, *line, *reason;
  } cases[] = {
    { "", "line 1", "empty" },
    { "no xml", "line 1", "" },
    { "<Tag Name=\"A\">\n<Entrypoint Module=\"a\"/>", "line 2", "" },
    { "<WindowsPerformanceRecorder/>", "line 1", "WindowsPerformanceRecorder" },
    { "<Tag Name=\"\">\n<Entrypoint Module=\"a\"/></Tag>", "line 2", "no Tag with a Name" },
    { "<Tag Name=\"A\">\n\n<Entrypoint/>\n</Tag>", "line 3", "neither Module nor Method" },
    { "<Tag Name=\"A\" Priority=\"much\"/>", "line 1", "much" },
    { "<Tag Name=\"A\" Priority=\"99999999999\"/>", "line 1", "99999999999" },
    { "<HintTag Name=\"A\" HintOperator=\"Friend\"/>", "line 1", "Friend" },
    { "<!DOCTYPE Tag [\n<!ENTITY a \"b\">]><Tag Name=\"&a;\"/>", "line", "document type" },
    { "<Tag Name=\"&lol;\"/>", "line 1", "lol" },
    { "\xff\xfe" "a", "line 1", "UTF-16" },
    { "<Tag Name=\"\xff\"/>", "line 1", "" },
    { nested->str, "line 65", "nested" },
    { named, "line 2", "512" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StackTags) tags = stack_tags_new ();
      g_autoptr (GError) error = NULL;
      g_assert_false (stack_tags_add_text (tags, cases[i].text, strlen (cases[i].text), "bad.stacktags", &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_test_message ("%s", error->message);
      g_assert_true (g_str_has_prefix (error->message, "bad.stacktags, line "));
      g_assert_nonnull (strstr (error->message, cases[i].line));
      g_assert_nonnull (strstr (error->message, cases[i].reason));
      g_assert_cmpuint (stack_tags_get_n_entry_points (tags), ==, 0);
    }
}

/* Cut anywhere, the file is refused, and nothing of it is taken. */
static void
test_truncated (void)
{
  const char *text = "<Tag Name=\"\"><Tag Name=\"A\"><Entrypoint Module=\"a.sys\" Method=\"*\"/></Tag></Tag>";
  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (StackTags) tags = stack_tags_new ();
      g_autoptr (GError) error = NULL;
      g_assert_false (stack_tags_add_text (tags, text, length, "cut", &error));
      g_assert_nonnull (error);
      g_assert_cmpuint (stack_tags_get_n_entry_points (tags), ==, 0);
    }
}

static void
test_paths (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StackTags) tags = stack_tags_new ();
  g_assert_false (stack_tags_add_file (tags, "/nonexistent/x.stacktags", &error));
  g_assert_nonnull (strstr (error->message, "/nonexistent/x.stacktags"));
  g_clear_error (&error);
  /* What never ends is read as far as a file may be long. */
  g_assert_false (stack_tags_add_file (tags, "/dev/zero", &error));
  g_assert_nonnull (strstr (error->message, "4 MiB"));
  g_clear_error (&error);
  g_autofree char *path = NULL;
  int file = g_file_open_tmp ("XXXXXX.stacktags", &path, &error);
  g_assert_no_error (error);
  g_close (file, NULL);
  g_assert_true (g_file_set_contents (path, "<Tag Name=\"A\"><Entrypoint Module=\"a.sys\"/></Tag>", -1, NULL));
  g_assert_true (stack_tags_add_file (tags, path, NULL));
  g_assert_cmpuint (stack_tags_get_n_entry_points (tags), ==, 1);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/stack-tags/matching", test_matching);
  g_test_add_func ("/analysis/stack-tags/files", test_files);
  g_test_add_func ("/analysis/stack-tags/hints", test_hints);
  g_test_add_func ("/analysis/stack-tags/encodings", test_encodings);
  g_test_add_func ("/analysis/stack-tags/refused", test_refused);
  g_test_add_func ("/analysis/stack-tags/truncated", test_truncated);
  g_test_add_func ("/analysis/stack-tags/paths", test_paths);
  return g_test_run ();
}
