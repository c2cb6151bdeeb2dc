#include "devices_hidraw.h"
#include "patient_ioctl.h"

#include <linux/hidraw.h>
#include <string.h>
#include <sys/ioctl.h>

int lt_hidraw_descriptor(int descriptor, uint8_t *bytes, size_t capacity) {
  int size = 0;
  if (lt_patient_ioctl(descriptor, HIDIOCGRDESCSIZE, &size) == -1) return -1;
  struct hidraw_report_descriptor report = {.size = (unsigned)size};
  if (lt_patient_ioctl(descriptor, HIDIOCGRDESC, &report) == -1) return -1;
  size_t count = report.size < capacity ? report.size : capacity;
  memcpy(bytes, report.value, count);
  return (int)count;
}
