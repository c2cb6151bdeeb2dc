import CLinuxDevices

/// Where the frames of a camera wait.
protocol FrameQueue {
  /// The oldest frame that is ready; nothing where none is.
  func dequeue() throws(DeviceError) -> v4l2_buffer?

  /// Gives a buffer back to be filled.
  func queue(_ index: UInt32) throws(DeviceError)
}

/// Picks the newest of the frames that are ready, and gives the others back.
struct FramePicker: Hashable, Sendable {
  private var hasPassedOver = false

  /// The frame to be looked at; nothing where none is ready, or a newer one is worth waiting for.
  ///
  /// A camera whose buffers are all full has stopped filling them, so that the newest of them is as
  /// old as the reader was busy. They are given back once, and the next frame is one of now.
  mutating func pick(
    from frames: some FrameQueue, of bufferCount: Int
  ) throws(DeviceError) -> v4l2_buffer? {
    var newest: v4l2_buffer?
    var count = 0
    while count < bufferCount, let next = try frames.dequeue() {
      count += 1
      if let stale = newest { try frames.queue(stale.index) }
      newest = next
    }
    guard let newest else { return nil }
    if count == bufferCount, !hasPassedOver {
      hasPassedOver = true
      try frames.queue(newest.index)
      return nil
    }
    hasPassedOver = false
    return newest
  }
}

extension v4l2_buffer {
  /// When the frame was taken, on the clock of ``MonotonicTime``.
  ///
  /// A driver that stamps by another clock, or with a time that can't be, counts as if the frame
  /// was taken `now`.
  func takenMilliseconds(before now: Int64) -> Int64 {
    guard flags & UInt32(V4L2_BUF_FLAG_TIMESTAMP_MASK) == UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
    else { return now }
    let taken = Int64(timestamp.tv_sec) * 1_000 + Int64(timestamp.tv_usec) / 1_000
    return (now - CaptureLimits.maximumFrameAgeMilliseconds...now).contains(taken) ? taken : now
  }
}
