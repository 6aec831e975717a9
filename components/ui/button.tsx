import type { ComponentProps } from 'react'
import { cn } from './cn'

const VARIANT = {
  primary: 'bg-accent border-accent text-on-accent hover:opacity-90',
  outline: 'bg-panel border-strong text-fg hover:bg-hover',
  ghost: 'border-transparent text-muted hover:bg-hover hover:text-fg',
  danger: 'border-error/40 text-error hover:bg-error/10',
} as const

const SIZE = { md: 'h-8 px-2.5 text-sm', sm: 'h-6 px-2 text-xs' } as const

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANT
  size?: keyof typeof SIZE
}

export function Button({ variant = 'outline', size = 'md', className, ...props }: ButtonProps) {
  return (
    <button
      type="button"
      className={cn(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors disabled:opacity-50',
        VARIANT[variant],
        SIZE[size],
        className,
      )}
      {...props}
    />
  )
}
