/// Reads the frames of one camera: each code that is held before it is one scan.
///
/// A frame that shows what the last one did costs next to nothing, and one that movement has
/// smeared is left out. Not for use from two threads at once; make one for each camera. Time is
/// whatever the caller's clock says, in milliseconds; one that goes back is taken to stand still.
package struct FrameReader {
  private let scanner: BarcodeScanner
  private var motion = MotionGate()
  private var sharpness = SharpnessGate()
  private var presence = PresenceTracker()

  /// The time of the last frame.
  private var now: Int64?

  /// When the scene began to change, or the last scan was made in a scene that goes on changing.
  private var changeBegan: Int64 = 0
  private var isMoving = false
  private var lastRead: Int64?

  /// What became of the frames so far.
  package private(set) var counts = FrameCounts()

  package init(scanner: BarcodeScanner = BarcodeScanner(rounds: ScanPlan.frame)) {
    self.scanner = scanner
  }

  /// Takes the next frame, and returns the codes that it completes as scans.
  package mutating func read(_ frame: GreyImage, at milliseconds: Int64) -> [Sighting] {
    let time = max(milliseconds, now ?? milliseconds)
    now = time
    counts.frames += 1
    let hasMoved = motion.hasMoved(frame)
    noteChange(hasMoved, at: time)
    if !hasMoved, !presence.awaitsConfirmation, let lastRead,
      time - lastRead < VideoLimits.rereadInterval
    {
      counts.unmoved += 1
      presence.seeSameAgain(at: time)
      return []
    }
    // Smear comes from movement; what stands still gets no sharper by waiting.
    if hasMoved, !sharpness.isSharpEnough(frame) {
      counts.smeared += 1
      return []
    }
    return scan(frame, hasMoved: hasMoved, at: time)
  }

  private mutating func scan(_ frame: GreyImage, hasMoved: Bool, at time: Int64) -> [Sighting] {
    counts.read += 1
    lastRead = time
    motion.markAsRead()
    // A code that is missed once in a scene that stands still has not gone.
    if !hasMoved { presence.seeSameAgain(at: time) }
    let scans = presence.see(scanner.read(frame), at: time)
    let cameIntoView = max(changeBegan, time - VideoLimits.longestWait)
    if !scans.isEmpty { changeBegan = time }
    return scans.map {
      Sighting(
        symbol: $0, cameIntoViewMilliseconds: cameIntoView, scannedMilliseconds: time)
    }
  }

  private mutating func noteChange(_ hasMoved: Bool, at time: Int64) {
    if hasMoved, !isMoving { changeBegan = time }
    isMoving = hasMoved
  }
}

/// What became of a camera's frames.
package struct FrameCounts: Hashable, Sendable {
  package var frames = 0
  /// Frames that showed what the last one did.
  package var unmoved = 0
  /// Frames left out for their smear.
  package var smeared = 0
  package var read = 0
}
