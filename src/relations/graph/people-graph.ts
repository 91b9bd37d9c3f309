/**
 * Who is near whom by what was learned from everybody's ties and words: the contract. A person stands
 * where their ties and words of now put them, so a newcomer has a place with their first tie.
 */
export interface PeopleGraph {
  /** False: nothing is learned yet; everybody is then as near as anybody. */
  readonly isReady: boolean
  /**
   * Cosines of a person with `count` others into `out`, 0 for those of whom nothing is known.
   * @returns false when nothing is known of the person; `out` is then untouched
   */
  likeness(person: number, others: Int32Array, count: number, out: Float32Array): boolean
  /** Those nearest to a person by cosine, best first, without themselves; ties are among them. */
  nearest(person: number, limit: number): NearPeople
}

/** `people[i]` has cosine `cosines[i]`, descending. */
export interface NearPeople {
  readonly people: Int32Array
  readonly cosines: Float32Array
}
