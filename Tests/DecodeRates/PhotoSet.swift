import Foundation

/// A photo and what is in it.
struct Photo {
  let set: String
  let symbology: String
  let file: URL
  let truth: String

  var hasCode: Bool { symbology != "none" }
}

/// The photos that a manifest lists.
struct PhotoSet {
  let photos: [Photo]

  init(folder: URL) throws {
    let manifest = try String(contentsOf: folder.appending(path: "manifest.tsv"), encoding: .utf8)
    photos = try manifest.split(separator: "\n").map { line in
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4 else { throw BadLine(text: String(line)) }
      return Photo(
        set: fields[0], symbology: fields[1], file: folder.appending(path: fields[2]),
        truth: try JSONDecoder().decode(String.self, from: Data(fields[3].utf8)))
    }
  }

  /// A line of the manifest that has not its four fields.
  struct BadLine: Error {
    let text: String
  }
}
