/// Reads the codes in a picture: one round of passes after the other, until a code is trusted.
///
/// Not for use from two threads at once; make one for each thread.
package final class BarcodeScanner {
  private let rounds: [[any ScanPass]]
  private let tools = ScanTools()

  /// Makes a scanner that tries rounds of passes in turn.
  ///
  /// The passes of a round all run, so that a picture with codes of two kinds gives both. A round
  /// after the first is a rescue: it runs only if nothing is trusted yet.
  package init(rounds: [[any ScanPass]] = ScanPlan.still) {
    self.rounds = rounds
  }

  /// The codes that can be trusted.
  package func scan(_ image: GreyImage, within budget: ScanBudget = .unlimited) -> [Symbol] {
    read(image, within: budget).filter(\.isTrusted).map(\.symbol)
  }

  /// All that was read, in the order in which it was found, each with whether it can be trusted.
  ///
  /// The first round always runs whole, bounded by ``ScanningLimits`` and ``QRLimits``: where
  /// finding the stripes takes all the time, nothing would ever be read otherwise. After it, no
  /// pass is begun once the budget is spent.
  package func read(_ image: GreyImage, within budget: ScanBudget = .unlimited) -> [Reading] {
    let deadline = ScanDeadline(budget)
    let scan = PictureScan(image, deadline: ScanDeadline(.unlimited), tools: tools)
    for passes in rounds {
      for pass in passes where !scan.deadline.hasPassed { pass.run(scan) }
      scan.deadline = deadline
      if scan.ballot.isDecided || deadline.hasPassed { break }
    }
    return scan.ballot.readings
  }
}
