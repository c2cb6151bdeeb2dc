import ArgumentParser
import Circulation
import Credentials
import Desk
import Exchange
import Glibc
import Journal
import Labels
import Lists
import Logging
import Printing
import Registry
import Rotation
import Serving
import StationServer

/// What the station's commands say to the person at the terminal.
enum Terminal {
  /// `EX_TEMPFAIL` of sysexits.h: a later try may go better.
  static let temporaryFailure = ExitCode(75)

  /// A log on standard error, so that standard output holds answers only.
  static func logger(_ label: String, at level: Logger.Level) -> Logger {
    var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }

  /// Runs a command's work; an error that comes with advice is told in both languages, exit 1.
  static func advising<Value>(_ work: () async throws -> Value) async throws -> Value {
    // Whatever a command makes is for its owner alone: databases hold who has which card.
    umask(0o077)
    do {
      return try await work()
    } catch let error as JournalError {
      throw failure(error.advice)
    } catch let error as ListError {
      throw failure(error.advice)
    } catch let error as BoxRefusal {
      throw failure(error.words)
    } catch let error as ManifestError {
      throw failure(error.words)
    } catch let error as AmendmentRefusal {
      throw failure(error.words)
    } catch let error as TermRefusal {
      throw failure(error.words)
    } catch let error as ClosingRefusal {
      throw failure(error.words)
    } catch let error as Refusal {
      throw failure { error.words(for: .librarian, in: $0) }
    } catch let error as PrintingError {
      throw failure(error.advice)
    } catch let error as DeskError {
      throw failure(error.advice)
    } catch let error as AccessError {
      throw failure(error.advice)
    } catch let error as BadSettings {
      throw failure(error.advice)
    } catch let error as ListenError {
      throw failure(error.advice)
    } catch let error as RegistryError {
      throw failure(error.advice)
    } catch let error as ExchangeError {
      throw failure(error.advice)
    } catch let error as UplinkError {
      throw failure(error.advice)
    } catch let error as BackupError {
      throw failure(error.advice)
    }
  }

  /// Tells an advice in both languages on standard error.
  static func complain(_ advice: (Language) -> String) {
    for language in Language.allCases { CommandOutput.complain(advice(language)) }
  }

  private static func failure(_ advice: (Language) -> String) -> ExitCode {
    complain(advice)
    return .failure
  }
}
