#pragma once

#include <linux/videodev2.h>
#include <stddef.h>
#include <stdint.h>

/// VIDIOC_QUERYCAP: what the device is and can do.
int lt_video_capability(int descriptor, struct v4l2_capability *capability);

/// VIDIOC_ENUM_FMT: the pixel format of the index and type that the caller sets.
int lt_video_format_at(int descriptor, struct v4l2_fmtdesc *format);

/// VIDIOC_ENUM_FRAMESIZES: the size of the index and pixel format that the caller sets.
int lt_video_frame_size_at(int descriptor, struct v4l2_frmsizeenum *size);

/// VIDIOC_G_FMT: the format in use.
int lt_video_format(int descriptor, struct v4l2_format *format);

/// VIDIOC_S_FMT: asks for a format; the driver writes back what it will give.
int lt_video_set_format(int descriptor, struct v4l2_format *format);

/// VIDIOC_REQBUFS: asks for buffers; the driver writes back how many there are.
int lt_video_request_buffers(int descriptor, struct v4l2_requestbuffers *request);

/// VIDIOC_QUERYBUF: where a buffer is to be mapped.
int lt_video_query_buffer(int descriptor, struct v4l2_buffer *buffer);

/// VIDIOC_QBUF: gives the driver a buffer to fill.
int lt_video_queue_buffer(int descriptor, struct v4l2_buffer *buffer);

/// VIDIOC_DQBUF: takes a filled buffer back; EAGAIN where there is none.
int lt_video_dequeue_buffer(int descriptor, struct v4l2_buffer *buffer);

/// VIDIOC_STREAMON for capture.
int lt_video_start(int descriptor);

/// VIDIOC_STREAMOFF for capture: all buffers come back empty.
int lt_video_stop(int descriptor);

/// VIDIOC_QUERYCTRL: what values a control takes; EINVAL where the device has no such control.
int lt_video_query_control(int descriptor, struct v4l2_queryctrl *query);

/// VIDIOC_S_CTRL: sets a control.
int lt_video_set_control(int descriptor, struct v4l2_control *control);

/// Copies the first byte of each pixel: the grey of a YUYV or GREY frame, without the rows' padding.
///
/// The caller has checked that the frame is long enough. It is C so that a debug build, too, keeps up
/// with a camera.
void lt_video_copy_luma(
    const uint8_t *frame, size_t bytes_per_row, size_t bytes_per_pixel, uint8_t *grey,
    size_t width, size_t height);
