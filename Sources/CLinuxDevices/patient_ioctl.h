#pragma once

/// ioctl(2), repeated for as long as a signal cuts it short.
int lt_patient_ioctl(int descriptor, unsigned long request, void *argument);
