/// The passes of a scan, in the order of what they gain for their time.
package enum ScanPlan {
  /// For a photo or a scanned page: all that can read it.
  package static let still: [[any ScanPass]] = [
    [WholePicturePass(.none), QRPass(.quick)],
    [QRPass(.thorough)],
    [WholePicturePass(.inverted)],
    [WholePicturePass(.doubled)],
  ]

  /// For the frames of a camera, where the next frame is the better retry.
  package static let frame: [[any ScanPass]] = [
    [WholePicturePass(.none), QRPass(.quick)]
  ]
}
