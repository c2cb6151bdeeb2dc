extension LabelError {
  /// What is wrong, and what the person at the screen can do about it.
  package func advice(in language: Language) -> String {
    "\(rule(in: language)) \(remedy(in: language))"
  }

  /// The rule that is broken, in one sentence.
  func rule(in language: Language) -> String {
    switch language {
    case .vietnamese: vietnameseRule
    case .english: englishRule
    }
  }

  /// What to do next, in one sentence.
  func remedy(in language: Language) -> String {
    switch language {
    case .vietnamese: remedy.vietnamese
    case .english: remedy.english
    }
  }

  private var englishRule: String {
    switch self {
    case .empty: "There is no text."
    case .tooLong(let limit): "The code is longer than \(limit) bytes."
    case .notASCII(let character): "No label has the character “\(character)”."
    case .controlCharacter(let code): "The code has a control character (number \(code))."
    case .badLibraryCode(let code):
      "“\(code)” is not a library code: 2 to 8 letters and digits, a letter first."
    case .badAccessionNumber(let text, let grammar):
      """
      “\(text)” is not an accession number: letters, then \
      \(grammar.separators(orNone: "nothing")), then \
      \(grammar.digitsInWords) digits.
      """
    case .accessionPrefixNotInUse(let prefix, let grammar):
      "This library has no register “\(prefix)”; it uses \(grammar.prefixesInWords)."
    case .badGrammar(let part): "“\(part)” in the rule for accession numbers can't be read."
    case .badSerial(let serial, let digits):
      "“\(serial)” is not a serial number of \(digits) digits, 1 or more."
    case .unknownPrefix(let prefix): "No label of the kind needed begins with “\(prefix)”."
    case .unknownCommand(let word): "“\(word)” is not a command."
    case .missingCheckCharacter: "The check character at the end is missing."
    case .wrongCheckCharacter(let expected):
      "The check character is wrong: the others demand “\(expected)”."
    case .wrongNumberOfDigits(let count):
      "\(count) characters: a card or item has 14 digits, a book's ISBN 13 or 10."
    case .notDigits(let text): "“\(text)” has something else among its digits."
    case .unknownBarcodeType(let digit):
      "The number begins with “\(digit)”: a card's begins with 2, an item's with 3."
    case .notABook(let number): "“\(number)” is a shop's code, not a book's ISBN."
    case .addOnAlone: "These are only the small digits beside a bar code."
    }
  }

  private var vietnameseRule: String {
    switch self {
    case .empty: "Không có nội dung."
    case .tooLong(let limit): "Mã dài hơn \(limit) byte."
    case .notASCII(let character): "Nhãn không bao giờ có ký tự “\(character)”."
    case .controlCharacter(let code): "Mã có ký tự điều khiển (số \(code))."
    case .badLibraryCode(let code):
      "“\(code)” không phải mã thư viện: 2 đến 8 chữ cái và chữ số, bắt đầu bằng chữ cái."
    case .badAccessionNumber(let text, let grammar):
      """
      “\(text)” không phải số đăng ký cá biệt: chữ cái, rồi \
      \(grammar.separators(orNone: "không dấu")), rồi \
      \(grammar.digitsInWords) chữ số.
      """
    case .accessionPrefixNotInUse(let prefix, let grammar):
      "Thư viện này không có sổ “\(prefix)”; đang dùng: \(grammar.prefixesInWords)."
    case .badGrammar(let part): "Không đọc được “\(part)” trong quy tắc số đăng ký cá biệt."
    case .badSerial(let serial, let digits):
      "“\(serial)” không phải số thứ tự gồm \(digits) chữ số, từ 1 trở lên."
    case .unknownPrefix(let prefix): "Không có loại nhãn cần dùng nào bắt đầu bằng “\(prefix)”."
    case .unknownCommand(let word): "“\(word)” không phải là một lệnh."
    case .missingCheckCharacter: "Thiếu ký tự kiểm tra ở cuối."
    case .wrongCheckCharacter(let expected):
      "Sai ký tự kiểm tra: theo các ký tự khác thì phải là “\(expected)”."
    case .wrongNumberOfDigits(let count):
      "\(count) ký tự: thẻ hoặc sách cũ có 14 chữ số, ISBN có 13 hoặc 10."
    case .notDigits(let text): "“\(text)” có ký tự khác lẫn giữa các chữ số."
    case .unknownBarcodeType(let digit):
      "Số bắt đầu bằng “\(digit)”: số thẻ bắt đầu bằng 2, số sách bắt đầu bằng 3."
    case .notABook(let number): "“\(number)” là mã hàng hóa, không phải ISBN của sách."
    case .addOnAlone: "Đây chỉ là các chữ số phụ bên cạnh mã vạch."
    }
  }
}

