/* How much text goes to the clipboard. */
#pragma once

/* Longer texts go through it in parts, which GTK 4.8 does not bring to other programs under X11. */
#define CLIPBOARD_LIMIT_BYTES 240000
