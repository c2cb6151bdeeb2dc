import Foundation
import Scanning
import Synchronization
import TestSupport

/// A USB webcam that this program plays; the kernel reads it by the driver of every webcam,
/// uvcvideo.
final class Webcam: Sendable {
  typealias Format = WebcamDescriptors.Format

  private struct State {
    var link: USBLink?
    /// Transfers of the stream that wait for a frame.
    var waiting: [USBLink.Transfer] = []
    /// What is left of the frame under way, with its header.
    var payload: ArraySlice<UInt8> = []
    var isOddFrame = false
    /// What the host and the camera have agreed upon (Video Class 1.0, table 4-47).
    var agreement = Webcam.agreement(on: .mjpeg)
    var values = Dictionary(
      uniqueKeysWithValues: WebcamControl.allCases.map { ($0, $0.usual) })
    var frames: [Format: [UInt8]] = [:]
  }

  private let state = Mutex(State())
  private let port: Int

  /// The driver takes the stream in pieces of so many bytes; a shorter one ends a frame.
  private static let bytesPerTransfer = 16_384
  private static let pause = Double(WebcamDescriptors.frameInterval) / 10_000_000

  init(port: Int) { self.port = port }

  func plugIn() async throws {
    // The port is free a moment after the last cable was pulled out.
    let link = try await Patience.find("a free port for the webcam") { try? USBLink(port: port) }
    state.withLock { state in
      state = State(link: link, frames: state.frames)
    }
    Thread.detachNewThread { [self] in
      while let message = link.next() { state.withLock { take(message, &$0, link) } }
      state.withLock { if $0.link === link { $0.link = nil } }
    }
    Thread.detachNewThread { [self] in
      while state.withLock({ $0.link === link }) {
        state.withLock { beginFrame(&$0, link) }
        Thread.sleep(forTimeInterval: Self.pause)
      }
    }
  }

  func unplug() {
    state.withLock { state in
      state.link?.unplug()
      state.link = nil
    }
  }

  /// The value of a control, as the host has set it.
  func value(of control: WebcamControl) -> Int { state.withLock { $0.values[control] ?? 0 } }

  /// The pixel format that the host has chosen.
  var format: Format { state.withLock { Self.format(of: $0.agreement) } }

  /// Shows a label of Code 128 before the camera, until another one is shown.
  func show(_ text: String) async throws {
    let jpeg = JPEGWriter.withoutHuffmanTables(try Self.jpeg(try await Self.grey(text, .mjpeg)))
    // Between the greys of YUYV are the colours, of which there are none.
    let yuyv = try await Self.grey(text, .yuyv).flatMap { (grey: UInt8) -> [UInt8] in [grey, 128] }
    let frames = [Format.mjpeg: jpeg, .yuyv: yuyv]
    state.withLock { $0.frames = frames }
  }

  /// Gives frames that break off in the middle, as over a bad cable.
  func showDamage() {
    state.withLock { state in
      state.frames = state.frames.mapValues { Array($0.prefix($0.count / 2)) }
    }
  }
}

// MARK: what the host asks

extension Webcam {
  private func take(_ message: USBLink.Message, _ state: inout State, _ link: USBLink) {
    switch message {
    case .unlink(let number, let transfer):
      let count = state.waiting.count
      state.waiting.removeAll { $0.number == transfer }
      link.unlink(number, wasWaiting: state.waiting.count < count)
    case .transfer(let transfer) where transfer.endpoint == WebcamDescriptors.streamEndpoint:
      state.waiting.append(transfer)
      sendPayload(&state, link)
    case .transfer(let transfer):
      if let answer = answer(transfer, &state) {
        link.finish(transfer, with: answer.prefix(transfer.length))
      } else {
        link.refuse(transfer)
      }
    }
  }

  private func answer(_ transfer: USBLink.Transfer, _ state: inout State) -> [UInt8]? {
    let setup = transfer.setup
    // The middle bits: a request of the standard, or of the device's class.
    guard setup.requestType & 0x60 == 0 else { return classAnswer(transfer, &state) }
    let (kind, index) = (setup.value >> 8, Int(setup.value & 255))
    switch (setup.request, kind) {
    case (6, 1): return WebcamDescriptors.device
    case (6, 2): return WebcamDescriptors.configuration
    case (6, 3): return WebcamDescriptors.string(index)
    // The status: not halted, no remote wake-up.
    case (0, _): return [0, 0]
    // Clear feature, set configuration, set interface: a stream that was under way is over.
    case (1, _), (9, _), (11, _):
      state.payload = []
      return []
    default: return nil
    }
  }

