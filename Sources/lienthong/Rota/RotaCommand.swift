import ArgumentParser
import Foundation
import Labels
import Ledger
import Registry
import Rotation

/// `lienthong rota`: which sets travel from which library to which in which term.
struct RotaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rota",
    abstract: "At the host: plan, publish and show rotas (kế hoạch luân chuyển).",
    discussion: """
      A rota is a text file: a line for each thing that it says. Kinds are SGK, SNV, STK, TN, BTC, \
      TA, BD, BDIA; a set without the word stays goes home before it travels again; what follows # \
      is left out.

        rota 2026-TT
        libraries TT TT1
        set Truyện thiếu nhi
          kinds TN
          grades 3-5
        set Sách toán
          subjects toán, hình học
        set Sách thi đọc
          items TT.TN.00001 TT.TN.00002
          stays
        stage 1 2026-2027/1
          send Truyện thiếu nhi from TT to TT1 up to 50

      plan fills a stage from where the books are now, publish tells the stations, which see on \
      their page of boxes what to pack, and show prints what was published.
      """,
    subcommands: [RotaPlanCommand.self, RotaPublishCommand.self, RotaShowCommand.self])
}

/// `lienthong rota plan`: proposes a stage.
struct RotaPlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Propose who sends what to whom in a stage; nothing is published.",
    discussion: """
      Prints the rota with the stage's routes as proposed: each library gets its share of each set \
      by weight, and what stands elsewhere goes home first. Items that were noted as damaged \
      travel home only. Put the output into the file, change it, and publish it.

      Example:
        lienthong rota plan --data /var/lib/lienthong-host --stage 1 --term 2026-2027/1 \\
          --weight TT=800 --weight TT1=600 rota.txt > rota-1.txt
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "The number of the stage to fill; added where the file has none.")
  var stage = 1

  @Option(help: "The term of a stage that is added, such as 2026-2027/1.")
  var term: String?

  @Option(help: "What a library's share is measured by, such as TT1=600 for 600 pupils.")
  var weight: [String] = []

  @Argument(help: "The rota's file.", completion: .file())
  var file: String

  func run() async throws {
    try await Terminal.advising {
      let rota = try RotaFile.read(file)
      let term = try stageTerm(in: rota)
      let weights = try Dictionary(weight.map(Self.weight), uniquingKeysWith: { $1 })
      let host = try await self.host.open()
      let (proposal, frame) = try await host.registry.plan(rota) { weights[$0] ?? 1 }
      try host.close()
      var planned = rota
      planned.stages.removeAll { $0.number == stage }
      planned.stages.append(Stage(number: stage, term: term, routes: proposal.routes(in: frame)))
      planned.stages.sort { $0.number < $1.number }
      try CommandOutput.write(RotaText.text(of: planned))
      CommandOutput.complain(
        "\(proposal.moves.count) cuốn đi, \(proposal.notFree) cuốn đang mượn hoặc trong thùng, "
          + "\(proposal.damaged) cuốn hỏng ở lại / \(proposal.moves.count) items travel, "
          + "\(proposal.notFree) are on loan or in a box, \(proposal.damaged) stay as damaged")
      for shortage in proposal.shortages {
        let (set, library) = (frame.sets[shortage.set].name, frame.libraries[shortage.library])
        CommandOutput.complain("\(library): “\(set)” thiếu / lacks \(shortage.count)")
      }
    }
  }

  private func stageTerm(in rota: Rota) throws -> Term {
    if let term = try term.map(Self.term) ?? rota.stage(stage)?.term { return term }
    throw ValidationError("The file has no stage \(stage). Say --term, such as 2026-2027/1.")
  }

  private static func term(_ text: String) throws -> Term {
    guard let term = Term(text) else {
      throw ValidationError("--term takes a term such as 2026-2027/1.")
    }
    return term
  }

  private static func weight(_ text: String) throws -> (LibraryCode, Int) {
    let parts = text.split(separator: "=")
    guard parts.count == 2, let library = try? LibraryCode(parts[0]), let weight = Int(parts[1]),
      (0...1_000_000).contains(weight)
    else { throw ValidationError("--weight takes a library and a number, such as TT1=600.") }
    return (library, weight)
  }
}

/// `lienthong rota publish`: publishes a rota, or amends it.
struct RotaPublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract: "Publish a rota to all stations, or amend the one of its name.",
    discussion: """
      A rota that contradicts itself is refused, with each place named. An amendment needs a \
      reason; earlier revisions are kept. One that changes or drops a stage for which boxes are \
      sealed already is refused, with what would be otherwise, unless --although-begun says that \
      it is meant so. Stations hear of it when they next take in the group's news, and show it at \
      the boxes that were packed before.
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "Why it is amended, in a few words and without anybody's name.")
  var reason = ""

  @Flag(help: "Amend also stages for which boxes are sealed or sent already.")
  var althoughBegun = false

  @Argument(help: "The rota's file.", completion: .file())
  var file: String

  func validate() throws {
    guard reason.utf8.count <= PublishedRota.longestReason else {
      throw ValidationError("--reason takes \(PublishedRota.longestReason) bytes at most.")
    }
  }

  func run() async throws {
    try await Terminal.advising {
      let rota = try RotaFile.read(file)
      let host = try await self.host.open()
      let begun = althoughBegun ? try await host.registry.begunStages(changedBy: rota) : []
      let published = try await host.registry.publish(
        rota, because: reason, althoughBegun: althoughBegun)
      try host.close()
      for stage in begun { Terminal.complain(stage.words) }
      for conflict in rota.conflicts where conflict.isAdvice {
        Terminal.complain(conflict.words)
      }
      try CommandOutput.write(
        """
        Đã công bố \(rota.id), lần \(published.revision). / \(rota.id) is published, revision \
        \(published.revision).

        """)
    }
  }
}

