'use client'

import { useEffect, useRef, useState } from 'react'
import { openTail } from '@/components/api/tail'
import type { SearchRequest, SearchRow } from '@/lib/api/search'
import type { TailRows } from '@/lib/api/tail'

export const TAIL_KEPT = 1000

interface TailState {
  /** Newest first; at most TAIL_KEPT. */
  readonly rows: readonly SearchRow[]
  /** Rows that the server or this page did not keep up with. */
  readonly dropped: number
  readonly status: 'connecting' | 'open' | 'reconnecting' | 'failed'
  readonly error: Error | null
}

const START: TailState = { rows: [], dropped: 0, status: 'connecting', error: null }

interface Tail extends TailState {
  readonly paused: boolean
  /** Rows that came while it was paused. */
  readonly waiting: number
  readonly setPaused: (paused: boolean) => void
}

/** New records as they arrive. While paused they are kept aside, and shown when it goes on. */
export function useTail(request: SearchRequest, enabled: boolean): Tail {
  const [state, setState] = useState<TailState>(START)
  const [paused, setPausedState] = useState(false)
  const [waiting, setWaiting] = useState(0)
  const held = useRef<{ paused: boolean; batches: TailRows[] }>({ paused: false, batches: [] })
  const { source, query, language, filters, columns } = request
  const key = JSON.stringify({ source, query, language, filters, columns })

  useEffect(() => {
    if (!enabled) return
    const asked: Pick<SearchRequest, 'source' | 'query' | 'language' | 'filters' | 'columns'> =
      JSON.parse(key)
    setState(START)
    held.current = { paused: false, batches: [] }
    setPausedState(false)
    setWaiting(0)
    return openTail(asked, asked.columns ?? [], {
      onOpen: () => setState((before) => ({ ...before, status: 'open' })),
      onBroken: () => setState((before) => ({ ...before, status: 'reconnecting' })),
      onProblem: (error) => setState((before) => ({ ...before, status: 'failed', error })),
      onRows: (batch) => {
        if (held.current.paused) {
          held.current.batches.push(batch)
          setWaiting((count) => count + batch.rows.length)
        } else setState((before) => withBatch(before, batch))
      },
    })
  }, [enabled, key])

  const setPaused = (next: boolean) => {
    const { batches } = held.current
    held.current = { paused: next, batches: next ? batches : [] }
    setPausedState(next)
    if (next) return
    setWaiting(0)
    setState((before) => batches.reduce(withBatch, before))
  }
  return { ...state, paused, waiting, setPaused }
}

/** The wire has the newest last, the table has it first. */
function withBatch(state: TailState, batch: TailRows): TailState {
  const known = new Set(state.rows.map((row) => row._id))
  const fresh = batch.rows.filter((row) => !known.has(row._id)).reverse()
  return {
    ...state,
    status: 'open',
    rows: [...fresh, ...state.rows].slice(0, TAIL_KEPT),
    dropped: state.dropped + batch.dropped,
  }
}
