/// Which release of Segue this is. What decides about values are the versions in their recipes, which `segue --version` lists as well.
public enum Release {
  public static let number = "0.9.0"
}
