/** Reading by number: rows of a table, and one element of each row. */
import { apply, type Expression } from '../expression.ts'
import type { Graph, Shape, Value } from '../onnx.ts'
import { at, everyPlace, fill } from '../plain.ts'

/**
 * The rows of a table: [rows × width…] by ids [n…] → [n… × width…].
 * The gradient is as large as the table; for huge ones feed the rows as an input that wants its
 * gradient.
 */
export function gather(table: Expression, ids: Expression): Expression {
  needWhole(ids)
  const row = table.shape.slice(1)
  return apply(
    {
      name: 'gather',
      evaluate([rows, numbers], shape) {
        const { length } = numbers!.shape
        return fill(shape, (place) =>
          at(rows!, [at(numbers!, place.slice(0, length)), ...place.slice(length)]),
        )
      },
      gradient: (upstream) => [scatterAdd(ids, upstream, table.shape), undefined],
      emit: ({ graph }, values) => graph.node('Gather', values, { axis: { integer: 0 } }),
    },
    [table, ids],
    [...ids.shape, ...row],
    table.type,
  )
}

/** A table of zeros, to whose rows these are added, repeated ids several times. */
function scatterAdd(ids: Expression, rows: Expression, shape: Shape): Expression {
  return apply(
    {
      name: 'scatterAdd',
      // Seen in 1.30: threads add to the same row at once, and some of the sums are lost.
      needsOneThread: true,
      evaluate([numbers, given], size) {
        const data = new Float64Array(size.reduce((product, part) => product * part, 1))
        const width = data.length / size[0]!
        for (const [n, id] of numbers!.data.entries()) {
          for (let d = 0; d < width; d++) data[id * width + d]! += given!.data[n * width + d]!
        }
        return { shape: size, data }
      },
      gradient: (upstream) => [undefined, gather(upstream, ids)],
      emit({ graph, sizes, integers }, [numbers, given]) {
        const zeros = graph.node('ConstantOfShape', [sizes(shape)])
        const places = graph.node('Unsqueeze', [asInt64(graph, numbers!), integers([-1])])
        return graph.node('ScatterND', [zeros, places, given], { reduction: { text: 'add' } })
      },
    },
    [ids, rows],
    shape,
  )
}

/** The element of each last axis that `ids` names: [n… × width] by [n…] → [n…]. */
export function pick(x: Expression, ids: Expression): Expression {
  needWhole(ids)
  return apply(
    {
      name: 'pick',
      evaluate: ([given, numbers], shape) =>
        fill(shape, (place) => at(given!, [...place, at(numbers!, place)])),
      gradient: (upstream) => [put(upstream, ids, x.shape), undefined],
      emit({ graph, integers }, [given, numbers]) {
        const columns = graph.node('Unsqueeze', [numbers, integers([-1])])
        const picked = graph.node('GatherElements', [given, columns], { axis: { integer: -1 } })
        return graph.node('Squeeze', [picked, integers([-1])])
      },
    },
    [x, ids],
    x.shape.slice(0, -1),
  )
}

/** Zeros but for one element of each last axis. */
function put(x: Expression, ids: Expression, shape: Shape): Expression {
  return apply(
    {
      name: 'put',
      evaluate([given, numbers], size) {
        const width = size.at(-1)!
        const data = new Float64Array(given!.data.length * width)
        everyPlace(given!.shape, (_, n) => {
          data[n * width + numbers!.data[n]!] = given!.data[n]!
        })
        return { shape: size, data }
      },
      gradient: (upstream) => [pick(upstream, ids), undefined],
      emit({ graph, sizes, integers }, [given, numbers]) {
        const zeros = graph.node('ConstantOfShape', [sizes(shape)])
        const last = integers([-1])
        const columns = graph.node('Unsqueeze', [numbers, last])
        const column = graph.node('Unsqueeze', [given, last])
        return graph.node('ScatterElements', [zeros, columns, column], { axis: { integer: -1 } })
      },
    },
    [x, ids],
    shape,
  )
}

/** 1 where the number is another one than `value`, else 0: what is not padding. */
export function differs(ids: Expression, value: number): Expression {
  needWhole(ids)
  return apply(
    {
      name: 'differs',
      evaluate: ([numbers], shape) => ({
        shape,
        data: numbers!.data.map((number) => (number === value ? 0 : 1)),
      }),
      emit({ graph }, [numbers]) {
        const other = graph.constant('int32', [], Int32Array.of(value))
        const isEqual = graph.node('Equal', [numbers, other])
        return graph.node('Cast', [graph.node('Not', [isEqual])], { to: { integer: 1 } })
      },
    },
    [ids],
    ids.shape,
  )
}

function needWhole({ type, shape }: Expression): void {
  if (type !== 'int32') throw new RangeError(`Ids are int32; [${shape}] is ${type}.`)
}

function asInt64(graph: Graph, value: Value): Value {
  return graph.node('Cast', [value], { to: { integer: 7 } })
}
