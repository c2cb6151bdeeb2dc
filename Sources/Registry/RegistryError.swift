package import Labels
package import Ledger

/// Why a host's store can't do what was asked, and what a person can do about it.
package enum RegistryError: Error, Hashable, Sendable {
  /// The folder holds no host; it has to be set up first.
  case noHost(folder: String)
  /// The folder holds a host already.
  case hostExists(folder: String)
  /// The database holds no host; it has to be set up first.
  case databaseHoldsNoHost
  /// The database holds a host already.
  case databaseHoldsHost
  /// The address of the database can't be read.
  case badDatabaseAddress
  /// The database's server was not reached, or went away.
  case databaseUnreachable(String)
  /// The database's server does not let the host in.
  case databaseRefused(String)
  /// The database's server says that data is kept before it is.
  case databaseNotDurable
  /// The store was written by a later version of this program.
  case newerVersion(found: Int, known: Int)
  /// The file is some other program's database.
  case notAHost(applicationID: Int)
  /// The folder or its file system can't be written.
  case notWritable(folder: String)
  /// This user may not look into the folder.
  case notReadable(folder: String)
  case diskFull
  /// Reading or writing failed, or waited too long for another process.
  case storageFailed(String)
  /// The file is damaged or is not a host's store.
  case damaged(String)
  /// Another key is pinned to the station.
  case enrolledWithAnotherKey(StationID)
  /// Nobody has enrolled the station.
  case noSuchStation(StationID)
  /// The station's events end at a position before the one that was named.
  case notReached(Position)
  /// No such library is or was in the group.
  case noSuchMember(LibraryCode)
  /// More stations than one sum can be about.
  case tooManyStations(Int, limit: Int)
  /// The agreement's title or its text has more bytes of UTF-8 than stations take.
  case agreementTooLong(limitBytes: Int)
  /// Stations could not read what they were to be told under a name.
  case cannotBeTold(String)

  /// Whether nothing more can be written for now, while reading goes on.
  var isForWantOfRoom: Bool {
    switch self {
    case .diskFull, .notWritable: true
    default: false
    }
  }

  /// Whether what somebody wrote is at fault.
  package var isAboutWriting: Bool {
    switch self {
    case .agreementTooLong, .cannotBeTold: true
    default: false
    }
  }
}

