import Foundation
import Synchronization

/// Finds the device that reads the pairing code, among all that no profile means yet.
package final class DevicePairing: Sendable {
  private let candidates: [DeviceDescription]
  /// Made once for all keyboards: the layouts are long to read.
  private let keyboards = KeyboardPairing()
  private let stopSignal = StopSignal()
  private let found = Mutex<DeviceProfile?>(nil)
  private let tell: @Sendable (_ device: String, DeviceError) -> Void
  private let told = Mutex<Set<Trouble>>([])

  private struct Trouble: Hashable {
    let device: String
    let error: DeviceError
  }

  /// Takes where devices are looked for, the profiles that there are, and who is told, from any
  /// thread, of a device that can't be read.
  package init(
    tree: DeviceTree = DeviceTree(), shelf: ProfileShelf,
    tellTrouble: @escaping @Sendable (_ device: String, DeviceError) -> Void
  ) {
    tell = tellTrouble
    candidates = tree.devices().filter { shelf.profile(for: $0) == nil }
      .prefix(CaptureLimits.maximumDevices).map(\.self)
  }

  /// The names of the devices that are listened to.
  package var names: [String] { candidates.map(\.id) }

  /// Waits until a device has read the code; nothing where ``stop()`` was called first, or where
  /// no device is left that can be read.
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

  /// Reads one device as it is from the factory; one that can't be read is told and passed over.
  private func listen(to device: DeviceDescription) {
    do throws(DeviceError) {
      switch device.kind {
      case .keyboard:
        let settings = try KeyboardPairing.settings(
          ofScannerAt: device.nodes, by: keyboards, until: stopSignal)
        if let settings { finish(device, .keyboard(settings)) }
      case .serial:
        guard let node = device.nodes.first else { return }
        try wait(for: SerialSource(node: node, settings: .usual), device, .serial(.usual))
      case .camera:
        let source = CameraSource(nodes: device.nodes, settings: .usual)
        try wait(for: source, device, .camera(.usual))
      case .hidPOS, .folder: break
      }
    } catch {
      tellTrouble(device.id, error)
    }
  }

  private func wait(
    for source: any DeviceSource, _ device: DeviceDescription, _ mode: DeviceProfile.Mode
  ) throws(DeviceError) {
    try source.read(until: stopSignal) { [self] news in
      switch news {
      case .code(let text, _): if PairingCode.isIn(text) { finish(device, mode) }
      case .trouble(let error): tellTrouble(device.id, error)
      case .ready, .keptCode: break
      }
    }
  }

  /// Tells what is wrong, once; a device that sends only garbage does not fill the screen.
  private func tellTrouble(_ device: String, _ error: DeviceError) {
    let isNew = told.withLock { told in
      told.count < CaptureLimits.maximumPairingTroubles
        && told.insert(Trouble(device: device, error: error)).inserted
    }
    if isNew { tell(device, error) }
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
      if let format = settings.format { lines.append("format: \(format.rawValue)") }
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
