/**
 * Words that tell a cluster from the others, by class-based TF-IDF (Grootendorst 2022, equation 2):
 * w(t, c) = tf(t, c) · ln(1 + A / f(t)), with A the mean number of words of a cluster and f(t) of all.
 */
export interface LabelOptions {
  readonly most?: number | undefined
  readonly voices?: ArrayLike<number> | undefined
}

/**
 * @param texts telling words of each text
 * @param assigned the cluster of each text; -1 for none
 * @param voices who wrote each; a word must be of two of them. Without it of two texts
 * @returns for each cluster its words, the most telling first
 */
export function labelClusters(
  texts: readonly (readonly string[])[],
  assigned: ArrayLike<number>,
  count: number,
  { most = 8, voices }: LabelOptions = {},
): string[][] {
  const inCluster = Array.from({ length: count }, () => new Map<string, number>())
  const isShared = sharedWords(texts, assigned, voices)
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
  return inCluster.map((counts, cluster) =>
    [...counts]
      .filter(([word]) => isShared(cluster, word))
      .map(([word, times]): [string, number] => [
        word,
        times * Math.log(1 + mean / inAll.get(word)!),
      ])
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([word]) => word),
  )
}

/** Whether a word of a cluster is said by more than one voice. */
function sharedWords(
  texts: readonly (readonly string[])[],
  assigned: ArrayLike<number>,
  voices: ArrayLike<number> | undefined,
): (cluster: number, word: string) => boolean {
  const first = new Map<string, number>()
  const shared = new Set<string>()
  for (const [place, text] of texts.entries()) {
    const voice = voices?.[place] ?? place
    for (const word of text) {
      const key = `${assigned[place]} ${word}`
      const known = first.get(key)
      if (known === undefined) first.set(key, voice)
      else if (known !== voice) shared.add(key)
    }
  }
  return (cluster, word) => shared.has(`${cluster} ${word}`)
}
