import Labels
import Scanning
import Testing

@testable import Capture

@Suite("The flow of scans")
struct ScanFlowTests {
  @Test("takes each device in its turn, and keeps a short line for each")
  func turns() {
    let queue = ScanQueue()
    for number in 0..<100 { queue.add(DeviceScan(device: "mad", text: "\(number)")) }
    #expect(queue.add(DeviceScan(device: "good", text: "a")))
    #expect(!queue.add(DeviceScan(device: "mad", text: "no room")))
    #expect(queue.next()?.device == "mad")
    #expect(queue.next()?.device == "good")
    var rest = 0
    while queue.next() != nil { rest += 1 }
    #expect(rest == CaptureLimits.maximumScansPerDevice - 1)
  }

  @Test("keeps when a code came into a camera's view, up to the desk")
  func cameIntoView() async throws {
    let symbol = Symbol(
      type: .code128, bytes: Array("TT1.TK.00123-K".utf8), quality: 2, orientation: .up, points: [])
    let camera = OneLook(
      sighting: Sighting(symbol: symbol, cameIntoViewMilliseconds: 40, scannedMilliseconds: 90))
    let queue = ScanQueue()
    let session = DeviceSession(
      device: "Camera", kind: .camera, source: camera, queue: queue, board: DeviceBoard())
    session.start()
    for await _ in queue.arrivals { break }
    session.stop()
    #expect(
      queue.next()
        == DeviceScan(
          device: "Camera", text: "]C0TT1.TK.00123-K", cameIntoViewMilliseconds: 40))
  }

  @Test("listens to quick hands, not to a flood, and again once the flood is over")
  func pace() {
    var pace = ScanPace()
    for scan in 0..<30 {
      let isHeard = pace.admits(at: Int64(scan) * 100)
      #expect(isHeard)
    }
    pace = ScanPace()
    var heard = 0
    for time in 0..<1_000 where pace.admits(at: Int64(time)) { heard += 1 }
    #expect(heard == CaptureLimits.maximumCodesPerSecond)
    #expect(pace.isMad)
    let isHeardEarly = pace.admits(at: 1_000 + CaptureLimits.madnessMilliseconds - 100)
    #expect(!isHeardEarly)
    let isHeardLater = pace.admits(at: 1_000 + CaptureLimits.madnessMilliseconds)
    #expect(isHeardLater)
    #expect(!pace.isMad)
  }

  @Test("takes every code of a source that keeps them, however many there are")
  func keptCodes() async throws {
    let (queue, board) = (ScanQueue(), DeviceBoard())
    let count = 3 * CaptureLimits.maximumCodesPerSecond
    let session = DeviceSession(
      device: "folder", kind: .folder, source: KeptCodes(count: count), queue: queue, board: board)
    session.start()
    var texts: [String] = []
    for await _ in queue.arrivals {
      while let scan = queue.next() {
        texts.append(scan.text)
        scan.receipt?.settle(isTaken: true)
      }
      if texts.count == count { break }
    }
    session.stop()
    #expect(texts == (0..<count).map { "TK.\($0)" })
    #expect(board.all.first?.scanCount == count)
    #expect(board.all.first?.state == .present)
  }

  @Test("tells a camera's symbology as a scanner does", arguments: Symbology.allCases)
  func identifiers(symbology: Symbology) {
    let text = symbology == .isbn10 ? "6042112345" : "9786042112340"
    let code = ScannedCode(text: text, symbology: symbology)
    let again = ScannedCode(reported: code.reported)
    // UPC codes and EAN-8 need their own number of digits to be told apart; no library has them.
    switch symbology {
    case .upca, .upce, .isbn10, .isbn13, .ean13, .ean8, .ean2, .ean5: break
    default: #expect(again.symbology == symbology)
    }
    #expect(again.text == code.text)
    #expect(ScannedCode(text: "TK.1").reported == "TK.1")
  }

  @Test("has advice in both languages for all that can go wrong")
  func advice() {
    let errors: [DeviceError] = [
      .gone, .denied(node: "/dev/a"), .inUse(node: "/dev/a"), .noCamera(node: "/dev/a"),
      .noUsableFormat, .shortFrame(expected: 2, actual: 1), .badFrame(.empty), .noFrames,
      .badReportDescriptor, .unknownLayout("x"), .badCode(.tooLong), .badCode(.controlCharacters),
      .badCode(.noText), .badCode(.cutShort), .tooManyCodes, .tooManyDevices,
      .badPicture(file: "a.jpg", .busy), .noCode(file: "a.jpg"), .system(call: "poll", code: 5),
    ]
    for error in errors {
      #expect(error.advice(of: "Máy 1", in: .vietnamese).contains("Hãy"))
      #expect(error.advice(of: "Máy 1", in: .english).hasPrefix("Máy 1: "))
    }
  }
}

/// A camera before which one label was held.
private struct OneLook: DeviceSource {
  let sighting: Sighting

  func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    tell(SourceNews(sighting))
  }
}

/// A picture with many codes.
private struct KeptCodes: DeviceSource {
  let count: Int

  func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    for number in 0..<count {
      let receipt = ScanReceipt()
      tell(.keptCode("TK.\(number)", receipt))
      guard receipt.wait(until: stop) else { return }
    }
  }
}
