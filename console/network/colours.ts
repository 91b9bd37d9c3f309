/** Colours for the graphics card, which knows no style sheets: one hue a community. */

/** Golden-angle steps keep neighbours in the list apart in hue. */
const step = 137.5
const first = 195

/** @param place in the list of communities */
export function colourOf(place: number): string {
  const lightness = isDark() ? 68 : 42
  return hex((first + step * Math.max(0, place)) % 360, 45, lightness)
}

export interface Palette {
  readonly line: string
  readonly ink: string
}

export function readPalette(): Palette {
  return isDark() ? { line: '#3a4449', ink: '#e6eced' } : { line: '#d3dcdd', ink: '#1f2b30' }
}

function isDark(): boolean {
  return matchMedia('(prefers-color-scheme: dark)').matches
}

/** Of hue in degrees, saturation and lightness in hundredths. */
function hex(hue: number, saturation: number, lightness: number): string {
  const light = lightness / 100
  const spread = (saturation / 100) * Math.min(light, 1 - light)
  const channel = (offset: number): string => {
    const turn = (offset + hue / 30) % 12
    const value = light - spread * Math.max(-1, Math.min(turn - 3, 9 - turn, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
