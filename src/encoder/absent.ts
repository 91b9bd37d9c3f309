/** Stands for an encoder that could not be opened: claims no space, and says why wherever it is asked. */
import { KithError } from '../errors.ts'
import type { Encoder } from './encoder.ts'

/** @param problem what is missing, in sentences */
export function absentEncoder(problem: string): Encoder {
  return {
    name: `none: ${problem}`,
    spaces: [],
    encode: async () => {
      throw new KithError('unavailable', problem)
    },
    close: async () => undefined,
  }
}