/// `lienthong rota show`: prints what was published.
struct RotaShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print rotas as they were published, with when and why each was amended.")

  @OptionGroup var host: HostOptions

  @Flag(help: "Print every revision in full, not the last alone.")
  var all = false

  func run() async throws {
    try await Terminal.advising {
      let host = try await self.host.open()
      let rotas = try await host.registry.rotas()
      var begun: [RotaID: [StageBox]] = [:]
      for id in Set(rotas.map(\.rota.id)) {
        begun[id] = try await host.registry.stageBoxes(of: id)
      }
      try host.close()
      for (published, next) in zip(rotas, rotas.dropFirst().map { Optional($0) } + [nil]) {
        let isLast = next?.rota.id != published.rota.id
        let date = Date(timeIntervalSince1970: Double(published.wallMilliseconds) / 1_000)
        try CommandOutput.write(
          "# \(published.rota.id), lần / revision \(published.revision), "
            + "\(date.formatted(.iso8601)) \(published.reason)\n")
        if isLast { try tell(begun[published.rota.id] ?? []) }
        if isLast || all { try CommandOutput.write(RotaText.text(of: published.rota)) }
      }
    }
  }
}

extension RotaShowCommand {
  /// Says how many boxes are sealed for each stage, as a line that a rota's file may have.
  private func tell(_ boxes: [StageBox]) throws {
    let stages = Dictionary(grouping: boxes, by: \.stage).mapValues(\.count)
    for (stage, count) in stages.sorted(by: { $0.key < $1.key }) {
      try CommandOutput.write("# đợt / stage \(stage): \(count) thùng / boxes\n")
    }
  }
}

/// A rota's file, as a command names it.
enum RotaFile {
  static func read(_ path: String) throws -> Rota {
    do {
      let bytes = try InputFile.read(path)
      return try RotaText.rota(String(decoding: bytes, as: UTF8.self))
    } catch let error as InputFileError {
      throw ValidationError("\(path): \(error.description)")
    } catch let error as RotaTextError {
      Terminal.complain(error.words)
      throw ExitCode.failure
    }
  }
}
