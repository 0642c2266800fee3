#include "symbols/pdb_layouts.h"
#include "symbols/plain_name.h"

/* Names as linkers write them and as they are shown. */

typedef struct
{
  guint16 machine;
  const char *decorated, *plain; /* NULL: data, not a function */
} NamePair;

static const NamePair pairs[] = {
  /* C */
  { PE_MACHINE_X86, "_main", "main" },
  { PE_MACHINE_X86, "_std_fn@8", "std_fn" },
  { PE_MACHINE_X86, "@fast_fn@12", "fast_fn" },
  { PE_MACHINE_X86, "vector_fn@@16", "vector_fn" },
  { PE_MACHINE_X64, "vector_fn@@16", "vector_fn" },
  { PE_MACHINE_X86, "__SEH_prolog4", "_SEH_prolog4" },
  { PE_MACHINE_X64, "_main", "_main" },
  { PE_MACHINE_X64, "DriverEntry", "DriverEntry" },
  { PE_MACHINE_ARM64, "#main", "main" },
  { PE_MACHINE_X86, "_", "_" },
  { PE_MACHINE_X86, "_1@", "_1@" },
  { PE_MACHINE_X64, "__imp_Sleep", NULL },
  { PE_MACHINE_X64, "__imp_load_Sleep", "__imp_load_Sleep" },
  { PE_MACHINE_X64, "__real@3ff0000000000000", NULL },
  /* C++: names, scopes, operators */
  { PE_MACHINE_X64, "?f@@YAXXZ", "f" },
  { PE_MACHINE_X64, "?total@?$Box@H$03@outer@@SA_KPEBU12@_K@Z", "outer::Box<int,4>::total" },
  { PE_MACHINE_X64, "?poke@Inner@?$Box@H$03@outer@@QEBAXPEAH@Z", "outer::Box<int,4>::Inner::poke" },
  { PE_MACHINE_X64, "??0?$Box@H$03@outer@@QEAA@XZ", "outer::Box<int,4>::Box<int,4>" },
  { PE_MACHINE_X64, "??1?$Box@H$03@outer@@QEAA@XZ", "outer::Box<int,4>::~Box<int,4>" },
  { PE_MACHINE_X64, "??Y?$Box@H$03@outer@@QEAAAEAU01@AEBU01@@Z", "outer::Box<int,4>::operator+=" },
  { PE_MACHINE_X64, "??B?$Box@H$03@outer@@QEBA_NXZ", "outer::Box<int,4>::operator bool" },
  { PE_MACHINE_X64, "??Bref@@QEBAAEBVvalue@@XZ", "ref::operator value const &" },
  { PE_MACHINE_X64, "?anon_fn@?A0x12345678@outer@@YAXH@Z", "outer::`anonymous namespace'::anon_fn" },
  { PE_MACHINE_X86, "??_GTUnzip@@QAEPAXI@Z", "TUnzip::`scalar deleting destructor'" },
  { PE_MACHINE_X64, "??_EDerived@outer@@W7EAAPEAXI@Z", "outer::Derived::`vector deleting destructor'" },
  { PE_MACHINE_X64, "??ACallbackInfo@Napi@@QEBA?BVValue@1@_K@Z", "Napi::CallbackInfo::operator[]" },
  { PE_MACHINE_X64, "??__K_kb@@YA_K_K@Z", "operator \"\"_kb" },
  { PE_MACHINE_X64, "??3@YAXPEAX_K@Z", "operator delete" },
  { PE_MACHINE_X64, "??__Eanswer@@YAXXZ", "`dynamic initializer for 'answer''" },
  { PE_MACHINE_X64, "??__F?answer@ns@@3HA@@YAXXZ", "`dynamic atexit destructor for 'ns::answer''" },
  { PE_MACHINE_X64, "??R<lambda_1>@?1??f@ns@@YAXXZ@QEBAHH@Z", "`ns::f'::`2'::<lambda_1>::operator()" },
  { PE_MACHINE_X64, "?plain_c@@9", "plain_c" },
  { PE_MACHINE_X64, "??@0123456789abcdef0123456789abcdef@", "??@0123456789abcdef0123456789abcdef@" },
  /* C++: template arguments and types */
  { PE_MACHINE_X86, "??$_Deallocate@$07$0A@@std@@YAXPAXI@Z", "std::_Deallocate<8,0>" },
  { PE_MACHINE_X64, "??$f@$0?0@@YAXXZ", "f<-1>" },
  { PE_MACHINE_X64, "??$f@P6AHPEBDZZ@@YAXP6AHPEBDZZ@Z", "f<int (__cdecl*)(char const *,...)>" },
  { PE_MACHINE_X64, "??$f@$$A6AXH@Z@@YAXXZ", "f<void __cdecl(int)>" },
  { PE_MACHINE_X64, "??$f@P8A@@EAAHXZ@@YAXXZ", "f<int (__cdecl A::*)(void)>" },
  { PE_MACHINE_X64, "??$f@PEQA@@H@@YAXXZ", "f<int A::*>" },
  { PE_MACHINE_X64, "??$f@$$BY03H@@YAXXZ", "f<int [4]>" },
  { PE_MACHINE_X64, "??$f@AEAY03$$CBD@@YAXXZ", "f<char const (&)[4]>" },
  { PE_MACHINE_X64, "??$f@$$QEAV?$v@PEAH@@@@YAXXZ", "f<v<int *> &&>" },
  { PE_MACHINE_X64, "??$f@W4color@@_NQEBX@@YAXXZ", "f<color,bool,void const * const>" },
  { PE_MACHINE_X64, "??$f@$$V@@YAXXZ", "f<>" },
  { PE_MACHINE_X64, "??$f@$1?g@ns@@YAXXZ@@YAXXZ", "f<&ns::g>" },
  { PE_MACHINE_X64, "??$f@$MH01@@YAXXZ", "f<2>" },
  { PE_MACHINE_X64,
    "??$?H_WU?$char_traits@_W@std@@V?$allocator@_W@1@@std@@YA?AV?$basic_string@_WU?$char_traits@_W@std@@"
    "V?$allocator@_W@2@@0@AEBV10@0@Z",
    "std::operator+<wchar_t,std::char_traits<wchar_t>,std::allocator<wchar_t> >" },
  { PE_MACHINE_X64, "??$?0H@Foo@@QEAA@H@Z", "Foo::Foo<int>" },
  /* Data, and what is broken */
  { PE_MACHINE_X64, "?counter@ns@@3HA", NULL },
  { PE_MACHINE_X64, "??_7Base@@6B@", NULL },
  { PE_MACHINE_X64, "??_C@_05CJBACGMB@hello@", NULL },
  { PE_MACHINE_X64, "?f", "?f" },
  { PE_MACHINE_X64, "?f@", "?f@" },
  { PE_MACHINE_X64, "?f@9@YAXXZ", "?f@9@YAXXZ" },
  { PE_MACHINE_X64, "??$f@Q", "??$f@Q" },
  { PE_MACHINE_X64, "?", "?" },
};

