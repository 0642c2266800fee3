#include "hex_image.h"

#include <string.h>

/* Returns: (transfer full): @size bytes of @fill. */
GByteArray *
hex_image_new (gsize size, guint8 fill)
{
  GByteArray *image = g_byte_array_new ();
  g_byte_array_set_size (image, (guint)size);
  memset (image->data, fill, size);
  return image;
}

void
hex_image_put (GByteArray *image, gsize offset, const char *hex)
{
  for (const char *at = hex; *at != '\0';)
    {
      if (g_ascii_isspace (*at))
        {
          at++;
          continue;
        }
      g_assert_cmpuint (offset, <, image->len);
      image->data[offset++] = (guint8)(g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
      at += 2;
    }
}

void
hex_image_fill (GByteArray *image, gsize offset, gsize size, guint8 fill)
{
  g_assert_cmpuint (offset + size, <=, image->len);
  memset (image->data + offset, fill, size);
}

/* Takes @image. */
GBytes *
hex_image_finish (GByteArray *image)
{
  return g_byte_array_free_to_bytes (image);
}

void
assert_bytes (const void *actual, gsize n_actual, const void *expected, gsize n_expected)
{
  g_assert_cmpuint (n_actual, ==, n_expected);
  g_assert_true (n_actual == 0 || memcmp (actual, expected, n_actual) == 0);
}

/* A whole trace, 1024 bytes: the header buffer and one with a pool allocation and its stack.
 *
 * Returns: (transfer full)
 */
GBytes *
worked_example_new (void)
{
  GByteArray *image = hex_image_new (0x400, 0xFF);
  hex_image_fill (image, 0x000, 0x1B8, 0x00);
  /* Header buffer: sizes; processor 0, state 3, Offset, flag 1, type 4. */
  hex_image_put (image, 0x000, "00 02 00 00  B8 01 00 00");
  hex_image_put (image, 0x02C, "03 00 00 00  B8 01 00 00  01 00 04 00");
  /* Event header SYSTEM64 v2: size 0x16C, hook 0, thread 0x1230, process 0xFF0, time stamp. */
  hex_image_put (image, 0x048, "02 00 02 C0  6C 01 00 00  30 12 00 00  F0 0F 00 00");
  hex_image_put (image, 0x058, "00 56 34 12 00 00 00 00");
  /* Trace header: buffer size, OS 10.0, format 2.0, build 19041, 1 processor. */
  hex_image_put (image, 0x068, "00 02 00 00  0A 00 02 00  61 4A 00 00  01 00 00 00");
  /* End time, timer resolution, maximum size; mode 0x10001, 2 buffers, 1, pointer size 8. */
  hex_image_put (image, 0x078, "00 57 E1 58 28 3D DA 01  5A 62 02 00  00 00 00 00");
  hex_image_put (image, 0x088, "01 00 01 00  02 00 00 00  01 00 00 00  08 00 00 00");
  /* Events lost, 3000 MHz; time zone of zeros; boot time, frequency; start time, clock QPC. */
  hex_image_put (image, 0x098, "00 00 00 00  B8 0B 00 00");
  hex_image_put (image, 0x160, "80 58 84 F6 1F 3D DA 01  80 96 98 00 00 00 00 00");
  hex_image_put (image, 0x170, "80 C0 48 58 28 3D DA 01  01 00 00 00  00 00 00 00");
  /* "NT Kernel Logger", "pool.etl". */
  hex_image_put (image, 0x180, "4E 00 54 00 20 00 4B 00 65 00 72 00 6E 00 65 00 6C 00 20 00");
  hex_image_put (image, 0x194, "4C 00 6F 00 67 00 67 00 65 00 72 00 00 00");
  hex_image_put (image, 0x1A2, "70 00 6F 00 6F 00 6C 00 2E 00 65 00 74 00 6C 00 00 00");
  /* Data buffer: sizes; flush time, sequence number 1; state 3; Offset, flags 0x21, type 0. */
  hex_image_fill (image, 0x200, 0xB8, 0x00);
  hex_image_put (image, 0x200, "00 02 00 00  B8 00 00 00  B8 02 00 00  00 00 00 00");
  hex_image_put (image, 0x210, "00 57 E1 58 28 3D DA 01  01 00 00 00 00 00 00 00");
  hex_image_put (image, 0x22C, "03 00 00 00  B8 00 00 00  21 00 00 00");
  /* SYSTEM64 v2, size 0x38, hook 0x0E20; thread 0x1234, process 4, 12345 ticks after the start; no times. */
  hex_image_put (image, 0x248, "02 00 02 C0  38 00 20 0E  34 12 00 00  04 00 00 00  39 86 34 12 00 00 00 00");
  /* Type NonPagedNx, tag "Thre" with the protected bit, 0x4D0 bytes, address. */
  hex_image_put (image, 0x268, "00 02 00 00  54 68 72 E5  D0 04 00 00 00 00 00 00  70 56 34 12 04 A3 FF FF");
  /* PERFINFO64 v2, size 0x38, hook 0x1820, 37 ticks later; time of its event, process, thread, 3 frames. */
  hex_image_put (image, 0x280, "02 00 11 C0  38 00 20 18  5E 86 34 12 00 00 00 00");
  hex_image_put (image, 0x290, "39 86 34 12 00 00 00 00  04 00 00 00  34 12 00 00");
  hex_image_put (image, 0x2A0, "5B 0A 40 12 03 F8 FF FF  34 12 00 16 03 F8 FF FF  2A 5E 65 12 03 F8 FF FF");
  return hex_image_finish (image);
}
