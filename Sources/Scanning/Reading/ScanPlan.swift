/// The passes of a scan, in the order of what they gain for their time.
package enum ScanPlan {
  /// For a photo or a scanned page: all that can read it.
  package static let still: [[any ScanPass]] = [firstLook] + rescues

  /// For the frames of a camera, where the next frame is the better retry.
  ///
  /// Its one round needs no budget: of the frames that were made to be slow, 1280×720 of noise and
  /// finder patterns, the worst took 15 ms.
  package static let frame: [[any ScanPass]] = [firstLook]

  /// What reads most pictures in the least time.
  private static let firstLook: [any ScanPass] = [
    LinePass(LineMethod(level: 1, width: 3), isRescue: false), QRPass(.quick),
  ]

  /// What reads codes that the first look does not, by what each gained for its time.
  private static let rescues: [[any ScanPass]] = [
    [LinePass(LineMethod(level: 0, width: 5, samplesPerPixel: 2))],
    [QRPass(.thorough)],
    [LinePass(LineMethod(level: 1, width: 3, samplesPerPixel: 3, direction: .upright))],
    [GridPass()],
    [LinePass(LineMethod(level: 1, width: 9, samplesPerPixel: 3, edges: .steepestEvened))],
    [LinePass(LineMethod(level: 0, width: 1, direction: .upright))],
    [LinePass(LineMethod(level: 1, width: 3, edges: .steepestInverted))],
    [CropPass(.none)],
    [LinePass(LineMethod(level: 1, width: 5, samplesPerPixel: 3, edges: .halfway))],
    [CropPass(.inverted)],
    [CropPass(.doubled)],
  ]
}
