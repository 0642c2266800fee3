/* The calling conventions of x86, each of which decorates a name in its own way. */
#define KEEP __attribute__ ((noinline))
int KEEP __stdcall standard (int a, int b) { return a * b + 1; }
int KEEP __fastcall fast (int a, int b, int c) { return a + b * c; }
int KEEP __cdecl ordinary (int a) { return a * 7; }
int entry (void) { return standard (1, 2) + fast (3, 4, 5) + ordinary (6); }
