/// Tells damaged frames that go on from the one that any camera gives now and then.
struct FrameHealth: Hashable, Sendable {
  private var damagedInARow = 0

  /// Notes a damaged frame; what is to be told of it, where it is worth a word.
  mutating func note(_ error: DeviceError) -> SourceNews? {
    damagedInARow += 1
    return damagedInARow == CaptureLimits.damagedFramesToTell ? .trouble(error) : nil
  }

  /// Notes a good frame; what is to be told where it ends what was told before.
  mutating func noteGood() -> SourceNews? {
    defer { damagedInARow = 0 }
    return damagedInARow >= CaptureLimits.damagedFramesToTell ? .ready : nil
  }
}
