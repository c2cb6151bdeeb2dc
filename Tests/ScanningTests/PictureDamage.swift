import Foundation
import Scanning
import TestSupport

/// What may befall a label before a camera sees it, and what the camera adds.
extension GreyImage {
  /// A place in a picture, in pixels.
  typealias Place = SIMD2<Double>

  /// A new picture whose every pixel is looked up at a place of this one; white outside.
  func looking(width: Int, height: Int, at place: (Place) -> Place) throws -> GreyImage {
    var result: [UInt8] = []
    result.reserveCapacity(width * height)
    for y in 0..<height {
      for x in 0..<width { result.append(grey(at: place(Place(Double(x), Double(y))))) }
    }
    return try GreyImage(width: width, height: height, pixels: result)
  }

  private func grey(at place: Place) -> UInt8 {
    let (x, y) = (place.x.rounded(.down), place.y.rounded(.down))
    guard x >= 0, y >= 0, x < Double(width - 1), y < Double(height - 1) else { return 255 }
    let first = Int(y) * width + Int(x)
    let (right, down) = (place.x - x, place.y - y)
    let upper = Double(pixels[first]) * (1 - right) + Double(pixels[first + 1]) * right
    let lower =
      Double(pixels[first + width]) * (1 - right) + Double(pixels[first + width + 1]) * right
    return UInt8(upper * (1 - down) + lower * down)
  }

  /// This picture with white around it.
  func framed(by margin: Int) throws -> GreyImage {
    try looking(width: width + 2 * margin, height: height + 2 * margin) {
      $0 - Place(Double(margin), Double(margin))
    }
  }

  /// Turned about its middle, on a picture that holds all of it.
  func turned(byDegrees degrees: Double) throws -> GreyImage {
    let (sine, cosine) = (sin(degrees * .pi / 180), cos(degrees * .pi / 180))
    let side = Int(Double(width * width + height * height).squareRoot()) + 2
    let middle = Place(Double(side) / 2, Double(side) / 2)
    let centre = Place(Double(width) / 2, Double(height) / 2)
    return try looking(width: side, height: side) { place in
      let offset = place - middle
      return centre
        + Place(cosine * offset.x + sine * offset.y, cosine * offset.y - sine * offset.x)
    }
  }

  /// At another size, each pixel the mean of nine places.
  func scaled(by factor: Double) throws -> GreyImage {
    let source = factor < 1 ? try blurred(sigma: 0.4 / factor) : self
    return try source.looking(
      width: Int(Double(width) * factor), height: Int(Double(height) * factor)
    ) { ($0 + Place(0.5, 0.5)) / factor - Place(0.5, 0.5) }
  }

  /// Seen from the side: the right edge is farther away and looks shorter by a part of the left.
  func tilted(by part: Double) throws -> GreyImage {
    let (width, height) = (Double(self.width), Double(self.height))
    return try looking(width: self.width, height: self.height) { place in
      let nearness = 1 - part * place.x / width
      return Place(
        place.x * (1 - part) / nearness, height / 2 + (place.y - height / 2) / nearness)
    }
  }

  /// Bent around an upright can.
  func curled(by bend: Double) throws -> GreyImage {
    let half = Double(width) / 2
    return try looking(width: width, height: height) { place in
      Place(half + half * asin((place.x - half) / half * bend) / asin(bend), place.y)
    }
  }

  /// Out of focus, by a bell curve.
  func blurred(sigma: Double) throws -> GreyImage {
    let reach = Int((3 * sigma).rounded(.up))
    let weights = (-reach...reach).map { exp(-Double($0 * $0) / (2 * sigma * sigma)) }
    let sum = weights.reduce(0, +)
    func blurred(_ greys: [Double], step: Int, position: (Int) -> Int, count: Int) -> [Double] {
      greys.indices.map { index in
        var result = 0.0
        for (offset, weight) in zip(-reach...reach, weights) {
          let moved = min(max(position(index) + offset, 0), count - 1) - position(index)
          result += weight * greys[index + moved * step]
        }
        return result / sum
      }
    }
    let across = blurred(
      pixels.map(Double.init), step: 1, position: { $0 % self.width }, count: width)
    let both = blurred(across, step: width, position: { $0 / self.width }, count: height)
    return try GreyImage(width: width, height: height, pixels: both.map { UInt8($0) })
  }

  /// With a random amount added to every pixel.
  func noisy(amplitude: Int, seed: UInt64 = 1) throws -> GreyImage {
    var random = SeededGenerator(seed: seed)
    return try changed { grey, _ in
      grey + Double(Int.random(in: -amplitude...amplitude, using: &random))
    }
  }

  /// With each grey replaced; what leaves the range is cut off.
  func changed(_ change: (Double, Place) -> Double) throws -> GreyImage {
    let changed = pixels.enumerated().map { index, grey in
      let place = Place(Double(index % width), Double(index / width))
      return UInt8(min(max(change(Double(grey), place), 0), 255))
    }
    return try GreyImage(width: width, height: height, pixels: changed)
  }

  /// Lit from the left, so that the right is left dark.
  func unevenlyLit() throws -> GreyImage {
    try changed { grey, place in (grey * 0.8 + 20) * (1 - 0.8 * place.x / Double(self.width)) }
  }

  /// With a lamp's reflection of a radius that is a part of the width.
  func glaring(radius: Double) throws -> GreyImage {
    let middle = Place(0.58 * Double(width), 0.55 * Double(height))
    return try changed { grey, place in
      let offset = (place - middle) / (radius * Double(self.width))
      return grey + 230 * exp(-(offset * offset).sum())
    }
  }

  /// Pale print on greyish paper.
  func faded(contrast: Double) throws -> GreyImage {
    try changed { grey, _ in 120 + (grey - 128) * contrast }
  }

  /// Seen in a mirror.
  func mirrored() throws -> GreyImage {
    try looking(width: width, height: height) { Place(Double(self.width) - 1.001 - $0.x, $0.y) }
  }

  /// This picture with another laid upon it.
  func with(_ other: GreyImage, atX left: Int, y top: Int) throws -> GreyImage {
    var result = pixels
    for row in 0..<other.height {
      let start = (top + row) * width + left
      result.replaceSubrange(
        start..<start + other.width,
        with: other.pixels[row * other.width..<(row + 1) * other.width])
    }
    return try GreyImage(width: width, height: height, pixels: result)
  }

  /// A picture of one grey.
  static func plain(width: Int, height: Int, grey: UInt8 = 255) throws -> GreyImage {
    try GreyImage(
      width: width, height: height, pixels: [UInt8](repeating: grey, count: width * height))
  }
}
