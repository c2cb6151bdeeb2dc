#pragma once

#include <zint.h>

// Rows of bits lie in an array of arrays, which Swift sees as one tuple of 28,800 values.
static inline int zint_module_is_dark(const struct zint_symbol *symbol, int row, int column) {
  return symbol->encoded_data[row][column / 8] >> (column % 8) & 1;
}
