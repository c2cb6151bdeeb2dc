import CLinuxDevices
import Glibc

/// Reads a scanner at a serial port: a USB one (CDC-ACM, FTDI and their like) or a real one.
package struct SerialSource: DeviceSource {
  private let node: String
  private let settings: SerialSettings

  private static let bytesPerRead = 4_096

  package init(node: String, settings: SerialSettings) {
    self.node = node
    self.settings = settings
  }

  package func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    let port = try OpenNode(node, O_RDWR)
    try port.check("TIOCEXCL", lt_terminal_exclude_others(port.descriptor))
    let speed = SerialSettings.speeds[settings.baud] ?? speed_t(B9600)
    try port.check("tcsetattr", lt_terminal_make_raw(port.descriptor, speed))
    var assembler = LineAssembler(endings: settings.endings)
    tell(.ready)
    while !stop.isFired {
      let wait = assembler.deadline.map { $0 - MonotonicTime.milliseconds() }
      let ready = stop.wait(
        for: [port.descriptor], milliseconds: wait ?? CaptureLimits.retryMilliseconds)
      let now = MonotonicTime.milliseconds()
      if ready.isEmpty {
        if let code = assembler.silence(at: now) { tell(SourceNews(code)) }
      } else {
        let bytes = try port.read(upTo: Self.bytesPerRead)
        for code in assembler.take(bytes, at: now) { tell(SourceNews(code)) }
      }
    }
  }
}
