import Capture
import Foundation
import Labels
import Scanning
import TestSupport
import Testing

@Suite("Uploaded photos")
struct UploadReaderTests {
  @Test("give the codes in them")
  func reads() async throws {
    let upload = try Upload(await label("TT1.TK.00123-K", as: .code128))
    let codes = try await UploadReader().codes(in: upload)
    #expect(codes == [ScannedCode(text: "TT1.TK.00123-K", symbology: .code128)])
  }

  @Test("lose Codabar's start and stop letters on the way")
  func codabar() async throws {
    let upload = try Upload(await label("A31234000123457B", as: .codabar))
    #expect(try await UploadReader().codes(in: upload).map(\.text) == ["31234000123457"])
  }

  @Test("are looked at no longer than the budget, and a clean label needs none")
  func budget() async throws {
    let reader = UploadReader(budget: .time(.zero))
    let upload = try Upload(await label("TT1.TK.00123-K", as: .code128))
    #expect(try await reader.codes(in: upload).map(\.text) == ["TT1.TK.00123-K"])
  }

  @Test("without a code are no error")
  func withoutCode() async throws {
    #expect(try await UploadReader().codes(in: Upload(blank(side: 64))).isEmpty)
  }

  @Test("over the limit are refused before they are looked at")
  func tooLarge() {
    let count = CaptureLimits.maximumUploadBytes + 1
    #expect(throws: UploadError.tooManyBytes(count)) {
      try Upload([UInt8](repeating: 0, count: count))
    }
  }

  @Test("that are no pictures say why")
  func noPicture() async throws {
    let reader = UploadReader()
    await #expect(throws: UploadError.unusablePicture(.unknownFormat)) {
      try await reader.codes(in: Upload(Array("số đăng ký".utf8)))
    }
    await #expect(throws: UploadError.unusablePicture(.empty)) {
      try await reader.codes(in: Upload([]))
    }
  }

  @Test("are read side by side, each with its own code")
  func sideBySide() async throws {
    let reader = UploadReader()
    let texts = (0..<CaptureLimits.scanningThreads * CaptureLimits.maximumUploadsPerThread)
      .map { "TT1.TK.0000\($0)" }
    let uploads = try await texts.asyncMap { try Upload(await label($0, as: .code128)) }
    let read = try await withThrowingTaskGroup(of: [ScannedCode].self) { group in
      for upload in uploads { group.addTask { try await reader.codes(in: upload) } }
      return try await group.reduce(into: []) { $0 += $1.map(\.text) }
    }
    #expect(read.sorted() == texts)
  }

  @Test("are turned away as busy when more come than wait in line, and taken again later")
  func busy() async throws {
    let reader = UploadReader(threads: 1)
    let upload = try Upload(blank(side: 1_000))
    let outcomes = await withTaskGroup(of: Result<[ScannedCode], UploadError>.self) { group in
      for _ in 0..<5 * CaptureLimits.maximumUploadsPerThread {
        group.addTask {
          do throws(UploadError) {
            return .success(try await reader.codes(in: upload))
          } catch {
            return .failure(error)
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.contains(.failure(.busy)))
    #expect(outcomes.count { $0 == .success([]) } >= CaptureLimits.maximumUploadsPerThread)
    #expect(try await reader.codes(in: upload).isEmpty)
  }

  @Test(
    "that fail tell the person what to do, in both languages",
    arguments: [
      UploadError.tooManyBytes(20_000_000), .unusablePicture(.empty), .busy,
    ])
  func advice(_ error: UploadError) {
    #expect(error.advice(in: .vietnamese).contains("Hãy"))
    #expect(error.advice(in: .english) != error.advice(in: .vietnamese))
  }

  private func label(_ text: String, as symbology: Zint.Symbology) async throws -> [UInt8] {
    let folder = try TemporaryFolder()
    return [UInt8](try Data(contentsOf: await Zint.draw(text, as: symbology, in: folder)))
  }

  private func blank(side: Int) -> [UInt8] {
    NetpbmWriter().file(
      width: side, height: side, pixels: [UInt8](repeating: 200, count: side * side))
  }
}

extension Sequence {
  fileprivate func asyncMap<Value>(
    _ transform: (Element) async throws -> Value
  ) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
