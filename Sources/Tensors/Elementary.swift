#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

// The few elementary functions that Swift takes from the C library, spelled once.
func logarithm(_ x: Float) -> Float { logf(x) }
func cosine(_ x: Float) -> Float { cosf(x) }
func arcTangent(_ y: Float, _ x: Float) -> Float { atan2f(y, x) }
func cosine(_ x: Double) -> Double { cos(x) }
func sine(_ x: Double) -> Double { sin(x) }
