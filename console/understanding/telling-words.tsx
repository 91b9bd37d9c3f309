/** The text with the words that carried a decision marked; what spoke against it is underlined. */
import type { TellingWord } from '../../src/domain/understanding.ts'

/** Long texts are shown around their telling words only. */
const longest = 400

interface Properties {
  readonly text: string
  readonly words: readonly TellingWord[]
  readonly language: string | undefined
}

export function TellingWords({ text, words, language }: Properties) {
  const told = [...words].filter(({ weight }) => weight !== 0).sort((a, b) => a.start - b.start)
  if (told.length === 0) return null
  const most = Math.max(...told.map(({ weight }) => Math.abs(weight)))
  const pieces = told.map((word, n) => {
    const before = text.slice(told[n - 1]?.end ?? 0, word.start)
    const strength = Math.round((Math.abs(word.weight) / most) * 100)
    return { word, before, strength }
  })
  const rest = text.slice(told.at(-1)?.end ?? 0)
  return (
    <p lang={language} className="mt-1 text-pretty text-soft leading-relaxed">
      {pieces.map(({ word, before, strength }) => (
        <span key={word.start}>
          {shorter(before)}
          {word.weight > 0 ? (
            <mark
              className="rounded px-0.5 text-ink"
              style={{
                background: `color-mix(in srgb, var(--color-accent) ${strength / 3}%, transparent)`,
              }}
            >
              {word.text}
            </mark>
          ) : (
            <span className="underline decoration-dotted underline-offset-4">{word.text}</span>
          )}
        </span>
      ))}
      {shorter(rest)}
    </p>
  )
}

function shorter(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}
