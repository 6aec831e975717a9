import type { ComponentProps } from 'react'
import { cn } from './cn'

const SIZE = { md: 'h-8 px-2.5 text-sm', sm: 'h-6 px-2 text-xs' } as const

interface InputProps extends Omit<ComponentProps<'input'>, 'size'> {
  size?: keyof typeof SIZE
}

export function Input({ size = 'md', className, ...props }: InputProps) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      className={cn(
        'min-w-0 rounded-md border border-strong bg-canvas text-fg outline-none placeholder:text-faint focus:border-accent focus:ring-3 focus:ring-accent-soft aria-invalid:border-error',
        SIZE[size],
        className,
      )}
      {...props}
    />
  )
}
