/**
 * Words that tell a cluster from the others, by class-based TF-IDF (Grootendorst 2022, equation 2):
 * w(t, c) = tf(t, c) · ln(1 + A / f(t)), with A the mean number of words of a cluster and f(t) of all.
 */
const fewestTexts = 2

/**
 * @param texts telling words of each text
 * @param assigned the cluster of each text; -1 for none
 * @returns for each cluster its words, the most telling first
 */
export function labelClusters(
  texts: readonly (readonly string[])[],
  assigned: ArrayLike<number>,
  count: number,
  most = 8,
): string[][] {
  const inCluster = Array.from({ length: count }, () => new Map<string, number>())
  const inAll = new Map<string, number>()
  let words = 0
  for (const [place, text] of texts.entries()) {
    const counts = inCluster[assigned[place]!]
    if (!counts) continue
    // Once a text: one who repeats a word a hundred times does not name the topic.
    for (const word of new Set(text)) {
      counts.set(word, (counts.get(word) ?? 0) + 1)
      inAll.set(word, (inAll.get(word) ?? 0) + 1)
      words++
    }
  }
  const mean = words / Math.max(1, count)
  return inCluster.map((counts) =>
    [...counts]
      .filter(([, times]) => times >= fewestTexts)
      .map(([word, times]): [string, number] => [
        word,
        times * Math.log(1 + mean / inAll.get(word)!),
      ])
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([word]) => word),
  )
}