static void
test_pairs (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (GString) text = g_string_new ("");
      gboolean is_function
          = plain_name_append (text, pairs[i].decorated, strlen (pairs[i].decorated), pairs[i].machine);
      g_test_message ("%s", pairs[i].decorated);
      g_assert_cmpint (is_function, ==, pairs[i].plain != NULL);
      g_assert_cmpstr (text->str, ==, pairs[i].plain ? pairs[i].plain : "");
    }
}

/* Every beginning of every name, with nothing behind it that could be read by mistake. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (gsize length = 0; length <= strlen (pairs[i].decorated); length++)
      {
        g_autoptr (GString) text = g_string_new ("");
        g_autofree char *cut = g_memdup2 (pairs[i].decorated, MAX (length, 1));
        plain_name_append (text, cut, length, pairs[i].machine);
        g_assert_true (g_utf8_validate (text->str, (gssize) text->len, NULL));
      }
}

/* Names that ask for depth or for exponential output are shown as they are. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new ("??$f@");
  g_autoptr (GString) wide = g_string_new ("?f@@YAXU?$a@U1@U1@@@");
  g_autoptr (GString) text = g_string_new ("");
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "PEA");
  g_assert_true (plain_name_append (text, deep->str, deep->len, PE_MACHINE_X64));
  g_assert_cmpuint (text->len, ==, PLAIN_NAME_LONGEST_BYTES);
  for (guint i = 0; i < 1000; i++)
    g_string_append (wide, "P6AX");
  g_string_truncate (text, 0);
  g_assert_true (plain_name_append (text, wide->str, wide->len, PE_MACHINE_X64));
  g_string_assign (wide, "?f@");
  for (guint i = 0; i < 64; i++)
    g_string_append_printf (wide, "?$t%u@U0@U0@U0@U0@@", i);
  g_string_truncate (text, 0);
  g_assert_true (plain_name_append (text, wide->str, wide->len, PE_MACHINE_X64));
  g_assert_cmpuint (text->len, <=, PLAIN_NAME_LONGEST_BYTES);
}

/* Bytes that are no UTF-8 are replaced. */
static void
test_encoding (void)
{
  g_autoptr (GString) text = g_string_new ("");
  g_assert_true (plain_name_append (text, "f\xFF", 2, PE_MACHINE_X64));
  g_assert_cmpstr (text->str, ==, "f\xEF\xBF\xBD");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plain-name/pairs", test_pairs);
  g_test_add_func ("/plain-name/cut", test_cut);
  g_test_add_func ("/plain-name/hostile", test_hostile);
  g_test_add_func ("/plain-name/encoding", test_encoding);
  return g_test_run ();
}
