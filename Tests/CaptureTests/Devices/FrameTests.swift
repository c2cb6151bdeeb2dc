import CLinuxDevices
import Scanning
import Testing

@testable import Capture

@Suite("Frames of a camera")
struct FrameTests {
  @Test("the newest of those that are ready wins, and all go back to the camera")
  func newest() throws {
    let driver = Driver(buffers: 4)
    var picker = FramePicker()
    driver.take(3)
    #expect(try pick(&picker, driver) == 3)
    #expect(driver.freeCount == 4)
    #expect(try pick(&picker, driver) == nil)
    driver.take(1)
    #expect(try pick(&picker, driver) == 4)
  }

  @Test("those of a camera that had to stop are passed over once, for one that is of now")
  func stopped() throws {
    let driver = Driver(buffers: 4)
    var picker = FramePicker()
    // Ten frames while the reader was busy: the camera had room for the first four.
    driver.take(10)
    #expect(try pick(&picker, driver) == nil)
    #expect(driver.freeCount == 4)
    driver.take(1)
    #expect(try pick(&picker, driver) == 11)
    // A reader that is always too slow gets a frame each second time.
    driver.take(10)
    #expect(try pick(&picker, driver) == nil)
    driver.take(10)
    #expect(try pick(&picker, driver) == 25)
    let single = Driver(buffers: 1)
    single.take(2)
    #expect(try pick(&picker, single) == nil)
    single.take(2)
    #expect(try pick(&picker, single) == 3)
  }

  @Test("count from when the driver took them, unless its clock is another one")
  func stamps() {
    var buffer = v4l2_buffer()
    buffer.timestamp = timeval(tv_sec: 100, tv_usec: 250_000)
    #expect(buffer.takenMilliseconds(before: 100_400) == 100_400)
    buffer.flags = UInt32(V4L2_BUF_FLAG_TIMESTAMP_MONOTONIC)
    #expect(buffer.takenMilliseconds(before: 100_400) == 100_250)
    #expect(buffer.takenMilliseconds(before: 100_000) == 100_000)
    #expect(buffer.takenMilliseconds(before: 900_000) == 900_000)
    buffer.flags = UInt32(V4L2_BUF_FLAG_TIMESTAMP_COPY)
    #expect(buffer.takenMilliseconds(before: 100_400) == 100_400)
  }

  @Test("that are damaged are told when they go on, and forgotten with the next good one")
  func health() {
    var health = FrameHealth()
    let error = DeviceError.badFrame(.empty)
    #expect(health.noteGood() == nil)
    #expect(health.note(error) == nil)
    #expect(health.noteGood() == nil)
    var news: [SourceNews] = []
    for _ in 0..<10 { health.note(error).map { news.append($0) } }
    #expect(news == [.trouble(error)])
    #expect(health.noteGood() == .ready)
    #expect(health.noteGood() == nil)
  }

  @Test("are set as the profile says: the automatics first, within what the camera takes")
  func controls() {
    let panel = Panel(ranges: [.exposure: 3...2_047, .automaticExposure: 0...3, .focus: 0...250])
    CameraControl.set(
      [.exposure: 9_999, .focus: -5, .automaticExposure: 1, .automaticFocus: 0, .zoom: 1],
      on: panel)
    #expect(panel.said == ["auto_exposure 1", "exposure_time_absolute 2047", "focus_absolute 0"])
  }

  private func pick(_ picker: inout FramePicker, _ driver: Driver) throws -> Int? {
    let picked = try picker.pick(from: driver, of: driver.bufferCount)
    guard let picked else { return nil }
    try driver.queue(picked.index)
    return Int(picked.sequence)
  }
}

/// A driver that fills its buffers in turn, and drops what it has no room for.
private final class Driver: FrameQueue {
  let bufferCount: Int
  private var free: [UInt32]
  private var filled: [v4l2_buffer] = []
  private var sequence: UInt32 = 0

  init(buffers count: Int) {
    bufferCount = count
    free = (0..<count).map { UInt32($0) }
  }

  var freeCount: Int { free.count }

  /// Time passes in which the camera takes some frames.
  func take(_ count: Int) {
    for _ in 0..<count {
      sequence += 1
      guard !free.isEmpty else { continue }
      var buffer = v4l2_buffer()
      buffer.index = free.removeFirst()
      buffer.sequence = sequence
      filled.append(buffer)
    }
  }

  func dequeue() throws(DeviceError) -> v4l2_buffer? {
    filled.isEmpty ? nil : filled.removeFirst()
  }

  func queue(_ index: UInt32) throws(DeviceError) {
    free.append(index)
  }
}

/// The controls of a camera that keeps account of what is set.
private final class Panel: ControlPanel {
  private let ranges: [CameraControl: ClosedRange<Int32>]
  private(set) var said: [String] = []

  init(ranges: [CameraControl: ClosedRange<Int32>]) {
    self.ranges = ranges
  }

  func range(of control: CameraControl) -> ClosedRange<Int32>? { ranges[control] }

  func set(_ control: CameraControl, to value: Int32) {
    said.append("\(control.rawValue) \(value)")
  }
}
