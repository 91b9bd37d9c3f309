/** What rerankers did to a page, noted as they do it, so that explanations and logs need not guess. */

/** What can move an item: a bound's name, or one of these. */
export type Mover = string

export interface Arrangement {
  /** Candidate row → what held it back or lifted it; the last that did counts. */
  readonly moved: ReadonlyMap<number, Mover>
  /** What had to be given up, for want of candidates. */
  readonly givenUp: ReadonlySet<Mover>
  /** Row → how it was chosen; a row that is not here was chosen by what is known alone. */
  readonly chosen: ReadonlyMap<number, Choice>
}

/** A choice by chance, from which policies can be compared later. */
export interface Choice {
  /** The chance that this row had, in (0, 1]. */
  readonly chance: number
  /** All rows that could have been taken, each with that chance, in the order of score. */
  readonly among: readonly number[]
}

/** The right to write in it: the runner of a feed makes one for each page. */
export interface ArrangementNotes extends Arrangement {
  move(row: number, by: Mover): void
  giveUp(name: Mover): void
  choose(row: number, choice: Choice): void
}

export function createArrangement(): ArrangementNotes {
  const moved = new Map<number, Mover>()
  const givenUp = new Set<Mover>()
  const chosen = new Map<number, Choice>()
  return {
    moved,
    givenUp,
    chosen,
    move: (row, by) => void moved.set(row, by),
    giveUp: (name) => void givenUp.add(name),
    choose: (row, choice) => void chosen.set(row, choice),
  }
}
