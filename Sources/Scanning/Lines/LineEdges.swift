/// Where a line goes from light to dark and back, in samples.
struct LineEdges {
  let places: [Float]
  /// Whether the line is light before its first edge.
  let startsLight: Bool
  /// The line's length in samples.
  let length: Int

  /// Too few edges for the shortest code that is read, EAN-8 with 43 bars and spaces, or so.
  var isTooFew: Bool { places.count < 16 }

  /// The widths of spaces and bars in turn, as zbar takes them, with `inkShift` samples moved from
  /// each space to each bar.
  func widths(inkShift: Float = 0) -> [UInt32] {
    var widths: [UInt32] = startsLight ? [] : [0]
    var isSpace = startsLight
    var last: Float = 0
    for place in places + [Float(length)] {
      let width = place - last + (isSpace ? -inkShift : inkShift)
      widths.append(UInt32(max(width * Self.unitsPerSample, 1)))
      last = place
      isSpace.toggle()
    }
    return widths
  }

  private static let unitsPerSample: Float = 32

  /// How much wider narrow spaces are than narrow bars, halved.
  var inkShift: Float {
    var bars: [Float] = []
    var spaces: [Float] = []
    for index in places.indices.dropFirst() {
      let width = places[index] - places[index - 1]
      if index.isMultiple(of: 2) == startsLight { spaces.append(width) } else { bars.append(width) }
    }
    guard let bar = Self.narrow(bars), let space = Self.narrow(spaces) else { return 0 }
    return (space - bar) / 2
  }

  /// The width that one in seven falls short of.
  private static func narrow(_ widths: [Float]) -> Float? {
    widths.sorted().dropFirst(widths.count / 7).first
  }
}

extension LineEdges {
  /// Finds the places halfway between each peak and the next trough.
  ///
  /// A peak or trough counts if the level comes back from it by a twelfth of the line's range.
  init(halfwayAlong samples: [Float]) {
    let sorted = samples.sorted()
    let range = sorted[sorted.count * 19 / 20] - sorted[sorted.count / 20]
    let turns = Self.turns(of: samples, hysteresis: max(4, range / 12))
    var places: [Float] = []
    for (one, other) in zip(turns, turns.dropFirst()) {
      let middle = (samples[one] + samples[other]) / 2
      let isFalling = samples[other] < samples[one]
      let before = (one..<other).first {
        isFalling ? samples[$0 + 1] < middle : samples[$0 + 1] > middle
      }
      guard let before else { continue }
      let change = samples[before + 1] - samples[before]
      places.append(Float(before) + (middle - samples[before]) / change)
    }
    self.places = places
    startsLight = turns.count > 1 && samples[turns[0]] > samples[turns[1]]
    length = samples.count
  }

  /// The places of peaks and troughs in turn.
  private static func turns(of samples: [Float], hysteresis: Float) -> [Int] {
    var turns: [Int] = []
    var highest = 0
    var lowest = 0
    var isRising: Bool?
    for index in samples.indices {
      if samples[index] > samples[highest] { highest = index }
      if samples[index] < samples[lowest] { lowest = index }
      if isRising != false, samples[highest] - samples[index] > hysteresis {
        turns.append(highest)
        isRising = false
        lowest = index
      } else if isRising != true, samples[index] - samples[lowest] > hysteresis {
        turns.append(lowest)
        isRising = true
        highest = index
      }
    }
    return turns
  }
}
