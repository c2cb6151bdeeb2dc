import Foundation
import Scanning
import TestSupport
import Testing

@testable import Capture

@Suite("The drop folder")
struct DropFolderTests {
  @Test("reads a picture that is moved or written into it, and puts it away")
  func reads() async throws {
    let (folder, drawing) = (try TemporaryFolder(), try TemporaryFolder())
    let label = try await Zint.draw("TT1.TK.00123-K", as: .code128, in: drawing)
    let drop = folder.file("drop").path
    let news = try await watching(drop, until: { $0.count >= 3 }) {
      try FileManager.default.moveItem(atPath: label.path, toPath: drop + "/label.png")
      try Data("no picture".utf8).write(to: URL(filePath: drop + "/bad.jpg"))
      try Data("left alone".utf8).write(to: URL(filePath: drop + "/.half.jpg"))
    }
    #expect(news.codes == ["]C0TT1.TK.00123-K"])
    #expect(
      news.contains(.trouble(.badPicture(file: "bad.jpg", .unusablePicture(.unknownFormat)))))
    #expect(try names(in: drop + "/done").map { $0.hasSuffix("-label.png") } == [true])
    #expect(try names(in: drop + "/failed").map { $0.hasSuffix("-bad.jpg") } == [true])
    #expect(try names(in: drop) == [".half.jpg", "done", "failed"])
  }

  @Test("reads what was there before it was watched, once it no longer changes")
  func before() async throws {
    let folder = try TemporaryFolder()
    let drop = DropFolder(path: folder.url.path)
    try folder.write([1], to: "old.png")
    try folder.write([1], to: "new.png")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)],
      ofItemAtPath: folder.file("old.png").path)
    #expect(drop.settledFiles() == ["old.png"])
    #expect(drop.settledFiles(now: Date(timeIntervalSinceNow: 60)) == ["old.png", "new.png"])
  }

  @Test("keeps only the newest pictures, and takes no file that is too large")
  func limits() throws {
    let folder = try TemporaryFolder()
    let drop = DropFolder(path: folder.url.path)
    try drop.make()
    for number in 0..<CaptureLimits.keptPictures + 5 {
      try folder.write([1], to: "a.png")
      drop.putAway(
        "a.png", in: .done, now: Date(timeIntervalSince1970: 1_000_000 + Double(number)))
    }
    #expect(try names(in: drop.path + "/done").count == CaptureLimits.keptPictures)
    let size = CaptureLimits.maximumUploadBytes + 1
    try folder.write([UInt8](repeating: 0, count: size), to: "large.png")
    #expect(throws: UploadError.tooManyBytes(size)) { try drop.bytes(of: "large.png") }
    #expect(try drop.bytes(of: "nothing.png") == nil)
  }

  @Test("keeps a picture until somebody has its code, and offers it again till then")
  func keeps() async throws {
    let (folder, drawing) = (try TemporaryFolder(), try TemporaryFolder())
    let label = try await Zint.draw("TT1.TK.00123-K", as: .code128, in: drawing)
    let drop = folder.file("drop").path
    let (queue, board) = (ScanQueue(), DeviceBoard())
    let session = DeviceSession(
      device: "folder", kind: .folder, source: FolderSource(folder: drop), queue: queue,
      board: board)
    session.start()
    while board.all.first?.state != .present { try await Task.sleep(for: .milliseconds(10)) }
    try FileManager.default.moveItem(atPath: label.path, toPath: drop + "/label.png")
    var offers = 0
    for await _ in queue.arrivals {
      guard let scan = queue.next() else { continue }
      offers += 1
      #expect(scan.text == "]C0TT1.TK.00123-K")
      #expect(try names(in: drop) == ["done", "failed", "label.png"])
      scan.receipt?.settle(isTaken: offers == 2)
      if offers == 2 { break }
    }
    while try names(in: drop + "/done").isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    session.stop()
    #expect(board.all.first?.scanCount == 1)
  }

  @Test("leaves a picture where it is when the station stops before anybody has its code")
  func stops() async throws {
    let (folder, drawing) = (try TemporaryFolder(), try TemporaryFolder())
    let label = try await Zint.draw("TT1.TK.00123-K", as: .code128, in: drawing)
    let drop = folder.file("drop").path
    try FileManager.default.createDirectory(atPath: drop, withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: label.path, toPath: drop + "/label.png")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: drop + "/label.png")
    let queue = ScanQueue()
    let session = DeviceSession(
      device: "folder", kind: .folder, source: FolderSource(folder: drop), queue: queue,
      board: DeviceBoard())
    session.start()
    for await _ in queue.arrivals { break }
    session.stop()
    #expect(try names(in: drop) == ["done", "failed", "label.png"])
    #expect(try names(in: drop + "/done").isEmpty)
  }

  @Test("waits for no pipe, follows no link, and reads an empty file as none")
  func noPlainFile() throws {
    let folder = try TemporaryFolder()
    let drop = DropFolder(path: folder.url.path)
    #expect(mkfifo(folder.file("pipe.png").path, 0o600) == 0)
    try folder.write([1], to: "target")
    try FileManager.default.createSymbolicLink(
      at: folder.file("link.png"), withDestinationURL: folder.file("target"))
    try folder.write([], to: "empty.png")
    #expect(try drop.bytes(of: "pipe.png") == nil)
    #expect(try drop.bytes(of: "link.png") == nil)
    #expect(try drop.bytes(of: "empty.png") == [])
  }

  @Test("reads names out of what inotify tells, and stops where that is cut short")
  func inotify() {
    func event(_ name: String, padded length: Int) -> [UInt8] {
      [UInt8](repeating: 0, count: 12) + [UInt8(length), 0, 0, 0] + Array(name.utf8)
        + [UInt8](repeating: 0, count: length - name.utf8.count)
    }
    let bytes = event("a.png", padded: 16) + event("ảnh.jpg", padded: 16) + [1, 2, 3]
    #expect(InotifyNames.names(in: bytes[...]) == ["a.png", "ảnh.jpg"])
    #expect(InotifyNames.names(in: event("a.png", padded: 16)[..<18]) == ["a."])
  }

  private func names(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  /// Reads a folder on a thread while files are dropped into it.
  private func watching(
    _ path: String, until isEnough: @escaping ([SourceNews]) -> Bool, drop: () throws -> Void
  ) async throws -> [SourceNews] {
    let (stream, news) = AsyncStream.makeStream(of: SourceNews.self)
    let stop = StopSignal()
    Thread.detachNewThread {
      try? FolderSource(folder: path).read(until: stop) {
        if case .keptCode(_, let receipt) = $0 { receipt.settle(isTaken: true) }
        news.yield($0)
      }
      news.finish()
    }
    var heard: [SourceNews] = []
    for await one in stream {
      heard.append(one)
      if one == .ready { try drop() }
      if isEnough(heard) { stop.fire() }
    }
    return heard
  }
}

extension [SourceNews] {
  fileprivate var codes: [String] {
    compactMap { if case .keptCode(let text, _) = $0 { text } else { nil } }
  }
}
