import Dispatch
import Labels
import Scanning

/// A scanner and the only queue on which it is used.
actor ScanningThread {
  private let executor: QueueExecutor
  private let scanner = BarcodeScanner()
  private let budget: ScanBudget

  init(number: Int, budget: ScanBudget) {
    self.budget = budget
    executor = QueueExecutor(label: "lienthong.scanning.\(number)")
  }

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func codes(in upload: Upload) throws(UploadError) -> [ScannedCode] {
    let image = try UploadedPicture.image(from: upload.bytes)
    return scanner.scan(image, within: budget).map {
      ScannedCode(text: $0.text, symbology: $0.type)
    }
  }
}

/// Runs an actor on a dispatch queue, away from the threads that all other tasks share.
private final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
