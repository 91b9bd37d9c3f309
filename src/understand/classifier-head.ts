/** A learned classifier as a head: its classes by our names, and never a text encoded twice. */
import type { Embedding } from '../domain/embedding.ts'
import { wordsThatCarried } from '../learn/classify/carrying-words.ts'
import type { Classifier, TextEncoder } from '../learn/classify/classifier.ts'
import type { Head, HeadText } from './head.ts'
import type { HeadCard } from './head-card.ts'

/** Fewer words explain a decision better than all of them. */
const wordsTold = 8

export function headOfClassifier(
  card: HeadCard,
  classifier: Classifier,
  encoder: TextEncoder,
): Head {
  const names = classifier.classes.map((name) => card.labels[name] ?? name)
  const classes = [...new Set(names)]
  const places = names.map((name) => classes.indexOf(name))

  async function classify(texts: readonly HeadText[]): Promise<number[][]> {
    const rows = await classifier.classify(
      texts.map(({ text }) => text),
      { encoder: knowing(texts, encoder) },
    )
    return texts.map((_, row) => {
      const shares = classes.map(() => 0)
      for (const [n, place] of places.entries()) shares[place]! += rows[row * names.length + n]!
      return shares
    })
  }

  return {
    name: `${card.name}@${card.version}`,
    question: card.question,
    languages: card.languages,
    run: card.run.id,
    classes,
    spaces: card.spaces.length > 0 ? card.spaces : undefined,
    classify,
    async explain({ text }, label) {
      const asked = classes.indexOf(label)
      const rows = await classifier.classify([text], { encoder })
      // Of the classes that bear this name, the one that decided.
      let decisive = places.indexOf(asked)
      for (const [n, place] of places.entries()) {
        if (place === asked && rows[n]! > rows[decisive]!) decisive = n
      }
      const words = await wordsThatCarried(classifier, text, decisive, { encoder })
      return [...words]
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .slice(0, wordsTold)
        .map(({ from, to, weight }) => ({
          text: text.slice(from, to),
          start: from,
          end: to,
          weight,
        }))
    },
  }
}

/** An encoder that has these vectors at hand, and asks the real one only for others. */
function knowing(texts: readonly HeadText[], encoder: TextEncoder): TextEncoder {
  const known = new Map<string, Embedding>()
  for (const { text, embedding } of texts) if (embedding) known.set(text, embedding)
  return {
    spaces: encoder.spaces,
    async encode(asked, options) {
      const missing = asked.filter((text) => !known.has(text))
      const found = missing.length === 0 ? [] : await encoder.encode(missing, options)
      const others = new Map(missing.map((text, n) => [text, found[n]]))
      return asked.map((text) => known.get(text) ?? others.get(text))
    },
  }
}
