import CLinuxDevices
import Glibc

/// Reads a scanner in HID POS mode.
package struct HIDSource: DeviceSource {
  private let node: String

  /// The kernel passes on no longer report.
  private static let bytesPerReport = 16 * 1_024

  package init(node: String) {
    self.node = node
  }

  package func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    let scanner = try OpenNode(node, O_RDONLY)
    var assembler = HIDReportAssembler(layout: try Self.layout(of: scanner))
    tell(.ready)
    while !stop.isFired {
      let wait = assembler.deadline.map { $0 - MonotonicTime.milliseconds() }
      let ready = stop.wait(
        for: [scanner.descriptor], milliseconds: wait ?? CaptureLimits.retryMilliseconds)
      let now = MonotonicTime.milliseconds()
      if ready.isEmpty {
        if let code = assembler.silence(at: now) { tell(SourceNews(code)) }
      } else {
        let report = try scanner.read(upTo: Self.bytesPerReport)
        for code in assembler.take(report, at: now) { tell(SourceNews(code)) }
      }
    }
  }

  private static func layout(of scanner: OpenNode) throws(DeviceError) -> HIDScanLayout {
    var bytes = [UInt8](repeating: 0, count: CaptureLimits.maximumReportDescriptorBytes)
    let count = lt_hidraw_descriptor(scanner.descriptor, &bytes, bytes.count)
    try scanner.check("HIDIOCGRDESC", count)
    let descriptor = try? HIDReportDescriptor(Array(bytes.prefix(Int(count))))
    guard let layout = descriptor.flatMap({ HIDScanLayout($0) }) else {
      throw .badReportDescriptor
    }
    return layout
  }
}
