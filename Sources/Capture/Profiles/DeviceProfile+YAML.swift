import Yams

extension DeviceProfile {
  /// Reads a profile's text; `file` is its name, for what there is to say.
  package init(yaml text: String, file: String) throws(ProfileError) {
    guard text.utf8.count <= CaptureLimits.maximumProfileBytes else {
      throw ProfileError(file: file, reason: .tooLarge)
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw ProfileError(file: file, reason: .noYAML("\(error)".prefix(200).description))
    }
    let map = try ProfileMap(node, file: file, key: "name")
    try map.allow([
      "name", "match", "mode", "layout", "endings", "baud", "size", "format", "controls",
      "tested",
    ])
    name = try map.text("name")
    tested = try map.text("tested")
    matches = try map.maps("match").map { map throws(ProfileError) in try Match(map) }
    mode = try Self.mode(map)
  }

  private static func mode(_ map: ProfileMap) throws(ProfileError) -> Mode {
    switch DeviceKind(rawValue: try map.text("mode")) {
    case .keyboard:
      let usual = KeyboardSettings.usual
      return .keyboard(
        KeyboardSettings(
          layout: try map.optionalText("layout") ?? usual.layout,
          endings: try map.choices("endings") ?? usual.endings))
    case .serial:
      let usual = SerialSettings.usual
      let baud = try map.optionalNumber("baud") ?? usual.baud
      guard SerialSettings.speeds[baud] != nil else { throw map.error(.badValue(key: "baud")) }
      return .serial(
        SerialSettings(baud: baud, endings: try map.choices("endings") ?? usual.endings))
    case .hidPOS: return .hidPOS
    case .camera: return .camera(try cameraSettings(map))
    case .folder, nil: throw map.error(.badValue(key: "mode"))
    }
  }

  private static func cameraSettings(_ map: ProfileMap) throws(ProfileError) -> CameraSettings {
    var settings = CameraSettings.usual
    if let text = try map.optionalText("size") {
      let sides = text.split(separator: "x").compactMap { Int($0) }
      guard sides.count == 2, sides.allSatisfy((16...8_192).contains) else {
        throw map.error(.badValue(key: "size"))
      }
      settings.size = FrameSize(width: sides[0], height: sides[1])
    }
    if let text = try map.optionalText("format") {
      guard let format = PixelFormat(rawValue: text) else {
        throw map.error(.badValue(key: "format"))
      }
      settings.format = format
    }
    guard let controls = try map.optionalMap("controls") else { return settings }
    try controls.allow(Set(CameraControl.allCases.map(\.rawValue)))
    for control in CameraControl.allCases {
      let value = try controls.optionalNumber(control.rawValue)
      guard let value else { continue }
      guard let value = Int32(exactly: value) else {
        throw map.error(.badValue(key: control.rawValue))
      }
      settings.controls[control] = value
    }
    return settings
  }
}

extension DeviceProfile.Match {
  fileprivate init(_ map: ProfileMap) throws(ProfileError) {
    self.init()
    try map.allow(["vendor", "products", "name", "path"])
    vendor = try map.optionalText("vendor").map { text throws(ProfileError) in
      try map.hex(text, key: "vendor")
    }
    products = Set(
      try map.texts("products").map { text throws(ProfileError) in
        try map.hex(text, key: "products")
      })
    name = try map.optionalText("name")
    path = try map.optionalText("path")
    // A match that says nothing would take the librarian's own keyboard.
    if vendor == nil, name == nil, path == nil { throw map.error(.missing(key: "vendor")) }
  }
}

/// A map of a profile, read key by key, so that each error names its key.
private struct ProfileMap {
  private let mapping: Node.Mapping
  private let file: String

  init(_ node: Node?, file: String, key: String) throws(ProfileError) {
    guard let mapping = node?.mapping else {
      throw ProfileError(file: file, reason: node == nil ? .missing(key: key) : .badValue(key: key))
    }
    self.mapping = mapping
    self.file = file
  }

  func error(_ reason: ProfileError.Reason) -> ProfileError {
    ProfileError(file: file, reason: reason)
  }

  /// Refuses a key that is not known, which would otherwise be passed over in silence.
  func allow(_ keys: Set<String>) throws(ProfileError) {
    for key in mapping.keys {
      let name = key.string ?? "?"
      guard keys.contains(name) else { throw error(.unknownKey(String(name.prefix(40)))) }
    }
  }

  func optionalText(_ key: String) throws(ProfileError) -> String? {
    guard let node = mapping[Node(key)] else { return nil }
    guard let text = node.string, !text.isEmpty, text.utf8.count <= 1_000 else {
      throw error(.badValue(key: key))
    }
    return text
  }

  func text(_ key: String) throws(ProfileError) -> String {
    guard let text = try optionalText(key) else { throw error(.missing(key: key)) }
    return text
  }

  func optionalNumber(_ key: String) throws(ProfileError) -> Int? {
    guard let text = try optionalText(key) else { return nil }
    guard let number = Int(text) else { throw error(.badValue(key: key)) }
    return number
  }

  func texts(_ key: String) throws(ProfileError) -> [String] {
    guard let node = mapping[Node(key)] else { return [] }
    guard let list = node.sequence else { throw error(.badValue(key: key)) }
    return try list.map { node throws(ProfileError) in
      guard let text = node.string else { throw error(.badValue(key: key)) }
      return text
    }
  }

  /// A list of the words of an enumeration; nothing where the key is not there.
  func choices<Choice: RawRepresentable<String> & Hashable>(
    _ key: String
  ) throws(ProfileError) -> Set<Choice>? {
    let words = try texts(key)
    guard !words.isEmpty else { return nil }
    return Set(
      try words.map { word throws(ProfileError) in
        guard let choice = Choice(rawValue: word) else { throw error(.badValue(key: key)) }
        return choice
      })
  }

  func optionalMap(_ key: String) throws(ProfileError) -> ProfileMap? {
    guard let node = mapping[Node(key)] else { return nil }
    return try ProfileMap(node, file: file, key: key)
  }

  func maps(_ key: String) throws(ProfileError) -> [ProfileMap] {
    guard let list = mapping[Node(key)]?.sequence, !list.isEmpty else {
      throw error(.missing(key: key))
    }
    return try list.map { node throws(ProfileError) in
      try ProfileMap(node, file: file, key: key)
    }
  }

  func hex(_ text: String, key: String) throws(ProfileError) -> UInt16 {
    guard text.count == 4, let number = UInt16(text, radix: 16) else {
      throw error(.badValue(key: key))
    }
    return number
  }
}
