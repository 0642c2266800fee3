#include "kernel_fixture.h"

/* The bytes of @hex: pairs of digits, blanks between them; what stands in ( ) is a remark, and
 * "text" stands for its characters, L"text" for its characters in UTF-16; no terminator is added. */
static GByteArray *
parse_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();
  for (const char *at = hex; *at; at++)
    {
      if (g_ascii_isspace (*at))
        continue;
      if (*at == '(')
        {
          at = strchr (at, ')');
          g_assert_nonnull (at);
        }
      else if (*at == '"' || *at == 'L')
        {
          gboolean is_wide = *at == 'L';
          for (at += is_wide ? 2 : 1; *at != '"'; at++)
            g_byte_array_append (bytes, (const guint8[]){ (guint8) *at, 0 }, is_wide ? 2 : 1);
        }
      else
        {
          g_assert_true (g_ascii_isxdigit (at[0]) && g_ascii_isxdigit (at[1]));
          guint8 byte = (guint8) (g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
          g_byte_array_append (bytes, &byte, 1);
          at++;
        }
    }
  return bytes;
}

/* Makes an event with @hook in a SYSTEM header whose payload is @hex. */
void
kernel_fixture_init (KernelFixture *self, guint16 hook, guint8 version, guint pointer_size, const char *hex)
{
  gsize size;
  *self = (KernelFixture){ .event = { .kind = ETL_HEADER_SYSTEM,
                                      .hook = hook,
                                      .opcode = (guint8) hook,
                                      .version = version,
                                      .pointer_size = pointer_size,
                                      .process_id = 0x77,
                                      .thread_id = 0x78,
                                      .has_time = TRUE } };
  self->payload = g_byte_array_steal (parse_hex (hex), &size);
  self->event.payload = (ByteSpan){ self->payload, size };
  kernel_fixture_resize (self, size);
}

/* Makes an event with a FULL header of a provider that has no hook. */
void
kernel_fixture_init_full (KernelFixture *self, const guint8 *guid, guint8 opcode, guint pointer_size,
                          const char *hex)
{
  kernel_fixture_init (self, ETL_HOOK_NONE, 2, pointer_size, hex);
  self->event.kind = ETL_HEADER_FULL;
  self->event.guid = guid;
  self->event.opcode = opcode;
}

void
kernel_fixture_clear (KernelFixture *self)
{
  g_free (self->payload);
}

/* Cuts the payload to @size bytes, or fills it up with zeros. */
void
kernel_fixture_resize (KernelFixture *self, gsize size)
{
  guint8 *payload = g_malloc0 (MAX (size, 1));
  gsize kept = MIN (size, self->event.payload.size);
  if (kept)
    memcpy (payload, self->payload, kept);
  g_free (self->payload);
  self->payload = payload;
  self->event.payload = (ByteSpan){ payload, size };
}

/* Asserts that the first @shortest bytes of the payload can be decoded, and nothing shorter. */
void
kernel_fixture_assert_shortest (const KernelFixture *self, gsize shortest, KernelDecode decode)
{
  g_assert_cmpuint (shortest, <=, self->event.payload.size);
  for (gsize size = 0; size <= self->event.payload.size; size++)
    {
      KernelFixture cut = { self->event, g_memdup2 (self->payload, self->event.payload.size) };
      kernel_fixture_resize (&cut, size);
      if (decode (&cut.event) != (size >= shortest))
        g_error ("a payload of %" G_GSIZE_FORMAT " bytes, hook 0x%04x: %s", size, self->event.hook,
                 size >= shortest ? "rejected" : "accepted");
      kernel_fixture_clear (&cut);
    }
}
