'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { IconButton } from './icon-button'

interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  /** Hides the title bar from sight, not from screen readers. */
  bare?: boolean
  /** For text that needs room, such as SQL. */
  wide?: boolean
  children: ReactNode
}

export function Dialog({ open, onOpenChange, title, description, bare, wide, children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[#0006]" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            // The dialog itself, not its close button: Esc closes, and nothing looks chosen.
            if (bare || !(event.currentTarget instanceof HTMLElement)) return
            event.preventDefault()
            event.currentTarget.focus()
          }}
          className={cn(
            'pop-in fixed top-[14vh] left-1/2 z-50 flex max-h-[74vh] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-strong bg-panel shadow-pop outline-none',
            wide ? 'w-[min(860px,94vw)]' : 'w-[min(640px,92vw)]',
          )}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <div className="flex items-center gap-2 border-b py-2 pr-2 pl-4">
              <Radix.Title className="flex-1 text-base font-semibold">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label="Close" keys="Esc" size="sm">
                  <X size={15} aria-hidden />
                </IconButton>
              </Radix.Close>
            </div>
          )}
          {description ? <p className="px-4 pt-3 text-muted">{description}</p> : null}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
