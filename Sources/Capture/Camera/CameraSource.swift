import Labels
import Scanning

/// Reads the labels that are held before a camera.
package struct CameraSource: DeviceSource {
  private let nodes: [String]
  private let settings: CameraSettings
  private let makeReader: @Sendable () -> any FrameReading

  /// Takes the camera's nodes, and what makes the reader of its frames.
  package init(
    nodes: [String], settings: CameraSettings,
    makeReader: @escaping @Sendable () -> any FrameReading = { FrameReader() }
  ) {
    self.nodes = nodes
    self.settings = settings
    self.makeReader = makeReader
  }

  package func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    let camera = try CameraNode.open(nodes)
    let decoder = try camera.configure(settings)
    let stream = try FrameStream(camera)
    var reader = makeReader()
    var lastFrame = MonotonicTime.milliseconds()
    var health = FrameHealth()
    tell(.ready)
    while !stop.isFired {
      _ = stop.wait(
        for: [stream.descriptor], milliseconds: CaptureLimits.cameraSilenceMilliseconds)
      let now = MonotonicTime.milliseconds()
      let hasFrame = try stream.withNewestFrame { frame, taken in
        do throws(DeviceError) {
          let image = try decoder.image(from: frame)
          if let news = health.noteGood() { tell(news) }
          for sighting in reader.read(image, at: taken) { tell(SourceNews(sighting)) }
        } catch {
          if let news = health.note(error) { tell(news) }
        }
      }
      if hasFrame {
        lastFrame = now
        rest(since: now, stop)
      } else if now - lastFrame >= CaptureLimits.cameraSilenceMilliseconds {
        throw .noFrames
      }
    }
  }

  /// Keeps to the most frames a second, and rests as long as a frame took: on an old machine a
  /// camera never takes more than half of a core.
  private func rest(since start: Int64, _ stop: StopSignal) {
    let now = MonotonicTime.milliseconds()
    let next = max(start + 1_000 / CaptureLimits.maximumFramesPerSecond, now + (now - start))
    _ = stop.wait(milliseconds: next - now)
  }
}

extension SourceNews {
  /// The news of a code that was held before a camera.
  init(_ sighting: Sighting) {
    let code = ScannedCode(text: sighting.symbol.text, symbology: sighting.symbol.type)
    self = .code(code.reported, cameIntoViewMilliseconds: sighting.cameIntoViewMilliseconds)
  }
}
