/** Dense matrix products by ONNX Runtime, for whoever needs large ones outside a program. */
import { compileForward, emitProgram } from './compile.ts'
import { input } from './expression.ts'
import { matmul } from './operations/matmul.ts'
import { openProgramHost } from './program-host.ts'
import type { Values } from './program-model.ts'
import { openProgramSession, type RunOrder } from './program-session.ts'

/** Row by row. */
export interface Matrix {
  readonly rows: number
  readonly columns: number
  /** [rows × columns]; not of a SharedArrayBuffer, which ONNX Runtime refuses. */
  readonly data: Float32Array
}

export interface ProductOptions {
  readonly transposeA?: boolean
  readonly transposeB?: boolean
}

export interface Matmul {
  /** A B, either of them turned on demand. @throws RangeError when the sizes do not meet */
  multiply(a: Matrix, b: Matrix, options?: ProductOptions): Promise<Matrix>
  close(): Promise<void>
}

export interface MatmulOptions {
  /** Of ONNX Runtime. Default: 1. */
  readonly threads?: number
  /**
   * `this` spares the copies between threads (a tenth of the time at 2048², a third at 512²), but
   * the calling thread stands still: for workers and command lines, never for a server. Default:
   * `worker`.
   */
  readonly thread?: 'this' | 'worker'
}

interface Product {
  run(order: RunOrder): Promise<Record<string, Values>>
  close(): Promise<void>
}

export function openMatmul({ threads = 1, thread = 'worker' }: MatmulOptions = {}): Matmul {
  const products = new Map<string, Promise<Product>>()

  /** One graph for each way of turning, made when it is first asked for. */
  function productOf(options: ProductOptions): Promise<Product> {
    const key = `${options.transposeA ?? false} ${options.transposeB ?? false}`
    const known = products.get(key) ?? openProduct(options, threads, thread)
    products.set(key, known)
    return known
  }

  return {
    async multiply(a, b, options = {}) {
      const { rows, columns, inner, meeting } = endsOf(a, b, options)
      if (inner !== meeting) {
        throw new RangeError(
          `[${a.rows} × ${a.columns}] and [${b.rows} × ${b.columns}] do not meet.`,
        )
      }
      if (rows === 0 || columns === 0 || inner === 0) {
        return { rows, columns, data: new Float32Array(rows * columns) }
      }
      const { run } = await productOf(options)
      const feeds = { a: valuesOf(a), b: valuesOf(b) }
      const expected = { product: [rows, columns] }
      const { product } = await run({ feeds, masks: [], expected })
      return { rows, columns, data: product!.data as Float32Array }
    },
    async close() {
      for (const product of products.values()) await (await product).close()
      products.clear()
    },
  }
}

async function openProduct(
  options: ProductOptions,
  threads: number,
  thread: 'this' | 'worker',
): Promise<Product> {
  const { transposeA, transposeB } = options
  const a = input('a', 'float32', transposeA ? ['inner', 'rows'] : ['rows', 'inner'])
  const b = input('b', 'float32', transposeB ? ['columns', 'inner'] : ['inner', 'columns'])
  const product = matmul(a, b, options)
  const { bytes, outputs } = emitProgram(compileForward({ product }), false)
  const model = { bytes, outputs, threads, states: [] }
  if (thread === 'this') {
    const session = await openProgramSession(model)
    return { run: session.run, close: session.close }
  }
  const host = await openProgramHost(model)
  return { run: (order) => host.ask({ kind: 'run', ...order }), close: host.close }
}

interface Ends {
  readonly rows: number
  readonly columns: number
  readonly inner: number
  readonly meeting: number
}

function endsOf(a: Matrix, b: Matrix, { transposeA, transposeB }: ProductOptions): Ends {
  return {
    rows: transposeA ? a.columns : a.rows,
    inner: transposeA ? a.rows : a.columns,
    meeting: transposeB ? b.columns : b.rows,
    columns: transposeB ? b.rows : b.columns,
  }
}

function valuesOf({ rows, columns, data }: Matrix): Values {
  return { shape: [rows, columns], data }
}
