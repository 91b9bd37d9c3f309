/** Starts the console in the page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api.ts'
import { App } from './app.tsx'
import './i18n/setup.ts'
import './styles.css'

/** A refusal stays a refusal; only a silent server is asked again. */
const shouldRetry = (failures: number, problem: Error) =>
  failures < 2 && problem instanceof ApiProblem && problem.status === 0

const client = new QueryClient({
  defaultOptions: {
    queries: {
      retry: shouldRetry,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
    },
  },
})

const place = document.getElementById('console')
if (place === null) throw new Error('index.html has no element with the id "console".')
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
)
