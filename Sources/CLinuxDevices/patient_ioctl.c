#include "patient_ioctl.h"

#include <errno.h>
#include <sys/ioctl.h>

int lt_patient_ioctl(int descriptor, unsigned long request, void *argument) {
  int result;
  do {
    result = ioctl(descriptor, request, argument);
  } while (result == -1 && errno == EINTR);
  return result;
}
