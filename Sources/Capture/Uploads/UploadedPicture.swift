import Scanning

/// Makes a picture of uploaded bytes, the right way up.
enum UploadedPicture {
  static func image(from bytes: [UInt8]) throws(UploadError) -> GreyImage {
    do {
      return try GreyImage(decoding: bytes).turned(by: EXIFOrientation(of: bytes))
    } catch {
      throw .unusablePicture(error)
    }
  }
}
