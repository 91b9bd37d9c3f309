/**
 * A training of several steps in one checkpoint: what each came to, and where the one under way stands.
 * After a kill the steps that were done are read back, and the next goes on in its middle.
 */
import type { Checkpoint, SavedModel } from '../../learn/trainer.ts'

export interface Steps {
  /** What the step came to; worked out only when it is not known from before. */
  once(name: string, work: (middle: Checkpoint) => Promise<SavedModel>): Promise<SavedModel>
}

interface Section {
  readonly isDone: boolean
  readonly state: SavedModel
}

/** @param checkpoint of the whole training; without one nothing outlives the process */
export async function openSteps(checkpoint?: Checkpoint): Promise<Steps> {
  const saved = await checkpoint?.load()
  const sections = saved ? sectionsOf(saved) : new Map<string, Section>()

  async function keep(name: string, section: Section): Promise<void> {
    sections.set(name, section)
    await checkpoint?.save(joined(sections))
  }

  return {
    async once(name, work) {
      const known = sections.get(name)
      if (known?.isDone) return known.state
      const state = await work({
        load: async () => sections.get(name)?.state,
        save: (middle) => keep(name, { isDone: false, state: middle }),
      })
      await keep(name, { isDone: true, state })
      return state
    },
  }
}

/** Names of a section stand behind its own name. */
const separator = '/'

function joined(sections: ReadonlyMap<string, Section>): SavedModel {
  const tensors: Record<string, SavedModel['tensors'][string]> = {}
  const meta: Record<string, string | number | boolean> = {}
  for (const [name, { isDone, state }] of sections) {
    meta[name] = isDone
    for (const [key, tensor] of Object.entries(state.tensors)) {
      tensors[`${name}${separator}${key}`] = tensor
    }
    for (const [key, value] of Object.entries(state.meta)) {
      meta[`${name}${separator}${key}`] = value
    }
  }
  return { tensors, meta }
}

function sectionsOf({ tensors, meta }: SavedModel): Map<string, Section> {
  const names = Object.keys(meta).filter((name) => !name.includes(separator))
  return new Map(
    names.map((name) => {
      const state = { tensors: under(name, tensors), meta: under(name, meta) }
      return [name, { isDone: meta[name] === true, state }]
    }),
  )
}

function under<Value>(name: string, all: Readonly<Record<string, Value>>): Record<string, Value> {
  const start = `${name}${separator}`
  const own = Object.entries(all).filter(([key]) => key.startsWith(start))
  return Object.fromEntries(own.map(([key, value]) => [key.slice(start.length), value]))
}
