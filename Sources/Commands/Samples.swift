/// Statements that examples stand on: as small as can be trained on.
enum Samples {
  static let data = ["d = load dataset streets size=64x32", "few = take d.source count=5"]
  static let built = data + ["m = build model bisenet width=1/8"]
  static let trained = built + ["t = train m on=few.train batch=2 epochs=1"]
}
