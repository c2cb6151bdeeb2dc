import ArgumentParser
import Journal
import Labels
import Logging
import Serving
import StationServer

/// What the station's commands say to the person at the terminal.
enum Terminal {
  /// A log on standard error, so that standard output holds answers only.
  static func logger(_ label: String, at level: Logger.Level) -> Logger {
    var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }

  /// Runs a command's work; an error that comes with advice is told in both languages, exit 1.
  static func advising<Value>(_ work: () async throws -> Value) async throws -> Value {
    do {
      return try await work()
    } catch let error as JournalError {
      throw failure { error.advice(in: $0) }
    } catch let error as ListenError {
      throw failure { error.advice(in: $0) }
    }
  }

  private static func failure(_ advice: (Language) -> String) -> ExitCode {
    for language in Language.allCases { CommandOutput.complain(advice(language)) }
    return .failure
  }
}
