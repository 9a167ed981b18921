public import Language
public import Scenes
public import Tensors
public import Workbench

/// The words of the prompt for what a request to a dataset lacks.
extension SceneError: DiagnosedError {
  public var diagnostic: Diagnostic { Diagnostic(description, remedy: fault.map(SceneError.remedy)) }

  private static func remedy(_ fault: Fault) -> String {
    switch fault {
    case .roleUnknown: "add role=source or role=target"
    case .sourceUnlabelled: "use role=target"
    case .numberingUnknown: "add ids=own for the renderer's numbers or ids=cityscapes for those that follow Cityscapes"
    case .coarseOnly: "add coarse=yes"
    case .sizesDiffer: "choose a crop= that fits in all of them, or load the dataset with size="
    case .labelsSized(let size): "load the dataset with size=\(size)"
    case .batchSize: "choose a smaller batch="
    case .nothingLabelled: "`show` with what=label shows what its labels name; a folder's map= says what label values mean"
    }
  }
}

extension SafetensorsError: DiagnosedError {
  public var diagnostic: Diagnostic { Diagnostic(description, remedy: remedy) }
}

extension WeightsFileError: DiagnosedError {
  public var diagnostic: Diagnostic { Diagnostic(description, remedy: remedy) }
}
