import Foundation
import Labels
import Scanning
import TestSupport
import Testing

@testable import Capture

@Suite("Cameras")
struct CameraTests {
  private static let hd = FrameSize(width: 1_280, height: 720)
  private static let vga = FrameSize(width: 640, height: 480)

  @Test("give large frames as JPEG, small ones raw, and grey before all")
  func choice() {
    let both: [(pixelFormat: PixelFormat, sizes: OfferedSizes)] = [
      (.yuyv, .discrete(Self.hd)), (.mjpeg, .discrete(Self.hd)), (.yuyv, .discrete(Self.vga)),
      (.mjpeg, .discrete(Self.vga)),
    ]
    #expect(CameraFormat.choose(from: both) == CameraFormat(pixelFormat: .mjpeg, size: Self.hd))
    #expect(
      CameraFormat.choose(from: both, wanting: Self.vga)
        == CameraFormat(pixelFormat: .yuyv, size: Self.vga))
    #expect(
      CameraFormat.choose(from: both + [(.grey, .discrete(Self.hd))])?.pixelFormat == .grey)
    #expect(CameraFormat.choose(from: []) == nil)
    #expect(CameraFormat.choose(from: both, preferring: .yuyv)?.pixelFormat == .yuyv)
    #expect(CameraFormat.choose(from: both, preferring: .grey)?.pixelFormat == .mjpeg)
  }

  @Test("are asked for the nearest size that they offer")
  func size() {
    let large = FrameSize(width: 1_920, height: 1_080)
    let sizes: [(pixelFormat: PixelFormat, sizes: OfferedSizes)] = [
      (.yuyv, .discrete(large)), (.yuyv, .discrete(Self.vga)),
    ]
    #expect(CameraFormat.choose(from: sizes)?.size == Self.vga)
    let steps = OfferedSizes.stepwise(
      smallest: FrameSize(width: 16, height: 16), largest: large,
      step: FrameSize(width: 16, height: 16))
    #expect(CameraFormat.choose(from: [(.yuyv, steps)])?.size == Self.hd)
    let odd = OfferedSizes.stepwise(
      smallest: FrameSize(width: 0, height: 0), largest: FrameSize(width: 0, height: 0),
      step: FrameSize(width: 0, height: 0))
    #expect(CameraFormat.choose(from: [(.yuyv, odd)]) == nil)
  }

  @Test("number their pixel formats as the kernel does")
  func fourCC() {
    #expect(PixelFormat.yuyv.fourCC == 0x5659_5559)
    #expect(PixelFormat(fourCC: 0x4750_4A4D) == .mjpeg)
    #expect(PixelFormat(fourCC: 0) == nil)
  }

  @Test("give raw frames whose rows have padding")
  func padding() throws {
    let yuyv = FrameDecoder(
      format: CameraFormat(pixelFormat: .yuyv, size: FrameSize(width: 2, height: 2)),
      bytesPerRow: 6)
    #expect(try image([10, 0, 20, 0, 9, 9, 30, 0, 40, 0], by: yuyv).pixels == [10, 20, 30, 40])
    let grey = FrameDecoder(
      format: CameraFormat(pixelFormat: .grey, size: FrameSize(width: 2, height: 2)),
      bytesPerRow: 2)
    #expect(try image([1, 2, 3, 4], by: grey).pixels == [1, 2, 3, 4])
  }

  @Test("with a frame that is too short are told by how much")
  func shortFrame() {
    let decoder = FrameDecoder(
      format: CameraFormat(pixelFormat: .yuyv, size: Self.vga), bytesPerRow: 1_280)
    #expect(throws: DeviceError.shortFrame(expected: 614_400, actual: 5)) {
      try image([0, 0, 0, 0, 0], by: decoder)
    }
  }

  @Test("are read though they leave the Huffman tables out of their frames, as many do")
  func withoutTables() throws {
    let decoder = FrameDecoder(
      format: CameraFormat(pixelFormat: .mjpeg, size: FrameSize(width: 64, height: 64)),
      bytesPerRow: 0)
    let whole = try JPEGWriter(colour: .halved).file(
      width: 64, height: 64, pixels: (0..<4_096).map { UInt8(truncatingIfNeeded: $0 * 7) })
    let bare = JPEGWriter.withoutHuffmanTables(whole)
    #expect(bare.count < whole.count - 400)
    #expect(try image(bare, by: decoder).pixels == image(whole, by: decoder).pixels)
  }

  @Test("with a damaged JPEG say why", arguments: [0, 2, 200, 1_000])
  func damagedFrame(length: Int) throws {
    let decoder = FrameDecoder(
      format: CameraFormat(pixelFormat: .mjpeg, size: FrameSize(width: 64, height: 64)),
      bytesPerRow: 0)
    let whole = try JPEGWriter(colour: .halved).file(
      width: 64, height: 64, pixels: (0..<4_096).map { UInt8(truncatingIfNeeded: $0 * 7) })
    #expect(try image(whole, by: decoder).width == 64)
    #expect(throws: DeviceError.self) {
      try image(Array(whole.prefix(min(length, whole.count - 10))), by: decoder)
    }
  }

  @Test("are named where the node is none", arguments: ["/dev/null", "/dev/zero"])
  func noCamera(node: String) {
    #expect(throws: DeviceError.noCamera(node: node)) {
      try CameraSource(nodes: [node], settings: .usual).read(until: StopSignal()) { _ in }
    }
  }

  @Test("are gone where there is no node")
  func gone() {
    #expect(throws: DeviceError.gone) {
      try CameraSource(nodes: ["/dev/nothing-here"], settings: .usual)
        .read(until: StopSignal()) { _ in }
    }
  }

  private func image(_ bytes: [UInt8], by decoder: FrameDecoder) throws -> GreyImage {
    try bytes.withUnsafeBytes { try decoder.image(from: $0) }
  }
}