extension LabelError {
  private var remedy: Remedy {
    switch self {
    case .empty, .controlCharacter, .wrongCheckCharacter, .notDigits: .scanAgain
    case .tooLong, .unknownPrefix, .unknownCommand: .useALibraryLabel
    case .notASCII: .switchOffInputMethod
    case .badLibraryCode, .badSerial: .compareWithPrint
    case .badAccessionNumber, .accessionPrefixNotInUse, .wrongNumberOfDigits: .typeWholeNumber
    case .badGrammar: .correctSettings
    case .missingCheckCharacter: .typeCheckCharacter
    case .unknownBarcodeType, .notABook, .addOnAlone: .findLibraryLabel
    }
  }
}

/// What a person can do about a code that was refused; several rules share one.
private enum Remedy {
  case scanAgain, useALibraryLabel, switchOffInputMethod, compareWithPrint, typeWholeNumber
  case correctSettings, typeCheckCharacter, findLibraryLabel

  var english: String {
    switch self {
    case .scanAgain: "Scan it again, or type what is printed under the bars."
    case .useALibraryLabel: "Scan a card, a book's label or a command of the library."
    case .switchOffInputMethod: "Switch the Vietnamese input method off (E) and scan again."
    case .compareWithPrint: "Compare it with what is printed, and print the label again if need be."
    case .typeWholeNumber: "Scan the library's label, or type its letters too: TK.00123."
    case .correctSettings:
      "Write it like this: \(AccessionGrammar.standard); a prefix has 1 to 5 letters."
    case .typeCheckCharacter: "Type the dash and the last character too: TT1.TK.00123-O."
    case .findLibraryLabel: "Scan the label that the library put on the book or the card."
    }
  }

  var vietnamese: String {
    switch self {
    case .scanAgain: "Hãy quét lại, hoặc gõ dòng chữ in dưới mã vạch."
    case .useALibraryLabel: "Hãy quét thẻ, nhãn sách hoặc nhãn lệnh của thư viện."
    case .switchOffInputMethod: "Hãy tắt bộ gõ tiếng Việt (chọn E) rồi quét lại."
    case .compareWithPrint: "Hãy so với chữ in trên nhãn, in lại nhãn nếu cần."
    case .typeWholeNumber: "Hãy quét nhãn của thư viện, hoặc gõ cả phần chữ: TK.00123."
    case .correctSettings:
      "Hãy viết như sau: \(AccessionGrammar.standard); phần chữ có 1 đến 5 chữ cái."
    case .typeCheckCharacter: "Hãy gõ cả dấu gạch và ký tự cuối: TT1.TK.00123-O."
    case .findLibraryLabel: "Hãy quét nhãn do thư viện dán trên sách hoặc thẻ."
    }
  }
}

extension AccessionGrammar {
  /// How many digits a number has, as a sentence needs it: `5` or `1–8`.
  fileprivate var digitsInWords: String {
    digits.count == 1 ? "\(digits.lowerBound)" : "\(digits.lowerBound)–\(digits.upperBound)"
  }

  /// What may stand before the digits: the signs themselves, and a word where none is needed.
  fileprivate func separators(orNone word: String) -> String {
    Separator.allCases.filter(separators.contains)
      .map { $0.character.map { "“\($0)”" } ?? word }.joined(separator: " / ")
  }

  fileprivate var prefixesInWords: String {
    prefixes?.sorted().joined(separator: ", ") ?? "any"
  }
}
