import Foundation
import Scanning

/// zxing-cpp through its Python module, limited to the library's symbologies.
///
/// Its defaults look harder than one pass: rotated, inverted, and scaled down too. Since version 3
/// the module takes the formats as a tuple.
final class ZXingReader: PhotoReader {
  let name = "zxing-cpp (Python module, the library's symbologies)"
  private let process = Process()
  private let input = Pipe()
  private let output: UnsafeMutablePointer<FILE>
  private let folder: URL

  /// Finds a Python that has the module: `PYTHON`, or the first of all on `PATH`.
  ///
  /// The system's own may have none. `nil`, and the reasons printed, where no Python has it.
  static func find() -> ZXingReader? {
    let environment = ProcessInfo.processInfo.environment
    let pythons =
      environment["PYTHON"].map { [$0] }
      ?? (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
    var reasons: [String] = []
    for python in pythons where !python.contains("/") || access(python, X_OK) == 0 {
      do {
        return try ZXingReader(python: python)
      } catch {
        reasons.append("\(python): \(error.reason)")
      }
    }
    print("zxing-cpp is not measured (pip install zxing-cpp):")
    print((reasons.isEmpty ? ["there is no python3"] : reasons).joined(separator: "\n"))
    return nil
  }

  private init(python: String) throws(NoModule) {
    let pipe = Pipe()
    folder = FileManager.default.temporaryDirectory.appending(path: "zxing-\(UUID().uuidString)")
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "-c", Self.script]
    process.standardInput = input
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil,
      (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true))
        != nil,
      let stream = fdopen(dup(pipe.fileHandleForReading.fileDescriptor), "r")
    else { throw NoModule(reason: "it does not start") }
    output = stream
    let answer = nextLine()
    guard answer == "ready" else { throw NoModule(reason: answer ?? "it does not start") }
  }

  /// A Python that can't be used.
  private struct NoModule: Error {
    let reason: String
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
    fclose(output)
    try? FileManager.default.removeItem(at: folder)
  }

  func read(_ image: GreyImage, file: URL) throws -> (texts: [ReadText], milliseconds: Double) {
    let grey = folder.appending(path: "picture.grey")
    try Data(image.pixels).write(to: grey)
    let request = "\(image.width) \(image.height) \(grey.path)\n"
    try input.fileHandleForWriting.write(contentsOf: Data(request.utf8))
    guard let line = nextLine() else { throw Ended() }
    let answer = try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
    return (
      answer.texts.map { ReadText(symbology: $0[0], text: $0[1]) }, answer.milliseconds
    )
  }

  private func nextLine() -> String? {
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    guard getline(&buffer, &capacity, output) > 0, let buffer else { return nil }
    return String(cString: buffer).trimmingCharacters(in: .newlines)
  }

  private struct Answer: Decodable {
    let texts: [[String]]
    let milliseconds: Double
  }

  /// The Python process ended before its answer.
  struct Ended: Error {}

  private static let script = """
    import json, sys, time
    try:
        import zxingcpp
        F = zxingcpp.BarcodeFormat
        formats = (F.Code128, F.Code39, F.Codabar, F.ITF, F.QRCode, F.EAN13, F.EAN8, F.UPCA, F.UPCE)
        zxingcpp.read_barcodes(memoryview(bytes(16)).cast("B", [4, 4]), formats=formats)
    except Exception as error:
        sys.exit(print(repr(error)))
    print("ready", flush=True)
    for line in sys.stdin:
        width, height, path = line.rstrip("\\n").split(" ", 2)
        grey = memoryview(open(path, "rb").read()).cast("B", [int(height), int(width)])
        start = time.thread_time()
        found = zxingcpp.read_barcodes(grey, formats=formats)
        spent = (time.thread_time() - start) * 1000
        texts = [[str(code.format), code.text] for code in found]
        print(json.dumps({"texts": texts, "milliseconds": spent}), flush=True)
    """
}
