#include "devices_video.h"

void lt_video_copy_luma(
    const uint8_t *frame, size_t bytes_per_row, size_t bytes_per_pixel, uint8_t *grey,
    size_t width, size_t height) {
  for (size_t row = 0; row < height; row++) {
    const uint8_t *source = frame + row * bytes_per_row;
    for (size_t column = 0; column < width; column++) {
      *grey++ = source[column * bytes_per_pixel];
    }
  }
}
