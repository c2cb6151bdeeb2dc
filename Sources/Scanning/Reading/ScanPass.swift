/// One way to read a picture: what a rescue of a poor picture has to implement.
package protocol ScanPass: Sendable {
  /// Casts a vote in `scan.ballot` for each code that this pass reads, in pixels of `scan.image`.
  ///
  /// A pass with a loop asks `scan.deadline` between its steps.
  func run(_ scan: PictureScan)
}
