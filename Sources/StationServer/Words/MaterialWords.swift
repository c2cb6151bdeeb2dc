import Circulation
import Labels

extension MaterialKind {
  /// The kind's name, as registers and reports have it.
  func name(in language: Language) -> String {
    switch (self, language) {
    case (.textbook, .vietnamese): "Sách giáo khoa"
    case (.textbook, .english): "Textbooks"
    case (.teacherBook, .vietnamese): "Sách nghiệp vụ"
    case (.teacherBook, .english): "Teachers' books"
    case (.reference, .vietnamese): "Sách tham khảo"
    case (.reference, .english): "Reference books"
    case (.children, .vietnamese): "Sách thiếu nhi"
    case (.children, .english): "Children's books"
    case (.periodical, .vietnamese): "Báo, tạp chí"
    case (.periodical, .english): "Periodicals"
    case (.picture, .vietnamese): "Tranh ảnh"
    case (.picture, .english): "Pictures"
    case (.map, .vietnamese): "Bản đồ"
    case (.map, .english): "Maps"
    case (.disc, .vietnamese): "Băng đĩa"
    case (.disc, .english): "Discs"
    }
  }
}
