import Foundation
import Testing

/// `segue infer`: frames through a pipe and from a folder.
@Suite struct InferTests {
  /// A saved model of the smallest width, made by the program itself.
  private static let model = "printf 'm = build model width=1/8\\nsave m to=m.safetensors\\nsave m to=m.pt\\n' > m.segue; segue run m.segue >/dev/null"

  static let cases: [ProcessTests.Case] = [
    .init("head -c 12288 /dev/urandom | segue infer m.safetensors - --size 64x32 | wc -c", 0, output: ["4096"], errors: ["2 frames of 64x32: ", " frames/s; a frame takes ", " ms (99 %); memory: "]),
    .init("head -c 12288 /dev/zero | segue infer m.safetensors - --size 64x32 --output overlay | wc -c", 0, output: ["12288"]),
    .init("head -c 12288 /dev/zero | segue infer m.safetensors - --size 64x32 --output colours | wc -c", 0, output: ["12288"]),
    .init("printf '' | segue infer m.safetensors - --size 64x32", 0, errors: ["no frames"]),
    .init("set -o pipefail; head -c 7000 /dev/zero | segue infer m.safetensors - --size 64x32 | wc -c", 1, output: ["2048"], errors: ["frame 2 ends after 856 of its 6144 bytes", "are the frames 64x32"]),
    .init("segue infer m.safetensors - < /dev/null", 2, errors: ["--size says how large the frames are"]),
    .init("segue infer m.safetensors", 2, errors: ["name a folder of pictures, or - for frames on standard input"]),
    .init("segue infer m.safetensors - --size 64", 2, errors: ["--size takes a width and a height from 8 to 8192, such as 512x256, not '64'"]),
    .init("segue infer m.safetensors - --size 4x4", 2, errors: ["--size takes a width and a height from 8 to 8192"]),
    .init("segue infer m.safetensors - --measure 3 --size 64x32", 2, errors: ["--measure makes its own frames: leave '-' out"]),
    .init("segue infer m.safetensors --measure 3", 2, errors: ["--size says how large the frames are"]),
    .init("segue infer m.safetensors --measure 3 --size 64x32", 0, output: ["bisenet width=1/8\n3 frames of 64x32: ", " ms (median)", "memory: "]),
    .init("segue infer none.safetensors --measure 3 --size 64x32", 1, errors: ["none.safetensors"]),
    .init("segue infer m.pt --measure 3 --size 64x32", 1, errors: ["m.pt is of PyTorch, and does not say which network its weights are of", "save NAME to=FILE.safetensors"]),
    .init("echo nothing > x.safetensors; segue infer x.safetensors --measure 3 --size 64x32", 1, errors: ["x.safetensors"]),
    .init("mkdir empty; segue infer m.safetensors empty", 1, errors: ["empty holds no picture", "png, jpg"]),
    .init("segue infer m.safetensors nowhere", 1, errors: ["nowhere"]),
  ]

  @Test(arguments: cases) func framesComeAndGo(_ given: ProcessTests.Case) throws {
    let shell = try Shell()
    let made = try shell.run(Self.model)
    #expect(made.code == 0, "\(made)")
    let ended = try shell.run(given.line)
    #expect(ended.code == given.code, "\(ended)")
    for words in given.output { #expect(ended.output.contains(words), "\(ended)") }
    for words in given.errors { #expect(ended.errors.contains(words), "\(ended)") }
  }

  /// Pictures of a folder, as they are and brought to another size.
  @Test func aFolderIsLabelled() throws {
    let shell = try Shell()
    try shell.write(
      """
      d = load dataset streets size=64x32
      m = build model width=1/8
      save m to=m.safetensors
      save d.source[0].image to=frames/0.png
      save d.source[1].image to=frames/1.png
      s = load dataset streets size=32x32
      save s.source[0].image to=mixed/1.png
      save d.source[0].image to=mixed/0.png
      """, "m.segue")
    let ended = try shell.run(
      "segue run m.segue > /dev/null && segue infer m.safetensors frames | wc -c; segue infer m.safetensors frames --size 32x16 | wc -c; segue infer m.safetensors mixed --size 32x16 | wc -c; segue infer m.safetensors mixed | wc -c")
    #expect(ended.output.split(separator: "\n").map { $0.filter(\.isNumber) } == ["4096", "1024", "1024", "2048"], "\(ended)")
    #expect(ended.errors.contains("1.png is 32x32, and the pictures before it are 64x32") && ended.errors.contains("--size WIDTHxHEIGHT brings them to one size"), "\(ended)")
  }
}
