/// An exponential moving average of numbers that an optimiser moves.
public enum MovingAverage {
  /// `average = share * average + (1 - share) * value`, number by number.
  public static func update(_ average: Buffer, toward values: Buffer, keeping share: Double) {
    precondition(average.floats.count == values.floats.count && 0...1 ~= share, "an average of as many numbers")
    let (kept, taken) = (Float(share), Float(1 - share)), (to, from) = (average.floats, values.floats)
    for i in to.indices { to[i] = kept * to[i] + taken * from[i] }
  }
}
