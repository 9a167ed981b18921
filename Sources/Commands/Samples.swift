/// Statements that examples stand on: as small as can be trained on.
enum Samples {
  static let data = ["d = load dataset streets size=64x32", "few = take d.source count=5"]
  static let spectra = data + ["a = spectrum d.target[0]", "p = spectrum few[0] part=phase", "e = load dataset streets size=32x16", "small = spectrum e.source[0] part=phase"]
  static let built = data + ["m = build model bisenet width=1/8"]
  /// Trained toward a target, so that there is a discriminator.
  static let adversarial = built + ["a = train m on=few.train toward=d.target.train batch=2 epochs=1"]
  static let trained = built + ["t = train m on=few.train batch=2 epochs=1"]
}
