import NIOCore
import ServiceLifecycle

/// Runs tasks on one event loop, so that a request needs no other thread to be read and answered.
///
/// Each hop between two threads costs as much as the work of a short request. Whatever takes long
/// must leave the loop by itself, as the database and the picture reader do on queues of their own.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) {
    self.loop = loop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}

/// A service whose tasks run on one event loop.
struct LoopBound<Wrapped: Service>: Service {
  let service: Wrapped
  let loop: any EventLoop

  func run() async throws {
    try await withTaskExecutorPreference(EventLoopExecutor(loop)) {
      try await service.run()
    }
  }
}
