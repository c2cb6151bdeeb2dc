import Foundation
import Synchronization

/// Finds the device that reads the pairing code, among all that no profile means yet.
package final class DevicePairing: Sendable {
  private let candidates: [DeviceDescription]
  /// Made once for all keyboards: the layouts are long to read.
  private let keyboards = KeyboardPairing()
  private let stopSignal = StopSignal()
  private let found = Mutex<DeviceProfile?>(nil)

  package init(tree: DeviceTree = DeviceTree(), shelf: ProfileShelf) {
    candidates = tree.devices().filter { shelf.profile(for: $0) == nil }
      .prefix(CaptureLimits.maximumDevices).map(\.self)
  }

  /// The names of the devices that are listened to.
  package var names: [String] { candidates.map(\.id) }

  /// Waits until a device has read the code; nothing where ``stop()`` was called first.
  package func run() async -> DeviceProfile? {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { [self] in
        let threads = DispatchGroup()
        for candidate in candidates {
          threads.enter()
          Thread.detachNewThread { [self] in
            listen(to: candidate)
            threads.leave()
          }
        }
        // Devices that can't be read end at once; the others end with the signal.
        stopSignal.waitUntilFired()
        threads.wait()
        continuation.resume()
      }
    }
    return found.withLock(\.self)
  }

  /// Gives up waiting.
  package func stop() {
    stopSignal.fire()
  }

  /// Reads one device as it is from the factory; what can't be opened is passed over.
  private func listen(to device: DeviceDescription) {
    switch device.kind {
    case .keyboard:
      let settings = try? KeyboardPairing.settings(
        ofScannerAt: device.nodes, by: keyboards, until: stopSignal)
      if let settings { finish(device, .keyboard(settings)) }
    case .serial:
      let source = device.nodes.first.map { SerialSource(node: $0, settings: .usual) }
      wait(for: source, device, .serial(.usual))
    case .camera:
      wait(for: CameraSource(nodes: device.nodes, settings: .usual), device, .camera(.usual))
    case .hidPOS, .folder: break
    }
  }

  private func wait(
    for source: (any DeviceSource)?, _ device: DeviceDescription, _ mode: DeviceProfile.Mode
  ) {
    try? source?.read(until: stopSignal) { [self] news in
      if case .code(let text, _) = news, PairingCode.isIn(text) { finish(device, mode) }
    }
  }

  private func finish(_ device: DeviceDescription, _ mode: DeviceProfile.Mode) {
    found.withLock { $0 = $0 ?? DeviceProfile(pairing: device, mode: mode) }
    stopSignal.fire()
  }
}

extension DeviceProfile {
  /// The profile of a device that was paired: its model, and its place where it has no USB numbers.
  init(pairing device: DeviceDescription, mode: Mode) {
    var match = Match()
    match.vendor = device.vendor
    if let product = device.product { match.products = [product] }
    match.name = device.name
    if device.vendor == nil { match.path = device.busPath }
    self.init(name: device.name, matches: [match], mode: mode, tested: "paired")
  }

  /// A file name for the profile, of its own name's letters and digits.
  package var fileName: String {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let places = matches.compactMap(\.path).joined()
    let stem = words.joined(separator: "-") + (places.isEmpty ? "" : "-\(places)")
    let safe = stem.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    return "\(kind.rawValue)-\(safe.isEmpty ? "device" : safe).yaml"
  }

  /// The profile as a file.
  package var yaml: String {
    var lines = ["name: \(Self.quoted(name))", "match:"]
    for match in matches { lines.append("  - { \(match.yaml.joined(separator: ", ")) }") }
    lines.append("mode: \(kind.rawValue)")
    switch mode {
    case .keyboard(let settings):
      lines.append("layout: \(settings.layout)")
      lines.append(
        "endings: [\(settings.endings.map(\.rawValue).sorted().joined(separator: ", "))]")
    case .serial(let settings):
      lines.append("baud: \(settings.baud)")
      lines.append(
        "endings: [\(settings.endings.map(\.rawValue).sorted().joined(separator: ", "))]")
    case .camera(let settings):
      lines.append("size: \(settings.size.width)x\(settings.size.height)")
    case .hidPOS: break
    }
    lines.append("tested: \(Self.quoted(tested))")
    return lines.map { $0 + "\n" }.joined()
  }

  fileprivate static func quoted(_ text: String) -> String {
    let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}

extension DeviceProfile.Match {
  fileprivate var yaml: [String] {
    func hex(_ number: UInt16) -> String {
      let digits = String(number, radix: 16)
      return "\"\(String(repeating: "0", count: 4 - digits.count))\(digits)\""
    }
    var parts: [String] = []
    if let vendor { parts.append("vendor: \(hex(vendor))") }
    if !products.isEmpty {
      parts.append("products: [\(products.sorted().map(hex).joined(separator: ", "))]")
    }
    if let name { parts.append("name: \(DeviceProfile.quoted(name))") }
    if let path { parts.append("path: \(DeviceProfile.quoted(path))") }
    return parts
  }
}
