/// How the devices of one model are found and set: one file in `Devices/profiles`.
package struct DeviceProfile: Hashable, Sendable {
  /// How a device of this model is read.
  package enum Mode: Hashable, Sendable {
    case keyboard(KeyboardSettings)
    case serial(SerialSettings)
    case hidPOS
    case camera(CameraSettings)
  }

  /// What tells the devices of this model from others; what is left out may be anything.
  package struct Match: Hashable, Sendable {
    package var vendor: UInt16?
    package var products: Set<UInt16> = []
    /// A part of the device's own name, in any case.
    package var name: String?
    /// Where it is plugged in.
    package var path: String?

    package init() {}
  }

  package let name: String
  package let matches: [Match]
  package let mode: Mode
  /// On what, and how, somebody has seen it work.
  package let tested: String

  package init(name: String, matches: [Match], mode: Mode, tested: String) {
    self.name = name
    self.matches = matches
    self.mode = mode
    self.tested = tested
  }

  package var kind: DeviceKind {
    switch mode {
    case .keyboard: .keyboard
    case .serial: .serial
    case .hidPOS: .hidPOS
    case .camera: .camera
    }
  }

  /// How exactly the profile means a device, by how much it says of it; nothing where it does not.
  package func score(for device: DeviceDescription) -> Int? {
    guard device.kind == kind else { return nil }
    return matches.compactMap { $0.score(for: device) }.max()
  }

  /// What reads a device by this profile; nothing where the device has no node.
  func source(for device: DeviceDescription) -> (any DeviceSource)? {
    guard let first = device.nodes.first else { return nil }
    switch mode {
    case .keyboard(let settings):
      return KeyboardSource(nodes: device.nodes, settings: settings)
    case .serial(let settings): return SerialSource(node: first, settings: settings)
    case .hidPOS: return HIDSource(node: first)
    case .camera(let settings): return CameraSource(nodes: device.nodes, settings: settings)
    }
  }
}

extension DeviceProfile.Match {
  /// Each thing that is said must hold; nothing where one does not.
  fileprivate func score(for device: DeviceDescription) -> Int? {
    var score = 0
    if let vendor {
      guard device.vendor == vendor else { return nil }
      score += 1
    }
    if !products.isEmpty {
      guard let product = device.product, products.contains(product) else { return nil }
      score += 2
    }
    if let name {
      guard device.name.lowercased().contains(name.lowercased()) else { return nil }
      score += 2
    }
    if let path {
      guard device.busPath == path else { return nil }
      score += 4
    }
    return score
  }
}
