'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { Tooltip } from './tooltip'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** What it does: the accessible name and the tooltip. */
  label: string
  /** Shown after the label in the tooltip. */
  keys?: string
  size?: 'md' | 'sm' | 'xs'
  children: ReactNode
}

const SIZE = { md: 'size-8', sm: 'size-6', xs: 'size-5' } as const

export function IconButton({ label, keys, size = 'md', className, children, ...props }: IconButtonProps) {
  return (
    <Tooltip content={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={cn(
          'grid shrink-0 place-items-center rounded-md text-muted transition-colors hover:bg-hover hover:text-fg disabled:opacity-50 aria-pressed:bg-accent-soft aria-pressed:text-accent',
          SIZE[size],
          className,
        )}
        {...props}
      >
        {children}
      </button>
    </Tooltip>
  )
}
