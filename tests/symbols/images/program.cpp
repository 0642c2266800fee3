// Namespaces, templates, operators, virtual functions and a lambda.
typedef unsigned long long word;
#define KEEP __attribute__ ((noinline))
namespace shop
{
namespace
{
volatile word state;
KEEP void touch (int value) { state += value; }
}

template <class T, int N> struct Shelf
{
  T items[N];
  Shelf ();
  ~Shelf ();
  T &operator[] (int i);
  Shelf &operator+= (const Shelf &other);
  operator bool () const;
  static word sum (const Shelf *shelves, word n);
  struct Label
  {
    void print (T *item) const;
  };
};

template <class T, int N> KEEP Shelf<T, N>::Shelf () { for (int i = 0; i < N; i++) items[i] = T (i); }
template <class T, int N> KEEP Shelf<T, N>::~Shelf () { touch (N); }
template <class T, int N> KEEP T &Shelf<T, N>::operator[] (int i) { return items[i % N]; }
template <class T, int N> KEEP Shelf<T, N>::operator bool () const { return items[0] != 0; }
template <class T, int N> KEEP void Shelf<T, N>::Label::print (T *item) const { *item += T (1); }

template <class T, int N> KEEP Shelf<T, N> &
Shelf<T, N>::operator+= (const Shelf &other)
{
  for (int i = 0; i < N; i++)
    items[i] += other.items[i];
  return *this;
}

template <class T, int N> KEEP word
Shelf<T, N>::sum (const Shelf *shelves, word n)
{
  word result = 0;
  for (word i = 0; i < n; i++)
    result += (word) shelves[i].items[0];
  return result;
}

struct Item
{
  virtual int price (int);
  virtual ~Item ();
};
struct Gift
{
  virtual int wrap (int);
  virtual ~Gift ();
};
struct Book final : Item, Gift
{
  int price (int) override;
  int wrap (int) override;
  ~Book () override;
};
KEEP int Item::price (int a) { return a + 1; }
Item::~Item () { touch (1); }
KEEP int Gift::wrap (int a) { return a + 2; }
Gift::~Gift () { touch (2); }
KEEP int Book::price (int a) { return a + 3; }
KEEP int Book::wrap (int a) { return a + 4; }
Book::~Book () { touch (3); }

KEEP word pay (int a, const char *b) { return a + (word) b[0]; }
KEEP word pay (double *a, void (*call) (int), word x) { call ((int) *a); return x; }

KEEP void *
search (int n)
{
  auto step = [n] (int k) { touch (n + k); return k; };
  step (n);
  return (void *) &state;
}
}

void operator delete (void *) noexcept { shop::touch (8); }
void operator delete (void *, word) noexcept { shop::touch (9); }

extern "C" int _fltused;
int _fltused;

extern "C" int
entry ()
{
  shop::Shelf<int, 4> a, b;
  a += b;
  a[1] = 2;
  if (a)
    shop::Shelf<int, 4>::sum (&a, 1);
  shop::Shelf<double, 2> d;
  d[0] = 1;
  int z = 1;
  shop::Shelf<int, 4>::Label label;
  label.print (&z);
  shop::Book book;
  shop::Item *item = &book;
  shop::Gift *gift = &book;
  double value = 1;
  shop::pay (&value, shop::touch, shop::pay (3, "abc"));
  shop::search (item->price (1) + gift->wrap (2));
  return z;
}
