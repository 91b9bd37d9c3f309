/**
 * What stands beside the weights of a shipped head: `heads/NAME.json` next to `heads/NAME.safetensors`
 * (what `modelFile` of `learn/runs` writes of a saved classifier).
 */
import { z } from 'zod'
import { questions } from '../domain/question.ts'
import { runSchema } from '../domain/run.ts'

export const headCardSchema = z.strictObject({
  /** Without its version, as the files are called: `toxicity-en`. */
  name: z.string().regex(/^[a-z0-9-]+$/),
  /** Raised whenever the weights change. */
  version: z.number().int().min(1),
  question: z.enum(questions),
  /** BCP 47 primary codes. */
  languages: z.array(z.string().min(2)).min(1),
  /**
   * What each class of the classifier is called here: `positive`, `negative`, `joy` …, `toxic`, `spam`,
   * `rumour`. Classes of one name are one; their probabilities are added.
   */
  labels: z.record(z.string(), z.string()),
  /** Spaces of the vectors it reads, any of which will do; none when words are enough. */
  spaces: z.array(z.string()),
  /** Of the weights, in hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** How it was learned: data hash, seed, code and figures. */
  run: runSchema,
})
export type HeadCard = Readonly<z.output<typeof headCardSchema>>
