import ArgumentParser
import Logging
import Serving

/// Where a station or a host listens, and how much it logs.
struct ServingOptions: ParsableArguments {
  @Option(help: "The port to listen at; 0 takes a free one and prints it.")
  var port: Int

  @Option(help: "The address to listen at; 0.0.0.0 is every network of this machine.")
  var bind = "127.0.0.1"

  @Option(help: "How much to log, on standard error.")
  var logLevel = LogLevel.notice

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port takes a number from 0 to 65535.")
    }
  }

  var address: ListenAddress { ListenAddress(host: bind, port: port) }

  func logger(_ label: String) -> Logger {
    Terminal.logger(label, at: logLevel.level)
  }

  /// Tells on standard output, once requests are answered, where a service is.
  func announcement(of name: String) -> @Sendable (_ port: Int) -> Void {
    let bind = bind
    return { port in
      // Whoever closed standard output doesn't want to be told; the service goes on all the same.
      try? CommandOutput.write("\(name): http://\(bind):\(port)/\n")
    }
  }
}

/// How much a service logs.
enum LogLevel: String, ExpressibleByArgument, CaseIterable {
  case debug, info, notice, warning, error

  var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .notice: .notice
    case .warning: .warning
    case .error: .error
    }
  }
}
