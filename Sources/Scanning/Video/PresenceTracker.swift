import Labels

/// Keeps in mind which codes are in view, so that a code held there is one scan.
///
/// A code is new when it was out of view for ``VideoLimits/absenceForNewScan``. A code without a
/// check character has to be read in two frames, one that few lines agree on in one more. Two
/// labels with the same text count as one.
package struct PresenceTracker: Sendable {
  private var codes: [Code: Presence] = [:]

  /// The time of the last frame.
  private var latest: Int64?

  package init() {}

  /// What makes a code the same in two frames.
  private struct Code: Hashable, Sendable {
    let type: Symbology
    let bytes: [UInt8]
  }

  private struct Presence: Sendable {
    var lastSeen: Int64
    var frameCount = 0
    var isReported = false
  }

  /// Takes the readings of one frame, and returns those that are scans.
  package mutating func see(_ readings: [Reading], at milliseconds: Int64) -> [Symbol] {
    forgetCodesOutOfView(at: milliseconds)
    latest = milliseconds
    var scans: [Symbol] = []
    var counted: Set<Code> = []
    for reading in readings {
      guard let framesNeeded = Self.framesNeeded(for: reading) else { continue }
      let code = Code(type: reading.symbol.type, bytes: reading.symbol.bytes)
      guard counted.insert(code).inserted else { continue }
      if isScan(code, framesNeeded: framesNeeded, at: milliseconds) { scans.append(reading.symbol) }
    }
    return scans
  }

  /// Takes a frame that shows what the last one did: the codes that were in view then stay there.
  package mutating func seeSameAgain(at milliseconds: Int64) {
    for (code, presence) in codes where presence.isReported && presence.lastSeen == latest {
      codes[code]?.lastSeen = milliseconds
    }
    latest = milliseconds
    forgetCodesOutOfView(at: milliseconds)
  }

  /// Whether the last frame showed a code that another frame has to confirm.
  package var awaitsConfirmation: Bool {
    codes.values.contains { !$0.isReported && $0.lastSeen == latest }
  }

  private mutating func isScan(_ code: Code, framesNeeded: Int, at milliseconds: Int64) -> Bool {
    makeRoom(for: code)
    var presence = codes[code] ?? Presence(lastSeen: milliseconds)
    presence.lastSeen = max(presence.lastSeen, milliseconds)
    presence.frameCount += 1
    let isScan = !presence.isReported && presence.frameCount >= framesNeeded
    presence.isReported = presence.isReported || isScan
    codes[code] = presence
    return isScan
  }

  private mutating func forgetCodesOutOfView(at milliseconds: Int64) {
    codes = codes.filter { _, presence in
      let limit =
        presence.isReported ? VideoLimits.absenceForNewScan : VideoLimits.longestConfirmation
      return milliseconds - presence.lastSeen < limit
    }
  }

  private mutating func makeRoom(for code: Code) {
    guard codes[code] == nil, codes.count >= VideoLimits.maximumTrackedCodes,
      let oldest = codes.min(by: { $0.value.lastSeen < $1.value.lastSeen })
    else { return }
    codes[oldest.key] = nil
  }

  /// In how many frames a reading has to be seen; `nil` for one that frames can't confirm.
  private static func framesNeeded(for reading: Reading) -> Int? {
    let frames = reading.symbol.type.hasCheckCharacter ? 1 : 2
    switch reading.trust {
    case .trusted: return frames
    case .doubted(.fewVotes): return frames + 1
    case .doubted: return nil
    }
  }
}

extension Symbology {
  /// Whether a misread character is found out by the symbology itself.
  fileprivate var hasCheckCharacter: Bool {
    switch self {
    case .code128, .ean13, .ean8, .upca, .upce, .isbn13, .isbn10, .qr: true
    case .code39, .codabar, .itf, .ean2, .ean5: false
    }
  }
}
