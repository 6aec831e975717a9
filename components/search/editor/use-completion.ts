'use client'

import type { EditorView } from '@codemirror/view'
import { useEffect, useRef, useState } from 'react'
import { complete } from '@/components/api/complete'
import type { CompleteRequest, CompleteResponse } from '@/lib/api/search'

const DELAY_MS = 90

interface Offer extends CompleteResponse {
  /** -1: none is chosen, and Enter runs the query. */
  readonly active: number
  /** Where the list stands, px from the left of the editor. */
  readonly left: number
}

export interface Completion {
  readonly offer: Offer | null
  /** Asks again after the text was edited or the cursor moved by typing. */
  readonly ask: (view: EditorView) => void
  readonly close: () => void
  readonly move: (step: 1 | -1) => boolean
  /** Takes the chosen item, or the one given. */
  readonly accept: (view: EditorView, index?: number) => boolean
}

type Where = Omit<CompleteRequest, 'query' | 'position'>

interface Question {
  readonly timer: ReturnType<typeof setTimeout>
  readonly abort: AbortController
}

function halt(question: Question | null): void {
  clearTimeout(question?.timer)
  question?.abort.abort()
}

/** What could stand at the cursor, from the API. It is a help: when it fails, nothing is offered. */
export function useCompletion(where: Where | null): Completion {
  const [offer, setOffer] = useState<Offer | null>(null)
  const latest = useRef({ offer, where })
  useEffect(() => {
    latest.current = { offer, where }
  })
  const running = useRef<Question | null>(null)
  const stop = () => {
    halt(running.current)
    running.current = null
  }
  useEffect(() => () => halt(running.current), [])
  const show = (next: Offer | null) => {
    latest.current.offer = next
    setOffer(next)
  }

  const ask = (view: EditorView) => {
    stop()
    const asked = latest.current.where
    if (!asked) return show(null)
    const abort = new AbortController()
    const timer = setTimeout(async () => {
      const query = view.state.doc.toString()
      const position = view.state.selection.main.head
      const answer = await complete({ ...asked, query, position }, abort.signal).catch(() => null)
      if (abort.signal.aborted) return
      const place = answer && view.coordsAtPos(Math.min(answer.from, view.state.doc.length))
      const left = place ? place.left - view.dom.getBoundingClientRect().left : 0
      show(
        answer && answer.items.length > 0 && view.hasFocus
          ? { ...answer, active: -1, left: Math.max(0, left) }
          : null,
      )
    }, DELAY_MS)
    running.current = { timer, abort }
  }
  const close = () => {
    stop()
    show(null)
  }
  const move = (step: 1 | -1) => {
    const shown = latest.current.offer
    if (!shown) return false
    const count = shown.items.length
    const next = shown.active === -1 && step === -1 ? count - 1 : (shown.active + step + count) % count
    show({ ...shown, active: next })
    return true
  }
  const accept = (view: EditorView, index = latest.current.offer?.active ?? -1) => {
    const shown = latest.current.offer
    const item = shown?.items[index]
    if (!shown || !item) return false
    close()
    const to = Math.min(shown.to, view.state.doc.length)
    view.dispatch({
      changes: { from: Math.min(shown.from, to), to, insert: item.insert },
      selection: { anchor: Math.min(shown.from, to) + item.insert.length },
      userEvent: 'input.complete',
    })
    view.focus()
    // After `field:` come its values, after `Map['` its keys.
    if (/[:']$/.test(item.insert)) ask(view)
    return true
  }
  return { offer, ask, close, move, accept }
}
