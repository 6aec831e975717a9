'use client'

import { X } from 'lucide-react'
import { useEffect } from 'react'
import { create } from 'zustand'
import { cn } from './cn'

interface ToastMessage {
  message: string
  tone?: 'info' | 'error'
}

interface ToastItem extends ToastMessage {
  id: number
}

interface ToastState {
  items: readonly ToastItem[]
  next: number
}

const SHOWN_MS = 4000

const useToasts = create<ToastState>(() => ({ items: [], next: 1 }))

/** Says something in the corner for a few seconds. */
export function toast(message: ToastMessage): void {
  useToasts.setState((state) => ({
    items: [...state.items, { ...message, id: state.next }].slice(-4),
    next: state.next + 1,
  }))
}

function remove(id: number): void {
  useToasts.setState((state) => ({ items: state.items.filter((item) => item.id !== id) }))
}

/** The region stands in the page from the start: screen readers only speak of changes in regions they know. */
export function Toaster() {
  const items = useToasts((state) => state.items)
  return (
    <div role="status" aria-live="polite" className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2">
      {items.map((item) => (
        <ToastBox key={item.id} item={item} />
      ))}
    </div>
  )
}

function ToastBox({ item }: { item: ToastItem }) {
  useEffect(() => {
    const timer = setTimeout(() => remove(item.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [item.id])
  return (
    <div
      className={cn(
        'pop-in flex items-center gap-2 rounded-md border py-1.5 pr-1.5 pl-3 shadow-pop',
        item.tone === 'error' ? 'border-error bg-raised' : 'border-strong bg-raised',
      )}
    >
      <span className="min-w-0 flex-1 break-words">{item.message}</span>
      <button
        type="button"
        aria-label="Dismiss"
        className="grid size-6 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-fg"
        onClick={() => remove(item.id)}
      >
        <X size={13} aria-hidden />
      </button>
    </div>
  )
}