extension RegistryError {
  /// The error's name: stable, for programs.
  package var name: String {
    switch self {
    case .noHost: "no-host"
    case .hostExists: "host-exists"
    case .databaseHoldsNoHost: "database-holds-no-host"
    case .databaseHoldsHost: "database-holds-host"
    case .badDatabaseAddress: "bad-database-address"
    case .databaseUnreachable: "database-unreachable"
    case .databaseRefused: "database-refused"
    case .databaseNotDurable: "database-not-durable"
    case .newerVersion: "newer-version"
    case .notAHost: "not-a-host"
    case .notWritable: "not-writable"
    case .notReadable: "not-readable"
    case .diskFull: "disk-full"
    case .storageFailed: "storage-failed"
    case .damaged: "damaged"
    case .enrolledWithAnotherKey: "enrolled-with-another-key"
    case .noSuchStation: "no-such-station"
    case .notReached: "not-reached"
    case .noSuchMember: "no-such-member"
    case .tooManyStations: "too-many-stations"
    case .agreementTooLong: "agreement-too-long"
    case .cannotBeTold: "cannot-be-told"
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
    case .noHost(let folder):
      "\(folder) holds no host. Set one up with: lienthong host init --data \(folder)"
    case .hostExists(let folder):
      "\(folder) holds a host already. Choose another folder; nothing was changed."
    case .databaseHoldsNoHost:
      "The database holds no host. Set one up with: lienthong host init --data … --database …"
    case .databaseHoldsHost:
      "The database holds a host already. Name another database, or serve this one with a copy of "
        + "its host's folder; nothing was changed."
    case .badDatabaseAddress:
      "This is no address of a database. Write it like postgres://user@server:5432/lienthong."
    case .databaseUnreachable(let detail):
      "The database's server did not answer (\(detail)). Check that PostgreSQL runs, and the "
        + "address after --database; stations will send again."
    case .databaseRefused(let detail):
      "The database's server does not let the host in (\(detail)). Check the user, the password "
        + "and the name of the database."
    case .databaseNotDurable:
      "The database's server has fsync switched off, so a power cut could lose what stations were "
        + "told is safe. Set fsync = on in postgresql.conf and reload it."
    case .newerVersion(let found, let known):
      "The data is of version \(found), this program knows up to \(known). Install the newer "
        + "program; nothing was changed."
    case .notAHost:
      "host.sqlite is another program's database. Choose another folder; nothing was changed."
    case .notReadable(let folder):
      "\(folder) may not be looked into. Run this as the folder's owner, or with sudo."
    case .notWritable(let folder):
      "\(folder) can't be written. Check its owner, its mode and that the disk is not mounted "
        + "read-only."
    case .diskFull:
      "The host's disk is full, so nothing was applied. Free some space; stations will send again."
    case .storageFailed(let detail):
      "The host's store did not answer (\(detail)). Send again; nothing will be applied twice."
    case .damaged(let detail):
      "The store is damaged (\(detail)). Keep a copy of the folder and restore the last backup."
    case .enrolledWithAnotherKey(let station):
      "Station \(station) is enrolled with another key. Check that you name the right station; "
        + "nothing was changed."
    case .noSuchStation(let station):
      "No station \(station) is enrolled. The host's page lists them; nothing was changed."
    case .notReached(let cursor):
      "The station's events end at number \(cursor.sequence). Name that one or an earlier one."
    case .noSuchMember(let library):
      "\(library) is no member of the group. The host's page lists the members."
    case .tooManyStations(let count, let limit):
      "A sum is about up to \(limit) stations; here are \(count). Add the term up at the stations."
    case .agreementTooLong(let limit):
      "The agreement is longer than stations take (\(limit) bytes for this part). Shorten it; "
        + "nothing was changed."
    case .cannotBeTold(let name):
      "Stations could not read this (\(name)), so nothing was changed. Shorten what you wrote."
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .noHost(let folder):
      "\(folder) chưa có máy chủ trì. Hãy tạo bằng lệnh: lienthong host init --data \(folder)"
    case .hostExists(let folder):
      "\(folder) đã có máy chủ trì. Hãy chọn thư mục khác; chưa có gì thay đổi."
    case .databaseHoldsNoHost:
      "Cơ sở dữ liệu chưa có máy chủ trì. Hãy tạo bằng lệnh: lienthong host init --data … "
        + "--database …"
    case .databaseHoldsHost:
      "Cơ sở dữ liệu đã có máy chủ trì. Hãy nêu cơ sở dữ liệu khác, hoặc chạy với bản sao thư mục "
        + "của máy chủ trì đó; chưa có gì thay đổi."
    case .badDatabaseAddress:
      "Đây không phải địa chỉ cơ sở dữ liệu. Hãy viết như postgres://user@server:5432/lienthong."
    case .databaseUnreachable(let detail):
      "Máy chủ cơ sở dữ liệu không trả lời (\(detail)). Hãy xem PostgreSQL có chạy không và "
        + "địa chỉ sau --database; các trạm sẽ tự gửi lại."
    case .databaseRefused(let detail):
      "Máy chủ cơ sở dữ liệu không cho vào (\(detail)). Hãy kiểm tra tên người dùng, mật khẩu và "
        + "tên cơ sở dữ liệu."
    case .databaseNotDurable:
      "Máy chủ cơ sở dữ liệu đang tắt fsync, nên mất điện có thể làm mất dữ liệu đã báo là "
        + "an toàn. Hãy đặt fsync = on trong postgresql.conf rồi nạp lại."
    case .newerVersion(let found, let known):
      "Dữ liệu thuộc phiên bản \(found), chương trình này chỉ biết đến \(known). Hãy cài bản mới "
        + "hơn; chưa có gì thay đổi."
    case .notAHost:
      "host.sqlite là dữ liệu của chương trình khác. Hãy chọn thư mục khác; chưa có gì thay đổi."
    case .notReadable(let folder):
      "Không được xem thư mục \(folder). Hãy chạy bằng tài khoản sở hữu thư mục, hoặc bằng sudo."
    case .notWritable(let folder):
      "Không ghi được vào \(folder). Hãy kiểm tra chủ sở hữu, quyền, và đĩa có bị gắn chỉ "
        + "đọc không."
    case .diskFull:
      "Đĩa của thư viện chủ trì đầy nên chưa ghi gì. Hãy dọn bớt; các trạm sẽ tự gửi lại."
    case .storageFailed(let detail):
      "Kho dữ liệu của thư viện chủ trì không trả lời (\(detail)). Hãy gửi lại; không có gì bị "
        + "ghi hai lần."
    case .damaged(let detail):
      "Kho dữ liệu bị hỏng (\(detail)). Hãy giữ một bản sao thư mục và phục hồi bản lưu gần nhất."
    case .enrolledWithAnotherKey(let station):
      "Trạm \(station) đã ghi danh với khóa khác. Hãy xem lại tên trạm; chưa có gì thay đổi."
    case .noSuchStation(let station):
      "Chưa có trạm \(station) nào ghi danh. Trang của thư viện chủ trì có danh sách; chưa có gì "
        + "thay đổi."
    case .notReached(let cursor):
      "Sự kiện của trạm dừng ở số \(cursor.sequence). Hãy nêu số đó hoặc một số trước đó."
    case .noSuchMember(let library):
      "\(library) không phải thành viên của nhóm. Trang của thư viện chủ trì có danh sách."
    case .tooManyStations(let count, let limit):
      "Chỉ cộng được tối đa \(limit) trạm; ở đây có \(count). Hãy đối chiếu tại từng trạm."
    case .agreementTooLong(let limit):
      "Thỏa thuận dài hơn mức các trạm nhận (phần này tối đa \(limit) byte). Hãy rút ngắn; chưa "
        + "có gì thay đổi."
    case .cannotBeTold(let name):
      "Các trạm không đọc được nội dung này (\(name)) nên chưa có gì thay đổi. Hãy rút ngắn."
    }
  }
}
