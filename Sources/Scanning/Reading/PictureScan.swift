/// One picture on its way through the passes: what each may use, and where each puts what it reads.
package final class PictureScan {
  package let image: GreyImage
  package let tools: ScanTools

  /// When the pass that is running has to stop.
  package internal(set) var deadline: ScanDeadline

  /// What has been measured of its stripes, level by level.
  var stripes = Stripes()

  /// What the passes have read.
  package var ballot = Ballot()

  package init(_ image: GreyImage, deadline: ScanDeadline, tools: ScanTools) {
    self.image = image
    self.deadline = deadline
    self.tools = tools
  }
}

/// What a scanner keeps from picture to picture: zbar's scanners, renewed now and then.
package final class ScanTools {
  private var zbar = ZBarScanner()
  private var scansLeft = ScanningLimits.scansPerScanner

  /// The reader of QR codes, with a scanner of zbar's that reads nothing else.
  package let qrReader = QRReader()

  /// zbar's scanner of pictures without its QR reader, which is not needed where bars are known
  /// to be, and keeps no memory.
  let barScanner = ZBarScanner(readsQR: false)

  /// zbar's decoder of single lines; without its QR part it keeps no memory.
  let lines = LineDecoder()

  package init() {}

  /// zbar's scanner of whole pictures, for one scan.
  ///
  /// Its QR reader keeps memory at each scan, so that it is replaced after some.
  package var pictureScanner: ZBarScanner {
    if scansLeft == 0 {
      zbar = ZBarScanner()
      scansLeft = ScanningLimits.scansPerScanner
    }
    scansLeft -= 1
    return zbar
  }
}
