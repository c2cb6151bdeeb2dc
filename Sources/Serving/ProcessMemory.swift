import Glibc

/// What the kernel says about this process's memory.
package enum ProcessMemory {
  /// Resident bytes; `nil` where the kernel does not tell.
  package static func residentBytes() -> Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var line = [UInt8](repeating: 0, count: 128)
    let length = fread(&line, 1, line.count, file)
    let fields = String(decoding: line.prefix(length), as: UTF8.self).split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
    return pages * sysconf(Int32(_SC_PAGESIZE))
  }
}
