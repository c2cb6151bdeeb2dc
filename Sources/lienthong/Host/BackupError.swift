import Labels

/// Why a backup can't be made or put back, and what a person can do about it.
enum BackupError: Error, Hashable {
  /// Something lies where the backup is to be made.
  case placeTaken(String)
  /// The folder holds no whole backup.
  case noBackup(String)
  /// The books that were copied don't agree with their events.
  case doesNotAgree(problem: String)
  /// A program of PostgreSQL's is not installed.
  case programMissing(String)
  /// A program of PostgreSQL's failed, and has said why on standard error.
  case programFailed(String)
  /// The backup is of a PostgreSQL database, and no database was named to put it into.
  case databaseNeeded
  /// The backup is of books in a folder, and a database was named.
  case databaseNotNeeded

  /// What went wrong and what to do next, for the person at the terminal.
  func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var englishAdvice: String {
    switch self {
    case .placeTaken(let path):
      "\(path) is there already. Name a folder that is not; nothing was changed."
    case .noBackup(let path):
      "\(path) holds no whole backup. Look for another one: host.key and host.sqlite or "
        + "host.pgdump belong together."
    case .doesNotAgree(let problem):
      "The copy does not agree with its events (\(problem)). Keep it apart, keep the earlier "
        + "backups, and run: lienthong host verify"
    case .programMissing(let name):
      "The program \(name) is not installed. Install it with: apt install postgresql-client"
    case .programFailed(let name):
      "\(name) did not end well; what it said stands above. Nothing was kept."
    case .databaseNeeded:
      "This is the backup of a PostgreSQL database. Make an empty one and name it with --database."
    case .databaseNotNeeded:
      "This is the backup of books in a folder. Leave --database out."
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .placeTaken(let path):
      "\(path) đã có rồi. Hãy nêu một thư mục chưa có; chưa có gì thay đổi."
    case .noBackup(let path):
      "\(path) không có bản sao lưu trọn vẹn. Hãy tìm bản khác: host.key phải đi cùng host.sqlite "
        + "hoặc host.pgdump."
    case .doesNotAgree(let problem):
      "Bản sao không khớp với các sự kiện của nó (\(problem)). Hãy để riêng, giữ các bản sao lưu "
        + "trước, và chạy: lienthong host verify"
    case .programMissing(let name):
      "Chưa cài chương trình \(name). Hãy cài bằng lệnh: apt install postgresql-client"
    case .programFailed(let name):
      "\(name) không chạy xong; lý do ghi ở trên. Chưa giữ lại gì."
    case .databaseNeeded:
      "Đây là bản sao lưu của cơ sở dữ liệu PostgreSQL. Hãy tạo một cơ sở dữ liệu rỗng và nêu nó "
        + "sau --database."
    case .databaseNotNeeded:
      "Đây là bản sao lưu của dữ liệu trong thư mục. Hãy bỏ --database."
    }
  }
}
