import Labels
import Scanning
import Testing

@Suite("The codes in view")
struct PresenceTrackerTests {
  private func reading(
    _ text: String, _ type: Symbology = .code128, trust: Trust = .trusted
  ) -> Reading {
    let symbol = Symbol(
      type: type, bytes: Array(text.utf8), quality: 1, orientation: .up, points: [])
    return Reading(symbol: symbol, trust: trust, votes: 1)
  }

  @Test("are new after just as long an absence as the limit says")
  func absence() {
    let limit = VideoLimits.absenceForNewScan
    for (gap, expected) in [(limit - 1, 0), (limit, 1)] {
      var tracker = PresenceTracker()
      #expect(tracker.see([reading("TT1")], at: 1_000).count == 1)
      #expect(tracker.see([reading("TT1")], at: 1_000 + gap).count == expected)
    }
  }

  @Test(
    "are read in two frames where no check character guards them",
    arguments: [
      Symbology.code39, .codabar, .itf,
    ])
  func unchecked(_ type: Symbology) {
    var tracker = PresenceTracker()
    #expect(tracker.see([reading("00123456", type)], at: 0).isEmpty)
    #expect(tracker.see([reading("00123457", type)], at: 33).isEmpty)
    #expect(tracker.see([reading("00123456", type)], at: 66).count == 1)
    #expect(tracker.see([reading("00123456", type)], at: 99).isEmpty)
  }

  @Test("are not confirmed by a frame long before")
  func staleConfirmation() {
    var tracker = PresenceTracker()
    #expect(tracker.see([reading("TT1", .code39)], at: 0).isEmpty)
    let later = VideoLimits.longestConfirmation
    #expect(tracker.see([reading("TT1", .code39)], at: later).isEmpty)
  }

  @Test("are confirmed by one frame more when few lines agree, and never when others contradict")
  func doubted() {
    var tracker = PresenceTracker()
    let few = reading("TT1", trust: .doubted(.fewVotes(needed: 2)))
    let contradicted = reading("TT2", trust: .doubted(.contradicted))
    #expect(tracker.see([few, contradicted], at: 0).isEmpty)
    #expect(tracker.see([few, contradicted], at: 33).map(\.text) == ["TT1"])
    #expect(tracker.see([few, contradicted], at: 66).isEmpty)
  }

  @Test("count once when two labels in a frame say the same")
  func twice() {
    var tracker = PresenceTracker()
    #expect(tracker.see([reading("TT1"), reading("TT1")], at: 0).count == 1)
    let unchecked = reading("TT1", .code39)
    #expect(tracker.see([unchecked, unchecked], at: 33).isEmpty)
  }

  @Test("stay in view while the picture stands still")
  func standingStill() {
    var tracker = PresenceTracker()
    #expect(tracker.see([reading("TT1")], at: 0).count == 1)
    for time in stride(from: Int64(100), to: 60_000, by: 100) { tracker.seeSameAgain(at: time) }
    #expect(tracker.see([reading("TT1")], at: 60_000).isEmpty)
  }

  @Test("cost no more memory when a screen shows ever new ones")
  func flood() {
    var tracker = PresenceTracker()
    for number in 0..<5_000 {
      #expect(tracker.see([reading("\(number)")], at: Int64(number)).count == 1)
    }
    // Those of the last milliseconds are still known.
    #expect(tracker.see([reading("4999")], at: 5_000).isEmpty)
  }
}
