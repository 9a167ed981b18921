/// The catalog of objectives.
public enum Objectives {
  public static let all: [any Objective.Type] = [SegmentationObjective.self, AdversarialObjective.self, EntropyObjective.self, TeacherObjective.self]

  /// Every loss that a training can report, in the order in which they are shown.
  public static var terms: [LossTerm] { all.flatMap { $0.terms } }
}
