/* A driver without headers and imports: static, public and folded functions. */
typedef unsigned long long word;
int _fltused;
static volatile word total;

static __attribute__ ((noinline)) word
add_to_total (word value)
{
  total += value;
  return total * 5;
}

__attribute__ ((noinline)) word
CountBlocks (word n)
{
  word sum = 0;
  for (word i = 0; i < n; i++)
    sum += add_to_total (i << 3 ^ n);
  return sum;
}

__attribute__ ((noinline)) word
FoldedFirst (word value)
{
  return value * 37 + 11;
}

__attribute__ ((noinline)) word
FoldedSecond (word value)
{
  return value * 37 + 11;
}

long
DriverEntry (void *driver, void *path)
{
  (void) driver;
  (void) path;
  total = FoldedFirst (CountBlocks (9)) + FoldedSecond (total);
  return 0;
}
