/* Allocations as commands of the Windows debugger. */
#include "export/debugger_commands.h"
#include "trace_fixture.h"

#define SECOND_NS 1000000000

static PoolTrace *
create_trace (void)
{
  TraceFixture *fixture = trace_fixture_new ();
  trace_fixture_add_image (fixture, "leak.sys", 0x1000, 0x100);
  const guint64 address = 0x1010;
  guint32 stack = trace_fixture_add_stack (fixture, &address, 1);
  guint32 site = trace_fixture_add_site (fixture, 0x200, FIXTURE_TAG ('L', 'e', '\n', ' '), POOL_SESSION_NONE, stack);
  guint32 before
    = trace_fixture_add_site (fixture, 1, FIXTURE_TAG ('I', 'r', 'p', ' '), POOL_SESSION_NONE, POOL_STACK_BEFORE_TRACE);
  guint32 lost = trace_fixture_add_site (fixture, 0, FIXTURE_TAG ('*', ';', '$', '$'), POOL_SESSION_NONE,
                                         POOL_STACK_ALLOCATION_LOST);
  guint32 process = trace_fixture_add_process (fixture, "two\nlines.exe", 4711, 2);
  guint32 known = trace_fixture_add_context (fixture, process, 8);
  guint32 unknown = trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  const FixtureBlock blocks[] = {
    { POOL_TIME_BEFORE, SECOND_NS, 48, before, unknown, POOL_STACK_NONE, 0 },
    { 12 * (gint64) SECOND_NS + 345678901, POOL_TIME_NEVER, 8600, site, known, POOL_STACK_NONE, 0 },
    { 20 * (gint64) SECOND_NS, 20 * (gint64) SECOND_NS, 16, lost, unknown, POOL_STACK_NONE, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (blocks); i++)
    trace_fixture_add_block (fixture, blocks[i]);
  return trace_fixture_finish (fixture, 30 * (gint64) SECOND_NS);
}

/* A comment never ends early: nothing that a trace names can become a command. */
static void
test_text (void)
{
  static const char *const expected[] = {
    "* 'Irp ' Paged, 48 bytes, allocated before the trace, freed at 1.000000 s, [Unknown]\n!pool 0xffffa30400000000 2\n",
    "* 'Le\\x0a ' NonPagedNx, 8600 bytes, allocated at 12.345679 s, not freed, two\\x0alines.exe (4711) #2\n"
    "!pool 0xffffa30400001000 2\n",
    "* '*;$$' NonPaged, 16 bytes, allocation not seen, freed at 20.000000 s, [Unknown]\n!pool 0xffffa30400002000 2\n",
  };
  g_autoptr (PoolTrace) trace = create_trace ();
  g_assert_cmpuint (trace->intervals.n, ==, G_N_ELEMENTS (expected));
  for (guint32 i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      trace->intervals.address[i] = 0xffffa30400000000u + 0x1000u * i;
      g_autoptr (GString) text = g_string_new (NULL);
      debugger_commands_append (text, trace, i);
      g_assert_cmpstr (text->str, ==, expected[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/debugger-commands/text", test_text);
  return g_test_run ();
}
