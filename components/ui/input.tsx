import type { ComponentProps } from 'react'
import { cn } from './cn'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      className={cn(
        'h-8 min-w-0 rounded-md border border-strong bg-canvas px-2.5 text-sm text-fg outline-none placeholder:text-faint focus:border-accent focus:ring-3 focus:ring-accent-soft aria-invalid:border-error',
        className,
      )}
      {...props}
    />
  )
}
