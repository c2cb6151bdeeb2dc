import GRDB
import Ledger

/// Holds closed terms against the replay.
extension JournalVerifier {
  mutating func compareTerms() throws {
    let found: TermRecords
    do {
      found = try JournalView.termRecords(in: database)
    } catch {
      return result.note("closed terms: the tables can't be read (\(error))")
    }
    let expected = accounts.terms
    for hash in Set(found.closings.keys).union(expected.closings.keys)
    where found.closings[hash] != expected.closings[hash] {
      result.note("term closed as \(hash): the table and the events differ")
    }
    for hash in Set(found.parts.keys).union(expected.parts.keys)
    where found.parts[hash] != expected.parts[hash] {
      result.note("statement \(hash): the table and the events differ")
    }
    for key in Set(found.signatures.keys).union(expected.signatures.keys)
    where found.signatures[key] != expected.signatures[key] {
      result.note("signature of \(key.library) under \(key.hash): the table and the events differ")
    }
    for closed in expected.closings.values where expected.text(of: closed) == nil {
      result.note("term \(closed.closing.term): the statement is not what was signed")
    }
  }
}
