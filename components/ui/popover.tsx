'use client'

import { Popover as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export const Popover = Radix.Root
export const PopoverTrigger = Radix.Trigger
export const PopoverAnchor = Radix.Anchor
export const PopoverClose = Radix.Close

export function PopoverContent({ className, ...props }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        align="end"
        className={cn(
          'pop-in z-40 max-h-(--radix-popover-content-available-height) overflow-auto rounded-lg border border-strong bg-panel shadow-pop outline-none',
          className,
        )}
        {...props}
      />
    </Radix.Portal>
  )
}
