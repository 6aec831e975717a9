'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type DateRange, DayPicker } from 'react-day-picker'

interface CalendarProps {
  /** `2026-11-20` */
  from: string
  to: string
  /** `last` is null while only the first day was chosen. */
  onChange: (first: string, last: string | null) => void
}

/** Days only: the clock stands in the fields below it. Days are names here, not moments, so no zone is involved. */
export function Calendar({ from, to, onChange }: CalendarProps) {
  const first = dayOf(from)
  const last = dayOf(to)
  const selected: DateRange | undefined = first ? { from: first, to: last ?? first } : undefined
  return (
    <DayPicker
      mode="range"
      weekStartsOn={1}
      selected={selected}
      defaultMonth={last ?? first ?? new Date()}
      disabled={{ after: new Date() }}
      onSelect={(range, clicked) => {
        // A click after a whole range starts a new one; the second click ends it.
        if (!range?.from || (first && last && first.getTime() !== last.getTime()))
          onChange(name(clicked), null)
        else onChange(name(range.from), range.to ? name(range.to) : null)
      }}
      components={{ Chevron }}
      classNames={{
        root: 'relative',
        months: 'w-full',
        month_caption: 'flex h-7 items-center px-1 font-semibold',
        nav: 'absolute top-0 right-0 flex gap-1',
        button_previous: 'grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-fg',
        button_next: 'grid size-7 place-items-center rounded-md text-muted hover:bg-hover hover:text-fg',
        month_grid: 'w-full border-collapse',
        weekday: 'h-6 text-2xs font-medium text-faint',
        day: 'p-0 text-center',
        day_button: 'h-6 w-full rounded-sm hover:bg-hover disabled:hover:bg-transparent',
        today: 'font-semibold text-accent',
        outside: 'text-faint',
        disabled: 'text-faint opacity-60',
        range_middle: 'bg-accent-soft',
        range_start: '[&>button]:bg-accent [&>button]:text-on-accent',
        range_end: '[&>button]:bg-accent [&>button]:text-on-accent',
      }}
    />
  )
}

function Chevron({ orientation }: { orientation?: 'up' | 'down' | 'left' | 'right' }) {
  return orientation === 'left' ? (
    <ChevronLeft size={15} aria-hidden />
  ) : (
    <ChevronRight size={15} aria-hidden />
  )
}

function dayOf(text: string): Date | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  return match ? new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : null
}

function name(day: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}
