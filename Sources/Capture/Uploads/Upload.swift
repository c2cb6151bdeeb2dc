/// The bytes of an uploaded picture, within the limit.
package struct Upload: Sendable {
  let bytes: [UInt8]

  package init(_ bytes: [UInt8]) throws(UploadError) {
    guard bytes.count <= CaptureLimits.maximumUploadBytes else {
      throw .tooManyBytes(bytes.count)
    }
    self.bytes = bytes
  }
}
