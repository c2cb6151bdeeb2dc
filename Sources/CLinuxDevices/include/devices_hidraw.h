#pragma once

#include <stddef.h>
#include <stdint.h>

/// HIDIOCGRDESCSIZE and HIDIOCGRDESC: copies at most `capacity` bytes of the report descriptor.
///
/// Returns how many bytes were copied.
int lt_hidraw_descriptor(int descriptor, uint8_t *bytes, size_t capacity);
