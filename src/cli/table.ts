/** Aligned columns for a terminal; Chinese characters count as two wide. */

/** @param rows cells by row; the first row is the heading */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))),
  )
  return rows
    .map((row) => row.map((cell, n) => cell + ' '.repeat((widths[n] ?? 0) - displayWidth(cell))))
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n')
}

export function displayWidth(text: string): number {
  let width = 0
  for (const character of text)
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(
        character,
      )
        ? 2
        : 1
  return width
}

/** Cuts to a display width, with an ellipsis. */
export function shorten(text: string, width: number): string {
  const oneLine = text.replace(/\s+/g, ' ').trim()
  if (displayWidth(oneLine) <= width) return oneLine
  let kept = ''
  for (const character of oneLine) {
    if (displayWidth(kept + character) > width - 1) break
    kept += character
  }
  return `${kept}…`
}
