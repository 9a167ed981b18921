public import ArgumentParser
public import Commands
import Console
import Glibc
import Imaging
import Language
import Workbench

/// Frames in, label maps out, as they come: for a camera, a video, a folder of pictures; or how quickly a model does that here.
struct InferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "infer", abstract: "Segment frames from a pipe or a folder, as they come, or measure how quickly that goes.",
    discussion: """
      The model is a file that `save NAME to=FILE.safetensors` has written. Frames come as raw red, green and blue, and leave in the same order
      without any header: a byte for each pixel with labels, else three.

        ffmpeg -i street.mp4 -vf scale=512:256 -f rawvideo -pix_fmt rgb24 - | segue infer m.safetensors - --size 512x256 --output overlay |
          ffmpeg -f rawvideo -pix_fmt rgb24 -s 512x256 -i - overlay.mp4

        segue infer m.safetensors frames/ --size 512x256 > labels.raw
        segue infer m.safetensors --measure 100 --size 1024x512
      """)

  @ArgumentParser.Argument(help: "The model's file.", completion: .file(extensions: ["safetensors"])) var model: String
  @ArgumentParser.Argument(help: "A folder of pictures, taken in the order of their names, or - for raw frames on standard input.", completion: .directory) var frames: String?
  @Option(help: "Width and height of the frames, such as 512x256; pictures of a folder are brought to it.") var size: String?
  @Option(help: "What is written of each frame.") var output: LiveSegmentation.Output = .labels
  @Option(help: "Instead of reading frames: time so many of noise, after three that are not counted.") var measure: Int?

  func validate() throws {
    if let measure {
      guard frames == nil else { throw ValidationError("--measure makes its own frames: leave '\(frames ?? "")' out") }
      guard (1...1_000_000).contains(measure) else { throw ValidationError("--measure takes a number from 1 to 1000000") }
    } else if frames == nil {
      throw ValidationError("name a folder of pictures, or - for frames on standard input; --measure N times a model without any")
    }
    let parsed = try parsedSize()
    if parsed == nil, measure != nil || frames == "-" { throw ValidationError("--size says how large the frames are, such as --size 512x256") }
  }

  func run() throws {
    ControlC.install()
    let interrupt = Interrupt(), live = try LiveSegmentation(modelAt: model, in: Here.directory()), size = try parsedSize()
    let pace = FramePace(live)
    if let measure, let size { return try self.measure(measure, of: size, live, pace, interrupt) }
    let source: any FrameSource = if frames == "-", let size { PipedFrames(size) } else { try FolderFrames(frames ?? "", at: size, in: Here.directory()) }
    var isStopped = false
    try ControlC.stopping(interrupt) {
      while let frame = try source.next() {
        StandardStreams.write(live.segment(frame, as: output))
        pace.count(frame.size)
        isStopped = interrupt.isRequested
        if isStopped { break }
      }
    }
    pace.finish()
    if isStopped { throw ExitCode(130) }
  }

  private func measure(_ count: Int, of size: PixelSize, _ live: LiveSegmentation, _ pace: FramePace, _ interrupt: Interrupt) throws {
    // Linear congruential noise: what is in a frame does not change how long it takes.
    var state: UInt32 = 1
    let noise = Image(size: size, pixels: (0..<3 * size.area).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: state >> 24)
    })
    for _ in 0..<3 { _ = live.segment(noise, as: output) }
    live.forgetLatencies()
    pace.start()
    try ControlC.stopping(interrupt) {
      for _ in 0..<count {
        _ = live.segment(noise, as: output)
        pace.count(size, quietly: true)
        if interrupt.isRequested { throw ExitCode(130) }
      }
    }
    StandardStreams.write("\(live.form)\n" + pace.report.map { $0 + "\n" }.joined())
  }

  private func parsedSize() throws -> PixelSize? {
    guard let size else { return nil }
    let sides = size.split(separator: "x", omittingEmptySubsequences: false).compactMap { Int($0) }
    guard sides.count == 2, size.count(where: { $0 == "x" }) == 1, sides.allSatisfy((8...8192).contains) else {
      throw ValidationError("--size takes a width and a height from 8 to 8192, such as 512x256, not '\(size)'")
    }
    return PixelSize(sides[0], sides[1])
  }
}

extension LiveSegmentation.Output: ExpressibleByArgument {}
