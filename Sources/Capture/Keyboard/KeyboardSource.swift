import CLinuxDevices
import Glibc

/// Reads a scanner that types, and keeps its keys from everybody else.
package struct KeyboardSource: DeviceSource {
  private let nodes: [String]
  private let settings: KeyboardSettings

  package init(nodes: [String], settings: KeyboardSettings) {
    self.nodes = nodes
    self.settings = settings
  }

  package func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    let table = try settings.table()
    var open: [InputNode] = []
    // All nodes are grabbed, so that a scanner's power key does not reach logind either.
    for path in nodes {
      let node = try InputNode(path)
      try node.grab(stop: stop)
      open.append(node)
    }
    var assemblers = open.map {
      KeyAssembler(
        table: table, endings: settings.endings, isCapsLocked: $0.switchCapsLockOff())
    }
    tell(.ready)
    while !stop.isFired {
      let deadline = assemblers.compactMap(\.deadline).min()
      let wait = deadline.map { $0 - MonotonicTime.milliseconds() }
      let ready = stop.wait(
        for: open.map(\.descriptor), milliseconds: wait ?? CaptureLimits.retryMilliseconds)
      for (index, node) in open.enumerated() {
        if ready.contains(node.descriptor) {
          for event in try node.events() {
            if let code = assemblers[index].take(event) { tell(SourceNews(code)) }
            // Another program that shares the node has put it on, for another keyboard's sake.
            if event.isCapsLight, event.value != 0 { _ = node.switchCapsLockOff() }
          }
        }
        // What was read came before now, so that a slow thread does not cut a code in two.
        let isQuiet = !ready.contains(node.descriptor)
        if isQuiet, let code = assemblers[index].silence(at: MonotonicTime.milliseconds()) {
          tell(SourceNews(code))
        }
      }
    }
  }
}
