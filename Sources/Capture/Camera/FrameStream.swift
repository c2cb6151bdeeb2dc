import CLinuxDevices
import Glibc

/// The frames of a camera, in memory that it shares with the kernel.
final class FrameStream {
  private let camera: CameraNode
  private var buffers: [UnsafeRawBufferPointer] = []
  private var picker = FramePicker()

  private static let captureType = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)
  private static let mappedMemory = UInt32(V4L2_MEMORY_MMAP.rawValue)

  /// Asks for the buffers, maps them, and starts the camera.
  init(_ camera: CameraNode) throws(DeviceError) {
    self.camera = camera
    var request = v4l2_requestbuffers()
    request.count = UInt32(CaptureLimits.cameraBuffers)
    request.type = Self.captureType
    request.memory = Self.mappedMemory
    try check("VIDIOC_REQBUFS", lt_video_request_buffers(descriptor, &request))
    for index in 0..<request.count {
      try map(index)
      try queue(index)
    }
    try check("VIDIOC_STREAMON", lt_video_start(descriptor))
  }

  deinit {
    _ = lt_video_stop(descriptor)
    for buffer in buffers {
      munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
    }
  }

  var descriptor: Int32 { camera.node.descriptor }

  /// Gives the newest frame that is ready to `use`, with when it was taken, and all of them back to
  /// the camera.
  ///
  /// The older ones are dropped unseen: whoever holds up a label is judged by what is there now.
  /// - Returns: whether there was a frame; one that the driver marks as damaged is none.
  func withNewestFrame(
    _ use: (UnsafeRawBufferPointer, _ takenMilliseconds: Int64) -> Void
  ) throws(DeviceError) -> Bool {
    guard let newest = try picker.pick(from: self, of: buffers.count) else { return false }
    let isSound = newest.flags & UInt32(V4L2_BUF_FLAG_ERROR) == 0
    if isSound, buffers.indices.contains(Int(newest.index)) {
      let buffer = buffers[Int(newest.index)]
      use(
        UnsafeRawBufferPointer(rebasing: buffer.prefix(Int(newest.bytesused))),
        newest.takenMilliseconds(before: MonotonicTime.milliseconds()))
    }
    try queue(newest.index)
    return isSound
  }

  private func check(_ call: String, _ result: Int32) throws(DeviceError) {
    try camera.node.check(call, result)
  }

  private func emptyBuffer(_ index: UInt32) -> v4l2_buffer {
    var buffer = v4l2_buffer()
    buffer.index = index
    buffer.type = Self.captureType
    buffer.memory = Self.mappedMemory
    return buffer
  }

  private func map(_ index: UInt32) throws(DeviceError) {
    var buffer = emptyBuffer(index)
    try check("VIDIOC_QUERYBUF", lt_video_query_buffer(descriptor, &buffer))
    let length = Int(buffer.length)
    let address = mmap(
      nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(buffer.m.offset))
    guard let address, address != MAP_FAILED else {
      throw DeviceError("mmap", on: camera.node.path, code: errno)
    }
    buffers.append(UnsafeRawBufferPointer(start: address, count: length))
  }
}

extension FrameStream: FrameQueue {
  func queue(_ index: UInt32) throws(DeviceError) {
    var buffer = emptyBuffer(index)
    try check("VIDIOC_QBUF", lt_video_queue_buffer(descriptor, &buffer))
  }

  func dequeue() throws(DeviceError) -> v4l2_buffer? {
    var buffer = emptyBuffer(0)
    if lt_video_dequeue_buffer(descriptor, &buffer) == 0 { return buffer }
    if errno == EAGAIN { return nil }
    throw DeviceError("VIDIOC_DQBUF", on: camera.node.path, code: errno)
  }
}
