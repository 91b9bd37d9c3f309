/** What was known when a page was made: what learning needs of it later, in numbers and a few words. */

export interface ShownPage {
  /** Names of the scorers. */
  readonly parts: readonly string[]
  /** What each said of each item, unweighed, from -1 to 1. [items × parts] */
  readonly said: Float32Array
  /** How likely each item was to stand where it stands, by how the page was made: 1 = no chance. [items] */
  readonly chances: Float32Array
  /** Of the moment: `hour:9`, `device:phone`. */
  readonly context: readonly string[]
}
