'use client'

import { X } from 'lucide-react'
import { Toast as Radix } from 'radix-ui'
import { create } from 'zustand'
import { cn } from './cn'
import { IconButton } from './icon-button'

interface ToastMessage {
  message: string
  tone?: 'info' | 'error'
}

interface ToastState {
  items: readonly (ToastMessage & { id: number })[]
  next: number
}

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

export function Toaster() {
  const items = useToasts((state) => state.items)
  return (
    <Radix.Provider swipeDirection="right" duration={3500}>
      {items.map((item) => (
        <Radix.Root
          key={item.id}
          onOpenChange={(open) => !open && remove(item.id)}
          className={cn(
            'pop-in flex items-center gap-2 rounded-md border border-strong bg-raised py-1.5 pr-1.5 pl-3 shadow-pop',
            item.tone === 'error' && 'border-l-2 border-l-error',
          )}
        >
          <Radix.Description className="flex-1 break-words">{item.message}</Radix.Description>
          <Radix.Close asChild>
            <IconButton label="Dismiss" size="sm">
              <X size={13} aria-hidden />
            </IconButton>
          </Radix.Close>
        </Radix.Root>
      ))}
      <Radix.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2 outline-none" />
    </Radix.Provider>
  )
}
