'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { matchNodes } from '@/lib/trace/match'
import type { TraceModel } from '@/lib/trace/model'
import { inTraceSearchOptions } from './queries'

const TYPING_MS = 250

export interface InTraceSearch {
  /** Matching nodes in the order of rows. */
  readonly matches: Int32Array
  /** Node → 1; null when nothing is searched. */
  readonly matched: Uint8Array | null
  /** Words to mark in names. */
  readonly words: readonly string[]
  /** Attributes are being searched on the server. */
  readonly pending: boolean
  /** Why attributes could not be searched: a half-typed clause, usually. */
  readonly problem: string | null
  /** Asks the server now, without waiting for the person to stop typing. */
  readonly hurry: () => void
}

/** Names and ids at once; attributes, in the search language, when the server has answered. */
export function useInTraceSearch(model: TraceModel, text: string): InTraceSearch {
  const [settled, settle] = useSettled(text, TYPING_MS)
  const query = useQuery(inTraceSearchOptions(model.skeleton, settled))
  const isFresh = settled === text
  const ids = isFresh ? query.data : undefined
  const found = useMemo(() => {
    if (text.trim() === '') return { matches: new Int32Array(0), matched: null, words: [] }
    const matches = matchNodes(model, text, new Set(ids))
    const matched = new Uint8Array(model.nodeCount)
    for (const node of matches) matched[node] = 1
    return { matches, matched, words: text.toLowerCase().split(/\s+/).filter(Boolean) }
  }, [model, text, ids])
  return {
    ...found,
    pending: text.trim() !== '' && (!isFresh || query.isFetching),
    problem: isFresh && query.isError ? query.error.message : null,
    hurry: () => settle(text),
  }
}

/** The text once it has not changed for a while. */
function useSettled(text: string, ms: number): [string, (text: string) => void] {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms)
    return () => clearTimeout(timer)
  }, [text, ms])
  return [settled, setSettled]
}
