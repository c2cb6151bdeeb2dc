/// The first rule that a code breaks, for a person who holds the label in hand.
package enum LabelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no text at all.
  case empty
  /// The text has more bytes than any label.
  case tooLong(limitBytes: Int)
  /// A character that no label has: often a Vietnamese input method changed what a scanner typed.
  case notASCII(Character)
  /// A character without a shape, such as NUL; its code.
  case controlCharacter(UInt32)
  /// Not two to eight letters and digits with a letter first.
  case badLibraryCode(String)
  /// Not an accession number by the rules of a grammar.
  case badAccessionNumber(String, AccessionGrammar)
  /// An accession number whose prefix this library doesn't use.
  case accessionPrefixNotInUse(String, AccessionGrammar)
  /// A part of a grammar's text form that can't be read.
  case badGrammar(String)
  /// Not a positive number of as many digits as a card or a box has.
  case badSerial(String, digits: Int)
  /// A one-letter prefix that stands for no kind of label, or not for the kind that is needed.
  case unknownPrefix(String)
  /// A command label with a word that is no command.
  case unknownCommand(String)
  /// One of our own labels without its last character.
  case missingCheckCharacter
  /// The last character isn't the one that the others demand.
  case wrongCheckCharacter(expected: Character)
  /// Neither 14 digits, as on an old card or item, nor 13 or 10, as on a book.
  case wrongNumberOfDigits(Int)
  /// Something else among the digits of a number.
  case notDigits(String)
  /// A 14-digit number that begins neither with a patron's 2 nor with an item's 3.
  case unknownBarcodeType(Character)
  /// A shop's code of something that isn't a book, by its first digits or its length.
  case notABook(String)
  /// The two or five digits beside an EAN, without the EAN.
  case addOnAlone

  package var description: String { rule(in: .english) }
}
