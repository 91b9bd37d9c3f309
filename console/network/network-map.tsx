/**
 * People and their ties, drawn by the graphics card. A picture for those who see it: everything it says
 * stands in the lists beside it, too, which is what remains where a browser cannot draw it.
 */
import Graph from 'graphology'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import Sigma from 'sigma'
import type { NetworkReport } from '../../src/domain/network.ts'
import { colourOf, readPalette } from './colours.ts'
import { layoutOf } from './layout.ts'

interface NetworkMapProps {
  readonly report: NetworkReport
  /** Others step back. */
  readonly chosen: number | undefined
  readonly onChoose: (community: number) => void
}

export function NetworkMap({ report, chosen, onChoose }: NetworkMapProps) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  const drawn = useRef<Sigma>(undefined)
  const [canDraw, setCanDraw] = useState(true)
  const graph = useMemo(() => graphOf(report), [report])

  useEffect(() => {
    const place = box.current
    if (!place) return
    try {
      drawn.current = draw(graph, place, onChoose)
    } catch {
      // No WebGL here.
      setCanDraw(false)
    }
    return () => {
      drawn.current?.kill()
      drawn.current = undefined
    }
  }, [graph, onChoose])

  useEffect(() => {
    const faint = readPalette().line
    drawn.current?.setSetting('nodeReducer', (node, data) => {
      const isAside = chosen !== undefined && graph.getNodeAttribute(node, 'community') !== chosen
      return isAside ? { ...data, color: faint, label: '' } : data
    })
    drawn.current?.refresh()
  }, [chosen, graph])

  const people = report.drawing.people.length
  const communities = report.communities.length
  return (
    <figure className="rounded-2xl border border-line bg-surface p-2">
      {canDraw ? (
        <div
          ref={box}
          role="img"
          aria-label={t('network.mapLabel', { people, communities })}
          className="h-120 w-full max-sm:h-80"
        />
      ) : (
        <p className="p-6 text-soft">{t('network.cannotDraw')}</p>
      )}
      <figcaption className="px-3 py-2 text-soft text-sm">
        {t('network.mapLabel', { people, communities })}
      </figcaption>
    </figure>
  )
}

function graphOf(report: NetworkReport): Graph {
  const graph = new Graph({ type: 'undirected' })
  const { people: places } = layoutOf(report)
  const { line } = readPalette()
  const most = Math.max(1, ...report.drawing.people.map(({ ties }) => ties))
  for (const [n, { id, community, ties }] of report.drawing.people.entries()) {
    graph.addNode(n, {
      ...places[n],
      ...{ label: id, community, size: 3 + 7 * Math.sqrt(ties / most) },
      color: colourOf(report.communities.findIndex((one) => one.id === community)),
    })
  }
  for (const [from, to] of report.drawing.ties) {
    graph.addEdge(from, to, { color: line, size: 0.6 })
  }
  return graph
}

/** @throws Error where there is no WebGL */
function draw(graph: Graph, place: HTMLElement, onChoose: (community: number) => void): Sigma {
  const sigma = new Sigma(graph, place, {
    labelColor: { color: readPalette().ink },
    labelDensity: 0.4,
    labelRenderedSizeThreshold: 7,
    hideEdgesOnMove: true,
  })
  sigma.on('clickNode', ({ node }) => onChoose(graph.getNodeAttribute(node, 'community')))
  return sigma
}
