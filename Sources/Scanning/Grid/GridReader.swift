/// Reads one blurred line by fitting a code's grid of modules to it.
struct GridReader {
  private let samples: [Float]

  init(samples: [Float]) { self.samples = samples }

  /// The best fit of a template to any span of the line; `nil` if none is good enough to believe.
  func fit(_ template: GridTemplate) -> GridFit? {
    var best: GridFit?
    let spans = CodeSpan.spans(
      in: samples, moduleCount: template.moduleCount, limit: ScanningLimits.maximumSpans)
    for span in spans {
      guard let fit = fit(template, to: span) else { continue }
      if fit.error < best?.error ?? .infinity { best = fit }
    }
    return best.flatMap { $0.isConvincing ? $0 : nil }
  }

  /// Fits with one blur after the other, then from other starts if the best is not good yet.
  private func fit(_ template: GridTemplate, to span: CodeSpan) -> GridFit? {
    let contrast = self.contrast(of: span)
    func fit(from start: Float, to end: Float, blur: Int) -> GridFit {
      var fit = GridFit(
        samples: samples, template: template, from: start, to: end, blur: blur,
        light: contrast.light, ink: contrast.ink)
      fit.improve(rounds: Self.rounds)
      return fit
    }
    var best = fit(from: span.start, to: span.end, blur: Self.blurs[0])
    for blur in Self.blurs.dropFirst() {
      let other = fit(from: span.start, to: span.end, blur: blur)
      if other.error < best.error { best = other }
      if best.error < Self.good { break }
    }
    guard best.error < Self.hopeless else { return nil }
    guard best.error > Self.good else { return best }
    let pitch = best.grid.pitch
    for (first, last) in Self.otherStarts {
      let other = fit(
        from: span.start + first * pitch, to: span.end + last * pitch, blur: best.blur)
      if other.error < best.error { best = other }
    }
    return best
  }

  private static let rounds = 6
  /// The blurs in the order of how often one of them is the right one.
  private static let blurs = [1, 3, 2, 0]
  /// The error below which no other start is tried.
  private static let good: Float = 0.004
  /// The error from which on none is tried either.
  private static let hopeless: Float = 0.08
  /// Where else the code may start and end, in modules: blur hides narrow bars at its ends.
  private static let otherStarts: [(Float, Float)] = [
    (1, 0), (-1, 0), (0, 1), (0, -1), (1, -1), (-1, 1), (1.5, 1.5), (-1.5, -1.5),
  ]

  private func contrast(of span: CodeSpan) -> (light: Float, ink: Float) {
    let levels = samples[Int(span.start)..<max(Int(span.end), Int(span.start) + 1)].sorted()
    return (levels[levels.count * 9 / 10], levels[levels.count / 20])
  }
}

extension GridFit {
  /// Whether the fit leaves so little unexplained that the text is likely right.
  ///
  /// With much blur nearly any row of modules explains nearly any line, so that then the grid must
  /// also be even, and the contrast one that a picture can have.
  fileprivate var isConvincing: Bool {
    let contrast = abs(grid.levels(at: 0.5).contrast)
    guard blur == BlurTable.blurs.count - 1 else { return error < 0.014 && contrast < 260 }
    return error < 0.0095 && contrast < 260 && grid.pitch > 1.2
      && max(abs(grid.bend), abs(grid.skew)) < 1.5 * grid.pitch
  }

  /// The widths of spaces and bars in turn, with the quiet zones, for zbar.
  var widths: [UInt32] {
    let module: UInt32 = 32
    var widths: [UInt32] = [10 * module]
    var isDark = true
    var run: UInt32 = 0
    for module in modules {
      if module != isDark {
        widths.append(run * 32)
        run = 0
        isDark = module
      }
      run += 1
    }
    return widths + [run * module, 10 * module]
  }
}
