import { QueryClient } from '@tanstack/react-query'
import { isTransient } from './api-error'

/** Waits 0.5 s, 1 s, then 2 s: an engine that was killed is back within a few seconds. */
export function retryDelay(attempt: number): number {
  return Math.min(2000, 500 * 2 ** attempt)
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // A search costs the engine work: nothing runs again merely because a window was focused.
        refetchOnWindowFocus: false,
        staleTime: 30_000,
        gcTime: 120_000,
        networkMode: 'always',
        retry: (_count, error) => isTransient(error),
        retryDelay,
      },
      mutations: { networkMode: 'always' },
    },
  })
}
