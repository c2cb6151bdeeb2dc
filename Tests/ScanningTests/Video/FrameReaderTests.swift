import Scanning
import TestSupport
import Testing

@Suite("The reader of a camera's frames")
struct FrameReaderTests {
  private let scene: VideoScene
  private let label: GreyImage

  init() async throws {
    scene = try VideoScene()
    label = try await drawLabel("TT1.TK.00123-K", as: .qr, options: ["--scale", "1.5"])
  }

  /// Plays frames 33 ms apart from a time on, and returns what was scanned.
  private func play(
    _ frames: [GreyImage], to reader: inout FrameReader, from start: Int64
  ) -> [Sighting] {
    frames.enumerated().flatMap { index, frame in
      reader.read(frame, at: start + Int64(index) * 33)
    }
  }

  private func held(_ count: Int, seed: UInt64 = 100) throws -> [GreyImage] {
    try (0..<count).map { try scene.frame([(label, x: 200, y: 80)], noise: seed + UInt64($0)) }
  }

  private func empty(_ count: Int, seed: UInt64 = 500) throws -> [GreyImage] {
    try (0..<count).map { try scene.frame(noise: seed + UInt64($0)) }
  }

  @Test("makes one scan of a code held in view, however long")
  func held() throws {
    var reader = FrameReader()
    let sightings = play(try empty(5) + held(60), to: &reader, from: 0)
    #expect(sightings.map(\.symbol.text) == ["TT1.TK.00123-K"])
  }

  @Test("makes two scans of a code taken away and shown again")
  func shownAgain() throws {
    var reader = FrameReader()
    var texts = play(try held(10), to: &reader, from: 0).map(\.symbol.text)
    texts += play(try empty(30), to: &reader, from: 330).map(\.symbol.text)
    texts += play(try held(10), to: &reader, from: 1_320).map(\.symbol.text)
    #expect(texts == ["TT1.TK.00123-K", "TT1.TK.00123-K"])
  }

  @Test("makes one scan of a code that is hidden for a few frames")
  func flicker() throws {
    var reader = FrameReader()
    var frames: [GreyImage] = []
    for round in 0..<6 {
      frames += try held(4, seed: UInt64(100 * round)) + empty(5, seed: UInt64(100 * round + 50))
    }
    #expect(play(frames, to: &reader, from: 0).count == 1)
  }

  @Test("reads a label that is carried through the picture once")
  func moving() throws {
    var reader = FrameReader()
    let frames = try (0..<30).map { index in
      try scene.frame([(label, x: 10 + index * 15, y: 60 + index * 3)], noise: UInt64(index))
    }
    #expect(play(frames, to: &reader, from: 0).map(\.symbol.text) == ["TT1.TK.00123-K"])
  }

  @Test("reads all labels of a stack, also those that join later")
  func stack() async throws {
    let second = try await drawLabel("TT.TK.00456-7", as: .qr, options: ["--scale", "1.5"])
    let third = try await drawLabel("TT1", as: .qr, options: ["--scale", "1.5"])
    var reader = FrameReader()
    let both = try scene.frame([(label, x: 20, y: 80), (second, x: 250, y: 90)], noise: 1)
    let all = try scene.frame(
      [(label, x: 20, y: 80), (second, x: 250, y: 90), (third, x: 450, y: 100)], noise: 2)
    let first = play([both, both], to: &reader, from: 0).map(\.symbol.text)
    #expect(Set(first) == ["TT1.TK.00123-K", "TT.TK.00456-7"])
    #expect(play([all, all], to: &reader, from: 66).map(\.symbol.text) == ["TT1"])
  }

  @Test("leaves out frames in which nothing moves, and reads now and then to be sure")
  func unmoved() throws {
    var reader = FrameReader()
    _ = play(try empty(60), to: &reader, from: 0)
    #expect(reader.counts.frames == 60)
    #expect(reader.counts.read == 8)
    #expect(reader.counts.unmoved == 52)
  }

  @Test("confirms a code without a check character at once, though nothing moves")
  func confirmation() async throws {
    var reader = FrameReader(
      scanner: BarcodeScanner(rounds: [[WholePicturePass(.none)]]))
    let spine = try await drawLabel("TK00123", as: .code39)
    let frames = try (0..<5).map { try scene.frame([(spine, x: 20, y: 80)], noise: UInt64($0)) }
    #expect(play(frames, to: &reader, from: 0).map(\.scannedMilliseconds) == [33])
  }

  @Test("takes a lamp that is dimmed for no movement")
  func dimmed() throws {
    var reader = FrameReader()
    let bright = try scene.frame(noise: 1)
    let dim = try bright.changed { grey, _ in grey - 20 }
    _ = play([bright, dim, bright, dim], to: &reader, from: 0)
    #expect(reader.counts.read == 1)
  }

  @Test("leaves out frames that movement has smeared, and reads the sharp one after them")
  func smeared() throws {
    var reader = FrameReader()
    let sharp = try scene.frame([(label, x: 280, y: 90)], noise: 9)
    let smeared = try (0..<2).map { index in
      try scene.frame([(label, x: 60 + 60 * index, y: 80)], noise: UInt64(index)).blurred(sigma: 6)
    }
    _ = play(try held(1), to: &reader, from: 0)
    let sightings = play(smeared + [sharp], to: &reader, from: 1_000)
    #expect(reader.counts.smeared == 2)
    #expect(sightings.map(\.scannedMilliseconds) == [1_066])
  }

  @Test("reads through a dirty lens, where no frame is ever sharp")
  func dirtyLens() throws {
    var reader = FrameReader()
    _ = play(try held(1), to: &reader, from: 0)
    let dirty = try (0..<6).map { index in
      try scene.frame([(label, x: 100 + 20 * index, y: 80)], noise: UInt64(index))
        .blurred(sigma: 1.2).faded(contrast: 0.6)
    }
    #expect(play(dirty, to: &reader, from: 2_000).count == 1)
  }

  @Test("carries the time from a label's coming into view to its scan")
  func wait() throws {
    var reader = FrameReader()
    _ = play(try empty(10), to: &reader, from: 0)
    let entering = try (0..<4).map { index in
      // Only a part of the label is in view at first.
      try scene.frame([(label, x: 620 - label.width - 15 * index, y: 80)], noise: UInt64(index))
        .changed { grey, place in place.x > 560 && index < 3 ? 150 : grey }
    }
    let sightings = play(entering, to: &reader, from: 1_000)
    let sighting = try #require(sightings.first)
    #expect(sighting.cameIntoViewMilliseconds == 1_000)
    #expect(sighting.waitMilliseconds == sighting.scannedMilliseconds - 1_000)
    #expect(sighting.waitMilliseconds <= 99)
  }

  @Test("stands a clock that goes back, and frames that change their size")
  func clockBack() throws {
    var reader = FrameReader()
    var count = play(try held(3), to: &reader, from: 5_000).count
    count += play(try held(3, seed: 7), to: &reader, from: 100).count
    count += reader.read(try GreyImage.plain(width: 8, height: 8), at: 5_100).count
    count += play(try held(2), to: &reader, from: 5_130).count
    #expect(count == 1)
  }
}
