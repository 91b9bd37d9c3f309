/** The console: first a key, then a person, then their feeds. */
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, createApi } from './api.ts'
import { ApiContext } from './api-context.ts'
import { ChoosePerson } from './choose-person.tsx'
import { forgetKey, keepKey, readKey } from './key.ts'
import { KeyForm } from './key-form.tsx'
import { LearningView } from './learning/learning-view.tsx'
import { NetworkView } from './network/network-view.tsx'
import { PersonView } from './person-view.tsx'
import { TopBar } from './top-bar.tsx'
import { UnderstandingView } from './understanding/understanding-view.tsx'
import { useAddress } from './use-address.ts'
import { useStatus } from './use-status.ts'

export function App() {
  const [key, setKey] = useState(readKey)
  const client = useQueryClient()
  const api = useMemo(() => createApi(key ?? ''), [key])
  useEffect(() => {
    const onHash = () => setKey(readKey())
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  const change = (next: string | undefined) => {
    if (next === undefined) forgetKey()
    else keepKey(next)
    client.clear()
    setKey(next)
  }
  if (key === undefined) return <KeyForm onKey={change} />
  return (
    <ApiContext value={api}>
      <Opened onKey={change} />
    </ApiContext>
  )
}

function Opened({ onKey }: { onKey: (key: string | undefined) => void }) {
  const { t } = useTranslation()
  const { userId, feed, itemId, learning, understanding, network } = useAddress()
  const status = useStatus()
  if (status.error instanceof ApiProblem && status.error.status === 401) {
    return <KeyForm onKey={onKey} isRefused />
  }
  return (
    <>
      <a
        href="#main"
        className="sr-only z-30 rounded bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:m-2"
      >
        {t('app.skip')}
      </a>
      <TopBar onForget={() => onKey(undefined)} />
      {learning ? (
        <LearningView runId={learning.runId} />
      ) : understanding ? (
        <UnderstandingView />
      ) : network ? (
        <NetworkView />
      ) : userId === undefined ? (
        <ChoosePerson />
      ) : (
        <PersonView key={userId} address={{ userId, feed, itemId }} />
      )}
    </>
  )
}
