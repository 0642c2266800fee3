/* Children one after the other in their own widths, wrapped into as many lines as the width needs. */
#pragma once

#include <gtk/gtk.h>

#define WRAP_TYPE_LAYOUT (wrap_layout_get_type ())
G_DECLARE_FINAL_TYPE (WrapLayout, wrap_layout, WRAP, LAYOUT, GtkLayoutManager)

/* @spacing: pixels between children and between lines. */
GtkLayoutManager *wrap_layout_new (int spacing);
