import Foundation
import TestSupport

/// Pictures of pages, kept for a person to look at: `.build/screenshots`.
enum Screenshots {
  /// The windows that the page is made for.
  static let sizes = [
    (name: "1024x600", width: 1024, height: 600), (name: "768x1024", width: 768, height: 1024),
    (name: "390x844", width: 390, height: 844),
  ]

  /// Takes a picture of what is shown, when nothing moves any more.
  static func take(_ name: String, in browser: Browser) async throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../.build/screenshots").standardized
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try await browser.run("document.getAnimations().forEach((animation) => animation.finish())")
    try await browser.screenshot(to: folder.appending(path: "\(name).png").path)
  }

  /// Takes a picture at each size, and gives the sizes at which something sticks out sideways; the
  /// window is a kiosk's afterwards.
  static func takeAtAllSizes(_ name: String, in browser: Browser) async throws -> [String] {
    var tooWide: [String] = []
    for size in sizes {
      try await browser.setViewport(width: size.width, height: size.height)
      try await take("\(name)-\(size.name)", in: browser)
      let overflow = try await browser.run(
        "return document.documentElement.scrollWidth - window.innerWidth")
      if (overflow.number ?? 0) > 0 { tooWide.append(size.name) }
    }
    try await browser.setViewport(width: sizes[0].width, height: sizes[0].height)
    return tooWide
  }
}

extension Browser {
  /// Sets the size of the page itself, smaller than Chromium lets a window be if need be; a
  /// screen of more dots a pixel shows it finer.
  func setViewport(width: Int, height: Int, dots: Int = 1) async throws {
    let metrics: JSONValue = [
      "width": .number(Double(width)), "height": .number(Double(height)),
      "deviceScaleFactor": .number(Double(dots)), "mobile": false,
    ]
    try await tell("Emulation.setDeviceMetricsOverride", metrics)
  }
}
