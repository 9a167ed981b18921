public import ArgumentParser
public import Workbench

extension Part: ExpressibleByArgument {
  public init?(argument: String) { self.init(argument) }
}
