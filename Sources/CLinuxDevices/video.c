#include "devices_video.h"
#include "patient_ioctl.h"

#include <sys/ioctl.h>

int lt_video_capability(int descriptor, struct v4l2_capability *capability) {
  return lt_patient_ioctl(descriptor, VIDIOC_QUERYCAP, capability);
}

int lt_video_format_at(int descriptor, struct v4l2_fmtdesc *format) {
  return lt_patient_ioctl(descriptor, VIDIOC_ENUM_FMT, format);
}

int lt_video_frame_size_at(int descriptor, struct v4l2_frmsizeenum *size) {
  return lt_patient_ioctl(descriptor, VIDIOC_ENUM_FRAMESIZES, size);
}

int lt_video_format(int descriptor, struct v4l2_format *format) {
  return lt_patient_ioctl(descriptor, VIDIOC_G_FMT, format);
}

int lt_video_set_format(int descriptor, struct v4l2_format *format) {
  return lt_patient_ioctl(descriptor, VIDIOC_S_FMT, format);
}

int lt_video_request_buffers(int descriptor, struct v4l2_requestbuffers *request) {
  return lt_patient_ioctl(descriptor, VIDIOC_REQBUFS, request);
}

int lt_video_query_buffer(int descriptor, struct v4l2_buffer *buffer) {
  return lt_patient_ioctl(descriptor, VIDIOC_QUERYBUF, buffer);
}

int lt_video_queue_buffer(int descriptor, struct v4l2_buffer *buffer) {
  return lt_patient_ioctl(descriptor, VIDIOC_QBUF, buffer);
}

int lt_video_dequeue_buffer(int descriptor, struct v4l2_buffer *buffer) {
  return lt_patient_ioctl(descriptor, VIDIOC_DQBUF, buffer);
}

int lt_video_start(int descriptor) {
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  return lt_patient_ioctl(descriptor, VIDIOC_STREAMON, &type);
}

int lt_video_stop(int descriptor) {
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  return lt_patient_ioctl(descriptor, VIDIOC_STREAMOFF, &type);
}

int lt_video_query_control(int descriptor, struct v4l2_queryctrl *query) {
  return lt_patient_ioctl(descriptor, VIDIOC_QUERYCTRL, query);
}

int lt_video_set_control(int descriptor, struct v4l2_control *control) {
  return lt_patient_ioctl(descriptor, VIDIOC_S_CTRL, control);
}
