/** The thread in which topics are fitted: told posts, answers with topics, and is over. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { seededRandom } from '../../math/random.ts'
import { unpackEmbeddings } from '../apart/packed.ts'
import { bePolite } from '../apart/politeness.ts'
import { tellingWords } from '../keywords/keywords.ts'
import type { ToFit } from './fit-apart.ts'
import { fitTopics } from './topics.ts'

const politeness = 10

function fit(port: MessagePort): void {
  bePolite(politeness)
  const { texts, embeddings, voices, before, seed } = workerData as ToFit
  const vectors = unpackEmbeddings(embeddings).map((one) => one!.values)
  const words = texts.map(tellingWords)
  const { topics } = fitTopics({ vectors, words, voices }, { random: seededRandom(seed), before })
  port.postMessage(topics)
}

if (parentPort) fit(parentPort)
