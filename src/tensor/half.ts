/** Half precision floats: sixteen bits to a number, by a table of all of them. */

let table: Float32Array | undefined

/** IEEE 754 binary16. */
export function floatsOfHalves(halves: Uint16Array): Float32Array {
  table ??= Float32Array.from({ length: 65_536 }, (_, bits) => floatOfHalf(bits))
  const floats = new Float32Array(halves.length)
  for (let n = 0; n < halves.length; n++) floats[n] = table[halves[n]!]!
  return floats
}

/** bfloat16 is the upper half of a float32. */
export function floatsOfBrainHalves(halves: Uint16Array): Float32Array {
  const bits = new Uint32Array(halves.length)
  for (let n = 0; n < halves.length; n++) bits[n] = halves[n]! << 16
  return new Float32Array(bits.buffer)
}

function floatOfHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity
  if (exponent === 0) return sign * fraction * 2 ** -24
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
