internal import FoundationEssentials
internal import Language
internal import Storage

/// Where a front end waits for its kernel: the file that Jupyter writes before it starts one.
public struct ConnectionFile: Sendable {
  let transport: String
  let address: String
  /// The port of each channel.
  let ports: [Channel: Int]
  /// Signs every message; empty where none is signed.
  package let key: [UInt8]

  private struct Fields: Decodable {
    var transport: String
    var ip: String
    var shellPort: Int
    var iopubPort: Int
    var stdinPort: Int
    var controlPort: Int
    var heartbeatPort: Int
    var key: String
    var signatureScheme: String?
    private enum CodingKeys: String, CodingKey {
      case transport, ip, key, shellPort = "shell_port", iopubPort = "iopub_port", stdinPort = "stdin_port", controlPort = "control_port"
      case heartbeatPort = "hb_port", signatureScheme = "signature_scheme"
    }
  }

  /// - Throws: a `Diagnostic` where the bytes are no such file, or ask for what is not spoken here.
  public init(_ bytes: [UInt8], named name: String) throws {
    let fields: Fields
    do { fields = try JSONDecoder().decode(Fields.self, from: Data(bytes)) } catch {
      throw Diagnostic("'\(name)' is no connection file of Jupyter", remedy: "Jupyter writes one when it starts a kernel; `segue kernel install` makes the kernel known to it")
    }
    guard ["tcp", "ipc"].contains(fields.transport) else { throw Diagnostic("'\(name)' asks for the transport '\(fields.transport)'", remedy: "tcp and ipc are known") }
    if !fields.key.isEmpty, let scheme = fields.signatureScheme, scheme != "hmac-sha256" {
      throw Diagnostic("'\(name)' asks for signatures by '\(scheme)'", remedy: "hmac-sha256 is known")
    }
    ports = [.shell: fields.shellPort, .control: fields.controlPort, .stdin: fields.stdinPort, .iopub: fields.iopubPort, .heartbeat: fields.heartbeatPort]
    if fields.transport == "tcp", let port = ports.values.first(where: { !(1...65535).contains($0) }) { throw Diagnostic("'\(name)' names a port \(port)", remedy: "ports are 1 to 65535") }
    (transport, address, key) = (fields.transport, fields.ip, Array(fields.key.utf8))
  }

  /// Reads the file at an absolute path.
  public init(path: String) throws {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try LocalFileSystem().read(path, atMost: FileLimit.note) } catch { throw Diagnostic("\(error)", remedy: "Jupyter names the connection file when it starts a kernel") }
    try self.init(bytes, named: path)
  }

  /// As libzmq writes it: `tcp://127.0.0.1:5555`.
  package func endpoint(_ channel: Channel) -> String { "\(transport)://\(address)\(transport == "ipc" ? "-" : ":")\(ports[channel] ?? 0)" }
}

/// The five ways between a front end and its kernel.
package enum Channel: CaseIterable, Sendable {
  /// Requests, one after another.
  case shell
  /// Requests that do not wait for those.
  case control
  case stdin
  /// What everybody is told.
  case iopub
  case heartbeat
}
