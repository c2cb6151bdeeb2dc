import Ledger
package import Rotation

/// Rotas that several suites go by.
package enum SampleRota {
  /// A stage in which TT1 sends storybooks up to a limit to TT, and TT sends all that it has.
  package static func storybooks(limit: Int) throws -> Rota {
    try RotaText.rota(
      """
      rota 2026-TT
      libraries TT TT1
      set Truyện thiếu nhi
        kinds TN
      stage 1 2026-2027/1
        send Truyện thiếu nhi from TT1 to TT up to \(limit)
        send Truyện thiếu nhi from TT to TT1
      """)
  }
}
