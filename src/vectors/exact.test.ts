import { createExactVectors } from './exact.ts'
import { vectorsContract } from './vectors.contract.ts'

vectorsContract(createExactVectors)
