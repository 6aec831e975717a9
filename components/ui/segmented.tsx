'use client'

import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: ReactNode }[]
  onChange: (value: T) => void
  size?: 'md' | 'sm'
}

/** One of a few: looks like one control, behaves as radio buttons. */
export function Segmented<T extends string>({
  label,
  value,
  options,
  onChange,
  size = 'md',
}: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next)
        if (option) onChange(option.value)
      }}
      className={cn('flex shrink-0 rounded-md border bg-raised p-0.5', size === 'md' ? 'h-8' : 'h-6')}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={cn(
            'rounded-sm font-medium whitespace-nowrap text-muted transition-colors hover:text-fg data-[state=on]:bg-hover data-[state=on]:text-fg',
            size === 'md' ? 'px-2.5 text-sm' : 'px-2 text-2xs',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
