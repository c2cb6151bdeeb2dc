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
    #expect(news.contains(.code("]C0TT1.TK.00123-K")))
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
      try? FolderSource(folder: path).read(until: stop) { news.yield($0) }
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
