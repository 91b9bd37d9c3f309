/**
 * The inner loops of learning, compiled to WebAssembly with SIMD over a memory that several workers
 * share. Every operation takes a range [from, to) of rows (or whatever it divides its work by) and
 * byte offsets; two ranges never write the same place, so they may run on any worker in any order
 * and the result is the same to the last bit. `learning-kernel.ts` gives them types.
 */

export { multiply, packColumns, packRows, transpose } from './learning/dense'
export { gramSlices, sumGrams } from './learning/gram'
export { adam, addNoise, addScaled, gatherRows, normaliseRows, normaliseRowsBack, scaleBy, scatterRows } from './learning/rows'
export { heapStart, takeScratch } from './learning/scratch'
export { sparseDense } from './learning/sparse'
export { alsRows, alsErrors } from './learning/als'
export { sampleScores, softmaxSlopes, logisticSlopes, marginSlopes, sampleGradients, softmaxRows } from './learning/losses'
export { sliceRows, sumNeighbours } from './learning/neighbours'
export { nearest } from './learning/nearest'
export { pairSteps } from './learning/pairs'
export { multiplyTurned, sharedLossRows } from './learning/shared-loss'
