import GRDB
package import Labels
package import Ledger
import Storage

/// Why a station's store can't do what was asked, and what a person can do about it.
package enum JournalError: Error, Hashable, Sendable {
  /// The folder holds no station; it has to be set up first.
  case noStation(folder: String)
  /// The folder holds a station already.
  case stationExists(folder: String)
  /// The store was written by a later version of this program.
  case newerVersion(found: Int, known: Int)
  /// The store has to be brought up to this version first, which takes a disk that can be written.
  case olderVersion(found: Int, known: Int)
  /// The folder or its file system can't be written.
  case notWritable(folder: String)
  /// This user may not look into the folder.
  case notReadable(folder: String)
  case diskFull
  /// Another process serves this folder.
  case inUse(folder: String)
  /// Another process wrote for too long.
  case busy
  /// Reading or writing failed.
  case storageFailed(String)
  /// The file is damaged or is not a station's store.
  case damaged(String)
  /// The fact is larger than an event may be, or has a field out of its range.
  case unrecordable(CBORError)
  /// The operation's name was used before, for another act.
  case operationReused
  /// A key file is missing, of the wrong size, or can be read by others.
  case badKeyFile(String)
  /// The station has lived through as many epochs as there can be.
  case noNextEpoch
  /// The journal is in this epoch already, and a host wants it in an earlier one.
  case laterEpoch(Epoch)
  /// Events of a host's copy do not go on from where this journal stands.
  case notContinuous(Position)
}

extension JournalError {
  init(_ error: DatabaseError, folder: String) {
    switch SQLiteFault(error) {
    case .diskFull: self = .diskFull
    case .busy: self = .busy
    case .notWritable: self = .notWritable(folder: folder)
    case .damaged(let detail): self = .damaged(detail)
    case .failed(let detail): self = .storageFailed(detail)
    }
  }

  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .noStation: "no-station"
    case .stationExists: "station-exists"
    case .newerVersion: "newer-version"
    case .olderVersion: "older-version"
    case .notWritable: "not-writable"
    case .notReadable: "not-readable"
    case .diskFull: "disk-full"
    case .inUse: "in-use"
    case .busy: "busy"
    case .storageFailed: "storage-failed"
    case .damaged: "damaged"
    case .unrecordable: "unrecordable"
    case .operationReused: "operation-reused"
    case .badKeyFile: "bad-key-file"
    case .noNextEpoch: "no-next-epoch"
    case .laterEpoch: "later-epoch"
    case .notContinuous: "not-continuous"
    }
  }

  /// What went wrong and what to do next, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseAdvice
    case .english: englishAdvice
    }
  }

  private var englishAdvice: String {
    switch self {
    case .noStation(let folder):
      "\(folder) holds no station. Set one up with: lienthong station init --data \(folder)"
    case .stationExists(let folder):
      "\(folder) holds a station already. Choose another folder; nothing was changed."
    case .newerVersion(let found, let known):
      "The data is of version \(found), this program knows up to \(known). Install the newer "
        + "program; nothing was changed."
    case .olderVersion(let found, let known):
      "The data is of version \(found), this program writes \(known). Copy the folder to a disk "
        + "that can be written and use the copy; nothing was changed."
    case .notReadable(let folder):
      "\(folder) may not be looked into. Run this as the folder's owner, or with sudo."
    case .notWritable(let folder):
      "\(folder) can't be written. Check its owner, its mode and that the disk is not mounted "
        + "read-only."
    case .diskFull:
      "The disk is full, so nothing was recorded. Free some space, then try the same act again."
    case .inUse(let folder):
      "Another process serves \(folder). Stop it first, or use its page."
    case .busy:
      "Another process has been writing for a while. Try the same act again in a moment."
    case .storageFailed(let detail):
      "The disk did not answer (\(detail)). Try the same act again; it will not be done twice."
    case .damaged(let detail):
      "The store is damaged (\(detail)). Keep a copy of the folder and restore the last backup."
    case .unrecordable(let error):
      "This can't be recorded: a text is too long or a number out of range (\(error)). Correct it."
    case .operationReused:
      "This operation's name was used for another act. Reload the page and try again."
    case .badKeyFile(let path):
      "The key file \(path) is missing, damaged or open to others. Restore it from the backup, "
        + "mode 0600."
    case .noNextEpoch:
      "This station was set up anew too often. Set one up in a new folder, under another number."
    case .laterEpoch(let epoch):
      "This station is in epoch \(epoch) with another host. Set up a new folder for the new host; "
        + "nothing was changed."
    case .notContinuous(let position):
      "The host's copy does not go on from event \(position.sequence) here. Try again; nothing was "
        + "changed."
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .noStation(let folder):
      "\(folder) chưa có trạm. Hãy tạo bằng lệnh: lienthong station init --data \(folder)"
    case .stationExists(let folder):
      "\(folder) đã có trạm. Hãy chọn thư mục khác; chưa có gì thay đổi."
    case .newerVersion(let found, let known):
      "Dữ liệu thuộc phiên bản \(found), chương trình này chỉ biết đến \(known). Hãy cài bản mới "
        + "hơn; chưa có gì thay đổi."
    case .olderVersion(let found, let known):
      "Dữ liệu thuộc phiên bản \(found), chương trình này ghi bản \(known). Hãy chép thư mục sang "
        + "đĩa ghi được rồi dùng bản chép; chưa có gì thay đổi."
    case .notReadable(let folder):
      "Không được xem thư mục \(folder). Hãy chạy bằng tài khoản sở hữu thư mục, hoặc bằng sudo."
    case .notWritable(let folder):
      "Không ghi được vào \(folder). Hãy kiểm tra chủ sở hữu, quyền, và đĩa có bị gắn chỉ đọc "
        + "không."
    case .diskFull:
      "Đĩa đầy nên chưa ghi được gì. Hãy dọn bớt rồi làm lại đúng thao tác này."
    case .inUse(let folder):
      "Một tiến trình khác đang phục vụ \(folder). Hãy dừng nó trước, hoặc dùng trang của nó."
    case .busy:
      "Một tiến trình khác đang ghi. Hãy làm lại thao tác này sau giây lát."
    case .storageFailed(let detail):
      "Đĩa không trả lời (\(detail)). Hãy làm lại thao tác này; nó sẽ không bị ghi hai lần."
    case .damaged(let detail):
      "Kho dữ liệu bị hỏng (\(detail)). Hãy giữ một bản sao thư mục và phục hồi bản lưu gần nhất."
    case .unrecordable(let error):
      "Không ghi được: có chữ quá dài hoặc số ngoài giới hạn (\(error)). Hãy sửa lại."
    case .operationReused:
      "Mã thao tác này đã dùng cho việc khác. Hãy tải lại trang rồi làm lại."
    case .badKeyFile(let path):
      "Tệp khóa \(path) bị thiếu, hỏng hoặc người khác đọc được. Hãy phục hồi từ bản lưu, quyền "
        + "0600."
    case .noNextEpoch:
      "Trạm này đã được tạo lại quá nhiều lần. Hãy tạo trạm trong thư mục mới, với số khác."
    case .laterEpoch(let epoch):
      "Trạm này đang ở kỳ \(epoch) với một thư viện chủ trì khác. Hãy tạo thư mục mới cho thư viện "
        + "chủ trì mới; chưa có gì thay đổi."
    case .notContinuous(let position):
      "Bản ở thư viện chủ trì không nối tiếp từ sự kiện \(position.sequence) ở đây. Hãy thử lại; "
        + "chưa có gì thay đổi."
    }
  }
}
