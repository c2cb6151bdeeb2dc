import Testing

@testable import Scanning

@Suite("Pixels of other pictures")
struct PixelTests {
  private static let widths = [1, 2, 3, 15, 16, 31, 32, 33, 34, 50, 67]

  private func picture(_ width: Int, _ height: Int) throws -> GreyImage {
    let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * 89 ^ $0 >> 3) }
    return try GreyImage(width: width, height: height, pixels: pixels)
  }

  @Test("at half the size are means of four, at any width", arguments: widths.dropFirst())
  func halved(width: Int) throws {
    let whole = try picture(width, 5)
    let half = try whole.halved()
    #expect((half.width, half.height) == (width / 2, 2))
    for y in 0..<half.height {
      for x in 0..<half.width {
        let four = [0, 1, width, width + 1].map { Int(whole.pixels[2 * y * width + 2 * x + $0]) }
        #expect(Int(half.pixels[y * half.width + x]) == (four.reduce(0, +) + 2) / 4)
      }
    }
  }

  @Test("at twice the size are 9, 3, 3 and 1 parts of the nearest four", arguments: widths)
  func doubled(width: Int) throws {
    let (whole, height) = (try picture(width, 3), 3)
    let large = try whole.doubled()
    #expect((large.width, large.height) == (2 * width, 2 * height))
    for y in 0..<2 * height {
      for x in 0..<2 * width {
        let beside = min(max(x / 2 + (x % 2 == 0 ? -1 : 1), 0), width - 1)
        let next = min(max(y / 2 + (y % 2 == 0 ? -1 : 1), 0), height - 1)
        func grey(_ column: Int, _ row: Int) -> Int { Int(whole.pixels[row * width + column]) }
        let sum =
          9 * grey(x / 2, y / 2) + 3 * grey(beside, y / 2) + 3 * grey(x / 2, next)
          + grey(beside, next)
        #expect(Int(large.pixels[y * 2 * width + x]) == (sum + 8) / 16)
      }
    }
  }

  @Test("along a line are blended from four, inside a picture and beyond its rim")
  func line() throws {
    let (width, height) = (60, 40)
    let slope = try GreyImage(
      width: width, height: height,
      pixels: (0..<width * height).map { UInt8(2 * ($0 % width) + 3 * ($0 / width)) })
    let step = SIMD2<Float>(0.8, 0.6)
    for start in [SIMD2<Float>(3.3, 4.7), SIMD2(-4, -3), SIMD2(30, 30)] {
      let levels = LineSampler.mean(
        from: start, step: step, count: 30, side: SIMD2(-0.6, 0.8), width: 3, of: slope)
      for (index, level) in levels.enumerated() {
        // On an even slope a mean of three is what is in their middle, unless the rim cuts in.
        let place = start + step * Float(index)
        guard place.min() > 1, place.x < Float(width) - 3, place.y < Float(height) - 3 else {
          #expect((0...255).contains(level))
          continue
        }
        #expect(abs(level - (2 * place.x + 3 * place.y)) < 0.1)
      }
    }
  }

  @Test("are scanned along the bars' own direction alone, upright and lying")
  func crops() async throws {
    let label = try await drawLabel(options: ["--scale", "1"]).framed(by: 20)
    for image in [label, try label.turned()] {
      let scan = PictureScan(image, deadline: ScanDeadline(.unlimited), tools: ScanTools())
      CropPass(.none).run(scan)
      #expect(scan.ballot.readings.map(\.symbol.text) == ["TT1.TK.00123-K"])
      #expect(scan.ballot.readings.first?.votes ?? 0 > 10)
    }
  }
}
