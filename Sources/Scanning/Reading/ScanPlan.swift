/// The passes of a scan, in the order of what they gain for their time.
package enum ScanPlan {
  /// For a photo or a scanned page: all that can read it.
  package static let still: [[any ScanPass]] =
    [[LinePass(LineMethod(level: 1, width: 3))]] + rescues + [
      [WholePicturePass(.none)],
      [WholePicturePass(.inverted)],
      [WholePicturePass(.doubled)],
    ]

  /// For the frames of a camera, where the next frame is the better retry.
  package static let frame: [[any ScanPass]] = [
    [LinePass(LineMethod(level: 1, width: 3))]
  ]

  /// What reads bar codes that the first look at a picture does not.
  private static let rescues: [[any ScanPass]] = [
    [LinePass(LineMethod(level: 0, width: 5, samplesPerPixel: 2))],
    [LinePass(LineMethod(level: 2, width: 9))],
    [LinePass(LineMethod(level: 1, width: 9, samplesPerPixel: 3, edges: .steepestEvened))],
    [GridPass()],
    [LinePass(LineMethod(level: 1, width: 5, samplesPerPixel: 3, edges: .halfway))],
    [LinePass(LineMethod(level: 1, width: 5, samplesPerPixel: 3, edges: .halfwayInverted))],
  ]
}
