import Console
import Glibc
import Testing
import Workbench

/// Sends Ctrl-C to this very thread, whose kind of threads does not get signals otherwise.
private func pressControlC() {
  var signals = sigset_t()
  sigemptyset(&signals)
  sigaddset(&signals, SIGINT)
  pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  raise(SIGINT)
}

@Suite struct ControlCTests {
  @Test func theFirstAsksToStopAndTheSecondEnds() async {
    await #expect(processExitsWith: .exitCode(130)) {
      ControlC.install()
      let interrupt = Interrupt()
      ControlC.stopping(interrupt) {
        pressControlC()
        guard interrupt.isRequested else { exit(1) }
        pressControlC()
        exit(2)
      }
    }
  }

  @Test func aLateSecondAsksAgain() async {
    await #expect(processExitsWith: .exitCode(0)) {
      ControlC.install()
      let interrupt = Interrupt()
      for _ in 0..<2 {
        // Each statement begins anew: what came before does not make this the second.
        ControlC.stopping(interrupt) {
          pressControlC()
          guard interrupt.isRequested else { exit(1) }
        }
      }
      exit(0)
    }
  }

  /// What earlier work was asked is not asked of the next.
  @Test func workBeginsWithoutAWish() {
    let interrupt = Interrupt()
    interrupt.request()
    ControlC.stopping(interrupt) {
      #expect(!interrupt.isRequested)
      interrupt.request()
      ControlC.stopping(interrupt) { #expect(interrupt.isRequested, "the same work") }
    }
  }

  /// A question is on the screen before its answer is read: what comes between the two is an answer.
  @Test func beforeAnAnswerIsRead() async {
    await #expect(processExitsWith: .exitCode(0)) {
      ControlC.install()
      let answer = ControlC.stopping(Interrupt()) {
        pressControlC()
        return Question.answer()
      }
      guard case .interrupted = answer else { exit(1) }
      exit(0)
    }
  }

  @Test func elsewhereItEndsTheProcess() async {
    await #expect(processExitsWith: .exitCode(130)) {
      ControlC.install()
      pressControlC()
      exit(0)
    }
  }
}
