import type { ReactNode } from 'react'
import { cn } from './cn'

const TONE = {
  error: 'text-error bg-error/12',
  warn: 'text-warn bg-warn/12',
  info: 'text-info bg-info/12',
  ok: 'text-ok bg-ok/12',
  debug: 'text-debug bg-hover',
  neutral: 'text-muted bg-hover',
  accent: 'text-accent bg-accent-soft',
} as const
export type Tone = keyof typeof TONE

export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cn('inline-flex h-[18px] items-center rounded-sm px-1.5 text-2xs font-medium', TONE[tone])}
    >
      {children}
    </span>
  )
}