  private func classAnswer(_ transfer: USBLink.Transfer, _ state: inout State) -> [UInt8]? {
    let setup = transfer.setup
    let entity = UInt8(setup.index >> 8)
    let selector = UInt8(setup.value >> 8)
    if setup.index == UInt16(WebcamDescriptors.streamingInterface), selector <= 2 {
      return agree(setup.request, transfer.data, &state)
    }
    // Why the last request was refused: the camera is in the wrong state for it.
    if setup.index == 0, selector == 2 { return [2] }
    guard let control = WebcamControl(entity: entity, selector: selector) else { return nil }
    guard setup.request == WebcamRequest.set else {
      return control.answer(setup.request, current: state.values[control] ?? 0)
    }
    // As real cameras do: an automatic that is on holds the value.
    if let master = control.master, state.values[master.control] != master.off { return nil }
    state.values[control] = transfer.data.reversed().reduce(0) { $0 << 8 | Int($1) }
    return []
  }

  /// Takes or tells what the stream shall be.
  private func agree(_ request: UInt8, _ data: [UInt8], _ state: inout State) -> [UInt8]? {
    switch request {
    case WebcamRequest.set:
      guard data.count > 2, let format = Format(rawValue: data[2]) else { return nil }
      state.agreement = Self.agreement(on: format)
      return []
    case WebcamRequest.length: return WebcamDescriptors.two(state.agreement.count)
    case WebcamRequest.information: return [0b11]
    default: return state.agreement
    }
  }

  fileprivate static func agreement(on format: Format) -> [UInt8] {
    [1, 0, format.rawValue, 1] + WebcamDescriptors.four(WebcamDescriptors.frameInterval)
      + [UInt8](repeating: 0, count: 10) + WebcamDescriptors.four(format.frameBytes)
      + WebcamDescriptors.four(2 * format.frameBytes)
  }

  private static func format(of agreement: [UInt8]) -> Format {
    Format(rawValue: agreement[2]) ?? .mjpeg
  }
}

// MARK: frames

extension Webcam {
  /// Begins a frame where the host waits for one.
  private func beginFrame(_ state: inout State, _ link: USBLink) {
    guard state.payload.isEmpty, !state.waiting.isEmpty,
      let frame = state.frames[Self.format(of: state.agreement)]
    else { return }
    // The header's length; its end and the frame's, and a bit that alternates. A frame that fills
    // its last transfer would not end with it.
    let length = (frame.count + 2) % Self.bytesPerTransfer == 0 ? 3 : 2
    let flags: UInt8 = 0b1000_0010 | (state.isOddFrame ? 1 : 0)
    state.isOddFrame.toggle()
    state.payload =
      ([UInt8(length), flags] + [UInt8](repeating: 0, count: length - 2) + frame)[...]
    sendPayload(&state, link)
  }

  private func sendPayload(_ state: inout State, _ link: USBLink) {
    while !state.payload.isEmpty, !state.waiting.isEmpty {
      let transfer = state.waiting.removeFirst()
      let piece = state.payload.prefix(transfer.length)
      state.payload = state.payload.dropFirst(piece.count)
      link.finish(transfer, with: piece)
    }
  }

  /// A label in the middle of a grey desk.
  private static func grey(_ text: String, _ format: Format) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let file = try await Zint.draw(
      text, as: .code128, in: folder, options: ["--scale", "1", "--height", "40"])
    let label = try GreyImage(decoding: [UInt8](Data(contentsOf: file)))
    return try DeskPicture.pixels(of: label, width: format.width, height: format.height)
  }

  private static func jpeg(_ pixels: [UInt8]) throws -> [UInt8] {
    try JPEGWriter(colour: .halved).file(
      width: Format.mjpeg.width, height: Format.mjpeg.height, pixels: pixels)
  }
}
